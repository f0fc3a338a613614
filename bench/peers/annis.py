"""graphANNIS in this process, by its package for Python.

Tokens are the spoken segments; `word` and `verse` cover them; nodes of the treebank that are not spoken are nodes without tokens. What is
spoken has `pos`, every node of the treebank `tag`. Edges are a pointing relation `dep` with the annotation `relation`. Times contain what
the package needs to hand over its answer.
"""
import importlib.util
import os
import sys

import corpus
import measure

CORPUS = 'quran'
LAYER = 'default_ns'
PAGE = 50
CONTEXT = 5


class Updates:
    """Nodes and edges that are added in one step for each surah."""

    def __init__(self, graph):
        self.graph = graph

    def node(self, name, document, **values):
        self.graph.add_node(name)
        for key, value in values.items():
            self.graph.add_node_label(name, 'annis' if key == 'tok' else '', key, value)
        self.graph.add_edge(name, document, 'annis', 'PartOf', '')

    def edge(self, source, target, kind, name=''):
        self.graph.add_edge(source, target, LAYER, kind, name)

    def surah(self, surah):
        document = '%s/%d' % (CORPUS, surah['surah'])
        self.graph.add_node(document, 'corpus')
        self.graph.add_edge(document, CORPUS, 'annis', 'PartOf', '')
        names = {}
        before = None
        for verse in surah['verses']:
            verse_name = '%s#verse-%s' % (document, verse['verse'])
            self.node(verse_name, document, verse=str(verse['ayah']), place=surah['place'], juz=str(verse['juz']))
            for word in verse['words']:
                word_name = '%s#word-%s:%d' % (document, verse['verse'], word['n'])
                self.node(word_name, document, word=word['word'], plain=word['plain'],
                          **{name: word[name] for name in corpus.STEM if name in word})
                for segment in word['segments']:
                    place = corpus.place_of(verse, word, segment)
                    names[place] = '%s#%s' % (document, place)
                    self.node(names[place], document, tok=segment.get('segment', ''),
                              **{name: segment[name] for name in corpus.SEGMENT if name in segment})
                    if before:
                        self.graph.add_edge(before, names[place], 'annis', 'Ordering', '')
                    before = names[place]
                    self.edge(word_name, before, 'Coverage')
                    self.edge(verse_name, before, 'Coverage')
        self.trees(surah, document, names)

    def trees(self, surah, document, names):
        by_id = {}
        for node, values in corpus.nodes(surah):
            by_id[node['id']] = names.get(node['place']) or '%s#node-%d' % (document, node['id'])
            if node['place'] is None:
                self.node(by_id[node['id']], document, hidden='yes')
            self.graph.add_node_label(by_id[node['id']], '', 'tag', values['pos'])
        for node, _ in corpus.nodes(surah):
            if node['head'] is None:
                self.graph.add_node_label(by_id[node['id']], '', 'top', node['relation'])
                continue
            ends = by_id[node['head']], by_id[node['id']]
            self.edge(*ends, 'Pointing', 'dep')
            self.graph.add_edge_label(*ends, LAYER, 'Pointing', 'dep', '', 'relation', node['relation'])


class Annis:
    name = 'graphANNIS'
    key = 'annis'

    @staticmethod
    def missing():
        return None if importlib.util.find_spec('graphannis') else 'pip install graphannis'

    def __init__(self, data, folder):
        from graphannis.cs import CorpusStorageManager
        from graphannis.graph import GraphUpdate
        store = os.path.join(folder, 'store')
        if not os.path.exists(store):
            with CorpusStorageManager(db_dir=store + '.new') as manager:
                with GraphUpdate() as graph:
                    graph.add_node(CORPUS, 'corpus')
                    updates = Updates(graph)
                    for surah in data.surahs:
                        print('graphANNIS: surah %d' % surah['surah'], end='\r', file=sys.stderr, flush=True)
                        updates.surah(surah)
                    manager.apply_update(CORPUS, graph)
            os.rename(store + '.new', store)
        self.manager = CorpusStorageManager(db_dir=store)

    def measure(self, question, lines, rules):
        from graphannis.errors import GraphANNISException

        def ask():
            count = self.manager.count(CORPUS, question['annis'])
            if lines:
                for match in self.manager.find(CORPUS, question['annis'], limit=PAGE):
                    self.manager.subgraph(CORPUS, [name.rpartition('::')[2] for name in match], CONTEXT, CONTEXT)
            return count

        try:
            return measure.result_of(ask, rules)
        except GraphANNISException as error:
            raise measure.Unanswered(str(error)) from error

    def close(self):
        self.manager = None
