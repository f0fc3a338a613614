"""While an import is going on: its progress and events, a second one, an end on request, files that come slowly or not at all,
and requests, of which none fails and no write is lost."""
import json
import os
import socket
import threading
import unittest

from tests.cli import public_files as made
from tests.compat import server
from tests.imports.support import FINAL, IMPORTS, Asking, Imports, form, lines, published

VERSES = len(made.verses())


def read_events(started, of, last=FINAL):
    """The states of the events of an import, until one is final."""
    states = []
    while not states or states[-1]['state'] not in last:
        connection = started.connect(60)
        connection.request('GET', '%s/%s/events' % (IMPORTS, of['id']))
        answer = connection.getresponse()
        if answer.status != 200 or answer.headers['Content-Type'] != 'text/event-stream':
            raise AssertionError((answer.status, dict(answer.headers)))
        for line in answer:
            if line.startswith(b'data: '):
                states.append(json.loads(line[6:]))
        connection.close()
    return states


class Follow(Imports):
    def test_events(self):
        begun = self.begin(published())
        states = read_events(self.server, begun)
        self.assertEqual(states[-1], self.now(begun))
        self.assertEqual(states[-1]['state'], 'done')
        progress = [state['progress'] for state in states]
        self.assertEqual(progress, sorted(progress))
        self.assertEqual(progress[-1], 1)
        # One who comes late sees the end at once.
        self.assertEqual(read_events(self.server, begun), states[-1:])

    def test_who_listens_does_not_keep_the_server(self):
        connection, _ = self.slow(published())
        begun = self.begin_other_way()
        listening = self.server.connect(60)
        listening.request('GET', '%s/%s/events' % (IMPORTS, begun['id']))
        self.assertEqual(listening.getresponse().status, 200)
        self.server.stop()
        connection.close()
        listening.close()

    def begin_other_way(self):
        # The place is taken by a form that comes slowly; it is free once that is gone.
        self.problem(self.send(published()), 409, 'conflict')
        self.server.stop()
        self.server = self.serve()
        return self.begin(published())


class OneAtATime(Imports):
    def test_second(self):
        connection, rest = self.slow(published())
        problem = self.problem(self.send(published()), 409, 'conflict')
        self.assertIn('another import', problem['detail'])
        self.assertEqual(self.server.json(IMPORTS)['imports'], [])
        connection.sendall(rest)
        self.assertTrue(connection.recv(100).startswith(b'HTTP/1.1 202 '))
        # Whether it is still going on, or has ended: the other one is refused, or is the next.
        answer = self.send(published())
        self.assertIn(answer.status, (202, 409))
        self.end({'id': '1'})

    def test_a_command_that_imports(self):
        connection, _ = self.slow(published())
        self.assertTrue(self.beside())
        for name, content in published().items():
            with open(self.path(name), 'wb') as f:
                f.write(content)
        done = self.kalima('import', '--text', self.path('quran.txt'), '--db', self.database, code=2)
        self.assertIn('in use', done.stderr)
        connection.close()
        server.wait_until(lambda: not self.beside())
        self.replaced(published())

    def test_cancel(self):
        before = self.server.get('/api/v1/corpus').body
        cancelled = 0
        for _ in range(20):
            begun = self.begin(published())
            answer = self.server.delete('%s/%s' % (IMPORTS, begun['id']))
            if answer.status == 409:
                # The new corpus was taking its place.
                self.end(begun)
                continue
            self.assertEqual(answer.status, 200)
            server.wait_until(lambda of=begun: self.now(of)['state'] in FINAL)
            if self.now(begun)['state'] == 'cancelled':
                cancelled += 1
                self.assertIsNone(self.now(begun)['error'])
                if cancelled == 1:
                    break
        self.assertGreater(cancelled, 0)
        self.assertEqual(self.beside(), [])
        if begun['id'] == '1':
            self.assertEqual(self.server.get('/api/v1/corpus').body, before)
        self.replaced(published())

    def test_cancel_after_the_end(self):
        ended = self.replaced(published())
        answer = self.server.delete('%s/%s' % (IMPORTS, ended['id']))
        self.assertEqual((answer.status, json.loads(answer.body)), (200, ended))


