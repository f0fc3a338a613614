"""GET /api/v1/attributes over the whole corpus: for every attribute and every value the segments, words and verses that
have it, counted here from the published files, by code that shares nothing with the program.

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

ABJAD = dict(zip('ابجدهوزحطيكلمنسعفصقرشتثخذضظغ', [*range(1, 10), *range(10, 100, 10), *range(100, 1001, 100)]))
ABJAD.update({'أ': 1, 'إ': 1, 'آ': 1, 'ء': 1, 'ؤ': 6, 'ئ': 10, 'ى': 10, 'ة': 5})


class Tally:
    """value -> what has it."""

    def __init__(self):
        self.items, self.segments, self.words, self.verses = (collections.defaultdict(x) for x in (int, set, set, set))

    def add(self, value, segments=(), words=(), verse=None):
        self.items[value] += 1
        self.segments[value].update(segments)
        self.words[value].update(words)
        self.verses[value].update([verse] if verse else (word[:2] for word in words))

    def counts(self, value):
        return (self.items[value], len(self.segments[value]), len(self.words[value]), len(self.verses[value]))

    def all(self):
        """Of each value that occurs, and of all together."""
        each = {value: self.counts(value) for value in self.items if value is not None}
        union = [len(set().union(*(sets[value] for value in each))) for sets in (self.segments, self.words, self.verses)]
        return each, (sum(self.items[value] for value in each), *union)


class Full(unittest.TestCase):
    maxDiff = 2000

    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.mkdtemp(prefix='kalima-test-')
        cls.addClassCleanup(shutil.rmtree, cls.place, ignore_errors=True)
        database = os.path.join(cls.place, 'quran.db')
        import_published(database)
        cls.server = server.Server('--db', database)
        cls.addClassCleanup(cls.server.stop)
        cls.corpus = Corpus()
        cls.table = {a['name']: a for a in cls.server.json('/api/v1/attributes')['attributes']}
        cls.compared = set()

    def ask(self, name, **parameters):
        return self.server.json('/api/v1/attributes?' + urllib.parse.urlencode({'name': name, 'limit': 100000, **parameters}))

    def compare(self, name, tally):
        """What the server says of an attribute is what was counted here."""
        answer = self.ask(name)
        each, union = tally.all()
        items = {'region': 'regions', 'node': 'nodes'}.get(answer['attribute']['level'])
        names = ('segments', 'words', 'verses')

        def counts(row):
            return tuple(row[n] for n in (((items,) if items else ()) + names))

        def expected(numbers):
            return numbers if items else numbers[1:]

        found = {row['value']: counts(row) for row in answer['values']}
        self.assertEqual(len(found), len(answer['values']), name)
        occurring = {value: numbers for value, numbers in found.items() if any(numbers)}
        wanted = {str(value): expected(numbers) for value, numbers in each.items()}
        different = [(value, occurring.get(value), wanted.get(value)) for value in occurring.keys() | wanted.keys()
                     if occurring.get(value) != wanted.get(value)]
        self.assertEqual(different[:5], [], '%s: %d differ' % (name, len(different)))
        self.assertEqual(counts(answer['attribute']), expected(union), name)
        self.assertEqual(answer['attribute'], self.table[name])
        self.assertEqual(counts(answer['missing']), expected(tally.counts(None)), name)
        self.compared.add(name)
        return occurring

    def of_segments(self, name, value_of):
        tally = Tally()
        for place in self.corpus.segments:
            tally.add(value_of(place), [place], [place[:3]])
        return self.compare(name, tally)

    def of_words(self, name, value_of):
        tally = Tally()
        for word, segments in self.corpus.words.items():
            tally.add(value_of(word), segments, [word])
        return self.compare(name, tally)

    def add_region(self, tally, value, words):
        tally.add(value, [segment for word in words for segment in self.corpus.words[word]], words)

    def test_attributes(self):
        """One test, so that it can say in the end that nothing was left out."""
        corpus = self.corpus
        for name in ('segment', 'type', 'pos', 'root', 'lemma', 'form', 'aspect', 'voice', 'mood', 'person', 'gender', 'number',
                     'case', 'state', 'derivation', 'clitic', 'group'):
            found = self.of_segments(name, lambda place, name=name: corpus.segments[place].get(name))
            if name == 'root':
                self.assertEqual(len(found), 1642)
                self.assertEqual(found['رحم'], (339, 339, 313))
        for name, column in MASAQ_COLUMNS.items():
            self.of_segments(name, lambda place, column=column: corpus.masaq[place][column] or None)

        self.of_words('word', corpus.forms.get)
        plain = self.of_words('plain', corpus.plain)
        self.assertEqual(sum(counts[1] for value, counts in plain.items() if value.endswith('ون')), 3403)
        self.of_words('letters', corpus.letters)
        self.of_words('abjad', lambda word: sum(ABJAD.get(c, 0) for c in corpus.plain(word) or '') or None)
        # Worked out by rules, which have tests of their own (unit/wazn_test.cc, unit/rhyme_test.cc, statistics/questions_full_test.py).
        self.compared |= {'wazn', 'rhyme', 'rhyme_letter', 'rhyme_vowel', 'sound'}
        # Worked out in query/repeats_full_test.py.
        self.compared |= {'repetition', 'verse_similarity'}
        self.of_words('n', lambda word: word[2])
        self.of_words('gloss', corpus.glosses.get)
        self.of_words('transliteration', corpus.transliterations.get)
        stems = {word: next((corpus.segments[s] for s in segments if corpus.segments[s]['type'] == 'stem'), {})
                 for word, segments in corpus.words.items()}
        for name in ('root', 'lemma', 'pos'):
            self.of_words('stem_' + name, lambda word, name=name: stems[word].get(name))

        self.regions()
        self.trees()
        self.assertEqual(self.compared, set(self.table))

    def test_examples(self):
        """The example of each attribute is answered, and finds something unless the files leave the attribute empty."""
        for name, row in self.table.items():
            parameters = {'q': row['example'], 'limit': 1, 'timeout_ms': 10000}
            with self.subTest(name):
                answer = self.server.json('/api/v1/query?' + urllib.parse.urlencode(parameters))
                self.assertFalse(answer['partial'])
                self.assertEqual(answer['hits'] > 0, row['words'] > 0, row['example'])

    def regions(self):
        corpus = self.corpus
        sajda = set(divisions('sajda'))
        numbers, prostration = Tally(), Tally()
        for verse, words in corpus.verses.items():
            self.add_region(numbers, verse[1], words)
            self.add_region(prostration, 'yes' if verse in sajda else 'no', words)
        self.compare('verse_n', numbers)
        self.assertEqual(self.compare('verse_sajda', prostration)['yes'][0], 15)

        tallies = [Tally() for _ in range(4)]
        for number, _, place, order, name, *_ in surahs():
            words = [word for word in corpus.words if word[0] == int(number)]
            for tally, value in zip(tallies, (number, name, place, order)):
                self.add_region(tally, value, words)
        for tally, name in zip(tallies, ('n', 'name', 'place', 'order')):
            self.compare('surah_' + name, tally)

        quarters = divisions('quarter')
        for name, starts, count in (('juz', divisions('juz'), 30), ('hizb', quarters[::4], 60), ('quarter', quarters, 240),
                                    ('manzil', divisions('manzil'), 7), ('ruku', divisions('ruku'), 556),
                                    ('page', divisions('page'), 604)):
            tally = Tally()
            for number, (start, end) in enumerate(zip(starts, starts[1:] + [(115, 1)]), 1):
                self.add_region(tally, number, [w for v, words in corpus.verses.items() if start <= v < end for w in words])
            self.assertEqual(len(self.compare(name + '_n', tally)), count)

    def trees(self):
        corpus = self.corpus
        sentences = collections.defaultdict(dict)
        for node in corpus.nodes:
            sentences[node['sentence']][node['token']] = node
        self.assertEqual(len(sentences), 11693)
        sentence_tally, phrase_tally, relations, hidden, depths = (Tally() for _ in range(5))
        edges = roots = 0

        def words_of(nodes):
            places = [corpus.order[node['place'][:3]] for node in nodes if node['place']]
            return corpus.in_order[min(places):max(places) + 1] if places else []

        def head_of(node, sentence):
            if node['relation'] == 'NonRel' or node['head'] == node['token']:
                return None
            return sentence[node['head']]

        for number, (_, sentence) in enumerate(sorted(sentences.items()), 1):
            self.add_region(sentence_tally, number, words_of(sentence.values()))
            for node in sentence.values():
                if node['phrase']:
                    first, last, kind = node['phrase']
                    self.add_region(phrase_tally, kind, words_of(sentence[t] for t in range(first, last + 1) if t in sentence))
                place = [node['place']] if node['place'] else []
                words = [p[:3] for p in place]
                relations.add(node['relation'], place, words, node['verse'])
                hidden.add('no' if place else 'yes', place, words, node['verse'])
                head = head_of(node, sentence)
                edges += head is not None
                roots += node['relation'] == 'root'
                depth = 0
                while head is not None and depth is not None:
                    depth = depth + 1 if depth <= len(sentence) else None
                    head = head_of(head, sentence)
                if node['relation'] == 'NonRel':
                    depth = None
                depths.add(depth, place, words, node['verse'])
        self.compare('s_n', sentence_tally)
        self.compare('phrase_kind', phrase_tally)
        self.compare('relation', relations)
        self.assertEqual(self.compare('hidden', hidden)['yes'][0], 11157)
        self.compare('depth', depths)
        self.assertEqual((edges, roots), (103750, 14166))


if __name__ == '__main__':
    if not os.path.isdir(DATASETS):
        print('SKIPPED: %s is missing' % DATASETS)
        sys.exit(SKIPPED)
    unittest.main()
