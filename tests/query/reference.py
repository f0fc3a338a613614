"""What a query finds, worked out in the plainest way from the rules of the language, for small corpora.

A query is a tree of tuples, made by generate.py; nothing here is shared with the program. Every expression denotes the set of its
matches in one surah: (start, end, captures), with positions of segments, ends exclusive, and captures as sorted pairs of a label and
('span', start, end) or ('node', number). Sets are built in full; there is no plan and nothing is optimised.
"""
import re

ABSENT = ''
WORD_ATTRIBUTES = ('word', 'n')
NODE_ATTRIBUTES = ('relation', 'hidden')


class Scope:
    """A surah, and what is asked again and again about it."""

    def __init__(self, surah):
        self.surah = surah
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
        return n.pos if attribute == 'pos' else ABSENT


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


# --- spans -------------------------------------------------------------------------------------------------------------------------

def with_captures(*several):
    merged = {}
    for captures in several:
        merged.update(captures)
    return tuple(sorted(merged.items()))


def joined(left, right):
    return {(s, e2, with_captures(c, c2)) for s, e, c in left for s2, e2, c2 in right if e == s2}


def empty(scope):
    return {(p, p, ()) for p in range(scope.size + 1)}


def matches(scope, q):
    return KINDS[q[0]](scope, *q[1:])


def word(scope, test):
    return {(s, e, ()) for i, (s, e) in enumerate(scope.surah.words) if word_holds(scope, i, test)}


def segment(scope, test):
    return {(p, p + 1, ()) for p in range(scope.size) if segment_holds(scope, p, test)}


def labelled(scope, label, inner):
    out = set()
    for s, e, c in matches(scope, inner):
        out.add((s, e, with_captures(c, {label: ('span', s, e)})))
    return out


def sequence(scope, *parts):
    """A tag that opens and the tag that closes it are borders of one region."""
    parts = list(parts)
    for i, part in enumerate(parts):
        if part[0] == 'open':
            for j in range(i + 1, len(parts)):
                if parts[j] == ('close', part[1]):
                    inner = ('sequence',) + tuple(parts[i + 1:j])
                    region = ('both', inner, ('region', part[1], part[2]))
                    return sequence(scope, *parts[:i], region, *parts[j + 1:])
    out = empty(scope)
    for part in parts:
        out = joined(out, matches(scope, part))
    return out


def either(scope, *parts):
    return set().union(*(matches(scope, p) for p in parts))


def both(scope, left, right):
    others = matches(scope, right)
    return {(s, e, with_captures(c, c2)) for s, e, c in matches(scope, left) for s2, e2, c2 in others if (s, e) == (s2, e2)}


def repeated(scope, inner, least, most):
    """`most` is None without a bound: more often than there are segments adds nothing."""
    once = matches(scope, inner)
    step, out = empty(scope), set()
    for count in range((scope.size + 1 if most is None else most) + 1):
        if count >= least:
            out |= step
        step = joined(step, once)
    return out


def inverted(scope, atom):
    """Every single word, or segment, that does not match."""
    found = {(s, e) for s, e, _ in matches(scope, atom)}
    every = segment(scope, None) if atom[0] == 'segment' else word(scope, None)
    return {m for m in every if m[:2] not in found}


def regions(scope, kind, test):
    out = []
    for number, (s, e) in enumerate(scope.surah.regions(kind), 1):
        if kind == 'surah':
            number = scope.surah.number
        elif kind == 's':  # counted through the whole corpus
            number += scope.surah.sentences_before
        if test is None or holds(test, lambda _, number=number: str(number)):
            out.append((s, e))
    return out


def region(scope, kind, test):
    return {(s, e, ()) for s, e in regions(scope, kind, test)}


def opening(scope, kind, test):
    return {(s, s, ()) for s, _ in regions(scope, kind, test)}


def closing(scope, kind):
    return {(e, e, ()) for _, e in regions(scope, kind, None)}


def looking(scope, ahead, negated, inner):
    places = {s if ahead else e for s, e, _ in matches(scope, inner)}
    return {(p, p, ()) for p in range(scope.size + 1) if (p in places) != negated}


RELATIONS = {
    'within': lambda s, e, s2, e2: s2 <= s and e <= e2,
    'containing': lambda s, e, s2, e2: s <= s2 and e2 <= e,
    'overlap': lambda s, e, s2, e2: max(s, s2) < min(e, e2),
}


def filtered(scope, how, negated, left, right):
    others = {(s, e) for s, e, _ in matches(scope, right)}
    test = RELATIONS[how]
    return {(s, e, c) for s, e, c in matches(scope, left) if any(test(s, e, *o) for o in others) != negated}


