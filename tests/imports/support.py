"""What the tests of imports over HTTP share: a server over the starter surahs, files to send, and waiting for what becomes of them."""
import json
import os
import socket
import threading
import uuid

from tests.cli import public_files as made
from tests.compat import server
from tests.research.support import Folder, stop_if_running

IMPORTS = '/api/v1/imports'
FINAL = ('done', 'failed', 'cancelled')


def lines(content, end='\n'):
    return content if isinstance(content, bytes) else ''.join(line + end for line in content).encode()


def published(**more):
    """The files of a small corpus, by name; None leaves one out."""
    out = {'quran.txt': made.numbered(), 'morphology.txt': made.morphology(), 'treebank.csv': made.treebank(), 'masaq.csv': made.masaq(),
           'en.sahih.txt': made.translation()}
    out.update(more)
    return {name: lines(content) for name, content in out.items() if content is not None}


def form(files, fields=(), boundary=None):
    """(headers, body) of a form with these files: a dictionary, or pairs when names occur twice."""
    boundary = boundary or 'b' + uuid.uuid4().hex
    parts = []
    for name, value in dict(fields).items():
        parts.append(('form-data; name="%s"' % name, value.encode()))
    for name, content in files.items() if isinstance(files, dict) else files:
        parts.append(('form-data; name="file"; filename="%s"' % name, content))
    body = b''.join(b'--%s\r\nContent-Disposition: %s\r\n\r\n%s\r\n' % (boundary.encode(), head.encode(), content) for head, content in parts)
    body += b'--%s--\r\n' % boundary.encode()
    return {'Content-Type': 'multipart/form-data; boundary=' + boundary}, body


class Imports(Folder):
    """A server over the starter surahs for each test."""

    options = ()

    def setUp(self):
        super().setUp()
        os.mkdir(self.path('db'))
        self.database = self.make_database(self.path('db', 'quran.db'))
        self.server = self.serve(*self.options)

    def make_database(self, path):
        self.kalima('import', '--starter', '--db', path)
        return path

    def serve(self, *args, **more):
        started = server.Server('--db', self.database, *args, **more)
        self.addCleanup(stop_if_running, started)
        return started

    def send(self, files, fields=(), headers=(), to=None):
        """The answer to a POST of these files."""
        more, body = form(files, fields)
        return (to or self.server).post(IMPORTS, body, headers={**more, **dict(headers)})

    def begin(self, files, **fields):
        answer = self.send(files, fields)
        self.assertEqual(answer.status, 202, answer.body[:500])
        begun = json.loads(answer.body)
        self.assertEqual(answer.headers['Location'], '%s/%s' % (IMPORTS, begun['id']))
        return begun

    def now(self, of):
        return self.server.json('%s/%s' % (IMPORTS, of['id']))

    def end(self, begun, state='done'):
        """The import when it has ended, in this state."""
        server.wait_until(lambda: self.now(begun)['state'] in FINAL, 120)
        ended = self.now(begun)
        self.assertEqual(ended['state'], state, ended)
        return ended

    def replaced(self, files, **fields):
        return self.end(self.begin(files, **fields))

    def problem(self, answer, status, code):
        self.assertEqual(answer.status, status, answer.body[:500])
        problem = json.loads(answer.body)
        self.assertEqual((problem['code'], answer.headers['Content-Type']), (code, 'application/problem+json'), problem)
        return problem

    def corpus(self):
        """What tells which corpus answers: its number of verses."""
        return self.server.json('/healthz')['verses']

    def beside(self):
        """The names next to the database that are not its own."""
        own = {'quran.db', 'quran.db-wal', 'quran.db-shm', 'quran.db-owner', 'quran.db-index'}
        return sorted(set(os.listdir(self.path('db'))) - own)

    def slow(self, files):
        """A connection whose form has begun to come, and the rest of that."""
        headers, body = form(files)
        connection = socket.create_connection(('127.0.0.1', self.server.port))
        self.addCleanup(connection.close)
        head = 'POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n' % (
            IMPORTS, headers['Content-Type'], len(body))
        half = len(body) // 2
        connection.sendall(head.encode() + body[:half])
        server.wait_until(self.beside)
        return connection, body[half:]


class Asking:
    """Requests on threads of their own, as long as the block runs; `failed` are those that were not answered with 200."""

    def __init__(self, started, *addresses, threads=2):
        self.started, self.addresses = started, addresses
        self.failed, self.count = [], 0
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._ask) for _ in range(threads)]

    def _ask(self):
        connection = self.started.connect()
        while not self._stop.is_set():
            for address in self.addresses:
                try:
                    answer = self.started.get(address, connection=connection)
                    if answer.status != 200:
                        self.failed.append((address, answer.status, answer.body[:200]))
                except OSError as error:
                    self.failed.append((address, repr(error)))
                    return
                self.count += 1
        connection.close()

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join()
