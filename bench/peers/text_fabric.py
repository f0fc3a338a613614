"""Text-Fabric in this process, by its package for Python.

Slots are the spoken segments; other types of nodes are `word`, `verse`, `surah`, and `hidden` (nodes of the treebank that are not
spoken, at the slot before them); edges are the feature `dep`, valued by the relation.
"""
import importlib.util
import os

import corpus
import measure

PAGE = 50
CONTEXT = 5
TYPES = ('word', 'verse', 'surah', 'hidden')
VALUES = corpus.SEGMENT + corpus.STEM + ('word', 'plain', 'n', 'place', 'juz', 'top')


class Features:
    """What Text-Fabric stores: for each node its type, its slots and its values; for each edge its relation."""

    def __init__(self, data):
        self.slots = sum(len(word['segments']) for word in data.words())
        self.values = {name: {} for name in VALUES}
        self.edges = {}
        self.above = {name: [] for name in TYPES}  # (slots, values) of the nodes of a type
        slot = 0
        for surah in data.surahs:
            first = slot + 1
            slot = self.add_surah(surah, slot)
            self.above['surah'].append((range(first, slot + 1), {'n': str(surah['surah']), 'place': surah['place']}))
        self.otype = {node: 'segment' for node in range(1, self.slots + 1)}
        self.oslots = {}
        self.number_nodes()

    def add_surah(self, surah, slot):
        places = {}
        for verse in surah['verses']:
            first_of_verse = slot + 1
            for word in verse['words']:
                first = slot + 1
                for segment in word['segments']:
                    slot += 1
                    places[corpus.place_of(verse, word, segment)] = slot
                    self.describe(slot, {name: segment[name] for name in corpus.SEGMENT if name in segment})
                self.above['word'].append((range(first, slot + 1), {
                    name: word[name] for name in corpus.STEM + ('word', 'plain') if name in word}))
            self.above['verse'].append((range(first_of_verse, slot + 1), {'n': str(verse['ayah']), 'juz': str(verse['juz'])}))
        self.add_trees(surah, places, first_slot=min(places.values()))
        return slot

    def add_trees(self, surah, places, first_slot):
        """Nodes get their numbers later: one that is not spoken is named by its place among those."""
        names = {}
        anchor = first_slot
        for node, values in corpus.nodes(surah):
            if node['place']:
                anchor = names[node['id']] = places[node['place']]
            else:
                names[node['id']] = 'hidden', len(self.above['hidden'])
                self.above['hidden'].append(((anchor,), {'pos': values['pos']}))
        for node, _ in corpus.nodes(surah):
            if node['head']:
                self.edges.setdefault(names[node['head']], {})[names[node['id']]] = node['relation']
            elif node['place']:
                self.describe(names[node['id']], {'top': node['relation']})

    def describe(self, node, values):
        for name, value in values.items():
            self.values[name][node] = value

    def number_nodes(self):
        node = self.slots
        hidden = {}
        for kind in TYPES:
            for place, (slots, values) in enumerate(self.above[kind]):
                node += 1
                self.otype[node] = kind
                self.oslots[node] = set(slots)
                self.describe(node, values)
                if kind == 'hidden':
                    hidden['hidden', place] = node
        self.edges = {hidden.get(head, head): {hidden.get(node, node): relation for node, relation in ends.items()}
                      for head, ends in self.edges.items()}


class TextFabric:
    name = 'Text-Fabric'
    key = 'text_fabric'

    @staticmethod
    def missing():
        return None if importlib.util.find_spec('tf') else 'pip install text-fabric'

    def __init__(self, data, folder):
        from tf.fabric import Fabric
        store = os.path.join(folder, 'features')
        if not os.path.exists(store):
            features = Features(data)
            text = {name: {'valueType': 'str'} for name in ('otype',) + VALUES}
            Fabric(locations=folder, silent='deep').save(
                nodeFeatures=dict(features.values, otype=features.otype), edgeFeatures={'oslots': features.oslots, 'dep': features.edges},
                metaData=dict(text, otext={'sectionTypes': 'surah,verse', 'sectionFeatures': 'n,n', 'fmt:text-orig-full': '{segment}'},
                              oslots={'valueType': 'str'}, dep={'valueType': 'str', 'edgeValues': True}),
                location=folder, module='features.new', silent='deep')
            os.rename(store + '.new', store)
        self.api = Fabric(locations=store, silent='deep').load(' '.join(VALUES + ('dep',)), silent='deep')

    def measure(self, question, lines, rules):
        def ask():
            found = list(self.api.S.search(question['text_fabric'], silent='deep'))
            if lines:
                for match in sorted(found, key=self.api.N.sortKeyTuple)[:PAGE]:
                    self.line(match)
            return len(found)

        return measure.result_of(ask, rules)

    def line(self, match):
        """The words around the first node of a match."""
        nodes, features = self.api.L, self.api.F
        slot = nodes.d(match[0], otype='segment')[0] if match[0] > features.otype.maxSlot else match[0]
        word = nodes.u(slot, otype='word')[0]
        return [features.word.v(near) for near in range(word - CONTEXT, word + CONTEXT + 1)]

    def close(self):
        self.api = None
