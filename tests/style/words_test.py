"""The check of words reports what it should, where it is, and nothing that is exempt."""
import os
import unittest

from tests.style import words

RULES = words.rules_of('# a comment\n[enforced]\n(?i)\\bcolou?r\\b  shade\n\n[not yet enforced]\nfoo bar   baz, not qux\n')


class Words(unittest.TestCase):
    def found(self, text, exemptions=(), used=None):
        return [(f.path, f.line, f.word, f.rule.instead)
                for f in words.findings('a/b.py', text, RULES, exemptions, set() if used is None else used)]

    def test_rules_are_read(self):
        self.assertEqual([(rule.instead, rule.enforced) for rule in RULES], [('shade', True), ('baz, not qux', False)])
        for text in ('a  b\n', '[enforced]\na b\n'):
            with self.assertRaises(ValueError):
                words.rules_of(text)

    def test_words_are_reported_with_their_lines(self):
        self.assertEqual(self.found('x\nA Color, a colour\nfoo bar\ndiscolored\n'),
                         [('a/b.py', 2, 'Color', 'shade'), ('a/b.py', 2, 'colour', 'shade'), ('a/b.py', 3, 'foo bar', 'baz, not qux')])

    def test_exempt_is_that_text_in_that_file(self):
        used = set()
        exemptions = words.exemptions_of('# why\na/b.py\tthe color blue\na/c.py\tcolor\na/b.py\tgreen\n')
        self.assertEqual(self.found('the color blue, a color\n', exemptions, used), [('a/b.py', 1, 'color', 'shade')])
        self.assertEqual(used, {('a/b.py', 'the color blue')})
        with self.assertRaises(ValueError):
            words.exemptions_of('no tab\n')

    @unittest.skipUnless(os.path.exists(os.path.join(words.ROOT, '.git')), 'not a clone of the repository')
    def test_the_tree_has_files(self):
        names = list(words.tracked_files())
        for name in ('README.md', 'tests/run.sh', '.ci/run', 'src/cli/main.cc', 'tests/CMakeLists.txt'):
            self.assertIn(name, names)


if __name__ == '__main__':
    unittest.main()
