"""What a query finds, worked out in the plainest way from the rules of the language, for small corpora.

A query is a tree of tuples, made by generate.py; nothing here is shared with the program. Every expression denotes the set of its
matches in one surah: (start, end, captures), with positions of segments, ends exclusive, and captures as sorted pairs of a label and
('span', start, end) or ('node', number). Sets are built in full; there is no plan and nothing is optimised.
"""
import operator

from tests.query import reference_grew, reference_repeats, reference_trees  # noqa: F401
from tests.query.scope import ABSENT, KINDS, WORD_ATTRIBUTES, equal, holds, matches, scopes, segment_holds, with_captures, word_holds


# --- spans -------------------------------------------------------------------------------------------------------------------------

def joined(left, right):
    return {(s, e2, with_captures(c, c2)) for s, e, c in left for s2, e2, c2 in right if e == s2}


def empty(scope):
    return {(p, p, ()) for p in range(scope.size + 1)}


def word(scope, test):
    return {(s, e, ()) for i, (s, e) in enumerate(scope.surah.words) if word_holds(scope, i, test)}


def segment(scope, test):
    return {(p, p + 1, ()) for p in range(scope.size) if segment_holds(scope, p, test)}


def labelled(scope, label, inner):
    """What matched nothing was not captured."""
    out = set()
    for s, e, c in matches(scope, inner):
        out.add((s, e, with_captures(c, {label: ('span', s, e)} if s < e else {})))
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
    if kind == 'phrase':  # a test is of its kind
        return [(s, e) for s, e, what, _ in scope.surah.phrases
                if s is not None and (test is None or holds(test, lambda _, what=what: what))]
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


COMPARISONS = {'=': operator.eq, '!=': operator.ne, '<': operator.lt, '<=': operator.le, '>': operator.gt, '>=': operator.ge}


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
        _, a, attribute, compare, wanted = constraint
        value = capture_value(scope, captures[a], attribute)
        if compare in ('!=', '!=='):
            return not equal(value, compare[1:], wanted)
        return equal(value, compare, wanted)
    if kind == 'edge':
        _, a, b, relation = constraint
        return reference_trees.edge_between(scope, captures[a], captures[b], relation)
    if kind == 'measure':
        _, function, a, compare, number = constraint
        value = reference_trees.measure(scope, function, captures[a])
        return value is not None and COMPARISONS[compare](value, number)
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


def spanless(scope, query):
    """(what, captures) of the matches of a whole query that have no place in the text. A constraint holds for them too."""
    if query[0] == 'constrained':
        return {(what, c) for what, c in spanless(scope, query[1]) if satisfied(scope, query[2], dict(c))}
    if query[0] == 'grew':
        return reference_grew.unspoken(scope, query)
    return reference_trees.unspoken(scope, query)


KINDS.update({
    'word': word, 'segment': segment, 'label': labelled, 'sequence': sequence, 'either': either, 'both': both, 'repeat': repeated,
    'not': inverted, 'region': region, 'open': opening, 'close': closing, 'look': looking, 'filter': filtered, 'near': near,
    'constrained': constrained, 'marked': lambda scope, inner: matches(scope, inner), 'grew': reference_grew.spans,
})


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
    for scope in scopes(surahs):
        surah = scope.surah
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
