"""GET /api/v1/attributes over the whole corpus: for every attribute and every value the segments, words and verses that
have it, counted here from the published files, by code that shares nothing with the program.

Looks for legacy-data/ in the folder that KALIMA_SHARED names, by default ../shared beside the repository. Without it the test
is skipped, with exit code 77, and says why.
"""
import collections
import csv
import io
import os
import re
import shutil
import sys
import tempfile
import unicodedata
import unittest
import urllib.parse

from tests.compat import server

SHARED = os.environ.get('KALIMA_SHARED') or os.path.join(os.path.dirname(server.ROOT), 'shared')
DATASETS = os.path.join(SHARED, 'legacy-data', 'datasets')
TEXT = os.path.join(DATASETS, 'text', 'quran-clean.txt')
MORPHOLOGY = os.path.join(DATASETS, 'morphology', 'quranic-corpus-morphology-0.4.txt')
TREEBANK = os.path.join(DATASETS, 'quranic', 'Quranic', 'Quranic.csv')
MASAQ = os.path.join(DATASETS, 'masaq', 'MASAQ.csv')
DIVISIONS = os.path.join(server.ROOT, 'data', 'divisions')
SKIPPED = 77

# The table of the corpus' documentation, https://corpus.quran.com/java/buckwalter.jsp.
BUCKWALTER = str.maketrans(
    "'>&<}AbptvjHxd*rzs$SDTZEg_fqklmnhwYyFNKaui~o^#`{:@\"[;,.!-+%]",
    '\u0621\u0623\u0624\u0625\u0626\u0627\u0628\u0629\u062a\u062b\u062c\u062d\u062e\u062f\u0630\u0631\u0632\u0633\u0634\u0635\u0636\u0637\u0638\u0639\u063a\u0640\u0641\u0642\u0643\u0644\u0645\u0646\u0647\u0648\u0649\u064a\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0670\u0671\u06dc\u06df\u06e0\u06e2\u06e3\u06e5\u06e6\u06e8\u06ea\u06eb\u06ec\u06ed')

# Where the text has one word more than the morphology, written as one with a space in it.
JOINED = {(2, 181): 3, (8, 6): 4, (13, 37): 8, (37, 130): 3}

SIMPLE = {'PERF': 'aspect', 'IMPF': 'aspect', 'IMPV': 'aspect', 'INDEF': 'state', 'NOM': 'case', 'ACC': 'case', 'GEN': 'case'}
MASAQ_COLUMNS = {'masaq_tag': 'Morph_tag', 'masaq_type': 'Morph_type', 'masaq_punctuation': 'Punctuation_Mark',
                 'masaq_declension': 'Invariable_Declinable', 'masaq_role': 'Syntactic_Role',
                 'masaq_construct': 'Possessive_Construct', 'masaq_case': 'Case_Mood', 'masaq_marker': 'Case_Mood_Marker',
                 'masaq_phrase': 'Phrase', 'masaq_function': 'Phrasal_Function', 'masaq_note': 'Notes'}


def arabic(buckwalter):
    return buckwalter.translate(BUCKWALTER)


def agreement(text, out):
    person, gender, number = re.fullmatch(r'([123]?)([MF]?)([SDP]?)', text).groups()
    out.update({k: v for k, v in (('person', person), ('gender', gender), ('number', number)) if v})


def analysis(form, tag, features):
    """The values of a segment, by attribute."""
    first, *parts = features.split('|')
    out = {'type': first.lower(), 'pos': tag}
    if form != '_':
        out['segment'] = arabic(form)
    pos = None
    if first != 'STEM':
        clitic, = parts
        if clitic.startswith('PRON:'):
            out['clitic'] = 'PRON'
            agreement(clitic[5:], out)
        else:
            out['clitic'] = clitic
        return out
    while parts:
        part = parts.pop(0)
        if part.startswith('POS:'):
            pos = part[4:]
        elif part.startswith('ROOT:'):
            out['root'] = unicodedata.normalize('NFC', arabic(part[5:]))
        elif part.startswith('LEM:'):
            out['lemma'] = unicodedata.normalize('NFC', arabic(part[4:]))
        elif part.startswith('SP:'):
            out['group'] = part[3:]
        elif part.startswith('MOOD:'):
            out['mood'] = part[5:]
        elif part in ('ACT', 'PASS') and parts and parts[0] == 'PCPL':
            out['derivation'] = part + parts.pop(0)
        elif part in ('ACT', 'PASS'):
            out['voice'] = part
        elif part == 'VN':
            out['derivation'] = part
        elif part.startswith('('):
            out['form'] = part[1:-1]
        elif part in SIMPLE:
            out[SIMPLE[part]] = part
        else:
            agreement(part, out)
    # What the file leaves unmarked.
    if pos == 'V':
        out.setdefault('voice', 'ACT')
        if out['aspect'] == 'IMPF':
            out.setdefault('mood', 'IND')
    if pos == 'V' or 'derivation' in out:
        out.setdefault('form', 'I')
    return out


