#!/usr/bin/env python3
"""Measure the import of the published files, as they are and many times as large: seconds and memory, of several programs in turn.

usage: published.py KALIMA [KALIMA ...] --data DIR [--times N] [--folder DIR] [--check] [--only-generate]

DIR has the older server's datasets: text/, morphology/, quranic/ and masaq/. In the larger files each verse has its words N (10) times, with
their segments, trees and rows, under further numbers: so all four are files of the forms that are published, and of N times their size. They are
the same at every run. With --check nothing but the readers is measured: no index is made. The machine should do nothing else.
"""
import argparse
import csv
import os
import re
import shutil
import sys
import tempfile
import unicodedata

from hundred import run

FILES = {'text': 'text/quran-clean.txt', 'morphology': 'morphology/quranic-corpus-morphology-0.4.txt', 'treebank': 'quranic/Quranic/Quranic.csv',
         'masaq': 'masaq/MASAQ.csv'}
LOCATION = re.compile(r'\((\d+):(\d+):(\d+):(\d+)\)')
# Larger than any of the files.
MAX_SIZE = '64GiB'


def words_of_verses(morphology):
    """(surah, ayah): its number of words, in the order of the file."""
    words = {}
    with open(morphology, encoding='utf-8') as f:
        for line in f:
            location = LOCATION.match(line)
            if location:
                surah, ayah, word, _ = map(int, location.groups())
                words[surah, ayah] = word
    return words


def bare(text):
    return ''.join(c for c in text if unicodedata.category(c) != 'Mn')


def generate_text(path, base, words, times):
    with open(base, encoding='utf-8') as f:
        lines = f.read().splitlines()
    basmala = next(line for line in lines if line and not line.startswith('#'))
    verses = iter(words)
    with open(path, 'w', encoding='utf-8') as f:
        for line in lines:
            if line and not line.startswith('#'):
                surah, ayah = next(verses)
                # It is before a surah, and not one of the verse's words.
                before = ayah == 1 and surah not in (1, 9) and bare(line).startswith(bare(basmala))
                again = ' '.join(line.split(' ')[len(basmala.split(' ')):]) if before else line
                line = ' '.join([line] + [again] * (times - 1))
            f.write(line + '\n')


def generate_morphology(path, base, words, times):
    with open(base, encoding='utf-8') as f:
        lines = f.readlines()
    first = next(number for number, line in enumerate(lines) if LOCATION.match(line))
    verses = {}
    for line in lines[first:]:
        surah, ayah, word, segment = map(int, LOCATION.match(line).groups())
        verses.setdefault((surah, ayah), []).append((word, segment, line[line.index('\t'):].rstrip('\r\n')))
    with open(path, 'w', encoding='utf-8') as f:
        f.writelines(lines[:first])
        for (surah, ayah), segments in verses.items():
            for copy in range(times):
                for word, segment, rest in segments:
                    f.write('(%d:%d:%d:%d)%s\n' % (surah, ayah, word + copy * words[surah, ayah], segment, rest))


def generate_treebank(path, base, words, times):
    with open(base, encoding='utf-16', newline='') as f:
        header, *rows = (line.rstrip('\r\n').split('\t') for line in f)
    sentence, location, chapter, verse, word = map(header.index, ('sentence_id', 'location', 'chapter_id', 'verse_id', 'word_id'))
    sentences = max(int(row[sentence]) for row in rows)
    with open(path, 'w', encoding='utf-16', newline='') as f:
        f.write('\t'.join(header) + '\n')
        for copy in range(times):
            for row in rows:
                more = copy * words[int(row[chapter]), int(row[verse])]
                place = LOCATION.match(row[location])
                cells = row.copy()
                cells[sentence] = str(int(row[sentence]) + copy * sentences)
                if place:
                    cells[location] = '(%s:%s:%d:%s)' % (place[1], place[2], int(place[3]) + more, place[4])
                    cells[word] = str(int(row[word]) + more)
                f.write('\t'.join(cells) + '\n')


def generate_masaq(path, base, words, times):
    with open(base, encoding='utf-8-sig', newline='') as f:
        header, *rows = csv.reader(f)
    surah, ayah, word = map(header.index, ('Sura_No', 'Verse_No', 'Word_No'))
    with open(path, 'w', encoding='utf-8', newline='') as f:
        writer = csv.writer(f)
        writer.writerow(header)
        for copy in range(times):
            for row in rows:
                cells = row.copy()
                cells[word] = int(row[word]) + copy * words[int(row[surah]), int(row[ayah])]
                writer.writerow(cells)


def generate(folder, data, times):
    """The paths of the larger files, by kind."""
    bases = {kind: os.path.join(data, name) for kind, name in FILES.items()}
    paths = {kind: os.path.join(folder, '%d-%s' % (times, os.path.basename(base))) for kind, base in bases.items()}
    words = words_of_verses(bases['morphology'])
    for kind, make in (('text', generate_text), ('morphology', generate_morphology), ('treebank', generate_treebank), ('masaq', generate_masaq)):
        make(paths[kind], bases[kind], words, times)
    return paths


def takes_max_size(program):
    return '--max-size' in os.popen('"%s" import --help' % program).read()


def measure(programs, folder, files, check):
    print('| program | files | MB | seconds | processor seconds | most memory, MB | without mapped pages |\n|---|--:|--:|--:|--:|--:|--:|')
    for times, paths in files.items():
        size = sum(os.path.getsize(path) for path in paths.values()) / 1e6
        for program in programs:
            database = os.path.join(folder, 'made.db')
            command = [program, 'import', '--db', database] + ['--check'] * check
            if takes_max_size(program):
                command += ['--max-size', MAX_SIZE]
            for kind, path in paths.items():
                command += ['--' + kind, path]
            print('| %s | %d × | %.0f | %.1f | %.1f | %.0f | %.0f |' % ((program, times, size) + run(*command)), flush=True)
            if not check:
                os.remove(database)
                shutil.rmtree(database + '-index')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('programs', nargs='+')
    parser.add_argument('--data', required=True)
    parser.add_argument('--times', type=int, default=10)
    parser.add_argument('--folder')
    parser.add_argument('--check', action='store_true')
    parser.add_argument('--only-generate', action='store_true')
    args = parser.parse_args()
    if args.only_generate:
        if not args.folder:
            sys.exit('--only-generate needs --folder, where the files are made')
        generate(args.folder, args.data, args.times)
        return
    with tempfile.TemporaryDirectory(prefix='kalima-bench-', dir=args.folder) as folder:
        files = {1: {kind: os.path.join(args.data, name) for kind, name in FILES.items()}, args.times: generate(folder, args.data, args.times)}
        measure([os.path.abspath(program) for program in args.programs], folder, files, args.check)


if __name__ == '__main__':
    main()
