"""Sorting, grouping, context, columns and samples: GET /api/v1/query over small random corpora answers what is worked out here in the
plainest way from the hits that reference.py finds.

KALIMA_QUERIES says how many queries (default 600); KALIMA_SEED begins another sequence (default 1).
"""
import os
import random
import tempfile
import unicodedata
import unittest
import urllib.parse

from tests.compat import server
from tests.query import corpus, generate, query_text, reference
from tests.query.scope import scopes

COUNT = int(os.environ.get('KALIMA_QUERIES', '600'))
SEED = int(os.environ.get('KALIMA_SEED', '1'))
QUERIES_FOR_A_CORPUS = 100
# Attributes that the corpora have, and how their values are in order: by letters, or as they are listed.
BY_LETTERS = ('word', 'segment', 'root', 'lemma', 'pos')
LISTED = {'type': ['prefix', 'stem', 'suffix'], 'case': ['NOM', 'ACC', 'GEN'], 'person': ['1', '2', '3'], 'number': ['S', 'D', 'P'],
          'gender': ['M', 'F'], 'aspect': ['PERF', 'IMPF', 'IMPV']}
REGIONS = ('surah_n', 'verse_n')
ATTRIBUTES = BY_LETTERS + tuple(LISTED) + REGIONS + ('n',)


class Hit:
    def __init__(self, scope, start, end, captures):
        self.scope, self.start, self.end, self.captures = scope, start, end, dict(captures)
        self.first_word = scope.surah.word_at(start)
        self.last_word = scope.surah.word_at(end - 1)

    def order(self):
        """The order of the corpus: by start, end, then captures by the order of their labels, where a missing one is first."""
        return self.scope.surah.number, self.start, self.end

    def name(self):
        place = self.scope.surah.place
        captures = {label: {'start': place(s), 'end': place(e - 1)} for label, (_, s, e) in self.captures.items()}
        return place(self.start), place(self.end - 1), captures


def hits_of(surahs, query, reading):
    out = []
    for scope in scopes(surahs):
        found = reference.reduced({m for m in reference.matches(scope, query) if m[0] < m[1]}, reading)
        out += [Hit(scope, *m) for m in found]
    return sorted(out, key=Hit.order)


def word_value(scope, word, attribute):
    """Of an attribute of segments that of the stem, the first of two."""
    first, end = scope.surah.words[word]
    if attribute == 'surah_n':
        return str(scope.surah.number)
    if attribute == 'verse_n':
        return str(scope.surah.segments[first].ayah)
    if attribute in reference.WORD_ATTRIBUTES:
        return scope.value(first, attribute)
    stems = [p for p in range(first, end) if scope.value(p, 'type') == 'stem']
    return scope.value(stems[0], attribute) if stems else ''


def span_value(scope, start, end, attribute):
    if end - start == 1 and attribute not in REGIONS + reference.WORD_ATTRIBUTES:
        return scope.value(start, attribute)
    return word_value(scope, scope.surah.word_at(start), attribute)


def shown_value(hit, word, attribute):
    """In a column: the first word of a hit has what it is grouped by, a later one of which the hit is one segment the segment's."""
    first, end = hit.scope.surah.words[word]
    if word == hit.first_word:
        return span_value(hit.scope, hit.start, hit.end, attribute)
    if hit.first_word < word <= hit.last_word and hit.end < end:
        return span_value(hit.scope, first, hit.end, attribute)
    return word_value(hit.scope, word, attribute)


def key_value(hit, key):
    place, attribute = key
    words = len(hit.scope.surah.words)
    if place == 'match':
        return span_value(hit.scope, hit.start, hit.end, attribute)
    if place.startswith(('before', 'after')):
        distance = int(place.lstrip('beforat') or 1)
        word = hit.first_word - distance if place.startswith('before') else hit.last_word + distance
        return word_value(hit.scope, word, attribute) if 0 <= word < words else ''
    if place not in hit.captures:
        return ''
    _, start, end = hit.captures[place]
    return span_value(hit.scope, start, end, attribute) if start < end else ''


