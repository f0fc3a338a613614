"""A search that finds nothing says why: which parts of it are in the text and how often, what it was restricted to, and which words
are nowhere. Whatever it suggests has the counts that it names. Over the surahs that come with the program."""
import json
import unittest
import urllib.parse

from tests.v1.case import StarterCase

# By kind: what is asked, and what the answer names at least.
PHRASES = [('رب ملك', 'word'), ('الله الناس', 'word'), ('الحمد الصمد', 'word'), ('والناس قل', 'word'), ('الفلق النفاثات العقد', 'word')]
ONE_VERSE = [('الحمد العالمين', 'one_verse'), ('قل أحد', 'one_verse'), ('نعبد نستعين', 'one_verse'), ('أحد هو', 'one_verse')]
WILDCARDS = [('ققق*', None), ('*ظظظ', None), ('الص?', 'any_letters'), ('العا?', 'any_letters'), ('الن?', 'any_letters'),
             ('الن? رب', 'word'), ('قل * الصمد', 'word')]
QUOTED = [('"من"', 'unquoted'), ('"الله أحد"', 'unquoted'), ('"قبقبقب"', None), ('"قل هو الصمد"', 'word'), ('هو "ٱلصَّمَدُ"', 'word')]
LEFT_OUT = [('الصمد -الله', 'nothing_left_out'), ('من -من', 'nothing_left_out'), ('رب -root:rbb', 'nothing_left_out'),
            ('أعوذ -قل', 'nothing_left_out')]
LEXEMES = [('root:zzz', None), ('lemma:بيسبيسب', None), ('root:Hmd root:Smd', 'word'), ('lemma:رب lemma:رب', 'word'),
           ('root:Smd الفلق', 'word')]
LATIN = [('rabb samad', 'word'), ('qul samad', 'word'), ('alhamdu nas', 'word'), ('hamdu rabb', 'one_verse'), ('zzyzzy', None)]
ENGLISH = [('straight elephant', 'word'), ('morning elephant', 'word'), ('night path brightness', 'word'), ('mornnig', None),
           ('"nights" elephant', 'word')]
UNKNOWN = [('بيسبيسب', None), ('قققق ظظظظ', None), ('رب قققق', 'word'), ('قططططط', None)]
ALTERNATIVES = [('رب ملك | الله الناس', 'word'), ('root:zzz | ظظظظ', None), ('قل أحد | قل الصمد', 'one_verse')]
RESTRICTED = [('الناس', dict(surah='112'), 'elsewhere'), ('الصمد', dict(juz='1'), 'elsewhere'), ('الصمد', dict(surah='2-100'), 'elsewhere'),
              ('من', dict(juz='1-29'), 'elsewhere'), ('الصمد 114:1', {}, 'elsewhere'), ('قل هو الله أحد [الناس: 1]', {}, 'elsewhere'),
              ('112:1', dict(surah='113'), 'elsewhere'),
              ('samad', dict(surah='113'), 'elsewhere'), ('elephant', dict(surah='1'), 'elsewhere'),
              ('رب ملك', dict(surah='113'), 'word'), ('root:Smd', dict(surah='1'), 'elsewhere')]
STEPS = [('العالمين', dict(step='exact'), 'other_steps'), ('ققق', dict(step='folded'), None),
         ('الحمذ', dict(step='no_vowels'), 'other_steps'),
         ('رب ملك', dict(step='exact'), 'word'), ('yalid', dict(step='translation'), 'other_steps')]
PARTICLES = [('من شر حاسد', dict(proclitics='no'), 'particles'), ('من شر غاسق', dict(proclitics='no'), 'particles'),
             ('الموريات', dict(proclitics='no'), 'particles'), ('الفلق', dict(proclitics='no', surah='112'), 'word'),
             ('قل والناس', dict(proclitics='first'), 'word')]
LANGUAGES = [('straight elephant', dict(lang='en'), 'word'), ('nights elephant', dict(lang='en'), 'word'),
             ('zzyzzy', dict(lang='en'), None),
             ('elephant', dict(lang='en', surah='1'), 'elsewhere')]
IN_ONE_VERSE = [('الصمد الفلق', dict(nearness='verse'), 'word'), ('rabb samad', dict(nearness='verse'), 'word'),
                ('رب رب', dict(nearness='verse'), 'word'),
                ('قل أحد', dict(nearness='verse', surah='113'), 'elsewhere')]
WITHOUT_PARAMETERS = (PHRASES, ONE_VERSE, WILDCARDS, QUOTED, LEFT_OUT, LEXEMES, LATIN, ENGLISH, UNKNOWN, ALTERNATIVES)
ALL = [(q, {}, kind) for searches in WITHOUT_PARAMETERS for q, kind in searches] + RESTRICTED + STEPS + PARTICLES + LANGUAGES + IN_ONE_VERSE


