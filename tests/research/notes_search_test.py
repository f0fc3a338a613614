"""Words in what people wrote: found in the next request after the write, Arabic in any spelling, other words by their stems."""
import unittest
import urllib.parse

from tests.compat import server
from tests.research.support import Served

NOTES = {
    'en': 'He calls himself the Merciful; mercies are counted here.',
    'ar': 'كتب المفسرون عن الصلاة والزكاة في هذه الآية',
    'marks': 'ٱلصَّلَوٰةَ',
    'other': 'Über die Gnade',
    'two': 'first word\nsecond word',
}


class Search(Served):
    def setUp(self):
        super().setUp()
        for name, note in NOTES.items():
            self.write(name, note)

    def write(self, name, note, **more):
        answer = self.server.post('/api/v1/annotations', {'id': name, 'anchor': '112:2', 'note': note, **more})
        self.assertEqual(answer.status, 201, answer.body)

    def found(self, text, route='annotations', **query):
        answer = self.get('/api/v1/%s?%s' % (route, urllib.parse.urlencode({'text': text, **query})))
        self.assertEqual(answer['total'], len(answer['documents']))
        return {d['id'].split(':')[-1] for d in answer['documents']}

    def test_words(self):
        for text, expected in (
                ('mercy', {'en'}), ('MERCIES', {'en'}), ('calling', {'en'}), ('"mercy"', set()), ('"mercies"', {'en'}), ('mercy nothing', set()),
                ('الصلاة', {'ar', 'marks'}), ('الصلوة', {'marks'}), ('ٱلصَّلَوٰةَ', {'ar', 'marks'}), ('كَتَبَ', {'ar'}), ('المفسرون الصلاة', {'ar'}),
                ('"هذه الآية"', {'ar'}), ('"الآية هذه"', set()), ('uber', {'other'}), ('Über gnade', {'other'}), ('über', {'other'}),
                ('"first word"', {'two'}), ('"word second"', {'two'}), ('second first', {'two'}), ('zebra', set()), ('”first word“ second', {'two'})):
            with self.subTest(text):
                self.assertEqual(self.found(text), expected)
        # The fixture's own documents, and fields inside evidence.
        self.assertEqual(self.found('rhyme', 'hypotheses'), {'hyp-1'})
        self.assertEqual(self.found('addressed', 'pronouns'), {'pr-1'})
        self.assertEqual(self.found('favour', 'connections'), {'7'})
        self.assertEqual(self.found('giver mercies', 'translations'), {'tr-en'})
        self.assertEqual(self.found('Barmherzige', 'translations'), {'tr-2'})
        self.assertEqual(self.found('grammatical', 'tags'), {'iltifat'})
        self.assertEqual(self.found('jussive', 'patterns'), {'p-neg'})
        self.assertEqual(self.found('mercy', 'notes'), {'en', 'tr-en'})
        self.assertEqual(self.found('mercy', 'notes', verses='1'), {'tr-en'})
        for text in ('', '"', '12 34', '...', 'x ' * 40, 'x' * 501):
            answer = self.server.get('/api/v1/notes?' + urllib.parse.urlencode({'text': text}))
            self.assertEqual(answer.status, 400, text)
            self.assertEqual(server.json_of(answer)['parameter'], 'text')
        # A phrase does not go from one field into the next.
        self.server.put('/api/v1/hypotheses/112:1:hyp-2', {'hypothesis': 'ends here', 'note': 'begins there'}, headers={'If-Match': '*'})
        self.assertEqual(self.found('here begins', 'hypotheses'), {'hyp-2'})
        self.assertEqual(self.found('"here begins"', 'hypotheses'), set())

    def test_particles_before_a_word(self):
        for name, note in (('p1', 'العفو والرحمة'), ('p2', 'ذكرها بالرحمة وبالعدل'), ('p3', 'طلبًا للرحمة'), ('p4', 'وَٱلرَّحْمَةِ'), ('p5', 'الإيمان وسليمان'),
                           ('p6', 'كتاب وولد بالله')):
            self.write(name, note)
        for text, expected in (
                ('الرحمة', {'p1', 'p2', 'p3', 'p4'}), ('الرَّحمة', {'p1', 'p2', 'p3', 'p4'}), ('والرحمة', {'p1', 'p4'}), ('العدل', {'p2'}), ('"الرحمة"', set()),
                ('"والرحمة"', {'p1', 'p4'}), ('سليمان', {'p5'}), ('الله', {'p6'}), ('بالرحمة', {'p2'}), ('الرُّحمة', {'p1', 'p2', 'p3', 'p4'}),
                # Not a particle, but a letter of the word.
                ('تاب', set()), ('لد', set()), ('رحمة', set())):
            with self.subTest(text):
                self.assertEqual(self.found(text, 'annotations') & {'p1', 'p2', 'p3', 'p4', 'p5', 'p6'}, expected)

    def test_every_write_is_found_at_once(self):
        self.assertEqual(self.found('zebra', 'notes'), set())
        self.write('new', 'zebras run')
        self.assertEqual(self.found('zebra', 'notes'), {'new'})
        self.post('/api/annotations/113/1', {'id': 'old', 'note': 'a zebra'})
        self.assertEqual(self.found('zebra', 'notes'), {'new', 'old'})
        answer = self.ok(self.server.put('/api/v1/annotations/112:2:new', {'note': 'horses'}, headers={'If-Match': '*'}))
        self.assertEqual(self.found('zebra', 'notes'), {'old'})
        self.assertEqual(self.found('horse', 'notes'), {'new'})
        self.kalima('undo', answer['change'], '--db', self.database)
        self.assertEqual(self.found('zebra', 'notes'), {'new', 'old'})
        self.ok(self.server.delete('/api/v1/annotations/112:2:new', headers={'If-Match': '*'}))
        self.assertEqual(self.found('zebra', 'notes'), {'old'})
        self.put('/api/tags/stripes', {'hypothesis': 'zebra'})
        self.assertEqual(self.found('zebra', 'notes'), {'old', 'stripes'})
        self.restart()
        self.assertEqual(self.found('zebra', 'notes'), {'old', 'stripes'})


if __name__ == '__main__':
    unittest.main()
