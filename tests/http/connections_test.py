"""Connections cost no threads: clients that wait, trickle, do not read or go away, in numbers, and a system that refuses."""
import errno
import json
import os
import resource
import signal
import socket
import time
import unittest

from tests.compat import server
from tests.compat.server import split_answers, wait_until
from tests.http import sabotage

HOST = b'Host: 127.0.0.1\r\n'
GET = b'GET /api/verse/1/1 HTTP/1.1\r\n' + HOST + b'\r\n'
SECONDS = 2  # --client-seconds of the tests that wait for the end of a client's time


def head_of_post(length, headers=b'', path=b'/api/search/pattern_word'):
    return b'POST %s HTTP/1.1\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n' % (path, HOST, length, headers)


def threads_of(s):
    return len(os.listdir('/proc/%d/task' % s.process.pid))


def cpu_seconds(s):
    with open('/proc/%d/stat' % s.process.pid, encoding='utf-8') as f:
        fields = f.read().rpartition(')')[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def resident_megabytes(s):
    with open('/proc/%d/status' % s.process.pid, encoding='utf-8') as f:
        return next(int(line.split()[1]) for line in f if line.startswith('VmRSS')) / 1000


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.workplace = server.Workplace()
        cls.addClassCleanup(cls.workplace.close)
        # Both ends of the connections are of this machine; the server's limit is its own matter.
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        cls.addClassCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))

    def serve(self, *args, **more):
        s = self.workplace.serve(*args, **more)
        self.addCleanup(lambda: s.running() and s.stop())
        return s

    def sockets(self, s, count, data=b''):
        """Connections that have sent `data`, closed at the end of the test."""
        out = []
        for _ in range(count):
            one = s.socket()
            self.addCleanup(one.close)
            if data:
                one.sendall(data)
            out.append(one)
        return out

    def assert_prompt(self, s, seconds=10):
        """A newcomer is answered, long before the time of those who wait has passed (30 s)."""
        began = time.monotonic()
        self.assertEqual(s.get('/api/verse/1/1').status, 200)
        self.assertLess(time.monotonic() - began, seconds * server.TIME_FACTOR)

    def ended_within(self, sock, seconds):
        """What the server sends until it closes the connection, which must be within the time."""
        sock.settimeout(seconds * server.TIME_FACTOR)
        out = b''
        try:
            while True:
                part = sock.recv(65536)
                if not part:
                    return out
                out += part
        except ConnectionResetError:
            return out
        except TimeoutError:
            self.fail('the connection is still open after %s s' % seconds)


class ManyConnections(Case):
    COUNT = 700  # more than the server has threads

    def check(self, data):
        s = self.serve()
        held = self.sockets(s, self.COUNT, data)
        self.assert_prompt(s)
        self.assert_few_threads(s)
        return s, held

    def assert_few_threads(self, s):
        # While those answers are made, many threads may work at once; then none is left with a connection.
        wait_until(lambda: threads_of(s) < self.COUNT / 3, 15)

    def test_idle(self):
        self.check(b'')

    def test_idle_after_an_answer(self):
        s, held = self.check(GET)
        for sock in held:
            self.assertTrue(sock.recv(65536).startswith(b'HTTP/1.1 200'))
        self.assert_prompt(s)

    def test_half_a_head(self):
        self.check(GET[:-2])

    def test_half_a_body(self):
        self.check(head_of_post(100) + b'{')

    def test_waiting_to_be_asked_for_the_body(self):
        self.check(head_of_post(100, b'Expect: 100-continue\r\n'))

    def test_answers_that_are_not_read(self):
        s = self.serve()
        held = []
        for _ in range(self.COUNT):
            sock = socket.socket()
            self.addCleanup(sock.close)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            sock.connect((s.host, s.port))
            # More than fits into the system's buffers.
            sock.sendall((b'GET /api/verses HTTP/1.1\r\n' + HOST + b'\r\n') * 30)
            held.append(sock)
        self.assert_prompt(s)
        self.assert_few_threads(s)

    def test_memory(self):
        s = self.serve()
        self.assert_prompt(s)
        before = resident_megabytes(s)
        self.sockets(s, 2000)
        self.assert_prompt(s)
        # Instrumented programs need more.
        self.assertLess(resident_megabytes(s) - before, 6 * server.TIME_FACTOR)


