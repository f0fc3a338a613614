"""An import reads its files verse by verse and row by row: memory does not follow their size, which --max-size lets be larger."""
import json
import os
import shutil
import tempfile
import unittest

from tests.cli import public_files as made
from tests.compat import server

MIB = 1 << 20
# MiB. An import takes half as much, most of it the database's cache.
LARGE = 192
# Surahs of many verses, and how many they have.
LONG = {2: 286, 3: 200, 4: 176, 5: 120, 6: 165, 7: 206}
# The longest verse that is read is one of 256 KiB.
VERSE = 160 << 10


def text_of(size):
    word = 'كلام' * 100
    verse = ' '.join([word] * (VERSE // (2 * len(word) + 1)))
    count = 0
    for surah, ayahs in LONG.items():
        if count * VERSE >= size:
            break
        for ayah in range(1, ayahs + 1):
            count += 1
            yield '%d|%d|%s\n' % (surah, ayah, verse)


class Streaming(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix='kalima-test-')
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.text = self.file('text.txt', (line + '\n' for line in made.numbered()))

    def file(self, name, parts, encoding='utf-8'):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding=encoding, newline='') as f:
            f.writelines(parts)
        return path

    def memory_of(self, *options):
        """The most memory of an import, in MiB; nothing is made but what the readers make."""
        return server.memory_of('import', *options, '--max-size', '1GiB', '--check', '--db', os.path.join(self.folder, 'quran.db'))

    @staticmethod
    def rows(lines, cell, size, separator):
        """A table of the lines, each with a large cell more, again and again up to a size."""
        yield lines[0] + separator + 'more\n'
        for _ in range(size // len(cell)):
            yield lines[1] + separator + cell + '\n'

    @unittest.skipIf(server.TIME_FACTOR > 1, 'a sanitizer keeps memory that was given back')
    def test_memory_does_not_follow_the_files(self):
        filler = 'x' * MIB

        def text(size):
            return '--text', self.file('long.txt', text_of(size))

        def translation(size):
            lines = [line.split('|', 2)[:2] for line in text_of(size)]
            self.file('long.txt', ('%s|%s|كلام\n' % (surah, ayah) for surah, ayah in lines))
            return '--text', os.path.join(self.folder, 'long.txt'), '--translation', 'en=' + self.file(
                'en.txt', ('%s|%s|%s\n' % (surah, ayah, 'word ' * (VERSE // 5)) for surah, ayah in lines))

        def morphology(size):
            lines = [line + '\n' for line in made.morphology()]
            return '--text', self.text, '--morphology', self.file('morphology.txt', ['# %s\n' % filler] * (size // MIB) + lines)

        def treebank(size):
            lines = ['chapter_id\tverse_id\ttoken_id\trel_label\tref_token_id', '1\t1\t1\tSubj\t0']
            rows = self.rows(lines, filler[:MIB // 2], size // 2, '\t')
            return '--text', self.text, '--treebank', self.file('treebank.csv', rows, 'utf-16')

        def masaq(size):
            return '--text', self.text, '--masaq', self.file('masaq.csv', self.rows(made.masaq(), '"%s\n"' % filler, size, ','))

        def corpus(size):
            verse = {'surah': {'number': 1, 'name': 'x'}, 'text': 'كلام', 'tokens': [], 'annotations': [{'id': 'a', 'note': filler}]}
            self.file('data/datasets/corpus/quran.jsonl', (json.dumps(dict(verse, ayah=ayah)) + '\n' for ayah in range(1, size // MIB + 1)))
            return '--legacy', os.path.join(self.folder, 'data')
        for make in (masaq, treebank, morphology, corpus, translation, text):
            with self.subTest(make.__name__):
                self.assertLess(self.memory_of(*make(LARGE * MIB)), LARGE)

    def test_what_is_too_large_names_the_option(self):
        large = self.file('large', ['x'])
        os.truncate(large, 65 * MIB)
        arguments = ['import', '--text', large, '--check', '--db', os.path.join(self.folder, 'quran.db')]
        done = server.run(*arguments)
        self.assertEqual(done.returncode, 1)
        self.assertIn('large: 65 MiB large; expected at most 64 MiB', done.stderr)
        self.assertIn('--max-size', done.stderr)
        # With the option what is in it decides.
        for size in ('66MiB', '66 mib', '1GB', str(66 * MIB)):
            done = server.run(*arguments, '--max-size', size)
            self.assertIn('large:1: ', done.stderr, size)
        self.assertIn('large: 65 MiB large; expected at most 2 MiB', server.run(*arguments, '--max-size', '2MiB').stderr)
        for size in ('0', '1KiB', '-1', 'x', '1 apple', ''):
            done = server.run(*arguments, '--max-size', size)
            self.assertEqual(done.returncode, 1, size)
            self.assertIn('--max-size', done.stderr, size)

    def test_a_quote_that_is_not_closed(self):
        masaq = self.file('masaq.csv', [made.masaq()[0] + '\n', '"%s' % ('x\n' * (17 * MIB // 2))])
        done = server.run('import', '--text', self.text, '--masaq', masaq, '--check', '--db', os.path.join(self.folder, 'quran.db'))
        self.assertEqual(done.returncode, 1)
        self.assertIn('masaq.csv:2: a quoted field of more than 16 MiB', done.stderr)
        self.assertIn('is its quote closed?', done.stderr)

    def test_the_help_says_the_limits(self):
        said = ' '.join(server.run('import', '--help').stdout.split())
        self.assertIn('512 MiB (treebank, MASAQ)', said)


if __name__ == '__main__':
    unittest.main()