class NothingFound(StarterCase):
    def search(self, **query):
        answer = self.server.get('/api/v1/search?' + urllib.parse.urlencode(query))
        self.assertEqual(answer.status, 200, answer.body[:300])
        return json.loads(answer.body)

    def instead(self, q, **query):
        """{(kind, q): hits} of what the answer names."""
        return {(other['kind'], other['parameters']['q']): other['hits'] for other in self.search(q=q, **query)['instead']}

    def test_no_answer_is_silent(self):
        for q, parameters, kind in ALL:
            with self.subTest(q, **parameters):
                answer = self.search(q=q, **parameters)
                self.assertEqual((answer['hits'], answer['verses'], answer['partial']), (0, 0, False))
                self.assertTrue(answer['unknown'] or answer['instead'])
                if kind is not None:
                    self.assertIn(kind, {other['kind'] for other in answer['instead']})
                named = [other['parameters'] for other in answer['instead']]
                self.assertEqual(len(named), len({json.dumps(one) for one in named}))
                for other in answer['instead']:
                    found = self.search(**other['parameters'])
                    self.assertEqual((found['verses'], found['hits']), (other['verses'], other['hits']), other)
                    self.assertGreater(found['verses'], 0)

    def test_what_finds_something_is_as_it_was(self):
        for q in ('رب', 'من شر', 'samad', 'straight path', 'root:rHm', '112:1', 'السراط'):
            self.assertNotIn('instead', self.search(q=q))

    def test_words_and_the_longest_runs(self):
        self.assertEqual(self.instead('رب ملك'), {('word', word): self.search(q=word)['hits'] for word in ('رب', 'ملك')})
        found = self.instead('قل هو الله الصمد')
        self.assertEqual(found['part', 'قل هو الله'], 1)
        self.assertEqual(found['part', 'الله الصمد'], 1)
        for word in ('قل', 'هو', 'الله', 'الصمد'):
            self.assertEqual(found['word', word], self.search(q=word)['hits'])
        # The longest first.
        runs = [q for kind, q in found if kind == 'part']
        self.assertEqual(runs, ['قل هو الله', 'الله الصمد'])
        # A passage with a word too much has all its other words in two runs.
        passage = 'قل أعوذ برب الناس ملك الناس كتاب إله الناس من شر الوسواس الخناس الذي يوسوس في صدور الناس'
        self.assertEqual([q for kind, q in self.instead(passage) if kind == 'part'],
                         [passage.partition(' كتاب ')[2], passage.partition(' كتاب ')[0]])

    def test_a_part_is_sought_where_the_whole_was(self):
        for other in self.search(q='رب ملك', surah='114')['instead']:
            self.assertEqual(other['parameters'].get('surah'), '114')
        # In the verse that was named.
        others = self.search(q='قل الناس 114:1')['instead']
        self.assertIn({'q': 'قل 114:1'}, [other['parameters'] for other in others])

    def test_words_in_one_verse(self):
        verses = []
        for surah in (1, *range(93, 115)):
            verses += json.loads(self.server.get('/api/v1/verses/%d' % surah).body)['verses']
        for words in (('الحمد', 'العالمين'), ('العالمين', 'الحمد'), ('قل', 'أحد'), ('الله', 'هو'), ('root:rbb', 'قل')):
            with self.subTest(words):
                alone = [{(r['surah'], r['ayah']) for r in self.search(q=word, limit=1000)['results']} for word in words]
                answer = self.search(q=' '.join(words), nearness='verse', limit=1000, counts='surah')
                self.assertEqual({(r['surah'], r['ayah']) for r in answer['results']}, alone[0] & alone[1])
                self.assertEqual(answer['verses'], len(alone[0] & alone[1]))
                self.assertEqual(sum(len(r['hits']) for r in answer['results']), answer['hits'])
                self.assertEqual(sum(s['hits'] for s in answer['steps']), answer['hits'])
                self.assertEqual(sum(c['hits'] for c in answer['counts']['surah']), answer['hits'])
                pages = [self.search(q=' '.join(words), nearness='verse', limit=1, offset=at)['results'] for at in range(answer['verses'])]
                self.assertEqual([r for page in pages for r in page], answer['results'])
        # With what is left out, and either of two; a word twice is there twice.
        together = self.search(q='قل أعوذ', nearness='verse')
        self.assertEqual(self.search(q='قل أعوذ -الفلق', nearness='verse')['verses'], together['verses'] - 1)
        either = self.search(q='الحمد العالمين | قل أحد', nearness='verse')
        self.assertEqual(either['verses'], sum(self.search(q=q, nearness='verse')['verses'] for q in ('الحمد العالمين', 'قل أحد')))
        self.assertEqual(self.search(q='إياك إياك', nearness='verse')['verses'], 1)
        # By meaning, in a translation, and in Latin letters.
        self.assertIn((1, 6), [(r['surah'], r['ayah']) for r in self.search(q='path straight', nearness='verse')['results']])
        self.assertEqual([(r['surah'], r['ayah']) for r in self.search(q='hamdu rabb', nearness='verse')['results']], [(1, 2)])
        nearest = self.search(q='قل أعوذ', nearness='verse', sort='relevance')['results']
        self.assertEqual(sorted(r['index'] for r in nearest), [r['index'] for r in self.search(q='قل أعوذ', nearness='verse')['results']])
        self.problem(self.server.get('/api/v1/search?q=x&nearness=word'), 400, 'bad_input')


if __name__ == '__main__':
    unittest.main()
