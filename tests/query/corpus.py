"""Small random corpora: words of several segments, regions, trees with hidden nodes and cycles. The same seed gives the same corpus.

A corpus is held as plain lists, one surah at a time, because no match crosses the border of a surah. Positions are those of segments
in the surah, from 0; ends are exclusive.
"""
import collections

Segment = collections.namedtuple('Segment', 'surah ayah word number values')
Node = collections.namedtuple('Node', 'segment pos head relation sentence phrase')

ROOTS = {'ktb': 'كتب', 'qwl': 'قول', 'Elm': 'علم'}
LEMMAS = {'ktb': [('kitaAb', 'كِتَاب')], 'qwl': [('qaAla', 'قَالَ'), ('qawol', 'قَوْل')], 'Elm': [('Eilom', 'عِلْم')]}
FORMS = ['كِتَٰبٌ', 'قَالَ', 'عِلْمٍ', 'مِن', 'رَبِّ']
PREFIXES = [('وَ', 'CONJ', 'w:CONJ+'), ('بِ', 'P', 'bi+')]
SUFFIXES = ['هُ', 'نَا']
RELATIONS = ['Subj', 'Obj', 'Adj', 'Poss']
HIDDEN_RELATIONS = ['Subj', 'Pred']
PHRASES = ['PP', 'NS', 'S']


class Surah:
    def __init__(self, number):
        self.number = number
        self.segments = []
        self.words = []      # (first, end) of each word
        self.verses = []     # the same of each verse
        self.sentences = []
        self.nodes = []
        self.texts = []      # of each verse, the forms of its words
        self.phrases = []    # (first, end, kind, node): from the first of its nodes to the last, None for hidden nodes only

    def word_at(self, position):
        return next(i for i, (first, end) in enumerate(self.words) if first <= position < end)

    def regions(self, kind):
        return {'w': self.words, 'verse': self.verses, 's': self.sentences, 'surah': [(0, len(self.segments))]}[kind]

    def place(self, position):
        s = self.segments[position]
        return '%d:%d:%d:%d' % (s.surah, s.ayah, s.word, s.number)


def feature(*parts):
    return '\\p'.join(p for p in parts if p)


def stem(random):
    """(values, Root, Lemma, features) of a stem."""
    pos = random.choice(['N', 'N', 'V', 'V', 'ADJ', 'PRON', 'P'])
    values, root, lemma = {'pos': pos, 'type': 'stem'}, None, None
    if pos in ('N', 'V', 'ADJ') and random.random() < 0.85:
        root = random.choice(list(ROOTS))
        lemma, arabic = random.choice(LEMMAS[root])
        values.update(root=ROOTS[root], lemma=arabic)
    features = ['STEM', 'POS:' + pos]
    if pos == 'V':
        aspect = random.choice(['PERF', 'IMPF'])
        person, gender, number = random.choice('123'), random.choice('MF'), random.choice('SDP')
        passive = random.random() < 0.3
        features += [aspect, 'PASS' if passive else '', 'LEM:' + lemma if lemma else '', 'ROOT:' + root if root else '',
                     person + gender + number]
        values.update(aspect=aspect, voice='PASS' if passive else 'ACT', form='I', person=person, gender=gender, number=number)
        if aspect == 'IMPF':
            values['mood'] = 'IND'
    elif pos in ('N', 'ADJ'):
        case = random.choice(['NOM', 'GEN', 'ACC', None])
        gender = random.choice(['M', 'F', None])
        features += ['LEM:' + lemma if lemma else '', 'ROOT:' + root if root else '', gender or '', case or '']
        values.update({k: v for k, v in (('case', case), ('gender', gender)) if v})
    elif pos == 'PRON':
        person, number = random.choice('123'), random.choice('SP')
        features.append(person + number)
        values.update(person=person, number=number)
    return values, root, lemma, feature(*features)


def make_word(random, surah, ayah, word, rows):
    first = len(surah.segments)
    parts = []
    if random.random() < 0.4:
        form, pos, clitic = random.choice(PREFIXES)
        parts.append((form, {'pos': pos, 'type': 'prefix'}, None, None, feature('PREFIX', clitic)))
    values, root, lemma, features = stem(random)
    parts.append((random.choice(FORMS), values, root, lemma, features))
    if random.random() < 0.3:
        person = random.choice('13')
        parts.append((random.choice(SUFFIXES), {'pos': 'PRON', 'type': 'suffix', 'person': person, 'number': 'S'}, None, None,
                      feature('SUFFIX', 'PRON:%sS' % person)))
    form = ''.join(p[0] for p in parts)
    for number, (text, values, root, lemma, features) in enumerate(parts, 1):
        surah.segments.append(Segment(surah.number, ayah, word, number, dict(values, segment=text, word=form, n=str(word))))
        rows.append((text, values['pos'], root, lemma, features))
    surah.words.append((first, len(surah.segments)))
    return form


