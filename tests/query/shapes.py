"""What is known of a query by its tree alone."""


def may_be_empty(q):
    kind = q[0]
    if kind in ('word', 'segment', 'region', 'not', 'tree', 'top', 'rspan', 'rel', 'phrase', 'again', 'alike'):
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
        return ([] if may_be_empty(q[2]) else [q[1]]) + certain_labels(q[2])
    if kind == 'sequence':
        return [label for part in q[1:] for label in certain_labels(part)]
    if kind == 'both':
        return certain_labels(q[1]) + certain_labels(q[2])
    if kind == 'marked':
        return certain_labels(q[1])
    if kind == 'tree':
        out = certain_labels(q[1])
        for edge in q[2]:
            if not edge.negated and not edge.optional:
                out += certain_labels(edge.target) + ([edge.label] if edge.label else [])
        return out
    if kind == 'top':
        return certain_labels(q[3]) + ([q[1]] if q[1] else [])
    if kind == 'again':
        same, label = q[-3], q[-1]
        return [label] if label and not same else []
    if kind in ('rspan', 'phrase'):
        return certain_labels(q[1])
    if kind == 'rel':
        return certain_labels(q[2])
    return []
