"""The trees of the starter surahs: what the program answers is what a second reader of data/starter reads."""
import json
import os
import sys
import unittest
import urllib.parse

from tests.compat import server
from tests.v1.case import StarterCase

sys.path.insert(0, os.path.join(server.ROOT, 'tests', 'starter'))
import starter  # noqa: E402

SURAHS = starter.load(starter.here('data', 'starter'))


def expected(surah, sentence):
    """A sentence as its verses' trees show it: place or form, relation, and the place of the head in the sentence."""
    number = {node: at for at, node in enumerate(sentence)}
    return [(node.place and '%d:%d:%d:%d' % (surah.number, *node.place), node.form, node.tag, node.relation,
             None if node.head is None else number[node.head]) for node in sentence]


class Trees(StarterCase):
    def test_every_sentence(self):
        nodes = 0
        for surah in SURAHS:
            for sentence in surah.trees.sentences:
                nodes += len(sentence)
                verses = sorted({node.verse for node in sentence})
                for verse in verses:
                    answer = json.loads(self.server.get('/api/v1/trees/%d:%d' % (surah.number, verse)).body)
                    shown = [[(n['place'], n['form'], n['pos'], n['relation'],
                               None if n['head'] is None else n['head'] - s['nodes'][0]['id']) for n in s['nodes']]
                             for s in answer['sentences']]
                    wanted = expected(surah, sentence)
                    self.assertIn(wanted, shown, (surah.number, verse))
        self.assertEqual((sum(len(s.trees.sentences) for s in SURAHS), nodes), (99, 1280))

    def test_counts(self):
        counts = json.loads(self.server.get('/api/v1/corpus').body)['counts']
        self.assertEqual((counts['sentences'], counts['nodes']), (99, 1280))
        for query, hits in (('[pos="V"] -Subj-> [pos="PN"]', 1), ('[pos="P"] -gen-> []', 103), ('{} -"subj<<in>>"-> {}', 16)):
            answer = json.loads(self.server.get('/api/v1/query?limit=0&q=' + urllib.parse.quote(query)).body)
            self.assertEqual(answer['hits'], hits, query)

    def test_phrases(self):
        answer = json.loads(self.server.get('/api/v1/trees/112:3').body)
        nodes = answer['sentences'][0]['nodes']
        first = nodes[0]['id']
        self.assertEqual([(p['kind'], p['first'] - first, p['last'] - first) for p in answer['sentences'][0]['phrases']][:2],
                         [('VS', 1, 2), ('VS', 5, 6)])


if __name__ == '__main__':
    unittest.main()
