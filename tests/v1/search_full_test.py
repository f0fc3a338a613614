"""Text search over the whole corpus, if available: the cases that people complained of, and a hundred everyday searches whose answers
tests/v1/everyday.py computes from the published text.

Looks for legacy-data/ in the folder that KALIMA_SHARED names. Without it the test is skipped, with exit code 77, and says why.
"""
import itertools
import json
import os
import re
import shutil
import sys
import tempfile
import threading
import unittest
import urllib.parse

from tests.compat import server
from tests.v1 import everyday, everyday_wide
from tests.v1.published import DATASETS, SKIPPED, import_published

# What is typed, and how many hits it has: text as the King Fahd Complex, IndoPak and other editions write it, as people type
# it today, and with signs that are not seen.
COUNTS = [
    ('ٱلۡأٓخِرَةِ', 115), ('يَسۡ‍َٔلُونَكَ', 15), ('القرأن', 50), ('أمنوا', 278), ('أدم', 25), ('الأخرة', 115), ('كل شئ قدير', 33),
    ('كل شيء قدير', 33), ('وَٲحِدَةٍ', 37), ('مئة', 8), ('مائة', 8), ('إن هم', 18), ('من هم', 0), ('رب هم', 0), ('رحـمة', 74), ('رحمة\u061c', 74),
    ('\u200fرحمة\ufeff', 74), ('رح\u00adمة', 74), ('لَأٓيَةٗ', 20), ('لِأٓدَمَ', 5), ('يحيي الموتى', 4), ('لاتخذت', 1), ('فادارأتم', 1),
    ('إلياسين', 1), ('يا أرض', 1), ('يا أيها', 143), ('وأن لو استقاموا', 1), ('يا ابن أم', 1), ('یٰۤاَیُّہَا', 143), ('الصلوٰۃ', 65), ('کتاب', 54),
    ('فئة', 7), ('مئتين', 2), ('لؤلؤ', 1), ('كفؤا أحد', 1), ('لِاَكۡثَرِهِمۡ', 1), ('أأمنتم من في السماء', 1), ('أإله مع الله', 5), ('قبور', 5), ('ٱلْءَاخِرَةِ', 115), ('محمد ﷺ', 4), ('هدى للمتقين', 1),
    ('قل هو الله أحد ١', 1), ('قل هو الله أحد (١)', 1), ('لا ريب فيه هدى', 1), ('حم عسق', 1),
]
REFUSED = ('~رحمة', '+رحمة', '^رحمة', 'رحمة$', 'رحمة@', '&رحمة', 'رحمة%')


