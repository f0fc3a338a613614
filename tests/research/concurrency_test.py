"""Writers wait for each other, readers for nobody: no error, no lost update, no torn read.

KALIMA_TEST_SECONDS says how long the main test runs (20 unless told).
"""
import http.client
import itertools
import json
import multiprocessing
import os
import random
import sqlite3
import threading
import time
import unittest

from tests.compat import server
from tests.research.support import Served, VERSES, Writer, is_verse, read_state, run_threads, seconds, verses_in, whole

SEARCHES = ['/api/search?q=%D9%86', '/api/search?q=Ebd&type=root', '/api/search/roots?root=Ebd', '/api/search/morphology?q=n', '/api/search/syntax?q=V',
            '/api/search/verb_forms', '/api/search/morphology_advanced', '/api/surah/1', '/api/verses', '/api/verses?start=4&limit=6']


class Many(Served):
    def test_sixteen_write_and_sixteen_read(self):
        end = time.monotonic() + seconds(20)
        shared = self.post('/api/hypotheses/114:1', {'id': 'shared'})['hypothesis']['id']
        self.post('/api/connections/114:2', {'n': 0, 'm': 0})
        writers = [Writer('w%d' % i, self.server, [VERSES[i], VERSES[(i + 5) % 16], VERSES[16 + i % 3]]) for i in range(16)]
        evidence = {w.name: [] for w in writers}
        torn, counts = [], {'reads': 0, 'documents': 0}
        lock = threading.Lock()

        def write(writer):
            while time.monotonic() < end:
                # Lists stay short enough for the bound of 2000 documents, and for the time that a verse takes.
                many = sum(map(len, writer.annotations.values())) + len(writer.pronouns)
                writer.write(writer.random.choice(('hypothesis', 'translations', 'tag', 'connections')) if many > 100 else None)
                if writer.writes % 25 == 0:
                    name = '%s-%d' % (writer.name, writer.writes)
                    writer.send('PUT', '/api/hypotheses/114:1/' + shared, {'evidence_entry': {'id': name, 'note': name}})
                    evidence[writer.name].append(name)
                if writer.name == 'w0' and writer.writes % 10 == 0:
                    writer.send('POST', '/api/connections/114:2', {'n': writer.writes, 'm': writer.writes})
            writer.connection.close()

        def read(number):
            choose = random.Random(number)
            connection = self.server.connect()
            reads = documents = 0
            while time.monotonic() < end:
                verse = choose.choice(VERSES)
                path = choose.choice(['/api/verse/%d/%d' % verse, '/api/pronouns/%d:%d' % verse, '/api/annotations/%d/%d' % verse,
                                      '/api/translations/%d:%d' % verse, '/api/tags', '/api/stats', choose.choice(SEARCHES)])
                answer = self.server.get(path, connection=connection)
                reads += 1
                if answer.status != 200:
                    torn.append('%s: %s %r' % (path, answer.status, answer.body[:200]))
                    continue
                value = json.loads(answer.body)
                for shown in [value] if is_verse(value) else verses_in(value):
                    documents += self.look(shown, torn)
                if path.startswith(('/api/annotations', '/api/translations')):
                    torn.extend('%s: %r' % (path, d) for d in value if not whole(d))
                if path == '/api/tags':
                    torn.extend('tag %r' % t for t in value['tags'].values() if not whole(t))
            connection.close()
            with lock:
                counts['reads'] += reads
                counts['documents'] += documents

        failed = run_threads(*[lambda w=w: write(w) for w in writers], *[lambda i=i: read(i) for i in range(16)])
        self.assertEqual(failed, [])
        self.assertEqual(torn[:5], [])
        state = read_state(self.server)
        self.assertEqual([p for w in writers for p in w.problems(state)], [])
        [hypothesis] = [h for h in state['structure_hypotheses', (114, 1)] if h['id'] == shared]
        for writer in writers:
            mine = [e['id'] for e in hypothesis['evidence'] if e['id'].startswith(writer.name + '-')]
            self.assertEqual(mine, evidence[writer.name])
        writes = sum(w.writes for w in writers)
        print('%d writes, %d reads, %d documents looked at in %.0f s' % (writes, counts['reads'], counts['documents'], seconds(20)), flush=True)
        self.assertGreater(writes, 100)
        self.assertGreater(counts['reads'], 100)
        self.assertTrue(all(w.writes > 0 for w in writers))
        extra = sum(len(x) for x in evidence.values()) + 2 + writers[0].writes // 10
        history = self.history(limit=1000000)
        self.assertEqual(len(history), writes + extra)
        self.server.stop()
        # A busy machine makes requests slow, and the log says which.
        self.assertEqual([line for line in self.server.log.splitlines() if ' slow request: ' not in line], [])
        self.kalima('check', '--db', self.database)

    def look(self, verse, torn):
        """Adds what is wrong with a verse; how many documents it has."""
        count = 0
        place = verse['surah']['number'], verse['ayah']
        for kind in ('annotations', 'translations', 'structure_hypotheses', 'pronoun_references'):
            documents = verse.get(kind, [])
            count += len(documents)
            torn.extend('%s of %s: %r' % (kind, place, d) for d in documents if not whole(d))
        translations = [d for d in verse.get('translations', []) if 'writer' in d]
        if translations and (len(translations) != 3 or len({d['number'] for d in translations}) != 1):
            torn.append('translations of two writes on %s: %r' % (place, translations))
        references = [d['id'] for d in verse.get('pronoun_references', []) if d['id'].startswith('p-')]
        hypotheses = [d['id'] for d in verse.get('structure_hypotheses', []) if d['id'].startswith('p-')]
        if references != hypotheses:
            torn.append('half of a pronoun on %s: %r %r' % (place, references, hypotheses))
        connections = verse.get('connections', {})
        if not whole(connections) or connections.get('n') != connections.get('m'):
            torn.append('connections of %s: %r' % (place, connections))
        return count

    def test_searches_by_meaning_beside_a_writer(self):
        """Each write replaces the translations that searches of other threads go through."""
        # Processes: the threads of one would rarely ask at the same time.
        searches = multiprocessing.get_context('fork')
        wrong, end = searches.Queue(), time.monotonic() + seconds(4)

        def search(path):
            try:
                connection = self.server.connect()
                while time.monotonic() < end:
                    answer = self.server.get(path, connection=connection)
                    self.assertEqual(answer.status, 200, answer.body[:200])
            except Exception as e:  # noqa: B902 (handed on to the test)
                wrong.put(repr(e))

        running = [searches.Process(target=search, args=(path,)) for path in ('/api/v1/search?q=mercy&lang=en', '/api/v1/search?q=Ar-Rahman') * 2]
        for process in running:
            process.start()
        try:
            while time.monotonic() < end:
                self.post('/api/hypotheses/1:1', {'id': 'x', 'note': 'x'})
                self.delete('/api/hypotheses/1:1/x')
        finally:
            for process in running:
                process.join()
        self.assertTrue(wrong.empty(), not wrong.empty() and wrong.get())

    def test_readers_do_not_wait_for_a_writer(self):
        """Another program holds the writer's place for seconds: reading goes on, the write waits its turn."""
        self.get('/api/verse/1/1')
        other = sqlite3.connect(self.database, isolation_level=None)
        other.execute('BEGIN IMMEDIATE')
        other.execute('UPDATE meta SET value=value')
        answers = []
        thread = threading.Thread(target=lambda: answers.append(self.server.post('/api/annotations/1/1', {'note': 'waits'})))
        thread.start()
        time.sleep(0.2)
        began = time.monotonic()
        connection = self.server.connect()
        paths = ['/api/verse/1/1', '/api/tags', '/api/stats', '/api/v1/history', '/api/pronouns/1:5', '/api/annotations/1/1', '/healthz'] + SEARCHES
        for path in itertools.chain(paths, itertools.cycle(paths)):
            self.ok(self.server.get(path, connection=connection))
            if time.monotonic() > began + 2:
                break
        connection.close()
        # All these were answered while the other program still held the place, for which the write still waits (10 s; then it is refused).
        self.assertEqual(answers, [])
        other.execute('COMMIT')
        other.close()
        thread.join(30 * server.TIME_FACTOR)
        self.assertEqual([a.status for a in answers], [200])

    def test_a_writer_that_waits_too_long(self):
        """Another program does not let go: 503, and it can be tried again."""
        other = sqlite3.connect(self.database, isolation_level=None)
        other.execute('BEGIN IMMEDIATE')
        began = time.monotonic()
        answer = self.server.post('/api/annotations/1/1', {'note': 'in vain'})
        self.error(answer, 503)
        self.assertLess(time.monotonic() - began, 25 * server.TIME_FACTOR)
        other.execute('ROLLBACK')
        other.close()
        self.post('/api/annotations/1/1', {'note': 'later'})
        self.assertEqual([d['note'] for d in self.get('/api/annotations/1/1')], ['later'])

    def test_a_client_that_goes_away_while_it_writes(self):
        for i in range(40):
            body = json.dumps({'note': 'x' * 20000, 'n': i}).encode()
            with self.server.socket() as s:
                s.sendall(b'POST /api/annotations/1/1 HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n'
                          % len(body) + (body if i % 2 else body[:i * 100]))
        server.wait_until(lambda: len(self.get('/api/annotations/1/1')) == 20)
        self.assertEqual(sorted(d['n'] for d in self.get('/api/annotations/1/1')), list(range(1, 40, 2)))
        self.assertTrue(self.server.running())

    def test_export_and_check_beside_writers(self):
        """What other commands see is one state, and `check` finds nothing wrong that is only being written."""
        stop = threading.Event()
        writers = [Writer('w%d' % i, self.server, [VERSES[i], VERSES[9], VERSES[12]]) for i in range(4)]

        def write(writer):
            while not stop.is_set():
                writer.write('hypothesis' if sum(map(len, writer.annotations.values())) > 150 else None)
            writer.connection.close()

        def look():
            try:
                for i in range(6):
                    folder = self.path('out-%d' % i)
                    self.kalima('export', '--legacy', folder, '--db', self.database)
                    torn = []
                    with open(os.path.join(folder, 'datasets', 'corpus', 'quran.jsonl'), encoding='utf-8') as f:
                        for line in f:
                            self.look(json.loads(line), torn)
                    self.assertEqual(torn, [])
                    self.kalima('check', '--db', self.database)
            finally:
                stop.set()

        self.assertEqual(run_threads(look, *[lambda w=w: write(w) for w in writers]), [])


class Quick(Served):
    def test_many_connections_wait_for_one_place(self):
        """Sixty-four writes arrive at once; all are answered, in one order for everybody."""
        def one(i):
            connection = http.client.HTTPConnection('127.0.0.1', self.server.port, timeout=60 * server.TIME_FACTOR)
            self.ok(self.server.post('/api/translations/1:4', {'n': i}, connection=connection))
            connection.close()

        self.assertEqual(run_threads(*[lambda i=i: one(i) for i in range(64)]), [])
        there = self.get('/api/translations/1:4')
        self.assertEqual(sorted(t['n'] for t in there), list(range(64)))
        self.assertEqual([t['id'] for t in there], ['tr-%d' % i for i in range(1, 65)])


if __name__ == '__main__':
    unittest.main()
