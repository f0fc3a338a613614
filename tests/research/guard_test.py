"""A web page from elsewhere cannot read or change anything, and neither can others in the network; what is too large is refused."""
import http.client
import json
import os
import shutil
import socket
import unittest

from tests.compat import server
from tests.research.support import Folder, Served, all_answers

WRITES = [('POST', '/api/annotations/1/5', {'note': 'x'}), ('PUT', '/api/tags/x', {}), ('POST', '/api/patterns', {}),
          ('DELETE', '/api/patterns/p-neg', None), ('POST', '/api/hypotheses/1:5', {}), ('PUT', '/api/hypotheses/1:5/hyp-1', {'note': 'x'}),
          ('DELETE', '/api/hypotheses/1:5/hyp-1', None), ('POST', '/api/pronouns/1:5', {}), ('PUT', '/api/pronouns/1:5/pr-1', {'note': 'x'}),
          ('DELETE', '/api/pronouns/1:5/pr-1', None), ('POST', '/api/connections/1:5', {}), ('POST', '/api/translations/1:1', {}),
          ('PUT', '/api/translations/1:1', []), ('DELETE', '/api/translations/1:1/tr-en', None), ('POST', '/api/v1/history/1/undo', None)]

READS = ['/', '/static/app.js', '/healthz', '/api/verse/1/1', '/api/verses', '/api/search?q=x', '/api/tags', '/api/v1/history', '/nowhere']

TOKEN = 'abcDEF-0123456789_xyz'


class Guarded(Served):
    """With one change in the history, so that there is something to undo."""

    def setUp(self):
        super().setUp()
        self.post('/api/annotations/1/5', {'note': 'first'})

    def unchanged(self, work):
        before = all_answers(self.server)
        work()
        self.assertEqual(all_answers(self.server), before)

    def send(self, request, headers=(), started=None, **more):
        return (started or self.server).request(*request, headers=headers, **more)


