"""GET /api/v1/attributes: the attributes of the corpus, their values and how often they occur."""
import collections
import os
import unittest
import urllib.parse

from tests.compat import server
from tests.http.case import ServerCase


class Attributes(ServerCase):
    def ask(self, **parameters):
        return self.server.json('/api/v1/attributes?' + urllib.parse.urlencode(parameters))

    def table(self):
        return {a['name']: a for a in self.ask()['attributes']}

    def words(self):
        """(verse, segments) of every word, as the old API has them."""
        return [((v['surah']['number'], v['ayah']), t['segments'])
                for v in self.server.json('/api/verses?limit=1000')['verses'] for t in v['tokens']]

    def test_the_table(self):
        table = self.table()
        self.assertGreater(len(table), 50)
        self.assertEqual(len(table), len(self.ask()['attributes']))
        self.assertEqual(list(table['root']),
                         ['name', 'aliases', 'level', 'type', 'source', 'english', 'arabic', 'meaning', 'example', 'values',
                          'segments', 'words', 'verses'])
        self.assertEqual([table[n]['level'] for n in ('root', 'word', 'juz_n', 'relation')],
                         ['segment', 'word', 'region', 'node'])
        self.assertEqual(table['juz_n']['region'], 'juz')
        self.assertEqual(table['pos']['aliases'], ['tag', 'xpos', 'part_of_speech'])
        self.assertEqual((table['case']['type'], table['root']['type'], table['depth']['type'], table['hidden']['type']),
                         ('enumerated', 'dictionary', 'number', 'flag'))
        self.assertEqual((table['root']['source'], table['masaq_tag']['source']), ('morphology', 'masaq'))
        words = self.words()
        self.assertEqual(table['n']['words'], len(words))
        self.assertEqual(table['n']['segments'], sum(len(segments) for _, segments in words))

    def test_counts_are_those_of_the_verses(self):
        segments, words, verses = (collections.defaultdict(x) for x in (int, int, set))
        for verse, parts in self.words():
            pos = [s['pos'] for s in parts if s['pos']]
            for value in pos:
                segments[value] += 1
            for value in set(pos):
                words[value] += 1
                verses[value].add(verse)
        answer = self.ask(name='pos', limit=1000)
        found = {v['value']: (v['segments'], v['words'], v['verses']) for v in answer['values'] if v['segments']}
        self.assertEqual(found, {p: (segments[p], words[p], len(verses[p])) for p in segments})
        self.assertEqual(answer['attribute']['segments'], sum(segments.values()))
        noun, = (v for v in answer['values'] if v['value'] == 'N')
        self.assertEqual((noun['english'], noun['arabic'], noun['ud']), ('noun', 'اسم', 'NOUN'))

    def test_a_closed_set_is_complete_and_in_its_order(self):
        answer = self.ask(name='case')
        self.assertEqual([v['value'] for v in answer['values']], ['NOM', 'ACC', 'GEN'])
        self.assertEqual(answer['total'], 3)
        total = self.table()['n']['segments']
        self.assertEqual(answer['missing']['segments'] + sum(v['segments'] for v in answer['values']), total)

    def test_names(self):
        answer = self.ask(name='root')
        for name in ('ROOT', 'Root'):
            self.assertEqual(self.ask(name=name), answer)
        self.assertEqual(self.ask(name='verb_form'), self.ask(name='form'))

    def test_pages(self):
        everything = self.ask(name='lemma', limit=100000)
        values, total = everything['values'], everything['total']
        self.assertEqual(len(values), total)
        self.assertGreater(total, 8)
        self.assertEqual(self.ask(name='lemma', limit=5)['values'], values[:5])
        self.assertEqual(self.ask(name='lemma', limit=5, offset=3)['values'], values[3:8])
        self.assertEqual(self.ask(name='lemma', offset=total)['values'], [])
        self.assertEqual(self.ask(name='lemma', limit=100000, offset=1)['values'], values[1:])
        self.assertEqual(len(self.ask(name='lemma')['values']), min(100, total))

    def test_bad_requests(self):
        self.assert_error(self.server.get('/api/v1/attributes?name=rooot'), 404)
        self.assert_error(self.server.get('/api/v1/attributes?name='), 404)
        self.assert_error(self.server.get('/api/v1/attributes?name=root&limit=-1'), 400)
        self.assert_error(self.server.get('/api/v1/attributes?name=root&offset=x'), 400)


class CoreFile(unittest.TestCase):
    """A core file that is damaged, missing or changed is noticed: at start, or by kalima check."""

    def setUp(self):
        self.workplace = server.Workplace()
        self.addCleanup(self.workplace.close)
        self.core = os.path.join(self.workplace.database + '-index', 'core')

    def check(self):
        return server.run('check', '--db', self.workplace.database)

    def serve_rebuilt(self):
        """Whether the server rebuilt the index."""
        running = self.workplace.serve()
        status = running.get('/api/v1/attributes?name=root').status
        running.stop()
        self.assertEqual(status, 200)

    def change(self, edit):
        with open(self.core, 'r+b') as f:
            data = bytearray(f.read())
            edit(data)
            f.seek(0)
            f.write(data)
            f.truncate()

    def test_sound(self):
        done = self.check()
        self.assertEqual((done.returncode, done.stderr), (0, ''), done.stderr)

    def test_a_changed_value_is_found_by_check(self):
        def edit(data):
            data[96] ^= 1
        self.change(edit)
        done = self.check()
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stdout + done.stderr, r'index: the index \S+ is damaged')

    def test_another_version_or_damage_is_rebuilt(self):
        for edit in (lambda data: data.__setitem__(8, 0x7F), lambda data: data.__setitem__(20, data[20] ^ 1),
                     lambda data: data.__delitem__(slice(len(data) // 2, None)), lambda data: data.clear()):
            self.change(edit)
            self.serve_rebuilt()
            self.assertEqual(self.check().returncode, 0)
        os.remove(self.core)
        self.serve_rebuilt()
        self.assertEqual(self.check().returncode, 0)


if __name__ == '__main__':
    unittest.main()
