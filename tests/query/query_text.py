"""Queries of generate.py in the query language."""
from tests.query import grew


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
    if kind == 'edge':
        return 'edge(%s, %s%s)' % (c[1], c[2], ', "%s"' % c[3] if c[3] else '')
    if kind == 'measure':
        return '%s(%s) %s %d' % c[1:]
    if kind == 'not':
        return '!(%s)' % constraint_text(c[1])
    return '(%s)' % {'and': ' & ', 'or': ' | '}[kind].join(constraint_text(x) for x in c[1:])


def edge_text(edge):
    kind = edge.kind or ''
    count = '' if not edge.deep or (edge.least, edge.most) == (1, None) else '{%d,%s}' % (edge.least, '' if edge.most is None else edge.most)
    if edge.direction == 'down':
        arrow = '-%s->>%s' % (kind, count) if edge.deep else '-%s->' % kind
    else:
        arrow = '<<-%s-%s' % (kind, count) if edge.deep else '<-%s-' % kind
    label = edge.label + ':' if edge.label else ''
    return '%s%s%s%s %s' % (label, '!' if edge.negated else '', arrow, '?' if edge.optional else '', tree_text(edge.target, inner=True))


def tree_text(tree, inner=False):
    if tree[0] == 'top':
        _, label, kind, below = tree
        text = '%s^-%s-> %s' % (label + ':' if label else '', kind or '', tree_text(below))
        return '(%s)' % text if inner else text
    _, atom, edges = tree
    text = text_of(atom)
    if edges:
        text += ' ' + ' ; '.join(edge_text(e) for e in edges)
    return '(%s)' % text if inner and (edges or atom[0] == 'sequence') else text


def call_text(q):
    kind = q[0]
    if kind == 'rel':
        arguments = ['"%s"' % q[1], tree_text(q[2])] + (['"%s"' % q[3]] if q[3] else [])
    else:
        arguments = [tree_text(q[1])] + (['"%s"' % q[2]] if kind == 'rspan' and q[2] else [])
    return '%s(%s)' % (kind, ', '.join(arguments))


def count_option(low, high):
    if low == high:
        return 'n=%d' % low
    return 'n>=%d' % low if high is None else 'n=in[%d,%d]' % (low, high)


def again_text(q):
    _, of, to, low, high, by, same, differing, label = q
    parts = [text_of(one) for one in (of, to) if one]
    if of is None or (low, high) != (1, None):
        parts.append(count_option(low, high))
    parts.append('by=' + by)
    if differing:
        parts.append('%sdiffer%s1' % (label + ':' if label else '', '<=' if same else '='))
    return 'repeat(%s)' % ', '.join(parts)


def alike_text(q):
    _, of, to, by, percent = q
    parts = [text_of(one) for one in (of, to) if one]
    return 'similar(%s)' % ', '.join(parts + ['by=' + by, 'similarity>=%d' % percent])


def region_text(kind, test, form):
    return form % (kind + (' %s="%s"' % (test[1], test[3]) if test else ''))


SIMPLE = ('word', 'segment', 'region', 'open', 'close', 'look', 'any', 'rspan', 'rel', 'phrase', 'again', 'alike')
GROUPED = ('either', 'both', 'sequence', 'filter', 'constrained', 'near', 'tree', 'top')


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
        return ' '.join(grouped(p) if p[0] in GROUPED else text_of(p) for p in q[1:])
    if kind == 'either':
        return ' | '.join(grouped(p) if p[0] in ('either', 'both', 'tree', 'top') else text_of(p) for p in q[1:])
    if kind == 'both':
        return ' & '.join(grouped(p) if p[0] in ('either', 'both', 'tree', 'top') else text_of(p) for p in q[1:])
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
    if kind == 'marked':
        return '@' + grouped(q[1])
    if kind in ('rspan', 'rel', 'phrase'):
        return call_text(q)
    if kind == 'again':
        return again_text(q)
    if kind == 'alike':
        return alike_text(q)
    if kind == 'grew':
        return grew.text_of(q)
    if kind == 'constrained':
        return '%s :: %s' % (text_of(q[1]) if q[1][0] in ('tree', 'top', 'sequence', 'label') else grouped(q[1]), constraint_text(q[2]))
    if kind in ('tree', 'top'):
        return tree_text(q)
    raise ValueError(kind)
