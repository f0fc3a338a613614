"""The server as a program: how it starts, what it says, how it ends, and that slow requests delay no quick ones."""
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import threading
import time
import unittest

from tests.compat import server
from tests.compat.server import json_of, split_answers, wait_until
from tests.http.case import ServerCase
from tests.http.frontend_test import write


def unread(port, client):
    """Bytes of a connection that the server at `port` has not read yet, as Linux says; None while there is no such connection."""
    with open('/proc/net/tcp', encoding='ascii') as f:
        for line in f.read().splitlines()[1:]:
            _, local, remote, _, queues = line.split()[:5]
            if (int(local.split(':')[1], 16), int(remote.split(':')[1], 16)) == (port, client):
                return int(queues.split(':')[1], 16)
    return None


class Starting(ServerCase):
    def test_it_says_where_it_is(self):
        self.assertRegex(self.server.line, r'^Kalima serves 22 verses at http://127\.0\.0\.1:%d/ ' % self.server.port)

    def test_healthz(self):
        answer = self.server.get('/healthz')
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.headers['Content-Type'], 'application/json')
        health = json_of(answer)
        self.assertEqual((health['status'], health['verses']), ('ok', 22))
        self.assertEqual(server.run('--version').stdout.splitlines()[0], 'kalima ' + health['version'])

    def test_a_port_in_use(self):
        done = server.run('serve', '--db', self.workplace.database, '--port', self.server.port)
        self.assertEqual(done.returncode, 2)
        self.assertEqual(done.stdout, '')
        self.assertIn(str(self.server.port), done.stderr)
        self.assertIn('--port', done.stderr)

    def test_an_address_that_is_not_ours(self):
        for host in ('192.0.2.1', 'no.such.host.invalid', '127.0.0.1:80'):
            with self.subTest(host=host):
                done = server.run('serve', '--db', self.workplace.database, '--port', '0', '--host', host, '--insecure', timeout=10)
                self.assertIn(done.returncode, (1, 2))
                self.assertTrue(done.stderr)

    def test_settings_that_are_wrong(self):
        for args in (['--port', '70000'], ['--port', '-1'], ['--port', 'x'], ['--port', ''], ['--threads', '0'], ['--threads', '-1'],
                     ['--threads', 'x'], ['--threads', '100000'], ['--log-level', 'loud'], ['--nope'], ['extra']):
            with self.subTest(args=args):
                done = server.run('serve', '--db', self.workplace.database, *args, timeout=10)
                self.assertEqual(done.returncode, 1)
                self.assertIn(args[0], done.stderr)

    def test_two_servers_of_one_database(self):
        with self.workplace.serve() as other:
            self.assertNotEqual(other.port, self.server.port)
            self.assertEqual(other.get('/api/verses').body, self.server.get('/api/verses').body)

    def test_ipv6(self):
        try:
            socket.create_server(('::1', 0), family=socket.AF_INET6).close()
        except OSError:
            self.skipTest('this machine has no ::1')
        for host in ('::1', '[::1]', '[0:0:0:0:0:0:0:1]', '0::1'):
            with self.subTest(host), self.workplace.serve('--host', host, host='::1') as s:
                self.assertIn('http://[', s.line)
                self.assertEqual(s.get('/api/verse/1/1').status, 200)

    def test_the_environment_may_set_everything(self):
        write(self.workplace.path, 'site', 'index.html', content='from the environment')
        write(self.workplace.path, 'mine', 'note.md', content='mine')
        write(self.workplace.path, 'books', 'b.txt', content='a rare word')
        env = server.environment(KALIMA_DB=self.workplace.database, KALIMA_HOST='127.0.0.1', KALIMA_THREADS='3',
                                 KALIMA_STATIC=os.path.join(self.workplace.path, 'site'), KALIMA_NOTES=os.path.join(self.workplace.path, 'mine'),
                                 KALIMA_RESOURCES=os.path.join(self.workplace.path, 'books'))
        with server.Server(env=env) as s:
            self.assertEqual(s.get('/').body, b'from the environment')
            self.assertEqual(json_of(s.get('/api/notes'))['notes'][0]['path'], 'note.md')
            self.assertEqual(json_of(s.get('/api/library_search?q=rare'))['count'], 1)
        # The port: one that is taken, so that the program says which it tried.
        env['KALIMA_PORT'] = str(self.server.port)
        done = server.run('serve', env=env, timeout=5)
        self.assertEqual(done.returncode, 2)
        self.assertIn(str(self.server.port), done.stderr)
        # The command line goes first.
        with server.Server('--db', self.workplace.database, env=dict(env, KALIMA_DB='/nowhere')) as s:
            self.assertTrue(s.healthy())

    def test_a_wrong_setting_in_the_environment_is_refused_too(self):
        # A program that starts in spite of it would have to be stopped: on a port that is taken it does not start.
        for name, value in (('KALIMA_PORT', 'x'), ('KALIMA_PORT', '70000'), ('KALIMA_THREADS', '0'), ('KALIMA_LOG_LEVEL', 'loud'),
                            ('KALIMA_TOKEN', 'short')):
            with self.subTest(name=name, value=value):
                port = [] if name == 'KALIMA_PORT' else ['--port', self.server.port]
                try:
                    done = server.run('serve', '--db', self.workplace.database, *port, env=server.environment(**{name: value}), timeout=5)
                except subprocess.TimeoutExpired:
                    self.fail('it serves as if nothing had been set')
                self.assertEqual(done.returncode, 1, done.stderr)
                option = '--' + name[len('KALIMA_'):].lower().replace('_', '-')
                self.assertRegex(done.stderr, '%s|%s' % (name, option))

    def test_the_default_place_of_the_database(self):
        home = os.path.join(self.workplace.path, 'home')
        env = server.environment(XDG_DATA_HOME=home)
        # `serve` would make one there; tests/starter has that.
        done = server.run('check', env=env, timeout=10)
        self.assertEqual(done.returncode, 1)
        self.assertIn(os.path.join(home, 'kalima'), done.stderr)
        self.assertIn('kalima import', done.stderr)
        self.assertEqual(server.run('import', '--legacy', self.workplace.data, env=env).returncode, 0)
        with server.Server(env=env) as s:
            self.assertEqual(json_of(s.get('/healthz'))['verses'], 22)


