"""The worst queries that we know: each ends soon after its deadline, within a bound on memory, and leaves others alone."""
import itertools
import json
import os
import random
import select
import sys
import tempfile
import time
import unittest
import urllib.parse

from tests.compat import server

VERSES, WORDS = 150, 20
TIMEOUT_MS = 300
# After the deadline: the work between two looks at the clock, and a machine that does other things too.
SLACK_SECONDS = 15 * server.TIME_FACTOR
# One query at a time may keep 256 MiB; the program and what it reads are the rest. What one query leaves must not add to the next,
# whichever thread runs it.
MAX_MEMORY_MIB = 500


def corpus():
    """One surah. In each verse the first word has all others below it, every second word a hidden one."""
    choose = random.Random('worst')
    lines = []
    for verse in range(1, VERSES + 1):
        forms = [choose.choice(['قَالَ', 'كِتَٰبٌ', 'مِن', 'عِلْمٍ']) for _ in range(WORDS)]
        lines += ['# sent_id = %d' % verse, '# text = ' + ' '.join(forms)]
        if verse == 1:
            lines.append('# surah 1 = س')
        lines.append('# verse 1:%d = %s' % (verse, ' '.join(forms)))
        for word, form in enumerate(forms, 1):
            head = 0 if word == 1 else 1 if word % 3 else word - 1
            lines.append('\t'.join([str(word), form, '_', 'X', choose.choice('NVP'), '_', str(head), 'root' if word == 1 else 'dep', '%d:dep' % head,
                                    'Ref=1:%d:%d:1|SegmentForm=%s|Features=STEM\\pPOS:N|Rel=%s'
                                    % (verse, word, form, 'root' if word == 1 else choose.choice(['Subj', 'Obj']))]))
            if word % 2 == 0:
                lines.append('\t'.join(['%d.1' % word, '(*)', '_', 'PRON', 'PRON', '_', '_', '_', '1:dep', 'Rel=Subj']))
        lines.append('')
    return '\n'.join(lines) + '\n'


def captures(count, piece):
    return ' '.join('a%d:%s' % (i, piece) for i in range(count))


QUERIES = {
    'nested repetition': '(' * 12 + '[]' + '*)' * 12,
    'repetitions in a row': '[]* ' * 40,
    'repeated groups': '([]+ []*)+ ([]* []+)* []+',
    'counts in counts': '((([]{1,20}){1,20}){1,20}){1,20}',
    'huge alternation': ' | '.join('"w%d"' % i for i in range(900)),
    'alternations in a row': ' '.join('("قال"|[]|"من"|[pos="V"])*' for _ in range(60)),
    'constraint over all pairs': 'a:[] []* b:[] :: a.n < b.n & distance(a, b) > 2 & f(a.word) != f(b.word)',
    'constraint over all triples': 'a:[] []* b:[] []* c:[] :: a.word = b.word | b.pos = c.pos',
    'captures': captures(500, '[]'),
    'captures of any length': captures(60, '[]*'),
    'filters in filters': ' containing '.join(['[]+'] * 40),
    'captures in filters': 'a:[]+ overlap b:[]+ overlap c:[]+',
    'looks in looks': '(?= []* ' * 30 + '[]' + ')' * 30 + ' []',
    'same spans': ' & '.join(['a:[]*'.replace('a', 'a%d' % i) for i in range(20)]),
    'an expression': '[word="((a{0,30}){0,30}){0,30}.*(.*.*.*)*"]',
    'long values': '[word="%s"]' % ('(ا|ب)*' * 500),
    'all siblings': 'r:{} ' + ' ; '.join('--> a%d:{}' % i for i in range(12)),
    'siblings without labels': '{} ' + ' ; '.join(['--> {}'] * 19),
    'negated siblings': '{} ' + ' ; '.join(['-Subj-> {}'] * 12 + ['!-Obj-> {}']),
    'descendants': ' '.join('-->> a%d:_' % i if i else 'a0:_' for i in range(30)),
    'up and down': 'a:_ ' + ' '.join('<<-- b%d:_ -->> c%d:_' % (i, i) for i in range(6)),
    'optional edges': 'r:{} ' + ' ; '.join('-Subj->? a%d:_' % i for i in range(12)),
    'trees in a sequence': ' []* '.join('(a%d:[] --> b%d:_)' % (i, i) for i in range(8)),
    'edges of sequences': 'a:[]* b:[]* --> c:_ -->> d:_',
    'covers': 'rspan(a:_ -->> b:_ -->> c:_, "all") []* rspan(d:_ --> e:_, "full")',
    'what occurs again': 'repeat([]+, []*, d:differ<=1) []*',
    'all runs but for one word': 'repeat(n>=1, by=type, d:differ<=1)',
    'similar parts': 'similar([]{1,30}, by=pos, similarity>=1)',
    'long texts that are similar': 'similar(<surah/>, by=pos, similarity>=99)',
    'similar parts of any length': 'similar(a:[]* b:[]*, []+, similarity>=50)',
    'repetitions of repetitions': 'repeat(' * 30 + '[]+' + ', by=pos, differ<=1)' * 30,
    'a graph': 'pattern { ' + '; '.join('A -> X%d' % i for i in range(10)) + ' }',
}
# As long as the language allows: of each kind of part so many as fit.
SIZE = 65_000


