"""GET /metrics: numbers of a server since its start."""
import itertools
import re
import sys
import unittest

from tests.compat import server


def numbers(text):
    """Name with labels -> value of each sample; every other line must be a comment of the format."""
    out = {}
    for line in text.decode().splitlines():
        if not line.startswith(('# HELP ', '# TYPE ')):
            found = re.fullmatch(r'([a-z0-9_]+(?:\{[a-z]+="[^"]*"(?:,[a-z]+="[^"]*")?\})?) ([0-9.]+)', line)
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
            # The answer comes before it is counted. One of /metrics before each that asks, two of /healthz, two of the API.
            asked = itertools.count(1)
            then = {}

            def counted():
                then.update(numbers(started.get('/metrics').body), asked=next(asked))
                return sum(value for name, value in then.items() if name.startswith('kalima_requests_total')) == then['asked'] + 6

            server.wait_until(counted)
            self.assertEqual({name: value for name, value in then.items() if name.startswith('kalima_requests_total')},
                             {'kalima_requests_total{status="200"}': 4 + then['asked'], 'kalima_requests_total{status="403"}': 1,
                              'kalima_requests_total{status="404"}': 1})
            self.assertEqual({name: value for name, value in then.items() if name.startswith('kalima_errors_total')},
                             {'kalima_errors_total{code="forbidden"}': 1, 'kalima_errors_total{code="not_found"}': 1})
            routes = {name: value for name, value in then.items() if name.startswith('kalima_route_requests_total')}
            self.assertEqual(routes, {
                'kalima_route_requests_total{route="GET /metrics",status="200"}': then['asked'],
                'kalima_route_requests_total{route="GET /healthz",status="200"}': 2,
                'kalima_route_requests_total{route="GET /api/verse/{int}/{int}",status="200"}': 1,
                'kalima_route_requests_total{route="GET /api/search/roots",status="200"}': 1,
                'kalima_route_requests_total{route="other",status="404"}': 1,
                'kalima_route_requests_total{route="other",status="403"}': 1})
            self.assertGreater(then['kalima_request_seconds_total'], 0)
            self.assertLess(then['kalima_request_seconds_total'], 60 * server.TIME_FACTOR)

    def test_routes(self):
        with server.Server('--db', server.fixture_database()) as started:
            for address in ('/api/v1/history/1:1', '/api/v1/history/1:2', '/api/v1/history/9:9', '/api/v1/roots?nonsense=1'):
                started.get(address)
            started.request('HEAD', '/api/v1/history/1:1')
            started.raw(b'nonsense\r\n\r\n')
            # The answer comes before it is counted.
            server.wait_until(lambda: 'kalima_requests_total{status="400"} 2' in started.get('/metrics').body.decode())
            found = numbers(started.get('/metrics').body)
            history = 'route="GET /api/v1/history/{verse}"'
            self.assertEqual(found['kalima_route_requests_total{%s,status="200"}' % history], 3)
            self.assertEqual(found['kalima_route_requests_total{%s,status="404"}' % history], 1)
            self.assertEqual(found['kalima_route_requests_total{route="GET /api/v1/roots",status="400"}'], 1)
            self.assertEqual(found['kalima_route_requests_total{route="other",status="400"}'], 1)
            times = [found['kalima_route_seconds_bucket{%s,le="%s"}' % (history, le)] for le in ('0.001', '0.005', '0.025', '0.1', '0.5', '2.5', '10', '+Inf')]
            self.assertEqual(times, sorted(times))
            self.assertEqual((times[-1], found['kalima_route_seconds_count{%s}' % history]), (4, 4))
            self.assertGreater(found['kalima_route_seconds_sum{%s}' % history], 0)
            self.assertEqual(found['kalima_v1_json_parsed_total'], 0)

    def test_the_token_is_needed(self):
        with server.Server('--db', server.fixture_database(), '--token', 'a' * 16) as started:
            self.assertEqual(started.get('/metrics').status, 401)
            self.assertEqual(started.get('/metrics', headers={'Authorization': 'Bearer ' + 'a' * 16}).status, 200)


if __name__ == '__main__':
    unittest.main()
