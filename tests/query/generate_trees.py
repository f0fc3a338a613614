"""The part of generate.py that makes trees: nodes, edges, tops, what of them is the hit, sequences that edges leave."""
from tests.query.reference_trees import Edge
from tests.query.values import LABELS, VALUES


class Trees:
    """Needs random, chance(), labels, without_labels() and word_or_segment()."""

    def node_test(self, positive=False):
        attributes = ['pos', 'root', 'person', 'relation', 'type', 'case', 'hidden', 'gender'] if not positive else ['root', 'type', 'case', 'aspect']
        attribute = self.random.choice(attributes)
        if attribute == 'hidden':
            return ('is', 'hidden', '=', self.random.choice(['yes', 'no']))
        value = self.random.choice([v for v in VALUES[attribute] if not positive or v])
        return ('is', attribute, '=', value)

    def fresh_label(self):
        self.labels.append(next(name for name in LABELS if name not in self.labels))
        return self.labels[-1]

    def node(self, end=False):
        roll = self.random.random()
        if end and roll < 0.2:
            return ('any',)
        if roll < 0.35:
            atom = ('word', self.node_test(positive=True))
        elif roll < 0.42:
            return self.sequence_with_element()
        else:
            atom = ('segment', None if self.chance(0.3) else self.node_test())
        if self.chance(0.6) and len(self.labels) < len(LABELS):
            return ('label', self.fresh_label(), atom)
        return atom

    def sequence_with_element(self):
        """Words or segments of which edges leave one: the last, or the one marked @."""
        parts = [self.word_or_segment() if self.chance(0.6) else ('word', None) for _ in range(self.random.choice([1, 1, 2]))]
        place = len(parts) if self.chance(0.6) else self.random.randrange(len(parts) + 1)
        element = ('word', self.node_test(positive=True) if self.chance(0.6) else None)
        if self.chance(0.4):
            element = ('segment', None if self.chance(0.5) else self.node_test(positive=True))
        if self.chance(0.4) and len(self.labels) < len(LABELS):
            element = ('label', self.fresh_label(), element)
        elif place == len(parts) and self.chance(0.2):
            element = ('repeat', element, 1, self.random.choice([None, 2]))
        if place < len(parts) or self.chance(0.2):
            element = ('marked', element)
        parts.insert(place, element)
        return ('sequence',) + tuple(parts)

    def edge(self, depth, simple):
        negated = self.chance(0.2)
        deep = not simple and self.chance(0.3)
        least, most = 1, None
        if deep and self.chance(0.3):
            least = self.random.choice([1, 2])
            most = self.random.choice([least, least + 1])
        kind = self.random.choice([None, 'Subj', 'Obj', 'Adj|Poss', 'S.*', 'Pred'])
        direction = 'down' if simple or self.chance(0.65) else 'up'
        target = self.top(depth - 1) if direction == 'up' and self.chance(0.15) else self.tree(depth - 1, end=True)
        if negated:
            target = self.without_labels(target)
        optional = not negated and not deep and direction == 'down' and simple is None and self.chance(0.3)
        label = self.fresh_label() if not negated and len(self.labels) < len(LABELS) and self.chance(0.12) else None
        return Edge(negated, optional, direction, kind, deep, least, most, target, label)

    def tree(self, depth, end=False):
        atom = self.node(end)
        if depth <= 0 or (end and self.chance(0.75)):
            return ('tree', atom, ())
        if self.chance(0.7):
            return ('tree', atom, (self.edge(depth, None),))
        return ('tree', atom, tuple(self.edge(depth, True) for _ in range(2)))

    def tree_with_edges(self, depth):
        out = self.tree(depth)
        return out if out[2] else ('tree', out[1], (self.edge(1, None),))

    def top(self, depth):
        label = self.fresh_label() if self.chance(0.2) and len(self.labels) < len(LABELS) else None
        return ('top', label, self.random.choice([None, 'root', 'r.*', 'Subj']), self.tree(depth))

    def tree_span(self, depth):
        """A tree as an atom: what of it is the hit."""
        roll = self.random.random()
        if roll < 0.4:
            return self.tree_with_edges(depth)
        if roll < 0.5:
            return self.top(depth)
        if roll < 0.75:
            tree, mode = self.tree_with_edges(depth), self.random.choice([None, 'source', 'target', 'full', 'all'])
            return ('rspan', tree, 'full' if mode == 'target' and tree[2][0].negated else mode)
        if roll < 0.85:
            return ('rel', self.random.choice(['Subj', 'Obj|Adj', 'S.*']), self.tree(depth - 1, end=True),
                    self.random.choice([None, 'source', 'target', 'full']))
        return ('phrase', self.tree(depth, end=False))
