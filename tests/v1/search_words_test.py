"""GET /api/v1/search: roots and lemmas, Latin letters, and words by their meaning, over the starter surahs and the fixture."""
import json
import os
import shutil
import tempfile
import unicodedata
import unittest
import urllib.parse

from tests.compat import server


def target(**query):
    return '/api/v1/search?' + urllib.parse.urlencode(query)


class Searches(unittest.TestCase):
    def search(self, q, **query):
        answer = self.server.get(target(q=q, **query))
        self.assertEqual(answer.status, 200, answer.body[:300])
        return json.loads(answer.body)

    def places(self, q, **query):
        return [(r['surah'], r['ayah']) for r in self.search(q, **query)['results']]

    def refused(self, status, *parts, **query):
        answer = self.server.get(target(**query))
        self.assertEqual(answer.status, status, answer.body[:300])
        text = server.error_text(answer.headers['Content-Type'], answer.body)
        for part in parts:
            self.assertIn(part, text)


class Starter(Searches):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.mkdtemp(prefix='kalima-words-')
        cls.addClassCleanup(shutil.rmtree, folder, ignore_errors=True)
        database = os.path.join(folder, 'starter.db')
        done = server.run('import', '--starter', '--db', database, timeout=300)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        cls.server = server.Server('--db', database)
        cls.addClassCleanup(cls.server.stop)

    def test_roots(self):
        of_root = {(r['surah'], r['ayah']) for r in self.search('root:rHm')['results']}
        self.assertIn((1, 1), of_root)
        for q in ('root:رحم', 'root:ر ح م', 'root:ر-ح-م', 'root:"r H m"', 'root:r-h-m', 'جذر:رحم', 'ر ح م', 'ر-ح-م', 'ﺭ ﺡ ﻡ'):
            answer = self.search(q)
            self.assertEqual({(r['surah'], r['ayah']) for r in answer['results']}, of_root, q)
            self.assertEqual(answer['lexemes'][0]['roots'][0]['buckwalter'], 'rHm')
            self.assertEqual([s['step'] for s in answer['steps']], ['root'])
        # Its words are highlighted.
        first = self.search('root:rHm')['results'][0]
        self.assertEqual([h['words'][0]['word'] for h in first['hits']], [3, 4])
        # Two letters are a root whose second is doubled.
        for q in ('root:رب', 'root:rb', 'root:ربّ'):
            self.assertEqual(self.search(q)['lexemes'][0]['roots'][0]['buckwalter'], 'rbb')

    def test_the_letters_of_a_root_in_latin_letters_name_it(self):
        """What sounds so is found, and beside it the root is said, with its count."""
        for q, root, words in (('rHm', 'رحم', 4), ('ktb', 'كتب', None)):
            answer = self.search(q)
            self.assertEqual(answer['read_as'], 'transliteration', q)
            lexemes, = answer['lexemes']
            self.assertEqual((lexemes['word'], lexemes['lemmas'], [r['value'] for r in lexemes['roots']]), (q, [], [root]))
            self.assertEqual(lexemes['roots'][0]['words'], words or self.search('root:' + q)['hits'])
        self.assertEqual(self.search('bismillah')['lexemes'], [])

    def test_roots_go_with_what_else_q_may_contain(self):
        self.assertIn((1, 2), self.places('root:Hmd * رب'))
        self.assertEqual(self.places('root:Hmd رب'), [])
        both = set(self.places('root:Hmd | root:Ebd'))
        self.assertEqual(both, set(self.places('root:Hmd')) | set(self.places('root:Ebd')))
        self.assertEqual(set(self.places('root:Hmd -root:rbb')), set(self.places('root:Hmd')) - set(self.places('root:rbb')))
        self.assertEqual(self.places('root:rHm', surah='1'), [(1, 1), (1, 3)])
        self.refused(400, 'after the colon', q='root:')
        self.refused(400, 'after the colon', q='من lemma: ')
        for q in ('root:zzz', 'root:قققق', 'lemma:بيسبيسب'):
            answer = self.search(q)
            self.assertEqual((answer['hits'], [u['word'] for u in answer['unknown']]), (0, [q]))

    def test_lemmas(self):
        lemma = set(self.places('lemma:rab~'))
        self.assertIn((114, 1), lemma)
        for q in ('lemma:رب', 'lemma:رَبّ', 'lemma:rabb', 'lemma:Rabb', 'lemma:rab'):
            answer = self.search(q)
            self.assertTrue(lemma <= {(r['surah'], r['ayah']) for r in answer['results']}, q)
            self.assertIn('rab~', [lemma['buckwalter'] for lemma in answer['lexemes'][0]['lemmas']])
            self.assertEqual([s['step'] for s in answer['steps']], ['lemma'])

    def test_a_word_leads_to_its_lemma_and_root(self):
        for q in ('الرحيم', 'رحيم', 'ٱلرَّحِيمِ'):
            word, = self.search(q)['lexemes']
            self.assertEqual((word['word'], word['roots'][0]['buckwalter']), (q, 'rHm'))
            self.assertEqual(word['lemmas'][0]['buckwalter'], 'ra~Hiym')
        wide = self.search('الرحيم', step='root')
        self.assertEqual(set(self.places('root:rHm')), {(r['surah'], r['ayah']) for r in wide['results']})
        self.assertEqual({s['step'] for s in wide['steps']}, {'partial_vowels', 'root'})
        self.assertEqual(self.search('الرحيم', step='lemma')['steps'][-1]['step'], 'partial_vowels')
        # In a phrase each word may be another form.
        self.assertIn((1, 2), self.places('حمد لله رب العالمين', step='root'))
        # A root that the text does not have as a word is found as a root.
        for root in ('وسوس', 'صلو'):
            if self.search('root:' + root)['hits']:
                answer = self.search(root)
                self.assertTrue(answer['hits'] > 0 and answer['lexemes'], root)

    def test_latin_letters(self):
        for first, typed in (
                ((1, 1), ('bismillah', 'bismi llah', 'bismillahi', 'Bismillāh', 'bismi allahi', 'bismillah ir-rahman ir-rahim', 'bismillahirrahmanirrahim')),
                ((1, 2), ('alhamdulillah', 'al-hamdu lillah', 'Alhamdu lillahi rabbil alamin', "al7amdulilah", 'al-ḥamdu li-llāhi rabbi al-ʿālamīn')),
                ((112, 1), ('qul huwallahu ahad', 'qul huwa allahu ahad', 'qul huwa llāhu aḥad', 'qul howa allahu a7ad')),
                ((1, 5), ('iyyaka nabudu', 'iyaka na3budu', "iyyāka naʿbudu", "iyyaaka na'budu")),
                ((113, 5), ('hasid', 'ḥāsid', '7asid')), ((112, 2), ('samad', 'ṣamad', 'allahu samad', 'Allāhu ṣ-ṣamad', 'allahus samad', 'allah al-samad')),
                ((108, 1), ('kawthar', 'kauthar', 'kawṯar', 'alkawthar')), ((94, 5), ('yusr', 'yusra')),
                ((97, 1), ('laylat al-qadr', 'lailatul qadr', 'laylati l-qadr')), ((1, 6), ('sirat al mustaqim', 'aṣ-ṣirāṭ al-mustaqīm'))):
            for q in typed:
                with self.subTest(q):
                    answer = self.search(q)
                    self.assertEqual(answer['read_as'], 'transliteration')
                    self.assertEqual((answer['results'][0]['surah'], answer['results'][0]['ayah']), first)
                    self.assertEqual([s['step'] for s in answer['steps']], ['transliteration'])

    def test_each_system_says_which_letter_it_means(self):
        # ه and ح are one letter only as people write it.
        self.assertTrue({(112, 1)} <= set(self.places('ahad')))
        self.assertNotIn((112, 1), self.places('āhad', step='transliteration'))
        self.assertIn((112, 1), self.places('aḥad'))
        # The consonants alone.
        answer = self.search('hsd')
        self.assertEqual([s['step'] for s in answer['steps']], ['consonants'])
        self.assertIn((113, 5), [(r['surah'], r['ayah']) for r in answer['results']])
        # Buckwalter is exact.
        self.assertEqual(self.places('{lr~aHoma`ni {lr~aHiymi'), self.places('ٱلرَّحْمَـٰنِ ٱلرَّحِيمِ'))
        self.refused(400, 'no_vowels', q='samad', step='no_vowels')
        self.refused(400, 'transliteration', q='صمد', step='transliteration')

    def test_hits_in_latin_letters_are_places_of_the_text(self):
        result = self.search('rahman')['results'][0]
        word = result['hits'][0]['words'][0]
        self.assertEqual(word['word'], 3)
        shown = result['text'][word['from']:word['to']]
        self.assertEqual(unicodedata.normalize('NFC', shown), unicodedata.normalize('NFC', 'رَّحْمَـٰنِ'))
        for more in ({'surah': '112'}, {'limit': 0}, {'proclitics': 'no'}, {'sort': 'relevance'}, {'counts': 'surah,juz,place'}):
            self.assertIn('results', self.search('ahad', **more))

    def test_english(self):
        for q, first, text in (('straight path', (1, 6), 'straight'), ('morning brightness', (93, 1), 'brightness'),
                               ('brighter morning', None, None), ('path straight', (1, 6), 'straight')):
            answer = self.search(q)
            self.assertEqual((answer['read_as'], [s['what'] for s in answer['searched']]), ('meaning', ['translations']))
            if first is None:
                self.assertTrue(answer['unknown'] or answer['hits'])
                continue
            result = answer['results'][0]
            self.assertEqual((result['surah'], result['ayah']), first)
            translation, = result['translations']
            words = [translation['text'][p['from']:p['to']].lower() for p in translation['places']]
            self.assertIn(text, words)
            self.assertEqual(sorted(words), sorted(q.split()))
        # Stems: a word in other forms.
        self.assertEqual(set(self.places('nights')), set(self.places('night')))
        self.assertNotEqual(self.places('"nights"'), self.places('night'))
        answer = self.search('mornnig')
        self.assertEqual((answer['hits'], answer['unknown'][0]['suggestions'][0]['word']), (0, 'morning'))

    def test_languages(self):
        self.assertTrue(self.search('straight path', lang='en')['hits'])
        self.assertTrue(self.search('straight path', lang='EN')['hits'])
        for language in ('fr', 'de', 'e', 'english', 'en-GB', '"'):
            self.refused(404, 'translation into', 'languages here: en', q='straight path', lang=language)
        self.refused(400, 'lang', q='straight path', lang='')
        self.refused(400, 'lang', q='straight path', lang='en', step='folded')

    def test_what_is_refused(self):
        for q in ('mercy^', '~path', '$path+', 'path & night'):
            self.refused(400, 'character', q=q)
        for q in ('root:' + 'k' * 200, 'a' * 5000, "'" * 300, 'lemma:' + 'ك ' * 300, '-root:x', 'root:x -', '"root:k', 'ق' * 3000):
            answer = self.server.get(target(q=q))
            self.assertIn(answer.status, (200, 400), q[:20])
        self.assertTrue(self.server.healthy())

    def test_references_by_their_names(self):
        for q, places in (('surah 112', [(112, a) for a in range(1, 5)]), ('Sura 103', [(103, a) for a in range(1, 4)]),
                          ('سورة 108', [(108, a) for a in range(1, 4)]), ('page 604', None), ('al-ikhlas', [(112, a) for a in range(1, 5)])):
            answer = self.search(q)
            self.assertEqual(answer['read_as'], 'reference', q)
            if places:
                self.assertEqual([(r['surah'], r['ayah']) for r in answer['results']], places)
        # A name that is a word, and one that is English.
        for q, read_as in (('nas', 'transliteration'), ('elephant', 'meaning')):
            answer = self.search(q)
            self.assertEqual((answer['read_as'], len(answer['references'])), (read_as, 1), q)
        for q in ('2:300', '112:9', 'surah 115', '123', 'al-ikhlas 7'):
            self.refused(404, 'not found', q=q)


