"""Reading over /api/v1, the whole corpus: every verse, word, segment, node, root and lemma is what the published files say,
as they are read here by code that shares nothing with the program.

Without the files (see published.py) the test is skipped, with exit code 77, and says why.
"""
import collections
import os
import shutil
import sys
import tempfile
import unittest
import urllib.parse

from tests.compat import server
from tests.v1.published import DATASETS, MASAQ_COLUMNS, SKIPPED, Corpus, divisions, import_published, surahs

ALL_LAYERS = 'words,segments,gloss,transliteration,tree,masaq,translations,notes'
BY_RULES = {'wazn', 'rhyme', 'rhyme_letter', 'rhyme_vowel', 'sound', 'abjad', 'repetition'}
OF_WORDS = BY_RULES | {'n', 'word', 'plain', 'letters', 'stem_root', 'stem_lemma', 'stem_pos', 'gloss', 'transliteration', 'segments'}


def written(place):
    return ':'.join(map(str, place))


class Full(unittest.TestCase):
    maxDiff = 2000

    @classmethod
    def setUpClass(cls):
        place = tempfile.mkdtemp(prefix='kalima-test-')
        cls.addClassCleanup(shutil.rmtree, place, ignore_errors=True)
        database = os.path.join(place, 'quran.db')
        import_published(database)
        cls.server = server.Server('--db', database)
        cls.addClassCleanup(cls.server.stop)
        cls.corpus = Corpus()

    def ask(self, path, **parameters):
        return self.server.json('/api/v1/' + urllib.parse.quote(path) + ('?' + urllib.parse.urlencode(parameters) if parameters else ''))

    def all_verses(self, layers):
        for surah in range(1, 115):
            yield from self.ask('verses/%d' % surah, layers=layers)['verses']

    def check_word(self, place, word):
        corpus = self.corpus
        self.assertLessEqual(set(word), OF_WORDS)
        stem = next((corpus.segments[s] for s in corpus.words[place] if corpus.segments[s]['type'] == 'stem'), {})
        expected = {'n': place[2], 'word': corpus.forms[place], 'plain': corpus.plain(place),
                    'letters': corpus.letters(place), 'gloss': corpus.glosses.get(place),
                    'transliteration': corpus.transliterations.get(place),
                    **{'stem_' + name: stem.get(name) for name in ('root', 'lemma', 'pos')}}
        self.assertEqual({k: v for k, v in word.items() if k not in BY_RULES | {'segments'}}, {k: v for k, v in expected.items() if v is not None}, place)
        segments = corpus.words[place]
        self.assertEqual(len(word['segments']), len(segments), place)
        for segment, shown in zip(segments, word['segments']):
            wanted = {'n': segment[3], **corpus.segments[segment]}
            row = corpus.masaq.get(segment) or {}
            wanted.update({name: row[column] for name, column in MASAQ_COLUMNS.items() if row.get(column)})
            self.assertEqual({k: v for k, v in shown.items() if k not in BY_RULES}, wanted, segment)

    def test_every_verse_with_all_layers(self):
        corpus = self.corpus
        starts = {name: divisions(name) for name in ('juz', 'quarter', 'manzil', 'ruku', 'page')}
        starts['hizb'] = starts['quarter'][::4]
        sajda = set(divisions('sajda'))
        nodes = collections.defaultdict(list)
        for number, node in enumerate(corpus.nodes, 1):
            nodes[node['verse']].append(number)
        seen = 0
        for verse in self.all_verses(ALL_LAYERS):
            place = verse['surah'], verse['ayah']
            self.assertEqual(verse['verse'], written(place))
            for name, first in starts.items():
                self.assertEqual(verse[name], sum(start <= place for start in first), (place, name))
            self.assertEqual(verse['sajda'], place in sajda, place)
            words = corpus.verses[place]
            self.assertEqual(len(verse['words']), len(words), place)
            for word, shown in zip(words, verse['words']):
                self.check_word(word, shown)
            self.assertEqual([node['id'] for node in verse['tree']], nodes[place], place)
            self.assertEqual((verse['translations'], set(verse['notes'])),
                             ([], {'annotations', 'connections', 'pronoun_references', 'structure_hypotheses'}))
            seen += 1
        self.assertEqual(seen, 6236)

    def test_nodes(self):
        corpus = self.corpus
        ids, by_sentence = {}, collections.defaultdict(dict)
        for number, node in enumerate(corpus.nodes, 1):
            by_sentence[node['sentence']][node['token']] = number
        for node in corpus.nodes:
            ids[node['sentence'], node['token']] = by_sentence[node['sentence']][node['token']]
        shown = {node['id']: node for verse in self.all_verses('tree') for node in verse['tree']}
        self.assertEqual(len(shown), len(corpus.nodes))
        for number, node in enumerate(corpus.nodes, 1):
            found = shown[number]
            self.assertEqual(found['place'], written(node['place']) if node['place'] else None, number)
            self.assertEqual((found['relation'], found['hidden']), (node['relation'], node['place'] is None), number)
            itself = node['relation'] in ('NonRel',) or node['head'] == node['token']
            head = None if itself else ids.get((node['sentence'], node['head']))
            if node['relation'] != 'root':
                self.assertEqual(found['head'], head, number)

    def test_trees(self):
        corpus = self.corpus
        sentences = collections.defaultdict(list)
        for number, node in enumerate(corpus.nodes, 1):
            sentences[node['sentence']].append(number)
        order = {sentence: place for place, sentence in enumerate(sorted(sentences), 1)}
        of_verse = collections.defaultdict(set)
        phrases = collections.Counter()
        for node in corpus.nodes:
            of_verse[node['verse']].add(node['sentence'])
            phrases[node['sentence']] += node['phrase'] is not None
        for place in list(corpus.verses)[::97]:
            answer = self.ask('trees/' + written(place))
            self.assertEqual([s['sentence'] for s in answer['sentences']], sorted(order[s] for s in of_verse[place]), place)
            for sentence, shown in zip(sorted(of_verse[place]), answer['sentences']):
                self.assertEqual([n['id'] for n in shown['nodes']], sentences[sentence], place)
                self.assertEqual(len(shown['phrases']), phrases[sentence], place)
                self.assertEqual({n['place'] and tuple(map(int, n['place'].split(':')[:2])) for n in shown['nodes']} - {None}
                                 - {tuple(map(int, v.split(':'))) for v in shown['verses']}, set())

    def test_a_head_in_another_verse_is_in_the_answer(self):
        """Of 30:3, 2:3 and others: every head is a node of the sentence, with its verse and word."""
        by_sentence, over = collections.defaultdict(dict), collections.defaultdict(set)
        for node in self.corpus.nodes:
            by_sentence[node['sentence']][node['token']] = node
        for node in self.corpus.nodes:
            head = by_sentence[node['sentence']].get(node['head'])
            if node['place'] and head and head['place'] and head['verse'] != node['verse'] and node['relation'] not in ('root', 'NonRel'):
                over[node['verse']].add((written(node['place']), written(head['place'])))
        self.assertGreater(len(over), 1000)
        for verse in [(30, 3), (2, 3), *sorted(over)[::40]]:
            shown = set()
            for sentence in self.ask('trees/' + written(verse))['sentences']:
                nodes = {node['id']: node for node in sentence['nodes']}
                for node in sentence['nodes']:
                    head = nodes[node['head']] if node['head'] is not None else node
                    shown.add((node['place'], head['place']))
            self.assertLessEqual(over[verse], shown, verse)

    def test_every_root_and_lemma(self):
        corpus = self.corpus
        for kind, path, other in (('root', 'roots', 'lemma'), ('lemma', 'lemmas', 'root')):
            places, segments, verses = (collections.defaultdict(x) for x in (list, int, set))
            with_other, forms = (collections.defaultdict(lambda: collections.defaultdict(set)) for _ in range(2))
            for place, segment in corpus.segments.items():
                value = segment.get(kind)
                if value is None:
                    continue
                word = place[:3]
                if not places[value] or places[value][-1] != word:
                    places[value].append(word)
                segments[value] += 1
                verses[value].add(word[:2])
                if segment.get(other) is not None:
                    with_other[value][segment[other]].add(word)
                forms[value][segment['segment']].add(word)
            for value, words in places.items():
                answer = self.ask('%s/%s' % (path, value), limit=100000)
                self.assertEqual((answer[kind], answer['segments'], answer['words'], answer['verses'], answer['total']),
                                 (value, segments[value], len(words), len(verses[value]), len(words)))
                self.assertEqual(answer['places'], [written(word) for word in words], value)
                for key, wanted in ((other + 's', with_other[value]), ('forms', forms[value])):
                    self.assertEqual({u['value']: u['words'] for u in answer[key]}, {v: len(w) for v, w in wanted.items()}, value)
                    self.assertEqual([u['words'] for u in answer[key]], sorted((len(w) for w in wanted.values()), reverse=True))

    def test_surahs_and_corpus(self):
        answer = self.ask('surahs')['surahs']
        self.assertEqual([[str(s['surah']), str(s['verses']), s['place'], str(s['order']), s['name'], s['latin'], s['english']] for s in answer],
                         surahs())
        self.assertTrue(all(s['present'] == s['verses'] for s in answer))
        corpus = self.ask('corpus')
        self.assertEqual({k: corpus['counts'][k] for k in ('surahs', 'verses', 'words', 'segments')},
                         {'surahs': 114, 'verses': 6236, 'words': len(self.corpus.words), 'segments': len(self.corpus.segments)})
        self.assertEqual((corpus['missing']['verses'], corpus['missing']['surahs'], corpus['starter']), (0, [], False))
        self.assertTrue(all(s['present'] for s in corpus['sources']))

    def test_parts(self):
        order = sorted(self.corpus.verses)
        quarters = divisions('quarter')
        for name, starts in (('juz', divisions('juz')), ('hizb', quarters[::4]), ('quarter', quarters), ('manzil', divisions('manzil')),
                             ('page', divisions('page'))):
            for number in {1, 2, len(starts) // 2, len(starts)}:
                end = starts[number] if number < len(starts) else (115, 1)
                wanted = [written(v) for v in order if starts[number - 1] <= v < end]
                answer = self.ask('verses/%s:%d' % (name, number))
                self.assertEqual([v['verse'] for v in answer['verses']], wanted, (name, number))

    def tearDown(self):
        metrics = self.server.get('/metrics').body.decode()
        self.assertIn('\nkalima_v1_json_parsed_total 0\n', metrics)


if __name__ == '__main__':
    if not os.path.isdir(DATASETS):
        print('SKIPPED: %s is missing' % DATASETS)
        sys.exit(SKIPPED)
    unittest.main()
