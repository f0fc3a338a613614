"""Repetition, sound and structure over the surahs that come with the program, against what is worked out here from the words that
/api/v1/query lists, by code that shares nothing with the program; each row's query finds what the row counted.

KALIMA_DATABASE names another database to be used.
"""
import collections
import itertools
import json
import os
import random
import unicodedata
import unittest
import xml.etree.ElementTree

from tests.compat import server
from tests.statistics import formulas
from tests.statistics.case import Statistics, address, differences
from tests.v1.case import StarterCase

EVERYTHING = 10000
ABJAD = dict(zip('ابجدهوزحطيكلمنسعفصقرشتثخذضظغ', [*range(1, 10), *range(10, 100, 10), *range(100, 1001, 100)]))
ABJAD.update({'أ': 1, 'إ': 1, 'آ': 1, 'ٱ': 1, 'ء': 1, 'ؤ': 6, 'ئ': 10, 'ى': 10, 'ة': 5})


def plain(word):
    return ''.join(c for c in word.replace('ٱ', 'ا') if unicodedata.category(c) != 'Mn' and c != 'ـ')


def letters(word):
    """Without the small waw and ya, which do not belong to the consonantal text."""
    return plain(word).translate({0x06e5: None, 0x06e6: None})


def longest_common(a, b):
    row = [0] * (len(b) + 1)
    for x in a:
        above, row = row, [0]
        for j, y in enumerate(b):
            row.append(above[j] + 1 if x == y else max(above[j + 1], row[j]))
    return row[-1]


