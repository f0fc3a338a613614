"""The measures (wazn) of the whole corpus: one measure has one spelling, and what the morphology says about the form of a word agrees
with its measure. The patterns of the forms are those of W. Wright, A Grammar of the Arabic Language, I, 35 to 69, 183 to 254.

Without the files (see tests/v1/published.py) the test is skipped, with exit code 77, and says why. KALIMA_DATABASE names a database of the
whole corpus to be used instead of importing one.
"""
import collections
import os
import sys
import unicodedata
import unittest

from tests.statistics.case import Statistics
from tests.v1.published import DATASETS, SKIPPED, serve_published

# Of each form: verb, active participle, passive participle, verbal nouns.
FORMS = {
    'II': ('فَعَّلَ', 'مُفَعِّل', 'مُفَعَّل', 'تَفْعِيل تَفْعِلَة فِعَّال'), 'III': ('فَاعَلَ', 'مُفَاعِل', 'مُفَاعَل', 'فِعَال مُفَاعَلَة'),
    'IV': ('أَفْعَلَ', 'مُفْعِل', 'مُفْعَل', 'إِفْعَال إِفَالَة'), 'V': ('تَفَعَّلَ', 'مُتَفَعِّل', 'مُتَفَعَّل', 'تَفَعُّل'),
    'VI': ('تَفَاعَلَ', 'مُتَفَاعِل', 'مُتَفَاعَل', 'تَفَاعُل'), 'VII': ('ٱنْفَعَلَ', 'مُنْفَعِل', 'مُنْفَعَل', 'ٱنْفِعَال'),
    'VIII': ('ٱفْتَعَلَ', 'مُفْتَعِل', 'مُفْتَعَل', 'ٱفْتِعَال'), 'IX': ('ٱفْعَلَّ', 'مُفْعَلّ', 'مُفْعَلّ', 'ٱفْعِلَال'),
    'X': ('ٱسْتَفْعَلَ', 'مُسْتَفْعِل', 'مُسْتَفْعَل', 'ٱسْتِفْعَال'), 'XI': ('ٱفْعَالَّ', 'مُفْعَالّ', 'مُفْعَالّ', ''),
    'XII': ('ٱفْعَلَلَّ', 'مُفْعَلِلّ', 'مُفْعَلَلّ', ''),  # of ٱطْمَأَنَّ, which is a IV of four letters elsewhere
}
# Words whose lemma shows another form than the file says.
EXCEPTIONS = {'مُهَيْمِن': 'مُفَيْعِل', 'مُصَيْطِر': 'مُفَيْعِل', 'مُزَحْزِح': 'مُفَعْلِل', 'مُقَنطَرَة': 'مُفَعْلَلَة', 'مُّذَبْذَبِين': 'مُفَعْلَل', 'تَقْشَعِرُّ': 'ٱفْعَلَلَّ',
             'تَّرَاقِى': 'فَعَالِي', 'تَّكَاثُر': 'تَفَاعُل', 'لَٰقِي': 'فَاعِل'}
# From grammars and dictionaries (Wright; Lane), not from the program.
KNOWN = {
    'سَمَآء': 'فَعَال', 'جَزَآء': 'فَعَال', 'سَوَآء': 'فَعَال', 'وَرَآء': 'فَعَال', 'هَوَآء': 'فَعَال', 'نِسَآء': 'فِعَال', 'شِفَآء': 'فِعَال', 'وِعَآء': 'فِعَال',
    'دُعَآء': 'فُعَال', 'آبَاء': 'أَفْعَال', 'ضَرَّآء': 'فَعْلَاء', 'قَيُّوم': 'فَيْعُول', 'أَوَّل': 'أَفْعَل', 'أَنَّىٰ': '', 'سَيِّد': 'فَيْعِل', 'وَلِىّ': 'فَعِيل',
    'عَدُوّ': 'فَعُول', 'نَّبِىّ': 'فَعِيل', 'دُّنْيَا': 'فُعْلَى', 'آخِر': 'فَاعِل', 'آخَر': 'أَفْعَل', 'عِند': 'فِعْل', 'أُنثَىٰ': 'فُعْلَى', 'إِنسَٰن': 'فِعْلَان',
}


def nfc(text):
    return unicodedata.normalize('NFC', text)


EXCEPTIONS = {nfc(lemma): nfc(wazn) for lemma, wazn in EXCEPTIONS.items()}


class Measures(Statistics, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = serve_published(cls)

    def rows(self, query, by):
        answer = self.ask('frequencies', q=query, by=by, limit=10000, missing='yes')
        self.assertFalse(answer['partial'])
        return [([nfc(value or '') for value in row['values']], row['hits']) for row in answer['rows']]

    def test_one_measure_has_one_spelling(self):
        alike = collections.defaultdict(set)
        for (wazn,), _ in self.rows('{wazn!=""}', 'wazn'):
            key = wazn.replace('\u0652', '')  # sukun
            key = key.replace('\u064e\u0627', '\u0627').replace('\u064f\u0648', '\u0648').replace('\u0650\u064a', '\u064a')
            alike[key].add(wazn)
            self.assertNotRegex(wazn, '[^\u0640-\u065f]\u0627(?<!\u0622)', wazn)  # no alif without a vowel before it
            self.assertFalse(wazn.endswith(('\u064e\u062a', '\u0627\u0621\u062a')), wazn)
        self.assertGreater(len(alike), 200)
        self.assertEqual([sorted(some) for some in alike.values() if len(some) > 1], [])

    def test_the_measures_of_verbs_are_those_of_their_forms(self):
        looked_at = 0
        for (form, wazn, lemma), hits in self.rows('{pos="V"}', 'form,wazn,lemma'):
            if form == 'I':
                self.assertIn(wazn, ('', *map(nfc, ('فَعَلَ', 'فَعِلَ', 'فَعُلَ', 'فَعْلَلَ'))), lemma)
            else:
                self.assertEqual(wazn, EXCEPTIONS.get(lemma, nfc(FORMS[form][0])), lemma)
            looked_at += hits
        self.assertGreater(looked_at, 19000)

    def test_the_measures_of_participles_and_verbal_nouns_are_those_of_their_forms(self):
        for number, derivation in enumerate(('ACTPCPL', 'PASSPCPL', 'VN'), 1):
            looked_at = 0
            for (form, wazn, lemma), hits in self.rows('{derivation="%s" & form!="I"}' % derivation, 'form,wazn,lemma'):
                wanted = list(map(nfc, FORMS[form][number].split()))
                if number < 3:
                    wanted += [nfc(one + '\u064e\u0629') for one in wanted]  # feminine
                self.assertIn(wazn, [EXCEPTIONS[lemma]] if lemma in EXCEPTIONS else wanted, (lemma, form))
                looked_at += hits
            self.assertGreater(looked_at, 200)

    def test_what_grammars_say(self):
        found = collections.defaultdict(set)
        for (lemma, wazn), _ in self.rows('{pos!="V" & lemma!=""}', 'lemma,wazn'):
            found[lemma].add(wazn)
        self.assertEqual({lemma: found[nfc(lemma)] for lemma in KNOWN}, {lemma: {nfc(wazn)} for lemma, wazn in KNOWN.items()})


if __name__ == '__main__':
    if not os.path.isdir(DATASETS):
        print('SKIPPED: %s is missing' % DATASETS)
        sys.exit(SKIPPED)
    unittest.main()