class Corpus:
    """The files as they are read here: words as (surah, ayah, word), segments with a number more."""

    def __init__(self):
        self.segments, self.words = {}, collections.defaultdict(list)
        with open(MORPHOLOGY, encoding='utf-8') as f:
            for line in f:
                if line.startswith('('):
                    location, *cells = line.rstrip('\n').split('\t')
                    place = tuple(map(int, location[1:-1].split(':')))
                    self.segments[place] = analysis(*cells)
                    self.words[place[:3]].append(place)
        self.verses = collections.defaultdict(list)
        for word in self.words:
            self.verses[word[:2]].append(word)
        self.order = {word: i for i, word in enumerate(self.words)}
        self.in_order = list(self.words)
        self.forms = self.read_text()
        self.nodes, self.glosses, self.transliterations = self.read_treebank()
        self.masaq = self.read_masaq()

    def plain(self, word):
        form = ''.join(self.segments[segment].get('segment', '') for segment in self.words[word])
        return ''.join(c for c in form.replace('ٱ', 'ا') if unicodedata.category(c) != 'Mn' and c != 'ـ') or None

    def read_text(self):
        forms = {}
        with open(TEXT, encoding='utf-8') as f:
            lines = f.read().splitlines()
        for (surah, ayah), line in zip(self.verses, lines, strict=True):
            words = line.split(' ')
            if ayah == 1 and surah not in (1, 9):
                words = words[4:]
            if (surah, ayah) in JOINED:
                at = JOINED[surah, ayah] - 1
                words[at:at + 2] = [' '.join(words[at:at + 2])]
            forms.update(zip(self.verses[surah, ayah], words, strict=True))
        return forms

    def read_treebank(self):
        with open(TREEBANK, 'rb') as f:
            rows = csv.reader(io.StringIO(f.read().decode('utf-16'), newline=''), delimiter='\t')
            at = {name: i for i, name in enumerate(next(rows))}
            nodes, glosses, transliterations = [], {}, {}
            for row in rows:
                get = lambda name: row[at[name]]  # noqa: E731
                place = None if get('location') == '_' else tuple(map(int, get('location')[1:-1].split(':')))
                span = re.fullmatch(r'\[(\d+)-(\d+)\]', get('constituents_loc'))
                nodes.append({'place': place, 'verse': (int(get('chapter_id')), int(get('verse_id'))),
                              'sentence': int(get('sentence_id')), 'token': int(get('token_id')),
                              'relation': get('rel_label'), 'head': int(get('ref_token_id')),
                              'phrase': span and (int(span[1]), int(span[2]), get('constituent_label'))})
                if place:
                    for name, out in (('trans', glosses), ('phonetic', transliterations)):
                        value = get(name).strip('"')
                        if value not in ('', '_'):
                            out.setdefault(place[:3], value)
        return nodes, glosses, transliterations

    def read_masaq(self):
        out = {}
        with open(MASAQ, encoding='utf-8-sig', newline='') as f:
            for row in csv.DictReader(f):
                place = tuple(int(row[name]) for name in ('Sura_No', 'Verse_No', 'Word_No', 'Column5'))
                out.setdefault(place, row)
        return out


