"""CoNLL-U of other programs: what they said comes back as they said it, and is told where queries do not find it; their trees
are the corpus' trees."""
import os
import random
import shutil
import unittest

from tests.compat import server
from tests.conllu import support

HEADER = '# newdoc id = mine\n# global.columns = ID FORM LEMMA\n'
FULL = HEADER + '''# sent_id = a-1
# text = بِسْمِ اللّٰهِ الرحمن
# genre = prayer
# a comment without a value
1-2\tبِسْمِ\t_\t_\t_\t_\t_\t_\t_\tRef=1:1:1
1\tبِ\tبِ\tADP\tP\tAdpType=Prep\t2\tcase\t2:case\tRef=1:1:1:1|Gloss=in
2\tسْمِ\tٱسْم\tNOUN\tN\tCase=Gen|Definite=Cons|Gender=Masc|Number=Sing\t0\troot\t0:root\tRef=1:1:1:2|Translit=smi|Gloss=name
3\tاللّٰهِ\tاللّٰه\tPROPN\t_\tCase=Gen\t2\tnmod:poss\t2:nmod:poss|3.1:nsubj\tRef=1:1:2:1|SpaceAfter=No|Entity=(god)
3.1\t_\tهُوَ\tPRON\tPRON\tPronType=Prs\t_\t_\t3:dep\tCopyOf=3
4\tالرحمن\tرَحْمٰن\tADJ\tADJ\t_\t3\tamod\t3:amod\tRef=1:1:3:1

# sent_id = a-2
# text = الحمد لله
1\tالحمد\tحَمْد\tNOUN\tN\tCase=Nom\t0\troot\t_\tRef=1:2:1:1
2\tلله\tاللّٰه\tPROPN\tPN\t_\t1\tnsubj\t_\tRef=1:2:2:1

'''
# Words only: no segment numbers, nothing but heads.
WORDS = '''# sent_id = w
1\tx\t_\t_\t_\t_\t2\tnsubj\t_\tRef=1:1:1
2\ty\t_\t_\t_\t_\t0\troot\t_\tRef=1:1:2
3-4\tzz\t_\t_\t_\t_\t_\t_\t_\tRef=1:1:3
3\tz\t_\tPRON\tPRON\t_\t2\tobj\t_\t_
4\tz\t_\t_\t_\t_\t3\tflat\t_\t_

'''
# An edge that only the enhanced graph has; the tree is another.
ENHANCED = '''# sent_id = e
1\tx\tx\tNOUN\tN\t_\t2\tnsubj\t2:nsubj|3:nsubj:xsubj\tRef=1:1:1:1
2\ty\ty\tVERB\tV\t_\t0\troot\t0:root\tRef=1:1:2:1
3\tz\tz\tVERB\tV\t_\t2\txcomp\t2:xcomp\tRef=1:1:3:1

'''
# Empty nodes within a word of several parts, before the first word, and two in one place.
EMPTY = ['''# sent_id = m
1-2\tبه\t_\t_\t_\t_\t_\t_\t_\tRef=1:1:1
1\tب\tب\tADP\tP\t_\t2\tcase\t2:case\tRef=1:1:1:1
1.1\t_\tهو\tPRON\tPRON\t_\t_\t_\t2:dep\t_
2\tه\tهو\tPRON\tPRON\t_\t0\troot\t0:root\tRef=1:1:1:2

''', '''# sent_id = b
0.1\t_\t_\tVERB\tV\t_\t_\t_\t0:root\t_
1\tx\tx\tNOUN\tN\t_\t0\troot\t0.1:obl\tRef=1:1:1:1

''', '''# sent_id = t
1\tx\tx\tVERB\tV\t_\t0\troot\t0:root\tRef=1:1:1:1
1.1\t_\tهم\tPRON\tPRON\t_\t_\t_\t1:nsubj\t_
1.2\t_\tهو\tPRON\tPRON\t_\t_\t_\t1:obj\t_
2\ty\ty\tNOUN\tN\t_\t1\tobl\t1:obl|1.2:mod\tRef=1:1:2:1

''']


