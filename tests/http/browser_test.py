"""What pages of other sites can make a browser do, and what reaches the log."""
import os
import re
import unittest

from tests.compat import server
from tests.http.case import ServerCase

PATHS = ('/', '/search', '/2:255', '/healthz', '/metrics', '/api/verse/1/1', '/api/nope', '/nope', '/api/v1/surahs', '/api/v1/nope')


class OtherSites(ServerCase):
    def test_nothing_is_shown_in_a_frame_of_another_origin(self):
        for path in PATHS:
            headers = self.server.get(path).headers
            with self.subTest(path=path):
                self.assertEqual(headers['X-Frame-Options'], 'SAMEORIGIN')
                self.assertRegex(headers['Content-Security-Policy'], "frame-ancestors '(self|none)'")

    def test_only_links_come_from_another_site(self):
        link = {'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document'}
        for path in PATHS:
            expected = self.server.get(path).status
            for change in ({'Sec-Fetch-Dest': 'iframe'}, {'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'script'},
                           {'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'image'}, {'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'empty'},
                           {'Sec-Fetch-Dest': 'embed'}):
                with self.subTest(path=path, change=change):
                    self.assertEqual(self.server.get(path, headers={**link, **change}).status, 403)
            self.assertEqual(self.server.get(path, headers=link).status, expected)
            for site in ('same-origin', 'same-site', 'none'):
                self.assertEqual(self.server.get(path, headers={'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'cors'}).status, expected)
        self.assert_error(self.server.post('/api/search/pattern_word', {'segments': [{'letter': 'ق'}]}, headers=link), 403)

    def test_a_page_that_is_allowed_may_load(self):
        headers = {'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'empty', 'Origin': 'https://page.example'}
        with self.workplace.serve('--allow-origin', 'https://page.example') as s:
            self.assertEqual(s.get('/api/verse/1/1', headers=headers).status, 200)
            self.assertEqual(s.get('/api/verse/1/1', headers={**headers, 'Origin': 'https://evil.example'}).status, 403)

    def test_what_is_allowed_is_checked_at_start(self):
        for option, values in (('--allow-origin', ('*', 'x.example', 'https://x.example/', 'https://x.example/page', 'null', 'https://',
                                                   'https://x.example:443', 'http://x.example:80', 'https://x.example:0', 'ftp://x.example',
                                                   'https://قرآن.example', 'https://user@x.example')),
                               ('--allow-host', ('https://x.example', 'x.example:8080', 'x.example/', '*', 'قرآن.example'))):
            for value in values:
                with self.subTest(option=option, value=value):
                    # On a port that is taken: a program that starts in spite of it would have to be stopped.
                    done = server.run('serve', '--db', self.workplace.database, '--port', self.server.port, option, value, timeout=10)
                    self.assertEqual(done.returncode, 1, done.stderr)
                    self.assertIn(option, done.stderr)
        for values in (('--allow-origin', 'http://localhost:8100', '--allow-origin', 'https://[::1]:8443', '--allow-origin', 'HTTPS://X.example'),
                       ('--allow-host', 'x.example', '--allow-host', '[::1]', '--allow-host', '192.0.2.1')):
            with self.workplace.serve(*values) as s:
                self.assertTrue(s.healthy())


class Conditional(ServerCase):
    def test_what_has_a_tag_can_be_asked_for_again(self):
        for path in ('/', '/api/annotations/1/1', '/api/tags', '/api/v1/surahs', '/api/v1/verses/1'):
            answer = self.server.get(path)
            tag = answer.headers['ETag']
            if tag is None:
                continue
            with self.subTest(path=path):
                again = self.server.get(path, headers={'If-None-Match': tag})
                self.assertEqual((again.status, again.body, again.headers['ETag']), (304, b'', tag))
                self.assertIsNone(again.headers['Content-Length'])
                self.assertEqual(self.server.get(path, headers={'If-None-Match': '"other"'}).status, 200)
        self.assertIsNotNone(self.server.get('/api/annotations/1/1').headers['ETag'])

    def test_head_has_the_headers_of_get(self):
        for path in PATHS:
            with self.subTest(path=path):
                get, head = self.server.get(path), self.server.request('HEAD', path)
                if path == '/metrics':
                    continue  # counts its own requests
                self.assertEqual(sorted(head.headers.items()), sorted(get.headers.items()))


class LargeFiles(unittest.TestCase):
    def test_memory_does_not_follow_the_readers(self):
        with server.Workplace() as workplace:
            site = os.path.join(workplace.path, 'site')
            os.makedirs(site)
            content = os.urandom(1 << 20) * 20
            for name, size in (('index.html', 10), ('large.bin', len(content)), ('just.bin', 1 << 20), ('more.bin', (1 << 20) + 1)):
                with open(os.path.join(site, name), 'wb') as f:
                    f.write(content[:size])
            with workplace.serve('--static', site) as s:
                for name, size in (('large.bin', len(content)), ('just.bin', 1 << 20), ('more.bin', (1 << 20) + 1)):
                    self.assertEqual(s.get('/static/' + name).body, content[:size])

                def megabytes():
                    with open('/proc/%d/status' % s.process.pid, encoding='utf-8') as f:
                        return int(re.search(r'VmRSS:\s+(\d+)', f.read())[1]) / 1000

                before = megabytes()
                slow = [s.socket() for _ in range(20)]
                for sock in slow:
                    sock.sendall(b'GET /static/large.bin HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
                for sock in slow:
                    self.assertTrue(sock.recv(1000).startswith(b'HTTP/1.1 200'))
                self.assertLess(megabytes() - before, 40 * server.TIME_FACTOR)
                for sock in slow:
                    sock.close()


class Log(unittest.TestCase):
    def test_nothing_hidden_reaches_it(self):
        hidden = '\u202e\u2066\u2069\u200f\u061c\u2028\u0085\u009b'
        with server.Workplace() as workplace:
            with workplace.serve(log_level='info') as s:
                s.raw(b'GET /a' + hidden.encode() + b'\x1b[31m\xff HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
                s.raw('GET /قرآن HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'.encode())
            for sign in hidden + '\x1b':
                self.assertNotIn(sign, s.log)
            self.assertIn('/قرآن', s.log)


if __name__ == '__main__':
    unittest.main()