class Origins(Guarded):
    foreign = ['https://evil.example', 'http://evil.example:80', 'null', 'http://127.0.0.1:1', 'http://127.0.0.1', 'https://127.0.0.1', 'file://',
               'http://localhost.evil.example', 'chrome-extension://abc', 'http://[::1]', 'x', 'http://127.0.0.1:%d.evil.example',
               'http://127.0.0.1:%d/', 'http://127.0.0.1:%d0', 'http://user@127.0.0.1:%d', 'ftp://127.0.0.1:%d']

    def test_a_foreign_page_changes_nothing(self):
        def work():
            for request in WRITES:
                for origin in self.foreign:
                    if '%d' in origin:
                        origin = origin % self.server.port
                    with self.subTest(request=request, origin=origin):
                        self.error(self.send(request, {'Origin': origin}), 403)
                        # Before anything else is checked, even if the route does not exist.
            for method in ('POST', 'PUT', 'DELETE', 'PATCH'):
                for path in ('/', '/nowhere', '/api/verse/1/1', '/healthz', '/api/search/pattern_word'):
                    self.error(self.send((method, path, {}), {'Origin': 'https://evil.example'}), 403)
        self.unchanged(work)

    def test_the_own_page_may(self):
        for number, origin in enumerate(['http://127.0.0.1:%d', 'HTTP://127.0.0.1:%d', 'https://127.0.0.1:%d']):
            self.ok(self.send(('PUT', '/api/tags/x', {'n': number}), {'Origin': origin % self.server.port}))
        own = 'localhost:%d' % self.server.port
        self.ok(self.send(('PUT', '/api/tags/x', {}), {'Host': own, 'Origin': 'http://' + own}))
        # The page's host and the request's must be the same.
        self.error(self.send(('PUT', '/api/tags/x', {}), {'Origin': 'http://' + own}), 403)

    def test_no_cors_unless_allowed(self):
        for origin in ('https://evil.example', 'null', 'http://127.0.0.1:%d' % self.server.port):
            for path in READS:
                for method in ('GET', 'HEAD', 'OPTIONS'):
                    answer = self.server.request(method, path, headers={'Origin': origin, 'Access-Control-Request-Method': 'PUT'})
                    for name in answer.headers:
                        self.assertFalse(name.lower().startswith('access-control'), (method, path, name))

    def test_preflights_promise_nothing(self):
        answer = self.server.request('OPTIONS', '/api/tags/x', headers={'Origin': 'https://evil.example',
                                                                        'Access-Control-Request-Method': 'PUT',
                                                                        'Access-Control-Request-Headers': 'content-type'})
        self.assertNotIn('Access-Control-Allow-Origin', answer.headers)
        self.assertNotIn('Access-Control-Allow-Methods', answer.headers)

    def test_allowed_origins(self):
        self.restart('--allow-origin', 'https://good.example', '--allow-origin', 'http://other.example:8000')
        for origin in ('https://good.example', 'http://other.example:8000', 'https://Good.example'):
            answer = self.send(('PUT', '/api/tags/x', {}), {'Origin': origin})
            self.ok(answer)
            self.assertEqual(answer.headers['Access-Control-Allow-Origin'], origin)
            self.assertIn('Origin', answer.headers['Vary'])
            answer = self.server.get('/api/verse/1/1', headers={'Origin': origin})
            self.assertEqual(answer.headers['Access-Control-Allow-Origin'], origin)
            self.assertIn('ETag', answer.headers['Access-Control-Expose-Headers'])
            for path in ('/api/tags/x', '/api/search/pattern_word', '/api/hypotheses/1:5/h'):
                answer = self.server.request('OPTIONS', path, headers={'Origin': origin, 'Access-Control-Request-Method': 'PUT',
                                                                       'Access-Control-Request-Headers': 'content-type, if-match'})
                self.assertEqual((answer.status, answer.body), (204, b''))
                self.assertEqual(answer.headers['Access-Control-Allow-Origin'], origin)
                for method in ('GET', 'POST', 'PUT', 'DELETE'):
                    self.assertIn(method, answer.headers['Access-Control-Allow-Methods'])
                for name in ('content-type', 'authorization', 'if-match'):
                    self.assertIn(name, answer.headers['Access-Control-Allow-Headers'].lower())
        for origin in ('https://good.example.evil.example', 'https://good.example:444', 'http://good.example', 'https://evil.example/https://good.example',
                       'https://good', 'null', 'https://good.example '):
            if not origin.endswith(' '):
                self.error(self.send(('PUT', '/api/tags/x', {}), {'Origin': origin}), 403)
                self.assertNotIn('Access-Control-Allow-Origin', self.server.get('/api/verse/1/1', headers={'Origin': origin}).headers)
                # A cache must not hand the allowed page's answer to this one, nor the other way round.
                self.assertIn('Origin', self.server.get('/api/verse/1/1', headers={'Origin': origin}).headers['Vary'])
        self.assertIn('Origin', self.server.get('/api/verse/1/1').headers['Vary'])

    def test_an_allowed_page_reads_errors_too(self):
        self.restart('--allow-origin', 'https://good.example')
        for request in (('GET', '/nowhere', None), ('PUT', '/api/hypotheses/x/y', {}), ('POST', '/api/tags/x', {}), ('PUT', '/api/tags/x', 'text')):
            answer = self.send(request, {'Origin': 'https://good.example'})
            self.assertGreaterEqual(answer.status, 400)
            self.assertEqual(answer.headers['Access-Control-Allow-Origin'], 'https://good.example')


