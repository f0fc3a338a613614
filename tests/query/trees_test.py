"""Trees in queries where random_test.py does not go: sequences that edges leave, tops, labels of edges, functions, errors."""
import os
import tempfile
import unittest
import urllib.parse

from tests.compat import server

# A sentence whose object is not spoken: said(1) book(2) from(3) knowledge(4), one segment a word.
CORPUS = '''# sent_id = 1
# text = قَالَ كِتَٰبٌ مِن عِلْمٍ
# surah 1 = س1
# verse 1:1 = قَالَ كِتَٰبٌ مِن عِلْمٍ
1\tقَالَ\t_\tX\tV\t_\t0\troot\t0:root\tRef=1:1:1:1|SegmentForm=قَالَ|Features=STEM\\pPOS:V\\pPERF\\p3MS|Rel=root
2\tكِتَٰبٌ\t_\tX\tN\t_\t1\tdep\t1:dep\tRef=1:1:2:1|SegmentForm=كِتَٰبٌ|Features=STEM\\pPOS:N|Rel=Subj
2.1\t(*)\t_\tPRON\tPRON\t_\t_\t_\t1:dep\tRel=Obj
3\tمِن\t_\tX\tP\t_\t1\tdep\t2:dep\tRef=1:1:3:1|SegmentForm=مِن|Features=STEM\\pPOS:P|Rel=Adj
4\tعِلْمٍ\t_\tX\tN\t_\t3\tdep\t3:dep\tRef=1:1:4:1|SegmentForm=عِلْمٍ|Features=STEM\\pPOS:N|Rel=pred <<kan>>

'''
# query: hits as first and last word, with captures; and how many have no span
CASES = {
    # An edge leaves the last element of a sequence, or the one that is marked.
    '[] [] -Adj-> b:[]': ('1-2 b3-3', 0),
    '@[pos="V"] [] -Obj-> b:_': ('1-2 b?', 0),
    '[] @[pos="V"] [] -Subj-> []': ('', 0),
    '[]+ -Adj-> b:[]': ('1-2 b3-3, 2-2 b3-3', 0),
    '([pos="V"] | x:[pos="N"]) --> b:[]': ('1-1 b2-2, 2-2 b3-3 x2-2', 0),
    # So does one that leads to a sequence.
    '[pos="V"] -Subj-> ([] @[pos="N"])': ('1-1', 0),
    '[pos="V"] -Subj-> ([pos="N"] []+)': ('', 0),
    # In a sequence a tree is its first node.
    '[pos="V"] ([pos="N"] -Adj-> b:[]) c:[]': ('1-3 b3-3 c3-3', 0),
    '<verse> ([pos="V"] -Subj-> b:[]) within verse': ('1-1 b2-2', 0),
    # An edge that leaves a sequence which ends in a tree leaves the first node of that.
    '[pos="V"] ([pos="N"] -Adj-> b:[]) <-Subj- c:[]': ('1-2 b3-3 c1-1', 0),
    '[pos="V"] ([pos="N"] -Adj-> b:[]) -Adj-> c:[]': ('1-2 b3-3 c3-3', 0),
    '<verse> ([] -Subj-> b:[]) -Obj-> c:_': ('1-1 b2-2 c?', 0),
    '<verse> ([] -Adj-> b:[]) -Obj-> c:_': ('', 0),
    '(?= [pos="N"] -Adj-> b:_) []': ('2-2 b3-3', 0),
    '^-root-> a:[]': ('1-1 a1-1', 0),
    'r:^-root-> a:[]': ('1-1 a1-1 r1-1', 0),
    # What of a tree is the hit.
    'rspan([pos="V"] -Subj-> [])': ('1-2', 0),
    'rspan([pos="V"] -Subj-> b:[] -Adj-> [], "all")': ('1-3 b2-2', 0),
    'rspan([pos="V"] -Subj-> b:[] -Adj-> [], "full")': ('1-2 b2-2', 0),
    'rspan([pos="V"] -Subj-> [], "target")': ('2-2', 0),
    'rspan([pos="V"] -Subj-> [], "source")': ('1-1', 0),
    'rspan([pos="V"] -Obj-> _, "target")': ('', 1),
    'rspan(_ <-Obj- [], "full")': ('1-1', 0),
    'rspan(a:[] -Adj-> b:[], "full") []': ('2-4 a2-2 b3-3', 0),
    'a:rspan([] -Adj-> [], "target") -"pred <<kan>>"-> []': ('', 0),
    'rspan([] -Adj-> [], "target") within 1 verse': ('3-3', 0),
    'rel("Subj")': ('1-1', 0),
    'rel("Subj", b:[], "target")': ('2-2 b2-2', 0),
    # Grew's patterns are trees of segments.
    'pattern { N [upos=V]; N -[Subj]-> M }': ('1-1 M2-2 N1-1', 0),
    'pattern { X -> Y; Y -> Z }': ('1-1 X1-1 Y2-2 Z3-3, 2-2 X2-2 Y3-3 Z4-4', 0),
    'pattern { X -> Y; Z -> X; X [upos="N"] } without { Y -> * }': ('', 0),
    'pattern { X -[^Subj|Obj]-> Y }': ('2-2 X2-2 Y3-3, 3-3 X3-3 Y4-4', 0),
    # "*" is any node, one that is named too.
    'pattern { X -[Subj]-> Y; X -> * }': ('1-1 X1-1 Y2-2', 0),
    'pattern { X [upos=V]; X -[^Subj]-> * }': ('1-1 X1-1', 0),
    'pattern { X -> Y } with { Y -[^Subj]-> * }': ('1-1 X1-1 Y2-2, 2-2 X2-2 Y3-3', 0),
    # Features of a node that is known are asked for by the block that names them.
    'pattern { X -> Y } without { Y [upos=P] }': ('1-1 X1-1 Y?, 1-1 X1-1 Y2-2, 3-3 X3-3 Y4-4', 0),
    'pattern { X -> Y } with { Y [upos=P] }': ('2-2 X2-2 Y3-3', 0),
    # A comparison with what is missing is false.
    'pattern { X -> Y; X.person <> Y.person }': ('', 0),
    'pattern { X -> Y; X.person <> "1" }': ('1-1 X1-1 Y?, 1-1 X1-1 Y2-2', 0),
    # Edges that cross, of which this text has none.
    'pattern { e: X -> Y; f: Y -> Z; e >< f }': ('', 0),
    'pattern { X ->> Y; Y [upos=P|ADJ] }': ('1-1 X1-1 Y3-3, 2-2 X2-2 Y3-3', 0),
    'pattern { X [upos=V]; X -> Y; Y << X }': ('', 0),
    'pattern { X [upos=V]; X -> Y; X < Y }': ('1-1 X1-1 Y2-2', 0),
    'pattern { X -> Y } without { Y -> Z }': ('1-1 X1-1 Y?, 3-3 X3-3 Y4-4', 0),
    'pattern { X -> Y } without { X -[Obj]-> Z; Z [hidden=yes] }': ('1-1 X1-1 Y?, 2-2 X2-2 Y3-3, 3-3 X3-3 Y4-4', 0),
    'pattern { X -> Y } with { Y -> Z }': ('1-1 X1-1 Y2-2, 2-2 X2-2 Y3-3', 0),
    'pattern { e: X -> Y; e.label = Obj }': ('1-1 X1-1 Y? e?', 0),
    'pattern { X -> Y; X.upos = Y.upos }': ('', 0),
    '^-Subj-> a:[]': ('', 0),
    # A label of an edge is that of its dependent, whose relation the edge is.
    'a:[] e:-Subj|Obj-> _ :: e.relation = "Obj"': ('1-1 a1-1 e?', 0),
    # Case and spaces of a type do not count.
    '{} -PRED.*-> b:_': ('3-3 b4-4', 0),
    '{} -"pred<<kan>>"-> b:_': ('3-3 b4-4', 0),
    # A subject that is not spoken has person, gender and number from its verb; an object has not.
    '[pos="V"] -Obj-> {person="3"}': ('', 0),
    # A hidden node has no place in the text.
    'b:_ <-Obj- []': ('', 1),
    'a:_ <-Obj- b:[] :: start(a) > 0 | start(a) <= 0': ('', 0),
    'a:_ <-Obj- b:[] :: depth(a) = 1': ('', 1),
    'a:[] []* b:[] :: edge(a, b, "Su.*")': ('1-2 a1-1 b2-2', 0),
    'a:[] []* b:[] :: edge(b, a)': ('', 0),
    'a:[] :: depth(a) = 2': ('3-3 a3-3', 0),
    'a:[] :: children(a) = 2': ('1-1 a1-1', 0),
    'a:[] :: size(a) >= 3': ('1-1 a1-1, 2-2 a2-2', 0),
    '_ -Obj-> _': ('1-1', 0),
    '[pos="V"] -->>{2,} b:[]': ('1-1 b3-3, 1-1 b4-4', 0),
}
ERRORS = {
    '_': 'at an end of an edge',
    '[] </verse> -Subj-> []': 'leaves a word or a segment',
    '[] --> _' + ' ; --> _' * 70: 'more than 64 edges',
    '{} -(-> {}': 'expression is wrong',
    'a:{} :: edge(a, b)': "nothing is labelled 'b'",
    'rspan([])': 'rspan() is of a tree',
    'rspan([] --> [], "most")': 'is not a part of a tree',
    'pattern { X [upos=V] ': 'the pattern ends too early',
    'pattern { X -> }': "'}' is not possible here",
    'pattern { e: X -> Y; e: X -> Z }': "two edges are named 'e'",
    'pattern { X: X -> Y }': "'X' names a node and an edge",
    'pattern { e: X -> Y; e >< f }': "no edge is named 'f'",
    'pattern { e: X -> Y; f: Y -> *; e >< f }': "'*' cannot be compared",
    'pattern { e: X -> Y; f: Y -> Z; e <> f }': 'disjoint edges are not available',
    'pattern { X [upos=V]; Y [upos=N] }': "no edge leads to 'Y'",
    'pattern { X -> Y } global { is_projective }': 'the shape of a whole sentence, is not available',
}