class Tally:
    """value -> what has it."""

    def __init__(self):
        self.items, self.segments, self.words, self.verses = (collections.defaultdict(x) for x in (int, set, set, set))

    def add(self, value, segments=(), words=(), verse=None):
        self.items[value] += 1
        self.segments[value].update(segments)
        self.words[value].update(words)
        self.verses[value].update([verse] if verse else (word[:2] for word in words))

    def counts(self, value):
        return (self.items[value], len(self.segments[value]), len(self.words[value]), len(self.verses[value]))

    def all(self):
        """Of each value that occurs, and of all together."""
        each = {value: self.counts(value) for value in self.items if value is not None}
        union = [len(set().union(*(sets[value] for value in each))) for sets in (self.segments, self.words, self.verses)]
        return each, (sum(self.items[value] for value in each), *union)


def divisions(name):
    with open(os.path.join(DIVISIONS, name + '.txt'), encoding='utf-8') as f:
        return [(int(surah), int(ayah)) for line in f if not line.startswith('#')
                for surah, _, ayahs in [line.partition(':')] for ayah in ayahs.split()]


def surahs():
    with open(os.path.join(DIVISIONS, 'surahs.txt'), encoding='utf-8') as f:
        return [line.rstrip('\n').split('|') for line in f if not line.startswith('#')]


