#!/usr/bin/env python3
"""Compares data/starter with the reference text and morphology.

Usage: check_starter.py [--starter DIR] [DATA_DIR]
DATA_DIR holds datasets/text/quran-clean.txt and
datasets/morphology/quranic-corpus-morphology-0.4.txt (which has the whole roots;
the old server's corpus file cut some of them off), and quran.jsonl of the old
server's corpus for the names of the surahs. Without it: legacy-data in the
folder that KALIMA_SHARED names, or in ../shared next to the repository. Where the
reference is missing the files are still read, a line says that the comparison
is skipped, and the exit code is 77.
"""

import argparse
import os
import re
import sys

import starter

SKIPPED = 77

VERSES = [7, 286, 200, 176, 120, 165, 206, 75, 129, 109, 123, 111, 43, 52, 99, 128, 111, 110, 98,
          135, 112, 78, 118, 64, 77, 227, 93, 88, 69, 60, 34, 30, 73, 54, 45, 83, 182, 88, 75, 85,
          54, 53, 89, 59, 37, 35, 38, 29, 18, 45, 60, 49, 62, 55, 78, 96, 29, 22, 24, 13, 14, 11,
          11, 18, 12, 12, 30, 52, 52, 44, 28, 28, 20, 56, 40, 31, 50, 40, 46, 42, 29, 19, 36, 25,
          22, 17, 19, 26, 30, 20, 15, 21, 11, 8, 8, 19, 5, 8, 8, 11, 11, 8, 3, 9, 5, 4, 7, 3, 6, 3,
          5, 4, 5, 6]

SURAHS = [1] + list(range(93, 115))

# Segments whose spelling (not their analysis) differs on purpose: the reference cuts the article of
# 93:2:1 after the first letter of the noun, and writes the hamza of 93:4:1 as a separate letter.
KNOWN_FORMS = {(93, 2, 1): ["wa", "{l~a", "yoli"], (93, 4, 1): ["wa", "la", "lo", "'aAxirapu"]}


def read_morphology(path):
    """(surah, ayah) -> word -> its segments as (form, tag, features)."""
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


def read_names(path):
    """surah -> its name, from the beginnings of the lines of the old server's corpus."""
    names = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            found = re.match(r'\{"surah": \{"number": (\d+), "name": "([^"\\]+)"\}', line)
            if found:
                names[int(found[1])] = found[2]
    return names


def parts_of(features):
    """What a features string says of type, root and lemma; written down here a second time."""
    items = features.split("|")
    value = {item.split(":", 1)[0]: item.split(":", 1)[1] for item in items[1:] if ":" in item}
    return items[0].lower(), value.get("ROOT"), value.get("LEM")


def compare_word(place, word, theirs, differences):
    """Appends how a word differs from the reference; true when its spelling alone does, as is known."""
    known = KNOWN_FORMS.get(place)
    name = "%d:%d:%d %s" % (place + (word.text,))
    if len(word.segments) != len(theirs):
        differences.append("%s: %d segments, reference %d" % (name, len(word.segments), len(theirs)))
        return False
    for number, (segment, (form, tag, features)) in enumerate(zip(word.segments, theirs), 1):
        kind, root, lemma = parts_of(features)
        here = {"form": segment.form, "tag": segment.tag, "features": segment.features,
                "type": segment.kind, "root": segment.root, "lemma": segment.lemma}
        there = {"form": form, "tag": tag, "features": features, "type": kind, "root": root,
                 "lemma": lemma}
        for key in here:
            if here[key] == there[key] or key == "form" and known and known[number - 1] == form:
                continue
            differences.append("%s segment %d %s\n  here      %s\n  reference %s" % (
                name, number, key, here[key], there[key]))
    return known is not None


def read_reference(data):
    """The verses' texts in the order of the Quran, the morphology, the surahs' names."""
    with open(os.path.join(data, TEXT), encoding="utf-8-sig") as lines:
        texts = [line.rstrip("\r\n") for line in lines]
    return (texts, read_morphology(os.path.join(data, MORPHOLOGY)),
            read_names(os.path.join(data, CORPUS)))


def compare(surahs, reference):
    """The differences between the surahs and the reference, and how many known ones there are."""
    texts, morphology, names = reference
    differences, known = [], 0
    for surah in surahs:
        if surah.name != names.get(surah.number):
            differences.append("surah %d name\n  here      %s\n  reference %s" % (
                surah.number, surah.name, names.get(surah.number)))
        for verse in surah.verses:
            place = (surah.number, verse.number)
            mine = verse.text
            if verse.number == 1 and surah.basmala == "before":
                mine = " ".join(starter.basmala_words(surahs, surah) + [mine])
            index = sum(VERSES[:surah.number - 1]) + verse.number - 1
            if mine != texts[index]:
                differences.append("%d:%d text\n  here      %s\n  reference %s" % (
                    place + (mine, texts[index])))
            theirs = morphology.get(place, {})
            if sorted(theirs) != list(range(1, len(verse.words) + 1)):
                differences.append("%d:%d: %d words, reference %d" % (
                    place + (len(verse.words), len(theirs))))
            for number, word in enumerate(verse.words, 1):
                known += compare_word(place + (number,), word, theirs.get(number, []), differences)
    return differences, known


TEXT = os.path.join("datasets", "text", "quran-clean.txt")
MORPHOLOGY = os.path.join("datasets", "morphology", "quranic-corpus-morphology-0.4.txt")
CORPUS = os.path.join("datasets", "corpus", "quran.jsonl")


def main():
    shared = os.environ.get("KALIMA_SHARED") or starter.here("..", "shared")
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--starter", default=starter.here("data", "starter"), metavar="DIR")
    parser.add_argument("data", nargs="?", default=os.path.join(shared, "legacy-data"),
                        metavar="DATA_DIR")
    arguments = parser.parse_args()
    try:
        surahs = starter.load(arguments.starter)
    except starter.StarterError as problem:
        print("FAIL: %s" % problem)
        return 1

    words = [w for s in surahs for v in s.verses for w in v.words]
    counts = "%d surahs, %d verses, %d words, %d segments" % (
        len(surahs), sum(len(s.verses) for s in surahs), len(words),
        sum(len(w.segments) for w in words))
    differences = []
    if [s.number for s in surahs] != SURAHS:
        differences.append("surahs %s, expected %s" % ([s.number for s in surahs], SURAHS))
    for surah in surahs:
        if len(surah.verses) != VERSES[surah.number - 1]:
            differences.append("surah %d: %d verses, expected %d" % (
                surah.number, len(surah.verses), VERSES[surah.number - 1]))

    missing = [path for path in (TEXT, MORPHOLOGY, CORPUS)
               if not os.path.exists(os.path.join(arguments.data, path))]
    known = 0
    if not missing:
        more, known = compare(surahs, read_reference(arguments.data))
        differences += more
    for line in differences:
        print("DIFF %s" % line)
    print("%s: %s" % ("read" if missing else "compared", counts))
    if missing:
        print("SKIPPED: the comparison; no reference data in %s (%s)" % (
            arguments.data, ", ".join(missing)))
        return 1 if differences else SKIPPED
    print("%d words segmented or spelled differently on purpose (KNOWN_FORMS)" % known)
    print("%d differences" % len(differences))
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
