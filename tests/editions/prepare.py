"""Writes what tests/unit/editions_full_test.cc measures: the words of the text, those of each edition next to them, and
what is true of them.

    prepare.py FOLDER    prints a line SKIPPED: … for each package that cannot be had

FOLDER/words.tsv has the words of Tanzil's Uthmani text: verse, key, vowels, word. Words of one key have the same letters in modern
spelling (the Complex's, by hand). FOLDER/NUMBER.tsv has an edition: its name and whether it has
vowels, and then of each word its verse, the first and last word of the text that it is, its vowels, and itself; NUMBER.verses has
its verses.
"""
import os
import re
import sys
import unicodedata

from tests.editions import sources

LETTER = re.compile('[\u0620-\u063F\u0641-\u064A\u066E-\u066F\u0671-\u06D3\u06D5\u0870-\u0887\uFB50-\uFD3D\uFE70-\uFEFC]')
SAME = {'ٱ': 'ا', 'أ': 'ا', 'إ': 'ا', 'آ': 'ءا', 'ٲ': 'ا', 'ى': 'ي', 'ئ': 'ي', 'ؤ': 'و', 'ة': 'ه'}


def tokens(verse):
    """The words of a verse: what is between spaces and has a letter. A thin space may carry a mark."""
    return [w for w in re.split('[ \u00A0]+|[\u2009\u200A](?![\u064B-\u0655\u0670])', verse) if LETTER.search(w)]


def skeleton(word):
    """The consonants, by which words of two editions are put next to each other."""
    word = unicodedata.normalize('NFKD', word)
    word = word.translate({0x6A9: 'ك', 0x6C1: 'ه', 0x6C3: 'ه', 0x629: 'ه'})
    letters = ''.join(c for c in word if unicodedata.category(c) == 'Lo' and c not in 'ءاٱٲىيویوۥۦ\u06CC\u06D2')
    return re.sub(r'ن(?=ل)|(.)(?=\1)', '', letters.replace('ص', 'س'))


def aligned(text, edition):
    """[(first, last, words of the edition)] that cover both lists, each as small as possible; None if they do not fit."""
    out, i, j = [], 0, 0
    while i < len(text) and j < len(edition):
        best = None
        for taken, used in ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 3), (3, 2)):
            if i + taken > len(text) or j + used > len(edition):
                continue
            same = skeleton(''.join(text[i:i + taken])) == skeleton(''.join(edition[j:j + used]))
            rest = (len(text) - i - taken == 0) == (len(edition) - j - used == 0)
            if same and rest and (taken, used) != (1, 1):
                # A pair is only one if the words alone do not fit.
                best = best or (taken, used)
            elif same and rest:
                following = i + 1 == len(text) or any(
                    skeleton(''.join(text[i + 1:i + 1 + a])) == skeleton(''.join(edition[j + 1:j + 1 + b]))
                    for a, b in ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1)))
                if following:
                    best = (1, 1)
                    break
        if best is None:
            best = (1, 1)
        taken, used = best
        out.append((i, i + taken - 1, edition[j:j + used]))
        i, j = i + taken, j + used
    return out if i == len(text) and j == len(edition) else None


def align_all(text, edition):
    """For each word of the edition, in order of the verses: (verse, first, last, word)."""
    out, start = [], 0
    for number, place in enumerate(sorted(text)):
        own, theirs = tokens(text[place]), tokens(edition.get(place, ''))
        if not theirs:
            start += len(own)
            continue
        groups = [(i, i, [w]) for i, w in enumerate(theirs)] if len(own) == len(theirs) else aligned(own, theirs)
        if groups is None:
            raise SystemExit('verse %s: the words do not fit:\n%s\n%s' % (place, own, theirs))
        for first, last, words in groups:
            out += [(number, start + first, start + last, w) for w in words]
        start += len(own)
    return out


def letters_key(words):
    word = ''.join(words)
    word = ''.join(c for c in unicodedata.normalize('NFC', word) if unicodedata.category(c) == 'Lo' and c != 'ـ')
    return ''.join(SAME.get(c, c) for c in word)


# Marks of one reading: sukun is 0, a missing mark is nothing.
MARKS = {'\u064E': 'a', '\u064F': 'u', '\u0650': 'i', '\u064B': 'A', '\u064C': 'U', '\u064D': 'I', '\u0652': '0',
         '\u06E1': '0', '\u0651': '~', '\u08F0': 'A', '\u08F1': 'U', '\u08F2': 'I', '\u065E': 'U'}
