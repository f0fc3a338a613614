"""References as people write them, and what only looks like one."""
import json
import unittest
import urllib.parse

from tests.v1.case import StarterCase
from tests.v1.everyday_wide import REFERENCES


class References(StarterCase):
    def get(self, route, q):
        answer = self.server.get('/api/v1/%s?%s' % (route, urllib.parse.urlencode({'q': q})))
        self.assertEqual(answer.status, 200, answer.body[:300])
        return json.loads(answer.body)

    def test_the_verse_that_is_meant(self):
        for typed, verse in REFERENCES:
            with self.subTest(typed):
                first = self.get('resolve', typed)['matches'][0]
                # A surah or a part: its first verse is not in the answer.
                if first['kind'] in ('verse', 'verses'):
                    self.assertEqual(first['reference'].split('-')[0], verse)

    def test_of_what_is_here(self):
        for typed in ('Q112:1', 'Q. 112.1', 'سورة الإخلاص آية ١', 'الآية ١ من الإخلاص', 'surah 112, verse 1', 'verse 1 of surah ikhlas', '112：1', '११२:१', '112–1',
                      'القرآن ١١٢:١', 'al-Ikhlas (112:1)'):
            with self.subTest(typed):
                answer = self.get('search', typed)
                self.assertEqual((answer['read_as'], [(r['surah'], r['ayah']) for r in answer['results']]), ('reference', [(112, 1)]))
        answer = self.get('search', 'surah 112 verses 1 to 3')
        self.assertEqual([(r['surah'], r['ayah']) for r in answer['results']], [(112, 1), (112, 2), (112, 3)])
        # A word beside a reference is sought there; the number of a pasted verse is not one.
        for typed, verses in (('أحد 112:1', [(112, 1)]), ('قل هو الله أحد ١', [(112, 1)]), ('أحد (112:4)', [(112, 4)]), ('من 5', None), ('آية 5', None), ('Lord 3', None)):
            with self.subTest(typed):
                answer = self.get('search', typed)
                self.assertNotEqual(answer['read_as'], 'reference')
                if verses is not None:
                    self.assertEqual([(r['surah'], r['ayah']) for r in answer['results']], verses)


if __name__ == '__main__':
    unittest.main()
