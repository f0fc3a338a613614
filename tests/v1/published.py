"""The published files as the tests over the whole corpus read them, by code that shares nothing with the program.

Looks for legacy-data/ in the folder that KALIMA_SHARED names, by default ../shared beside the repository.
"""
import collections
import csv
import io
import os
import re
import shutil
import tempfile
import unicodedata

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

    def letters(self, word):
        """Small waw and ya do not belong to the consonantal text."""
        return sum(c not in '\u06e5\u06e6' for c in self.plain(word) or '') or None

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


def divisions(name):
    with open(os.path.join(DIVISIONS, name + '.txt'), encoding='utf-8') as f:
        return [(int(surah), int(ayah)) for line in f if not line.startswith('#')
                for surah, _, ayahs in [line.partition(':')] for ayah in ayahs.split()]


def surahs():
    with open(os.path.join(DIVISIONS, 'surahs.txt'), encoding='utf-8') as f:
        return [line.rstrip('\n').split('|') for line in f if not line.startswith('#')]


def import_published(database):
    """Imports the published files into a new database, or copies an import that another test has made."""
    server.import_once(database, '--text', TEXT, '--morphology', MORPHOLOGY, '--treebank', TREEBANK, '--masaq', MASAQ)


def serve_published(case):
    """A server over the published files that ends with the test class `case`; over KALIMA_DATABASE where that is given."""
    database = os.environ.get('KALIMA_DATABASE')
    if not database:
        place = tempfile.mkdtemp(prefix='kalima-test-')
        case.addClassCleanup(shutil.rmtree, place, ignore_errors=True)
        database = os.path.join(place, 'quran.db')
        import_published(database)
    started = server.Server('--db', database)
    case.addClassCleanup(started.stop)
    return started
