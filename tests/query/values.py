"""What random queries ask for: values of the corpora of corpus.py, expressions over them, and some that nothing has."""

ARABIC_ROOTS = ['كتب', 'قول', 'علم']
LEMMAS = ['كِتَاب', 'قَالَ', 'قَوْل', 'عِلْم']
SEGMENTS = ['قَالَ', 'مِن', 'وَ', 'بِ', 'هُ', 'رَبِّ']
VALUES = {
    'pos': ['N', 'V', 'P', 'PRON', 'CONJ', 'ADJ', 'N|V', 'P.*', '(N|ADJ)', '.', 'X'],
    'root': ARABIC_ROOTS + ['ق.*', '[كع]..', 'كتب|علم', ''],
    'lemma': LEMMAS + ['', 'ق.*'],
    'type': ['prefix', 'stem', 'suffix', 'stem|suffix'],
    'person': ['1', '2', '3', '[12]', ''],
    'number': ['S', 'D', 'P', ''],
    'gender': ['M', 'F', ''],
    'case': ['NOM', 'GEN', 'ACC', ''],
    'aspect': ['PERF', 'IMPF'],
    'voice': ['ACT', 'PASS'],
    'form': ['I', 'II'],
    'mood': ['IND'],
    'relation': ['Subj', 'Obj', 'Adj|Poss', 'root'],
    'segment': SEGMENTS,
    'n': ['1', '2', '3'],
}
LITERAL = {'segment'}
REGIONS = ['verse', 'surah', 's', 'w']
PHRASES = ['PP', 'NS', 'S']
LABELS = 'abcdefgh'
