"""--static: the web frontend's folder at / and /static/, and no way out of it."""
import os
import unittest

from tests.compat import server
from tests.compat.server import split_answers
from tests.http.case import ServerCase


def write(*path, content='x'):
    path = os.path.join(*path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'wb') as f:
        f.write(content if isinstance(content, bytes) else content.encode())
    return path


class Frontend(ServerCase):
    @classmethod
    def setUpClass(cls):
        cls.workplace = server.Workplace()
        cls.addClassCleanup(cls.workplace.close)
        # Next to the served folder there are secrets and a folder whose name begins alike.
        cls.folder = os.path.join(cls.workplace.path, 'site')
        write(cls.folder, 'index.html', content='<p>سلام</p>')
        write(cls.folder, 'css', 'style.css', content='p{}')
        write(cls.folder, 'js', 'app.js', content='1')
        write(cls.folder, 'fonts', 'a b.woff2', content=b'\x00\x01\xff')
        write(cls.folder, 'img', 'صورة.png', content=b'\x89PNG')
        write(cls.folder, 'large.bin', content=b'0123456789abcdef' * 65536 * 4)
        write(cls.folder, 'empty.txt', content='')
        write(cls.workplace.path, 'secret.txt', content='SECRET')
        write(cls.workplace.path, 'site-other', 'secret.txt', content='SECRET')
        os.symlink(os.path.join(cls.workplace.path, 'secret.txt'), os.path.join(cls.folder, 'link.txt'))
        os.symlink(cls.workplace.path, os.path.join(cls.folder, 'out'))
        cls.server = cls.workplace.serve('--static', cls.folder)
        cls.addClassCleanup(cls.server.stop)

    def test_files_have_their_bytes_and_media_types(self):
        for path, media, content in (('/', 'text/html; charset=utf-8', '<p>سلام</p>'.encode()),
                                     ('/static/index.html', 'text/html; charset=utf-8', '<p>سلام</p>'.encode()),
                                     ('/static/css/style.css', 'text/css; charset=utf-8', b'p{}'),
                                     ('/static/js/app.js', 'text/javascript; charset=utf-8', b'1'),
                                     ('/static/fonts/a%20b.woff2', 'font/woff2', b'\x00\x01\xff'),
                                     ('/static/img/%D8%B5%D9%88%D8%B1%D8%A9.png', 'image/png', b'\x89PNG'),
                                     ('/static/large.bin', 'application/octet-stream', b'0123456789abcdef' * 65536 * 4),
                                     ('/static/empty.txt', 'text/plain; charset=utf-8', b''),
                                     ('/static/css/style.css?v=3', 'text/css; charset=utf-8', b'p{}'),
                                     ('/static/css%2Fstyle.css', 'text/css; charset=utf-8', b'p{}')):
            with self.subTest(path=path):
                answer = self.server.get(path)
                self.assertEqual(answer.status, 200)
                self.assertEqual(answer.headers['Content-Type'], media)
                self.assertEqual(answer.body, content)
                self.assertEqual(answer.headers['Content-Length'], str(len(content)))
                head = self.server.request('HEAD', path)
                self.assertEqual((head.status, head.body, head.headers['Content-Length']), (200, b'', str(len(content))))

    def test_no_path_leads_out(self):
        for path in ('/static/../secret.txt', '/static/..%2fsecret.txt', '/static/%2e%2e/secret.txt', '/static/%2e%2e%2fsecret.txt',
                     '/static/css/../../secret.txt', '/static/css/..%5c..%5csecret.txt', '/static/..\\secret.txt',
                     '/static//etc/passwd', '/static/%2Fetc%2Fpasswd', '/static/../../../../../../../../etc/passwd', '/static/./../secret.txt',
                     '/static/..;/secret.txt', '/static/....//secret.txt', '/static/%252e%252e/secret.txt', '/static/%c0%ae%c0%ae/secret.txt',
                     '/static/link.txt', '/static/out/secret.txt', '/static/out/site-other/secret.txt', '/static/../site-other/secret.txt',
                     '/static/index.html%00', '/static/index.html%00.css', '/static/%00', '/static/..%00/secret.txt', '/../secret.txt',
                     '/%2e%2e/secret.txt', '/static', '/static/', '/static/.', '/static/..', '/static/css', '/static/css/', '/static/none.css',
                     '/static/index.html/', '/static/C:%5CWindows%5Cwin.ini', '/static/' + 'a/' * 5000, '/static/' + 'a' * 5000,
                     '/static/%FF%FE', '/static/con', '/static/*', '/static/~root', '/secret.txt', '/index.html', '/css/style.css'):
            with self.subTest(path=path[:60]):
                # Over a raw socket: nothing on the way may tidy the path.
                [answer] = split_answers(self.server.raw(b'GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n' % path.encode()))
                self.assert_error(answer, 404, 400)
                self.assertNotIn(b'SECRET', answer[2])
                self.assertNotIn(b'root:', answer[2])

    def test_a_client_that_has_the_file_is_told_so(self):
        for path in ('/', '/static/css/style.css', '/static/large.bin'):
            with self.subTest(path=path):
                connection = self.server.connect()
                first = self.server.get(path, connection=connection)
                tag, date = first.headers['ETag'], first.headers['Last-Modified']
                self.assertTrue(tag or date)
                for headers in ({'If-None-Match': tag}, {'If-None-Match': '"x", %s' % tag}, {'If-Modified-Since': date},
                                {'If-None-Match': tag, 'If-Modified-Since': 'Thu, 01 Jan 1970 00:00:00 GMT'}):
                    again = self.server.get(path, headers=headers, connection=connection)
                    self.assertEqual((again.status, again.body), (304, b''), headers)
                    self.assertEqual(again.headers['ETag'], tag)
                for headers in ({'If-None-Match': '"other"'}, {'If-Modified-Since': 'Thu, 01 Jan 1970 00:00:00 GMT'},
                                {'If-Modified-Since': 'yesterday'}, {'If-None-Match': ''}):
                    again = self.server.get(path, headers=headers, connection=connection)
                    self.assertEqual((again.status, again.body), (200, first.body), headers)
                connection.close()

    def test_the_tag_stays_while_the_file_stays(self):
        path = write(self.folder, 'steady.txt')
        # A whole second, as files out of an archive have.
        os.utime(path, (1700000000, 1700000000))
        seen = {(a.headers['ETag'], a.headers['Last-Modified']) for a in (self.server.get('/static/steady.txt') for _ in range(50))}
        self.assertEqual(len(seen), 1, seen)
        self.assertEqual(seen.pop()[1], 'Tue, 14 Nov 2023 22:13:20 GMT')

    def test_changed_and_removed_files_are_seen(self):
        path = write(self.folder, 'changing.txt', content='one')
        os.utime(path, (1600000000, 1600000000))
        first = self.server.get('/static/changing.txt')
        self.assertEqual(first.body, b'one')
        write(self.folder, 'changing.txt', content='two!')
        second = self.server.get('/static/changing.txt', headers={'If-None-Match': first.headers['ETag']})
        self.assertEqual((second.status, second.body), (200, b'two!'))
        os.remove(path)
        self.assert_error(self.server.get('/static/changing.txt', headers={'If-None-Match': second.headers['ETag']}), 404)

    def test_the_api_is_not_shadowed(self):
        write(self.folder, 'api', 'stats', content='no')
        self.assertEqual(self.server.get('/api/stats').headers['Content-Type'], 'application/json')

    def test_writing_is_not_offered(self):
        for method in ('POST', 'PUT', 'DELETE', 'PATCH'):
            self.assert_error(self.server.request(method, '/static/css/style.css', b'{}'), 405)
        self.assertEqual(self.server.get('/static/css/style.css').body, b'p{}')


class WithoutFrontend(ServerCase):
    def test_the_first_page_says_what_this_is(self):
        answer = self.server.get('/')
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.headers['Content-Type'], 'text/html; charset=utf-8')
        self.assertIn(b'Kalima', answer.body)

    def test_there_are_no_files(self):
        for path in ('/static/index.html', '/static/', '/static/../data/notes/plan.md', '/index.html'):
            self.assert_error(self.server.get(path), 404)

    def test_a_folder_that_is_not_there(self):
        for folder in ('nowhere', 'quran.db'):
            done = server.run('serve', '--db', self.workplace.database, '--port', '0', '--static', os.path.join(self.workplace.path, folder))
            self.assertEqual(done.returncode, 1)
            self.assertIn(folder, done.stderr)
            self.assertIn('--static', done.stderr)

    def test_a_folder_without_a_first_page(self):
        folder = os.path.join(self.workplace.path, 'bare')
        os.makedirs(folder)
        with self.workplace.serve('--static', folder) as s:
            self.assert_error(s.get('/'), 404)
            self.assertTrue(s.healthy())


if __name__ == '__main__':
    unittest.main()
