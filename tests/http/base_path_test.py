"""A server that a proxy shows below a path (--base-path): whether the proxy passes the path on or takes it away, all
that answers name has it."""
import gzip
import json
import re
import unittest
import urllib.parse

from tests.compat import server
from tests.http.case import ServerCase

BASE = '/quran'
BROWSER = {'Accept': 'text/html', 'Accept-Encoding': 'gzip'}
TOKEN = '0123456789abcdef'


class BasePath(ServerCase):
    ARGS = ('--base-path', 'quran/')

    def test_the_address_is_printed_with_it(self):
        self.assertRegex(self.server.line, r' at http://127\.0\.0\.1:\d+/quran/ ')

    def test_requests_come_with_it_and_without_it(self):
        for path in ('/api/v1/surahs', '/api/v1/verses/1:1?layers=words', '/api/surahs', '/healthz', '/search?q=x', '/1:1', '/tree/1:1', '/lists/roots', '/import'):
            inner, outer = (self.server.get(one, headers=BROWSER) for one in (path, BASE + path))
            self.assertEqual((inner.status, inner.body), (200, outer.body), path)
            self.assertEqual(outer.status, 200, path)
        # The path alone is the page too, with all that it loads.
        pages = [self.server.get(path, headers=BROWSER) for path in ('/', '/quran', '/quran/')]
        self.assertEqual([(page.status, page.body) for page in pages], [(200, pages[0].body)] * 3)

    def test_only_the_whole_path_counts(self):
        for path in ('/quranic', '/quran2/api/v1/surahs', '/quran/quran/', '/quran/quran/api/v1/surahs', '/Quran/', '/quran/nowhere', '/quran//'):
            self.assertEqual(self.server.get(path).status, 404, path)

    def test_the_page_loads_from_there(self):
        answer = self.server.get('/quran/2', headers=BROWSER)
        self.assertEqual(answer.status, 404)  # the fixture has no second surah; the page says so
        html = answer.body.decode()
        self.assertIn('default-src', answer.headers['Content-Security-Policy'])
        links = re.findall(r'(?:src|href)="([^"]+)"', html)
        self.assertGreaterEqual(len(links), 3)
        for link in links:
            self.assertTrue(link.startswith('/quran/ui/'), link)
            file = self.server.get(link, headers=BROWSER)
            self.assertEqual(file.status, 200, link)
            self.assertEqual(self.server.get(link.removeprefix(BASE), headers=BROWSER).body, file.body)
            if link.endswith(('.js', '.css')):
                # Files name each other as neighbours.
                self.assertNotRegex(gzip.decompress(file.body).decode(), r'["\'(]/ui/')
        self.assertNotRegex(html, r'["\s]/(?:ui|api)/')
        # What the browser has is not sent again.
        again = self.server.get('/quran/1', headers=BROWSER)
        kept = self.server.get('/quran/1', headers={**BROWSER, 'If-None-Match': again.headers['ETag']})
        self.assertEqual((kept.status, kept.body), (304, b''))

    def test_answers_name_it(self):
        self.assertEqual(self.server.json('/api/v1/openapi.json')['servers'], [{'url': BASE}])
        link = self.server.json('/quran/api/v1/query?q=' + urllib.parse.quote('[pos="N"]'))['permalink']
        self.assertTrue(link.startswith('/quran/api/v1/query?'), link)
        self.assertEqual(self.server.get(link).status, 200)
        made = self.server.post('/quran/api/v1/annotations', {'anchor': '1:1', 'note': 'a'})
        self.assertEqual(made.status, 201, made.body)
        where = made.headers['Location']
        self.assertTrue(where.startswith('/quran/api/v1/annotations/'), where)
        self.assertEqual(self.server.json(where)['note'], 'a')

    def test_cures_name_it(self):
        problem = json.loads(self.server.get('/quran/api/v1/attributes?name=colour').body)
        self.assertTrue(problem['cure'].startswith('/quran/api/v1/attributes '), problem)

    def test_problems_have_the_same_type(self):
        types = {json.loads(self.server.get(prefix + '/api/v1/verses/1:99').body)['type'] for prefix in ('', BASE)}
        self.assertEqual(len(types), 1)
        self.assertTrue(types.pop().startswith('urn:kalima:problem:'))

    def test_a_token_is_kept_for_this_path_alone(self):
        with self.workplace.serve('--base-path', BASE, '--token', TOKEN) as guarded:
            for prefix in ('', BASE):
                answer = guarded.get('%s/?token=%s' % (prefix, TOKEN))
                self.assertEqual((answer.status, answer.headers['Location']), (303, '/quran/'))
                cookie = answer.headers['Set-Cookie']
                self.assertIn('; Path=/quran/;', cookie)
                self.assertEqual(guarded.get(prefix + '/api/v1/surahs', headers={'Cookie': cookie.split(';')[0]}).status, 200)
                self.assertEqual(guarded.get(prefix + '/api/v1/surahs').status, 401)
            self.assertEqual(guarded.get('/quran/healthz').status, 200)


class Spellings(unittest.TestCase):
    def test_slashes_do_not_count(self):
        with server.Workplace() as workplace:
            for given, shown in (('quran', '/quran/'), ('/a.b/c-d_e~f/', '/a.b/c-d_e~f/'), ('/', '/'), ('', '/')):
                with workplace.serve('--base-path', given) as running:
                    self.assertRegex(running.line, r':\d+%s ' % re.escape(shown))
                    self.assertEqual(running.get(shown + 'api/v1/surahs').status, 200)

    def test_what_cannot_be_one_is_refused_at_once(self):
        for given in ('https://example.org/quran', '/a b', '/a//b', '/../a', '/a/./b', '/a%20b', '/قرآن', '/a?b', '/a#b', '/' + 'a' * 300):
            self.refused(given, '--base-path')
        # After a proxy that takes the path away these could not be told from Kalima's own.
        for own in ('api', 'ui', 'static', 'healthz', 'metrics', 'search', 'notes', 'help', 'import', 'lists', 'tree', 'root', 'lemma', '2'):
            self.refused('/%s/more' % own, '/' + own, 'another name')

    def refused(self, given, *parts):
        done = server.run('serve', '--port', '0', '--base-path', given)
        self.assertEqual((done.returncode, done.stdout), (1, ''), (given, done.stderr))
        for part in parts:
            self.assertIn(part, done.stderr)


if __name__ == '__main__':
    unittest.main()
