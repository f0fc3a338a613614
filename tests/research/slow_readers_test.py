"""What an answer needs in memory follows the answer, not the number of those who read it slowly."""
import json
import socket
import sqlite3
import sys
import unittest

from tests.compat import server
from tests.research.support import Served

READERS = 12


@unittest.skipUnless(sys.platform == 'linux', 'the highest memory of a process is not known')
class SlowReaders(Served):
    def make_database(self):
        """With 400 entries of 100 KB in the history, and 20 annotations of 1 MB on 1:5."""
        database = super().make_database()
        connection = sqlite3.connect(database)
        change = {'kind': 'tags', 'name': 'x', 'before': None, 'after': {'note': 'x' * 100_000}}
        connection.executemany('INSERT INTO history (at, action, changes) VALUES (?,?,?)',
                               [('2026-01-01T00:00:00.000000', 'PUT /api/tags/x', json.dumps([change]))] * 400)
        connection.commit()
        connection.close()
        return database

    def highest_megabytes(self):
        with open('/proc/%d/status' % self.server.process.pid, encoding='ascii', errors='replace') as f:
            return next(int(line.split()[1]) for line in f if line.startswith('VmHWM')) / 1024

    def more_for_readers(self, path):
        """How many megabytes more the server needed while many read the answer and stopped after its first bytes."""
        with open('/proc/%d/clear_refs' % self.server.process.pid, 'w', encoding='ascii') as f:
            f.write('5')
        before = self.highest_megabytes()
        readers = []
        for _ in range(READERS):
            one = socket.socket()
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            one.settimeout(60 * server.TIME_FACTOR)
            one.connect(('127.0.0.1', self.server.port))
            self.addCleanup(one.close)
            one.sendall(b'GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n' % path.encode())
            readers.append(one)
        for one in readers:
            self.assertEqual(one.recv(12, socket.MSG_WAITALL), b'HTTP/1.1 200')
        self.assertEqual(self.server.get('/api/verse/1/1').status, 200)
        return self.highest_megabytes() - before

    @unittest.skipIf(server.TIME_FACTOR > 1, 'a sanitizer keeps memory that was given back')
    def test_history(self):
        # The answer has 40 MB; a stream holds a megabyte at most.
        self.assertLess(self.more_for_readers('/api/v1/history?limit=100000'), READERS + 20)
        whole = self.server.get('/api/v1/history?limit=100000')
        entries = server.json_of(whole)['history']
        self.assertEqual([entry['id'] for entry in entries], list(range(400, 0, -1)))
        # A short one is complete, with its length and a tag.
        short = self.server.get('/api/v1/history?limit=0')
        self.assertEqual(short.body, b'{"history":[]}\n')
        self.assertEqual(short.headers['Content-Length'], str(len(short.body)))
        self.assertIsNotNone(short.headers['ETag'])

    @unittest.skipIf(server.TIME_FACTOR > 1, 'a sanitizer keeps memory that was given back')
    def test_a_verse_with_large_annotations(self):
        for number in range(20):
            self.post('/api/annotations/1/5', {'id': str(number), 'parts': ['x' * 200_000] * 5})
        for path in ('/api/verse/1/5', '/api/annotations/1/5'):
            with self.subTest(path):
                # The text of the verse, once, and what it takes to put it together.
                self.assertLess(self.more_for_readers(path), 3 * 20 + READERS + 20)


if __name__ == '__main__':
    unittest.main()