class Foreign(support.Case):
    def imported_text(self, text, name='again.db'):
        with open(self.path('file.conllu'), 'w', encoding='utf-8', newline='') as f:
            f.write(text)
        done = self.kalima('import', '--conllu', self.path('file.conllu'), '--db', self.path(name))
        return self.path(name), done.stderr

    def edges(self, database):
        """(form, relation, form of the head) of each row of the treebank, as the old server's folder has them."""
        rows = support.treebank(self.legacy(database, 'out'))
        rows = [dict(zip(rows[0], row)) for row in rows[1:]]
        forms = {(r['sentence_id'], r['token_id']): r['uthmani_token'] for r in rows}
        return [(r['location'], r['uthmani_token'], r['rel_label'], forms[r['sentence_id'], r['ref_token_id']]) for r in rows]

    def test_a_file_comes_back_as_it_came(self):
        many = ''.join('# sent_id = %d\n# note %d\n1\tw\tl\tNOUN\t_\tA=%d\t0\troot\t_\tRef=1:%d:1|X=%d\n\n' % (i, i, i, i, i)
                       for i in range(1, 8))
        for text in (FULL, WORDS, ENHANCED, *EMPTY, many, FULL.replace('\n', '\r\n'), WORDS.replace('nsubj', 'dep:own')):
            database, _ = self.imported_text(text)
            exported, said = self.export(database, 'out.conllu')
            self.assertEqual(exported, text)
            self.assertIn('the CoNLL-U file that was imported', said)
            self.assertEqual(self.kalima('export', '--conllu', '-', '--db', database).stdout, text.replace('\r\n', '\n'))
            os.remove(self.path('out.conllu'))

    def test_what_queries_do_not_find_is_said(self):
        _, said = self.imported_text(FULL)
        for warning in ('5 words have FEATS, but not the attribute Features', '1 word has UPOS, but not XPOS',
                        '2 words have DEPS other than HEAD and DEPREL', '3 attributes (CopyOf, Entity, SpaceAfter)',
                        '3 comments (# a comment without a value, # genre, # global.columns)'):
            self.assertIn('warning: %s: only an export as CoNLL-U has them again, queries do not find them\n' % warning, said)
        _, said = self.imported_text(WORDS)
        self.assertNotIn('warning: ', said)
        text, _ = self.export(server.fixture_database(), 'own.conllu')
        _, said = self.imported_text(text)
        self.assertNotIn('only an export', said)

    def test_trees(self):
        database, _ = self.imported_text(WORDS)
        self.assertEqual(self.edges(database), [('(1:1:1:1)', 'x', 'nsubj', 'y'), ('(1:1:2:1)', 'y', 'root', 'y'),
                                                ('(1:1:3:1)', 'z', 'obj', 'y'), ('(1:1:3:2)', 'z', 'flat', 'z')])
        database, _ = self.imported_text(ENHANCED)
        shutil.rmtree(self.path('out'))
        self.assertEqual([edge[1:] for edge in self.edges(database)],
                         [('x', 'nsubj', 'y'), ('y', 'root', 'y'), ('z', 'xcomp', 'y')])

    def test_trees_of_words_alone_are_those_of_segments(self):
        """However a word's place is named, the tree is the same."""
        seed = random.Random(5)
        for _ in range(5):
            order = list(range(1, seed.randint(3, 10)))
            seed.shuffle(order)
            heads = {word: seed.choice(order[:at]) if at else 0 for at, word in enumerate(order)}
            found = []
            for ref in ('1:1:%d', '1:1:%d:1'):
                text = '# sent_id = t\n' + ''.join(
                    '%d\tw%d\tl\tNOUN\tN\t_\t%d\t%s\t_\tRef=%s\n' % (i, i, head, 'r%d' % i if head else 'root', ref % i)
                    for i, head in sorted(heads.items())) + '\n'
                database, _ = self.imported_text(text)
                with server.Server('--db', database) as s:
                    found.append(s.json('/api/dependency/1/1'))
            self.assertEqual(found[0], found[1])


if __name__ == '__main__':
    unittest.main()