def make_tree(random, surah, first, end):
    """Nodes of a sentence: its segments in order, with hidden ones between them. Heads are places in the list, or None."""
    base, members = len(surah.nodes), []
    for position in range(first, end):
        members.append((position, surah.segments[position].values['pos']))
        if random.random() < 0.15:
            members.append((None, 'PRON'))
    count = len(members)
    heads = [None] * count
    order = list(range(count))
    random.shuffle(order)
    for i, node in enumerate(order):
        if i and random.random() < 0.92:
            heads[node] = random.choice(order[:i])
    if count > 3 and random.random() < 0.15:  # a cycle
        a, b = random.sample(range(count), 2)
        heads[a], heads[b] = b, a
    for i, (position, pos) in enumerate(members):
        relation = 'root' if heads[i] is None else random.choice(RELATIONS if position is not None else HIDDEN_RELATIONS)
        if heads[i] is None and position is not None and i > 0 and random.random() < 0.3:
            relation = 'NonRel'
        phrase = None
        if random.random() < 0.2:
            phrase = (random.randint(max(0, i - 3), i), random.randint(i, min(count - 1, i + 3)), random.choice(PHRASES))
            spoken = [p for p, _ in members[phrase[0]:phrase[1] + 1] if p is not None]
            borders = (spoken[0], spoken[-1] + 1) if spoken else (None, None)
            surah.phrases.append(borders + (phrase[2], base + i))
        head = None if heads[i] is None else base + heads[i]
        surah.nodes.append(Node(position, pos, head, relation, len(surah.sentences), phrase))
    surah.sentences.append((first, end))


def make(random, surahs=3):
    out, lines = [], []
    for number in range(1, surahs + 1):
        surah = Surah(number)
        surah.sentences_before = sum(len(s.sentences) for s in out)
        rows = []
        for ayah in range(1, random.randint(1, 3) + 1):
            first = len(surah.segments)
            words = [make_word(random, surah, ayah, w, rows) for w in range(1, random.randint(2, 5) + 1)]
            surah.verses.append((first, len(surah.segments)))
            surah.texts.append(' '.join(words))
        # Sentences end where a word ends.
        first = 0
        while first < len(surah.segments):
            ends = [end for _, end in surah.words if end > first]
            end = random.choice(ends[:4])
            make_tree(random, surah, first, end)
            first = end
        lines += conllu(surah, rows)
        out.append(surah)
    return out, '\n'.join(lines) + '\n'


def conllu(surah, rows):
    lines = []
    for number, (first, end) in enumerate(surah.sentences):
        lines.append('# sent_id = s%d-%d' % (surah.number, number))
        words = [w for w in surah.words if first <= w[0] < end]
        lines.append('# text = ' + ' '.join(surah.segments[w[0]].values['word'] for w in words))
        for (vfirst, _), text in zip(surah.verses, surah.texts):
            if first <= vfirst < end:
                ayah = surah.segments[vfirst].ayah
                if ayah == 1:
                    lines.append('# surah %d = س%d' % (surah.number, surah.number))
                lines.append('# verse %d:%d = %s' % (surah.number, ayah, text))
        nodes = [i for i, n in enumerate(surah.nodes) if n.sentence == number]
        ids, spoken, hidden = {}, 0, 0
        for i in nodes:
            if surah.nodes[i].segment is not None:
                spoken, hidden = spoken + 1, 0
                ids[i] = str(spoken)
            else:
                hidden += 1
                ids[i] = '%d.%d' % (spoken, hidden)
        top = basic_heads(surah, nodes)
        for i in nodes:
            node = surah.nodes[i]
            deps = '0:root' if node.head is None else '%s:dep' % ids[node.head]
            if node.relation == 'NonRel':
                deps = '%s:dep' % ids[top]
            phrase = ['constituents_loc=[%d-%d]' % node.phrase[:2], 'constituent_label=' + node.phrase[2]] if node.phrase else []
            if node.segment is None:
                lines.append('\t'.join([ids[i], '(*)', '_', 'PRON', node.pos, '_', '_', '_', deps, '|'.join(['Rel=' + node.relation] + phrase)]))
                continue
            segment = surah.segments[node.segment]
            form, pos, root, lemma, features = rows[node.segment]
            word = next(w for w in surah.words if w[0] <= node.segment < w[1])
            if node.segment == word[0] and word[1] - word[0] > 1:
                last = next(ids[j] for j in nodes if surah.nodes[j].segment == word[1] - 1)
                lines.append('\t'.join(['%s-%s' % (ids[i], last), segment.values['word']] + ['_'] * 7 +
                                       ['Ref=%d:%d:%d' % (segment.surah, segment.ayah, segment.word)]))
            misc = ['Ref=%d:%d:%d:%d' % segment[:4]]
            misc += ['Root=' + root] if root else []
            misc += ['Lemma=' + lemma] if lemma else []
            misc += ['SegmentForm=' + form, 'Features=' + features, 'Rel=' + node.relation] + phrase
            lemma_column = segment.values.get('lemma', '_')
            basic = '0' if i == top else ids[top]
            lines.append('\t'.join([ids[i], form, lemma_column, 'X', pos, '_', basic, 'root' if i == top else 'dep', deps, '|'.join(misc)]))
        lines.append('')
    return lines


def basic_heads(surah, nodes):
    """The node that all others of the basic tree depend on; the real edges are in DEPS."""
    return next(i for i in nodes if surah.nodes[i].segment is not None)
