"""Requests that are wrong get a JSON error that says what is wrong, never a 500."""
import json
import random
import unittest
from urllib.parse import quote

from tests.compat.server import json_of
from tests.http.case import ServerCase

SEARCHES = ['/api/search?q=a', '/api/search?q=qwl&type=root', '/api/search/roots?root=qwl', '/api/search/morphology?q=v',
            '/api/search/morphology?pattern_id=prefix%7Cp%7C%7Cprefix%7Cbi%2B', '/api/search/syntax?q=v', '/api/search/syntax?pattern_id=p%7Cn',
            '/api/search/verb_forms?person=3rd', '/api/search/dependency?relation=Subj', '/api/search/morphology_advanced?morph_tag=PREP',
            '/api/library_search?q=the', '/api/verses?start=0']
PATTERN = '/api/search/pattern_word'
GOOD_PATTERN = {'segments': [{'letter': 'ق', 'diacritics': [], 'any_letter': False, 'any_diacritics': True}], 'allow_suffix': True}


class Limits(ServerCase):
    def test_a_limit_that_is_no_number(self):
        for path in SEARCHES:
            for limit in ('abc', '', '1.5', '1e3', '0x10', '--1', '1%202', '%FF', '%00', 'None', '%D9%86'):
                with self.subTest(path=path, limit=limit):
                    answer = self.server.get(path + '&limit=' + limit)
                    self.assert_error(answer, 400)
                    self.assertIn('limit', json_of(answer)['error'])

    def test_a_negative_limit(self):
        for path in SEARCHES:
            for limit in ('-1', '-100', '-99999999999999999999999'):
                with self.subTest(path=path, limit=limit):
                    self.assert_error(self.server.get(path + '&limit=' + limit), 400)

    def test_a_start_that_is_none(self):
        for start in ('abc', '', '-1', '1.5', '-99999999999999999999999'):
            with self.subTest(start=start):
                answer = self.server.get('/api/verses?start=' + start)
                self.assert_error(answer, 400)
                self.assertIn('start', json_of(answer)['error'])

    def test_a_limit_of_zero_gives_the_true_count_and_no_results(self):
        for path in SEARCHES:
            if path.startswith('/api/verses'):
                continue
            with self.subTest(path=path):
                everything = json_of(self.server.get(path + '&limit=100000'))
                none = json_of(self.server.get(path + '&limit=0'))
                self.assertEqual(none['results'], [])
                self.assertEqual(none['count'], everything['count'])
        body = json_of(self.server.post(PATTERN, dict(GOOD_PATTERN, limit=0)))
        self.assertEqual(body['results'], [])
        self.assertEqual(body['count'], json_of(self.server.post(PATTERN, GOOD_PATTERN))['count'])
        verses = json_of(self.server.get('/api/verses?limit=0'))
        self.assertEqual(verses, {'limit': 0, 'start': 0, 'total': 22, 'verses': []})

    def test_a_huge_limit_is_all(self):
        for path in SEARCHES:
            for limit in ('4294967296', '9223372036854775807', '9223372036854775808', '9' * 500):
                with self.subTest(path=path, limit=limit[:25]):
                    self.assertEqual(self.server.get(path + '&limit=' + limit).status, 200)
                    if not path.startswith('/api/verses'):
                        self.assertEqual(json_of(self.server.get(path + '&limit=' + limit))['results'],
                                         json_of(self.server.get(path + '&limit=1000'))['results'])
        self.assertEqual(json_of(self.server.get('/api/verses?start=18446744073709551616&limit=' + '9' * 40))['verses'], [])


