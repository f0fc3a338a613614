"""Random patterns of Grew for reference_grew.py, and their text.

Nodes that nothing joins with the first one are not read, so each new node comes with an edge to one before it; nodes come before edges
in the text, so that the first node is the first that is written.
"""
FEATURES = {
    'pos': ['N', 'V', 'P', 'PRON', 'ADJ'], 'person': ['1', '2', '3'], 'case': ['NOM', 'GEN'], 'type': ['stem', 'suffix'],
    'hidden': ['yes', 'no'],
}
NAMES_OF_GREW = {'pos': 'upos'}
KINDS = ['Subj', 'Obj', 'Adj', 'Poss']
COMPARED = ['pos', 'person', 'root', 'case']


class Patterns:
    def __init__(self, random):
        self.random = random

    def chance(self, probability):
        return self.random.random() < probability

    def features(self):
        parts = []
        for attribute in self.random.sample(list(FEATURES), self.random.choice([0, 0, 1, 1, 2])):
            values = tuple(self.random.sample(FEATURES[attribute], self.random.choice([1, 1, 2])))
            kind = self.random.choice(['some'] * 7 + ['not', 'has', 'lacks'])
            if attribute == 'hidden':  # which every node has
                kind = 'some'
            parts.append((kind, attribute, values if kind in ('some', 'not') else ()))
        return tuple(parts)

    def how(self):
        roll = self.random.random()
        if roll < 0.35:
            return ('any',)
        if roll < 0.65:
            return ('types', tuple(self.random.sample(KINDS, self.random.choice([1, 1, 2]))))
        if roll < 0.75:
            return ('not', tuple(self.random.sample(KINDS, self.random.choice([1, 2]))))
        return ('re', self.random.choice(['S.*', '.*o.*', 'Obj|Adj'])) if roll < 0.85 else ('path',)

    def joined(self, name, known):
        """An edge between a new node and one that is known."""
        other = self.random.choice(known)
        return (other, self.how(), name) if self.chance(0.7) else (name, self.how(), other)

    def test(self, names):
        a, b = self.random.sample(names, 2) if len(names) > 1 else (names[0], None)
        roll = self.random.random()
        if b and roll < 0.3:
            return (self.random.choice(['same', 'same', 'other']), a, self.random.choice(COMPARED), b)
        if b and roll < 0.6:
            return (self.random.choice(['next', 'before']), a, b)
        attribute = self.random.choice(['pos', 'person', 'case'])
        return (self.random.choice(['is', 'is not']), a, attribute, tuple(self.random.sample(FEATURES[attribute], 1)))

    def pattern(self):
        names = ['A', 'B', 'C'][:self.random.choice([1, 2, 2, 3])]
        nodes = [(name, self.features(), self.chance(0.08)) for name in names]
        edges, tests = [], []
        for i, name in enumerate(names[1:], 1):
            label = 'e%d' % i if self.chance(0.2) else None
            edges.append((label,) + self.joined(name, names[:i]))
        if self.chance(0.3) or len(names) == 1:
            edges.append((None,) + (('*', self.how(), names[0]) if self.chance(0.4) else (self.random.choice(names), self.how(), '*')))
        labels = [edge[0] for edge in edges if edge[0]]
        if self.chance(0.35):
            tests.append(self.test(names))
        if labels and self.chance(0.4):
            tests.append((self.random.choice(['is', 'is not']), labels[0], 'relation', (self.random.choice(KINDS),)))
        if len(labels) == 2 and self.chance(0.5):
            tests.append(('crossing',) + tuple(labels))
        rest = [self.block(kind, names) for kind in self.random.choice([[], [], [], ['without'], ['without'], ['with'], ['without', 'without']])]
        return ('grew', ('block', tuple(nodes), tuple(edges), tuple(tests)), tuple(rest))

    def block(self, kind, names):
        roll = self.random.random()
        if roll < 0.2:  # features of a node of the pattern
            return (kind, ('block', ((self.random.choice(names), self.features() or (('has', 'pos', ()),), False),), (), ()))
        if roll < 0.35:
            return (kind, ('block', (), (), (self.test(names),)))
        if roll < 0.5:
            return (kind, ('block', (), ((None, self.random.choice(names), self.how(), '*'),), ()))
        if kind == 'with':  # new nodes on a cycle may be those of the pattern
            return (kind, ('block', (), ((None, '*', self.how(), self.random.choice(names)),), ()))
        new = ('Z', self.features(), False)
        edges = [(None,) + self.joined('Z', names)]
        tests = []
        if kind == 'without' and self.chance(0.3):
            tests.append(self.test(names + ['Z']))
        return (kind, ('block', (new,), tuple(edges), tuple(tests)))


# --- the same for the reference, and as text ---------------------------------------------------------------------------------------

def condition(features):
    """As a test of brackets; None for any node."""
    parts = []
    for kind, attribute, values in features:
        leaf = {'some': '=', 'not': '!='}.get(kind)
        if kind == 'some':
            parts.append(('or',) + tuple(('is', attribute, leaf + '=', value) for value in values))
        elif kind == 'not':
            parts.append(('and', ('is', attribute, '!=', '')) + tuple(('is', attribute, leaf + '=', value) for value in values))
        else:
            parts.append(('is', attribute, '!=' if kind == 'has' else '=', ''))
    return ('and',) + tuple(parts) if parts else None


def for_reference(query):
    def block(one):
        _, nodes, edges, tests = one
        return ('block', tuple((name, condition(features), shared) for name, features, shared in nodes), edges, tests)
    _, pattern, rest = query
    return ('grew', block(pattern), tuple((kind, block(one)) for kind, one in rest))


def feature_text(feature):
    kind, attribute, values = feature
    name = NAMES_OF_GREW.get(attribute, attribute)
    if kind in ('some', 'not'):
        return '%s%s%s' % (name, '=' if kind == 'some' else '<>', '|'.join(values))
    return name if kind == 'has' else '!' + name


def how_text(how):
    kind = how[0]
    if kind in ('any', 'path'):
        return '->' if kind == 'any' else '->>'
    return '-[%s]->' % {'types': lambda: '|'.join(how[1]), 'not': lambda: '^' + '|'.join(how[1]), 're': lambda: 're"%s"' % how[1]}[kind]()


def test_text(test):
    kind = test[0]
    if kind in ('same', 'other'):
        name = NAMES_OF_GREW.get(test[2], test[2])
        return '%s.%s %s %s.%s' % (test[1], name, '=' if kind == 'same' else '<>', test[3], name)
    if kind in ('is', 'is not'):
        name = 'label' if test[2] == 'relation' else NAMES_OF_GREW.get(test[2], test[2])
        return '%s.%s %s "%s"' % (test[1], name, '=' if kind == 'is' else '<>', test[3][0])
    return '%s %s %s' % (test[1], {'next': '<', 'before': '<<', 'crossing': '><'}[kind], test[2])


def block_text(block):
    _, nodes, edges, tests = block
    items = ['%s%s [%s]' % (name, '$' if shared else '', ', '.join(feature_text(f) for f in features)) for name, features, shared in nodes]
    items += ['%s%s %s %s' % (label + ': ' if label else '', a, how_text(how), b) for label, a, how, b in edges]
    return '{ %s }' % '; '.join(items + [test_text(test) for test in tests])


def text_of(query):
    _, pattern, rest = query
    return ' '.join(['pattern ' + block_text(pattern)] + ['%s %s' % (kind, block_text(block)) for kind, block in rest])