class SlowClients(Case):
    def test_a_head_has_its_time(self):
        s = self.serve('--client-seconds', SECONDS)
        [sock] = self.sockets(s, 1)
        began = time.monotonic()
        try:
            for byte in GET[:-2] + b'X: ' + b'y' * 10000:
                sock.sendall(bytes([byte]))
                time.sleep(0.1)
                if time.monotonic() - began > 10 * SECONDS * server.TIME_FACTOR:
                    self.fail('a client that sends a byte now and then keeps its connection')
        except (BrokenPipeError, ConnectionResetError):
            pass

    def test_a_body_has_its_time(self):
        s = self.serve('--client-seconds', SECONDS)
        [sock] = self.sockets(s, 1, head_of_post(5000))
        began = time.monotonic()
        answer = b''
        sock.settimeout(0.1)
        while not answer:
            self.assertLess(time.monotonic() - began, 10 * SECONDS * server.TIME_FACTOR)
            sock.sendall(b' ')
            try:
                answer = sock.recv(65536)
            except TimeoutError:
                pass
        self.assertEqual(split_answers(answer)[0][0], 408)

    def test_a_body_that_does_not_come_is_not_waited_for(self):
        s = self.serve()
        for method in (b'POST', b'GET', b'DELETE'):
            with self.subTest(method=method):
                [sock] = self.sockets(s, 1, method + head_of_post(5)[4:])
                began = time.monotonic()
                [(status, _, _)] = split_answers(self.ended_within(sock, 15))
                self.assertEqual(status, 408)
                self.assertLess(time.monotonic() - began, 10 * server.TIME_FACTOR)

    def test_an_answer_has_its_time(self):
        s = self.serve('--client-seconds', 1)
        sock = socket.socket()
        self.addCleanup(sock.close)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        sock.connect((s.host, s.port))
        sock.sendall((b'GET /api/verses?limit=6236 HTTP/1.1\r\n' + HOST + b'\r\n') * 200)
        port = sock.getsockname()[1]

        def connected():
            with open('/proc/net/tcp', encoding='utf-8') as f:
                return any(line.split()[2].endswith(':%04X' % port) and line.split()[3] == '01' for line in f)

        wait_until(lambda: not connected(), 30)

    def test_idle_connections_end(self):
        s = self.serve('--client-seconds', 1)
        for data in (b'', GET):
            [sock] = self.sockets(s, 1, data)
            self.ended_within(sock, 15)

    def test_stopping_takes_a_known_time(self):
        s = self.serve()
        self.sockets(s, 5)
        trickling = self.sockets(s, 20, GET[:-2]) + self.sockets(s, 20, head_of_post(5000))
        for half_closed in self.sockets(s, 20, head_of_post(5000, b'Expect: 100-continue\r\n')) + self.sockets(s, 5):
            half_closed.shutdown(socket.SHUT_WR)
        for _ in range(20):
            sock = socket.socket()
            self.addCleanup(sock.close)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            sock.connect((s.host, s.port))
            sock.sendall((b'GET /api/verses?limit=6236 HTTP/1.1\r\n' + HOST + b'\r\n') * 200)
        self.assert_prompt(s)
        began = time.monotonic()
        s.process.send_signal(signal.SIGTERM)
        while s.running():
            self.assertLess(time.monotonic() - began, 10 * server.TIME_FACTOR)
            for sock in trickling:
                try:
                    sock.sendall(b' ')
                except OSError:
                    pass
            time.sleep(0.2)
        s.stop()  # looks at the exit code