def filled(piece, join='', head='', tail=''):
    out = [piece(0) if callable(piece) else piece]
    size = len(head.encode()) + len(tail.encode()) + len(out[0].encode())
    while True:
        one = join + (piece(len(out)) if callable(piece) else piece)
        size += len(one.encode())
        if size > SIZE:
            return head + ''.join(out) + tail
        out.append(one)


LONG = {
    'words in a row': filled('[] '),
    'repetitions in a row': filled('[]*'),
    'gaps': filled('[]{0,20} '),
    'groups in a row': filled('([]|{})* '),
    'parentheses': '(' * 32_000 + '[]' + ')' * 32_000,
    'negations': '[' + filled('!') + 'pos="V"]',
    'a long test': filled('pos="V"', ' & ', '[', ']'),
    'a long choice': filled(lambda i: 'n="%d"' % i, ' | ', '[', ']'),
    'alternatives': filled(lambda i: '"w%d"' % i, ' | '),
    'alternatives of sequences': filled('[]* {}*', ' | '),
    'intersections': filled('[]+', ' & '),
    'filters': filled('[]+', ' within '),
    'calls in calls': 'similar(' * 7_000 + '[]' + ')' * 7_000,
    'calls in a row': filled('repeat(n>=2, by=pos) '),
    'looks': filled('(?= []+) ', tail='[]'),
    'captures': filled(lambda i: 'a%d:[] ' % i),
    'captures of any length': filled(lambda i: 'a%d:[]* ' % i),
    'comparisons': filled('a.n = b.n', ' | ', 'a:[] []* b:[] :: '),
    'distances': filled('distance(a, b) > 2', ' & ', 'a:[] []* b:[] :: '),
    'edges': filled('--> _', ' ; ', '[] '),
    'a path': filled('-->> _ ', head='_ '),
    'tags': filled('<verse> ', tail='[]'),
    'one value': '[word="%s"]' % filled('a'),
    'one expression': '[word="%s"]' % filled('(a|b)*'),
    'classes': '[word="%s"]' % filled('[ا-ي]?'),
    'one literal': '"%s"' % filled('ا'),
    'a graph': filled(lambda i: 'X%d -> X%d' % (i, i + 1), '; ', 'pattern { ', ' }'),
    'features': filled('upos=N', ', ', 'pattern { X [', ']; X -> Y }'),
    'without': filled('without { X -> * } ', head='pattern { X -> Y } '),
    'letters': filled('x'),
    'spaces': filled(' ', tail='[]'),
    'comments': filled('# a comment\n', tail='[]'),
}


def memory_mib(pid):
    with open('/proc/%d/status' % pid, encoding='ascii', errors='replace') as f:
        return next(int(line.split()[1]) for line in f if line.startswith('VmHWM:')) // 1024


