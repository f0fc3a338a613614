"""kalima stats: tables with bars for people, exports for programs, with the numbers that the API has."""
import json
import os
import re
import shlex
import shutil
import tempfile
import unittest

from tests.compat import server
from tests.statistics.case import address

# The command, and the same question to the API.
SAME = (
    (['frequencies', '[pos="V"]', '--by', 'lemma,aspect', '--min', '2'], 'frequencies',
     {'q': '[pos="V"]', 'by': 'lemma,aspect', 'min': 2}),
    (['frequencies', '--by', 'root', '--max', '1', '--sort', 'value', '--within', '<surah n="112"/>'], 'frequencies',
     {'by': 'root', 'max': 1, 'sort': 'value', 'within': '<surah n="112"/>'}),
    (['frequencies', '--by', 'pos,surah_place', '--expected'], 'table', {'by': 'pos,surah_place'}),
    (['collocations', '[pos="N"]', '--left', '2', '--right', '1', '--min', '2', '--convention', 'hits', '--sort', 'mi'], 'collocations',
     {'q': '[pos="N"]', 'left': 2, 'right': 1, 'min': 2, 'convention': 'hits', 'sort': 'mi'}),
    (['keyness', '<surah n="1"/>', '--against', '<surah n="112"/>', '--unit', 'segment', '--min', '0'], 'keyness',
     {'q': '<surah n="1"/>', 'against': '<surah n="112"/>', 'unit': 'segment', 'min': 0}),
    (['spread', '[root="رحم"]', '--sort', 'revelation'], 'spread', {'q': '[root="رحم"]', 'order': 'revelation'}),
    (['ngrams', '--attribute', 'word', '--max-n', '4', '--maximal', '--min-surahs', '2'], 'ngrams',
     {'attribute': 'word', 'max_n': 4, 'maximal': 'yes', 'min_surahs': 2}),
    (['skipgrams', '[pos="N"] []', '--min-n', '3', '--over-verses', '--attribute', 'pos'], 'skipgrams',
     {'q': '[pos="N"] []', 'min_n': 3, 'over_verses': 'yes', 'attribute': 'pos'}),
    (['similar', '--min', '60', '--sort', 'common'], 'similar', {'min': 60, 'sort': 'common'}),
    (['rhymes', '--attribute', 'rhyme', '--sort', 'place'], 'rhymes', {'attribute': 'rhyme', 'sort': 'place'}),
    (['letters', '--within', '<surah n="112"/>'], 'letters', {'within': '<surah n="112"/>'}),
    (['alike', '--kind', 'sounds', '--attribute', 'plain'], 'alike', {'kind': 'sounds', 'attribute': 'plain'}),
    (['shifts'], 'shifts', {}),
    (['ring', '--surah', '101', '--sort', 'dice'], 'ring', {'surah': 101, 'sort': 'dice'}),
    (['network', '--min', '2', '--sort', 'log_dice'], 'network', {'min': 2, 'sort': 'log_dice'}),
)