def collated(text):
    """Letters first, then marks, then code points; a hamza on a seat is a mark, alif wasla a variant of alif."""
    letters, marks = [], []
    for c in unicodedata.normalize('NFD', text.lower()):
        if c == '\u0640':
            continue
        if unicodedata.category(c) == 'Mn':
            marks.append(ord(c))
        else:
            letters.append('\u0627' if c == '\u0671' else c)
            marks += [1] + ([0x671] if c == '\u0671' else [])
    return letters, marks, text


def rank(value, attribute):
    """A missing value is first."""
    if value == '':
        return 0, 0
    if attribute in BY_LETTERS:
        return 1, collated(value)
    return 1, LISTED[attribute].index(value) if attribute in LISTED else int(value)


def line(hit, context):
    """Numbers of words: before, match, after."""
    words = len(hit.scope.surah.words)
    return (range(max(0, hit.first_word - context), hit.first_word), range(hit.first_word, hit.last_word + 1),
            range(hit.last_word + 1, min(words, hit.last_word + 1 + context)))


class SplitMix:
    def __init__(self, seed):
        self.state = seed

    def below(self, bound):
        while True:
            self.state = (self.state + 0x9E3779B97F4A7C15) % 2**64
            z = self.state
            z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 % 2**64
            z = (z ^ z >> 27) * 0x94D049BB133111EB % 2**64
            z ^= z >> 31
            if z >= (2**64 - bound) % bound:
                return z % bound


def sampled(size, seed, of):
    """Floyd's method."""
    if size >= of:
        return list(range(of))
    generator, chosen = SplitMix(seed), set()
    for top in range(of - size, of):
        number = generator.below(top + 1)
        chosen.add(top if number in chosen else number)
    return sorted(chosen)


