"""Random queries as trees for reference.py, and their text in the query language.

They stay within what the rules of the language decide: a negation in brackets is before tests that are all of one kind, labels are
not repeated, and words in trees are named by what hidden nodes do not have.
"""
from tests.query import reference

ARABIC_ROOTS = ['كتب', 'قول', 'علم']
LEMMAS = ['كِتَاب', 'قَالَ', 'قَوْل', 'عِلْم']
SEGMENTS = ['قَالَ', 'مِن', 'وَ', 'بِ', 'هُ', 'رَبِّ']
VALUES = {
    'pos': ['N', 'V', 'P', 'PRON', 'CONJ', 'ADJ', 'N|V', 'P.*', '(N|ADJ)', '.', 'X'],
    'root': ARABIC_ROOTS + ['ق.*', '[كع]..', 'كتب|علم', ''],
    'lemma': LEMMAS + ['', 'ق.*'],
    'type': ['prefix', 'stem', 'suffix', 'stem|suffix'],
    'person': ['1', '2', '3', '[12]', ''],
    'number': ['S', 'D', 'P', ''],
    'gender': ['M', 'F', ''],
    'case': ['NOM', 'GEN', 'ACC', ''],
    'aspect': ['PERF', 'IMPF'],
    'voice': ['ACT', 'PASS'],
    'form': ['I', 'II'],
    'mood': ['IND'],
    'relation': ['Subj', 'Obj', 'Adj|Poss', 'root'],
    'segment': SEGMENTS,
    'n': ['1', '2', '3'],
}
LITERAL = {'segment'}
REGIONS = ['verse', 'surah', 's', 'w']
LABELS = 'abcdefgh'
DEPTH = 2