def shown(result):
    def words(part):
        if 'hidden' in part['start']:
            return '?'
        return '%s-%s' % (part['start'].split(':')[2], part['end'].split(':')[2])
    return ' '.join([words(result)] + [name + words(capture) for name, capture in sorted(result['captures'].items())])


class Trees(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        file, database = os.path.join(folder.name, 'corpus.conllu'), os.path.join(folder.name, 'corpus.db')
        with open(file, 'w', encoding='utf-8') as f:
            f.write(CORPUS)
        done = server.run('import', '--conllu', file, '--db', database)
        assert done.returncode == 0, done.stderr
        cls.server = cls.enterClassContext(server.Server('--db', database))

    def ask(self, query):
        return self.server.get('/api/v1/query?' + urllib.parse.urlencode({'q': query, 'context': 0}))

    def test_hits(self):
        for query, (hits, without_span) in CASES.items():
            with self.subTest(query):
                answer = self.ask(query)
                self.assertEqual(answer.status, 200, answer.body)
                found = server.json_of(answer)
                self.assertEqual(', '.join(shown(r) for r in found['results']), hits)
                self.assertEqual(found['without_span'], without_span)

    def test_what_is_empty_at_the_end_of_the_corpus(self):
        for query in ('</surah>', '[] (?= </surah>)', '[] (?= (?! []))', '[] (?! (?= []))', '(?longest) </surah>'):
            with self.subTest(query):
                found = server.json_of(self.ask(query))
                self.assertEqual([r['end'] for r in found['results']], ['1:1:4:1'])

    def test_errors(self):
        for query, message in ERRORS.items():
            with self.subTest(query):
                answer = self.ask(query)
                self.assertEqual(answer.status, 400)
                self.assertIn(message, answer.body.decode())


if __name__ == '__main__':
    unittest.main()