class Limits(Case):
    def test_connections_of_one_client(self):
        s = self.serve('--client-connections', '5')
        held = self.sockets(s, 5, GET)
        for sock in held:
            self.assertTrue(sock.recv(65536).startswith(b'HTTP/1.1 200'))
        [sock] = self.sockets(s, 1)
        [(status, headers, body)] = split_answers(self.ended_within(sock, 10))
        self.assertEqual((status, headers['connection'], headers['retry-after']), (503, 'close', '1'))
        self.assertEqual(list(json.loads(body)), ['error'])
        held[0].close()
        wait_until(lambda: s.raw(GET).startswith(b'HTTP/1.1 200'))

    def test_clients_of_a_proxy(self):
        """Each that the proxy names has its own bound, and the proxy has none; only a proxy is believed."""
        def ask(s, client, held):
            head = b'GET /api/verses?limit=22 HTTP/1.1\r\n' + HOST + b''.join(b'X-Forwarded-For: %s\r\n' % c for c in client) + b'\r\n'
            one = s.socket()
            self.addCleanup(one.close)
            if held:
                # An answer that is not taken is one that is being given.
                one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                one.sendall(head * 400)
                return one.recv(12)
            one.sendall(head)
            return one.recv(12)
        options = ('--client-connections', 2, '--client-header', 'X-Forwarded-For')
        s = self.serve(*options)
        # The last in the list is whom the proxy has seen; of an IPv6 address the first half counts.
        for client in ([b'9.9.9.9, 1.2.3.4'], [b'2001:db8::1']):
            self.assertEqual(ask(s, client, True), b'HTTP/1.1 200')
            self.assertEqual(ask(s, client, True), b'HTTP/1.1 200')
        # When no more of those answers can be sent.
        for client in (b'1.2.3.4', b'2001:db8::2'):
            wait_until(lambda c=client: all(ask(s, [c], False) == b'HTTP/1.1 503' for _ in range(20)))
        self.assertEqual(ask(s, [b'1.2.3.4, 9.9.9.9'], False), b'HTTP/1.1 200')
        for _ in range(5):
            self.assertEqual(ask(s, [], False), b'HTTP/1.1 200')
        answer = s.get('/api/v1/corpus', headers={'X-Forwarded-For': '2001:db8::3'})
        self.assertEqual((answer.status, answer.headers['Content-Type']), (503, 'application/problem+json'))
        # A place is given back.
        s.stop()
        s = self.serve(*options)
        for _ in range(5):
            # The place of the one before is given back in a moment.
            wait_until(lambda s=s: s.get('/api/verse/1/1', headers={'X-Forwarded-For': '1.2.3.4'}).status == 200)
        # Without the option nobody is believed.
        s.stop()
        s = self.serve('--client-connections', 2)
        for _ in range(5):
            # The place of the one before is given back in a moment.
            wait_until(lambda s=s: s.get('/api/verse/1/1', headers={'X-Forwarded-For': '1.2.3.4'}).status == 200)

    def test_descriptors_run_out(self):
        limit = 150
        s = self.serve(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit)))
        self.sockets(s, 2 * limit)
        before, began = cpu_seconds(s), time.monotonic()
        for _ in range(10):
            self.assert_prompt(s)
        # Those who have begun to ask something go only after those who have not.
        self.sockets(s, 2 * limit, GET[:-2])
        for _ in range(10):
            self.assert_prompt(s)
        time.sleep(1)
        self.assertLess(cpu_seconds(s) - before, 0.5 * (time.monotonic() - began))


