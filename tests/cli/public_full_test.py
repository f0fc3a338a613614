"""All published files, if available: text, morphology, treebank and MASAQ imported, and the verses and
answers that come of it, compared with those of the old server's corpus, which has no segment's form, the basmala among the words,
and some roots cut off.

Looks for legacy-data/ in the folder that KALIMA_SHARED names, by default ../shared next to the repository. Without it the test
is skipped, with exit code 77, and says why.
"""
import json
import os
import re
import shutil
import sys
import tempfile
import time
import unittest

from tests.compat import server

SHARED = os.environ.get('KALIMA_SHARED') or os.path.join(os.path.dirname(server.ROOT), 'shared')
DATASETS = os.path.join(SHARED, 'legacy-data', 'datasets')
TEXT = os.path.join(DATASETS, 'text', 'quran-clean.txt')
MORPHOLOGY = os.path.join(DATASETS, 'morphology', 'quranic-corpus-morphology-0.4.txt')
TREEBANK = os.path.join(DATASETS, 'quranic', 'Quranic', 'Quranic.csv')
MASAQ = os.path.join(DATASETS, 'masaq', 'MASAQ.csv')
CORPUS = os.path.join(DATASETS, 'corpus', 'quran.jsonl')
SKIPPED = 77

# Set by who measures a release build: seconds that the import may take.
MAX_SECONDS = os.environ.get('KALIMA_IMPORT_SECONDS')


def place_of(verse):
    return verse['surah']['number'], verse['ayah']