class Hosts(Guarded):
    ours = ['127.0.0.1', '127.0.0.1:%d', 'localhost', 'localhost:%d', 'LocalHost:%d', '[::1]', '[::1]:%d', '127.1.2.3:%d', '127.0.0.1:9']
    foreign = ['evil.example', 'evil.example:%d', 'localhost.evil.example', 'evil.example:80@127.0.0.1', '192.168.1.5:%d', '[2001:db8::1]:%d', 'x',
               '0.0.0.0:%d', '10.0.0.1', 'localhost@evil.example',
               # Names that begin like an address of this machine.
               '127.evil.example', '127.0.0.1.evil.example', '127.0.0.1.evil.example:%d', '127.0.0.1.nip.example', '127.0.0.1@evil.example',
               '[::1].evil.example', '::1.evil.example', '127.', '127.0.0.x']

    def test_another_name_gets_nothing(self):
        def work():
            for host in self.foreign:
                if '%d' in host:
                    host = host % self.server.port
                for path in READS:
                    with self.subTest(host=host, path=path):
                        self.error(self.server.get(path, headers={'Host': host}), 403)
                with self.subTest(host=host):
                    for request in WRITES:
                        answer = self.send(request, {'Host': host, 'Origin': 'http://' + host})
                        self.assertEqual(answer.status, 403)
                    self.assertEqual(self.server.request('OPTIONS', '/api/tags/x', headers={'Host': host}).status, 403)
        self.unchanged(work)

    def test_our_names(self):
        for host in self.ours:
            if '%d' in host:
                host = host % self.server.port
            self.assertEqual(self.server.get('/api/verse/1/1', headers={'Host': host}).status, 200, host)
            self.ok(self.send(('PUT', '/api/tags/x', {}), {'Host': host, 'Origin': 'http://' + host}))

    def test_further_names(self):
        self.restart('--allow-host', 'kalima.example', '--allow-host', 'Desk')
        for host in ('kalima.example', 'kalima.example:%d' % self.server.port, 'Kalima.Example', 'desk:80', 'localhost'):
            self.assertEqual(self.server.get('/api/verse/1/1', headers={'Host': host}).status, 200, host)
            self.ok(self.send(('PUT', '/api/tags/x', {}), {'Host': host, 'Origin': 'https://' + host.lower()}))
        for host in ('evil.example', 'x.kalima.example', 'kalima.example.evil', 'kalima.exampl'):
            self.error(self.server.get('/api/verse/1/1', headers={'Host': host}), 403)
        self.error(self.send(('PUT', '/api/tags/x', {}), {'Host': 'kalima.example', 'Origin': 'https://evil.example'}), 403)

    def test_two_hosts_in_one_request(self):
        for hosts in (b'Host: 127.0.0.1\r\nHost: evil.example\r\n', b'Host: evil.example\r\nHost: 127.0.0.1\r\n'):
            answers = server.split_answers(self.server.raw(b'GET /api/verse/1/1 HTTP/1.1\r\n' + hosts + b'Connection: close\r\n\r\n'))
            # RFC 9112, 3.2: 400. At least the server must not have answered for the foreign one.
            self.assertIn(answers[0][0], (400, 403))

    def test_an_old_client_without_a_host(self):
        answers = server.split_answers(self.server.raw(b'GET /healthz HTTP/1.0\r\n\r\n'))
        self.assertEqual(answers[0][0], 200)

    def test_ipv6(self):
        try:
            with socket.socket(socket.AF_INET6) as s:
                s.bind(('::1', 0))
        except OSError as e:
            self.skipTest('no IPv6 loopback here: %s' % e)
        self.assertTrue(self.server.healthy())
        self.server.stop()
        self.server = server.Server('--db', self.database, '--host', '::1', host='::1')
        self.addCleanup(self.server.stop)
        self.assertIn('http://[::1]:%d/' % self.server.port, self.server.line)
        own = '[::1]:%d' % self.server.port
        self.ok(self.send(('PUT', '/api/tags/x', {}), {'Host': own, 'Origin': 'http://' + own}))
        self.error(self.server.get('/api/verse/1/1', headers={'Host': 'evil.example'}), 403)
        self.error(self.send(('PUT', '/api/tags/x', {}), {'Host': own, 'Origin': 'http://evil.example'}), 403)