def near(scope, inner, count, kind):
    """within COUNT REGION: in this many regions in a row."""
    borders = scope.surah.regions(kind)

    def place(position):
        return next((i for i, (s, e) in enumerate(borders) if s <= position < e), None)
    out = set()
    for s, e, c in matches(scope, inner):
        if s < e and place(s) is not None and place(e - 1) is not None and place(e - 1) - place(s) < count:
            out.add((s, e, c))
    return out


# --- constraints -------------------------------------------------------------------------------------------------------------------

def capture_value(scope, capture, attribute):
    """Of a segment or node its own; of a word that of its stem, the first of two; of more its first word's."""
    if capture[0] == 'node':
        return scope.node_value(capture[1], attribute)
    _, s, e = capture
    first, end = scope.surah.words[scope.surah.word_at(s)]
    if e - s == 1 and (s, e) != (first, end):
        return scope.value(s, attribute)
    if attribute in WORD_ATTRIBUTES:
        return scope.value(s, attribute)
    stems = [p for p in range(first, end) if scope.value(p, 'type') == 'stem']
    return scope.value(stems[0], attribute) if stems else ABSENT


def span_of(scope, capture):
    if capture[0] == 'span':
        return capture[1:]
    position = scope.surah.nodes[capture[1]].segment
    return None if position is None else (position, position + 1)


def satisfied(scope, constraint, captures):
    kind = constraint[0]
    if kind == 'and':
        return all(satisfied(scope, c, captures) for c in constraint[1:])
    if kind == 'or':
        return any(satisfied(scope, c, captures) for c in constraint[1:])
    if kind == 'not':
        return not satisfied(scope, constraint[1], captures)
    if kind == 'same':
        _, a, attribute, b = constraint
        left, right = (capture_value(scope, captures[label], attribute) for label in (a, b))
        return left != ABSENT and left == right
    if kind == 'value':
        _, a, attribute, operator, wanted = constraint
        value = capture_value(scope, captures[a], attribute)
        if operator in ('!=', '!=='):
            return not equal(value, operator[1:], wanted)
        return equal(value, operator, wanted)
    spans = [span_of(scope, captures[label]) for label in constraint[1:3]]
    if None in spans:  # a node that is not spoken
        return False
    (s, _), (s2, _) = spans
    if kind == 'before':
        return s < s2
    if kind == 'apart':
        return abs(scope.surah.word_at(s) - scope.surah.word_at(s2)) <= constraint[3]
    raise ValueError(kind)


def constrained(scope, inner, constraint):
    return {m for m in matches(scope, inner) if satisfied(scope, constraint, dict(m[2]))}


# --- trees -------------------------------------------------------------------------------------------------------------------------

def paths(scope, kind):
    """(node, ancestor, length of the path) where all edges of the path are of the type; each ancestor once, and never the node itself."""
    nodes = scope.surah.nodes
    if kind not in scope.paths:
        out = []
        for start in range(len(nodes)):
            at, length, seen = start, 0, {start}
            while nodes[at].head not in (None, at) and (kind is None or re.fullmatch(kind, nodes[at].relation)):
                at, length = nodes[at].head, length + 1
                if at in seen:
                    break
                seen.add(at)
                out.append((start, at, length))
        scope.paths[kind] = out
    return scope.paths[kind]


def related(scope, edge):
    """(node, the node at the other end), by direction, type and length of the path."""
    _, _, _, direction, kind, deep, least, most, _ = edge
    if not deep:
        least = most = 1
    found = [(lower, upper) for lower, upper, n in paths(scope, kind) if n >= least and (most is None or n <= most)]
    return found if direction == 'up' else [(upper, lower) for lower, upper in found]


def node_atoms(scope, atom):
    """(node, captures) for each node that an atom can be."""
    label = None
    if atom[0] == 'label':
        _, label, atom = atom
    out = []
    for i, node in enumerate(scope.surah.nodes):
        capture = ('node', i)
        if atom[0] == 'any':
            pass
        elif atom[0] == 'segment':
            if not node_holds(scope, i, atom[1]):
                continue
        else:  # a word: the segment of it that satisfies the test
            if node.segment is None or not segment_holds(scope, node.segment, pushed(atom[1])):
                continue
            capture = ('span',) + scope.surah.words[scope.surah.word_at(node.segment)]
        out.append((i, with_captures({label: capture} if label else {})))
    return out


