"""GET /api/v1/search?mode=text: words and phrases by how they are written, over the fixture."""
import json
import unittest
import unicodedata
import urllib.parse

from tests.compat import server

STEPS = ['exact', 'plain', 'partial_vowels', 'folded', 'modern_spelling', 'regional', 'no_vowels']


def nfc(value):
    """A value with its texts in one normalization form: the fixture's is Tanzil's order of signs."""
    return json.loads(unicodedata.normalize('NFC', json.dumps(value, ensure_ascii=False)))


def target(**query):
    return '/api/v1/search?' + urllib.parse.urlencode(query)


class TextSearch(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = server.Server('--db', server.fixture_database())
        cls.addClassCleanup(cls.server.stop)

    def search(self, q, **query):
        answer = self.server.get(target(q=q, **query))
        self.assertEqual(answer.status, 200, answer.body[:300])
        self.assertEqual(answer.headers['Content-Type'], 'application/json')
        return json.loads(answer.body)

    def hits(self, q, **query):
        """(surah, ayah, step, [what is highlighted, with its proclitics before a +]) of each hit."""
        out = []
        for result in self.search(q, **query)['results']:
            for hit in result['hits']:
                self.assertEqual(hit['first_word'], hit['words'][0]['word'])
                self.assertEqual(hit['last_word'], hit['words'][-1]['word'])
                self.assertEqual(hit['step'], max((w['step'] for w in hit['words']), key=STEPS.index))
                shown = []
                for w in hit['words']:
                    text = result['text']
                    self.assertEqual(w['to'], len(text) if ' ' not in text[w['to']:] else text.index(' ', w['from']))
                    self.assertEqual(bool(w['proclitic']), w['from'] > 0 and text[w['from'] - 1] != ' ')
                    # In the fixture each word of the text is one of the morphology.
                    self.assertEqual(w['word'], text[:w['from']].count(' ') + 1)
                    shown.append((w['proclitic'] + '+' if w['proclitic'] else '') + text[w['from']:w['to']])
                out.append((result['surah'], result['ayah'], hit['step'], shown))
        return out

    def found(self, expected, q, **query):
        self.assertEqual(nfc(self.hits(q, **query)), nfc(expected))

    def refused(self, *parts, **query):
        answer = self.server.get(target(**query))
        self.assertEqual(answer.status, 400, answer.body[:300])
        text = server.error_text(answer.headers['Content-Type'], answer.body)
        for part in parts:
            self.assertIn(part, text)

    def test_what_an_answer_has(self):
        answer = self.search('شر', mode='text', limit=2, offset=1)
        ms = answer.pop('ms')
        self.assertTrue(0 <= ms < 2000, ms)
        self.assertEqual(nfc(answer.pop('results')), nfc([
            {'surah': 113, 'ayah': 3, 'index': 13, 'text': 'وَمِن شَرِّ غَاسِقٍ إِذَا وَقَبَ', 'hits': [{
                'first_word': 2, 'last_word': 2, 'step': 'partial_vowels',
                'words': [{'word': 2, 'from': 6, 'to': 11, 'step': 'partial_vowels', 'proclitic': ''}]}]},
            {'surah': 113, 'ayah': 4, 'index': 14, 'text': 'وَمِن شَرِّ ٱلنَّفَّـٰثَـٰتِ فِى ٱلْعُقَدِ', 'hits': [{
                'first_word': 2, 'last_word': 2, 'step': 'partial_vowels',
                'words': [{'word': 2, 'from': 6, 'to': 11, 'step': 'partial_vowels', 'proclitic': ''}]}]}]))
        lexemes, = answer.pop('lexemes')
        self.assertEqual((lexemes['word'], [r['buckwalter'] for r in lexemes['roots']]), ('شر', ['$rr']))
        self.assertEqual(answer, {
            'query': 'شر', 'mode': 'text', 'read_as': 'text', 'references': [], 'step': 'no_vowels', 'verses': 5, 'hits': 5, 'particles_before': 0,
            'particles_between': 0, 'steps': [{'step': 'partial_vowels', 'verses': 5, 'hits': 5}], 'further': [], 'unknown': [],
            'searched': [], 'nearness': [], 'counts': {}, 'offset': 1, 'limit': 2, 'partial': False})

    def test_each_step(self):
        for q, step in (('ٱلْعَـٰلَمِينَ', 'exact'), ('ٱلْعَٰلَمِينَ', 'plain'), ('العَٰلَمين', 'partial_vowels'),
                        ('ألعٰلمين', 'folded'), ('العالمين', 'modern_spelling'), ('العالمین', 'regional'),
                        ('العَلَمين', 'no_vowels'), ('العُالمين', 'no_vowels')):
            with self.subTest(q):
                self.found([(1, 2, step, ['ٱلْعَـٰلَمِينَ'])], q)
                for bound in STEPS:
                    found = self.search(q, step=bound)
                    self.assertEqual(found['step'], bound)
                    self.assertEqual(found['hits'], 1 if STEPS.index(bound) >= STEPS.index(step) else 0)

    def test_vowels_that_are_written_count(self):
        self.found([(113, 2, 'exact', ['مِن']), (114, 4, 'exact', ['مِن']), (114, 6, 'partial_vowels', ['مِنَ'])],
                   'مِن', step='partial_vowels', proclitics='no')
        self.found([], 'مَن', step='partial_vowels')
        self.assertEqual(self.search('مَن')['hits'], 6)
        self.assertEqual({hit[2] for hit in self.hits('مَن')}, {'no_vowels'})

    def test_normalization_forms_give_the_same(self):
        for q in ('أَعُوذُ', 'أَحَدٌ', 'إِلَـٰهِ', 'الضآلين', 'رَبِّ'):
            answers = [self.search(unicodedata.normalize(form, q)) for form in ('NFC', 'NFD')]
            for answer in answers:
                del answer['ms'], answer['query']
            self.assertEqual(answers[0], answers[1])
            self.assertGreater(answers[0]['hits'], 0)

    def test_proclitics_hide_no_word(self):
        self.found([(114, 6, 'partial_vowels', ['و+ٱلنَّاسِ'])], 'الناس', offset=4)
        self.found([(1, 2, 'partial_vowels', ['ل+لَّهِ'])], 'الله', offset=1, limit=1)
        self.found([(1, 2, 'partial_vowels', ['رَبِّ']), (113, 1, 'partial_vowels', ['ب+رَبِّ']),
                    (114, 1, 'partial_vowels', ['ب+رَبِّ'])], 'رب')
        self.found([(1, 2, 'partial_vowels', ['رَبِّ'])], 'رب', proclitics='no')
        # A letter of the word is not a proclitic; the segments show that.
        self.found([], 'قب')

    def test_phrases(self):
        self.found([
            (113, 2, 'partial_vowels', ['مِن', 'شَرِّ']), (113, 3, 'partial_vowels', ['و+مِن', 'شَرِّ']),
            (113, 4, 'partial_vowels', ['و+مِن', 'شَرِّ']), (113, 5, 'partial_vowels', ['و+مِن', 'شَرِّ']),
            (114, 4, 'partial_vowels', ['مِن', 'شَرِّ'])], 'من شر')
        self.found([(114, 3, 'partial_vowels', ['إِلَـٰهِ', 'ٱلنَّاسِ'])], '«إله، الناس»')
        self.assertEqual(self.hits('صراط الذين أنعمت عليهم')[0][:3], (1, 7, 'modern_spelling'))
        self.found([], 'إله ملك')
        self.assertEqual(self.search('من شر')['particles_before'], 3)
        self.assertEqual(self.search('من شر', proclitics='no')['hits'], 2)
        self.assertEqual(self.search('من شر', proclitics='first')['hits'], 5)

    def test_a_phrase_goes_on_in_the_next_verse(self):
        found = self.search('الناس إله الناس من')
        self.assertEqual((found['verses'], found['hits']), (1, 1))
        result, = found['results']
        hit, = result['hits']
        self.assertEqual((result['ayah'], [w['word'] for w in hit['words']]), (2, [2]))
        self.assertEqual([(v['ayah'], [w['word'] for w in v['words']]) for v in hit['continues']], [(3, [1, 2]), (4, [1])])
        for verse in hit['continues']:
            for word in verse['words']:
                self.assertNotIn(' ', verse['text'][word['from']:word['to']])
        # Not from one surah to the next.
        self.found([], 'والناس قل')

    def test_operators(self):
        for q, hits in (('الن*', 6), ('*اس', 7), ('نا?', 0), ('من * ما', 1), ('من شر * وقب', 0), ('ملك | إله', 3), ('ملك|إله', 3),
                        ('من -شر', 1), ('من -"مِن شَرِّ"', 1), ('"مِن"', 2), ('"من"', 0), ('"مِن شَرِّ"', 2)):
            with self.subTest(q):
                self.assertEqual(self.search(q)['hits'], hits)
        # A quotation that finds nothing says what it would find without its marks.
        self.assertEqual([s['step'] for s in self.search('"من"')['further']], ['partial_vowels'])
        for q, *parts in (('~شر', '~', '1'), ('شر$', '$', '3'), ('من ^شر', '^', '4'), ('+شر', '+'), ('شر@', '@'), ('شر #', '#'),
                          ('-شر', 'leave out'), ('*', 'any word'), ('"شر', 'close'), ('شَ*', 'vowel signs'), ('?', 'no letters')):
            with self.subTest(q):
                self.refused(*parts, q=q)

    def test_references_lead_to_the_verse(self):
        for q, places in (('112:1', [(112, 1)]), ('١١٢:١', [(112, 1)]), ('الإخلاص ٢', [(112, 2)]), ('al-ikhlas 1-2', [(112, 1), (112, 2)]),
                          ('surah an-nas 6', [(114, 6)]), ('112:3:1', [(112, 3)]), ('al-falaq', [(113, a) for a in range(1, 6)]),
                          ('المعوذتين', [(113, a) for a in range(1, 6)] + [(114, a) for a in range(1, 7)])):
            with self.subTest(q):
                answer = self.search(q)
                self.assertEqual(answer['read_as'], 'reference')
                self.assertEqual([(r['surah'], r['ayah']) for r in answer['results']], places)
                self.assertEqual((answer['verses'], answer['hits']), (len(places), 0))
        # The name of a surah may also be a word.
        answer = self.search('الناس')
        self.assertEqual((answer['read_as'], answer['hits'], [r['reference'] for r in answer['references']]), ('text', 5, ['114']))
        self.assertEqual(self.search('البقرة')['references'], [])
        self.assertEqual([r['ayah'] for r in self.search('الإخلاص')['results']], [1, 2, 3, 4])
        # A verse with its number is text.
        self.assertEqual(self.search('قل هو الله أحد ١')['read_as'], 'text')

    def test_a_reference_beside_words_is_where_they_are_sought(self):
        for q, places in (('112:1 الله', [(112, 1)]), ('الله 112:2', [(112, 2)]), ('الله ١١٢:١-٢', [(112, 1), (112, 2)]), ('من 114:1', []),
                          ('قل هو الله أحد (112:1)', [(112, 1)]), ('قل هو الله أحد [الإخلاص: 1].', [(112, 1)]),
                          ('﴿قل هو الله أحد﴾ [سورة الإخلاص، الآية ١]', [(112, 1)]), ('root:Alh 112:2, 112:4', [(112, 2)])):
            with self.subTest(q):
                answer = self.search(q)
                self.assertEqual([(r['surah'], r['ayah']) for r in answer['results']], places)
                self.assertEqual(answer['read_as'], 'text')
                self.assertEqual({r['present'] for r in answer['references']}, {True})
        # Alone they lead to the verses, brackets and all.
        self.assertEqual([r['ayah'] for r in self.search('(112:1), 112:3.')['results']], [1, 3])
        # The number of a verse that was pasted, and a place that search is restricted to in another way.
        self.assertEqual(self.search('قل هو الله أحد (1)')['hits'], 1)
        self.assertEqual(self.search('112:1-2 الله', surah='113')['hits'], 0)

    def test_a_reference_that_does_not_exist_says_what_does(self):
        for q, cure in (('2:287', 'surah 2 has 286 verses'), ('115', 'surahs 1 to 114'), ('البقرة 300', 'surah 2 has 286 verses'),
                        ('juz 31', 'juz 1 to 30'), ('page:605', 'page 1 to 604'), ('2:287-290', 'surah 2 has 286 verses'), ('0', 'surahs 1 to 114'),
                        ('2:300 الله', 'surah 2 has 286 verses'), ('الله [البقرة: 300]', 'surah 2 has 286 verses'), ('2:255', 'does not contain it')):
            with self.subTest(q):
                answer = self.server.get(target(q=q))
                self.assertEqual(answer.status, 404)
                problem = json.loads(answer.body)
                self.assertIn('not found', problem['detail'])
                self.assertIn(cure, problem['cure'])

    def test_what_is_left_out(self):
        everywhere = self.search('من')
        without = self.search('من -شر')
        self.assertEqual(without['unknown'], [])
        # Quotation marks say which words go together; vowels count if they are typed, and the text has them so.
        for q in ('من -"من شر"', 'من -"مِن شَرِّ"', 'من -"مِن شَّرِّ"'):
            with self.subTest(q):
                self.assertEqual((self.search(q)['hits'], self.search(q)['unknown']), (without['hits'], []))
        # What does not occur leaves nothing out, and the answer says so.
        for q, word in (('من -قبقبقب', '-قبقبقب'), ('من -"شر من"', '-"شر من"'), ('من -root:zzz', '-root:zzz')):
            with self.subTest(q):
                answer = self.search(q)
                self.assertEqual((answer['hits'], [u['word'] for u in answer['unknown']]), (everywhere['hits'], [word]))

    def test_order_and_parts(self):
        everywhere = self.search('من', counts='surah,juz,place')
        self.assertEqual([c['surah'] for c in everywhere['counts']['surah']],
                         sorted({r['surah'] for r in everywhere['results']}))
        for by in ('surah', 'juz', 'place'):
            self.assertEqual(sum(c['hits'] for c in everywhere['counts'][by]), everywhere['hits'])
            self.assertEqual(sum(c['verses'] for c in everywhere['counts'][by]), everywhere['verses'])
        self.assertEqual(self.search('من', surah='114')['hits'] + self.search('من', surah='1-113')['hits'], everywhere['hits'])
        self.assertEqual(self.search('من', juz='30')['hits'], 6)
        self.assertEqual(self.search('من', juz='1-29')['hits'], 0)
        self.assertEqual(self.search('من', place='meccan', surah='113')['hits'] + self.search(
            'من', place='medinan', surah='113')['hits'], self.search('من', surah='113')['hits'])
        nearest = self.search('شر', sort='relevance')['results']
        self.assertEqual(nearest[0]['ayah'], 2)
        self.assertEqual(sorted(r['index'] for r in nearest), [r['index'] for r in self.search('شر')['results']])
        for name, value in (('surah', '115'), ('surah', '0'), ('surah', ''), ('surah', '5-2'), ('surah', '1,'), ('juz', '31'),
                            ('place', 'x'), ('sort', 'x'), ('counts', 'x')):
            self.refused(name, q='من', **{name: value})

    def test_what_finds_nothing_says_what_would(self):
        for q, step, word in (('العالمسن', 'typing', 'ٱلْعَـٰلَمِينَ'), ('الحمذ', 'typing', 'ٱلْحَمْدُ'), ('السراط', 'typing', 'ٱلصِّرَٰطَ'),
                              ('المصتقيم', 'typing', 'ٱلْمُسْتَقِيمَ'), ('الرهيم', 'typing', 'ٱلرَّحِيمِ')):
            with self.subTest(q):
                found = self.search(q)
                self.assertEqual(found['step'], step)
                self.assertGreater(found['hits'], 0)
                unknown, = found['unknown']
                self.assertEqual(unknown['word'], q)
                self.assertEqual(nfc(unknown['suggestions'][0]['word']), nfc(word))
        self.assertEqual(self.search('بيسبيسب')['unknown'], [{'word': 'بيسبيسب', 'suggestions': []}])
        # Each word is in the text, but not beside the other.
        apart = self.search('رب ملك')
        self.assertEqual((apart['hits'], apart['unknown']), (0, []))
        self.assertEqual([(o['kind'], o['parameters']['q'], o['hits']) for o in apart['instead']], [('word', 'رب', 3), ('word', 'ملك', 2)])
        article = self.search('عالمين')
        self.assertEqual((article['step'], article['hits']), ('no_article', 1))
        self.assertEqual(self.search('عالمين', step='no_vowels')['hits'], 0)

    def test_numbers(self):
        self.assertEqual(self.search('من', limit=0)['results'], [])
        whole = self.search('من')
        self.assertEqual((whole['verses'], len(whole['results'])), (6, 6))
        paged = [self.search('من', limit=1, offset=i)['results'] for i in range(7)]
        self.assertEqual([r for page in paged for r in page], whole['results'])
        self.assertEqual(self.search('من', offset=10 ** 9)['results'], [])
        self.assertEqual(self.search('من', limit=1000, timeout_ms=10000)['hits'], 6)

    def test_what_is_refused(self):
        self.refused('q is missing')
        self.refused('q is missing', mode='text')
        self.refused('no Arabic letters', q='الله abc')
        for q in ('', ' ', 'َ', 'ـ', '\x00'):
            self.refused('q has no letters', q=q)
        self.refused('10000 code points', q='م' * 10001)
        self.refused('2000 words', q='م ' * 2001)
        self.assertEqual(self.search('م ' * 2000)['hits'], 0)
        self.refused('one of text', q='من', mode='x')
        self.refused('one of text', q='من', mode='')
        self.refused('exact, plain, partial_vowels', q='من', step='x')
        self.refused('yes, no, first', q='من', proclitics='1')
        for name in ('limit', 'offset', 'timeout_ms'):
            for value in ('', '-1', 'x', '1.5', '1e3', '99999999999999999999'):
                self.refused(name, 'whole number', **{'q': 'من', name: value})
        self.refused('limit', '0 to 1000', q='من', limit=1001)
        self.refused('timeout_ms', '1 to 10000', q='من', timeout_ms=0)
        self.refused('timeout_ms', q='من', timeout_ms=10001)
        answer = self.server.post(target(q='من'), {})
        self.assertEqual(answer.status, 405)

    def test_any_bytes(self):
        for q in ('%ff%fe', '%d9', '%00', '%d9%85%00', '%f4%90%80%80', 'م%CC%81', '%EF%B7%BA', '%D8%A7' * 400, '%D9%91' * 400):
            answer = self.server.get('/api/v1/search?q=' + q if '%' in q and 'م' not in q else target(q=q))
            self.assertIn(answer.status, (200, 400), q)
            json.loads(answer.body)
        for path in ('search?q=%D8%B1%FF', 'search?q=%D8%B1&lang=%FF', 'resolve?q=%FF', 'suggest?q=%D8', 'attributes?name=%ED%A0%80', 'roots?q=%FF',
                     'lemmas/%C0%80', 'query?q=[]%FF', 'verses/%FF', 'words/1:1:%80', 'trees/%FF', 'corpus?corpus=%FF', 'search?%FF=1'):
            with self.subTest(path):
                answer = self.server.get('/api/v1/' + path)
                self.assertEqual(answer.status, 400)
                problem = json.loads(answer.body)
                if '%FF=' not in path and 'corpus=' not in path:
                    self.assertIn('is not valid UTF-8', problem['detail'])
        self.assertTrue(self.server.healthy())


if __name__ == '__main__':
    unittest.main()