class Stats(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.mkdtemp(prefix='kalima-stats-')
        cls.addClassCleanup(shutil.rmtree, folder, ignore_errors=True)
        cls.database = os.path.join(folder, 'quran.db')
        done = server.run('import', '--starter', '--db', cls.database)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)

    def stats(self, *args, code=0):
        done = server.run('stats', *args, '--db', self.database)
        self.assertEqual(done.returncode, code, done.stderr)
        return done

    def test_exports_are_those_of_the_api(self):
        with server.Server('--db', self.database) as running:
            for args, statistic, parameters in SAME:
                for kind in ('csv', 'tsv', 'jsonl'):
                    with self.subTest(args=args, kind=kind):
                        mine = self.stats(*args, '--format', kind).stdout.lstrip('\ufeff').splitlines()
                        theirs = running.get(address(statistic, format=kind, **parameters)).body.decode('utf-8-sig').splitlines()
                        if kind == 'jsonl':
                            self.assertEqual(json.loads(mine[0])['total'], json.loads(theirs[0])['total'])
                            mine, theirs = mine[1:], theirs[1:]
                        else:
                            # Each names the corpus in its own way, and the time.
                            mine, theirs = ([line for line in lines if not re.match('# (date|corpus):', line)] for lines in (mine, theirs))
                        self.assertGreater(len(mine), 3)
                        self.assertEqual(mine, theirs)

    def test_verses_like_a_verse(self):
        """With the numbers of the API, and its alignment as text."""
        with server.Server('--db', self.database) as running:
            theirs = json.loads(running.get(address('similar/109:3', attribute='word', min=20)).body)
        mine = [json.loads(line) for line in self.stats('similar', '109:3', '--attribute', 'word', '--min', '20', '--format', 'jsonl').stdout.splitlines()]
        self.assertEqual((mine[0]['total'], mine[0]['unit']), (theirs['total'], 'verse like 109:3'))
        self.assertGreater(len(mine), 2)
        for row, verse in zip(mine[1:], theirs['verses']):
            text = []
            for run in verse['alignment']:
                if run['same']:
                    text.append(' '.join(run['other_words']))
                    continue
                text += ['[-%s-]' % ' '.join(run['words'])] if run['words'] else []
                text += ['{+%s+}' % ' '.join(run['other_words'])] if run['other_words'] else []
            self.assertEqual([row['verse'], row['text']], ['%d:%d' % (verse['surah'], verse['ayah']), ' '.join(text)])
            self.assertEqual([row[name] for name in ('similarity', 'common', 'words')], [verse[name] for name in ('similarity', 'common', 'words')])
        within = self.stats('similar', '109:3', '--attribute', 'word', '--min', '20', '--within', '<verse n="5"/>').stdout
        self.assertIn(' 109:5 ', within)
        self.assertNotIn(' 109:4 ', within)
        self.assertIn('SURAH:AYAH', self.stats('similar', '112', code=1).stderr)
        self.assertIn('112:9 not found\n  surah 112 has 4 verses', self.stats('similar', '112:9', code=1).stderr)

    def test_tables(self):
        lines = self.stats('frequencies', '--by', 'pos', '--limit', '5').stdout.splitlines()
        self.assertEqual(lines[0], '714 counted (unit: hit); searched: 714 words, 164 verses, 23 surahs')
        self.assertRegex(lines[1], r'^kinds \d+, once \d+, in one surah \d+$')
        head = next(i for i, line in enumerate(lines) if line.startswith('hits '))
        rows = lines[head + 1:-1]
        self.assertEqual(len(rows), 5)
        bars = [row.count('█') for row in rows]
        self.assertEqual(bars, sorted(bars, reverse=True))
        self.assertEqual(bars[0], 20)
        self.assertRegex(lines[-1], r'^… \d+ more')
        self.assertIn('log dice', self.stats('collocations', '[pos="N"]').stdout)
        self.assertIn('local mi', self.stats('collocations', '[pos="N"]', '--sort', 'local_mi').stdout)
        self.assertIn('</graphml>', self.stats('network', '--min', '4', '--graphml').stdout)
        self.assertIn('رحم', self.stats('alike', '--value', 'حمر', '--kind', 'anagrams').stdout)
        self.assertIn('الفاتحة', self.stats('spread', '[root="رحم"]').stdout)

        self.assertEqual(self.stats('spread', '[root="رحم"]', '--order', 'revelation').stdout,
                         self.stats('spread', '[root="رحم"]', '--sort', 'revelation').stdout)
        self.assertEqual(self.stats('collocations', '[pos="V"]', '--relation', 'Subj', '--ends', 'heads', '--min', '1').stdout,
                         self.stats('collocations', '[pos="V"]', '--relation', 'Subj', '--heads', '--min', '1').stdout)

    def test_numbers_of_a_table_have_decimals_and_no_exponents(self):
        for args in (('spread', '[root="رحم"]'), ('frequencies', '[pos="V"]', '--by', 'aspect,surah_place', '--expected'), ('letters',)):
            text = self.stats(*args).stdout
            self.assertNotRegex(text, r'\de[-+]\d|-0\.0+\b', args)
            for line in text.splitlines():
                self.assertIn({len(digits) for digits in re.findall(r'\d\.(\d+)', line)} - {2, 4}, (set(),), line)
        self.assertIn('juilland d 0.00', self.stats('spread', '[root="رحم"]').stdout)
        # What four decimals would show as 0 has an exponent.
        self.assertRegex(self.stats('spread', '[root!="أمر"]').stdout, r', kld [1-4]\.\de-05, ')
        self.assertIn('; searched: 29 words, 7 verses, 1 surah\n', self.stats('frequencies', '--within', '<surah n="1"/>').stdout)
        self.assertIn('values with more than 1 hit\n', self.stats('frequencies', '--by', 'root', '--max', '1').stdout)

    def test_errors(self):
        self.stats(code=1)
        self.assertIn('--by', self.stats('frequencies', '--by', 'lema', code=1).stderr)
        self.assertIn('--within', self.stats('frequencies', '--within', '<surah n=', code=1).stderr)
        self.assertIn('two keys', self.stats('frequencies', '--by', 'pos', '--expected', code=1).stderr)
        self.assertIn('--attribute', self.stats('keyness', '[]', '--attribute', 'rot', code=1).stderr)
        self.assertIn('--against', self.stats('keyness', '[]', '--against', '[pos=', code=1).stderr)
        self.assertIn('--left', self.stats('collocations', '[]', '--relation', 'Subj', '--left', '2', code=1).stderr)
        self.assertIn('--surah', self.stats('ring', code=1).stderr)
        self.assertIn('--max-n', self.stats('ngrams', '--min-n', '4', '--max-n', '3', code=1).stderr)
        self.assertIn('--relation', self.stats('collocations', '[]', '--heads', code=1).stderr)
        self.assertIn('column 9', self.stats('collocations', '[pos="V"', code=1).stderr)
        self.stats('collocations', '[]', '--sort', 'hits', code=1)
        self.stats('spread', '[]', '--parts', 'page', '--sort', 'revelation', code=1)

    def test_help_has_examples_that_run(self):
        text = server.run('stats', '--help').stdout
        examples = re.findall(r'^ *kalima stats ([a-z].*)$', text, re.M)
        self.assertGreater(len(examples), 4)
        for example in examples:
            self.stats(*shlex.split(example))


if __name__ == '__main__':
    unittest.main()
