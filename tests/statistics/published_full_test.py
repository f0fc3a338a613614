"""Statistics over the whole corpus against what is counted here from the published files, by code that shares nothing with the program,
with the formulas of formulas.py: 200 random questions, and figures that are known from elsewhere.

Without the files (see tests/v1/published.py) the test is skipped, with exit code 77, and says why. KALIMA_DATABASE names a database of the
whole corpus to be used instead of importing one.
"""
import collections
import os
import random
import sys
import unittest

from tests.statistics import formulas
from tests.statistics.case import Statistics, differences
from tests.v1.published import DATASETS, SKIPPED, Corpus, divisions, serve_published, surahs

EVERYTHING = 10000
QUESTIONS = int(os.environ.get('KALIMA_QUERIES', '200'))


class Full(Statistics, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = serve_published(cls)
        cls.corpus = Corpus()
        cls.words = cls.corpus.in_order
        cls.place = {int(number): place for number, _, place, *_ in surahs()}
        cls.generator = random.Random(20261128)
        cls.columns = {}
        cls.verse_ends = {}
        for number, word in enumerate(cls.words):
            begin, _ = cls.verse_ends.get(word[:2], (number, number))
            cls.verse_ends[word[:2]] = begin, number + 1

    def ask(self, statistic, **parameters):
        answer = super().ask(statistic, **{'timeout_ms': 10000, **parameters})
        self.assertFalse(answer['partial'], (statistic, parameters))
        return answer

    def column(self, attribute):
        """Of each word the value of its only segment, or of its first stem."""
        if attribute not in self.columns:
            def value(word):
                segments = [self.corpus.segments[s] for s in self.corpus.words[word]]
                stems = [s for s in segments if s['type'] == 'stem']
                head = segments if len(segments) == 1 else stems
                return head[0].get(attribute, '') if head else ''
            self.columns[attribute] = [value(word) for word in self.words]
        return self.columns[attribute]

    def of_value(self, attribute, value):
        return [i for i, one in enumerate(self.column(attribute)) if one == value]

    def random_value(self, attribute):
        return self.generator.choice([v for v in self.column(attribute) if v])

    def test_known_figures(self):
        lemmas = self.ask('frequencies', by='lemma', limit=1)
        self.assertEqual((lemmas['kinds'], lemmas['once'], lemmas['total']), (4832, 1994, 77429))
        roots = self.ask('frequencies', by='root', limit=1)
        self.assertEqual((roots['kinds'], roots['once']), (1642, 395))

    def test_frequencies(self):
        for attribute in ('lemma', 'root', 'pos'):
            groups = collections.defaultdict(list)
            for word, value in zip(self.words, self.column(attribute)):
                if value:
                    groups[value,].append(word)
            wanted = {values: {'hits': len(words), 'verses': len({w[:2] for w in words}), 'surahs': len({w[0] for w in words}),
                               'per_10000': len(words) * 10000 / 77429} for values, words in groups.items()}
            self.compare_rows(self.ask('frequencies', by=attribute, limit=EVERYTHING), wanted, attribute)

    def test_table(self):
        cells = collections.Counter((pos, self.place[word[0]]) for word, pos in zip(self.words, self.column('pos')) if pos)
        answer = self.ask('table', by='pos,surah_place', limit=EVERYTHING)
        n, rows, columns = sum(cells.values()), collections.Counter(), collections.Counter()
        for (pos, place), count in cells.items():
            rows[pos] += count
            columns[place] += count
        expected = {(a, b): rows[a] * columns[b] / n for a in rows for b in columns}
        self.compare_rows(answer, {cell: {'hits': count, 'expected': expected[cell],
                                          'residual': (count - expected[cell]) / expected[cell] ** 0.5}
                                   for cell, count in cells.items()}, 'pos,surah_place')
        self.assertEqual(differences(answer, {'chi_squared': sum((cells[c] - e) ** 2 / e for c, e in expected.items())}), {})

    def collocations(self, lemma, left, right, convention):
        lemmas = self.column('lemma')
        nodes = self.of_value('lemma', lemma)
        taken, together = set(nodes), collections.Counter()
        around = set()
        for node in nodes:
            begin, end = self.verse_ends[self.words[node][:2]]
            window = [w for w in range(max(begin, node - left), min(end, node + right + 1)) if w != node]
            if convention == 'hits':
                together.update(lemmas[w] for w in window)
            around.update(window)
        if convention == 'surface':
            around -= taken
            together.update(lemmas[w] for w in around)
            frequency = collections.Counter(v for w, v in enumerate(lemmas) if w not in taken)
            r1 = len(around)
        else:
            frequency, r1 = collections.Counter(lemmas), len(nodes)
        n = sum(frequency.values())
        wanted = {(v,): {'together': o, 'frequency': frequency[v], 'expected': r1 * frequency[v] / n,
                         **{name: f(o, r1, frequency[v], n) for name, f in formulas.ASSOCIATIONS.items()}}
                  for v, o in together.items() if v and o >= 2}
        asked = dict(q=':: '.join(('m:[]', 'm.lemma == "%s"' % lemma)), left=left, right=right, convention=convention, min=2)
        answer = self.ask('collocations', limit=EVERYTHING, **asked)
        self.assertEqual((answer['node_total'], answer['text_total']), (r1, n), asked)
        self.compare_rows(answer, wanted, asked)

    def related(self, lemma):
        sentences = collections.defaultdict(dict)
        for node in self.corpus.nodes:
            sentences[node['sentence']][node['token']] = node
        together, frequency = collections.Counter(), collections.Counter()
        for sentence in sentences.values():
            for node in sentence.values():
                head = sentence.get(node['head'])
                if node['relation'] != 'Subj' or head is None or head is node or head['place'] is None:
                    continue
                value = self.corpus.segments[node['place']].get('lemma', '') if node['place'] else ''
                frequency[value] += 1
                if self.corpus.segments[head['place']].get('lemma') == lemma:
                    together[value] += 1
        r1, n = sum(together.values()), sum(frequency.values())
        wanted = {(v,): {'together': o, 'frequency': frequency[v],
                         **{name: f(o, r1, frequency[v], n) for name, f in formulas.ASSOCIATIONS.items()}}
                  for v, o in together.items() if v}
        answer = self.ask('collocations', q='{lemma=="%s"}' % lemma, relation='Subj', min=1, limit=EVERYTHING)
        self.assertEqual((answer['node_total'], answer['text_total']), (r1, n), lemma)
        self.compare_rows(answer, wanted, lemma)

    def test_collocations(self):
        for _ in range(QUESTIONS // 4):
            self.collocations(self.random_value('lemma'), self.generator.randint(0, 6), self.generator.randint(1, 6),
                              self.generator.choice(['surface', 'hits']))
        self.related('قَالَ')
        self.related('كَانَ')

    def test_keyness(self):
        lemmas = self.column('lemma')
        for number in range(QUESTIONS // 4):
            if number == 0:
                query, own = '<surah place="Meccan"/>', {i for i, w in enumerate(self.words) if self.place[w[0]] == 'Meccan'}
            elif number % 2:
                surah = self.generator.randint(1, 114)
                query, own = '<surah n="%d"/>' % surah, {i for i, w in enumerate(self.words) if w[0] == surah}
            else:
                root = self.random_value('root')
                verses = {self.words[i][:2] for i in self.of_value('root', root)}
                query, own = 'm:[] :: m.root == "%s"' % root, {i for i, w in enumerate(self.words) if w[:2] in verses}
            a = collections.Counter(lemmas[i] for i in own)
            b = collections.Counter(lemmas)
            b.subtract(a)
            n1, n2 = len(own), len(lemmas) - len(own)
            wanted = {(v,): {'hits': c, 'other_hits': b[v], **{name: f(c, n1, b[v], n2) for name, f in formulas.KEYNESS.items()}}
                      for v, c in a.items() if v}
            self.compare_rows(self.ask('keyness', q=query, limit=EVERYTHING), wanted, query)

    def test_spread(self):
        juz_starts = divisions('juz')
        for number in range(QUESTIONS // 4):
            kind = self.generator.choice(['surah', 'juz'])
            root = self.random_value('root')
            part = (lambda w: w[0]) if kind == 'surah' else (lambda w: sum(start <= w[:2] for start in juz_starts))
            sizes = collections.Counter(map(part, self.words))
            places = self.of_value('root', root)
            hits = collections.Counter(part(self.words[i]) for i in places)
            parts = sorted(sizes)
            counts, words = [hits[p] for p in parts], [sizes[p] for p in parts]
            answer = self.ask('spread', q='m:[] :: m.root == "%s"' % root, parts=kind, limit=EVERYTHING)
            self.assertEqual([(row['words'], row['hits']) for row in answer['rows']], list(zip(words, counts)), root)
            self.assertEqual(differences(answer, {name: f(counts, words, places, len(self.words))
                                                  for name, f in formulas.SPREAD.items()}), {}, (root, kind))

    def test_ngrams(self):
        for attribute, low, high in (('lemma', 3, 8), ('pos', 4, 4), ('root', 2, 3)):
            values = self.column(attribute)
            runs = collections.defaultdict(list)
            for first in range(len(values)):
                _, end = self.verse_ends[self.words[first][:2]]
                for word in range(first, min(end, first + high)):
                    if not values[word]:
                        break
                    if word - first + 1 >= low:
                        runs[tuple(values[first:word + 1])].append(first)
            repeated = {run: places for run, places in runs.items() if len(places) >= 2}
            answer = self.ask('ngrams', attribute=attribute, min_n=low, max_n=high, limit=2000)
            self.assertEqual(answer['kinds'], len(repeated), attribute)
            for row in answer['rows']:
                places = repeated[tuple(row['values'][0].split(' '))]
                self.assertEqual((row['hits'], row['verses'], row['surahs']),
                                 (len(places), len({self.words[p][:2] for p in places}), len({self.words[p][0] for p in places})))
            counts = sorted(map(len, repeated.values()), reverse=True)
            self.assertEqual([row['hits'] for row in answer['rows']], counts[:2000], attribute)

    def test_similar_verses(self):
        """The refrain of surah 55 is there 31 times; 109:3 and 109:5 are one verse."""
        answer = self.ask('similar/55:13', attribute='word', min=100)
        self.assertEqual((answer['total'], {v['surah'] for v in answer['verses']}), (30, {55}))
        self.assertIn((109, 5), [(v['surah'], v['ayah']) for v in self.ask('similar/109:3', attribute='word', min=100)['verses']])


if __name__ == '__main__':
    if not os.path.isdir(DATASETS):
        print('SKIPPED: %s is missing' % DATASETS)
        sys.exit(SKIPPED)
    unittest.main()