class Fails(Imports):
    def test_after_the_database_was_replaced(self):
        """What is found wrong late, when the new database has its place already: the former one gets it back."""
        self.server.post('/api/v1/annotations', {'anchor': '112:1', 'note': 'before'})
        before = self.server.get('/api/v1/corpus').body
        connection, rest = self.slow(published())
        with open(self.path('db', 'quran.db-index', 'of somebody'), 'w', encoding='utf-8'):
            pass
        connection.sendall(rest)
        self.assertTrue(connection.recv(100).startswith(b'HTTP/1.1 202 '))
        error = self.end({'id': '1'}, 'failed')['error']
        self.assertIn('of somebody', error['detail'])
        self.assertEqual(self.server.get('/api/v1/corpus').body, before)
        answer = self.server.post('/api/v1/annotations', {'anchor': '112:2', 'note': 'after'})
        self.assertEqual(answer.status, 201, answer.body)
        self.assertTrue(self.server.healthy())
        self.assertEqual(self.beside(), [])
        # The next one is refused before the files are sent, until that is gone.
        self.assertIn('of somebody', self.problem(self.send(published()), 400, 'bad_input')['detail'])
        self.server.stop()
        self.server = self.serve()
        self.assertEqual([d['note'] for d in self.server.json('/api/v1/annotations')['documents']], ['before', 'after'])
        os.remove(self.path('db', 'quran.db-index', 'of somebody'))
        self.replaced(published())
        self.assertEqual(self.corpus(), VERSES)
        self.assertEqual([d['note'] for d in self.server.json('/api/v1/annotations')['documents']], ['before', 'after'])


class Sending(Imports):
    options = ('--client-seconds', '2')

    def test_a_client_that_stops_sending(self):
        connection, _ = self.slow(published())
        self.assertEqual(len(self.beside()), 1)
        self.assertTrue(connection.recv(100).startswith(b'HTTP/1.1 408 '))
        server.wait_until(lambda: not self.beside())
        self.replaced(published())

    def test_a_client_that_goes(self):
        for how in (socket.SHUT_WR, socket.SHUT_RDWR):
            connection, _ = self.slow(published())
            connection.shutdown(how)
            server.wait_until(lambda: not self.beside())
            connection.close()
        self.assertNotEqual(self.corpus(), VERSES)

    def test_byte_by_byte(self):
        """Where the form is cut into pieces means nothing."""
        headers, body = form({'q.txt': lines(made.numbered()[:300])})
        with socket.create_connection(('127.0.0.1', self.server.port)) as s:
            s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            s.sendall(('POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n' % (
                IMPORTS, headers['Content-Type'], len(body))).encode())
            for at in range(200):
                s.sendall(body[at:at + 1])
            for at in range(200, len(body) - 100, 1000):
                s.sendall(body[at:min(at + 1000, len(body) - 100)])
            for at in range(len(body) - 100, len(body)):
                s.sendall(body[at:at + 1])
            self.assertTrue(s.recv(100).startswith(b'HTTP/1.1 202 '))


class Writing(Imports):
    def test_no_write_is_lost(self):
        """Notes that are written all the time, while one corpus after the other takes the place."""
        self.replaced(published())
        written, problems, stop = [], [], threading.Event()

        def write(of):
            connection, n = self.server.connect(), 0
            while not stop.is_set():
                n += 1
                note = '%d-%d' % (of, n)
                answer = self.server.post('/api/v1/annotations', {'anchor': '108:%d' % (n % 3 + 1), 'note': note}, connection=connection)
                if answer.status == 201:
                    written.append(note)
                else:
                    problems.append((answer.status, answer.body))
            connection.close()

        threads = [threading.Thread(target=write, args=(i,)) for i in range(2)]
        for thread in threads:
            thread.start()
        try:
            with Asking(self.server, '/api/v1/verses/108:1', '/api/annotations/108/1', threads=1) as asking:
                for _ in range(3):
                    count = len(written)
                    self.replaced(published())
                    server.wait_until(lambda c=count: len(written) > c)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        self.assertEqual(problems[:3], [])
        self.assertEqual(asking.failed[:3], [])

        def there():
            notes, cursor = [], ''
            while True:
                page = self.server.json('/api/v1/annotations?limit=1000' + ('&cursor=' + cursor if cursor else ''))
                notes += [d['note'] for d in page['documents']]
                cursor = page['next']
                if not cursor:
                    return notes
        self.assertEqual(sorted(there()), sorted(written))
        self.server.stop()
        self.kalima('check', '--db', self.database)
        self.server = self.serve()
        self.assertEqual(sorted(there()), sorted(written))


if __name__ == '__main__':
    unittest.main()