class Fixture(Searches):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix='kalima-words-')
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.server = server.Server('--db', server.fixture_database(os.path.join(cls.folder, 'quran.db')))
        cls.addClassCleanup(cls.server.stop)

    def test_glosses_find_words(self):
        answer = self.search('needed', step='gloss')
        self.assertEqual([s['what'] for s in answer['searched']], ['glosses'])
        result, = answer['results']
        self.assertEqual((result['surah'], result['ayah']), (112, 2))
        hit, = result['hits']
        self.assertEqual((hit['first_word'], hit['step']), (2, 'gloss'))
        self.assertEqual(self.search('praise')['steps'], [{'step': 'gloss', 'verses': 1, 'hits': 1}])
        # Both are searched at once.
        self.assertEqual({s['what'] for s in self.search('merciful')['searched']}, {'glosses', 'translations'})

    def test_each_language(self):
        self.assertEqual(self.places('barmherzig', lang='de'), [(1, 1)])
        self.assertEqual(self.places('merciful', lang='en'), [(1, 1)])
        answer = self.search('merciful', lang='de')
        self.assertEqual((answer['hits'], answer['unknown'][0]['word']), (0, 'merciful'))
        self.refused(404, 'languages here: en, de', q='merciful', lang='fr')

    def test_a_translation_is_found_by_the_next_request(self):
        def write(text, language='en'):
            answer = self.server.post('/api/translations/112:3', {'language': language, 'text': text, 'id': 'x'})
            self.assertIn(answer.status, (200, 201))

        self.assertEqual(self.places('begets'), [])
        write('He begets not, and was not begotten')
        self.assertEqual(self.places('begets'), [(112, 3)])
        answer = self.server.put('/api/translations/112:3', [{'language': 'en', 'text': 'He has no neighbours', 'id': 'x'}])
        self.assertEqual(answer.status, 200)
        self.assertEqual((self.places('begets'), self.places('neighbour')), ([], [(112, 3)]))
        self.refused(404, 'languages here', q='a', lang='sv')
        write('Han har inte fött', 'sv')
        self.assertEqual(self.places('fött', lang='sv'), [(112, 3)])
        for identifier in ('x',):
            self.assertEqual(self.server.delete('/api/translations/112:3/' + identifier).status, 200)
        self.assertEqual(self.places('neighbour'), [])
        self.refused(404, 'languages here', q='fött', lang='sv')


if __name__ == '__main__':
    unittest.main()