AMBIGUOUS = {True: {'\u0656': 'i', '\u0657': 'u'}, False: {'\u0656': 'I', '\u0657': 'A'}}


def pattern(word, indopak):
    """The letters of a word of an edition, each followed by its vowel and shadda, as that edition writes them."""
    word = re.sub('[\u00A0\u2009\u200A]', '\u0640', word)
    word = unicodedata.normalize('NFD', unicodedata.normalize('NFKC', word))
    word = re.sub('([\u064E-\u0650])(\u0651?)[\u06E2\u06ED]',
                  lambda m: chr(ord(m[1]) - 3) + m[2], word)
    # A hamza on a tatweel or joiner is a letter, and so is that of أٓ and of an initial آ.
    word = re.sub('[\u0640\u200D]([\u064B-\u0652\u06E1]*)\u0654', '\u0621\\1', word)
    word = re.sub('\u0627([\u064B-\u0652]*)(?:\u0653\u0654|\u0654\u0653)', '\u0621\u064E\u0627', word)
    word = re.sub('^([\u200E\u200F\u061C]*)\u0627\u0653', '\\1\u0621\u0627', word)
    complex_zero = '\u06E1' in word
    out = []
    for c in word:
        if c == '\u0652' and (complex_zero or out and out[-1][0] == 'ا'):
            continue
        mark = MARKS.get(c) or AMBIGUOUS[indopak].get(c)
        if mark and out:
            out[-1] = out[-1] + mark
        elif unicodedata.category(c) == 'Lo' and c not in '\u06E5\u06E6':
            out.append(SAME.get(c, {'\u06CC': 'ي', '\u06A9': 'ك', '\u06C1': 'ه', '\u06C3': 'ه'}.get(c, c)))
    return ' '.join(out)


def main(folder):
    shared = os.environ.get('KALIMA_SHARED') or os.path.join(os.path.dirname(os.getcwd()), 'shared')
    text = sources.uthmani(shared)
    if text is None:
        print('SKIPPED: legacy-data not found (KALIMA_SHARED may name another folder)')
        return 77
    editions = {}
    for name, edition in sources.whole():
        if edition is None:
            print('SKIPPED: the package %s cannot be had here; its editions are not measured' % name)
        else:
            editions[name] = edition
    if 'Tanzil simple' not in editions or 'King Fahd Complex, modern spelling' not in editions:
        print('SKIPPED: without the modern editions the truth is not known')
        return 77
    words = [(n, w) for n, place in enumerate(sorted(text)) for w in tokens(text[place])]
    letters = [[] for _ in words]
    spelled = {**editions['Tanzil simple-clean'], **editions['King Fahd Complex, modern spelling']}
    for _, first, _, word in align_all(text, spelled):
        letters[first].append(word)
    with open(os.path.join(folder, 'words.tsv'), 'w', encoding='utf-8') as f:
        for (verse, word), spelling in zip(words, letters):
            f.write('%d\t%s\t%s\t%s\n' % (verse, letters_key(spelling), pattern(word, False), word))
    for name, rule in sources.DERIVED:
        editions[name + ' (derived)'] = {place: rule(verse) for place, verse in text.items()}
    for number, (name, edition) in enumerate(sorted(editions.items())):
        rows = align_all(text, edition)
        marks = sum(1 for row in rows for c in row[3] if c in '\u064E\u064F\u0650')
        kind = 'vowels' if marks > len(rows) / 2 else 'rasm' if name in sources.WITHOUT_ALIFS else 'letters'
        with open(os.path.join(folder, '%02d.tsv' % number), 'w', encoding='utf-8') as f:
            f.write('%s\t%s\n' % (name.removesuffix(' (derived)') + ' †' * name.endswith(' (derived)'), kind))
            for verse, first, last, word in rows:
                f.write('%d\t%d\t%d\t%s\t%s\n' % (verse, first, last, pattern(word, 'IndoPak' in name), word))
        with open(os.path.join(folder, '%02d.verses' % number), 'w', encoding='utf-8') as f:
            for verse, place in enumerate(sorted(text)):
                f.write('%d\t%s\n' % (verse, edition.get(place, '')))
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
