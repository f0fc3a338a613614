"""Answers of /api/v1 in gzip: for clients on other machines that ask for it; the older API's as ever."""
import gzip
import http.client
import json
import os
import shutil
import socket
import tempfile
import unittest

from tests.compat import server

LONG = '/api/v1/query?q=%5B%5D&limit=500'
SHORT = '/api/v1/verses/112:1'
STREAMED = '/api/v1/query?q=%5B%5D&format=csv'
ELSEWHERE = {'X-Forwarded-For': '203.0.113.7'}


class Compression(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.mkdtemp(prefix='kalima-gzip-')
        cls.addClassCleanup(shutil.rmtree, folder, ignore_errors=True)
        database = os.path.join(folder, 'quran.db')
        done = server.run('import', '--starter', '--db', database)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        cls.server = server.Server('--db', database, '--allow-host', 'quran.example')
        cls.addClassCleanup(cls.server.stop)

    def get(self, target, method='GET', **headers):
        connection = http.client.HTTPConnection('127.0.0.1', self.server.port, timeout=60 * server.TIME_FACTOR)
        self.addCleanup(connection.close)
        connection.request(method, target, headers={name.replace('_', '-'): value for name, value in headers.items()})
        answer = connection.getresponse()
        answer.content = answer.read()
        return answer

    def plain(self, content):
        """Without what differs from one answer to the next."""
        try:
            value = json.loads(content)
        except ValueError:
            return [line for line in content.splitlines() if not line.startswith(b'# date')]
        value.pop('ms', None)
        return value

    def test_who_asks_gets_it(self):
        for target in (LONG, STREAMED):
            whole = self.get(target, **ELSEWHERE)
            self.assertIsNone(whole.headers['Content-Encoding'])
            self.assertEqual(whole.headers['Vary'], 'Accept-Encoding')
            for accepted in ('gzip', 'gzip, deflate, br', 'br;q=1.0, GZIP;q=0.8', 'x-gzip', 'gzip;q=0.001'):
                packed = self.get(target, Accept_Encoding=accepted, **ELSEWHERE)
                self.assertEqual((packed.status, packed.headers['Content-Encoding'], packed.headers['Vary']), (200, 'gzip', 'Accept-Encoding'), accepted)
                self.assertEqual(packed.headers['Content-Type'], whole.headers['Content-Type'])
                self.assertLess(len(packed.content) * 3, len(whole.content))
                self.assertEqual(self.plain(gzip.decompress(packed.content)), self.plain(whole.content))

    def test_who_does_not_ask_gets_it_not(self):
        for accepted in (None, '', 'identity', 'gzip;q=0', 'gzip; q=0.0', 'br', 'gzippy', 'deflate'):
            headers = dict(ELSEWHERE, **({} if accepted is None else {'Accept_Encoding': accepted}))
            self.assertIsNone(self.get(LONG, **headers).headers['Content-Encoding'], accepted)

    def test_not_on_this_machine_and_not_if_it_is_small(self):
        for host in ('localhost', '127.0.0.1', '127.0.0.1:%d' % self.server.port, '[::1]'):
            self.assertIsNone(self.get(LONG, Accept_Encoding='gzip', Host=host).headers['Content-Encoding'], host)
        self.assertEqual(self.get(LONG, Accept_Encoding='gzip', Host='quran.example').headers['Content-Encoding'], 'gzip')
        small = self.get(SHORT, Accept_Encoding='gzip', **ELSEWHERE)
        self.assertIsNone(small.headers['Content-Encoding'])
        self.assertLess(len(small.content), 1400)

    def test_tags_and_heads(self):
        packed = self.get('/api/v1/verses/96', Accept_Encoding='gzip', **ELSEWHERE)
        whole = self.get('/api/v1/verses/96', **ELSEWHERE)
        self.assertEqual(packed.headers['Content-Encoding'], 'gzip')
        self.assertEqual(packed.headers['ETag'], 'W/' + whole.headers['ETag'])
        for tag in (packed.headers['ETag'], whole.headers['ETag']):
            self.assertEqual(self.get('/api/v1/verses/96', Accept_Encoding='gzip', If_None_Match=tag, **ELSEWHERE).status, 304)
        head = self.get('/api/v1/verses/96', 'HEAD', Accept_Encoding='gzip', **ELSEWHERE)
        self.assertEqual((head.content, head.headers['Content-Encoding'], head.headers['ETag']), (b'', 'gzip', packed.headers['ETag']))

    def test_an_older_client(self):
        with socket.create_connection(('127.0.0.1', self.server.port), timeout=60 * server.TIME_FACTOR) as s:
            s.sendall(b'GET %s HTTP/1.0\r\nHost: quran.example\r\nAccept-Encoding: gzip\r\n\r\n' % LONG.encode())
            got = b''
            while part := s.recv(65536):
                got += part
        head, _, body = got.partition(b'\r\n\r\n')
        self.assertIn(b'Content-Encoding: gzip', head)
        self.assertNotIn(b'chunked', head)
        self.assertEqual(len(json.loads(gzip.decompress(body))['results']), 500)

    def test_the_older_api_is_as_ever(self):
        for target in ('/api/verses?limit=164', '/api/search/roots?q=rHm', '/healthz', '/metrics'):
            answer = self.get(target, Accept_Encoding='gzip', **ELSEWHERE)
            self.assertEqual((answer.headers['Content-Encoding'], answer.headers['Vary']), (None, None), target)

    @unittest.skipIf(server.TIME_FACTOR > 1, 'a sanitizer keeps memory that was given back')
    def test_many_at_once_take_little_memory(self):
        def resident():
            with open('/proc/%d/statm' % self.server.process.pid, encoding='ascii') as f:
                return int(f.read().split()[1]) * 4096
        self.get(LONG, Accept_Encoding='gzip', **ELSEWHERE)
        before = resident()
        for _ in range(30):
            self.assertEqual(self.get(STREAMED, Accept_Encoding='gzip', **ELSEWHERE).status, 200)
        self.assertLess(resident() - before, 16 << 20)


if __name__ == '__main__':
    unittest.main()
