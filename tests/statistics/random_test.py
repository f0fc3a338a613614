"""Statistics of random queries over small random corpora: frequencies, cross tables, collocations, keyness and spread are worked out here
in the plainest way from the hits that tests/query/reference.py finds, with the formulas of formulas.py.

KALIMA_QUERIES says how many queries (default 200); KALIMA_SEED begins another sequence (default 1).
"""
import collections
import math
import os
import random
import tempfile
import unicodedata
import unittest

from tests.compat import server
from tests.query import corpus, generate, query_text
from tests.query.results_test import REGIONS, hits_of, key_value, word_value
from tests.query.scope import scopes
from tests.statistics import formulas
from tests.statistics.case import Statistics, address, differences

COUNT = int(os.environ.get('KALIMA_QUERIES', '200'))
SEED = int(os.environ.get('KALIMA_SEED', '1'))
QUERIES_FOR_A_CORPUS = 50
ATTRIBUTES = ('word', 'root', 'lemma', 'pos', 'type', 'case', 'person', 'aspect', 'surah_n', 'verse_n', 'n')
OF_SEGMENTS = ('root', 'lemma', 'pos', 'type', 'case', 'person')
EVERYTHING = 10000


class Text:
    """The words of a corpus in a row."""

    def __init__(self, surahs):
        self.scopes = scopes(surahs)
        self.first = {}
        self.words = []  # (scope, number of the word in its surah, ayah)
        for scope in self.scopes:
            self.first[scope.surah.number] = len(self.words)
            for number, (start, _) in enumerate(scope.surah.words):
                self.words.append((scope, number, scope.surah.segments[start].ayah))

    def verse(self, word):
        scope, _, ayah = self.words[word]
        return scope.surah.number, ayah

    def span(self, hit):
        first = self.first[hit.scope.surah.number]
        return first + hit.first_word, first + hit.last_word + 1

    def value(self, word, attribute):
        scope, number, _ = self.words[word]
        return word_value(scope, number, attribute)

    def values(self, word, attribute, unit):
        """Of the word, or of each of its segments."""
        if unit == 'word':
            return [self.value(word, attribute)]
        scope, number, _ = self.words[word]
        return [scope.value(p, attribute) for p in range(*scope.surah.words[number])]


def plain(word):
    return ''.join(c for c in word.replace('ٱ', 'ا') if unicodedata.category(c) != 'Mn' and c != 'ـ')


def longest_common(a, b):
    """The length of the longest common subsequence."""
    row = [0] * (len(b) + 1)
    for x in a:
        above = row
        row = [0]
        for j, y in enumerate(b):
            row.append(above[j] + 1 if x == y else max(above[j + 1], row[j]))
    return row[-1]


