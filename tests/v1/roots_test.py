"""GET /api/v1/roots: roots by what somebody types."""
import json
import unittest
import urllib.parse

from tests.http.case import ServerCase


class Roots(ServerCase):
    def ask(self, **parameters):
        return self.server.json('/api/v1/roots?' + urllib.parse.urlencode(parameters))

    def roots(self, q):
        return [(r['root'], r['match']) for r in self.ask(q=q)['roots']]

    def expected(self):
        """root -> (verses, words), from the verses as they are answered."""
        verses, words = {}, {}
        for verse in self.server.json('/api/verses?limit=1000')['verses']:
            here = set()
            for token in verse['tokens']:
                found = {s['root'] for s in token['segments'] if s['root']}
                here |= found
                for root in found:
                    words[root] = words.get(root, 0) + 1
            for root in here:
                verses[root] = verses.get(root, 0) + 1
        return {root: (verses[root], words[root]) for root in words}

    def test_all_roots(self):
        answer = self.ask(limit=1000)
        expected = self.expected()
        self.assertGreater(len(expected), 20)
        self.assertEqual(list(answer), ['roots', 'total'])
        self.assertEqual(answer['total'], len(expected))
        self.assertEqual([r['root'] for r in answer['roots']], sorted(expected))
        self.assertEqual([r['root'] for r in answer['roots']], self.server.json('/api/roots'))
        for root in answer['roots']:
            self.assertEqual((root['verses'], root['words']), expected[root['root']])
            self.assertEqual(list(root), ['root', 'arabic', 'verses', 'words'])
        self.assertEqual({r['root']: r['arabic'] for r in answer['roots']}['rHm'], 'رحم')
        self.assertEqual(self.ask(q='', limit=1000), answer)
        self.assertEqual(self.ask(q=' ', limit=1000), answer)

    def test_each_spelling(self):
        for typed in ('rHm', 'r-H-m', ' rHm '):
            self.assertEqual(self.roots(typed)[0], ('rHm', 'exact'), typed)
        for typed in ('رحم', 'ر ح م', 'ر-ح-م', 'رَحِم'):
            self.assertEqual(self.roots(typed)[0], ('rHm', 'arabic'), typed)
        for typed in ('rhm', 'RHM', 'r-h-m', 'r ḥ m'):
            self.assertEqual(self.roots(typed)[0], ('rHm', 'latin'), typed)
        self.assertEqual(self.roots('قال')[0], ('qwl', 'folded'))
        self.assertEqual(self.roots('ق و ل')[0], ('qwl', 'arabic'))
        self.assertEqual(self.ask(q='ر ح م')['roots'][0]['arabic'], 'رحم')
        self.assertEqual(self.ask(q='rHm')['roots'][0]['verses'], self.expected()['rHm'][0])
        self.assertEqual(self.ask(q='xxxxx'), {'roots': [], 'total': 0})
        self.assertEqual(self.ask(q='%_?'), {'roots': [], 'total': 0})

    def test_every_root_finds_itself(self):
        for root in self.ask(limit=1000)['roots']:
            for typed in (root['root'], root['arabic'], ' '.join(root['arabic'])):
                self.assertEqual(self.ask(q=typed)['roots'][0]['root'], root['root'], typed)

    def test_pages(self):
        everything = self.ask(limit=1000)
        total, roots = everything['total'], everything['roots']
        self.assertEqual(self.ask(limit=5)['roots'], roots[:5])
        self.assertEqual(self.ask(limit=5, offset=3), {'roots': roots[3:8], 'total': total})
        self.assertEqual(self.ask(limit=0), {'roots': [], 'total': total})
        self.assertEqual(self.ask(offset=total), {'roots': [], 'total': total})
        self.assertEqual(self.ask(offset=total - 1)['roots'], roots[-1:])
        self.assertEqual(self.ask(limit=100000, offset=10**9), {'roots': [], 'total': total})
        self.assertEqual(self.ask(limit=100000, offset=1)['roots'], roots[1:])
        self.assertEqual(len(self.ask()['roots']), min(100, total))
        typed = self.ask(q='a-l-h')
        self.assertEqual(self.ask(q='a-l-h', offset=1)['roots'], typed['roots'][1:])
        self.assertEqual(self.ask(q='a-l-h', offset=1)['total'], typed['total'])
        self.assertGreaterEqual(typed['total'], 1)

    def test_bad_requests(self):
        for query in ('q=%FF', 'q=r%D8', 'q=r%EF%BF%BDm', 'q=' + 'r' * 257, 'q=' + 'r' * 60000, 'limit=-1', 'limit=x', 'offset=-1',
                      'offset=', 'limit=1.5', 'limit=100001', 'offset=1000000001', 'q=rHm&limit=x'):
            with self.subTest(query=query[:40]):
                self.assert_error(self.server.get('/api/v1/roots?' + query), 400)
        self.assert_error(self.server.get('/api/v1/roots?q=' + 'r' * 100000), 400, 414)
        self.assert_error(self.server.get('/api/v1/roots/'), 404)
        self.assert_error(self.server.post('/api/v1/roots', {}), 405)
        self.assertEqual(self.server.get('/api/v1/roots?q=' + 'r' * 256).status, 200)
        self.assertEqual(json.loads(self.server.get('/api/v1/roots?q=%00').body), {'roots': [], 'total': 0})


if __name__ == '__main__':
    unittest.main()
