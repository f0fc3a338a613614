"""Every run of 1 to 12 words of each edition finds its places in the text, and few others.

Without the packages (sources.py) or the shared data this is skipped and says so. By hand:

    python3 -m tests.editions.editions_test --table     writes the table of src/text/README.md, from all runs
    python3 -m tests.editions.editions_test --explain   prints which words are missed or found wrongly
"""
import os
import re
import subprocess
import sys
import tempfile
import unittest

from tests.editions import prepare

SKIPPED = 77
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
README = os.path.join(ROOT, 'src', 'text', 'README.md')
BEGIN, END = '<!-- editions: made by tests/editions/editions_test.py --table -->\n', '<!-- editions end -->\n'
NEEDED = 0.999


def measure(folder, stride, *options):
    """Rows of (name, kind, runs, runs that find themselves, recall and precision with vowels, without)."""
    program = os.path.join(os.path.dirname(os.environ['KALIMA_BINARY']), 'tests', 'kalima_editions')
    done = subprocess.run([program, folder, str(stride), *options], stdout=subprocess.PIPE, encoding='utf-8', timeout=3000)
    rows = [line.split('\t') for line in done.stdout.splitlines()]
    return done.returncode, [(r[0], r[1], int(r[2]), int(r[3]), *map(float, r[4:])) for r in rows]


def table(rows):
    def percent(x):
        return '%.2f' % (100 * x)
    out = ['| edition | runs | `regional`: recall | precision | `no_vowels`: recall | precision |', '|---|--:|--:|--:|--:|--:|']
    for name, kind, runs, _, recall, precision, loose_recall, loose_precision in rows:
        strict = ('–', '–') if kind == 'rasm' else (percent(recall), percent(precision))
        out.append('| %s | %s | %s | %s | %s | %s |' % (name, format(runs, ','), *strict, percent(loose_recall),
                                                        percent(loose_precision)))
    return '\n'.join(out) + '\n'


class Editions(unittest.TestCase):
    def test_every_run_finds_its_places(self):
        with tempfile.TemporaryDirectory() as folder:
            if prepare.main(folder) == SKIPPED:
                self.skipTest('the editions cannot be had here')
            code, rows = measure(folder, 40)
        self.assertEqual(code, 0, 'the tokenizer finds other words')
        self.assertGreaterEqual(len(rows), 14)
        for name, kind, runs, own, recall, precision, loose_recall, loose_precision in rows:
            with self.subTest(name):
                self.assertGreater(runs, 3000)
                if kind != 'rasm':
                    self.assertGreaterEqual(own / runs, NEEDED)
                    self.assertGreaterEqual(recall, NEEDED)
                    self.assertGreaterEqual(precision, NEEDED)
                self.assertGreaterEqual(loose_recall, NEEDED)
                self.assertGreaterEqual(loose_precision, NEEDED)


if __name__ == '__main__':
    if '--table' in sys.argv or '--explain' in sys.argv:
        with tempfile.TemporaryDirectory() as directory:
            prepare.main(directory)
            rows = measure(directory, 1, *(['--explain'] if '--explain' in sys.argv else []))[1]
        with open(README, encoding='utf-8') as f:
            text = f.read()
        if '--table' in sys.argv:
            text = re.sub(re.escape(BEGIN) + '.*' + re.escape(END), lambda _: BEGIN + table(rows) + END, text, flags=re.S)
            with open(README, 'w', encoding='utf-8') as f:
                f.write(text)
        print(table(rows))
        sys.exit(0)
    unittest.main()