class Random(Statistics, unittest.TestCase):
    FOUND = ('pairs', 'edges', 'tables', 'runs', 'aligned')  # a generator whose queries find none of these tests nothing

    def frequencies(self, cql, reading, hits, text, scope, within):
        labels = sorted({label for hit in hits for label in hit.captures})
        places = ['match', 'before', 'after', 'before2'] + labels
        keys = [(self.generator.choice(places), self.generator.choice(ATTRIBUTES)) for _ in range(self.generator.randint(1, 3))]
        missing = self.generator.random() < 0.3
        groups, left = collections.defaultdict(list), 0
        for hit in hits:
            values = tuple(key_value(hit, key) for key in keys)
            if missing or all(values):
                groups[values].append(hit)
            else:
                left += 1
        wanted = {}
        for values, members in groups.items():
            wanted[values] = {'hits': len(members), 'per_10000': len(members) * 10000 / len(scope), 'share': len(members) / len(hits),
                              'verses': len({(h.scope.surah.number, h.scope.surah.segments[p].ayah)
                                             for h in members for p in range(h.start, h.end)}),
                              'surahs': len({h.scope.surah.number for h in members})}
        by = ','.join(map('.'.join, keys))
        answer = self.ask('frequencies', self.connection, q=cql, by=by, reading=reading, limit=EVERYTHING,
                          missing='yes' if missing else 'no', **within)
        context = ('frequencies', cql, by)
        self.assertEqual(answer['keys'], ['.'.join(k) for k in keys])
        self.assertEqual((answer['total'], sum(self.left_out(answer).get(w, 0) for w in self.left_out(answer) if 'missing' in w)),
                         (len(hits), left), context)
        self.assertEqual((answer['kinds'], answer['once'], answer['in_one_surah']),
                         (len(wanted), sum(w['hits'] == 1 for w in wanted.values()), sum(w['surahs'] == 1 for w in wanted.values())))
        self.compare_rows(answer, wanted, context)
        for name in ('hits', 'verses', 'surahs'):
            order = self.ask('frequencies', self.connection, q=cql, by=by, reading=reading, limit=EVERYTHING, sort=name,
                             missing='yes' if missing else 'no', **within)
            numbers = [row[name] for row in order['rows']]
            self.assertEqual(numbers, sorted(numbers, reverse=True), (context, name))
            page = self.ask('frequencies', self.connection, q=cql, by=by, reading=reading, limit=3, offset=2, sort=name,
                            missing='yes' if missing else 'no', **within)
            self.assertEqual(page['rows'], order['rows'][2:5], context)
        once = {v: w for v, w in wanted.items() if w['hits'] == 1}
        self.compare_rows(self.ask('frequencies', self.connection, q=cql, by=by, reading=reading, limit=EVERYTHING, max=1,
                                   missing='yes' if missing else 'no', **within), once, context)
        one_surah = {v: w for v, w in wanted.items() if w['surahs'] == 1 and w['hits'] > 1}
        self.compare_rows(self.ask('frequencies', self.connection, q=cql, by=by, reading=reading, limit=EVERYTHING, max_surahs=1, min=2,
                                   missing='yes' if missing else 'no', **within), one_surah, context)
        if len(keys) == 2:
            self.table(cql, reading, by, {v: w for v, w in wanted.items() if all(v)}, within)

    def table(self, cql, reading, by, cells, within):
        answer = self.ask('table', self.connection, q=cql, by=by, reading=reading, limit=EVERYTHING, **within)
        counts = {values: numbers['hits'] for values, numbers in cells.items()}
        n = sum(counts.values())
        first, second = collections.Counter(), collections.Counter()
        for (a, b), count in counts.items():
            first[a] += count
            second[b] += count
        wanted, chi = {}, 0
        for a in first:
            for b in second:
                e = first[a] * second[b] / n
                o = counts.get((a, b), 0)
                chi += (o - e) ** 2 / e
                if o:
                    variance = e * (1 - first[a] / n) * (1 - second[b] / n)
                    wanted[a, b] = dict(cells[a, b], first_total=first[a], second_total=second[b], expected=e,
                                        residual=(o - e) / math.sqrt(e),
                                        adjusted_residual=(o - e) / math.sqrt(variance) if variance > 1e-12 else None)
        self.compare_rows(answer, wanted, ('table', cql, by))
        smaller = min(len(first), len(second)) - 1
        self.assertEqual(differences(answer, {
            'first_values': len(first), 'second_values': len(second), 'chi_squared': chi,
            'degrees_of_freedom': (len(first) - 1) * (len(second) - 1) if first else None,
            'cramers_v': math.sqrt(chi / n / smaller) if n and smaller > 0 else None}), {}, ('table', cql, by))
        self.found['tables'] += 1

    def collocations(self, cql, reading, hits, text, scope, within):
        unit = self.generator.choice(['word', 'word', 'segment'])
        attribute = self.generator.choice(OF_SEGMENTS if unit == 'segment' else ATTRIBUTES)
        left, right = self.generator.choice([(2, 2), (0, 3), (1, 0), (50, 50), (3, 1)])
        convention = self.generator.choice(['surface', 'hits'])
        nodes = {word for hit in hits for word in range(*text.span(hit))} & scope
        sides = {'left': collections.Counter(), 'right': collections.Counter()}
        nearest = {}  # word -> (distance, side)
        for hit in hits:
            begin, end = text.span(hit)
            for side, words in (('left', range(begin - 1, begin - 1 - left, -1)), ('right', range(end, end + right))):
                verse = text.verse(begin if side == 'left' else end - 1)
                for distance, word in enumerate(words, 1):
                    if word not in scope or text.verse(word) != verse:
                        continue
                    if convention == 'hits':
                        sides[side].update(text.values(word, attribute, unit))
                    elif word not in nodes:
                        nearest[word] = min(nearest.get(word, (distance, side)), (distance, side))
        for word, (_, side) in nearest.items():
            sides[side].update(text.values(word, attribute, unit))
        counted = scope if convention == 'hits' else scope - nodes
        frequency = collections.Counter(v for word in counted for v in text.values(word, attribute, unit))
        together = sides['left'] + sides['right']
        r1 = len(hits) if convention == 'hits' else sum(together.values())
        n = sum(frequency.values())
        wanted = {}
        for value, o11 in together.items():
            if value:
                c1 = frequency[value]
                wanted[value,] = {'together': o11, 'left': sides['left'][value], 'right': sides['right'][value], 'frequency': c1,
                                  'expected': formulas.expected(o11, r1, c1, n),
                                  **{name: f(o11, r1, c1, n) for name, f in formulas.ASSOCIATIONS.items()}}
        asked = dict(q=cql, reading=reading, unit=unit, attribute=attribute, left=left, right=right, convention=convention, **within)
        answer = self.ask('collocations', self.connection, min=1, limit=EVERYTHING, **asked)
        self.assertEqual(differences(answer, {'hits': len(hits), 'node_total': r1, 'text_total': n, 'kinds': len(wanted),
                                              'total': sum(together.values())}), {}, asked)
        self.compare_rows(answer, wanted, asked)
        if reading == 'all':
            self.check_pairs(answer, asked)
        sort = self.generator.choice(['log_dice', 'log_likelihood', 'together', 'delta_p_node'])
        answer = self.ask('collocations', self.connection, min=2, min_frequency=3, limit=EVERYTHING, sort=sort, **asked)
        self.compare_rows(answer, {v: w for v, w in wanted.items() if w['together'] >= 2 and w['frequency'] >= 3}, asked)
        numbers = [row[sort] for row in answer['rows'] if row[sort] is not None]
        self.assertEqual(numbers, sorted(numbers, reverse=True), asked)
        self.assertEqual(self.ask('collocations', self.connection, min=2, min_frequency=3, limit=2, offset=1, sort=sort, **asked)['rows'],
                         answer['rows'][1:3], asked)

    def check_pairs(self, answer, asked):
        """The query of a row has one hit for each word around hits, or for each hit and each word around it."""
        for row in self.generator.sample(answer['rows'], min(3, len(answer['rows']))):
            found = self.server.json('/api/v1/query?' + address('', q=row['query'], limit=0).split('?')[1])
            self.assertEqual(found['hits'], row['together'], (asked, row['query']))
            self.found['pairs'] += 1

    def related(self, text):
        """The node is a segment, so that each edge is one of its own."""
        pos = self.generator.choice(['V', 'N', 'PRON'])
        relation, up = self.generator.choice(corpus.RELATIONS + ['Subj|Obj']), self.generator.random() < 0.4
        attribute = self.generator.choice(['lemma', 'pos', 'root', 'person'])
        together, frequency = collections.Counter(), collections.Counter()
        for scope in text.scopes:
            for number, node in enumerate(scope.surah.nodes):
                if node.head is None or node.head == number or node.relation not in relation.split('|'):
                    continue
                hit, other = (number, node.head) if up else (node.head, number)
                segment = scope.surah.nodes[hit].segment
                if segment is None:
                    continue
                value = scope.node_value(other, attribute)
                frequency[value] += 1
                if scope.value(segment, 'pos') == pos:
                    together[value] += 1
        r1, n = sum(together.values()), sum(frequency.values())
        wanted = {}
        for value, o11 in together.items():
            if value:
                wanted[value,] = {'together': o11, 'left': None, 'right': None, 'frequency': frequency[value],
                                  **{name: f(o11, r1, frequency[value], n) for name, f in formulas.ASSOCIATIONS.items()}}
        asked = dict(q='{pos="%s"}' % pos, relation=relation, ends='heads' if up else 'dependents', attribute=attribute, min=1)
        answer = self.ask('collocations', self.connection, limit=EVERYTHING, **asked)
        self.assertEqual((answer['node_total'], answer['text_total']), (r1, n), asked)
        self.compare_rows(answer, wanted, asked)
        for row in answer['rows'][:2]:
            found = self.server.json('/api/v1/query?' + address('', q=row['query'], limit=0).split('?')[1])
            self.assertEqual(found['hits'], row['together'], (asked, row['query']))
            self.found['edges'] += 1

    def taken(self, hits, text, scope, of):
        words = {word for hit in hits for word in range(*text.span(hit))}
        if of == 'verses':
            verses = {text.verse(word) for word in words}
            words = {word for word in range(len(text.words)) if text.verse(word) in verses}
        return words & scope

    def keyness(self, cql, reading, hits, text, scope, within, other):
        unit = self.generator.choice(['word', 'segment'])
        attribute = self.generator.choice(OF_SEGMENTS)
        of = self.generator.choice(['verses', 'words'])
        own = self.taken(hits, text, scope, of)
        asked = dict(q=cql, reading=reading, unit=unit, attribute=attribute, of=of, **within)
        rest = scope - own
        if other is not None:
            asked['against'] = other[0]
            rest = self.taken(other[1], text, scope, of) - own
        a, b = (collections.Counter(v for word in words for v in text.values(word, attribute, unit)) for words in (own, rest))
        n1, n2 = sum(a.values()), sum(b.values())
        wanted = {}
        for value in set(a) | set(b):
            if value:
                wanted[value,] = {'hits': a[value], 'other_hits': b[value], 'per_10000': a[value] * 10000 / n1 if n1 else None,
                                  'other_per_10000': b[value] * 10000 / n2 if n2 else None,
                                  **{name: f(a[value], n1, b[value], n2) for name, f in formulas.KEYNESS.items()}}
        answer = self.ask('keyness', self.connection, min=0, limit=EVERYTHING, **asked)
        self.assertEqual((answer['words_total'], answer['other_total'], answer['kinds']), (n1, n2, len(wanted)), asked)
        self.compare_rows(answer, wanted, asked)
        answer = self.ask('keyness', self.connection, limit=EVERYTHING, **asked)
        self.compare_rows(answer, {v: w for v, w in wanted.items() if w['hits']}, asked)
        if reading == 'all' and not within:
            for row in answer['rows'][:2]:
                found = self.server.json('/api/v1/query?' + address('', q=row['query'], limit=0).split('?')[1])
                self.assertEqual(found['hits'], row['hits'], (asked, row['query']))

    def spread(self, cql, reading, hits, text, scope, within):
        begins = sorted(text.span(hit)[0] for hit in hits)
        numbers = sorted(text.first)
        in_order = sorted(scope)
        rows, words, counts = {}, [], []
        for number in numbers:
            part = [word for word in in_order if text.verse(word)[0] == number]
            if not part:
                continue
            words.append(len(part))
            counts.append(sum(text.verse(word)[0] == number for word in begins))
            rows[str(number)] = {'words': words[-1], 'hits': counts[-1], 'per_10000': counts[-1] * 10000 / words[-1],
                                 'hits_so_far': sum(counts), 'words_so_far': sum(words)}
        place = {word: i for i, word in enumerate(in_order)}
        places = [place[word] for word in begins if word in place]
        answer = self.ask('spread', self.connection, q=cql, reading=reading, limit=EVERYTHING, **within)
        context = ('spread', cql, within)
        self.assertEqual(differences(answer, {'parts': len(words), 'total': len(hits),
                                              **{name: f(counts, words, places, len(scope)) for name, f in formulas.SPREAD.items()}}),
                         {}, context)
        self.assertEqual([row['values'][0] for row in answer['rows']], list(rows), context)
        for row in answer['rows']:
            self.assertEqual(differences(row, rows[row['values'][0]]), {}, context)
        dense = self.ask('spread', self.connection, q=cql, reading=reading, order='density', **within)
        densities = [row['per_10000'] for row in dense['rows']]
        self.assertEqual(densities, sorted(densities, reverse=True), context)

    def ngrams(self, cql, reading, hits, text, scope, within):
        attribute = self.generator.choice(['lemma', 'pos', 'word', 'root'])
        low = self.generator.randint(1, 3)
        high = low + self.generator.randint(0, 3)
        least, maximal, over = self.generator.randint(1, 3), self.generator.random() < 0.5, self.generator.random() < 0.3
        words = scope & {word for hit in hits for word in range(*text.span(hit))}
        place = (lambda word: text.verse(word)[0]) if over else text.verse
        runs = collections.defaultdict(list)
        for first in sorted(words):
            values = []
            for word in range(first, first + high + 1):
                if word not in words or place(word) != place(first) or not text.value(word, attribute):
                    break
                values.append(text.value(word, attribute))
                runs[tuple(values)].append(first)
        frequent = {run for run, places in runs.items() if low <= len(run) <= high and len(places) >= least}
        shown = frequent
        if maximal:
            shorter = {part for run, places in runs.items() if len(places) >= least for part in (run[:-1], run[1:])
                       if len(runs.get(part, ())) == len(places)}
            shown = frequent - shorter
        wanted = {}
        for run in shown:
            wanted[' '.join(run),] = {'n': len(run), 'hits': len(runs[run]), 'per_10000': len(runs[run]) * 10000 / len(scope),
                                      'verses': len({text.verse(w) for w in runs[run]}),
                                      'surahs': len({text.verse(w)[0] for w in runs[run]})}
        asked = dict(q=cql, reading=reading, attribute=attribute, min_n=low, max_n=high, min=least, limit=EVERYTHING,
                     maximal='yes' if maximal else 'no', over_verses='yes' if over else 'no', **within)
        answer = self.ask('ngrams', self.connection, **asked)
        self.assertEqual((answer['kinds'], answer['total']), (len(frequent), len(words)), asked)
        self.compare_rows(answer, wanted, asked)
        for sort in ('hits', 'n', 'verses', 'surahs'):
            numbers = [row[sort] for row in self.ask('ngrams', self.connection, **dict(asked, sort=sort))['rows']]
            self.assertEqual(numbers, sorted(numbers, reverse=True), (asked, sort))
        for row in self.generator.sample(answer['rows'], min(2, len(answer['rows']))):
            if reading != 'all':
                self.assertIsNone(row['query'])
                continue
            found = self.server.json('/api/v1/query?' + address('', q=row['query'], limit=0).split('?')[1])
            self.assertEqual(found['hits'], row['hits'], (asked, row['query']))
            self.found['runs'] += 1

    def similar(self, text):
        attribute = self.generator.choice(['lemma', 'pos', 'word'])
        verses = collections.defaultdict(list)
        for word in range(len(text.words)):
            value = text.value(word, attribute)
            verses[text.verse(word)].append((value, None) if value else (None, plain(text.value(word, 'word'))))
        verse = self.generator.choice(list(verses))
        least = self.generator.choice([1, 30, 50, 80])
        answer = self.ask('similar/%d:%d' % verse, self.connection, attribute=attribute, min=least, limit=1000)
        wanted = {}
        for other, words in verses.items():
            if other != verse:
                common = longest_common(verses[verse], words)
                similarity = 2 * common / (len(words) + len(verses[verse]))
                if common and similarity >= least / 100:
                    wanted[other] = similarity, common, len(words)
        context = (verse, attribute, least)
        found = {(row['surah'], row['ayah']): row for row in answer['verses']}
        self.assertEqual(sorted(found), sorted(wanted), context)
        self.assertEqual((answer['total'], answer['words']), (len(wanted), len(verses[verse])))
        order = [(-row['similarity'], row['surah'], row['ayah']) for row in answer['verses']]
        self.assertEqual(order, sorted(order), context)
        forms = {key: [text.value(word, 'word') for word in range(len(text.words)) if text.verse(word) == key] for key in verses}
        for other, row in found.items():
            similarity, common, size = wanted[other]
            self.assertEqual(differences(row, {'similarity': similarity, 'common': common, 'words': size}), {}, context)
            self.assertEqual([w for run in row['alignment'] for w in run['words']], forms[verse], context)
            self.assertEqual([w for run in row['alignment'] for w in run['other_words']], forms[other], context)
            mine = theirs = same = 0
            for run in row['alignment']:
                ends = mine + len(run['words']), theirs + len(run['other_words'])
                if run['same']:
                    self.assertEqual(verses[verse][mine:ends[0]], verses[other][theirs:ends[1]], context)
                    same += len(run['words'])
                mine, theirs = ends
            self.assertEqual(same, common, context)
            self.found['aligned'] += 1

    def check(self, surahs, text, queries):
        query, reading = queries.query()
        cql = query_text.text_of(query)
        hits, scope, within = hits_of(surahs, query, reading), set(range(len(text.words))), {}
        everything = hits_of(surahs, ('word', None), 'all')
        if self.generator.random() < 0.3:
            number = self.generator.choice([s.number for s in surahs])
            within = {'within': '<surah n="%d"/>' % number}
            scope = {word for word in scope if text.verse(word)[0] == number}
            hits = [hit for hit in hits if hit.scope.surah.number == number]
        self.frequencies(cql, reading, hits, text, scope, within)
        self.collocations(cql, reading, hits, text, scope, within)
        other = None
        if self.generator.random() < 0.5:
            another, _ = queries.query()
            # Its reading is that of the request.
            other = query_text.text_of(another), hits_of(surahs, another, reading)
        self.keyness(cql, reading, hits, text, scope, within, other)
        self.spread(cql, reading, hits, text, scope, within)
        self.related(text)
        if self.generator.random() < 0.5:
            cql, reading, hits, scope, within = '[]', 'all', everything, set(range(len(text.words))), {}
        self.ngrams(cql, reading, hits, text, scope, within)
        self.similar(text)
        self.asked += 1

    def test_random_queries(self):
        self.asked, self.found = 0, collections.Counter()
        for number in range((COUNT + QUERIES_FOR_A_CORPUS - 1) // QUERIES_FOR_A_CORPUS):
            self.generator = random.Random('statistics-%d-%d' % (SEED, number))
            surahs, conllu = corpus.make(self.generator, surahs=4)
            text, queries = Text(surahs), generate.Generator(self.generator, trees=False)
            with tempfile.TemporaryDirectory() as folder:
                file, database = os.path.join(folder, 'corpus.conllu'), os.path.join(folder, 'corpus.db')
                with open(file, 'w', encoding='utf-8') as f:
                    f.write(conllu)
                done = server.run('import', '--conllu', file, '--db', database)
                self.assertEqual(done.returncode, 0, done.stderr)
                with server.Server('--db', database) as self.server:
                    self.connection = self.server.connect()
                    self.addCleanup(self.connection.close)
                    for _ in range(min(QUERIES_FOR_A_CORPUS, COUNT - self.asked)):
                        self.check(surahs, text, queries)
        self.assertGreater(min(self.found[name] for name in self.FOUND), self.asked // 20, self.found)


if __name__ == '__main__':
    unittest.main()