def tree_nodes(scope, tree):
    """(node, captures) of the first node of a tree."""
    _, atom, edges = tree
    ends = [ends_of(scope, edge) for edge in edges]
    out = set()
    for node, captures in node_atoms(scope, atom):
        for more in edge_captures(node, list(zip(edges, ends)), frozenset()):
            out.add((node, with_captures(captures, more)))
    return out


def ends_of(scope, edge):
    """For each node (the other end, its captures) of every edge of this kind that leads to the target."""
    targets, out = {}, {}
    for node, captures in tree_nodes(scope, edge[8]):
        targets.setdefault(node, []).append(captures)
    for node, other in related(scope, edge):
        out.setdefault(node, []).extend((other, captures) for captures in targets.get(other, []))
    return out


def edge_captures(node, edges, taken):
    """The captures of each way to satisfy the edges of a node; two of them are never the same edge."""
    if not edges:
        return {()}
    (edge, all_ends), rest = edges[0], edges[1:]
    _, negated, optional, direction = edge[:4]
    ends = all_ends.get(node, [])
    if negated:
        return set() if ends else edge_captures(node, rest, taken)
    ends = [(other, captures) for other, captures in ends if (direction, other) not in taken]
    if optional and not ends:
        return edge_captures(node, rest, taken)
    out = set()
    for other, captures in ends:
        for more in edge_captures(node, rest, taken | {(direction, other)}):
            out.add(with_captures(captures, more))
    return out


def first_node_span(scope, tree, node):
    position = scope.surah.nodes[node].segment
    if position is None:
        return None
    atom = tree[1][2] if tree[1][0] == 'label' else tree[1]
    return scope.surah.words[scope.surah.word_at(position)] if atom[0] == 'word' else (position, position + 1)


def spanless(scope, query):
    """(node, captures) of the matches of a whole query whose first node is not spoken. A constraint holds for them too."""
    if query[0] == 'tree':
        return {(node, c) for node, c in tree_nodes(scope, query) if first_node_span(scope, query, node) is None}
    if query[0] == 'constrained':
        return {(node, c) for node, c in spanless(scope, query[1]) if satisfied(scope, query[2], dict(c))}
    return set()


def tree(scope, *parts):
    out = set()
    for node, captures in tree_nodes(scope, ('tree',) + parts):
        span = first_node_span(scope, ('tree',) + parts, node)
        if span is not None:
            out.add(span + (captures,))
    return out


KINDS = {
    'word': word, 'segment': segment, 'label': labelled, 'sequence': sequence, 'either': either, 'both': both, 'repeat': repeated,
    'not': inverted, 'region': region, 'open': opening, 'close': closing, 'look': looking, 'filter': filtered, 'near': near,
    'constrained': constrained, 'tree': tree,
}


# --- answers -----------------------------------------------------------------------------------------------------------------------

def reduced(found, reading):
    """One of the readings of CQP; hits of one span with other captures stay together."""
    spans = {(s, e) for s, e, _ in found}
    if reading == 'all':
        return found
    choose = max if reading == 'longest' else min
    spans = {(s, choose(e for s2, e in spans if s2 == s)) for s, _ in spans}
    if reading == 'shortest':
        spans = {(s, e) for s, e in spans if not any((s2, e2) != (s, e) and s <= s2 and e2 <= e for s2, e2 in spans)}
    elif reading == 'longest':
        spans = {(s, e) for s, e in spans if not any((s2, e2) != (s, e) and s2 <= s and e <= e2 for s2, e2 in spans)}
    else:
        spans = {(min(s for s, e2 in spans if e2 == e), e) for _, e in spans}
    return {m for m in found if m[:2] in spans}


def answer(surahs, query, reading='all'):
    """What the program's answer is to say: the counts, and each hit as (start, end, captures) in places."""
    hits, spans, words, verses, without_span = [], set(), set(), set(), 0
    for surah in surahs:
        scope = Scope(surah)
        found = reduced({m for m in matches(scope, query) if m[0] < m[1]}, reading)
        for s, e, captures in found:
            shown = []
            for label, capture in captures:
                span = span_of(scope, capture)
                shown.append((label,) + ((surah.place(span[0]), surah.place(span[1] - 1)) if span else ('hidden', 'hidden')))
            hits.append((surah.place(s), surah.place(e - 1), tuple(shown)))
            spans.add((surah.number, s, e))
            words |= {(surah.number, surah.word_at(p)) for p in range(s, e)}
            verses |= {(surah.number, surah.segments[p].ayah) for p in range(s, e)}
        without_span += len(spanless(scope, query))
    return {'hits': len(hits), 'spans': len(spans), 'words': len(words), 'verses': len(verses), 'without_span': without_span,
            'results': sorted(hits)}
