"""Trees, worked out for reference.py: nodes, edges, what they cover, phrases.

A way to match a tree is a Way: the node that is its first, the span that is its hit (None where that is not spoken), its captures,
and what rspan() may cover: the ends of its own edges, those of all edges below, and the end of its first edge.
"""
import collections
import re

from tests.query.scope import KINDS, matches, node_holds, pushed, segment_holds, with_captures

Way = collections.namedtuple('Way', 'node span captures ends below target')
End = collections.namedtuple('End', 'node span')
NO_TARGET = ('missing',)
ELEMENT = '@'


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


Edge = collections.namedtuple('Edge', 'negated optional direction kind deep least most target label')


def related(scope, edge):
    """(node, the node at the other end), by direction, type and length of the path."""
    least, most = (edge.least, edge.most) if edge.deep else (1, 1)
    found = [(lower, upper) for lower, upper, n in paths(scope, edge.kind) if n >= least and (most is None or n <= most)]
    return found if edge.direction == 'up' else [(upper, lower) for lower, upper in found]


def span_of_node(scope, node, word):
    """Of a node that is named as a word the whole word; None where it is not spoken."""
    position = scope.surah.nodes[node].segment
    if position is None:
        return None
    return scope.surah.words[scope.surah.word_at(position)] if word else (position, position + 1)


def element_of(q):
    """The sequence with the element that edges leave labelled: the one marked @, or the last."""
    kind = q[0]
    if kind == 'sequence':
        parts = list(q[1:])
        marked = next((i for i, p in enumerate(parts) if p[0] == 'marked'), len(parts) - 1)
        labelled, atom = element_of(parts[marked])
        parts[marked] = labelled
        return ('sequence',) + tuple(parts), atom
    if kind == 'label':
        labelled, atom = element_of(q[2])
        return ('label', q[1], labelled), atom
    if kind == 'repeat':
        labelled, atom = element_of(q[1])
        return ('repeat', labelled) + q[2:], atom
    if kind == 'marked':
        return element_of(q[1])
    return ('label', ELEMENT, q), q


def ways_of_sequence(scope, q):
    labelled, atom = element_of(q)
    out = set()
    for start, end, captures in matches(scope, labelled):
        captures = dict(captures)
        _, first, last = captures.pop(ELEMENT)
        for position in range(first, last):
            if position in scope.node_of and segment_holds(scope, position, pushed(atom[1]) if atom[1] else None):
                out.add(Way(scope.node_of[position], (start, end), with_captures(captures), (), (), NO_TARGET))
    return out


def ways_of_atom(scope, atom):
    """Of what is at the end of an edge, without its edges."""
    kind = atom[0]
    if kind == 'sequence':
        return ways_of_sequence(scope, atom)
    if kind == 'tree':
        return {way._replace(ends=(), below=(), target=NO_TARGET) for way in ways(scope, atom)}
    label = None
    if kind == 'label':
        _, label, atom = atom
    out = set()
    for i, node in enumerate(scope.surah.nodes):
        capture = ('node', i)
        if atom[0] == 'word':  # the segment of it that satisfies the test
            if node.segment is None or not segment_holds(scope, node.segment, pushed(atom[1]) if atom[1] else None):
                continue
            capture = ('span',) + span_of_node(scope, i, True)
        elif atom[0] == 'segment' and not node_holds(scope, i, atom[1]):
            continue
        captures = with_captures({label: capture} if label else {})
        out.add(Way(i, span_of_node(scope, i, atom[0] == 'word'), captures, (), (), NO_TARGET))
    return out


def ways(scope, tree):
    if tree[0] == 'top':
        return ways_of_top(scope, *tree[1:])
    _, atom, edges = tree
    ends = [ends_of(scope, edge) for edge in edges]
    out = set()
    for way in ways_of_atom(scope, atom):
        for chosen in choices(way.node, list(zip(edges, ends)), frozenset()):
            captures, covered, below = [way.captures], [], []
            for edge, lower, end in chosen:
                captures.append(end.captures)
                if edge.label:
                    captures.append({edge.label: ('node', lower)})
                covered.append(End(end.node, end.span))
                below.append(End(end.node, end.span))
                below.extend(end.below)
            target = covered[0] if chosen and chosen[0][0] is edges[0] else NO_TARGET
            out.add(Way(way.node, way.span, with_captures(*captures), tuple(covered), tuple(below), target))
    return out


def ends_of(scope, edge):
    """For each node (the dependent, the way of the other end) of every edge of this kind that leads to the target."""
    targets, out = {}, {}
    for way in ways(scope, edge.target):
        targets.setdefault(way.node, []).append(way)
    for node, other in related(scope, edge):
        lower = node if edge.direction == 'up' else other
        out.setdefault(node, []).extend((other, lower, way) for way in targets.get(other, []))
    return out


