"""What a write changed shows at once on every connection and in every answer; all else stays the same bytes."""
import json
import threading
import unittest

from tests.compat import server
from tests.research.support import Served, VERSES, place_of, run_threads, verses_in
from tests.compat.replay import masked

VERSE = (1, 5)

# Answers that contain the verse 1:5 (among others), and are cached by the server.
SHOWING = [('GET', '/api/verse/1/5', None), ('GET', '/api/verse/index/4', None), ('GET', '/api/verses', None), ('GET', '/api/verses?start=4&limit=1', None),
           ('GET', '/api/surah/1', None), ('GET', '/api/search?q=%D9%86&limit=100', None), ('GET', '/api/search', None),
           ('GET', '/api/search?q=Ebd&type=root', None), ('GET', '/api/search/roots?root=Ebd', None),
           ('GET', '/api/search/morphology?q=Ebd', None), ('GET', '/api/search/syntax?q=V', None), ('GET', '/api/search/syntax?q=V&limit=1', None),
           ('GET', '/api/search/verb_forms', None),
           ('POST', '/api/search/pattern_word', {'segments': [{'letter': 'ن', 'diacritics': [], 'any_diacritics': True}], 'allow_prefix': True,
                                                 'allow_suffix': True}),
           ('GET', '/api/search/dependency?relation=Obj', None), ('GET', '/api/search/morphology_advanced', None)]

# Answers that must not change at all.
STEADY = ['/api/surahs', '/api/roots', '/api/morph_patterns', '/api/syntax_patterns', '/api/morphology/1/5', '/api/morphology/features',
          '/api/morphology/parsed/1/5', '/api/dependency/1/5', '/api/dependency/relations', '/api/notes', '/api/library_search?q=root',
          '/healthz', '/api/surah/112', '/api/search/roots?root=Smd']

WRITES = [('POST', '/api/annotations/1/5', {'note': 'x'}), ('POST', '/api/hypotheses/1:5', {'id': 'h', 'hypothesis': 'x'}),
          ('PUT', '/api/hypotheses/1:5/h', {'note': 'y', 'evidence_entry': {'note': 'z'}}), ('DELETE', '/api/hypotheses/1:5/h', None),
          ('POST', '/api/pronouns/1:5', {'id': 'p', 'referent': 'x'}), ('PUT', '/api/pronouns/1:5/p', {'referent': 'y'}),
          ('DELETE', '/api/pronouns/1:5/p', None), ('POST', '/api/connections/1:5', {'internal': [1]}), ('POST', '/api/connections/1:5', {}),
          ('POST', '/api/translations/1:5', {'text': 'a'}), ('PUT', '/api/translations/1:5', [{'id': 'b'}, {'id': 'c'}]),
          ('DELETE', '/api/translations/1:5/b', None)]