class ContentTypes(Guarded):
    def test_what_a_form_can_send_is_refused(self):
        def work():
            for request in WRITES:
                for kind in ('text/plain', 'application/x-www-form-urlencoded', 'text/plain; application/json',
                             'application/jsonx', 'application/json-patch+json', 'text/json', 'x', 'application/json, text/plain'):
                    with self.subTest(request=request, kind=kind):
                        self.error(self.server.request(request[0], request[1], b'{}', headers={'Content-Type': kind}), 415)
                multipart = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n{}\r\n--x--\r\n'
                self.error(self.server.request(request[0], request[1], multipart, headers={'Content-Type': 'multipart/form-data; boundary=x'}), 415)
                answer = self.server.request(request[0], request[1], b'{}', headers={'Content-Type': 'multipart/form-data; boundary=x'})
                self.assertIn(answer.status, (400, 415))
        self.unchanged(work)

    def test_none_at_all(self):
        def work():
            for method, path, body in WRITES:
                if body is None:
                    continue
                connection = self.server.connect()
                connection.putrequest(method, path)
                connection.putheader('Content-Length', '2')
                connection.endheaders(b'{}')
                answer = connection.getresponse()
                self.assertEqual(answer.status, 415, (method, path))
                json.loads(answer.read())
                connection.close()
        self.unchanged(work)

    def test_no_body_needs_no_type(self):
        self.ok(self.server.delete('/api/translations/1:1/tr-en'))
        self.ok(self.server.post('/api/v1/history/1/undo'))
        self.error(self.server.post('/api/annotations/1/5'), 400)


