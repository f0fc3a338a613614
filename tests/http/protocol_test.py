"""HTTP itself, over raw sockets: keep-alive, HEAD, bodies in every form, requests that are broken or hostile."""
import json
import random
import socket
import threading
import time
import unittest

from tests.compat import server
from tests.compat.server import split_answers
from tests.http.case import ServerCase

HOST = b'Host: 127.0.0.1\r\n'
GET = b'GET /api/verse/1/1 HTTP/1.1\r\n' + HOST + b'\r\n'
BODY = json.dumps({'segments': [{'letter': 'ق', 'any_diacritics': True}], 'allow_suffix': True}, ensure_ascii=False).encode()


def post(body=BODY, headers=b'', path=b'/api/search/pattern_word'):
    return b'POST %s HTTP/1.1\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n%s' % (path, HOST, len(body), headers, body)


class Protocol(ServerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.verse = cls.server.get('/api/verse/1/1').body
        cls.found = cls.server.post('/api/search/pattern_word', BODY).body

    def answers(self, data):
        return split_answers(self.server.raw(data))

    def one(self, data):
        answers = self.answers(data)
        self.assertEqual(len(answers), 1, answers)
        return answers[0]

    def assert_refused(self, data, *statuses):
        """A JSON error and nothing after it."""
        answer = self.one(data)
        self.assert_error(answer, *statuses)

    def test_keep_alive(self):
        connection = self.server.connect()
        for _ in range(200):
            self.assertEqual(self.server.get('/api/verse/1/1', connection=connection).body, self.verse)
            sock = connection.sock
            self.assertEqual(self.server.post('/api/search/pattern_word', BODY, connection=connection).body, self.found)
            # http.client opens another connection without a word when the server has closed the first.
            self.assertIs(connection.sock, sock)
        connection.close()

    def test_a_connection_that_is_said_to_close_closes(self):
        for path in (b'/api/nope', b'/api/verses?limit=-1', b'/api/verse/2/2', b'/api/verse/1/1'):
            with self.subTest(path=path), self.server.socket() as s:
                s.settimeout(5 * server.TIME_FACTOR)
                request = b'GET ' + path + b' HTTP/1.1\r\n' + HOST + b'\r\n'
                s.sendall(request)
                reader = s.makefile('rb')
                head = b''
                while not head.endswith(b'\r\n\r\n'):
                    head += reader.readline()
                [(_, headers, _)] = split_answers(head)
                reader.read(int(headers['content-length']))
                if headers.get('connection', '').lower() == 'close':
                    self.assertEqual(reader.read(), b'')
                else:
                    s.sendall(request)
                    self.assertTrue(reader.readline().startswith(b'HTTP/1.1 '))

    def test_a_client_that_wants_the_end_gets_it(self):
        with self.server.socket() as s:
            s.sendall(b'GET /api/verse/1/1 HTTP/1.1\r\n' + HOST + b'Connection: close\r\n\r\n')
            [(status, headers, body)] = split_answers(server.read_all(s))  # read_all returns when the server closes
            self.assertEqual((status, body), (200, self.verse))
            self.assertEqual(headers['connection'].lower(), 'close')

    def test_http_1_0(self):
        with self.server.socket() as s:
            s.sendall(b'GET /api/verse/1/1 HTTP/1.0\r\n\r\n')
            [(status, headers, body)] = split_answers(server.read_all(s))
            self.assertEqual((status, body), (200, self.verse))
            self.assertEqual(int(headers['content-length']), len(self.verse))

    def test_head_is_get_without_the_body(self):
        connection = self.server.connect()
        for path in ('/', '/healthz', '/api/verse/1/1', '/api/verses', '/api/roots', '/api/search?q=%D9%82', '/api/search/morphology?q=v',
                     '/api/verse/9/9', '/api/nope', '/api/verses?limit=abc', '/api/morph_patterns'):
            with self.subTest(path=path):
                get = self.server.get(path, connection=connection)
                head = self.server.request('HEAD', path, connection=connection)
                self.assertEqual(head.body, b'')
                self.assertEqual(head.status, get.status)
                self.assertEqual(head.headers['Content-Length'], str(len(get.body)))
                self.assertEqual(head.headers['Content-Type'], get.headers['Content-Type'])
        connection.close()
        # On a raw socket: not one byte of a body.
        data = self.server.raw(b'HEAD /api/verses HTTP/1.1\r\n' + HOST + b'\r\n')
        self.assertTrue(data.endswith(b'\r\n\r\n'))
        self.assertEqual(data.count(b'\r\n\r\n'), 1)

    def test_every_answer_has_its_length(self):
        for path in ('/api/verses', '/api/roots', '/api/search?q=a', '/api/surah/1', '/api/nope', '/', '/healthz'):
            answer = self.server.get(path)
            self.assertEqual(answer.headers['Content-Length'], str(len(answer.body)), path)
            self.assertNotIn('Transfer-Encoding', answer.headers)

    def test_pipelined_requests_are_answered_in_their_order(self):
        paths = [b'/api/verse/1/%d' % (i % 7 + 1) for i in range(30)]
        answers = self.answers(b''.join(b'GET %s HTTP/1.1\r\n%s\r\n' % (path, HOST) for path in paths))
        self.assertEqual([json.loads(body)['ayah'] for _, _, body in answers], [i % 7 + 1 for i in range(30)])
        answers = self.answers(post() + GET + post() + GET)
        self.assertEqual([body for _, _, body in answers], [self.found, self.verse] * 2)

    def test_many_requests_of_one_connection(self):
        """More than are answered in a row, one after the other and all at once."""
        with self.server.socket(5) as s:
            reader = s.makefile('rb')
            for i in range(300):
                s.sendall(GET)
                [(status, headers, _)] = split_answers(b''.join(iter(reader.readline, b'\r\n')))
                self.assertEqual((status, reader.read(int(headers['content-length']))), (200, self.verse), i)
        self.assertEqual([body for _, _, body in self.answers(GET * 300)], [self.verse] * 300)

    def test_a_request_that_begins_in_the_packet_of_another(self):
        for cut in (1, 20, len(GET) - 1):
            with self.subTest(cut=cut), self.server.socket() as s:
                s.sendall(GET + GET[:cut])
                time.sleep(0.2)
                s.sendall(GET[cut:])
                s.shutdown(socket.SHUT_WR)
                self.assertEqual([body for _, _, body in split_answers(server.read_all(s))], [self.verse] * 2)

    def test_requests_in_small_pieces(self):
        for data, expected in ((GET, self.verse), (post(), self.found)):
            with self.server.socket() as s:
                s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for i in range(len(data)):
                    s.sendall(data[i:i + 1])
                    if i % 16 == 0:
                        time.sleep(0.001)
                s.shutdown(socket.SHUT_WR)
                [(status, _, body)] = split_answers(server.read_all(s))
                self.assertEqual((status, body), (200, expected))

    def test_a_get_with_a_body_does_not_harm_the_next_request(self):
        for body in (b'x', b'GET /api/nope HTTP/1.1\r\n\r\n', BODY, b'x' * 100000):
            request = b'GET /api/verse/1/1 HTTP/1.1\r\n%sContent-Length: %d\r\n\r\n%s' % (HOST, len(body), body)
            with self.subTest(body=body[:20]):
                answers = self.answers(request + GET)
                # Read and ignored, or the connection closed after the answer; never read as a request.
                self.assertIn(len(answers), (1, 2))
                for status, _, content in answers:
                    self.assertIn(status, (200, 400, 413))
                    if status == 200:
                        self.assertEqual(content, self.verse)

    def test_methods_without_a_body(self):
        for method in (b'POST', b'PUT', b'DELETE', b'PATCH'):
            for length in (b'', b'Content-Length: 0\r\n'):
                answers = self.answers(b'%s /api/search/pattern_word HTTP/1.1\r\n%s%s\r\n' % (method, HOST, length) + GET)
                with self.subTest(method=method, length=length):
                    self.assertIn(len(answers), (1, 2))
                    self.assert_error(answers[0])
                    if len(answers) == 2:
                        self.assertEqual(answers[1][2], self.verse)

    def test_chunked_bodies(self):
        chunked = b'POST /api/search/pattern_word HTTP/1.1\r\n' + HOST + b'Transfer-Encoding: chunked\r\n\r\n'
        whole = chunked + b'%x\r\n%s\r\n0\r\n\r\n' % (len(BODY), BODY)
        answers = self.answers(whole)
        self.assertEqual(len(answers), 1)
        status, headers, body = answers[0]
        if status == 200:
            self.assertEqual(body, self.found)
        else:
            self.assert_error((status, headers, body), 411, 501)
        # A body that goes on for ever, one whose size is a lie or no number: the end of each is an error, or the end.
        for rest in (b'ffffffffffffffff\r\nx', b'-1\r\nx', b'zz\r\nx', b'5\r\nx', b'0x5\r\nabcde\r\n0\r\n\r\n', b'', b'5;' + b'e' * 100000 + b'\r\nabcde\r\n'):
            for status, headers, body in self.answers(chunked + rest):
                self.assert_error((status, headers, body))
        # More than a body may have, in chunks.
        with self.server.socket() as s:
            refused = b''
            try:
                s.sendall(chunked)
                for _ in range(40):
                    s.sendall(b'100000\r\n' + b'x' * 0x100000 + b'\r\n')
                s.shutdown(socket.SHUT_WR)
            except (BrokenPipeError, ConnectionResetError):
                pass
            refused = server.read_all(s)
            for status, headers, body in split_answers(refused):
                self.assert_error((status, headers, body), 411, 413, 501)

    def test_lengths_that_cannot_be_trusted(self):
        for headers in (b'Content-Length: -1\r\n', b'Content-Length: abc\r\n', b'Content-Length: 1 2\r\n', b'Content-Length: 0x10\r\n',
                        b'Content-Length: 99999999999999999999999\r\n', b'Content-Length: 18446744073709551615\r\n',
                        b'Content-Length: +5\r\n', b'Content-Length: \r\n', b'Content-Length: 5, 5\r\n',
                        b'Content-Length: 5\r\nContent-Length: 6\r\n',
                        b'Transfer-Encoding: gzip, chunked\r\n', b'Transfer-Encoding: identity\r\n', b'Transfer-Encoding: chunked, chunked\r\n',
                        b'Transfer-Encoding: chunked\r\nContent-Length: 5\r\n', b'Transfer-Encoding: xchunked\r\n',
                        b'Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n'):
            with self.subTest(headers=headers):
                answers = self.answers(b'POST /api/search/pattern_word HTTP/1.1\r\n' + HOST + headers + b'\r\n' + b'hello' + GET)
                # Where such a body ends nobody knows: one error, and what follows is not taken for a request.
                self.assertEqual(len(answers), 1)
                self.assert_error(answers[0], 400, 411, 413, 501)

    def test_compressed_bodies_are_refused(self):
        for coding in (b'gzip', b'br', b'deflate', b'x', b'gzip, gzip'):
            self.assert_refused(post(headers=b'Content-Encoding: ' + coding + b'\r\n'), 415)

    def test_a_range_is_not_needed(self):
        # RFC 9110 (14.2): a server may ignore it, and then sends all.
        for value in (b'bytes=0-9', b'bytes=5-', b'bytes=-5', b'bytes=0-0,5-6', b'bytes=999999-', b'bytes=9-1', b'x=1', b'bytes=',
                      b','.join([b'bytes=0-'] + [b'0-'] * 1000)):
            with self.subTest(value=value[:30]):
                status, headers, body = self.one(b'GET /api/verse/1/1 HTTP/1.1\r\n%sRange: %s\r\n\r\n' % (HOST, value))
                if status == 200:
                    self.assertEqual(body, self.verse)
                else:
                    self.assert_error((status, headers, body), 400, 416)

    def test_a_client_that_waits_to_be_asked_for_its_body(self):
        answers = self.answers(post(headers=b'Expect: 100-continue\r\n'))
        final = answers[-1]
        self.assertIn([status for status, _, _ in answers[:-1]], ([], [100]))
        self.assertEqual((final[0], final[2]), (200, self.found))
        with self.server.socket() as s:
            head, _, body = post(headers=b'Expect: 100-continue\r\n').partition(b'\r\n\r\n')
            s.sendall(head + b'\r\n\r\n')
            asked = b''
            while not asked.endswith(b'\r\n\r\n'):  # it may come in parts
                part = s.recv(1)
                self.assertTrue(part, asked)
                asked += part
            self.assertTrue(asked.startswith(b'HTTP/1.1 100'))
            s.sendall(body)
            s.shutdown(socket.SHUT_WR)
            [(status, _, content)] = split_answers(server.read_all(s))
            self.assertEqual((status, content), (200, self.found))
        self.assertIn(self.answers(post(headers=b'Expect: a-miracle\r\n'))[-1][0], (200, 417))

    def test_many_headers(self):
        for count in (50, 1000, 20000):
            request = b'GET /api/verse/1/1 HTTP/1.1\r\n' + HOST + b''.join(b'X-%d: y\r\n' % i for i in range(count)) + b'\r\n'
            with self.subTest(count=count):
                for answer in self.answers(request):
                    if count == 50:
                        self.assertEqual(answer[2], self.verse)
                    else:
                        self.assert_error(answer, 400, 431)

    def test_long_headers(self):
        for size in (4000, 100000, 5000000):
            for request in (b'GET /api/verse/1/1 HTTP/1.1\r\n' + HOST + b'X: ' + b'y' * size + b'\r\n\r\n',
                            b'GET /api/verse/1/1 HTTP/1.1\r\n' + HOST + b'X' * size + b': y\r\n\r\n'):
                with self.subTest(size=size, request=request[:60]):
                    for answer in self.answers(request):
                        if answer[0] == 200:
                            self.assertEqual(answer[2], self.verse)
                        else:
                            self.assert_error(answer, 400, 431)
        # A line that never ends does not fill the memory: the server gives up long before.
        with self.server.socket() as s:
            sent = 0
            try:
                s.sendall(b'GET / HTTP/1.1\r\nX: ')
                for _ in range(64):
                    s.sendall(b'y' * 1000000)
                    sent += 1
                s.shutdown(socket.SHUT_WR)
            except (BrokenPipeError, ConnectionResetError):
                pass
            for answer in split_answers(server.read_all(s)):
                self.assert_error(answer, 400, 431)
        self.assertLess(sent, 64)

    def test_what_is_too_long_is_said(self):
        for size in (70_000, 140_000, 400_000):
            with self.subTest(size=size):
                [answer] = self.answers(b'GET /healthz?q=' + b'a' * size + b' HTTP/1.1\r\n' + HOST + b'\r\n')
                self.assert_error(answer, 414)
        for headers in (b'Cookie: ' + b'y' * 9000 + b'\r\n', b''.join(b'X-%d: y\r\n' % i for i in range(101)), b'X: ' + b'y' * 300_000 + b'\r\n'):
            with self.subTest(headers[:20]):
                [answer] = self.answers(b'GET /healthz HTTP/1.1\r\n' + HOST + headers + b'\r\n')
                self.assert_error(answer, 431)

    def test_long_request_lines(self):
        for size in (100000, 1000000, 20000000):
            answers = self.answers(b'GET /' + b'x' * size + b' HTTP/1.1\r\n' + HOST + b'\r\n')
            for answer in answers:
                self.assert_error(answer, 400, 404, 414, 431)
        for path in (b'/' + b'a/' * 20000, b'/' + b'%2F' * 10000, b'/' + b'../' * 10000):
            for method in (b'GET', b'POST', b'DELETE'):
                answer = self.server.request(method.decode(), path.decode(), b'' if method == b'POST' else None)
                self.assert_error(answer, 404, 405, 414)

    def test_header_values_do_not_become_headers(self):
        for answer in self.answers(b'GET /api/search?q=%0D%0AX-Injected:%20yes&limit=%0D%0AX-Injected:1 HTTP/1.1\r\n' + HOST + b'\r\n'
                                   + b'GET /%0D%0AX-Injected:%20yes HTTP/1.1\r\n' + HOST + b'\r\n'
                                   + b'GET /static/%0D%0AX-Injected:%20yes HTTP/1.1\r\n' + HOST + b'\r\n'):
            self.assertNotIn('x-injected', answer[1])
            self.assert_error(answer)

    def test_what_is_no_http(self):
        for data in (b'\r\n\r\n', b'\n', b'hello\r\n\r\n', b'GET\r\n\r\n', b'GET /\r\n\r\n', b'GET / HTTP\r\n\r\n', b'GET / HTTP/9.9\r\n\r\n',
                     b'GET / HTTP/1.1 extra\r\n\r\n', b'GET  / HTTP/1.1\r\n\r\n', b' GET / HTTP/1.1\r\n\r\n', b'GET / HTTP/1.1\r\nno colon\r\n\r\n',
                     b'GET / HTTP/1.1\r\n: empty\r\n\r\n', b'GET / HTTP/1.1\r\nX : y\r\n\r\n', b'GET / HTTP/1.1\r\nX: a\x00b\r\n\r\n',
                     b'GET / HTTP/1.1\r\nX\x00: y\r\n\r\n', b'GET / HTTP/1.1\nHost: x\n\n', b'\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03' + b'\x00' * 500,
                     b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', b'GET http://evil/ HTTP/1.1\r\n\r\n', b'GET * HTTP/1.1\r\n\r\n', b'OPTIONS * HTTP/1.1\r\n\r\n',
                     b'CONNECT evil:80 HTTP/1.1\r\n\r\n', b'GET /\x00 HTTP/1.1\r\n\r\n', b'GET /\xff\xfe HTTP/1.1\r\n\r\n', b'\x00' * 1000, b'\xff' * 70000,
                     b'GET /api/verse/1/1 HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', b'GET /api/verse/1/1 HTTP/1.1\r\n folded: x\r\n\r\n'):
            with self.subTest(data=data[:50]):
                for status, headers, body in self.answers(data):
                    self.assertLess(status, 500)
                    if status >= 400:
                        self.assert_error((status, headers, body))

    def test_random_bytes(self):
        R = random.Random(3)
        samples = [GET, post(), b'HEAD / HTTP/1.1\r\n' + HOST + b'\r\n', GET + post()]
        for _ in range(150):
            data = bytearray(R.choice(samples))
            for _ in range(R.randint(1, 5)):
                kind, at = R.random(), R.randrange(len(data))
                if kind < .4:
                    data[at] = R.randrange(256)
                elif kind < .7:
                    data[at:at] = R.choice([b'\r\n', b'\n', b' ', b':', b'\x00', b'%', b'\xff', b'x' * 5000])
                else:
                    del data[at:at + R.randint(1, 10)]
                if not data:
                    data = bytearray(b'x')
            for status, headers, body in self.answers(bytes(data)):
                # 505 is for a version that a changed byte made; it and 501 are not failures of the server.
                self.assertTrue(status < 500 or status in (501, 505), (status, bytes(data)))
                if status >= 400 and int(headers.get('content-length', 0)) == len(body) and body:
                    self.assert_json_error(headers, body)

    def test_clients_that_go_away(self):
        for data in (b'', b'G', b'GET /api/verses HTTP/1.1', b'GET /api/verses HTTP/1.1\r\nHost: x\r\n', post()[:-10], post()[:60], GET[:-2]):
            for how in ('close', 'reset', 'half'):
                s = self.server.socket()
                s.sendall(data)
                if how == 'reset':
                    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b'\x01\x00\x00\x00\x00\x00\x00\x00')
                if how == 'half':
                    s.shutdown(socket.SHUT_WR)
                    for answer in split_answers(server.read_all(s)):
                        self.assert_error(answer)
                s.close()
        # Gone while a large answer is sent to it.
        for _ in range(20):
            s = self.server.socket()
            s.sendall(b'GET /api/verses HTTP/1.1\r\n' + HOST + b'\r\n' + b'GET /api/search?q= HTTP/1.1\r\n' + HOST + b'\r\n')
            s.recv(10)
            s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b'\x01\x00\x00\x00\x00\x00\x00\x00')
            s.close()

    def test_idle_and_slow_clients_delay_nobody(self):
        idle = [self.server.socket() for _ in range(40)]
        for s in idle:
            self.addCleanup(s.close)
        for i, s in enumerate(idle):
            s.sendall([b'', b'GET /api', GET, post()[:100]][i % 4])
        began = time.monotonic()
        for _ in range(20):
            self.assertEqual(self.server.get('/api/verse/1/1').body, self.verse)
        # The server waits 30 seconds for the rest of a request.
        self.assertLess(time.monotonic() - began, 25)

    def test_many_connections_at_once(self):
        wrong = []

        def client():
            try:
                connection = self.server.connect()
                for _ in range(5):
                    if self.server.get('/api/verse/1/1', connection=connection).body != self.verse:
                        wrong.append('another body')
                connection.close()
            except OSError as e:
                wrong.append(repr(e))

        threads = [threading.Thread(target=client) for _ in range(100)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])


if __name__ == '__main__':
    unittest.main()