class Generator:
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
        found = {reference.positive(leaf) for leaf in reference.leaves(reference.pushed(test))}
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
            kind = self.random.choice(REGIONS)
            return ('region', kind, self.number() if kind != 'w' and self.chance(0.3) else None)
        return self.alternatives(depth - 1)

    def number(self):
        return ('is', 'n', '=', self.random.choice(['1', '2', '3']))

    def piece(self, depth, label=True):
        if self.chance(0.06):
            return ('not', self.word_or_segment())
        inner = self.atom(depth)
        if self.chance(0.2):
            before = list(self.labels)
            least = self.random.choice([0, 0, 1, 1, 2])
            most = self.random.choice([None, least, least + 1, least + 2])
            self.labels = before
            return ('repeat', self.without_labels(inner), least, most if most != 0 else 1)
        if label and self.chance(0.25) and not may_be_empty(inner) and len(self.labels) < len(LABELS):
            name = LABELS[len(self.labels)]
            self.labels.append(name)
            return ('label', name, inner)
        return inner

    def without_labels(self, q):
        if not isinstance(q, tuple) or not q:
            return q
        if q[0] == 'label':
            self.labels = [name for name in self.labels if name != q[1]]
            return self.without_labels(q[2])
        return tuple(self.without_labels(part) for part in q)

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

    # --- trees ---

    def node_test(self, positive=False):
        attributes = ['pos', 'root', 'person', 'relation', 'type', 'case', 'hidden'] if not positive else ['root', 'type', 'case', 'aspect']
        attribute = self.random.choice(attributes)
        if attribute == 'hidden':
            return ('is', 'hidden', '=', self.random.choice(['yes', 'no']))
        value = self.random.choice([v for v in VALUES[attribute] if not positive or v])
        return ('is', attribute, '=', value)

    def node(self, end=False):
        roll = self.random.random()
        if end and roll < 0.2:
            return ('any',)
        if roll < 0.35:
            atom = ('word', self.node_test(positive=True))
        else:
            atom = ('segment', None if self.chance(0.3) else self.node_test())
        if self.chance(0.6) and len(self.labels) < len(LABELS):
            self.labels.append(LABELS[len(self.labels)])
            return ('label', self.labels[-1], atom)
        return atom

    def edge(self, depth, simple):
        negated = self.chance(0.2)
        deep = not simple and self.chance(0.3)
        least, most = 1, None
        if deep and self.chance(0.3):
            least = self.random.choice([1, 2])
            most = self.random.choice([least, least + 1])
        kind = self.random.choice([None, 'Subj', 'Obj', 'Adj|Poss', 'S.*', 'Pred'])
        direction = 'down' if simple or self.chance(0.65) else 'up'
        target = self.tree(depth - 1, end=True)
        if negated:
            target = self.without_labels(target)
        optional = not negated and not deep and direction == 'down' and simple is None and self.chance(0.3)
        return ('edge', negated, optional, direction, kind, deep, least, most, target)

    def tree(self, depth, end=False):
        atom = self.node(end)
        if depth == 0 or (end and self.chance(0.75)):
            return ('tree', atom, ())
        if self.chance(0.7):
            return ('tree', atom, (self.edge(depth, None),))
        return ('tree', atom, tuple(self.edge(depth, True) for _ in range(2)))

    # --- constraints ---

    def constraint(self, labels):
        a, b = (self.random.sample(labels, 2) if len(labels) > 1 else (labels[0], None))
        roll = self.random.random()
        if b and roll < 0.3:
            return ('same', a, self.random.choice(['root', 'lemma', 'pos', 'person']), b)
        if b and roll < 0.45:
            return ('before', a, b)
        if b and roll < 0.55:
            return ('apart', a, b, self.random.choice([0, 1, 2]))
        if roll < 0.8:
            attribute = self.random.choice(['pos', 'root', 'person', 'case'])
            return ('value', a, attribute, self.random.choice(['=', '!=']),
                    self.random.choice([v for v in VALUES[attribute] if v]))
        kind = self.random.choice(['and', 'or', 'not'])
        if kind == 'not':
            return ('not', self.constraint(labels))
        return (kind, self.constraint(labels), self.constraint(labels))

    def query(self):
        """A query, and the reading to ask for."""
        self.labels = []
        if self.trees and self.chance(0.35):
            out = self.tree(2)
            if not out[2]:
                out = ('tree', out[1], (self.edge(1, None),))
            certain = certain_labels(out)
        else:
            out = self.alternatives(DEPTH)
            certain = certain_labels(out)
            if certain and self.chance(0.4):
                out = ('constrained', out, self.constraint(certain))
                certain = []
            if self.chance(0.25):
                right = self.without_labels(('region', self.random.choice(REGIONS), None) if self.chance(0.5) else self.piece(1, label=False))
                if not may_be_empty(right):
                    out = ('filter', self.random.choice(['within', 'containing', 'overlap']), self.chance(0.2), out, right)
            elif self.chance(0.1):
                out = ('near', out, self.random.choice([1, 2]), self.random.choice(REGIONS))
        if out[0] == 'tree' and certain and self.chance(0.4):
            out = ('constrained', out, self.constraint(certain))
        tree = out[0] == 'tree' or (out[0] == 'constrained' and out[1][0] == 'tree')
        return out, 'all' if tree else self.random.choice(['all'] * 7 + ['shortest', 'standard', 'longest'])


def may_be_empty(q):
    kind = q[0]
    if kind in ('word', 'segment', 'region', 'not', 'tree'):
        return False
    if kind in ('open', 'close', 'look'):
        return True
    if kind == 'repeat':
        return q[2] == 0 or may_be_empty(q[1])
    if kind == 'sequence':
        return all(may_be_empty(p) for p in q[1:])
    if kind == 'either':
        return any(may_be_empty(p) for p in q[1:])
    if kind == 'label':
        return may_be_empty(q[2])
    if kind == 'both':
        return may_be_empty(q[1]) and may_be_empty(q[2])
    return True


def certain_labels(q):
    """The labels that every match has."""
    kind = q[0]
    if kind == 'label':
        return [q[1]] + certain_labels(q[2])
    if kind == 'sequence':
        return [label for part in q[1:] for label in certain_labels(part)]
    if kind == 'both':
        return certain_labels(q[1]) + certain_labels(q[2])
    if kind == 'tree':
        return certain_labels(q[1]) + [label for edge in q[2] if not edge[1] and not edge[2] for label in certain_labels(edge[8])]
    return []


# --- text --------------------------------------------------------------------------------------------------------------------------