@unittest.skipUnless(sabotage.available(), 'Linux on x86-64 or ARM only')
class RefusedBySystem(Case):
    def test_errors_of_accept_pass(self):
        for error, waits in ((errno.ENFILE, True), (errno.EMFILE, True), (errno.ENOBUFS, True), (errno.ENOMEM, True),
                             (errno.ECONNABORTED, False), (errno.EPROTO, False)):
            with self.subTest(error=errno.errorcode[error]):
                s = self.serve(preexec_fn=sabotage.failing_accept(error))
                self.sockets(s, 3)  # the system connects them; the server does not get them
                before = cpu_seconds(s)
                time.sleep(1)
                self.assertTrue(s.running())
                if waits:
                    self.assertLess(cpu_seconds(s) - before, 0.2 * server.TIME_FACTOR)
                s.stop()

    @unittest.skipUnless(os.getuid() == 0, 'needs root to become a user with a limit')
    def test_threads_cannot_be_made(self):
        os.chmod(self.workplace.path, 0o755)
        for folder, _, names in os.walk(self.workplace.path):
            for name in [folder, *(os.path.join(folder, name) for name in names)]:
                os.chown(name, 64321, 64321)
        with self.workplace.serve() as s:
            threads = threads_of(s)

        def limited():
            resource.setrlimit(resource.RLIMIT_NPROC, (threads, threads))
            os.setgid(64321)
            os.setuid(64321)

        s = self.serve(preexec_fn=limited)
        self.assert_prompt(s)
        self.sockets(s, 80)
        body = json.dumps({'segments': [{'any_letter': True}] * 3, 'allow_prefix': True}).encode()
        asking = self.sockets(s, 80, head_of_post(len(body)) + body)
        for sock in asking:
            self.assertIn(split_answers(sock.recv(65536))[0][0], (200, 503))
        self.assert_prompt(s)
        self.assertLessEqual(threads_of(s), threads)


class BeforeTheBody(Case):
    def expect(self, s, head):
        """What comes first when the client waits to be asked for its body."""
        [sock] = self.sockets(s, 1, head)
        sock.settimeout(10 * server.TIME_FACTOR)
        return split_answers(sock.recv(65536))

    def test_a_refusal_comes_before_the_body(self):
        s = self.serve()
        waits = b'Expect: 100-continue\r\n'
        for expected, head in (
                (100, head_of_post(100, waits)),
                (100, head_of_post(100, b'expect: 100-Continue\r\n')),
                (404, head_of_post(100, waits, b'/api/nope')),
                (404, head_of_post(100, waits, b'/nope')),
                (405, head_of_post(100, waits, b'/api/verses')),
                (403, head_of_post(100, waits + b'Origin: https://evil.example\r\n')),
                (403, head_of_post(100, waits).replace(b'127.0.0.1', b'evil.example')),
                (415, head_of_post(100, waits).replace(b'application/json', b'text/plain')),
                (415, head_of_post(100, waits).replace(b'Content-Type: application/json\r\n', b'')),
                (413, head_of_post(3_000_000, waits)),
                (411, head_of_post(100, waits).replace(b'Content-Length: 100', b'Transfer-Encoding: chunked'))):
            with self.subTest(head=head):
                [(status, headers, body)] = self.expect(s, head)
                self.assertEqual(status, expected)
                if status != 100:
                    self.assertEqual(headers['connection'], 'close')
                    server.error_text(headers['content-type'], body)

    def test_a_token_is_asked_for_before_the_body(self):
        s = self.serve('--token', 'x' * 20)
        self.assertEqual(self.expect(s, head_of_post(100, b'Expect: 100-continue\r\n'))[0][0], 401)


class AbsoluteForm(Case):
    def test_its_host_counts(self):
        s = self.serve()
        body = json.dumps({'segments': [{'letter': 'ق'}]}).encode()
        for expected, target, host in ((200, b'http://127.0.0.1/api/verse/1/1', b'127.0.0.1'),
                                       (200, b'HTTP://localhost:1/api/verse/1/1', b'evil.example'),
                                       (200, b'http://127.0.0.1', b'127.0.0.1'),
                                       (200, b'http://127.0.0.1?a=b', b'127.0.0.1'),
                                       (403, b'http://evil.example/api/verse/1/1', b'127.0.0.1'),
                                       (403, b'http://127.0.0.1@evil.example/api/verse/1/1', b'127.0.0.1'),
                                       (400, b'http:///api/verse/1/1', b'127.0.0.1'),
                                       (404, b'ftp://127.0.0.1/api/verse/1/1', b'127.0.0.1')):
            with self.subTest(target=target):
                answer = split_answers(s.raw(b'GET %s HTTP/1.1\r\nHost: %s\r\n\r\n' % (target, host)))[0]
                self.assertEqual(answer[0], expected)
        answer = split_answers(s.raw(head_of_post(len(body), path=b'http://127.0.0.1/api/search/pattern_word') + body))[0]
        self.assertEqual(answer[0], 200)


if __name__ == '__main__':
    unittest.main()
