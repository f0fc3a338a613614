"""A surah as the reference sees it, and the conditions in brackets. reference.py says what the reference is."""
import re

ABSENT = ''
WORD_ATTRIBUTES = ('word', 'n')
NODE_ATTRIBUTES = ('relation', 'hidden')
VERB_ATTRIBUTES = ('person', 'gender', 'number')


class Scope:
    """A surah, and what is asked again and again about it."""

    def __init__(self, surah):
        self.surah = surah
        self.all = [self]    # of the corpus
        self.shared = {}     # what was worked out of all of them
        self.size = len(surah.segments)
        self.paths = {}
        self.node_of = {n.segment: i for i, n in enumerate(surah.nodes) if n.segment is not None}

    def value(self, position, attribute):
        if attribute in NODE_ATTRIBUTES:
            node = self.node_of.get(position)
            return ABSENT if node is None else self.node_value(node, attribute)
        return self.surah.segments[position].values.get(attribute, ABSENT)

    def node_value(self, node, attribute):
        n = self.surah.nodes[node]
        if attribute == 'relation':
            return n.relation
        if attribute == 'hidden':
            return 'yes' if n.segment is None else 'no'
        if n.segment is not None:
            return self.value(n.segment, attribute)
        if attribute in VERB_ATTRIBUTES and self.is_implied_subject(n):
            return self.node_value(n.head, attribute)
        return n.pos if attribute == 'pos' else ABSENT

    def is_implied_subject(self, node):
        """A pronoun that is not spoken, below its verb: it takes person, gender and number from there."""
        if node.segment is not None or node.pos != 'PRON' or node.relation not in ('Subj', 'Pass') or node.head is None:
            return False
        head = self.surah.nodes[node.head]
        return head.segment is not None and self.value(head.segment, 'pos') == 'V'


def scopes(surahs):
    out = [Scope(surah) for surah in surahs]
    for scope in out:
        scope.all, scope.shared = out, out[0].shared
    return out


# What an expression matches, by its kind: spans.py and trees.py enter theirs here.
KINDS = {}


def matches(scope, q):
    return KINDS[q[0]](scope, *q[1:])


def with_captures(*several):
    merged = {}
    for captures in several:
        merged.update(captures)
    return tuple(sorted(merged.items()))


# --- conditions in brackets --------------------------------------------------------------------------------------------------------

def equal(value, operator, wanted):
    """Whether a value satisfies `= wanted`; a missing value equals nothing, and the empty string asks for a missing one."""
    if wanted == '':
        return value == ABSENT
    if value == ABSENT:
        return False
    return value == wanted if operator == '==' else re.fullmatch(wanted, value) is not None


def pushed(test, negated=False):
    """The test with negations at its leaves only."""
    kind = test[0]
    if kind == 'not':
        return pushed(test[1], not negated)
    if kind in ('and', 'or'):
        other = {'and': 'or', 'or': 'and'}[kind]
        return (other if negated else kind,) + tuple(pushed(t, negated) for t in test[1:])
    if kind == 'implies':
        return pushed(('or', ('not', test[1]), test[2]), negated)
    if kind == 'is' and negated:
        return ('is', test[1], {'=': '!=', '!=': '=', '==': '!==', '!==': '=='}[test[2]], test[3])
    return test


def positive(leaf):
    """Whether a leaf is a positive test of a segment."""
    _, attribute, operator, wanted = leaf
    return attribute not in WORD_ATTRIBUTES and (operator in ('=', '==')) == (wanted != '')


def leaves(test):
    if test[0] == 'is':
        return [test]
    return [leaf for t in test[1:] for leaf in leaves(t)]


def holds(test, value):
    """Whether one thing satisfies a test; value(attribute) is what it has."""
    kind = test[0]
    if kind == 'and':
        return all(holds(t, value) for t in test[1:])
    if kind == 'or':
        return any(holds(t, value) for t in test[1:])
    if kind == 'not':
        return not holds(test[1], value)
    if kind == 'implies':
        return not holds(test[1], value) or holds(test[2], value)
    _, attribute, operator, wanted = test
    if operator in ('!=', '!=='):
        return not equal(value(attribute), operator[1:], wanted)
    return equal(value(attribute), operator, wanted)


def segment_holds(scope, position, test):
    return test is None or holds(test, lambda attribute: scope.value(position, attribute))


def node_holds(scope, node, test):
    return test is None or holds(test, lambda attribute: scope.node_value(node, attribute))


def word_holds(scope, word, test):
    """One segment satisfies all tests of segments together; without a positive one, all segments do."""
    if test is None:
        return True
    test = pushed(test)
    quantifier = any if any(positive(leaf) for leaf in leaves(test)) else all
    return quantifier(segment_holds(scope, p, test) for p in range(*scope.surah.words[word]))