class Token(Guarded):
    options = ('--token', TOKEN)

    def setUp(self):
        Served.setUp(self)

    def bearer(self, token=TOKEN):
        return {'Authorization': 'Bearer ' + token}

    def test_without_it_nothing_is_answered(self):
        for path in READS:
            if path != '/healthz':
                answer = self.server.get(path)
                self.error(answer, 401)
                self.assertEqual(answer.headers['WWW-Authenticate'].split()[0], 'Bearer')
        for request in WRITES:
            self.error(self.send(request), 401)
        self.assertEqual(self.server.get('/healthz').status, 200)
        self.assertEqual(self.server.request('OPTIONS', '/api/tags/x').status, 401)

    def test_wrong_ones(self):
        for wrong in (TOKEN[:-1], TOKEN + 'x', TOKEN.lower(), '', ' ', 'x' * 21, TOKEN * 2, TOKEN + '\t' + TOKEN):
            self.error(self.server.get('/api/verse/1/1', headers=self.bearer(wrong)), 401)
            self.error(self.server.get('/api/verse/1/1', headers={'Cookie': 'kalima_token=' + wrong.strip()}), 401)
        for headers in ({'Authorization': TOKEN}, {'Authorization': 'Basic ' + TOKEN}, {'Authorization': 'Bearer'},
                        {'Cookie': 'other=' + TOKEN}, {'Cookie': 'xkalima_token=' + TOKEN}, {'Cookie': TOKEN}, {'Cookie': 'kalima_token'},
                        {'Cookie': 'kalima_token="%s"' % TOKEN}):
            self.error(self.server.get('/api/verse/1/1', headers=headers), 401)
        self.error(self.server.get('/?token=' + TOKEN[:-1]), 401)
        self.error(self.server.get('/?token='), 401)
        # In an address it would be kept in logs and histories: only the page that sets the cookie takes it there.
        self.error(self.server.get('/api/verse/1/1?token=' + TOKEN), 401)

    def test_bearer(self):
        for scheme in ('Bearer', 'bearer', 'BEARER'):
            self.ok(self.server.get('/api/verse/1/1', headers={'Authorization': '%s %s' % (scheme, TOKEN)}))
        for request in WRITES[:-1]:
            self.ok(self.send(request, self.bearer()))
        # Wrong routes are told apart only by those who know it.
        self.error(self.server.get('/nowhere', headers=self.bearer()), 404)

    def test_cookie(self):
        answer = self.server.get('/?token=' + TOKEN)
        self.assertEqual((answer.status, answer.headers['Location']), (303, '/'))
        cookie = answer.headers['Set-Cookie']
        for part in ('HttpOnly', 'SameSite=Strict', 'Path=/'):
            self.assertIn(part, cookie)
        pair = cookie.split(';')[0]
        for value in (pair, 'a=b; ' + pair, pair + '; c=d', 'kalima_token=old; ' + pair):
            self.assertEqual(self.server.get('/', headers={'Cookie': value}).status, 200)
            self.ok(self.send(('PUT', '/api/tags/x', {}), {'Cookie': value, 'Origin': 'http://127.0.0.1:%d' % self.server.port}))
        # A cookie goes with requests that other pages make; they stay refused.
        self.error(self.send(('PUT', '/api/tags/x', {}), {'Cookie': pair, 'Origin': 'https://evil.example'}), 403)
        self.error(self.send(('PUT', '/api/tags/x', {}), dict(self.bearer(), Origin='https://evil.example')), 403)
        self.error(self.server.get('/api/verse/1/1', headers={'Cookie': pair, 'Host': 'evil.example'}), 403)

    def test_a_preflight_has_no_token(self):
        self.restart('--token', TOKEN, '--allow-origin', 'https://good.example')
        answer = self.server.request('OPTIONS', '/api/tags/x', headers={'Origin': 'https://good.example', 'Access-Control-Request-Method': 'PUT'})
        self.assertEqual(answer.status, 204)
        answer = self.server.get('/api/verse/1/1', headers={'Origin': 'https://good.example'})
        self.error(answer, 401)
        self.assertEqual(answer.headers['Access-Control-Allow-Origin'], 'https://good.example')

    def test_it_is_not_logged(self):
        self.restart('--token', TOKEN, log_level='debug')
        self.server.get('/?token=' + TOKEN)
        self.server.get('/api/verse/1/1', headers=self.bearer())
        self.server.get('/api/verse/1/1', headers={'Cookie': 'kalima_token=' + TOKEN})
        self.server.stop()
        self.assertTrue(self.server.log)
        self.assertNotIn(TOKEN, self.server.log)

    def test_from_the_environment(self):
        self.restart(env=server.environment(KALIMA_TOKEN=TOKEN))
        self.error(self.server.get('/api/verse/1/1'), 401)
        self.ok(self.server.get('/api/verse/1/1', headers=self.bearer()))