class Texts(Statistics, StarterCase):
    fewest_together = 3  # of the network: the answer has so many rows at most
    verses_compared = None  # so many verses with all others; all with all if None
    rings = 2  # of so many surahs, of 60 verses at most

    @classmethod
    def setUpClass(cls):
        database = os.environ.get('KALIMA_DATABASE')
        if database:
            cls.server = server.Server('--db', database)
            cls.addClassCleanup(cls.server.stop)
        else:
            super().setUpClass()
        cls.words = cls.listed('[]', 'lemma,root,plain,rhyme,rhyme_letter,rhyme_vowel')
        cls.verses = [list(group) for _, group in itertools.groupby(range(len(cls.words)), lambda w: cls.words[w]['place'][:2])]

    @classmethod
    def listed(cls, query, columns):
        """The hits of a query: surah, ayah, word and segment of the first, and values."""
        text = cls.server.get('/api/v1/query?' + address('', q=query, columns=columns, context=0, format='jsonl', timeout_ms=10000).split('?')[1])
        out = []
        for line in text.body.splitlines()[1:]:
            line = json.loads(line)
            values = {name: line['columns'][name]['match'][0] or '' for name in columns.split(',')}
            out.append({'place': tuple(map(int, line['start'].split(':'))), **values})
        return out

    def check(self, answer, wanted, number, context):
        self.assertGreater(len(wanted), 1, context)
        self.compare_rows(answer, wanted, context)
        for row in random.Random(1).sample(answer['rows'], min(12, len(answer['rows']))):
            if row['query'] is None:
                self.assertTrue(any(note.startswith('rows have no query') for note in answer['notes']), context)
                continue
            found = self.server.json('/api/v1/query?' + address('', q=row['query'], limit=0, timeout_ms=10000).split('?')[1])
            self.assertEqual(found['hits'], row[number], (context, row['values'], row['query']))

    def test_rhymes(self):
        for attribute in ('rhyme', 'rhyme_letter', 'rhyme_vowel'):
            runs, neighbours, alike = [], 0, 0
            for verse in self.verses:
                surah, ayah = self.words[verse[0]]['place'][:2]
                value = self.words[verse[-1]][attribute]
                follows = runs and runs[-1][0] == surah
                neighbours += bool(follows)
                if follows and value and runs[-1][1] == value:
                    runs[-1][3] = ayah
                    alike += 1
                else:
                    runs.append([surah, value, ayah, ayah])
            runs = [run for run in runs if run[1]]
            answer = self.ask('rhymes', attribute=attribute, min=1, sort='place', limit=EVERYTHING, timeout_ms=10000)
            self.assertEqual([(row['values'], row['first'], row['last'], row['verses']) for row in answer['rows']],
                             [([str(s), v], a, b, b - a + 1) for s, v, a, b in runs])
            self.assertEqual((answer['neighbours'], answer['alike'], answer['runs'], answer['longest']),
                             (neighbours, alike, len(runs), max(b - a + 1 for *_, a, b in runs)))
            for row in answer['rows'][:20]:
                found = self.server.json('/api/v1/query?' + address('', q=row['query'], limit=0, timeout_ms=10000).split('?')[1])
                self.assertEqual(found['hits'], row['verses'], row)
            longest = self.ask('rhymes', attribute=attribute, min=2, limit=EVERYTHING, timeout_ms=10000)
            self.assertEqual([row['verses'] for row in longest['rows']], sorted((b - a + 1 for *_, a, b in runs if b > a), reverse=True))

    def test_letters(self):
        for within in (None, '<surah n="112"/>'):
            words = [w for w in self.words if within is None or w['place'][0] == 112]
            count, having = collections.Counter(), collections.Counter()
            for word in words:
                count.update(letters(word['plain']))
                having.update(set(letters(word['plain'])))
            answer = self.ask('letters', limit=EVERYTHING, **({'within': within} if within else {}))
            everything = sum(count.values())
            self.check(answer, {(c,): {'count': n, 'share': n / everything, 'words': having[c], 'value': ABJAD.get(c, 0),
                                       'sum': n * ABJAD.get(c, 0)} for c, n in count.items()}, 'words', within)
            self.assertEqual((answer['total'], answer['abjad'], answer['words_total']),
                             (everything, sum(n * ABJAD.get(c, 0) for c, n in count.items()), len(words)))
        small = self.listed('[plain=".*[ۥۦ].*"]', 'plain,letters')
        self.assertGreater(len(small), 5)
        self.assertEqual({int(word['letters']) - len(word['plain']) for word in small}, {-1})
        self.assertEqual({letters('بِهِۦ'), letters('لَهُۥ')}, {'به', 'له'})
        basmala = self.ask('letters', within='<verse n="1"/>', q='[] within <surah n="1"/>')
        self.assertEqual((basmala['abjad'], basmala['total']), (786, 19))

    def test_alike(self):
        some = random.Random(2).sample(sorted({word['place'][0] for word in self.words}), 5)
        for attribute, surah in itertools.product(('root', 'plain'), (None, *some)):
            counts = collections.Counter(word[attribute] for word in self.words if word[attribute] and surah in (None, word['place'][0]))
            within = {'within': '<surah n="%d"/>' % surah} if surah else {}
            for kind, key in (('anagrams', lambda v: ''.join(sorted(v))), ('reversals', lambda v: min(v, v[::-1]) if v != v[::-1] else ''),
                              ('palindromes', lambda v: v if v == v[::-1] else '')):
                groups = collections.defaultdict(list)
                for value in counts:
                    if len(letters(value)) >= 3 and key(letters(value)):
                        groups[key(letters(value))].append(value)
                wanted = {tuple(sorted(members)): {'members': len(members), 'hits': sum(counts[m] for m in members)}
                          for members in groups.values() if len(members) > 1 or kind == 'palindromes'}
                answer = self.ask('alike', kind=kind, attribute=attribute, limit=EVERYTHING, **within)
                self.assertEqual({tuple(sorted(row['values'][0].split())): {'members': row['members'], 'hits': row['hits']}
                                  for row in answer['rows']}, wanted, (kind, attribute, surah))
                for row in answer['rows'][:10]:
                    found = self.server.json('/api/v1/query?' + address('', q=row['query'], limit=0, timeout_ms=10000).split('?')[1])
                    self.assertEqual(found['hits'], row['hits'], row)
        one = self.ask('alike', attribute='root', value='رحم')
        self.assertEqual(len(one['rows']), 1)
        self.assertIn('رحم', one['rows'][0]['values'][0].split())
        self.assertGreater(len(self.ask('alike', kind='sounds', attribute='plain', limit=EVERYTHING)['rows']), 3)

    def test_skipgrams(self):
        for attribute, low, high, over in (('lemma', 3, 5, 'no'), ('root', 3, 3, 'yes')):
            values = [word[attribute] for word in self.words]
            part = (lambda w: self.words[w]['place'][:1]) if over == 'yes' else (lambda w: self.words[w]['place'][:2])
            grams = collections.defaultdict(list)
            for first in range(len(values)):
                for n in range(low, high + 1):
                    if first + n > len(values) or part(first) != part(first + n - 1):
                        continue
                    for gap in range(1, n - 1):
                        run = [values[first + i] for i in range(n)]
                        if all(v for i, v in enumerate(run) if i != gap):
                            grams[tuple('_' if i == gap else v for i, v in enumerate(run))].append((first, run[gap]))
            wanted = {}
            for gram, places in grams.items():
                fillers = {filler for _, filler in places}
                if len(places) >= 2 and len(fillers) >= 2:
                    wanted[' '.join(gram),] = {'n': len(gram), 'hits': len(places), 'fillers': len(fillers),
                                               'verses': len({self.words[p]['place'][:2] for p, _ in places}),
                                               'surahs': len({self.words[p]['place'][0] for p, _ in places})}
            answer = self.ask('skipgrams', attribute=attribute, min_n=low, max_n=high, over_verses=over, limit=EVERYTHING)
            self.assertEqual(answer['kinds'], len(wanted))
            self.check(answer, wanted, 'hits', attribute)

    def test_similar_pairs(self):
        verses = [(':'.join(map(str, self.words[verse[0]]['place'][:2])), [self.words[w] for w in verse]) for verse in self.verses]
        for attribute, percent, fewest in (('lemma', 60, 1), ('plain', 50, 3)):
            wanted = {}
            compared = [(place, values, collections.Counter(values)) for place, words in verses if len(words) >= fewest
                        for values in [[w[attribute] or ('', w['plain']) for w in words]]]
            chosen = {place for place, *_ in random.Random(1).sample(compared, self.verses_compared or len(compared))}
            for (a, x, of_x), (b, y, of_y) in itertools.combinations(compared, 2):
                # Verses have as many words in common in any order as in one, or more.
                if (a not in chosen and b not in chosen) or 200 * min(len(x), len(y)) < percent * (len(x) + len(y)) or \
                        200 * sum((of_x & of_y).values()) < percent * (len(x) + len(y)):
                    continue
                common = longest_common(x, y)
                similarity = 2 * common / (len(x) + len(y))
                if common and similarity >= percent / 100:
                    wanted[a, b] = {'similarity': similarity, 'common': common, 'words': len(x), 'other_words': len(y)}
            answer = self.ask('similar', attribute=attribute, min=percent, min_words=fewest, limit=EVERYTHING)
            self.assertLess(answer['rows_total'], EVERYTHING)
            self.assertFalse(answer['partial'])
            if self.verses_compared is None:
                self.check(answer, wanted, 'common', attribute)
                self.assertEqual(answer['verses_alike'], len({v for pair in wanted for v in pair}))
            found = {tuple(row['values']): row for row in answer['rows'] if chosen.intersection(row['values'])}
            self.assertEqual(set(found), set(wanted))
            self.assertEqual({pair: differences(found[pair], numbers) for pair, numbers in wanted.items() if differences(found[pair], numbers)}, {})
            numbers = [row['similarity'] for row in answer['rows']]
            self.assertEqual(numbers, sorted(numbers, reverse=True))

    def test_shared_formulas(self):
        """Runs that two surahs share: those of both that are in each of them."""
        within = '<surah n="109"/> | <surah n="112"/> | <surah n="113"/>'
        runs = collections.defaultdict(list)
        for verse in self.verses:
            if self.words[verse[0]]['place'][0] not in (109, 112, 113):
                continue
            for first in range(len(verse)):
                for n in (1, 2, 3):
                    run = [self.words[w]['lemma'] for w in verse[first:first + n]]
                    if len(run) == n and all(run):
                        runs[' '.join(run),].append(self.words[verse[first]]['place'])
        wanted = {run: {'hits': len(places), 'surahs': len({p[0] for p in places})} for run, places in runs.items()
                  if len(places) >= 2 and len({p[0] for p in places}) >= 2}
        self.check(self.ask('ngrams', within=within, min_n=1, max_n=3, min_surahs=2, limit=EVERYTHING), wanted, 'hits', within)

    def test_shifts(self):
        verbs = self.listed('{pos="V"}', 'person')
        steps, across, every = collections.Counter(), collections.Counter(), 0
        for one, other in zip(verbs, verbs[1:]):
            if one['place'][0] != other['place'][0] or not one['person'] or not other['person']:
                continue
            every += 1
            if one['person'] != other['person']:
                steps[one['person'], other['person']] += 1
                across[one['person'], other['person']] += one['place'][:2] != other['place'][:2]
        answer = self.ask('shifts')
        self.assertEqual((answer['steps'], answer['changes']), (every, sum(steps.values())))
        self.check(answer, {pair: {'hits': n, 'across': across[pair]} for pair, n in steps.items()}, 'hits', 'shifts')
        self.assertTrue(answer['notes'][0].startswith('a heuristic'))

    def test_ring(self):
        mask = (1 << 64) - 1

        def numbers():
            state = 0
            while True:
                state = (state + 0x9E3779B97F4A7C15) & mask
                z = ((state ^ state >> 30) * 0xBF58476D1CE4E5B9) & mask
                z = ((z ^ z >> 27) * 0x94D049BB133111EB) & mask
                yield z ^ z >> 31

        sizes = collections.Counter(self.words[verse[0]]['place'][0] for verse in self.verses)
        for surah in random.Random(3).sample(sorted(surah for surah, size in sizes.items() if 8 <= size <= 60), self.rings):
            sets = [{self.words[w]['root'] for w in verse} - {''} for verse in self.verses if self.words[verse[0]]['place'][0] == surah]
            size = len(sets)
            dice = [[2 * len(a & b) / (len(a) + len(b)) if a or b else 0 for b in sets] for a in sets]
            order = list(range(size))
            mean = lambda: sum(dice[order[i]][order[size - 1 - i]] for i in range(size // 2)) / (size // 2)
            observed, means, random_numbers = mean(), [], numbers()
            for _ in range(999):
                for i in range(size, 1, -1):
                    j = next(random_numbers) % i
                    order[i - 1], order[j] = order[j], order[i - 1]
                means.append(mean())
            wanted = {'pairs': size // 2, 'mean': observed, 'expected': sum(means) / 999, 'orders': 999,
                      'p_value': (1 + sum(m >= observed - 1e-12 for m in means)) / 1000}
            answer = self.ask('ring', surah=surah)
            self.assertEqual(differences(answer, wanted), {}, surah)
            self.check(answer, {('%d:%d' % (surah, i + 1), '%d:%d' % (surah, size - i)):
                                {'shared': len(sets[i] & sets[size - 1 - i]), 'dice': dice[i][size - 1 - i]} for i in range(size // 2)},
                       'shared', surah)

    def network(self):
        sets = [{self.words[w]['root'] for w in verse} - {''} for verse in self.verses]
        verses = collections.Counter(root for s in sets for root in s)
        together = collections.Counter(frozenset(pair) for s in sets for pair in itertools.combinations(sorted(s), 2))
        return verses, together, sum(map(bool, sets))

    def test_network(self):
        verses, together, n = self.network()
        answer = self.ask('network', min=self.fewest_together, limit=EVERYTHING)
        wanted = {}
        for row in answer['rows']:
            a, b = row['values']
            if frozenset((a, b)) in together:
                o11 = together[frozenset((a, b))]
                wanted[a, b] = {'together': o11, 'first_verses': verses[a], 'second_verses': verses[b],
                                **{name: f(o11, verses[a], verses[b], n) for name, f in formulas.ASSOCIATIONS.items()}}
        self.assertEqual((len(wanted), answer['verses_total']), (sum(o >= self.fewest_together for o in together.values()), n))
        self.check(answer, wanted, 'together', 'network')
        numbers = [row['log_likelihood'] for row in answer['rows']]
        self.assertEqual(numbers, sorted(numbers, reverse=True))

    def test_graphml(self):
        rows = self.ask('network', min=3, limit=20)['rows']
        graph = xml.etree.ElementTree.fromstring(self.server.get(address('network/graphml', min=3, limit=20)).body)
        name = '{http://graphml.graphdrawing.org/xmlns}'
        edges = graph.findall('.//%sedge' % name)
        self.assertEqual([[e.get('source'), e.get('target')] for e in edges], [row['values'] for row in rows])
        self.assertEqual([int(e.find('%sdata[@key="together"]' % name).text) for e in edges], [row['together'] for row in rows])
        self.assertEqual({node.get('id') for node in graph.iter(name + 'node')}, {v for row in rows for v in row['values']})


if __name__ == '__main__':
    unittest.main()
