#!/usr/bin/env python3
"""Compares data/starter with the reference text and morphology.

Usage: check_starter.py [DATA_DIR]
DATA_DIR holds datasets/text/quran-clean.txt and
datasets/morphology/quranic-corpus-morphology-0.4.txt; without it,
../shared/legacy-data beside the repository. Where the reference is missing
the files are still read, then the comparison is skipped (exit code 0).
"""

import os
import sys

import starter

VERSES = [7, 286, 200, 176, 120, 165, 206, 75, 129, 109, 123, 111, 43, 52, 99, 128, 111, 110, 98,
          135, 112, 78, 118, 64, 77, 227, 93, 88, 69, 60, 34, 30, 73, 54, 45, 83, 182, 88, 75, 85,
          54, 53, 89, 59, 37, 35, 38, 29, 18, 45, 60, 49, 62, 55, 78, 96, 29, 22, 24, 13, 14, 11,
          11, 18, 12, 12, 30, 52, 52, 44, 28, 28, 20, 56, 40, 31, 50, 40, 46, 42, 29, 19, 36, 25,
          22, 17, 19, 26, 30, 20, 15, 21, 11, 8, 8, 19, 5, 8, 8, 11, 11, 8, 3, 9, 5, 4, 7, 3, 6, 3,
          5, 4, 5, 6]

# Segments whose spelling (not their analysis) differs on purpose: the reference cuts the article of
# 93:2:1 after the first letter of the noun, and writes the hamza of 93:4:1 as a letter of its own.
KNOWN_FORMS = {(93, 2, 1): ["wa", "{l~a", "yoli"], (93, 4, 1): ["wa", "la", "lo", "'aAxirapu"]}


def read_morphology(path):
    words = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("("):
                continue
            place, form, tag, features = line.rstrip("\r\n").split("\t")
            s, a, w, g = map(int, place[1:-1].split(":"))
            segments = words.setdefault((s, a), {}).setdefault(w, [])
            segments.append((form, tag, features))
            if len(segments) != g:
                raise SystemExit("%s: %s out of order" % (path, place))
    return words


def main():
    data = sys.argv[1] if len(sys.argv) > 1 else starter.here("..", "shared", "legacy-data")
    try:
        surahs = starter.load(starter.here("data", "starter"))
    except starter.StarterError as problem:
        print("FAIL: %s" % problem)
        return 1

    verses = [(s, v) for s in surahs for v in s.verses]
    words = [w for _, v in verses for w in v.words]
    counts = "%d surahs, %d verses, %d words, %d segments" % (
        len(surahs), len(verses), len(words), sum(len(w.segments) for w in words))

    differences, known = [], 0
    for surah in surahs:
        if len(surah.verses) != VERSES[surah.number - 1]:
            differences.append("surah %d: %d verses, expected %d" % (
                surah.number, len(surah.verses), VERSES[surah.number - 1]))

    text_path = os.path.join(data, "datasets", "text", "quran-clean.txt")
    morphology_path = os.path.join(data, "datasets", "morphology",
                                   "quranic-corpus-morphology-0.4.txt")
    missing = [p for p in (text_path, morphology_path) if not os.path.exists(p)]
    if missing:
        for line in differences:
            print("DIFF %s" % line)
        print("read: %s" % counts)
        print("SKIP: no reference data (%s)" % ", ".join(missing))
        return 1 if differences else 0

    with open(text_path, encoding="utf-8-sig") as lines:
        texts = [line.rstrip("\r\n") for line in lines]
    morphology = read_morphology(morphology_path)

    for surah, verse in verses:
        place = "%d:%d" % (surah.number, verse.number)
        mine = verse.text
        if verse.number == 1 and surah.basmala == "before":
            mine = " ".join(starter.basmala_words(surahs, surah) + [mine])
        index = sum(VERSES[:surah.number - 1]) + verse.number - 1
        if mine != texts[index]:
            differences.append("%s text\n  here      %s\n  reference %s" % (
                place, mine, texts[index]))
        theirs = morphology.get((surah.number, verse.number), {})
        if sorted(theirs) != list(range(1, len(verse.words) + 1)):
            differences.append("%s: %d words, reference %d" % (
                place, len(verse.words), len(theirs)))
        for number, word in enumerate(verse.words, 1):
            here = [(s.form, s.tag, s.features) for s in word.segments]
            there = theirs.get(number, [])
            forms = KNOWN_FORMS.get((surah.number, verse.number, number))
            if forms and forms == [s[0] for s in there] and [s[1:] for s in here] == [
                    s[1:] for s in there]:
                known += 1
            elif here != there:
                differences.append("%s:%d %s\n  here      %s\n  reference %s" % (
                    place, number, word.text,
                    "  ".join(" ".join(s) for s in here),
                    "  ".join(" ".join(s) for s in there)))

    for line in differences:
        print("DIFF %s" % line)
    print("compared: %s" % counts)
    print("%d words segmented or spelled otherwise on purpose (KNOWN_FORMS)" % known)
    print("%d differences" % len(differences))
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