class OtherAddresses(Folder):
    def setUp(self):
        super().setUp()
        self.database = server.fixture_database(self.path('quran.db'))

    def test_refused_without_protection(self):
        for host in ('0.0.0.0', '::', '192.0.2.1', 'example.org'):
            done = self.kalima('serve', '--db', self.database, '--port', 0, '--host', host, code=1, timeout=20)
            self.assertEqual(done.stdout, '')
            for word in (host, '--token', '--insecure'):
                self.assertIn(word, done.stderr)

    def test_an_empty_address_is_none(self):
        done = self.kalima('serve', '--db', self.database, '--port', 0, '--host', '', '--insecure', code=1, timeout=20)
        self.assertIn('--host: must not be empty', done.stderr)

    def test_a_token_must_be_good(self):
        for token in ('short', '', 'x' * 15, 'with space with space', 'semi;colon-semi;colon', 'é' * 20, 'a' * 20 + '\n'):
            if token == '':
                continue
            done = self.kalima('serve', '--db', self.database, '--port', 0, '--host', '0.0.0.0', '--token', token, code=1, timeout=20)
            self.assertIn('token', done.stderr)

    def test_an_empty_token_protects_nothing(self):
        self.kalima('serve', '--db', self.database, '--port', 0, '--host', '0.0.0.0', '--token', '', code=1, timeout=20)
        self.kalima('serve', '--db', self.database, '--port', 0, '--host', '0.0.0.0', code=1, timeout=20,
                    env=server.environment(KALIMA_TOKEN=''))

    def test_with_a_token(self):
        with server.Server('--db', self.database, '--host', '0.0.0.0', '--token', TOKEN) as s:
            self.assertEqual(s.get('/api/verse/1/1').status, 401)
            headers = {'Authorization': 'Bearer ' + TOKEN, 'Host': 'desk.example:80'}
            self.assertEqual(s.get('/api/verse/1/1', headers=headers).status, 200)
            self.assertEqual(s.request('PUT', '/api/tags/x', {}, headers=headers).status, 200)
            self.assertEqual(s.request('PUT', '/api/tags/x', {}, headers=dict(headers, Origin='http://evil.example')).status, 403)
            self.assertEqual(s.get('/healthz', headers={'Host': 'probe'}).status, 200)

    def test_insecure(self):
        with server.Server('--db', self.database, '--host', '0.0.0.0', '--insecure') as s:
            self.assertEqual(s.get('/api/verse/1/1', headers={'Host': 'desk.example'}).status, 200)
            self.assertEqual(s.request('PUT', '/api/tags/x', {}, headers={'Origin': 'http://evil.example'}).status, 403)
            self.assertEqual(s.request('PUT', '/api/tags/x', b'{}', headers={'Content-Type': 'text/plain'}).status, 415)

    def test_other_loopback_addresses_need_none(self):
        for host in ('127.0.0.2', 'localhost'):
            with server.Server('--db', self.database, '--host', host) as s:
                connection = http.client.HTTPConnection(host, s.port, timeout=10)
                self.assertEqual(s.request('PUT', '/api/tags/x', {}, connection=connection).status, 200)
                connection.close()


class ReadOnly(Guarded):
    def test_every_write_is_forbidden(self):
        self.restart('--read-only')

        def work():
            for request in WRITES:
                self.error(self.send(request), 403)
        self.unchanged(work)
        self.assertEqual(len(self.history()), 1)


def nested(depth):
    """{"a":[[...]]} of so many levels."""
    return b'{"a":' + b'[' * (depth - 1) + b']' * (depth - 1) + b'}'


