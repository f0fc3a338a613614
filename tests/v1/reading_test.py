"""Reading over /api/v1 in the surahs that come with the program: ranges, layers, research, references and names.

What the answers say is compared with the published files in reading_full_test.py.
"""
import json
import unittest
import urllib.parse

from tests.compat import server
from tests.v1.case import StarterCase


class Reading(StarterCase):
    def ask(self, path, **parameters):
        return self.server.json('/api/v1/' + urllib.parse.quote(path) + ('?' + urllib.parse.urlencode(parameters) if parameters else ''))

    def verses(self, range_, **parameters):
        return [v['verse'] for v in self.ask('verses/' + range_, **parameters)['verses']]

    def test_ranges(self):
        self.assertEqual(self.verses('112'), ['112:1', '112:2', '112:3', '112:4'])
        self.assertEqual(self.verses('surah:112'), self.verses('112'))
        self.assertEqual(self.verses('112:2'), ['112:2'])
        self.assertEqual(self.verses('112:2-3'), ['112:2', '112:3'])
        self.assertEqual(self.verses('112:3-113:1'), ['112:3', '112:4', '113:1'])
        self.assertEqual(self.verses('page:604'), self.verses('112') + self.verses('113') + self.verses('114'))
        # Of a part that the corpus has not complete, what is there.
        self.assertEqual(self.verses('juz:1'), self.verses('1'))
        answer = self.ask('verses/112:1')
        self.assertEqual((answer['range'], answer['total']), ('112:1', 1))
        self.assertEqual(list(answer['verses'][0]),
                         ['verse', 'surah', 'ayah', 'text', 'juz', 'hizb', 'quarter', 'manzil', 'ruku', 'page', 'sajda'])

    def test_what_is_no_range(self):
        for range_ in ('x', '', '112:', ':1', '112:1-', '112:3-2', '113:1-112:1', 'juz', 'juz:x', 'foo:1', 's:1', '1:1:1', '-1', '1:1-2-3',
                       '4294967295', '1:4294967295', '99999999999999999999', '1:1 ', '+1'):
            with self.subTest(range_=range_):
                if range_:
                    self.problem(self.server.get('/api/v1/verses/' + urllib.parse.quote(range_)), 400, 'bad_input', parameter='range')
        for range_ in ('2', '2:255', '112:5', '112:1-9', '112:4-5', '115', '0', '0:0', 'juz:31', 'juz:0', 'page:2', '4294967293'):
            with self.subTest(range_=range_):
                self.problem(self.server.get('/api/v1/verses/' + range_), 404, 'not_found', parameter='range')

    def test_layers(self):
        plain = self.ask('verses/112:1')['verses'][0]
        keys = {'words': {'words'}, 'segments': {'words'}, 'gloss': {'words'}, 'transliteration': {'words'}, 'masaq': {'words'},
                'tree': {'tree'}, 'translations': {'translations'}, 'notes': {'notes'}}
        for layer, more in keys.items():
            verse = self.ask('verses/112:1', layers=layer)['verses'][0]
            self.assertEqual(set(verse) - set(plain), more, layer)
            self.assertEqual({k: v for k, v in verse.items() if k in plain}, plain)
        both = self.ask('verses/112:1', layers='words,segments')['verses'][0]
        self.assertEqual(both, self.ask('verses/112:1', layers='segments,words')['verses'][0])
        self.assertEqual(' '.join(w['word'] for w in both['words']), both['text'])
        self.assertIn('root', [k for w in both['words'] for s in w['segments'] for k in s])
        self.assertEqual([w['n'] for w in both['words']], [1, 2, 3, 4])
        self.problem(self.server.get('/api/v1/verses/112:1?layers=words,nonsense'), 400, parameter='layers')
        self.assertEqual(self.ask('words/112:1:1')['word']['word'], both['words'][0]['word'])
        self.problem(self.server.get('/api/v1/words/112:1:5'), 404, parameter='word')
        self.problem(self.server.get('/api/v1/words/112:1'), 400, parameter='word')
        self.problem(self.server.get('/api/v1/words/112:1:0'), 404, parameter='word')

    def test_research_is_as_it_was_written(self):
        before = self.server.get('/api/v1/verses/114:1?layers=notes,translations')
        self.assertEqual(json.loads(before.body)['verses'][0]['translations'], self.server.json('/api/translations/114:1'))
        for path, body in (('/api/annotations/114/1', b'{"id":"a","n":1.0,"b":2,"a":1}'), ('/api/connections/114:1', b'{"internal":[]}')):
            self.assertEqual(self.server.post(path, body).status, 200)
        after = self.server.get('/api/v1/verses/114:1?layers=notes,translations', headers={'If-None-Match': before.headers['ETag']})
        self.assertEqual(after.status, 200)
        notes = json.loads(after.body)['verses'][0]['notes']
        self.assertEqual(notes['annotations'], self.server.json('/api/annotations/114/1'))
        self.assertEqual(notes['connections'], self.server.json('/api/connections/114:1'))
        self.assertIn(b'1.0', after.body)
        metrics = self.server.get('/metrics').body.decode()
        self.assertIn('\nkalima_v1_json_parsed_total 0\n', metrics)

    def test_a_long_answer_is_sent_while_it_is_made(self):
        address = '/api/v1/verses/juz:30?layers=words,segments,translations'
        whole = self.server.get(address)
        self.assertEqual(whole.headers['Transfer-Encoding'], 'chunked')
        verses = json.loads(whole.body)['verses']
        self.assertGreater(len(verses), 100)
        for verse in verses[::40] + verses[-1:]:
            self.assertEqual(self.ask('verses/' + verse['verse'], layers='words,segments,translations')['verses'], [verse])
        self.assertEqual(self.server.get(address, headers={'If-None-Match': whole.headers['ETag']}).status, 304)
        self.assertEqual(self.server.request('HEAD', address).body, b'')
        self.assertEqual(self.server.post('/api/annotations/113/1', {'id': 'x'}).status, 200)
        self.assertEqual(self.server.get(address, headers={'If-None-Match': whole.headers['ETag']}).status, 200)
        with self.server.socket() as s:
            s.sendall(b'GET ' + address.encode() + b' HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n')
            old = server.read_all(s)
        head, _, body = old.partition(b'\r\n\r\n')
        self.assertNotIn(b'chunked', head)
        self.assertEqual(body, whole.body)
        # A client that goes away in the middle shakes nothing.
        for _ in range(5):
            s = self.server.socket()
            s.sendall(b'GET ' + address.encode() + b' HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
            s.recv(10)
            s.close()
        self.assertTrue(self.server.healthy())

    def test_resolve(self):
        def found(q):
            return [m['reference'] for m in self.ask('resolve', q=q)['matches']]
        for q, reference in (('2:255', '2:255'), ('٢:٢٥٥', '2:255'), ('2 255', '2:255'), ('2.255', '2:255'), (' 112 ', '112'), ('juz:30', 'juz:30'),
                             ('2:255-257', '2:255-257'), ('112:1:2', '112:1:2'), ('البقرة', '2'), ('سورة البقره', '2'), ('بقرة', '2'),
                             ('البقرة ٢٥٥', '2:255'), ('al-Baqara', '2'), ('surah baqarah 255', '2:255'), ('AL BAQARA 1', '2:1'),
                             ('al-Ikhlas', '112'), ('ikhlaas', '112'), ('الإخلاص', '112'), ('الاخلاص', '112'), ('an-nas', '114'), ('The Cow', '2'),
                             ('cow', '2'), ('آل عمران', '3'), ('ال عمران', '3'), ('yasin', '36'), ('آية الكرسي', '2:255'), ('ayat al-kursi', '2:255'),
                             ('براءة', '9'), ('Ya Sin 12', '36:12'), ('المعوذتان', '113:1-114:6')):
            with self.subTest(q=q):
                self.assertIn(reference, found(q)[:1])
        for q in ('nonsense', '', 'xyz 5', '%', '"'):
            self.assertEqual(found(q), [])
        match, = self.ask('resolve', q='2:255')['matches']
        self.assertEqual(match, {'kind': 'verse', 'reference': '2:255', 'surah': 2, 'name': 'البقرة', 'latin': 'al-Baqara', 'english': 'The Cow',
                                 'present': False})
        self.assertTrue(self.ask('resolve', q='112')['matches'][0]['present'])
        for surah in self.ask('surahs')['surahs']:
            for name in ('name', 'latin', 'english'):
                self.assertIn(str(surah['surah']), found(surah[name]), surah[name])

    def test_roots_and_lemmas(self):
        root = self.ask('roots/رحم', limit=1)
        self.assertEqual((root['root'], root['buckwalter']), ('رحم', 'rHm'))
        self.assertEqual(len(root['places']), 1)
        self.assertGreater(root['total'], 1)
        for typed in ('rHm', 'ر ح م', 'ر-ح-م'):
            self.assertEqual(self.ask('roots/' + typed, limit=1), root)
        self.problem(self.server.get('/api/v1/roots/zzz'), 404, 'not_found', parameter='root')
        self.assertEqual(self.ask('lemmas/رب'), self.ask('lemmas/رَبّ'))
        self.problem(self.server.get('/api/v1/lemmas/xyz'), 404, 'not_found', parameter='lemma')

    def test_corpus(self):
        corpus = self.ask('corpus')
        self.assertTrue(corpus['starter'])
        self.assertEqual({s['source']: s['present'] for s in corpus['sources']},
                         {'text': True, 'morphology': True, 'treebank': True, 'masaq': False})
        self.assertEqual(corpus['missing']['verses'], 6236 - corpus['counts']['verses'])
        self.assertIn('2', corpus['missing']['surahs'])
        self.assertNotIn('112', corpus['missing']['surahs'])
        self.assertIn('gloss', corpus['missing']['attributes'])
        self.assertNotIn('root', corpus['missing']['attributes'])


if __name__ == '__main__':
    unittest.main()
