"""The whole corpus, if available: its CoNLL-U is valid, has every edge, and comes back without loss.

Looks for legacy-data/ in the folder that KALIMA_SHARED names, by default ../shared next to the repository. Without it the
test is skipped, with exit code 77, and says why.
"""
import os
import sys
import unittest

from tests.compat import server
from tests.conllu import support, validator

SHARED = os.environ.get('KALIMA_SHARED') or os.path.join(os.path.dirname(server.ROOT), 'shared')
DATA = os.path.join(SHARED, 'legacy-data')
SKIPPED = 77


class Full(support.Case):
    def test_all_of_it(self):
        database = self.path('first.db')
        done = self.kalima('import', '--legacy', DATA, '--db', database, timeout=900)
        # What the real treebank has is said, not refused.
        self.assertRegex(done.stderr, r'depend on themselves without being a root: 31, the first at \S+Quranic\.csv:28109\n')
        self.assertRegex(done.stderr, r'with a cycle of heads: 133, the first at \S+Quranic\.csv:15417\n')
        text, said = self.export(database)

        wrong = list(validator.problems(text))
        self.assertEqual(wrong[:10], [], '%d problems' % len(wrong))
        rows = support.treebank(DATA)
        sentences, trees, joined = support.tree_sentences(rows)
        self.assertEqual((sentences, trees), (11693, 10071))
        self.assertIn('11,652 sentences, %s of them trees; the others keep their edges in DEPS.' % format(joined, ','), said)
        self.assertIn('77,429 words, 128,219 segments and 11,157 hidden nodes', said)
        self.assertLess(len(text.encode()), 50_000_000)
        self.check_edges(text, rows)

        again = self.legacy(self.imported(self.path('quran.conllu')), 'again')
        self.assert_same(support.treebank(again), rows)
        self.assert_same(support.verses(again, with_research=True), support.verses(DATA))
        second, _ = self.export(self.path('again.db'), 'second.conllu')
        self.assertEqual(second == text, True)

    def assert_same(self, got, right):
        """Without a comparison of all that follows, which takes hours for lists of this length."""
        different = [(i, a, b) for i, (a, b) in enumerate(zip(got, right)) if a != b]
        self.assertEqual(different[:1], [], '%d differ' % len(different))
        self.assertEqual(len(got), len(right))

    def check_edges(self, text, rows):
        """Every head of the treebank, hidden nodes included, is a head in DEPS, under the treebank's own label."""
        head = {name: i for i, name in enumerate(rows[0])}
        nodes = [(s, row) for s in validator.sentences(text) for row in s.nodes()]
        self.assertEqual(len(nodes), len(rows) - 1)
        first, sentence_id, related = 0, None, 0
        for i, ((sentence, node), row) in enumerate(zip(nodes, rows[1:])):
            if row[head['sentence_id']] != sentence_id:
                first, sentence_id = i, row[head['sentence_id']]
            label, own, other = (row[head[name]] for name in ('rel_label', 'token_id', 'ref_token_id'))
            self.assertEqual(sentence.misc(node)['Rel'], label)
            if label in ('root', 'NonRel') or own == other:
                continue
            related += 1
            self.assertIs(nodes[first + int(other)][0], sentence)
            heads = [item.partition(':')[0] for item in node[validator.DEPS].split('|')]
            self.assertIn(nodes[first + int(other)][1][validator.ID], heads)
        self.assertEqual(related, 103750)


if __name__ == '__main__':
    if not os.path.exists(DATA):
        print('SKIPPED: %s not found (KALIMA_SHARED may name another folder)' % DATA)
        sys.exit(SKIPPED)
    unittest.main()
