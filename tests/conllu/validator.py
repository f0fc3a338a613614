"""Checks CoNLL-U by the rules of https://universaldependencies.org/format.html, without Kalima's own code.

`problems(text)` gives a line for everything that is wrong; `sentences(text)` the sentences as the format has them.
"""
import re
import unicodedata

ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, DEPS, MISC = range(10)
NAMES = 'ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC'.split()
UPOS_TAGS = set('ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X'.split())
WORD, RANGE, EMPTY = r'[1-9][0-9]*', r'[1-9][0-9]*-[1-9][0-9]*', r'(?:0|[1-9][0-9]*)\.[1-9][0-9]*'
RELATION = re.compile(r'[a-z]+(:[a-z]+)?')
FEATURE = re.compile(r'([A-Z][A-Za-z0-9]*(?:\[[a-z0-9]+\])?)=([A-Z0-9][A-Za-z0-9]*(?:,[A-Z0-9][A-Za-z0-9]*)*)')


class Sentence:
    def __init__(self, line, comments, rows):
        self.line, self.comments, self.rows = line, comments, rows

    def comment(self, name):
        for comment in self.comments:
            match = re.fullmatch(r'#\s*%s\s*=\s*(.*)' % re.escape(name), comment)
            if match:
                return match.group(1)
        return None

    def all_words(self):
        return [row for row in self.rows if re.fullmatch(WORD, row[ID])]

    def misc(self, row):
        return dict(item.partition('=')[::2] for item in row[MISC].split('|')) if row[MISC] != '_' else {}

    def nodes(self):
        return [row for row in self.rows if not re.fullmatch(RANGE, row[ID])]


def sentences(text):
    comments, rows, first = [], [], 1
    for number, line in enumerate(text.split('\n'), 1):
        if not line:
            if rows or comments:
                yield Sentence(first, comments, rows)
            comments, rows, first = [], [], number + 1
        elif line.startswith('#'):
            comments.append(line)
        else:
            rows.append(line.split('\t'))


def key(node):
    word, _, empty = node.partition('.')
    return int(word), int(empty or 0)


def reached(start, edges):
    """All that can be reached from `start`; edges: head -> list of dependents."""
    seen, todo = {start}, [start]
    while todo:
        for node in edges.get(todo.pop(), ()):
            if node not in seen:
                seen.add(node)
                todo.append(node)
    return seen


def column_problems(row):
    for name, value in zip(NAMES, row):
        if value == '':
            yield '%s is empty' % name
        elif value != value.strip():
            yield '%s begins or ends with white space' % name
        elif name not in ('FORM', 'LEMMA', 'MISC') and re.search(r'\s', value):
            yield '%s holds white space' % name
    kind = [k for k in (WORD, RANGE, EMPTY) if re.fullmatch(k, row[ID])]
    if not kind:
        yield 'ID %s' % row[ID]
        return
    if kind == [RANGE]:
        if any(row[column] != '_' for column in range(LEMMA, MISC)):
            yield 'a range with more than FORM and MISC'
        return
    if row[UPOS] not in UPOS_TAGS and not (kind == [EMPTY] and row[UPOS] == '_'):
        yield 'UPOS %s' % row[UPOS]
    if row[FEATS] != '_':
        found = [FEATURE.fullmatch(item) for item in row[FEATS].split('|')]
        if not all(found):
            yield 'FEATS %s' % row[FEATS]
        else:
            names = [match.group(1) for match in found]
            if names != sorted(names, key=str.lower) or len(names) != len(set(names)):
                yield 'FEATS not sorted or twice: %s' % row[FEATS]
    if kind == [EMPTY]:
        if row[HEAD] != '_' or row[DEPREL] != '_':
            yield 'an empty node with HEAD or DEPREL'
        if row[DEPS] == '_':
            yield 'an empty node without DEPS'
    else:
        if not re.fullmatch('0|' + WORD, row[HEAD]):
            yield 'HEAD %s' % row[HEAD]
        if not RELATION.fullmatch(row[DEPREL]):
            yield 'DEPREL %s' % row[DEPREL]
        if (row[HEAD] == '0') != (row[DEPREL] == 'root'):
            yield 'root and HEAD 0 belong together: %s %s' % (row[HEAD], row[DEPREL])
        if row[HEAD] == row[ID]:
            yield 'a word that is its own head'
    if row[MISC] != '_':
        items = row[MISC].split('|')
        if any(not item or item != item.strip() for item in items):
            yield 'MISC with an empty item or white space around one'
        names = [item.partition('=')[0] for item in items]
        if len(set(names)) != len(names):
            yield 'MISC with an attribute twice: %s' % row[MISC]