class Bounds(Served):
    ROUTES = [r for r in WRITES if r[2] is not None]

    def refused(self, request, body, *statuses):
        answer = self.server.request(request[0], request[1], body)
        self.assertIn(answer.status, statuses, (request, answer.body[:200]))
        self.error(answer, answer.status)

    def test_bodies(self):
        before = all_answers(self.server)
        for request in self.ROUTES:
            # Over 2 MiB the body is not read at all; the connection may be closed while it is sent.
            head = b'%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n'
            size = 3 * 1000 * 1000
            text = self.server.raw(head % (request[0].encode(), request[1].encode(), size) + b'{"a":"' + b'x' * (size - 8) + b'"}')
            status, headers, body = server.split_answers(text)[0]
            self.assertEqual(status, 413)
            server.error_text(headers['content-type'], body)
            document = json.dumps({'a': ['x' * 1000] * 1100}).encode()
            self.assertLess(len(document), 2 * 1024 * 1024)
            self.refused(request, document if request[2] != [] else b'[' + document + b']', 413)
        self.assertEqual(all_answers(self.server), before)

    def test_a_document_that_just_fits(self):
        body = json.dumps({'a': ['x' * 1000] * 1040}).encode()
        body += b' ' * (1024 * 1024 - len(body))
        self.ok(self.server.post('/api/annotations/1/1', body))
        self.refused(('POST', '/api/annotations/1/1'), body + b' ', 413)
        self.assertEqual(len(self.get('/api/annotations/1/1')), 1)

    def test_depth(self):
        for request in self.ROUTES:
            for depth in (33, 64, 65, 1000, 100000):
                body = nested(depth)
                if request[2] == []:
                    body = b'[' + nested(depth - 1) + b']'
                self.refused(request, body, 400, 413)
                self.refused(request, body[:len(body) // 2], 400, 413)
        self.assertEqual(self.history(), [])
        self.ok(self.server.post('/api/annotations/1/1', nested(32)))
        self.ok(self.server.put('/api/hypotheses/1:5/hyp-1', b'{"target_meta":' + nested(31) + b'}'))
        self.ok(self.server.put('/api/hypotheses/1:5/hyp-1', b'{"evidence_entry":{"id":' + nested(30) + b'}}'))
        self.ok(self.server.put('/api/translations/1:1', b'[' + nested(31) + b']'))
        self.ok(self.server.put('/api/tags/deep', nested(32)))
        for path in ('/api/verse/1/5', '/api/verse/1/1', '/api/pronouns/1:5', '/api/tags', '/api/v1/history'):
            self.ok(self.server.get(path))
        for entry in (5, 4, 3, 2, 1):
            self.ok(self.server.post('/api/v1/history/%d/undo' % entry))

    def test_strings(self):
        most = 256 * 1024
        for request in self.ROUTES:
            body = {'a': 'x' * (most + 1)}
            self.refused(request, body if request[2] != [] else [body], 400, 413)
            body = {'k' * (most + 1): 1}
            self.refused(request, body if request[2] != [] else [body], 400, 413)
            body = {'note': 'é' * (most // 2 + 1)}
            self.refused(request, body if request[2] != [] else [body], 400, 413)
        self.ok(self.server.post('/api/annotations/1/1', {'a': 'x' * most}))

    def test_documents_of_a_verse(self):
        most = 2000
        self.ok(self.server.put('/api/translations/1:2', [{'id': str(i)} for i in range(most)]))
        self.refused(('PUT', '/api/translations/1:3'), [{'id': str(i)} for i in range(most + 1)], 400, 413)
        self.refused(('POST', '/api/translations/1:2'), {}, 400, 413)
        self.ok(self.server.put('/api/translations/1:2', [{'id': str(i)} for i in range(most - 1)]))
        self.ok(self.server.post('/api/translations/1:2', {'id': 'last'}))
        self.refused(('POST', '/api/translations/1:2'), {}, 400, 413)
        self.ok(self.server.delete('/api/translations/1:2/last'))
        self.ok(self.server.post('/api/translations/1:2', {'id': 'last'}))

    def test_a_document_does_not_grow_without_end(self):
        """Evidence is added to a hypothesis one by one; the document stays within the bound of a document."""
        connection = self.server.connect()
        for i in range(30):
            answer = self.server.put('/api/hypotheses/1:5/hyp-1', {'evidence_entry': {'note': 'x' * 100000}}, connection=connection)
            if answer.status != 200:
                break
        self.assertIn(answer.status, (400, 413), 'a document of %d bytes' % len(self.server.get('/api/hypotheses/1:5').body))
        connection.close()

    def test_names_in_paths(self):
        for path in ('/api/tags/' + 'x' * 5000, '/api/hypotheses/1:5/' + 'x' * 5000):
            answer = self.server.put(path, {})
            self.assertIn(answer.status, (200, 400, 404, 413, 414))
        for path in ('/api/tags/%00', '/api/tags/%FF%FE', '/api/tags/%0A', '/api/tags/%22%5C', '/api/hypotheses/1:5/%00'):
            answer = self.server.put(path, {'a': 1})
            self.assertIn(answer.status, (200, 400, 404), path)
            json.loads(answer.body)
        json.loads(self.server.get('/api/tags').body)

    def test_ids_of_odd_types_never_end_in_500(self):
        for odd in (5, 1.5, True, [], [1], {}, {'a': 1}, None, '', 'x' * 1000, '\0', '"', '/', '\u2028'):
            for method, path, key in (('POST', '/api/annotations/1/1', 'id'), ('POST', '/api/hypotheses/1:1', 'id'), ('POST', '/api/pronouns/1:1', 'id'),
                                      ('POST', '/api/pronouns/1:5', 'pronoun_id'), ('POST', '/api/pronouns/1:5', 'pronoun_form'),
                                      ('POST', '/api/translations/1:1', 'id'), ('POST', '/api/patterns', 'id'),
                                      ('POST', '/api/hypotheses/1:1', 'target_meta'), ('POST', '/api/hypotheses/1:1', 'target_type'),
                                      ('POST', '/api/hypotheses/1:1', 'evidence'), ('POST', '/api/hypotheses/1:1', 'evidence_note')):
                answer = self.server.request(method, path, {key: odd})
                self.assertIn(answer.status, (200, 400), (path, key, odd, answer.body[:200]))
        for path in ('/api/pronouns/1:1', '/api/pronouns/1:5', '/api/hypotheses/1:1', '/api/verse/1/1', '/api/stats', '/api/patterns', '/api/v1/history'):
            self.ok(self.server.get(path))


class NearlyFull(Served):
    """Lists one document short of their limit. They are imported, because writing thousands one by one takes minutes."""

    MOST = 2000

    def make_database(self):
        data = shutil.copytree(server.fixture_folder(), self.path('data'))
        many = [{'id': 'd%d' % i} for i in range(self.MOST - 1)]

        corpus = os.path.join(data, 'datasets', 'corpus', 'quran.jsonl')
        with open(corpus, encoding='utf-8') as f:
            verses = [json.loads(line) for line in f]
        for verse in verses:
            if verse['surah']['number'] == 113 and verse['ayah'] == 1:
                verse['annotations'] = many
            if verse['surah']['number'] == 113 and verse['ayah'] == 2:
                verse['pronoun_references'] = many  # a pronoun reference is a hypothesis too
            if verse['surah']['number'] == 113 and verse['ayah'] == 3:
                verse['structure_hypotheses'] = many
        with open(corpus, 'w', encoding='utf-8') as f:
            f.writelines(json.dumps(verse, ensure_ascii=False) + '\n' for verse in verses)

        registry = os.path.join(data, 'datasets', 'corpus', 'tags.json')
        with open(registry, encoding='utf-8') as f:
            tags = json.load(f)
        tags['tags'] = {'t%d' % i: {} for i in range(self.MOST - 1)}
        tags['patterns'] = {'d%d' % i: {'id': 'd%d' % i} for i in range(self.MOST - 1)}
        with open(registry, 'w', encoding='utf-8') as f:
            json.dump(tags, f)

        return server.import_folder(data, self.path('quran.db'))

    def test_one_more_fits_and_no_other(self):
        for path in ('/api/annotations/113/1', '/api/hypotheses/113:3', '/api/pronouns/113:2', '/api/patterns'):
            with self.subTest(path=path):
                self.post(path, {'id': 'last'})
                self.error(self.server.post(path, {'id': 'over'}), 413)
                shown = self.get(path)
                self.assertEqual(len(shown['references'] if 'pronoun' in path else shown), self.MOST)
        self.put('/api/tags/last', {})
        self.error(self.server.put('/api/tags/over', {}), 413)

    def test_changing_one_needs_no_room(self):
        self.put('/api/tags/last', {})
        self.put('/api/tags/t1', {'changed': 1})
        self.post('/api/patterns', {'id': 'last'})
        self.post('/api/patterns', {'id': 'd1', 'changed': 1})
        self.post('/api/hypotheses/113:3', {'id': 'last'})
        self.put('/api/hypotheses/113:3/d7', {'note': 'changed'})
        self.delete('/api/hypotheses/113:3/d8')
        self.post('/api/hypotheses/113:3', {'id': 'again'})


if __name__ == '__main__':
    unittest.main()
