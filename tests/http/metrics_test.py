"""GET /metrics: numbers of a server since its start."""
import re
import sys
import unittest

from tests.compat import server


def numbers(text):
    """Name with labels -> value of each sample; every other line must be a comment of the format."""
    out = {}
    for line in text.decode().splitlines():
        if not line.startswith(('# HELP ', '# TYPE ')):
            found = re.fullmatch(r'([a-z_]+(?:\{[a-z]+="[^"]*"\})?) ([0-9.]+)', line)
            if not found or found[1] in out:
                raise AssertionError(line)
            out[found[1]] = float(found[2])
    return out


class Metrics(unittest.TestCase):
    def test_answers_are_counted(self):
        with server.Server('--db', server.fixture_database()) as started:
            answer = started.get('/metrics')
            self.assertEqual(answer.status, 200)
            self.assertEqual(answer.headers['Content-Type'], 'text/plain; version=0.0.4; charset=utf-8')
            first = numbers(answer.body)
            self.assertFalse([name for name in first if name.startswith('kalima_requests_total')])
            self.assertEqual(first['kalima_verses'], started.json('/healthz')['verses'])
            self.assertEqual(first['kalima_build_info{version="%s"}' % started.json('/healthz')['version']], 1)
            if sys.platform == 'linux':
                self.assertGreater(first['process_resident_memory_bytes'], 1_000_000)
            for path in ('/api/verse/1/1', '/api/search/roots?root=rHm', '/nothing'):
                started.get(path)
            started.get('/', headers={'Host': 'elsewhere.example'})
            then = numbers(started.get('/metrics').body)
            # One of /metrics, two of /healthz, two of the API.
            self.assertEqual({name: value for name, value in then.items() if name.startswith('kalima_requests_total')},
                             {'kalima_requests_total{status="200"}': 5, 'kalima_requests_total{status="403"}': 1,
                              'kalima_requests_total{status="404"}': 1})
            self.assertEqual({name: value for name, value in then.items() if name.startswith('kalima_errors_total')},
                             {'kalima_errors_total{code="forbidden"}': 1, 'kalima_errors_total{code="not_found"}': 1})
            self.assertGreater(then['kalima_request_seconds_total'], 0)
            self.assertLess(then['kalima_request_seconds_total'], 60 * server.TIME_FACTOR)

    def test_the_token_is_needed(self):
        with server.Server('--db', server.fixture_database(), '--token', 'a' * 16) as started:
            self.assertEqual(started.get('/metrics').status, 401)
            self.assertEqual(started.get('/metrics', headers={'Authorization': 'Bearer ' + 'a' * 16}).status, 200)


if __name__ == '__main__':
    unittest.main()