def test_text(test, parent=''):
    kind = test[0]
    if kind == 'is':
        return '%s%s"%s"' % test[1:]
    if kind == 'not':
        return '!(%s)' % test_text(test[1])
    text = {'and': ' & ', 'or': ' | '}[kind].join(test_text(t, kind) for t in test[1:])
    return '(%s)' % text if parent and parent != kind else text


def constraint_text(c):
    kind = c[0]
    if kind == 'same':
        return '%s.%s = %s.%s' % (c[1], c[2], c[3], c[2])
    if kind == 'value':
        return '%s.%s %s "%s"' % c[1:]
    if kind == 'before':
        return 'start(%s) < start(%s)' % c[1:]
    if kind == 'apart':
        return 'distabs(%s, %s) <= %d' % c[1:]
    if kind == 'not':
        return '!(%s)' % constraint_text(c[1])
    return '(%s)' % {'and': ' & ', 'or': ' | '}[kind].join(constraint_text(x) for x in c[1:])


def edge_text(edge):
    _, negated, optional, direction, kind, deep, least, most, target = edge
    kind = kind or ''
    count = '' if not deep or (least, most) == (1, None) else '{%d,%s}' % (least, '' if most is None else most)
    if direction == 'down':
        arrow = '-%s->>%s' % (kind, count) if deep else '-%s->' % kind
    else:
        arrow = '<<-%s-%s' % (kind, count) if deep else '<-%s-' % kind
    return '%s%s%s %s' % ('!' if negated else '', arrow, '?' if optional else '', tree_text(target, inner=True))


def tree_text(tree, inner=False):
    _, atom, edges = tree
    text = text_of(atom)
    if edges:
        text += ' ' + ' ; '.join(edge_text(e) for e in edges)
        if inner:
            text = '(%s)' % text
    return text


def region_text(kind, test, form):
    return form % (kind + (' n="%s"' % test[3] if test else ''))


SIMPLE = ('word', 'segment', 'region', 'open', 'close', 'look', 'any')


def grouped(q):
    return text_of(q) if q[0] in SIMPLE else '(%s)' % text_of(q)


def text_of(q):
    kind = q[0]
    if kind == 'word':
        return '[%s]' % (test_text(q[1]) if q[1] else '')
    if kind == 'segment':
        return '{%s}' % (test_text(q[1]) if q[1] else '')
    if kind == 'any':
        return '_'
    if kind == 'label':
        return '%s:%s' % (q[1], grouped(q[2]))
    if kind == 'sequence':
        return ' '.join(grouped(p) if p[0] in ('either', 'both', 'sequence', 'filter', 'constrained', 'near') else text_of(p) for p in q[1:])
    if kind == 'either':
        return ' | '.join(grouped(p) if p[0] in ('either', 'both') else text_of(p) for p in q[1:])
    if kind == 'both':
        return ' & '.join(grouped(p) if p[0] in ('either', 'both') else text_of(p) for p in q[1:])
    if kind == 'repeat':
        short = {(0, None): '*', (1, None): '+', (0, 1): '?'}
        count = '{%d}' % q[2] if q[2] == q[3] else '{%d,%s}' % (q[2], '' if q[3] is None else q[3])
        return grouped(q[1]) + short.get(q[2:], count)
    if kind == 'not':
        return '!' + text_of(q[1])
    if kind == 'region':
        return region_text(q[1], q[2], '<%s/>')
    if kind == 'open':
        return region_text(q[1], q[2], '<%s>')
    if kind == 'close':
        return '</%s>' % q[1]
    if kind == 'look':
        return '(?%s%s %s)' % ('' if q[1] else '<', '!' if q[2] else '=', text_of(q[3]))
    if kind == 'filter':
        return '%s %s%s %s' % (grouped(q[3]), '!' if q[2] else '', q[1], grouped(q[4]))
    if kind == 'near':
        return '%s within %d %s' % (grouped(q[1]), q[2], q[3])
    if kind == 'constrained':
        return '%s :: %s' % (text_of(q[1]) if q[1][0] in ('tree', 'sequence', 'label') else grouped(q[1]), constraint_text(q[2]))
    if kind == 'tree':
        return tree_text(q)
    raise ValueError(kind)
