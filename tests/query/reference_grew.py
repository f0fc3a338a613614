"""Patterns of Grew, worked out for reference.py by trying every assignment of nodes, as Grew's documentation has it.

('grew', block, rest): rest is a tuple of ('with' | 'without', block). A block is ('block', nodes, edges, tests):

  nodes  (name, features, shared): a name may be that of a node of the pattern, whose features are then tested; features are those of a
         bracket (an `and` of leaves) or None; shared nodes (N$) may be the same as another
  edges  (label or None, name, how, name): '*' for any node; how is ('any',), ('path',), ('types', kinds), ('not', kinds), ('re', text)
  tests  ('same' | 'other', a, attribute, b), ('is' | 'is not', a, attribute, values), ('next' | 'before', a, b), ('crossing', e, f)

Nodes have different values, edges are those of the basic tree, and what is to exist with the pattern or not names further nodes.
"""
import re

from tests.query.reference_trees import paths, span_of_node
from tests.query.scope import ABSENT, equal, node_holds


class Matching:
    def __init__(self, scope):
        self.scope = scope
        self.nodes = scope.surah.nodes
        self.above = {(upper, lower) for lower, upper, _ in paths(scope, None)}

    def leads(self, upper, how, lower):
        kind = how[0]
        if kind == 'path':
            return (upper, lower) in self.above
        node = self.nodes[lower]
        if node.head != upper:
            return False
        if kind == 'any':
            return True
        if kind == 're':
            return re.fullmatch(how[1], node.relation, re.IGNORECASE) is not None
        return (node.relation in how[1]) == (kind == 'types')

    def edge_holds(self, edge, given):
        _, a, how, b = edge
        uppers = range(len(self.nodes)) if a == '*' else [given[a]]
        lowers = range(len(self.nodes)) if b == '*' else [given[b]]
        return any(self.leads(upper, how, lower) for upper in uppers for lower in lowers)

    def test_holds(self, test, given, edges):
        kind = test[0]
        if kind == 'crossing':
            (a, b), (c, d) = (sorted((given[edges[e][1]], given[edges[e][3]])) for e in test[1:])
            return a < c < b < d or c < a < d < b
        if kind in ('same', 'other'):
            left, right = (self.scope.node_value(given[name], test[2]) for name in (test[1], test[3]))
            return ABSENT not in (left, right) and (left == right) == (kind == 'same')
        if kind in ('is', 'is not'):
            value = self.scope.node_value(self.end_of(test[1], given, edges), test[2])
            return value != ABSENT and any(equal(value, '==', wanted) for wanted in test[3]) == (kind == 'is')
        a, b = given[test[1]], given[test[2]]
        if kind == 'before':
            return a < b
        left, right = self.nodes[a].segment, self.nodes[b].segment
        return None not in (left, right) and right == left + 1

    @staticmethod
    def end_of(name, given, edges):
        """A node, or the dependent of an edge."""
        return given[name] if name in given else given[edges[name][3]]

    def assignments(self, block, given, shared):
        """Each way to choose the nodes of a block, with those that are given."""
        _, nodes, edges, tests = block
        shared = shared | {name for name, _, alike in nodes if alike}
        labels = {edge[0]: edge for edge in edges if edge[0]}
        names = []
        for name in [name for name, _, _ in nodes] + [name for edge in edges for name in (edge[1], edge[3])]:
            if name != '*' and name not in given and name not in names:
                names.append(name)
        yield from self.assigned(names, block, dict(given), shared, labels)

    def assigned(self, names, block, given, shared, labels):
        _, nodes, edges, tests = block
        if not names:
            if all(self.test_holds(test, given, labels) for test in tests) and all(self.edge_holds(edge, given) for edge in edges):
                if all(node_holds(self.scope, given[name], features) for name, features, _ in nodes):
                    yield given
            return
        name = names[0]
        for node in range(len(self.nodes)):
            if name not in shared and any(other == node for known, other in given.items() if known not in shared):
                continue
            chosen = dict(given)
            chosen[name] = node
            if not all(node_holds(self.scope, node, features) for known, features, _ in nodes if known == name):
                continue
            ready = [edge for edge in edges if name in (edge[1], edge[3]) and all(end == '*' or end in chosen for end in (edge[1], edge[3]))]
            if all(self.edge_holds(edge, chosen) for edge in ready):
                yield from self.assigned(names[1:], block, chosen, shared, labels)


def found(scope, query):
    """(first node, captures) of each match."""
    matching = Matching(scope)
    _, pattern, rest = query
    _, nodes, edges, _ = pattern
    shared = frozenset(name for name, _, alike in nodes if alike)
    out = set()
    for given in matching.assignments(pattern, {}, frozenset()):
        wanted = True
        for kind, block in rest:
            exists = any(True for _ in matching.assignments(block, given, shared))
            wanted = wanted and exists == (kind == 'with')
        if wanted:
            captures = {name: ('node', node) for name, node in given.items()}
            captures.update({edge[0]: ('node', given[edge[3]]) for edge in edges if edge[0]})
            out.add((given[first_name(pattern)], tuple(sorted(captures.items()))))
    return out


def first_name(pattern):
    _, nodes, edges, _ = pattern
    return ([name for name, _, _ in nodes] + [name for edge in edges for name in (edge[1], edge[3]) if name != '*'])[0]


def spans(scope, *parts):
    return {span_of_node(scope, node, False) + (captures,) for node, captures in found(scope, ('grew',) + parts)
            if span_of_node(scope, node, False) is not None}


def unspoken(scope, query):
    return {(node, captures) for node, captures in found(scope, query) if scope.surah.nodes[node].segment is None}