class Searches(ServerCase):
    def test_an_unknown_root_finds_nothing(self):
        for root in ('zzz', 'QWL', '%D9%82', '%00', '%FF', '0'):
            with self.subTest(root=root):
                self.assert_found(self.server.get('/api/search/roots?root=' + root), 0)
                self.assert_found(self.server.get('/api/search?type=root&q=' + root), 0)

    def test_an_empty_query_finds_nothing(self):
        for path in ('/api/search/morphology', '/api/search/morphology?q=', '/api/search/morphology?q=+%09', '/api/search/syntax',
                     '/api/search/syntax?q=', '/api/search/syntax?q=,>-', '/api/search/roots', '/api/search/roots?root=',
                     '/api/search/roots?root=+', '/api/search?type=root', '/api/library_search', '/api/library_search?q=+'):
            with self.subTest(path=path):
                value = self.assert_found(self.server.get(path), 0)
                self.assertEqual(value['results'], [])

    def test_an_empty_text_is_in_every_verse(self):
        self.assert_found(self.server.get('/api/search?q='), 22)

    def test_an_unknown_pattern_finds_nothing(self):
        for kind in ('morphology', 'syntax'):
            for name in ('none', '%7C%7C%7C', '%00', '%FF', 'x' * 20000):
                with self.subTest(kind=kind, name=name[:20]):
                    self.assert_found(self.server.get('/api/search/%s?pattern_id=%s' % (kind, name)), 0)

    def test_a_search_for_a_relation_needs_one(self):
        for path in ('', '?relation=', '?limit=5', '?Relation=Subj'):
            answer = self.server.get('/api/search/dependency' + path)
            self.assert_error(answer, 400)
            self.assertEqual(json_of(answer), {'error': 'relation parameter required'})

    def test_ill_formed_text_is_searched_as_it_reads(self):
        for query in ('%FF', '%C3', '%E2%82', '%ED%A0%80', '%F8%88%80%80%80', '%D9', 'a%80b', '%00', '%0A', '%7F', '%', '%zz', '%4', '%%', '%u0642'):
            with self.subTest(query=query):
                value = self.assert_found(self.server.get('/api/search?q=' + query), 0)
                self.assertIsInstance(value['query'], str)
                for path in ('/api/search/morphology?q=', '/api/search/syntax?q=', '/api/search/roots?root=', '/api/library_search?q=',
                             '/api/search/verb_forms?form=', '/api/search/dependency?relation=', '/api/search/morphology_advanced?morph_tag='):
                    self.assertEqual(self.server.get(path + query).status, 200, path)
        self.assertEqual(json_of(self.server.get('/api/search?q=a%80b%FF%FEc'))['query'], 'a\ufffdb\ufffd\ufffdc')
        self.assertEqual(json_of(self.server.get('/api/search?q=%41%4x%'))['query'], 'A%4x%')
        self.assertEqual(json_of(self.server.get('/api/search?q=a+b%2Bc&q=d'))['query'], 'a b+c')

    def test_long_queries(self):
        for size in (1000, 20000, 60000):
            with self.subTest(size=size):
                for path in ('/api/search?q=', '/api/search/morphology?q=', '/api/search/roots?root=', '/api/search/syntax?q='):
                    self.assert_found(self.server.get(path + 'x' * size), 0)
                self.assert_found(self.server.get('/api/search/syntax?q=' + 'n+' * (size // 2)), 0)
                self.assertEqual(self.server.get('/api/search?limit=1&' + '&'.join('q=%d' % i for i in range(size // 10))).status, 200)
        for path in ('/api/search?q=', '/api/search/morphology?q=', '/api/verse/1/1?', '/api/', '/nope?', '/'):
            with self.subTest(path=path):
                self.assert_error(self.server.get(path + 'x' * 100000), 414, 404)
        self.assert_error(self.server.get('/api/search?q=' + quote('ق' * 20000)), 414)

    def test_hostile_queries(self):
        # Many candidates, nothing found; every value holds it; patterns of n-grams that repeat.
        for query in ('%D9%84' * 3000, 'a' * 30000, '%7C' * 500, '%20' * 20000):
            for path in ('/api/search?q=', '/api/search/morphology?q='):
                self.assertEqual(self.server.get(path + query).status, 200)


class Bodies(ServerCase):
    def test_bodies_of_another_shape(self):
        letter = {'letter': 'ق'}
        for body in ([], None, 'text', 5, True, {}, {'segments': None}, {'segments': []}, {'segments': {}}, {'segments': 'ق'},
                     {'segments': [None]}, {'segments': ['ق']}, {'segments': [[letter]]}, {'segments': [{'letter': 5}]},
                     {'segments': [{'letter': ['ق']}]}, {'segments': [{'letter': {}}]}, {'segments': [{'letter': 'ق', 'diacritics': 'x'}]},
                     {'segments': [{'letter': 'ق', 'diacritics': {'a': 1}}]}, {'segments': [{'letter': 'ق', 'diacritics': [5]}]},
                     {'segments': [{'letter': 'ق', 'diacritics': [['x']]}]}, {'segments': [letter], 'limit': -1},
                     {'segments': [letter], 'limit': 'abc'}, {'segments': [letter], 'limit': 1.5}, {'segments': [letter], 'limit': []},
                     {'segments': [letter], 'limit': {}}, {'segments': [letter], 'limit': ''}, {'segments': [letter] * 10000},
                     {'segments': [{'letter': 'x' * 100000}]}):
            text = 'null' if body is None else json.dumps(body)
            with self.subTest(body=text[:80]):
                self.assert_error(self.server.post(PATTERN, text.encode()), 400, 413)

    def test_bodies_that_are_no_json(self):
        for body in (b'', b' ', b'{', b'{"segments":', b'{"segments":[{"letter":"\xd9"}]}', b'\xff', b'\x00', b'{}{}', b"{'a':1}",
                     b'segments=1', b'{"segments":[{"letter":"\\ud800"}]}', b'<xml/>', b'{"segments":[{"letter":"a\nb"}]}', b'NaN',
                     b'{"a":1e999}', b'\xef\xbb\xbf', '{"segments":[{"letter":"ق"}]}'.encode('utf-16'),
                     json.dumps(GOOD_PATTERN).encode() + b'\x00', json.dumps(GOOD_PATTERN).encode() + b' x'):
            with self.subTest(body=body[:40]):
                self.assert_error(self.server.post(PATTERN, body), 400)

    def test_deep_bodies(self):
        for deep in (b'[' * 100000, b'[' * 100000 + b']' * 100000, b'{"a":' * 100000 + b'1' + b'}' * 100000,
                     b'{"segments":' + b'[' * 65 + b']' * 65 + b'}'):
            self.assert_error(self.server.post(PATTERN, deep), 400, 413)

    def test_large_bodies(self):
        large = b'{"segments":[{"letter":"q"}],"x":"' + b'x' * (1024 * 1024) + b'"}'
        self.assertEqual(self.server.post(PATTERN, large).status, 200)
        # Refused by its announced length; a client that goes on sending may find the connection closed.
        try:
            self.assert_error(self.server.post(PATTERN, b' ' * (17 * 1024 * 1024)), 413)
        except (BrokenPipeError, ConnectionResetError):
            pass
        self.assert_error(self.server.post(PATTERN, b' ' * (2 * 1024 * 1024 + 1)), 413)

    def test_a_message_does_not_quote_a_whole_body(self):
        for body in (b'"' + b'x' * 1000000, b'{"segments":[' + b'1' * 1000000 + b'x', b'{"segments":"' + b'\xd9\x82' * 300000 + b'\xff"}',
                     b'nul' + b'l' * 1000000):
            answer = self.server.post(PATTERN, body)
            self.assert_error(answer, 400)
            self.assertLess(len(answer.body), 1000)

    def test_other_media_types_are_read_as_json(self):
        # The old server took the body for JSON whatever the type said... or refused it; never a 500.
        for media in ('text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'multipart/form-data', '', 'x'):
            with self.subTest(media=media):
                answer = self.server.request('POST', PATTERN, json.dumps(GOOD_PATTERN).encode(), {'Content-Type': media})
                self.assertIn(answer.status, (200, 400, 415))
                if answer.status != 200:
                    self.assert_error(answer)

    def test_random_bodies(self):
        R = random.Random(1)
        good = json.dumps(GOOD_PATTERN, ensure_ascii=False).encode()
        with_connection = self.server.connect()
        for _ in range(300):
            body = bytearray(good)
            for _ in range(R.randint(1, 4)):
                at = R.randrange(len(body))
                if R.random() < .5:
                    body[at] = R.randrange(256)
                else:
                    del body[at:at + R.randint(1, 6)]
            answer = self.server.post(PATTERN, bytes(body), connection=with_connection)
            self.assertIn(answer.status, (200, 400), bytes(body))
            if answer.status == 400:
                self.assert_error(answer, 400)
        with_connection.close()


class Routes(ServerCase):
    def test_unknown_routes(self):
        for path in ('/api', '/api/', '/api/nope', '/nope', '/api/verse/1/1/', '/api/verse/1', '/api/verse/1/1/1', '/api/verse/a/1',
                     '/api/verse/-1/1', '/api/verse/1.0/1', '/api/verse/%D9%A1/1', '/api/verse/%20/1', '/api/verse/1/1%00', '/API/verses',
                     '/api/verses/', '//api/verses', '/api//verses', '/static', '/static/', '/index.html', '/%', '/%FF', '/%00',
                     '/api/tags/', '/api/tags/a/b', '/..', '/../etc/passwd', '/api/../api/nope', '/api/verse/index/x', '/favicon.ico'):
            with self.subTest(path=path):
                self.assert_error(self.server.get(path), 404)
                self.assert_error(self.server.post(path, {}), 404)

    def test_wrong_methods(self):
        for method, path, allowed in (('POST', '/api/verses', 'GET'), ('PUT', '/api/verse/1/1', 'GET'), ('DELETE', '/api/roots', 'GET'),
                                      ('PATCH', '/api/stats', 'GET'), ('GET', PATTERN, 'POST'), ('PUT', PATTERN, 'POST'),
                                      ('DELETE', PATTERN, 'POST'), ('POST', '/', 'GET'), ('POST', '/healthz', 'GET'),
                                      ('POST', '/api/search?q=a', 'GET')):
            with self.subTest(method=method, path=path):
                answer = self.server.request(method, path, b'{}' if method != 'GET' else None)
                self.assert_error(answer, 405)
                methods = [x.strip() for x in answer.headers['Allow'].split(',')]
                self.assertIn(allowed, methods)
                self.assertNotIn(method, methods)
        answer = self.server.request('HEAD', PATTERN)
        self.assertEqual((answer.status, answer.body), (405, b''))
        self.assertIn('POST', answer.headers['Allow'])

    def test_strange_methods(self):
        for method in ('TRACE', 'CONNECT', 'BREW', 'get', 'PROPFIND', 'PRI', 'X' * 3000):
            with self.subTest(method=method[:20]):
                answer = self.server.request(method, '/api/verses')
                self.assert_error(answer, 400, 405, 501)

    def test_options_tells_the_methods(self):
        answer = self.server.request('OPTIONS', '/api/verses')
        self.assertIn(answer.status, (200, 204))
        self.assertIn('GET', answer.headers['Allow'])
        self.assertEqual(answer.body, b'')

    def test_numbers_too_large(self):
        for path in ('/api/verse/4294967297/1', '/api/verse/1/18446744073709551617', '/api/verse/index/18446744073709551616',
                     '/api/surah/' + '9' * 1000, '/api/morphology/1/' + '9' * 100, '/api/annotations/1/' + '9' * 100,
                     '/api/pronouns/1:' + '9' * 100, '/api/hypotheses/' + '9' * 100 + ':1'):
            with self.subTest(path=path[:60]):
                self.assert_error(self.server.get(path), 404)

    def test_references_that_are_none(self):
        for kind in ('pronouns', 'hypotheses', 'translations', 'connections'):
            for text in ('abc', '1', ':', '1:', ':1', '1:x', '1:2:3', '%00', '1:%00', '%FF', '1:1%00', 'x' * 1000):
                with self.subTest(kind=kind, text=text[:20]):
                    answer = self.server.get('/api/%s/%s' % (kind, text))
                    self.assert_error(answer, 400)
                    self.assertEqual(json_of(answer), {'error': 'Invalid verse reference'})

    def test_names_that_are_none(self):
        for path in ('/api/tags/none', '/api/tags/%00', '/api/tags/%FF', '/api/tags/' + 'x' * 2000, '/api/patterns/none',
                     "/api/patterns/';DROP%20TABLE%20verse;--"):
            with self.subTest(path=path[:40]):
                self.assert_error(self.server.get(path), 404)
        self.assertEqual(self.server.get('/api/verse/1/1').status, 200)

    def test_an_error_never_holds_more_than_a_line_of_the_request(self):
        for path in ('/api/search?q=a&limit=' + 'y' * 50000, '/api/verses?start=' + 'y' * 50000, '/api/' + 'y' * 50000,
                     '/static/' + 'y' * 50000, '/api/tags/' + 'y' * 50000, '/api/hypotheses/' + 'y' * 50000):
            answer = self.server.get(path)
            self.assert_error(answer)
            self.assertLess(len(answer.body), 1000, path[:30])

    def test_random_paths(self):
        R = random.Random(2)
        parts = ['api', 'search', 'verse', 'verses', '1', '112', 'index', 'morphology', 'parsed', 'dependency', '..', '.', '', '%2F', '%00', '%FF',
                 'static', '{int}', '*', '1:1', 'tags', 'q', '?', '?q=', '&limit=', '#', '%', '%25', '+', ';', '99999999999999999999', 'notes', 'content',
                 '?path=', 'plan.md', '%5C', '~', '@', ':']
        connection = self.server.connect()
        for _ in range(600):
            path = '/' + ''.join(R.choice(parts) + R.choice(['/', '/', '']) for _ in range(R.randint(0, 6)))
            answer = self.server.get(path, connection=connection)
            self.assertLess(answer.status, 500, path)
            if answer.status >= 400:
                self.assert_error(answer)
        connection.close()


if __name__ == '__main__':
    unittest.main()