class Worst(unittest.TestCase):
    numbers = itertools.count(1000)

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        file, database = os.path.join(folder.name, 'corpus.conllu'), os.path.join(folder.name, 'corpus.db')
        with open(file, 'w', encoding='utf-8') as f:
            f.write(corpus())
        done = server.run('import', '--conllu', file, '--db', database)
        assert done.returncode == 0, done.stderr
        cls.server = cls.enterClassContext(server.Server('--db', database))

    def setUp(self):
        # The most memory from now on, without what several queries at once needed before.
        if sys.platform == 'linux':
            with open('/proc/%d/clear_refs' % self.server.process.pid, 'w', encoding='ascii') as f:
                f.write('5')

    def path(self, query, timeout_ms=TIMEOUT_MS):
        return '/api/v1/query?' + urllib.parse.urlencode({'q': query, 'limit': 10, 'timeout_ms': timeout_ms})

    def test_each_ends(self):
        partial = 0
        for name, query in QUERIES.items():
            with self.subTest(name):
                begin = time.monotonic()
                answer = self.server.get(self.path(query))
                seconds = time.monotonic() - begin
                self.assertIn(answer.status, (200, 400, 413), answer.body[:300])
                self.assertLess(seconds, TIMEOUT_MS / 1000 + SLACK_SECONDS)
                partial += answer.status == 200 and server.json_of(answer)['partial']
        # Queries that are all quick would test nothing.
        self.assertGreater(partial, 3)
        if sys.platform == 'linux' and server.TIME_FACTOR == 1:
            self.assertLess(memory_mib(self.server.process.pid), MAX_MEMORY_MIB)
        self.assertEqual(self.server.get('/api/verse/1/1').status, 200)

    def statistic(self):
        return '/api/v1/statistics/frequencies?' + urllib.parse.urlencode({'q': QUERIES['all siblings'], 'by': 'a0.word', 'timeout_ms': 10_000})

    def eight(self, path=None):
        """Eight clients that have asked what takes as long as a query may. One who has gone ends its query: nobody waits for them."""
        clients = []
        path = path or self.path(QUERIES['all siblings'], 10_000)
        for _ in range(8):
            one = self.server.socket()
            self.addCleanup(one.close)
            one.sendall(b'GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n' % path.encode())
            clients.append(one)
        return clients

    def assert_none_has_ended(self, clients):
        self.assertEqual(select.select(clients, [], [], 0)[0], [])

    def all_words(self, timeout_ms):
        """Asks for all words, each time by another query: a complete answer is cached, and the same query needs no turn then."""
        return server.json_of(self.server.get(self.path('[n<%d]' % next(self.numbers), timeout_ms)))

    def wait_until_they_have_all_turns(self, clients):
        while True:
            answer = self.all_words(100)
            self.assert_none_has_ended(clients)
            if answer['partial'] and answer['hits'] == 0:
                return

    def test_eight_at_once_leave_a_ninth_alone(self):
        clients = self.eight()
        answer = self.server.get('/api/verse/1/1')
        self.assert_none_has_ended(clients)
        self.assertEqual(answer.status, 200)

    def test_the_time_of_waiting_counts(self):
        clients = self.eight()
        self.wait_until_they_have_all_turns(clients)

    def test_a_client_that_has_gone_ends_its_query(self):
        """Else these eight would have all turns, one after the other, long after the ninth is over."""
        gone = self.eight()
        self.wait_until_they_have_all_turns(gone)
        for one in gone:
            one.close()
        answer = self.all_words(8000)
        self.assertFalse(answer['partial'])
        self.assertEqual(answer['hits'], VERSES * WORDS)

    def test_searches_and_statistics_take_turns_with_them(self):
        clients = self.eight()
        self.wait_until_they_have_all_turns(clients)
        for path, parameters in (('search', {'q': 'من'}), ('search', {'q': 'kitab'}), ('statistics/frequencies', {'q': '[]', 'by': 'word'}),
                                 ('statistics/similar/1:2', {})):
            with self.subTest(path, **parameters):
                answer = server.json_of(self.server.get('/api/v1/%s?%s' % (path, urllib.parse.urlencode(dict(parameters, timeout_ms=100)))))
                self.assertTrue(answer['partial'])
                self.assert_none_has_ended(clients)

    def test_what_takes_no_turn_does_not_wait_for_them(self):
        clients = self.eight(self.statistic())
        self.wait_until_they_have_all_turns(clients)
        for path in ('/api/v1/notes', '/api/v1/tags', '/api/v1/history', '/api/v1/verses/1:1?layers=notes', '/api/tags', '/api/patterns',
                     '/api/stats', '/api/search?q=%D9%85%D9%86', '/api/search/syntax?q=Subj', '/api/annotations/1/1'):
            with self.subTest(path):
                self.assertEqual(self.server.get(path).status, 200)
                self.assert_none_has_ended(clients)

    def test_statistics_of_clients_that_have_gone_end(self):
        """Else these would have all turns, one after the other."""
        gone = self.eight(self.statistic())
        self.wait_until_they_have_all_turns(gone)
        for one in gone:
            one.close()
        self.assertFalse(self.all_words(8000)['partial'])

    def test_queries_of_64_kib(self):
        for name, query in LONG.items():
            with self.subTest(name):
                self.assertGreater(len(query.encode()), 60_000)
                body = json.dumps({'q': query, 'limit': 10, 'timeout_ms': TIMEOUT_MS}).encode()
                begin = time.monotonic()
                answer = self.server.request('POST', '/api/v1/query', body, headers={'Content-Type': 'application/json'})
                seconds = time.monotonic() - begin
                self.assertIn(answer.status, (200, 400, 413), answer.body[:300])
                self.assertLess(seconds, TIMEOUT_MS / 1000 + SLACK_SECONDS)
        if sys.platform == 'linux' and server.TIME_FACTOR == 1:
            self.assertLess(memory_mib(self.server.process.pid), MAX_MEMORY_MIB)
        self.assertEqual(self.server.get('/api/verse/1/1').status, 200)


if __name__ == '__main__':
    unittest.main()
