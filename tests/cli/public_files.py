"""Small files in the layouts that `kalima import --text` reads: made-up verses of a made-up vocabulary.

A word is (Arabic, [(FORM, TAG, FEATURES) of each segment]); surahs 1, 9, 108 and 112 are complete.
"""
from xml.sax.saxutils import quoteattr

BASMALA = 'بِسْمِ ٱللَّهِ ٱلرَّحْمَـٰنِ ٱلرَّحِيمِ'

BOOK = ('كِتَٰب', [('kita`b', 'N', 'STEM|POS:N|LEM:kita`b|ROOT:ktb|M')])
AND_SUN = ('وَشَمْس', [('wa', 'CONJ', 'PREFIX|w:CONJ+'), ('$amos', 'N', 'STEM|POS:N|LEM:$amos|ROOT:$ms|F')])
JOY = ('بُشْرَى', [('bu$oraY', 'N', 'STEM|POS:N|LEM:bu$oraY|ROOT:b$r|F')])
# The tag is another one than the part of speech, and the pronoun is not written.
LORD = ('رَبِّ', [('rab~i', 'T', 'STEM|POS:N|LEM:rab~|ROOT:rbb|M|GEN'), ('_', 'PRON', 'SUFFIX|PRON:1S')])
# One word of the morphology, two of the text.
AFTER = ('بَعْدَ مَا', [('baEoda', 'T', 'STEM|POS:T|LEM:baEod|ROOT:bEd'), ('maA', 'REL', 'STEM|POS:REL|LEM:maA')])
# The same word in another spelling.
PRAYER = ('صَلَوٰةٌۭ', [('Salaw`pN', 'N', 'STEM|POS:N|LEM:Salaw`p|ROOT:Slw|F')])

VOCABULARY = [BOOK, AND_SUN, JOY, LORD, AFTER, PRAYER]
# Surah: number of its verses.
SURAHS = {1: 7, 9: 129, 108: 3, 112: 4}


def words_of(surah, ayah):
    """The words of a verse; no two verses of a surah that follow each other are the same."""
    if (surah, ayah) == (1, 1):
        return [(form, [(latin, 'N', 'STEM|POS:N')]) for form, latin in
                zip(BASMALA.split(' '), ('bisomi', '{ll~ahi', '{lr~aHoma`ni', '{lr~aHiymi'))]
    return [VOCABULARY[(surah + ayah + i) % len(VOCABULARY)] for i in range(1 + ayah % 5)]


def verses():
    """(surah, ayah) in order."""
    return [(surah, ayah) for surah, count in SURAHS.items() for ayah in range(1, count + 1)]


def text_of(surah, ayah, basmala=True):
    text = ' '.join(form for form, _ in words_of(surah, ayah))
    return BASMALA + ' ' + text if basmala and ayah == 1 and surah not in (1, 9) else text


def numbered(basmala=True):
    return ['%d|%d|%s' % (s, a, text_of(s, a, basmala)) for s, a in verses()]


def xml(basmala=True, text=lambda surah, ayah: text_of(surah, ayah, False)):
    out = ['<?xml version="1.0" encoding="utf-8" ?>', '<!-- # A notice', '  of two lines -->', '<quran>']
    for surah, count in SURAHS.items():
        out.append('  <sura index="%d" name="x">' % surah)
        for ayah in range(1, count + 1):
            bismillah = ' bismillah="%s"' % BASMALA if basmala and ayah == 1 and surah not in (1, 9) else ''
            out.append("    <aya index='%d' text=%s%s />" % (ayah, quoteattr(text(surah, ayah)), bismillah))
        out.append('  </sura>')
    return out + ['</quran>']


def morphology():
    out = ['# A notice', '', 'LOCATION\tFORM\tTAG\tFEATURES']
    for s, a in verses():
        for w, (_, segments) in enumerate(words_of(s, a), 1):
            for g, columns in enumerate(segments, 1):
                out.append('\t'.join(['(%d:%d:%d:%d)' % (s, a, w, g), *columns]))
    return out


def translation(mark='In English'):
    return ['%d|%d|%s %d:%d' % (s, a, mark, s, a) for s, a in verses()]


def treebank():
    out = ['chapter_id\tverse_id\ttoken_id\trel_label\tref_token_id\tuthmani_token']
    for s, a in verses():
        out += ['%d\t%d\t%d\tSubj\t0\tx%d' % (s, a, w, w) for w in range(1, len(words_of(s, a)) + 1)]
    return out


def masaq():
    out = ['ID,Sura_No,Verse_No,Word_No,Morph_Tag,Syntactic_Role,Case_Mood']
    for s, a in verses():
        out += ['%d,%d,%d,%d,NOUN,SUBJ,"NOM, so"' % (w, s, a, w) for w in range(1, len(words_of(s, a)) + 1)]
    return out