class Full(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.mkdtemp(prefix='kalima-search-')
        cls.addClassCleanup(shutil.rmtree, folder, ignore_errors=True)
        # An existing database saves the import.
        database = os.environ.get('KALIMA_SEARCH_DATABASE')
        if not database:
            database = os.path.join(folder, 'quran.db')
            import_published(database)
        cls.server = server.Server('--db', database)
        cls.addClassCleanup(cls.server.stop)
        cls.verses = everyday.read()

    def search(self, q, **query):
        query = dict({'limit': 1000, 'timeout_ms': 10000}, **query)
        answer = self.server.get('/api/v1/search?' + urllib.parse.urlencode(dict(query, q=q)))
        self.assertEqual(answer.status, 200, answer.body[:300])
        return json.loads(answer.body)

    def places(self, answer):
        return [(r['surah'], r['ayah']) for r in answer['results']]

    def test_counts(self):
        for q, hits in COUNTS:
            with self.subTest(q):
                self.assertEqual(self.search(q)['hits'], hits)

    def test_operators_of_others_are_refused(self):
        for q in REFUSED:
            with self.subTest(q):
                answer = self.server.get('/api/v1/search?' + urllib.parse.urlencode({'q': q}))
                self.assertEqual(answer.status, 400)
                self.assertIn('cure', json.loads(answer.body))

    def test_vowels_that_were_typed_count(self):
        for typed, strict in (('آمَنوا بالله ورسوله', {(24, 62), (49, 15)}), ('آمِنوا بالله ورسوله', {(4, 136), (7, 158), (57, 7), (64, 8)})):
            answer = self.search(typed)
            found = {(r['surah'], r['ayah']) for r in answer['results'] if any(h['step'] != 'no_vowels' for h in r['hits'])}
            self.assertEqual(found, strict)
            self.assertEqual(answer['steps'][-1]['step'], 'no_vowels')
        for typed, other in (('مِن', 'مَن'), ('جُنَّة', 'جَنَّة'), ('عِلْم', 'عَلَم')):
            steps = [{(s['step'], s['hits']) for s in self.search(q)['steps'] if s['step'] != 'no_vowels'} for q in (typed, other)]
            self.assertNotEqual(steps[0], steps[1])

    def test_joined_words_and_particles_are_told_apart(self):
        answer = self.search('إن هم')
        self.assertEqual([(f['step'], f['hits']) for f in answer['further']], [('joined', 156)])
        self.assertEqual(self.search('إن هم', step='joined')['hits'], 174)
        self.assertEqual(self.search('ما هم')['particles_between'], 24)
        self.assertEqual(self.search('ما هم', proclitics='first')['hits'], 18)
        folded = str.maketrans('أإ', 'اا')
        words = [everyday.letters(text).translate(folded).split(' ') for text in self.verses.values()]
        for first, second in (('عن', 'هم'), ('لعل', 'كم'), ('من', 'ها'), ('إن', 'كم')):
            with self.subTest(first + ' ' + second):
                pair = (first.translate(folded), second)
                apart = sum(both == pair for verse in words for both in zip(verse, verse[1:]))
                together = sum(word == ''.join(pair) for verse in words for word in verse)
                answer = self.search('%s %s' % (first, second), proclitics='no')
                self.assertEqual((answer['hits'], [(f['step'], f['hits']) for f in answer['further']]), (apart, [('joined', together)]))
                self.assertGreater(together, 3)
        for q in ('لا هم', 'إن الله', 'قد من', 'ما كان'):
            answer = self.search(q)
            self.assertEqual(answer['hits'] - answer['particles_between'], self.search(q, proclitics='first')['hits'])

    def test_more_words_are_found_in_fewer_places(self):
        """Across a pause mark too: of 2:255 and others, with each word more."""
        for place in ((2, 255), (3, 7), (24, 35), (59, 22)):
            found = 1_000_000
            words = self.verses[place].split(' ')
            for count in range(1, 16):
                answer = self.search(' '.join(words[:count]))
                self.assertLessEqual(answer['hits'], found)
                found = answer['hits']
                self.assertIn(place, self.places(answer) if answer['verses'] <= 1000 else [place])

    def test_what_is_left_out(self):
        self.assertEqual(self.places(self.search('محمد')), [(3, 144), (33, 40), (47, 2), (48, 29)])
        for q in ('محمد -"رسول الله"', 'محمد -"رَسُولُ ٱللَّهِ"', 'محمد -"رسول" -الله'):
            with self.subTest(q):
                found = self.search(q)
                self.assertEqual([p for p in self.places(found) if p in ((33, 40), (48, 29))], [(33, 40)] if 'رَ' in q else [])
                self.assertEqual(found['unknown'], [])
        answer = self.search('محمد -"رسول القلم"')
        self.assertEqual((answer['hits'], [u['word'] for u in answer['unknown']]), (4, ['-"رسول القلم"']))

    def test_words_that_are_not_in_the_text_are_said_to_be_unknown(self):
        for q, suggested in (('بالسيارة', 'السيارة'), ('والسيارة', 'السيارة'), ('وبالصبر', 'بالصبر'), ('مسئول', 'مسءولا'), ('بئرا', ''), ('معلما', 'علما'),
                             ('فيلا', ''), ('مسجدان', 'مسجدا'), ('قلمان', ''), ('بالمدينه', 'المدينة')):
            with self.subTest(q):
                found = self.search(q)
                unknown, = found['unknown']
                self.assertEqual((unknown['word'], found['step']), (q, 'typing'))
                self.assertGreater(found['hits'], 0)
                self.assertIn(suggested, ' '.join(everyday.letters(s['word']) for s in unknown['suggestions']).replace('\u0670', 'ا'))

        # Nothing is one mistake away: it is said all the same.
        self.assertEqual([u['word'] for u in self.search('وبالبقرة')['unknown']], ['وبالبقرة'])

    def test_everyday_searches(self):
        searches = list(everyday.answers(self.verses, [*everyday.SEARCHES, *everyday_wide.SEARCHES]))
        for typed, expected in searches:
            with self.subTest(typed):
                vowels = re.search('[\u064b-\u0652]', typed)
                found = {(r['surah'], r['ayah']) for r in self.search(typed)['results']
                         if vowels or any(h['step'] != 'no_vowels' for h in r['hits'])}
                self.assertEqual(found, expected)
        for typed, first in everyday.PASSAGES:
            with self.subTest(typed):
                self.assertEqual(self.places(self.search(typed))[0], first)

    def test_vowels_that_contradict_are_the_last_step_of_spelling(self):
        for typed, expected in everyday.answers(self.verses, everyday_wide.CONTRADICTING):
            with self.subTest(typed):
                answer = self.search(typed)
                self.assertEqual(set(self.places(answer)), expected)
                self.assertEqual([s['step'] for s in answer['steps'] if s['hits']], ['no_vowels'])

    def test_references_as_people_write_them(self):
        for typed, verse in everyday_wide.REFERENCES:
            with self.subTest(typed):
                answer = self.search(typed)
                self.assertEqual((answer['read_as'], self.places(answer)[:1]), ('reference', [tuple(map(int, verse.split(':')))]))
                self.assertEqual((answer['hits'], answer['unknown']), (0, []))

    def test_everyday_searches_in_latin_letters(self):
        for typed, expected in everyday.answers(self.verses, everyday.LATIN):
            with self.subTest(typed):
                answer = self.search(typed)
                self.assertEqual((answer['read_as'], set(self.places(answer))), ('transliteration', expected))

    def test_names_as_english_writes_them(self):
        for typed, expected in everyday.answers(self.verses, everyday.NAMES):
            for q in (typed, typed.upper(), 'the ' + typed, typed + '!', typed + ' (as)'):
                with self.subTest(q):
                    answer = self.search(q)
                    self.assertEqual((answer['read_as'], set(self.places(answer))), ('transliteration', expected))
                    self.assertTrue(answer['lexemes'] and not answer['unknown'])

    def test_vowels_in_latin_letters_do_not_contradict(self):
        """What has the same consonants only is counted, not found."""
        for q in ('alms', 'katib al mawt', 'dabour', 'turah', 'salit', 'sutan', 'mosas'):
            with self.subTest(q):
                answer = self.search(q)
                self.assertNotIn('consonants', [s['step'] for s in answer['steps']])
                if answer['hits'] == 0:
                    self.assertTrue(answer['unknown'] or answer['further'] or answer['instead'])
        self.assertEqual([f['step'] for f in self.search('alms')['further']], ['consonants'])
        self.assertEqual(self.search('alms', step='consonants')['hits'], self.search('alms')['further'][0]['hits'])

    def test_what_an_article_hides_is_said_of_latin_letters_too(self):
        for latin, arabic in (('hamd', 'حمد'), ('sabr', 'صبر'), ('qamar', 'قمر'), ('kitab', 'كتاب'), ('fitna', 'فتنة')):
            with self.subTest(latin):
                answer = self.search(latin)
                [further] = answer['further']
                self.assertEqual((answer['steps'][0]['step'], further['step']), ('transliteration', 'no_article'))
                own = {(r['surah'], r['ayah']) for r in answer['results']}
                bound = self.search('ال' + arabic)['hits']
                self.assertGreaterEqual(further['hits'], bound // 2, own)

    def test_what_finds_nothing_says_what_does(self):
        for q in everyday.NOTHING:
            with self.subTest(q):
                answer = self.search(q)
                self.assertEqual(answer['hits'], 0)
                self.assertTrue(answer['unknown'] or answer['instead'])
                for other in answer['instead']:
                    found = self.search(**other['parameters'])
                    self.assertEqual((found['verses'], found['hits']), (other['verses'], other['hits']))
        # By the published text: each word, the longest runs, and the verses that have all words.
        believer, unbeliever = ({place for place, text in self.verses.items() if re.search(everyday.word(word), everyday.letters(text))}
                                for word in ('مؤمن', 'كافر'))
        both = believer & unbeliever
        said = {(o['kind'], o['parameters']['q']): o['verses'] for o in self.search('مؤمن كافر')['instead']}
        self.assertEqual(said, {('one_verse', 'مؤمن كافر'): len(both), ('word', 'مؤمن'): len(believer), ('word', 'كافر'): len(unbeliever)})
        self.assertEqual(set(self.places(self.search('مؤمن كافر', nearness='verse'))), both)
        runs = [o['parameters']['q'] for o in self.search('يؤمنون بالغيب ويقيمون الزكاة')['instead'] if o['kind'] == 'part']
        self.assertEqual(runs, ['يؤمنون بالغيب ويقيمون'])

    def test_roots_and_lemmas_that_are_not_there_are_suggested(self):
        for q, suggested in (('root:book', 'root:كتب'), ('lemma:book', 'lemma:كِتَٰب'), ('root:كتاب', 'root:كتب'), ('lemma:الكتاب', 'lemma:كِتَٰب'),
                             ('root:satan', 'root:شطن'), ('root:mercy', 'root:رحم'), ('root:الرحمن', 'root:رحم'), ('مسؤول', 'lemma:مَسْـُٔول'),
                             ('Josephh', 'Joseph'), ('Mosess', 'Moses')):
            with self.subTest(q):
                unknown, = self.search(q)['unknown']
                self.assertEqual(unknown['word'], q)
                suggestion, = [s for s in unknown['suggestions'] if s['word'] == suggested]
                self.assertGreater(suggestion['uses'], 0)
                if ':' in suggested:
                    self.assertEqual(self.search(suggested)['hits'], suggestion['uses'])

    def test_everyday_searches_in_english(self):
        for typed, expected in everyday.english_answers(everyday.glosses(), [*everyday.ENGLISH, *everyday_wide.ENGLISH]):
            with self.subTest(typed):
                answer = self.search(typed)
                self.assertEqual((answer['read_as'], set(self.places(answer))), ('meaning', expected))

    def test_everyday_searches_of_roots_and_lemmas(self):
        for typed, expected in everyday.lexeme_answers():
            with self.subTest(typed):
                answer = self.search(typed)
                found = {(r['surah'], r['ayah'], w['word']) for r in answer['results'] for h in r['hits'] for w in h['words']}
                self.assertEqual(found, expected)
                self.assertTrue(answer['lexemes'])

    def test_every_verse_pasted_is_found(self):
        places = sorted(self.verses)
        for place in places[::97]:
            with self.subTest(place):
                self.assertIn(place, self.places(self.search(self.verses[place])))
        # Passages across the ends of verses, with numbers between them.
        for surah, first, last in ((112, 1, 4), (2, 1, 5), (55, 1, 13), (1, 1, 7), (2, 282, 283)):
            passage = ' '.join('%s ﴿%d﴾' % (self.verses[surah, a], a) for a in range(first, last + 1))
            found = self.search(passage)
            self.assertEqual(self.places(found), [(surah, first)])
            hit, = found['results'][0]['hits']
            self.assertEqual([v['ayah'] for v in hit['continues']], list(range(first + 1, last + 1)))

    def test_references_and_names(self):
        for q, places in (('2:255', [(2, 255)]), ('البقرة ٢٥٥', [(2, 255)]), ('al-baqara 255', [(2, 255)]), ('آية الكرسي', [(2, 255)]),
                          ('Ayat al-Kursi', [(2, 255)]), ('throne verse', [(2, 255)]), ('آية الدين', [(2, 282)]), ('النور 35', [(24, 35)]),
                          ('يس ١', [(36, 1)]), ('baqarah 285-286', [(2, 285), (2, 286)]), ('خواتيم البقرة', [(2, 285), (2, 286)])):
            with self.subTest(q):
                self.assertEqual(self.places(self.search(q)), places)
        # The name of a surah with its article is the surah; with the signs of a transliteration first the word, which with one
        # particle more (li-r-raḥmān, 9 times) is another.
        for q, read_as, hits, surah in (('al-baqara', 'reference', 0, '2'), ('ar-rahman', 'reference', 0, '55'), ('baqara', 'transliteration', None, '2'),
                                        ('ar-raḥmān', 'transliteration', 48, '55'), ('al-fātiḥa', 'reference', 0, '1'),
                                        ('Al-Mu’minun', 'reference', 0, '23'), ('Al-A‘raf', 'reference', 0, '7')):
            with self.subTest(q):
                answer = self.search(q)
                self.assertEqual((answer['read_as'], [r['reference'] for r in answer['references']]), (read_as, [surah]))
                self.assertTrue(answer['hits'] > 0 if hits is None else answer['hits'] == hits, answer['hits'])
        # A name that has a word of the verse in it: most of the letters of that word are there.
        checked = 0
        with open(os.path.join(server.ROOT, 'data', 'divisions', 'verse_names.txt'), encoding='utf-8') as f:
            for line in f:
                row = line.strip().split('|')
                match = re.match(r'(\d+):(\d+)', row[0])
                if not match:
                    continue
                self.assertIn((int(match[1]), int(match[2])), self.places(self.search(row[1])))
                text = everyday.letters(self.verses[int(match[1]), int(match[2])])
                stem = re.sub('^ال', '', row[1].split(' ')[-1]).rstrip('ةىاي')
                checked += stem in text
        self.assertGreater(checked, 20)

    def test_what_is_cut_short_is_partial(self):
        """With no time to speak of, on a machine that has much to do: an answer is whole, or says that it is not."""
        searches = ['رب', 'مؤمن كافر', 'السيارة', 'الحمذ لله', '"من"', 'الله -رب', 'الن* م*', 'كتاب', 'mercy', 'man', 'light', 'straight path',
                    'mercy elephant', 'bismillah', 'rahma', 'samad ahad', 'Moses', 'Mosess', 'ibrahim', 'root:rHm', 'root:book', 'lemma:rab~',
                    'وسوس', 'ك ت ب', 'البقرة',
                    ' | '.join(letter + '*' for letter in 'ابتثجحخدذرزسشص')]
        stop = threading.Event()

        def work(number):
            while not stop.is_set():
                self.search('من * * ما | ا* ب* ت%s*' % 'ابتثجح'[number], offset=next(numbers))

        numbers = itertools.count()
        workers = [threading.Thread(target=work, args=(number,)) for number in range(6)]
        cut = 0
        try:
            for worker in workers:
                worker.start()
            for limit, timeout in itertools.product((3, 4, 5), (1, 2, 5)):
                # Another limit for each time, so that no answer comes from the cache.
                for q in searches:
                    for more in ({}, {'nearness': 'verse'}):
                        with self.subTest(q, timeout=timeout, **more):
                            short = self.search(q, limit=10 * limit + timeout, timeout_ms=timeout, **more)
                            if short['partial']:
                                cut += 1
                                continue
                            whole = self.search(q, limit=10 * limit + timeout, **more)
                            del short['ms'], whole['ms']
                            self.assertEqual(short, whole)
        finally:
            stop.set()
            for worker in workers:
                worker.join()
        self.assertGreater(cut, 0)

    def test_roots_as_people_type_them(self):
        for typed, root in (('جاء', 'jyA'), ('شاء', '$yA'), ('رب', 'rbb'), ('rb', 'rbb'), ('رد', 'rdd'), ('حي', 'Hyy'), ('أب', 'Abw'),
                            ('يد', 'ydy'), ('ﻛﺘﺐ', 'ktb'), ('ساء', 'swA'), ('سوأ', 'swA'), ('رضى', 'rDw'), ('ردد', 'rdd'), ('درأ', 'drA'),
                            ('سئم', 'sAm'), ('ك ت ب', 'ktb'), ('ك-ت-ب', 'ktb')):
            with self.subTest(typed):
                roots = self.server.json('/api/v1/roots?' + urllib.parse.urlencode({'q': typed, 'limit': 3}))['roots']
                self.assertEqual([r['root'] for r in roots[:1]], [root])

    def test_pages_and_parts_add_up(self):
        whole = self.search('الله', counts='surah,juz,place')
        self.assertEqual(whole['hits'], 2688)
        for by in ('surah', 'juz', 'place'):
            self.assertEqual(sum(c['hits'] for c in whole['counts'][by]), whole['hits'])
        for q in ('الله', 'رب', 'قال', 'في الأرض', 'الن*'):
            pages = [self.search(q, offset=o)['results'] for o in (0, 1000, 2000)]
            self.assertEqual(sum(len(r['hits']) for page in pages for r in page), self.search(q)['hits'], q)
        surah = next(c for c in whole['counts']['surah'] if c['surah'] == 2)
        self.assertEqual(self.search('الله', surah='2')['hits'], surah['hits'])
        relevance = self.search('الحمد لله', sort='relevance')
        self.assertEqual(self.places(relevance)[0], (1, 2))


if __name__ == '__main__':
    if not os.path.isdir(DATASETS):
        print('SKIPPED: %s is missing' % DATASETS)
        sys.exit(SKIPPED)
    unittest.main()