def choices(node, edges, taken):
    """Each way to satisfy the edges of a node, as a list of (edge, dependent, way of the end); two are never the same edge."""
    if not edges:
        yield ()
        return
    (edge, all_ends), rest = edges[0], edges[1:]
    ends = all_ends.get(node, [])
    if edge.negated:
        if not ends:
            yield from choices(node, rest, taken)
        return
    free = [end for end in ends if (edge.direction, end[0]) not in taken]
    if edge.optional and not free:
        yield from choices(node, rest, taken)
    for other, lower, way in free:
        for more in choices(node, rest, taken | {(edge.direction, other)}):
            yield ((edge, lower, way),) + more


def ways_of_top(scope, label, kind, tree):
    """Nodes without a head whose own relation is of the type; the treebank's NonRel are not in a tree."""
    out = set()
    for way in ways(scope, tree):
        node = scope.surah.nodes[way.node]
        if node.head is None and node.relation != 'NonRel' and (kind is None or re.fullmatch(kind, node.relation)):
            out.add(way._replace(captures=with_captures(way.captures, {label: ('node', way.node)} if label else {})))
    return out


def covers(scope, tree, mode):
    """(span or None, what it is if it is not spoken, captures) of rspan()."""
    out = set()
    for way in ways(scope, tree):
        if mode == 'target':
            if way.target == NO_TARGET:
                continue
            held = [way.target]
        else:
            held = [End(way.node, way.span)] + list({'source': (), 'full': way.ends, 'all': way.below}[mode])
        spoken = [end.span for end in held if end.span is not None]
        span = (min(s for s, _ in spoken), max(e for _, e in spoken)) if spoken else None
        out.add((span, held[0].node if span is None else None, way.captures))
    return out


def unspoken(scope, q):
    """(what it is, captures) of the matches of a whole query that have no place in the text."""
    kind = q[0]
    if kind in ('tree', 'top'):
        return {(way.node, way.captures) for way in ways(scope, q) if way.span is None}
    if kind == 'rel':
        return unspoken(scope, rel_as_rspan(*q[1:]))
    if kind == 'rspan':
        return {(what, captures) for span, what, captures in covers(scope, q[1], q[2] or 'full') if span is None}
    return set()


def spans_of_tree(scope, *parts, kind='tree'):
    return {way.span + (way.captures,) for way in ways(scope, (kind,) + parts) if way.span is not None}


def spans_of_top(scope, *parts):
    return spans_of_tree(scope, *parts, kind='top')


def rspan(scope, tree, mode):
    return {span + (captures,) for span, _, captures in covers(scope, tree, mode or 'full') if span is not None}


def rel_as_rspan(kind, tree, mode):
    return ('rspan', ('tree', ('any',), (Edge(False, False, 'down', kind, False, 1, None, tree, None),)), mode or 'source')


def rel(scope, *parts):
    return rspan(scope, *rel_as_rspan(*parts)[1:])


def phrase(scope, tree):
    """The segments of each phrase whose node is the first of the tree."""
    out = set()
    for way in ways(scope, tree):
        for start, end, _, node in scope.surah.phrases:
            if node == way.node and start is not None:
                out.add((start, end, way.captures))
    return out


KINDS.update({'tree': spans_of_tree, 'top': spans_of_top, 'rspan': rspan, 'rel': rel, 'phrase': phrase})


# --- functions of constraints ------------------------------------------------------------------------------------------------------

def node_of_capture(scope, capture):
    """Of a word that of its stem, of more that of the first word's."""
    if capture[0] == 'node':
        return capture[1]
    _, start, end = capture
    if end - start == 1:
        return scope.node_of.get(start)
    first, last = scope.surah.words[scope.surah.word_at(start)]
    stems = [p for p in range(first, last) if scope.value(p, 'type') == 'stem']
    return scope.node_of.get(stems[0]) if stems else None


def edge_between(scope, upper, lower, kind):
    """Whether an edge of the type leads from a segment of the one to one of the other."""
    def members(capture):
        if capture[0] == 'node':
            return {capture[1]}
        return {scope.node_of[p] for p in range(capture[1], capture[2]) if p in scope.node_of}
    heads = members(upper)
    for node in members(lower):
        n = scope.surah.nodes[node]
        if n.head in heads and (kind is None or re.fullmatch(kind, n.relation)):
            return True
    return False


def measure(scope, function, capture):
    """A number, or None where it is missing."""
    node, nodes = node_of_capture(scope, capture), scope.surah.nodes
    if node is None:
        return None
    if function == 'children':
        return sum(n.head == node for n in nodes)
    above, at = [node], nodes[node].head
    while at is not None and at not in above:
        above.append(at)
        at = nodes[at].head
    if function == 'depth':
        if nodes[node].relation == 'NonRel':  # in no tree
            return None
        return len(above) - 1 if at is None else None
    if at == node:  # on a cycle
        return None
    below, more = {node}, True
    while more:
        more = {i for i, n in enumerate(nodes) if n.head in below} - below
        below |= more
    return len(below)
