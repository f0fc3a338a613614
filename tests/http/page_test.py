"""The web page: which addresses show it, with which headers, and how many bytes it takes."""
import gzip
import os
import re
import unittest

from tests.compat import server
from tests.http.case import ServerCase

BROWSER = {'Accept': 'text/html,application/xhtml+xml,*/*;q=0.8', 'Accept-Encoding': 'gzip, deflate, br'}


class Page(ServerCase):
    def page(self, path='/', status=200, **headers):
        answer = self.server.get(path, headers={**BROWSER, **headers})
        self.assertEqual(answer.status, status, path)
        return answer

    def html(self):
        return gzip.decompress(self.page().body).decode()

    def files(self):
        """The files that the page names, and those that these name: name → answer."""
        found = {}
        todo = re.findall(r'(?:src|href)="(/ui/[^"]+)"', self.html())
        self.assertGreaterEqual(len(todo), 3)
        while todo:
            path = todo.pop()
            if path in found:
                continue
            found[path] = answer = self.page(path)
            if path.endswith(('.js', '.css')):
                text = gzip.decompress(answer.body).decode()
                todo += ['/ui/' + name for name in re.findall(r'[\w-]+\.[\w-]{8}\.(?:js|css|woff2|svg)', text)]
        return found

    def test_one_document_for_all_addresses(self):
        start = self.page()
        self.assertEqual(start.headers['Content-Type'], 'text/html; charset=utf-8')
        for path in ('/search', '/search?q=%5Bpos%3D%22V%22%5D', '/help', '/notes', '/1', '/1:1', '/1:1-3', '/1:1:2', '/juz:30', '/tree/1:1',
                     '/root/rHm', '/root/%D8%B1%D8%AD%D9%85'):
            self.assertEqual(self.page(path).body, start.body, path)

    def test_what_is_not_there_is_404(self):
        for path in ('/nowhere', '/0', '/115', '/1:8', '/1:1:99', '/1:1:0', '/1:1-99', '/tree/1:99', '/tree/x', '/tree', '/root/xyz', '/lemma/xyz',
                     '/search/more', '/help/', '//', '/ui', '/index.html', '/1:1:1:1', '/%2e%2e', '/1%001', '/' + '9' * 400):
            answer = self.page(path, 404)
            self.assertEqual(answer.body, self.page().body, path)
            # For programs it is an error.
            self.assert_error(self.server.get(path), 404)
        for path in ('/ui/nowhere.js', '/ui/', '/ui/../index.html', '/ui/index.html', '/ui/%2e%2e/index.html'):
            self.assertEqual(self.server.get(path, headers=BROWSER).status, 404, path)

    def test_nothing_of_it_comes_from_elsewhere(self):
        policy = self.page().headers['Content-Security-Policy']
        self.assertIn("default-src 'none'", policy)
        self.assertIn("script-src 'self';", policy)
        self.assertNotIn('unsafe', policy)
        self.assertNotRegex(policy, r'https?:|\*')
        html = self.html()
        self.assertNotRegex(html, r'(?i)https?:|//|<style|style=|\son\w+=|<script(?![^>]*\ssrc=)')
        for path, answer in self.files().items():
            if path.endswith('.css'):
                self.assertNotRegex(gzip.decompress(answer.body).decode(), r'url\((?!["\']?\./[\w.-]+["\']?\))|@import')
        self.assertEqual(self.page().headers['Referrer-Policy'], 'no-referrer')

    def test_files_never_change(self):
        files = self.files()
        self.assertGreaterEqual(len(files), 6)
        kinds = set()
        for path, answer in files.items():
            kinds.add(path.rsplit('.', 1)[1])
            self.assertIn('immutable', answer.headers['Cache-Control'], path)
            self.assertEqual(answer.headers['Content-Length'], str(len(answer.body)))
            again = self.server.get(path, headers={**BROWSER, 'If-None-Match': answer.headers['ETag']})
            self.assertEqual((again.status, again.body), (304, b''), path)
            font = path.endswith('.woff2')
            self.assertEqual(answer.headers.get('Content-Encoding'), None if font else 'gzip', path)
            if not font:
                self.assertIn('Accept-Encoding', answer.headers['Vary'])
                for encoding in ('identity', 'gzip;q=0'):
                    plain = self.server.get(path, headers={'Accept-Encoding': encoding})
                    self.assertNotIn('Content-Encoding', plain.headers)
                    self.assertEqual(plain.body, gzip.decompress(answer.body), path)
                    self.assertNotEqual(plain.headers['ETag'], answer.headers['ETag'])
            head = self.server.request('HEAD', path, headers=BROWSER)
            self.assertEqual((head.status, head.body, head.headers['Content-Length']), (200, b'', str(len(answer.body))))
        self.assertEqual(kinds, {'js', 'css', 'woff2', 'svg'})

    def test_the_page_is_asked_for_again(self):
        answer = self.page()
        self.assertEqual(answer.headers['Cache-Control'], 'no-cache')
        again = self.server.get('/2:255', headers={**BROWSER, 'If-None-Match': answer.headers['ETag']})
        # 2:255 is not in the corpus of this server; whatever document the browser has, that is said again.
        self.assertEqual(again.status, 404)
        again = self.server.get('/1:1', headers={**BROWSER, 'If-None-Match': answer.headers['ETag']})
        self.assertEqual((again.status, again.body), (304, b''))

    def test_it_is_small(self):
        files = self.files()
        fonts = sum(len(answer.body) for path, answer in files.items() if path.endswith('.woff2'))
        # English or Arabic, not both.
        language = min(len(answer.body) for path, answer in files.items() if re.search(r'/(en|ar)\.', path))
        rest = len(self.page().body) + sum(len(answer.body) for path, answer in files.items() if not path.endswith('.woff2')) - language
        print(f'page {rest:,} bytes, fonts {fonts:,} bytes')
        self.assertLessEqual(rest, 150_000)
        self.assertLessEqual(rest + fonts, 280_000)
        self.assertLessEqual(rest + language + fonts, 600_000)

    def test_writing_is_not_offered(self):
        for path in ('/', '/tree/1:1', '/search', next(iter(self.files()))):
            for method in ('POST', 'PUT', 'DELETE', 'PATCH'):
                self.assertEqual(self.server.request(method, path, b'{}').status, 405, path)


class AnotherFrontend(ServerCase):
    def test_it_takes_the_place_of_the_page(self):
        folder = os.path.join(self.workplace.path, 'other')
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, 'index.html'), 'w', encoding='utf-8') as f:
            f.write('<p>other')
        with self.workplace.serve('--static', folder) as s:
            self.assertEqual(s.get('/').body, b'<p>other')
            for path in ('/1:1', '/search', '/help', '/nowhere'):
                self.assert_error(s.get(path, headers=BROWSER), 404)


if __name__ == '__main__':
    unittest.main()