class Full(unittest.TestCase):
    maxDiff = 2000

    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.mkdtemp(prefix='kalima-test-')
        cls.addClassCleanup(shutil.rmtree, cls.place, ignore_errors=True)
        database = os.path.join(cls.place, 'quran.db')
        done = server.run('import', '--text', TEXT, '--morphology', MORPHOLOGY, '--treebank', TREEBANK, '--masaq', MASAQ,
                          '--db', database, timeout=500)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        cls.server = server.Server('--db', database)
        cls.addClassCleanup(cls.server.stop)
        cls.corpus = Corpus()
        cls.table = {a['name']: a for a in cls.server.json('/api/v1/attributes')['attributes']}
        cls.compared = set()

    def ask(self, name, **parameters):
        return self.server.json('/api/v1/attributes?' + urllib.parse.urlencode({'name': name, 'limit': 100000, **parameters}))

    def compare(self, name, tally):
        """What the server says of an attribute is what was counted here."""
        answer = self.ask(name)
        each, union = tally.all()
        items = {'region': 'regions', 'node': 'nodes'}.get(answer['attribute']['level'])
        names = ('segments', 'words', 'verses')

        def counts(row):
            return tuple(row[n] for n in (((items,) if items else ()) + names))

        def expected(numbers):
            return numbers if items else numbers[1:]

        found = {row['value']: counts(row) for row in answer['values']}
        self.assertEqual(len(found), len(answer['values']), name)
        occurring = {value: numbers for value, numbers in found.items() if any(numbers)}
        wanted = {str(value): expected(numbers) for value, numbers in each.items()}
        different = [(value, occurring.get(value), wanted.get(value)) for value in occurring.keys() | wanted.keys()
                     if occurring.get(value) != wanted.get(value)]
        self.assertEqual(different[:5], [], '%s: %d differ' % (name, len(different)))
        self.assertEqual(counts(answer['attribute']), expected(union), name)
        self.assertEqual(answer['attribute'], self.table[name])
        self.assertEqual(counts(answer['missing']), expected(tally.counts(None)), name)
        self.compared.add(name)
        return occurring

    def of_segments(self, name, value_of):
        tally = Tally()
        for place in self.corpus.segments:
            tally.add(value_of(place), [place], [place[:3]])
        return self.compare(name, tally)

    def of_words(self, name, value_of):
        tally = Tally()
        for word, segments in self.corpus.words.items():
            tally.add(value_of(word), segments, [word])
        return self.compare(name, tally)

    def add_region(self, tally, value, words):
        tally.add(value, [segment for word in words for segment in self.corpus.words[word]], words)

    def test_attributes(self):
        """One test, so that it can say in the end that nothing was left out."""
        corpus = self.corpus
        for name in ('segment', 'type', 'pos', 'root', 'lemma', 'form', 'aspect', 'voice', 'mood', 'person', 'gender', 'number',
                     'case', 'state', 'derivation', 'clitic', 'group'):
            found = self.of_segments(name, lambda place, name=name: corpus.segments[place].get(name))
            if name == 'root':
                self.assertEqual(len(found), 1642)
                self.assertEqual(found['رحم'], (339, 339, 313))
        for name, column in MASAQ_COLUMNS.items():
            self.of_segments(name, lambda place, column=column: corpus.masaq[place][column] or None)

        self.of_words('word', corpus.forms.get)
        plain = self.of_words('plain', corpus.plain)
        self.assertEqual(sum(counts[1] for value, counts in plain.items() if value.endswith('ون')), 3403)
        self.of_words('n', lambda word: word[2])
        self.of_words('gloss', corpus.glosses.get)
        self.of_words('transliteration', corpus.transliterations.get)
        stems = {word: next((corpus.segments[s] for s in segments if corpus.segments[s]['type'] == 'stem'), {})
                 for word, segments in corpus.words.items()}
        for name in ('root', 'lemma', 'pos'):
            self.of_words('stem_' + name, lambda word, name=name: stems[word].get(name))

        self.regions()
        self.trees()
        self.assertEqual(self.compared, set(self.table))

    def regions(self):
        corpus = self.corpus
        sajda = set(divisions('sajda'))
        numbers, prostration = Tally(), Tally()
        for verse, words in corpus.verses.items():
            self.add_region(numbers, verse[1], words)
            self.add_region(prostration, 'yes' if verse in sajda else 'no', words)
        self.compare('verse_n', numbers)
        self.assertEqual(self.compare('verse_sajda', prostration)['yes'][0], 15)

        tallies = [Tally() for _ in range(4)]
        for number, _, place, order, name, *_ in surahs():
            words = [word for word in corpus.words if word[0] == int(number)]
            for tally, value in zip(tallies, (number, name, place, order)):
                self.add_region(tally, value, words)
        for tally, name in zip(tallies, ('n', 'name', 'place', 'order')):
            self.compare('surah_' + name, tally)

        quarters = divisions('quarter')
        for name, starts, count in (('juz', divisions('juz'), 30), ('hizb', quarters[::4], 60), ('quarter', quarters, 240),
                                    ('manzil', divisions('manzil'), 7), ('ruku', divisions('ruku'), 556),
                                    ('page', divisions('page'), 604)):
            tally = Tally()
            for number, (start, end) in enumerate(zip(starts, starts[1:] + [(115, 1)]), 1):
                self.add_region(tally, number, [w for v, words in corpus.verses.items() if start <= v < end for w in words])
            self.assertEqual(len(self.compare(name + '_n', tally)), count)

    def trees(self):
        corpus = self.corpus
        sentences = collections.defaultdict(dict)
        for node in corpus.nodes:
            sentences[node['sentence']][node['token']] = node
        self.assertEqual(len(sentences), 11693)
        sentence_tally, phrase_tally, relations, hidden, depths = (Tally() for _ in range(5))
        edges = roots = 0

        def words_of(nodes):
            places = [corpus.order[node['place'][:3]] for node in nodes if node['place']]
            return corpus.in_order[min(places):max(places) + 1] if places else []

        def head_of(node, sentence):
            if node['relation'] == 'NonRel' or node['head'] == node['token']:
                return None
            return sentence[node['head']]

        for number, (_, sentence) in enumerate(sorted(sentences.items()), 1):
            self.add_region(sentence_tally, number, words_of(sentence.values()))
            for node in sentence.values():
                if node['phrase']:
                    first, last, kind = node['phrase']
                    self.add_region(phrase_tally, kind, words_of(sentence[t] for t in range(first, last + 1) if t in sentence))
                place = [node['place']] if node['place'] else []
                words = [p[:3] for p in place]
                relations.add(node['relation'], place, words, node['verse'])
                hidden.add('no' if place else 'yes', place, words, node['verse'])
                head = head_of(node, sentence)
                edges += head is not None
                roots += node['relation'] == 'root'
                depth = 0
                while head is not None and depth is not None:
                    depth = depth + 1 if depth <= len(sentence) else None
                    head = head_of(head, sentence)
                if node['relation'] == 'NonRel':
                    depth = None
                depths.add(depth, place, words, node['verse'])
        self.compare('s_n', sentence_tally)
        self.compare('phrase_kind', phrase_tally)
        self.compare('relation', relations)
        self.assertEqual(self.compare('hidden', hidden)['yes'][0], 11157)
        self.compare('depth', depths)
        self.assertEqual((edges, roots), (103750, 14166))


if __name__ == '__main__':
    if not os.path.isdir(DATASETS):
        print('skipped: %s is missing' % DATASETS)
        sys.exit(SKIPPED)
    unittest.main()