class Help(unittest.TestCase):
    def test_every_command_explains_itself(self):
        everything = server.run('--help')
        self.assertEqual(everything.returncode, 0)
        commands = ['import', 'serve', 'reindex']
        for command in commands:
            self.assertRegex(everything.stdout, r'(?m)^\s+%s\s+\w' % command)
            done = server.run(command, '--help')
            self.assertEqual((done.returncode, done.stderr), (0, ''))
            self.assertIn('--db', done.stdout)
        serve = server.run('serve', '--help').stdout
        for option in ('db', 'host', 'port', 'threads', 'static', 'notes', 'resources', 'log-level', 'open'):
            self.assertIn('--' + option, serve)
            self.assertIn('KALIMA_' + option.upper().replace('-', '_'), serve)
        self.assertIn('127.0.0.1', serve)
        self.assertIn('8080', serve)
        self.assertIn('--legacy', server.run('import', '--help').stdout)

    def test_commands_that_are_none(self):
        for args in (['nope'], ['--nope'], ['import'], ['import', '--legacy'], ['reindex', 'extra']):
            with self.subTest(args=args):
                done = server.run(*args)
                self.assertEqual(done.returncode, 1)
                self.assertTrue(done.stderr)


class Logging(unittest.TestCase):
    def logged(self, level):
        with server.Workplace() as workplace:
            with workplace.serve(log_level=level) as s:
                s.get('/api/verse/1/1')
                s.get('/api/search?q=%D9%82&limit=abc')
                s.post('/api/search/pattern_word', {'segments': [{'letter': 'ق'}]})
                s.request('HEAD', '/api/nope')
                s.get('/api/search?q=' + 'x' * 5000 + '%0Ay')
            return s.log

    def test_a_line_for_each_request(self):
        lines = self.logged('info').splitlines()
        found = [re.search(r'info (\w+) (\S+) (\d+) (\d+) (\d+\.\d+) ms$', line) for line in lines]
        requests = [m.groups() for m in found if m]
        self.assertEqual([(m, p, s) for m, p, s, _, _ in requests[:4]],
                         [('GET', '/api/verse/1/1', '200'), ('GET', '/api/search?q=%D9%82&limit=abc', '400'),
                          ('POST', '/api/search/pattern_word', '200'), ('HEAD', '/api/nope', '404')])
        self.assertEqual(len(requests), 5)
        self.assertGreater(int(requests[0][3]), 1000)
        # Each begins with a time, and no line is endless.
        for line in lines:
            self.assertRegex(line, r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d')
            self.assertLess(len(line), 1000)

    def test_only_when_asked_for(self):
        for level in ('error', 'warning'):
            self.assertNotIn('/api/', self.logged(level))

    def test_slow_requests(self):
        with server.Workplace() as workplace:
            with workplace.serve('--slow-ms', '0') as s:
                s.get('/api/verse/1/1')
                s.get('/api/v1/roots?token=secret')
            self.assertRegex(s.log, r'warning slow request: GET /api/verse/1/1 200 \d+ \d+\.\d+ ms\n')
            self.assertRegex(s.log, r'warning slow request: GET /api/v1/roots 200 ')
            self.assertNotIn('secret', s.log)

    def test_a_request_cannot_write_lines_of_its_own(self):
        with server.Workplace() as workplace:
            with workplace.serve(log_level='info') as s:
                s.raw(b'GET /a%0A2024-01-01T00:00:00.000%20error%20forged HTTP/1.1\r\nHost: x\r\n\r\n')
                s.raw(b'GET /a\x1b[31m\x07\x0b HTTP/1.1\r\nHost: x\r\n\r\n')
                s.raw(b'BREW\x1b[0m / HTTP/1.1\r\nHost: x\r\n\r\n')
            for line in s.log.splitlines():
                self.assertNotRegex(line, r'^2024-01-01')
            self.assertNotIn('\x1b[31m', s.log)
            self.assertNotIn('\x07', s.log)


class Ending(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.workplace = server.Workplace()
        cls.addClassCleanup(cls.workplace.close)

    def test_both_signals_end_it(self):
        for how in (signal.SIGTERM, signal.SIGINT):
            s = self.workplace.serve()
            self.assertTrue(s.healthy())
            s.stop(how)

    def test_idle_connections_do_not_hold_it(self):
        s = self.workplace.serve()
        idle = [s.socket() for _ in range(10)]
        for connection in idle[:5]:
            connection.sendall(b'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
            connection.recv(1000)
        began = time.monotonic()
        s.stop()
        self.assertLess(time.monotonic() - began, 5 * server.TIME_FACTOR)
        for connection in idle:
            connection.close()

    def test_a_request_that_was_begun_is_finished(self):
        body = json.dumps({'segments': [{'any_letter': True}], 'allow_suffix': True}).encode()
        s = self.workplace.serve()
        expected = s.post('/api/search/pattern_word', body).body
        connection = s.socket()
        connection.sendall(b'POST /api/search/pattern_word HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n'
                           b'Content-Length: %d\r\n\r\n%s' % (len(body), body[:5]))
        wait_until(lambda: unread(s.port, connection.getsockname()[1]) == 0)
        s.process.send_signal(signal.SIGTERM)
        # It takes no new connections any more, ...
        def refused():
            try:
                s.socket(1).close()
                return False
            except OSError:
                return True
        wait_until(refused)
        # ... but the request that it had begun to read is answered.
        connection.sendall(body[5:])
        [(status, _, content)] = split_answers(server.read_all(connection))
        self.assertEqual((status, content), (200, expected))
        connection.close()
        s.stop()

    def test_requests_under_way_are_answered(self):
        for _ in range(3):
            s = self.workplace.serve()
            expected = s.get('/api/verses').body
            wrong, done = [], []

            def client():
                connection = s.connect()
                while not wrong:
                    try:
                        answer = s.get('/api/verses', connection=connection)
                    except (OSError, server.http.client.HTTPException):
                        return  # refused: the server is on its way out
                    if answer.body != expected:
                        wrong.append(answer.body[-100:])
                    done.append(1)

            threads = [threading.Thread(target=client) for _ in range(4)]
            for thread in threads:
                thread.start()
            wait_until(lambda: len(done) > 20)
            s.stop()
            for thread in threads:
                thread.join()
            self.assertEqual(wrong, [])


class SlowRequests(unittest.TestCase):
    """Eight clients keep the server busy with the most expensive search that we know; a ninth asks for a verse."""

    CLIENTS = 8

    @classmethod
    def setUpClass(cls):
        cls.workplace = server.Workplace()
        cls.addClassCleanup(cls.workplace.close)
        # A verse of repeated tatweel, which matches any letter, a given letter, and what may come between letters.
        corpus = os.path.join(cls.workplace.data, 'datasets', 'corpus', 'quran.jsonl')
        with open(corpus, 'a', encoding='utf-8') as f:
            f.write(json.dumps({'surah': {'number': 2, 'name': 'N'}, 'ayah': 1, 'text': '\u0640' * 1000 + '\u06df', 'tokens': []}) + '\n')
        cls.workplace.import_data()

    def test_a_quick_request_is_answered_at_once(self):
        with self.workplace.serve() as s:
            def expensive(number):
                # The number keeps the answer from coming out of the cache.
                return {'segments': [{'any_letter': True, 'any_diacritics': True}] * 60, 'allow_prefix': True, 'limit': 0, 'n': number}

            self.assertEqual(json_of(s.post('/api/search/pattern_word', expensive(-1)))['count'], 0)
            stop, finished, failed = threading.Event(), [], []

            def busy(first):
                connection = s.connect(300)
                number = first
                while not stop.is_set():
                    began = time.monotonic()
                    answer = s.post('/api/search/pattern_word', expensive(number), connection=connection)
                    finished.append(time.monotonic() - began)
                    number += self.CLIENTS
                    if answer.status != 200:
                        failed.append(answer)

            threads = [threading.Thread(target=busy, args=(i,)) for i in range(self.CLIENTS)]
            for thread in threads:
                thread.start()
            wait_until(lambda: len(finished) >= 2, 60)
            times = []
            # Separate connections, and one that stays open.
            connection = s.connect()
            for i in range(40):
                began = time.monotonic()
                answer = s.get('/api/verse/1/1', connection=connection if i % 2 else None)
                times.append(time.monotonic() - began)
                self.assertEqual(answer.status, 200)
            stop.set()
            for thread in threads:
                thread.join()
            self.assertEqual(failed, [])
            # One that waited for a search would take about as long as searches do. Both are measured at the same time, so that
            # it does not matter what else the machine does.
            self.assertLess(5 * statistics.median(times), statistics.median(finished), sorted(times))


if __name__ == '__main__':
    unittest.main()