class Full(unittest.TestCase):
    maxDiff = 2000

    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.mkdtemp(prefix='kalima-test-')
        cls.addClassCleanup(shutil.rmtree, cls.place, ignore_errors=True)
        cls.database = os.path.join(cls.place, 'quran.db')
        began = time.monotonic()
        cls.done = server.run('import', '--text', TEXT, '--morphology', MORPHOLOGY, '--treebank', TREEBANK, '--masaq', MASAQ,
                              '--db', cls.database, timeout=500)
        cls.seconds = time.monotonic() - began
        if cls.done.returncode != 0:
            raise RuntimeError(cls.done.stderr)
        cls.server = server.Server('--db', cls.database)
        cls.addClassCleanup(cls.server.stop)
        cls.verses = cls.server.json('/api/verses?limit=7000')['verses']
        with open(CORPUS, encoding='utf-8') as f:
            cls.old = [json.loads(line) for line in f]

    def test_the_counts(self):
        counts = {}
        for line in self.done.stdout.splitlines():
            number, _, what = line.strip().partition('  ')
            if number.replace(',', '').isdigit():
                counts[what.strip()] = int(number.replace(',', ''))
        self.assertEqual([counts[name] for name in ('surahs', 'verses', 'words', 'segments')], [114, 6236, 77429, 128219])
        self.assertEqual(counts['treebank rows, of 6,236 verses'], 139376)
        self.assertEqual(counts['MASAQ rows, of 6,236 verses'], 128219)
        words, *treebank = self.done.stderr.splitlines()
        self.assertEqual(words, 'warning: 3 words are spelt otherwise in the text than in the morphology: 12:39:1, 12:41:1, 12:101:14')
        self.assertEqual([re.sub(r', the first at .*Quranic\.csv:\d+$', '', line) for line in treebank],
                         ['warning: treebank nodes that depend on themselves without being a root: 31',
                          'warning: treebank sentences with a cycle of heads: 133'])

    def test_the_time(self):
        print('import: %.1f s' % self.seconds)
        if MAX_SECONDS:
            self.assertLessEqual(self.seconds, float(MAX_SECONDS))

    def test_text_and_words(self):
        with open(TEXT, encoding='utf-8') as f:
            lines = f.read().splitlines()
        self.assertEqual(len(self.verses), len(lines))
        joined = []
        for verse, line in zip(self.verses, lines):
            surah, ayah = place_of(verse)
            set_apart = ayah == 1 and surah not in (1, 9)
            self.assertEqual('bismillah' in verse, set_apart)
            # Nothing of the text is lost or changed, and it is all in the words.
            self.assertEqual(' '.join(([verse['bismillah']] if set_apart else []) + [verse['text']]), line)
            self.assertEqual(' '.join(token['form'] for token in verse['tokens']), verse['text'])
            if set_apart:
                self.assertEqual(len(verse['bismillah'].split(' ')), 4)
            joined += [(surah, ayah, t['id']) for t in verse['tokens'] if ' ' in t['form']]
        self.assertEqual(joined, [(2, 181, 3), (8, 6, 4), (13, 37, 8), (37, 130, 3)])

    def test_segments_are_those_of_the_morphology_file(self):
        expected = {}
        with open(MORPHOLOGY, encoding='utf-8') as f:
            for line in f:
                if line.startswith('('):
                    location, form, tag, features = line.rstrip('\n').split('\t')
                    parts = dict(part.split(':', 1) for part in features.split('|') if ':' in part)
                    expected[location] = (form == '_', features.split('|')[0].lower(), parts.get('POS', tag), parts.get('ROOT'),
                                          parts.get('LEM'), features)
        found = {}
        for verse in self.verses:
            for i, token in enumerate(verse['tokens'], 1):
                self.assertEqual(token['id'], i)
                for segment in token['segments']:
                    location = '(%d:%d:%s)' % (*place_of(verse), segment['id'].replace('.', ':'))
                    found[location] = (segment['form'] is None, segment['type'], segment['pos'], segment['root'],
                                       segment['lemma'], segment['features'])
        self.assertEqual(len(expected), 128219)
        self.assertTrue(found == expected)

    def test_forms_of_segments_are_those_of_the_treebank(self):
        with open(TREEBANK, 'rb') as f:
            rows = [line.split('\t') for line in f.read().decode('utf-16').splitlines()]
        at = {name: i for i, name in enumerate(rows[0])}
        forms = {row[at['location']]: row[at['uthmani_token']] for row in rows[1:] if row[at['location']] != '_'}
        self.assertEqual(len(forms), 128219)
        wrong = []
        for verse in self.verses:
            for token in verse['tokens']:
                for segment in token['segments']:
                    form = forms['(%d:%d:%s)' % (*place_of(verse), segment['id'].replace('.', ':'))].strip('"')
                    if (segment['form'] or 'ـ') != form:
                        wrong.append((segment, form))
        self.assertEqual(wrong, [])

    def test_beside_the_old_corpus(self):
        """All but what the old corpus has wrong is as it has it: names, texts, segments."""
        cut = 0
        for new, old in zip(self.verses, self.old):
            self.assertEqual((new['surah'], new['ayah']), (old['surah'], old['ayah']))
            self.assertTrue(old['text'].endswith(new['text']))
            self.assertEqual(len(new['tokens']), len(old['tokens']))
            for mine, other in zip(new['tokens'], old['tokens']):
                for segment, former in zip(mine['segments'], other['segments'], strict=True):
                    for key in ('id', 'type', 'pos', 'lemma', 'features'):
                        self.assertEqual(segment[key], former[key])
                    cut += segment['root'] != former['root']
        self.assertGreater(cut, 0)

    def test_old_api(self):
        s = self.server
        self.assertEqual(len(s.json('/api/roots')), 1642)
        with_root = [v for v in self.verses if any(g['root'] == '$rk' for t in v['tokens'] for g in t['segments'])]
        found = s.json('/api/search/roots?root=%24rk&limit=1000')
        self.assertGreater(len(with_root), 100)
        self.assertEqual([r['verse'] for r in found['results']], with_root)
        self.assertEqual(found['count'], len(with_root))
        found = s.json('/api/search/morphology?q=root:b%24r&limit=1000')
        self.assertEqual([r['verse'] for r in found['results']],
                         [v for v in self.verses if any('ROOT:b$r' in g['features'] for t in v['tokens'] for g in t['segments'])])
        self.assertEqual(s.json('/api/verse/2/255'), self.verses[7 + 254])
        self.assertEqual(len(s.json('/api/surahs')), 114)
        tree = s.json('/api/dependency/1/1')['dependency_tree']
        self.assertEqual([row['rel_label'] for row in tree][:3], ['root', 'link', 'gen'])
        self.assertGreater(s.json('/api/search/dependency?relation=Subj&limit=1')['count'], 0)
        self.assertEqual(s.get('/api/morphology/114/6').status, 200)
        self.assertEqual(s.json('/api/stats')['verses_with_tokens'], 6236)
        parsed = s.json('/api/morphology/parsed/1/5')['tokens']
        self.assertEqual(parsed[0]['segments'][0]['original'], self.verses[4]['tokens'][0]['segments'][0])


if __name__ == '__main__':
    missing = [path for path in (TEXT, MORPHOLOGY, TREEBANK, MASAQ, CORPUS) if not os.path.exists(path)]
    if missing:
        print('SKIPPED: the import of the whole published files needs them; there is no %s (KALIMA_SHARED may name another folder)'
              % ' and no '.join(missing))
        sys.exit(SKIPPED)
    unittest.main()