class AtOnce(Served):
    def setUp(self):
        super().setUp()
        self.connections = [self.server.connect() for _ in range(8)]
        for connection in self.connections:
            self.addCleanup(connection.close)

    def ask(self, connection, method, path, body=None):
        return self.ok(self.server.request(method, path, body, connection=connection))

    def without(self, answer, place):
        """The answer with the verse at `place` masked."""
        if isinstance(answer, list):
            return [self.without(x, place) for x in answer]
        if isinstance(answer, dict):
            if 'tokens' in answer and 'ayah' in answer and place_of(answer) == place:
                return 'the verse'
            return {k: self.without(v, place) for k, v in answer.items()}
        return answer

    def test_the_requests_show_the_verse(self):
        for request in SHOWING:
            answer = self.ask(self.connections[0], *request)
            found = [answer] if request[1].startswith('/api/verse/') else list(verses_in(answer))
            if 'limit=1' not in request[1]:
                self.assertIn(VERSE, [place_of(v) for v in found], request)

    def test_every_write_shows_in_every_answer_on_every_connection(self):
        before = {}
        for connection in self.connections:  # each has cached all of it
            for request in SHOWING:
                before[request[1]] = self.ask(connection, *request)
        steady = {path: self.server.get(path).body for path in STEADY}
        others = {v: self.verse_bytes(*v) for v in VERSES if v != VERSE}
        last = None
        for number, write in enumerate(WRITES * 2):
            self.ok(self.server.request(*write, connection=self.connections[number % 8]))
            verse = self.get('/api/verse/1/5')
            self.assertNotEqual(verse, last, 'the write %s %s changed nothing' % write[:2])
            last = verse
            answers = {}
            for i in range(8):
                connection = self.connections[(number + i) % 8]
                request = SHOWING[(number + i) % len(SHOWING)] if i else SHOWING[0]
                for each in (request, SHOWING[(number + 3 * i) % len(SHOWING)]):
                    answer = self.ask(connection, *each)
                    answers[each[1]] = answer
                    for shown in verses_in(answer):
                        if place_of(shown) == VERSE:
                            self.assertEqual(shown, verse, '%s after %s %s' % (each[1], *write[:2]))
                    self.assertEqual(self.without(answer, VERSE), self.without(before[each[1]], VERSE))
                self.check_lists(connection, verse)
        for path, body in steady.items():
            self.assertEqual(self.server.get(path).body, body, path)
        for place, body in others.items():
            self.assertEqual(self.verse_bytes(*place), body, place)

    def check_lists(self, connection, verse):
        self.assertEqual(self.ask(connection, 'GET', '/api/annotations/1/5'), verse['annotations'])
        self.assertEqual(self.ask(connection, 'GET', '/api/hypotheses/1:5'), verse['structure_hypotheses'])
        self.assertEqual(self.ask(connection, 'GET', '/api/translations/1:5'), verse.get('translations', []))
        self.assertEqual(self.ask(connection, 'GET', '/api/connections/1:5'), verse.get('connections', {'internal': [], 'external': []}))
        pronouns = self.ask(connection, 'GET', '/api/pronouns/1:5')
        self.assertEqual([r['id'] for r in pronouns['references']], [r['id'] for r in verse['pronoun_references']])
        self.assertEqual(pronouns['stats']['annotated_pronouns'], len(verse['pronoun_references']))
        self.assertEqual(pronouns['structure_hypotheses'], [h for h in verse['structure_hypotheses'] if h['target_type'] == 'pronoun'])

    def test_counts_and_registries_show_at_once(self):
        stats = self.get('/api/stats')
        for i in range(16):
            connection, other = self.connections[i % 8], self.connections[(i + 5) % 8]
            self.ok(self.server.post('/api/annotations/113/%d' % (i % 5 + 1), {}, connection=connection))
            self.ok(self.server.put('/api/tags/t%d' % i, {'n': i}, connection=other))
            made = self.ok(self.server.post('/api/patterns', {'n': i}, connection=connection))['id']
            for c in self.connections:
                now = self.ask(c, 'GET', '/api/stats')
                self.assertEqual(now, dict(stats, total_annotations=stats['total_annotations'] + i + 1,
                                           total_hypothesis_tags=stats['total_hypothesis_tags'] + i + 1))
                self.assertEqual(self.ask(c, 'GET', '/api/tags/t%d' % i), {'n': i})
                self.assertEqual(self.ask(c, 'GET', '/api/tags')['tags']['t%d' % i], {'n': i})
                self.assertEqual(self.ask(c, 'GET', '/api/patterns/' + made), {'n': i})
                self.assertEqual(self.ask(c, 'GET', '/api/patterns')[made], {'n': i})
            if i % 2:
                self.ok(self.server.delete('/api/patterns/' + made, connection=other))
                for c in self.connections:
                    self.assertEqual(self.server.get('/api/patterns/' + made, connection=c).status, 404)
                    self.assertNotIn(made, self.ask(c, 'GET', '/api/patterns'))

    def test_no_old_answer_is_remembered_while_it_is_made(self):
        """Searches run all the time while the verse changes; after a write is answered no search shows the verse of before."""
        stop = threading.Event()
        answered = [0]
        wrong = []

        def reader(number):
            connection = self.server.connect()
            turn = number
            while not stop.is_set():
                turn += 1
                request = SHOWING[turn % len(SHOWING)]
                least = answered[0]
                answer = self.server.request(*request, connection=connection)
                for shown in verses_in(json.loads(answer.body)):
                    if place_of(shown) == VERSE:
                        count = shown.get('connections', {}).get('n', 0)
                        if count < least:
                            wrong.append('%s shows %d after %d was answered' % (request[1], count, least))
            connection.close()

        def writer():
            try:
                for n in range(1, 301):
                    self.ok(self.server.post('/api/connections/1:5', {'n': n}, connection=self.connections[0]))
                    answered[0] = n
            finally:
                stop.set()

        self.assertEqual(run_threads(writer, *[lambda i=i: reader(i) for i in range(6)]), [])
        self.assertEqual(wrong, [])

    def test_a_restart_shows_the_same(self):
        for write in WRITES:
            self.ok(self.server.request(*write))
        self.put('/api/tags/x', {'a': 1.0})
        paths = [path for method, path, _ in SHOWING if method == 'GET'] + STEADY + ['/api/tags', '/api/stats', '/api/patterns']
        paths += ['/api/verse/%d/%d' % v for v in VERSES] + ['/api/%s/1:5' % k for k in ('hypotheses', 'pronouns', 'translations', 'connections')]
        before = {path: self.server.get(path).body for path in paths}
        self.restart()
        for path in paths:
            self.assertEqual(self.server.get(path).body, before[path], path)
        self.assertTrue(self.server.healthy())
        self.server.stop()
        self.kalima('reindex', '--db', self.database)
        self.server = self.serve()
        for path in paths:
            self.assertEqual(self.server.get(path).body, before[path], path)

    def test_two_servers_over_one_database(self):
        other = self.serve()
        self.post('/api/annotations/1/5', {'note': 'from the first'})
        self.put('/api/tags/first', {'a': 1})
        server.wait_until(lambda: 'from the first' in other.get('/api/verse/1/5').body.decode(), 2)
        self.assertEqual(server.json_of(other.get('/api/tags/first')), {'a': 1})
        self.assertEqual(other.post('/api/annotations/1/5', {'note': 'from the second'}).status, 200)
        server.wait_until(lambda: 'from the second' in self.server.get('/api/verse/1/5').body.decode(), 2)
        self.assertEqual(masked(self.get('/api/verse/1/5')), masked(server.json_of(other.get('/api/verse/1/5'))))
        # Writers of both at once: no write is lost.
        failed = run_threads(*[lambda s=s, i=i: [self.assertEqual(s.post('/api/annotations/112/1', {'id': '%d-%d' % (i, n)}).status, 200)
                                                 for n in range(40)] for i, s in enumerate((self.server, other, self.server, other))])
        self.assertEqual(failed, [])
        server.wait_until(lambda: len(self.get('/api/annotations/112/1')) == 160, 2)


if __name__ == '__main__':
    unittest.main()
