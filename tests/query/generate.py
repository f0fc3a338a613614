"""Random queries as trees for reference.py; query_text.py writes them in the query language.

They stay within what the rules of the language decide: a negation in brackets is before tests that are all of one kind, labels are
not repeated, and words in trees are named by what hidden nodes do not have.
"""
from tests.query import grew, scope
from tests.query.generate_trees import Trees
from tests.query.reference_trees import Edge
from tests.query.shapes import certain_labels, may_be_empty
from tests.query.values import LABELS, LITERAL, PHRASES, REGIONS, VALUES

DEPTH = 2


class Generator(Trees):
    def __init__(self, random, trees):
        self.random = random
        self.trees = trees
        self.labels = []

    def chance(self, probability):
        return self.random.random() < probability

    # --- brackets ---

    def leaf(self, negative=False, attributes=None):
        attribute = self.random.choice(attributes or list(VALUES))
        value = self.random.choice(VALUES[attribute])
        literal = attribute in LITERAL or (self.chance(0.15) and not set(value) & set('.*[]()|'))
        operator = ('!=' if negative else '=') + ('=' if literal else '')
        return ('is', attribute, operator, value)

    def kind(self, test):
        """The leaves that matter for "one segment" or "all segments" are all positive, all negative, or mixed."""
        found = {scope.positive(leaf) for leaf in scope.leaves(scope.pushed(test))}
        return found.pop() if len(found) == 1 else None

    def test(self, depth=2):
        roll = self.random.random()
        if depth == 0 or roll < 0.5:
            return self.leaf(negative=self.chance(0.2))
        if roll < 0.85:
            return (self.random.choice(['and', 'and', 'or']), self.test(depth - 1), self.test(depth - 1))
        inner = self.test(depth - 1)
        if self.kind(inner) is None:
            return inner
        return ('not', inner)

    def word_or_segment(self):
        test = None if self.chance(0.3) else self.test(self.random.choice([0, 0, 1, 2]))
        return (self.random.choice(['word', 'word', 'segment']), test)

    # --- spans ---

    def atom(self, depth):
        roll = self.random.random()
        if depth == 0 or roll < 0.72:
            return self.word_or_segment()
        if roll < 0.8:
            return self.region()
        if self.trees and roll < 0.86:
            return self.tree_span(1)
        if roll < 0.9:
            return self.again_or_alike()
        return self.alternatives(depth - 1)

    def again_or_alike(self):
        def inner():
            return self.without_labels(self.sequence(0, plain=True))
        of = inner() if self.chance(0.6) else None
        to = inner() if of and self.chance(0.3) else None
        by = self.random.choice(['lemma', 'root', 'pos', 'word', 'person'])
        if self.chance(0.35):
            return ('alike', of, to, by, self.random.choice([1, 50, 60, 67, 80, 100]))
        low = self.random.choice([1, 1, 2, 3])
        high = self.random.choice([None, low, low + 1])
        same, differing = self.random.choice([(True, False), (True, True), (False, True)])
        label = self.fresh_label() if differing and self.chance(0.4) and len(self.labels) < len(LABELS) else None
        return ('again', of, to, low, high, by, same, differing, label)

    def region(self):
        kind = self.random.choice(REGIONS + (['phrase'] if self.trees else []))
        if kind == 'phrase':
            return ('region', kind, ('is', 'kind', '=', self.random.choice(PHRASES)) if self.chance(0.5) else None)
        return ('region', kind, self.number() if kind != 'w' and self.chance(0.3) else None)

    def number(self):
        return ('is', 'n', '=', self.random.choice(['1', '2', '3']))

    def piece(self, depth, label=True):
        if self.chance(0.06):
            return ('not', self.word_or_segment())
        inner = self.atom(depth)
        if self.chance(0.2):
            least = self.random.choice([0, 0, 1, 1, 2])
            most = self.random.choice([None, least, least + 1, least + 2])
            inner = ('repeat', self.without_labels(inner), least, most if most != 0 else 1)
            if self.chance(0.7):
                return inner
        if label and self.chance(0.25) and len(self.labels) < len(LABELS):
            return ('label', self.fresh_label(), inner)
        return inner

    def without_labels(self, q):
        if not isinstance(q, tuple) or not q:
            return q
        if isinstance(q, Edge):
            return q._replace(target=self.without_labels(q.target), label=self.unused(q.label))
        if q[0] == 'label':
            self.unused(q[1])
            return self.without_labels(q[2])
        if q[0] == 'again':
            return q[:-1] + (self.unused(q[-1]),)
        if q[0] == 'top':
            return ('top', self.unused(q[1])) + tuple(self.without_labels(part) for part in q[2:])
        return tuple(self.without_labels(part) for part in q)

    def unused(self, label):
        self.labels = [name for name in self.labels if name != label]

    def look(self):
        inner = self.without_labels(self.sequence(0, plain=True))
        if may_be_empty(inner):
            inner = ('sequence', inner, self.word_or_segment())
        return ('look', self.chance(0.5), self.chance(0.5), inner)

    def sequence(self, depth, plain=False):
        parts = [self.piece(depth, label=not plain) for _ in range(self.random.choice([1, 1, 2, 2, 3]))]
        if not plain and self.chance(0.12):
            parts.insert(self.random.choice([0, len(parts)]), self.look())
        # Whether a tag in a group closes one before the group is not decided: tags are in the outermost sequence alone.
        if not plain and depth == DEPTH and self.chance(0.2):
            kind = self.random.choice(REGIONS)
            roll = self.random.random()
            first, last = sorted(self.random.choice(range(len(parts) + 1)) for _ in range(2))
            if roll < 0.35:
                parts.insert(first, ('open', kind, None))
            elif roll < 0.7:
                parts.insert(last, ('close', kind))
            elif roll < 0.9:
                parts = parts[:first] + [('open', kind, None)] + parts[first:last] + [('close', kind)] + parts[last:]
            else:
                parts = parts[:first] + [('close', kind), ('open', self.random.choice(REGIONS), None)] + parts[first:]
        return parts[0] if len(parts) == 1 else ('sequence',) + tuple(parts)

    def alternatives(self, depth):
        roll = self.random.random()
        if roll < 0.7:
            return self.sequence(depth)
        if roll < 0.88:
            parts = tuple(self.without_labels(self.sequence(depth)) for _ in range(self.random.choice([2, 2, 3])))
            return ('either',) + parts
        return ('both', self.sequence(depth), self.without_labels(self.sequence(depth)))

    # --- constraints ---

    def constraint(self, labels):
        a, b = (self.random.sample(labels, 2) if len(labels) > 1 else (labels[0], None))
        roll = self.random.random()
        if b and roll < 0.3:
            return ('same', a, self.random.choice(['root', 'lemma', 'pos', 'person']), b)
        if b and roll < 0.42:
            return ('before', a, b)
        if b and roll < 0.5:
            return ('apart', a, b, self.random.choice([0, 1, 2]))
        if self.trees and b and roll < 0.58:
            return ('edge', a, b, self.random.choice([None, 'Subj', 'Obj|Adj', 'S.*']))
        if self.trees and roll < 0.66:
            function = self.random.choice(['depth', 'children', 'size'])
            return ('measure', function, a, self.random.choice(['=', '!=', '<', '<=', '>', '>=']), self.random.choice([0, 1, 2, 3]))
        if roll < 0.8:
            attribute = self.random.choice(['pos', 'root', 'person', 'case'])
            return ('value', a, attribute, self.random.choice(['=', '!=']),
                    self.random.choice([v for v in VALUES[attribute] if v]))
        kind = self.random.choice(['and', 'or', 'not'])
        if kind == 'not':
            return ('not', self.constraint(labels))
        return (kind, self.constraint(labels), self.constraint(labels))

    # --- whole queries ---

    def query(self):
        """A query, and the reading to ask for."""
        self.labels = []
        if self.trees and self.chance(0.1):
            return grew.Patterns(self.random).pattern(), 'all'
        if self.trees and self.chance(0.4):
            return self.whole_tree(), 'all'
        out = self.alternatives(DEPTH)
        certain = certain_labels(out)
        if certain and self.chance(0.4):
            out = ('constrained', out, self.constraint(certain))
        if self.chance(0.25):
            right = self.without_labels(self.region() if self.chance(0.5) else self.piece(1, label=False))
            if not may_be_empty(right):
                out = ('filter', self.random.choice(['within', 'containing', 'overlap']), self.chance(0.2), out, right)
        elif self.chance(0.1):
            out = ('near', out, self.random.choice([1, 2]), self.random.choice(REGIONS))
        return out, self.random.choice(['all'] * 7 + ['shortest', 'standard', 'longest'])

    def whole_tree(self):
        out = self.tree_with_edges(2) if self.chance(0.6) else self.tree_span(2)
        certain = certain_labels(out)
        return ('constrained', out, self.constraint(certain)) if certain and self.chance(0.4) else out
