"""The validator finds what it should: a good sentence passes, and each broken one does not."""
import unittest

from tests.conllu import validator

GOOD = """# sent_id = s1
# text = ab c
1-2\tab\t_\t_\t_\t_\t_\t_\t_\tRef=1:1:1
1\ta\t_\tADP\tP\t_\t2\tcase\t2:case\t_
2\tb\tb\tNOUN\tN\tCase=Gen|Gender=Masc\t3\tnsubj\t3:nsubj\t_
2.1\t(*)\t_\tX\t_\t_\t_\t_\t3:dep\t_
3\tc\tc\tVERB\tV\tMood=Ind\t0\troot\t0:root\tA=x y|B=z

"""


def changed(old, new, times=1):
    assert GOOD.count(old) >= 1, old
    return GOOD.replace(old, new, times)


class Validator(unittest.TestCase):
    def test_a_good_sentence(self):
        self.assertEqual(list(validator.problems(GOOD)), [])

    def test_broken_ones(self):
        for name, text in {
                'no empty line': GOOD[:-1],
                'two empty lines': GOOD + '\n',
                'nine columns': changed('\tA=x y|B=z', ''),
                'empty column': changed('\tb\tb\t', '\tb\t\t'),
                'space in FEATS': changed('Case=Gen|', 'Case=Gen |'),
                'FEATS not sorted': changed('Case=Gen|Gender=Masc', 'Gender=Masc|Case=Gen'),
                'UPOS': changed('NOUN', 'Noun'),
                'id twice': changed('\n2\tb', '\n1\tb'),
                'range': changed('1-2\t', '1-4\t'),
                'range with a tag': changed('1-2\tab\t_\t_', '1-2\tab\t_\tX'),
                'empty node': changed('2.1', '2.2'),
                'two roots': changed('3\tnsubj\t3:nsubj', '0\troot\t0:root'),
                'head': changed('\t2\tcase', '\t9\tcase'),
                'cycle': changed('\t3\tnsubj', '\t1\tnsubj'),
                'relation': changed('3\tnsubj', '3\tSubj'),
                'head 0 without root': changed('0\troot', '0\tdep'),
                'DEPS sorted': changed('3:nsubj', '3:nsubj|1:dep'),
                'DEPS head': changed('3:dep', '3.1:dep'),
                'DEPS cycle': changed('3:nsubj', '1:nsubj').replace('3:dep', '2:dep'),
                'DEPS missing': changed('2:case', '_'),
                'MISC': changed('A=x y|', 'A=x y||'),
                'MISC twice': changed('A=x y|B', 'B=x y|B'),
                'text': changed('text = ab', 'text = a b'),
                'no sent_id': changed('sent_id', 'id'),
                'sent_id twice': GOOD + GOOD,
                'NFC': changed('\tc\tc', '\t\u0631\u0651\u064e\tc').replace('ab c', 'ab \u0631\u0651\u064e'),
        }.items():
            with self.subTest(name):
                self.assertNotEqual(list(validator.problems(text)), [])


if __name__ == '__main__':
    unittest.main()
