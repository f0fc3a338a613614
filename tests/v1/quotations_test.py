"""POST /api/v1/quotations over the starter surahs (1 and 93 to 114)."""
import json
import unittest

from tests.v1 import case


class Quotations(case.StarterCase):
    def ask(self, text, status=200, **more):
        answer = self.server.request('POST', '/api/v1/quotations', json.dumps(dict({'text': text}, **more)).encode(),
                                     {'Content-Type': 'application/json'})
        self.assertEqual(answer.status, status, answer.body[:300])
        return json.loads(answer.body)

    def places(self, text, **more):
        return [[(p['first'], p['last']) for p in q['places']] for q in self.ask(text, **more)['quotations']]

    def test_where_it_is(self):
        text = 'قرأنا اليوم قل هو الله أحد الله الصمد ثم رجعنا'
        [quotation] = self.ask(text)['quotations']
        self.assertEqual(text[quotation['from']:quotation['to']], 'قل هو الله أحد الله الصمد')
        self.assertEqual(quotation['text'], 'قل هو الله أحد الله الصمد')
        self.assertEqual([(p['first'], p['last'], p['differences']) for p in quotation['places']], [('112:1:1', '112:2:2', [])])
        self.assertGreater(quotation['score'], 0.9)

    def test_spellings(self):
        for text in ('قُلْ أَعُوذُ بِرَبِّ ٱلْفَلَقِ مِن شَرِّ مَا خَلَقَ', 'قل أعوذ برب الفلق من شر ما خلق', 'قل أعوذ برب الفلق (١) من شر ما خلق (٢)',
                     'قُلۡ أَعُوذُ بِرَبِّ ٱلۡفَلَقِ ١ مِن شَرِّ مَا خَلَقَ ٢', 'قــل أعوذ برب الفلق\nمن شر\u00a0ما خلق'):
            with self.subTest(text):
                self.assertEqual(self.places(text), [[('113:1:1', '113:2:4')]])

    def test_lines_end_anywhere(self):
        """A word alone before or after the end of a line belongs to what it says."""
        whole = {'قل هو الله أحد الله الصمد': ('112:1:1', '112:2:2'), 'ألم نشرح لك صدرك': ('94:1:1', '94:1:4'),
                 'إنا أعطيناك الكوثر': ('108:1:1', '108:1:3'), 'فذلك الذي يدع اليتيم': ('107:2:1', '107:2:4')}
        for text, place in whole.items():
            words = text.split(' ')
            for end in ('\n', '\r\n', ' \n', '\n  '):
                for at in range(1, len(words)):
                    broken = ' '.join(words[:at]) + end + ' '.join(words[at:])
                    with self.subTest(broken):
                        [quotation] = self.ask(broken)['quotations']
                        self.assertEqual((quotation['from'], quotation['to']), (0, len(broken)))
                        self.assertEqual((quotation['places'][0]['first'], quotation['places'][0]['last']), place)

    def test_ligatures(self):
        """People write an alif before U+FDF2, because fonts draw it without."""
        for name in ('ﷲ', 'اﷲ', 'ٱﷲ', 'االله', 'ا\u064eﷲ'):
            text = 'قل هو %s أحد %s الصمد' % (name, name)
            with self.subTest(text):
                [quotation] = self.ask(text)['quotations']
                self.assertEqual((quotation['from'], quotation['to']), (0, len(text)))
                if name != 'االله':
                    self.assertEqual(quotation['places'][0]['differences'], [])
        self.assertEqual(self.ask('الحمد لﷲ رب العالمين الرحمن الرحيم')['quotations'][0]['places'][0]['differences'], [])

    def test_differences(self):
        def of(text):
            [quotation] = self.ask(text)['quotations']
            return [(d['kind'], text[d['from']:d['to']], d['first'], d['last']) for d in quotation['places'][0]['differences']]
        self.assertEqual(of('فأما اليتيم فلا تقهر وأما بنعمة ربك فحدث'), [('missing', '', '93:10:1', '93:10:4')])
        self.assertEqual(of('ألم نشرح لك يا صدرك ووضعنا عنك وزرك'), [('added', 'يا', None, None)])
        self.assertEqual(of('ألم نشرح لك صدرك ورفعنا عنك وزرك الذي أنقض ظهرك'), [('other_word', 'ورفعنا', '94:2:1', '94:2:1')])
        self.assertEqual(of('ألم نشرح لك صدرك وضوعنا عنك وزرك'), [('other_spelling', 'وضوعنا', '94:2:1', '94:2:1')])

    def test_verses_that_say_the_same(self):
        [quotation] = self.ask('ولا أنتم عابدون ما أعبد')['quotations']
        self.assertEqual([p['first'] for p in quotation['places']], ['109:3:1', '109:5:1'])
        self.assertEqual(quotation['all_places'], 2)
        [quotation] = self.ask('ولا أنتم عابدون ما أعبد', limit=1)['quotations']
        self.assertEqual((len(quotation['places']), quotation['all_places']), (1, 2))

    def test_set_phrases(self):
        answer = self.ask('كتبت: بسم الله الرحمن الرحيم ثم سكت')
        self.assertEqual((answer['quotations'], answer['left_out']['formulas']), ([], 1))
        answer = self.ask('كتبت: بسم الله الرحمن الرحيم ثم سكت', formulas='yes')
        self.assertEqual([(q['formula'], q['places'][0]['first']) for q in answer['quotations']], [(True, '1:1:1')])

    def test_set_phrases_with_a_common_word(self):
        for text in ('السلام عليكم ورحمة الله وبركاته', 'والحمد لله رب العالمين', 'فالحمد لله رب العالمين', 'من الحمد لله رب العالمين'):
            with self.subTest(text):
                self.assertEqual(self.ask('كتبت ' + text + ' ثم سكت')['quotations'], [])
        self.assertEqual(self.places('الحمد لله رب العالمين الرحمن الرحيم'), [[('1:2:1', '1:3:2')]])

    def test_what_goes_on(self):
        """Of places that say the same, the best is the one that goes on from the quotation before, or leads to the next one."""
        for text, places in (('ولا أنا عابد ما عبدتم ... ولا أنتم عابدون ما أعبد', ['109:4:1', '109:5:1']),
                             ('لا أعبد ما تعبدون (...) ولا أنتم عابدون ما أعبد', ['109:2:1', '109:3:1']),
                             ('ولا أنتم عابدون ما أعبد. لكم دينكم ولي دين', ['109:5:1', '109:6:1'])):
            found = self.ask(text)['quotations']
            with self.subTest(text):
                firsts = [q['places'][0]['first'] for q in found]
                self.assertTrue(firsts == places or firsts == places[:1], firsts)
                for quotation in found:
                    self.assertEqual(len(quotation['places']), quotation['all_places'])

    def test_what_is_around_it(self):
        def score(text):
            [quotation] = self.ask(text, min_score='0')['quotations']
            return quotation['score']
        plain = score('كتبت والليل إذا ثم سكت')
        self.assertLess(plain, score('كتبت: ﴿والليل إذا﴾ ثم سكت'))
        self.assertLess(plain, score('قال تعالى والليل إذا ثم سكت'))
        # What is between two quotations is not in brackets.
        self.assertEqual(plain, score('﴾ والليل إذا ﴿'))

    def test_signs_of_notes_are_not_letters(self):
        for text in ('قل هو الله¹ أحد² الله الصمد³', 'قل هو الله① أحد⑫ الله الصمد', 'قل هو الله⁽¹⁾ أحد الله الصمد'):
            with self.subTest(text):
                [quotation] = self.ask(text)['quotations']
                self.assertEqual((quotation['from'], quotation['places'][0]['differences']), (0, []))

    def test_the_score_that_is_asked_for(self):
        text = 'ذهب إلى ربك فترضى'
        weak = self.ask(text, min_score='0')['quotations']
        self.assertEqual(self.ask(text, min_score='1')['quotations'], [])
        self.assertEqual(self.ask(text, min_score='1')['left_out']['weak'], len(weak))
        for score in ('2', '-0.1', 'x', '0,5', 'nan', '1e-1'):
            self.assertEqual(self.ask(text, status=400, min_score=score)['parameter'], 'min_score')

    def test_nothing(self):
        for text in ('', ' ', '.', 'Only English here.', '١٢٣', '\u0651\u064e', 'ا' * 5000, 'x' * 100_000):
            with self.subTest(text[:10]):
                self.assertEqual(self.ask(text)['quotations'], [])

    def test_repetition_ends_in_time(self):
        answer = self.ask('من شر ' * 20_000 + 'قل هو الله أحد', timeout_ms=1000)
        self.assertLess(answer['ms'], 1000 + 5000 * case.server.TIME_FACTOR)

    def test_when_the_time_is_over_what_was_found_is_answered(self):
        answer = self.ask('فذلك الذي يدع اليتيم ' * 4_000, timeout_ms=1, limit=1)
        self.assertTrue(answer['partial'])
        self.assertNotEqual(answer['quotations'], [])
        self.assertEqual(answer['quotations'][0]['places'][0]['first'], '107:2:1')

    def test_requests(self):
        self.assertEqual(self.server.get('/api/v1/quotations').status, 405)
        self.assertEqual(self.ask('x' * 500_001, status=400)['parameter'], 'text')
        for body in (b'', b'{}', b'[]', b'{"text": 1', b'{"text": "x", "more": 1}'):
            answer = self.server.request('POST', '/api/v1/quotations', body, {'Content-Type': 'application/json'})
            self.assertEqual(answer.status, 400, answer.body[:200])


if __name__ == '__main__':
    unittest.main()
