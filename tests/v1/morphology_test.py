"""GET /api/v1/morphology/REF: the words of a verse with what their features say."""
import json
import os
import unittest

from tests.compat import server
from tests.http.case import ServerCase


class Morphology(ServerCase):
    def verse(self, reference):
        return self.server.json('/api/v1/morphology/' + reference)

    def segments(self, reference):
        return {s['id']: s for word in self.verse(reference)['words'] for s in word['segments']}

    def test_a_verse_is_the_stored_one_word_by_word(self):
        stored = self.server.json('/api/verse/1/1')
        verse = self.verse('1:1')
        self.assertEqual(list(verse), ['surah', 'ayah', 'text', 'words'])
        self.assertEqual((verse['surah'], verse['ayah'], verse['text']), (1, 1, stored['text']))
        self.assertEqual([(w['id'], w['form']) for w in verse['words']], [(t['id'], t['form']) for t in stored['tokens']])
        for word, token in zip(verse['words'], stored['tokens']):
            self.assertEqual(len(word['segments']), len(token['segments']))
            for segment, original in zip(word['segments'], token['segments']):
                for key in ('id', 'form', 'type', 'root', 'lemma'):
                    self.assertEqual(segment[key], original[key])
                self.assertEqual(segment['features_text'], original['features'])
                self.assertEqual(segment['pos']['tag'], original['pos'])

    def test_a_segment(self):
        segments = self.segments('1:1')
        self.assertEqual(segments['1.1'], {
            'id': '1.1', 'form': segments['1.1']['form'], 'type': 'prefix', 'pos': {'tag': 'P', 'name': 'preposition'}, 'root': None,
            'lemma': None, 'features_text': 'PREFIX|bi+', 'features': {'segment_type': 'prefix', 'clitic': 'preposition bi-'},
            'implied': {'part_of_speech': 'preposition'}})
        self.assertEqual(segments['1.2']['features'], {
            'segment_type': 'stem', 'part_of_speech': 'noun', 'gender': 'masculine', 'case': 'genitive', 'root': 'smw', 'lemma': '{som'})
        self.assertEqual(segments['1.2']['implied'], {})

    def test_what_is_written_and_what_is_implied(self):
        verbs = {s['features_text']: s for s in self.segments('112:3').values() if s['pos']['tag'] == 'V'}
        self.assertEqual(len(verbs), 2)
        for text, verb in verbs.items():
            passive = 'PASS' in text
            self.assertEqual(verb['features'].get('voice'), 'passive' if passive else None, text)
            self.assertEqual(verb['implied'], {'verb_form': 'I'} if passive else {'voice': 'active', 'verb_form': 'I'}, text)
            self.assertEqual({k: verb['features'][k] for k in ('aspect', 'mood', 'person', 'gender', 'number')},
                             {'aspect': 'imperfect', 'mood': 'jussive', 'person': 'third', 'gender': 'masculine', 'number': 'singular'})
        worship = next(s for s in self.segments('1:5').values() if s['pos']['tag'] == 'V')
        self.assertEqual((worship['implied']['mood'], worship['features']['person'], worship['features']['number']),
                         ('indicative', 'first', 'plural'))

    def test_nothing_of_the_fixture_is_left_over(self):
        read = 0
        for verse in self.server.json('/api/verses?limit=1000')['verses']:
            for segment in self.segments('%d:%d' % (verse['surah']['number'], verse['ayah'])).values():
                self.assertNotIn('leftovers', segment)
                read += bool(segment['features'])
        self.assertGreater(read, 100)

    def test_references(self):
        for reference in ('1', '1:', ':1', 'a:b', '1:1:1', '-1:1', '1:+1', '1:1%20', '1:%FF', '%D9%A2:1', '1.1', '1:99999999999999999999', '18446744073709551615:1'):
            with self.subTest(reference=reference):
                self.assert_error(self.server.get('/api/v1/morphology/' + reference), 400)
        for reference in ('1:8', '0:1', '1:0', '2:255', '115:1'):
            with self.subTest(reference=reference):
                self.assert_error(self.server.get('/api/v1/morphology/' + reference), 404)
        self.assert_error(self.server.get('/api/v1/morphology/'), 404)
        self.assert_error(self.server.get('/api/v1/morphology'), 404)
        self.assert_error(self.server.get('/api/v1/morphology/1:1/'), 404)
        self.assert_error(self.server.post('/api/v1/morphology/1:1', {}), 405)
        self.assertEqual(self.server.get('/api/v1/morphology/01:01').status, 200)


class OddFeatures(unittest.TestCase):
    """Features that no corpus has: shown, and what is not understood apart."""

    @classmethod
    def setUpClass(cls):
        cls.workplace = server.Workplace()
        cls.addClassCleanup(cls.workplace.close)
        path = os.path.join(cls.workplace.data, 'datasets', 'corpus', 'quran.jsonl')
        with open(path, encoding='utf-8') as f:
            lines = f.read().split('\n')  # a line of the file may contain other line separators
        verse = json.loads(lines[0])
        segments = verse['tokens'][0]['segments']
        segments[0].update({'features': 'STEM|POS:V|IMPF|(XI)|odd||LEM:x|M|F|', 'pos': 'XYZ'})
        segments[1].update({'features': None, 'pos': None, 'root': 'p|q', 'lemma': None})
        lines[0] = json.dumps(verse, ensure_ascii=False)
        with open(path, 'w', encoding='utf-8') as f:
            f.write('\n'.join(lines))
        cls.workplace.import_data()
        cls.server = cls.workplace.serve()
        cls.addClassCleanup(cls.server.stop)

    def test_leftovers(self):
        segments = self.server.json('/api/v1/morphology/1:1')['words'][0]['segments']
        self.assertEqual(segments[0]['leftovers'], ['odd', '', 'F', ''])
        self.assertEqual(segments[0]['pos'], {'tag': 'XYZ', 'name': None})
        self.assertEqual(segments[0]['features'], {'segment_type': 'stem', 'part_of_speech': 'verb', 'aspect': 'imperfect',
                                                   'verb_form': 'XI', 'gender': 'masculine', 'lemma': 'x'})
        self.assertEqual(segments[0]['implied'], {'mood': 'indicative', 'voice': 'active'})
        self.assertEqual((segments[1]['features_text'], segments[1]['features'], segments[1]['implied'], segments[1]['pos']),
                         (None, {}, {}, None))
        self.assertNotIn('leftovers', segments[1])


if __name__ == '__main__':
    unittest.main()