def id_problems(rows):
    word, empty, range_end = 0, 0, 0
    previous = None
    for row in rows:
        if re.fullmatch(RANGE, row[ID]):
            first, last = map(int, row[ID].split('-'))
            if first != word + 1 or last <= first or first <= range_end:
                yield 'range %s after word %d' % (row[ID], word)
            range_end = last
        elif re.fullmatch(EMPTY, row[ID]):
            if key(row[ID]) != (word, empty + 1):
                yield 'empty node %s after %d.%d' % (row[ID], word, empty)
            empty += 1
            if previous is not None and re.fullmatch(RANGE, previous):
                yield 'an empty node directly after a range'
        elif re.fullmatch(WORD, row[ID]):
            if int(row[ID]) != word + 1:
                yield 'word %s after %d' % (row[ID], word)
            word, empty = word + 1, 0
        previous = row[ID]
    if range_end > word:
        yield 'a range ends after the last word'
    if word == 0:
        yield 'no word'


def tree_problems(sentence):
    words = {row[ID]: row[HEAD] for row in sentence.all_words()}
    roots = [word for word, head in words.items() if head == '0']
    if len(roots) != 1:
        yield '%d roots' % len(roots)
    edges = {}
    for word, head in words.items():
        if head != '0' and head not in words:
            yield 'HEAD %s not found' % head
        edges.setdefault(head, []).append(word)
    lost = set(words) - reached('0', edges)
    if lost:
        yield 'not below the root: %s' % ', '.join(sorted(lost, key=key))


def graph_problems(sentence):
    nodes = {row[ID]: row[DEPS] for row in sentence.nodes()}
    if all(deps == '_' for deps in nodes.values()):
        return
    edges = {}
    for node, deps in nodes.items():
        if deps == '_':
            yield 'no DEPS at %s, but elsewhere' % node
            continue
        heads = []
        for item in deps.split('|'):
            head, colon, relation = item.partition(':')
            if not colon or not re.fullmatch('0|%s|%s' % (WORD, EMPTY), head) or not RELATION.fullmatch(relation):
                yield 'DEPS %s' % deps
                continue
            if head == node:
                yield 'DEPS of %s leads to itself' % node
            if head != '0' and head not in nodes:
                yield 'DEPS of %s: %s not found' % (node, head)
            if (head == '0') != (relation == 'root'):
                yield 'DEPS: root and head 0 belong together: %s' % deps
            heads.append((key(head), relation))
            edges.setdefault(head, []).append(node)
        if heads != sorted(set(heads)):
            yield 'DEPS not sorted or twice: %s' % deps
    lost = set(nodes) - reached('0', edges)
    if lost:
        yield 'not below the root in DEPS: %s' % ', '.join(sorted(lost, key=key))


def text_problems(sentence):
    text = sentence.comment('text')
    if text is None:
        yield 'no text'
        return
    expected, inside = [], 0
    for row in sentence.rows:
        if re.fullmatch(RANGE, row[ID]):
            inside = int(row[ID].split('-')[1])
        elif re.fullmatch(EMPTY, row[ID]) or int(row[ID]) <= inside:
            continue
        expected.append(row[FORM])
    if text != ' '.join(expected):
        yield 'the text is not that of the words: %s' % text


def sentence_problems(sentence):
    if any(len(row) != 10 for row in sentence.rows):
        yield 'a line without ten columns'
        return
    for row in sentence.rows:
        for problem in column_problems(row):
            yield '%s: %s' % (row[ID], problem)
    found = list(id_problems(sentence.rows))
    yield from found
    if not found:
        yield from tree_problems(sentence)
        yield from graph_problems(sentence)
        yield from text_problems(sentence)


def problems(text):
    if not text.endswith('\n\n') or text.endswith('\n\n\n'):
        yield 'the file does not end with exactly one empty line'
    if '\r' in text:
        yield 'a carriage return'
    names = set()
    for sentence in sentences(text):
        where = 'sentence of line %d' % sentence.line
        lines = sentence.comments + ['\t'.join(row) for row in sentence.rows]
        for line in lines:
            if not unicodedata.is_normalized('NFC', line):
                yield '%s: not in NFC: %s' % (where, line)
        if not sentence.rows:
            yield '%s: no words' % where
            continue
        name = sentence.comment('sent_id')
        if not name or re.search(r'\s', name) or name in names:
            yield '%s: sent_id %s is missing or repeated' % (where, name)
        names.add(name)
        for problem in sentence_problems(sentence):
            yield '%s: %s' % (where, problem)