class Results(unittest.TestCase):
    def setUp(self):
        self.asked = self.grouped = 0

    def ask(self, connection, cql, **parameters):
        path = '/api/v1/query?' + urllib.parse.urlencode({'q': cql, 'limit': 100000, **parameters})
        answer = self.server.get(path, connection=connection)
        self.assertEqual(answer.status, 200, (cql, parameters, answer.body[:500]))
        return server.json_of(answer)

    def names(self, answer):
        return [(r['start'], r['end'], r['captures']) for r in answer['results']]

    def random_keys(self, generator, labels, most):
        places = ['match', 'before', 'after', 'before2', 'after2'] + labels
        return [(generator.choice(places), generator.choice(ATTRIBUTES)) for _ in range(generator.randint(1, most))]

    def check(self, connection, generator, surahs, query, reading):
        cql = query_text.text_of(query)
        hits = hits_of(surahs, query, reading)
        plain = self.ask(connection, cql, reading=reading, context=3, columns='lemma,n,type')
        # Hits with the same span differ in their captures, in an order that is the program's own.
        found = self.names(plain)
        self.assertEqual([f[:2] for f in found], [h.name()[:2] for h in hits], cql)
        by_name = {}
        for hit in hits:
            by_name[repr((hit.name()[0], hit.name()[1], sorted((k, v['start'], v['end']) for k, v in hit.name()[2].items())))] = hit
        hits = [by_name[repr((s, e, sorted((k, v['start'], v['end']) for k, v in c.items())))] for s, e, c in found]
        for hit, result in zip(hits, plain['results']):
            for part, words in zip(('before', 'match', 'after'), line(hit, 3)):
                self.assertEqual(result[part], [word_value(hit.scope, w, 'word') for w in words], (cql, result))
                for column in ('lemma', 'n', 'type'):
                    self.assertEqual(result['columns'][column][part], [shown_value(hit, w, column) or None for w in words],
                                     (cql, result))
        labels = sorted({label for hit in hits for label in hit.captures})
        self.check_sort(connection, generator, cql, reading, hits, labels)
        self.check_groups(connection, generator, cql, reading, hits, labels)
        if hits:
            size, seed = generator.randint(1, len(hits) + 2), generator.randint(0, 2**32 - 1)
            answer = self.ask(connection, cql, reading=reading, sample=size, seed=seed)
            self.assertEqual(self.names(answer), [found[i] for i in sampled(size, seed, len(hits))], (cql, size, seed))
            self.assertEqual(answer['hits'], len(hits))

    def check_sort(self, connection, generator, cql, reading, hits, labels):
        keys = self.random_keys(generator, labels, 4)
        ways = [generator.random() < 0.4 for _ in keys]
        right = list(range(len(hits)))
        for key, descending in reversed(list(zip(keys, ways))):
            right.sort(key=lambda i, key=key: rank(key_value(hits[i], key), key[1]), reverse=descending)
            # Python keeps the order of equal ones even when reversed.
        text = ','.join(('-' if descending else '') + '.'.join(key) for key, descending in zip(keys, ways))
        offset, limit = generator.choice([(0, 100000), (0, 3), (2, 4)])
        answer = self.ask(connection, cql, reading=reading, sort=text, offset=offset, limit=limit)
        got = [(r['start'], r['end']) for r in answer['results']]
        self.assertEqual(got, [hits[i].name()[:2] for i in right[offset:offset + limit]], (cql, text))

    def check_groups(self, connection, generator, cql, reading, hits, labels):
        keys = self.random_keys(generator, labels, 3)
        groups = {}
        for hit in hits:
            groups.setdefault(tuple(key_value(hit, key) for key in keys), []).append(hit)
        answer = self.ask(connection, cql, reading=reading, group=','.join(map('.'.join, keys)))
        self.assertEqual(answer['results'], [])
        grouping = answer['grouping']
        self.assertEqual((grouping['keys'], grouping['total']), (['.'.join(k) for k in keys], len(groups)), cql)
        right = []
        for values, members in groups.items():
            verses = {(h.scope.surah.number, h.scope.surah.segments[p].ayah) for h in members for p in range(h.start, h.end)}
            right.append((-len(members), [rank(v, k[1]) for v, k in zip(values, keys)], [v or None for v in values], len(verses)))
        right.sort(key=lambda g: g[:2])
        self.assertEqual([(g['values'], g['hits'], g['verses']) for g in grouping['groups']],
                         [(values, -hits_, verses) for hits_, _, values, verses in right], (cql, keys))
        for group in grouping['groups']:
            self.assertAlmostEqual(group['share'], group['hits'] / len(hits), 5)
        if reading != 'all':
            self.assertEqual({g['query'] for g in grouping['groups']} | {None}, {None})
            return
        for group in generator.sample(grouping['groups'], min(3, len(grouping['groups']))):
            of_group = self.ask(connection, group['query'], context=0)
            self.assertEqual(of_group['hits'], group['hits'], (cql, keys, group))
            self.assertEqual(of_group['verses'], group['verses'], (cql, keys, group))
            members = groups[tuple(v or '' for v in group['values'])]
            self.assertEqual([(r['start'], r['end']) for r in of_group['results']], [h.name()[:2] for h in members], (cql, group))
            self.grouped += 1

    def test_random_queries(self):
        for number in range((COUNT + QUERIES_FOR_A_CORPUS - 1) // QUERIES_FOR_A_CORPUS):
            generator = random.Random('results-%d-%d' % (SEED, number))
            surahs, text = corpus.make(generator)
            queries = generate.Generator(generator, trees=False)
            with tempfile.TemporaryDirectory() as folder:
                file, database = os.path.join(folder, 'corpus.conllu'), os.path.join(folder, 'corpus.db')
                with open(file, 'w', encoding='utf-8') as f:
                    f.write(text)
                done = server.run('import', '--conllu', file, '--db', database)
                self.assertEqual(done.returncode, 0, done.stderr)
                with server.Server('--db', database) as self.server:
                    connection = self.server.connect()
                    self.addCleanup(connection.close)
                    for _ in range(min(QUERIES_FOR_A_CORPUS, COUNT - self.asked)):
                        self.asked += 1
                        self.check(connection, generator, surahs, *queries.query())
        # A generator whose queries find nothing tests nothing.
        self.assertGreater(self.grouped, self.asked // 2)


if __name__ == '__main__':
    unittest.main()
