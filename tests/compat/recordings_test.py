"""The real program over the fixture folder gives the recorded answers: to one client, and to many at once."""
import glob
import os
import unittest

from tests.compat import replay, server

RECORDINGS = sorted(glob.glob(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'recordings', '*.jsonl')))


class Recordings(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.entries = replay.read_recordings(*RECORDINGS)
        cls.workplace = server.Workplace()

    @classmethod
    def tearDownClass(cls):
        cls.workplace.close()

    def check(self, clients, rounds=1, **more):
        with self.workplace.serve(**more) as s:
            for _ in range(rounds):
                wrong = replay.replay('127.0.0.1', s.port, self.entries, clients)
                if wrong:
                    self.fail('%d of %d answers differ:\n%s' % (
                        len(wrong), len(self.entries), '\n'.join(replay.describe(*w) for w in wrong[:20])))
            self.assertTrue(s.healthy())

    def test_there_are_recordings_of_every_endpoint(self):
        self.assertGreater(len(self.entries), 250)
        endpoints = {replay.endpoint(e) for e in self.entries}
        for name in ('verses', 'verse', 'surahs', 'surah', 'roots', 'morph_patterns', 'syntax_patterns', 'stats', 'tags', 'patterns',
                     'annotations', 'hypotheses', 'translations', 'connections', 'pronouns', 'morphology', 'morphology/parsed',
                     'morphology/features', 'dependency', 'dependency/relations', 'search', 'search/roots', 'search/morphology',
                     'search/syntax', 'search/verb_forms', 'search/dependency', 'search/morphology_advanced', 'notes',
                     'notes/content', 'library_search'):
            self.assertIn('GET /api/' + name, endpoints)
        self.assertIn('POST /api/search/pattern_word', endpoints)
        self.assertEqual(len({e['id'] for e in self.entries}), len(self.entries))

    def test_one_client(self):
        # Twice, since the second answer may come out of the server's memory.
        self.check(clients=1, rounds=2)

    def test_sixteen_clients(self):
        self.check(clients=16)

    def test_a_server_with_one_worker(self):
        with self.workplace.serve('--threads', '1') as s:
            self.assertEqual(replay.replay('127.0.0.1', s.port, self.entries, 4), [])


class TheReplayItself(unittest.TestCase):
    """A replay that finds nothing wrong with a wrong answer would make the other tests worthless."""

    def test_differences_are_seen(self):
        entry = {'status': 200, 'type': 'application/json', 'compare': 'bytes', 'text': '{"a":1}\n'}
        self.assertIsNone(replay.difference(entry, 200, 'application/json', b'{"a":1}\n'))
        self.assertIsNone(replay.difference(entry, 200, 'application/json; charset=utf-8', b'{"a":1}\n'))
        for wrong in [(404, 'application/json', b'{"a":1}\n'), (200, 'text/html', b'{"a":1}\n'), (200, 'application/json', b'{"a":1}'),
                      (200, 'application/json', b'{"a": 1}\n'), (200, 'application/json', b'')]:
            self.assertIsNotNone(replay.difference(entry, *wrong), wrong)
        # sha256 of b'x\n'
        long = {'status': 200, 'type': 'application/json', 'compare': 'bytes', 'length': 2,
                'sha256': '73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac'}
        self.assertIsNone(replay.difference(long, 200, 'application/json', b'x\n'))
        self.assertIsNotNone(replay.difference(long, 200, 'application/json', b'y\n'))
        unordered = dict(entry, compare='json-unordered', text='[1,{"b":[2,3]}]')
        self.assertIsNone(replay.difference(unordered, 200, 'application/json', b'[{"b":[3,2]},1]'))
        self.assertIsNotNone(replay.difference(unordered, 200, 'application/json', b'[{"b":[3,3]},1]'))
        volatile = dict(entry, compare='json-volatile', text='{"id":"hyp-20240101-000000","at":"2024-01-01T00:00:00.5"}')
        self.assertIsNone(replay.difference(volatile, 200, 'application/json',
                                            b'{"id":"hyp-20260101-101010-2","at":"2026-02-03T04:05:06"}'))
        self.assertIsNotNone(replay.difference(volatile, 200, 'application/json', b'{"id":"ev-20240101-000000","at":"2024-01-01T00:00:00.5"}'))

    def test_a_server_that_is_not_there_is_a_difference(self):
        entry = {'id': 'x', 'method': 'GET', 'path': '/', 'status': 200, 'compare': 'status'}
        self.assertEqual(len(replay.replay('127.0.0.1', 1, [entry] * 3, clients=2)), 3)


if __name__ == '__main__':
    unittest.main()
