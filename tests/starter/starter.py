"""Reads the compact annotation in data/starter and expands it.

The format is described in data/starter/README.md. Everything here is plain
line reading; an error names the file, the line and what was expected.
"""

import os
import re

import trees

# Extended Buckwalter: one ASCII character for each character of the text.
# The tatweel is left out, except where it carries a hamza (see transliterate).
BUCKWALTER = {
    "\u0621": "'", "\u0623": ">", "\u0624": "&", "\u0625": "<", "\u0626": "}",
    "\u0627": "A", "\u0628": "b", "\u0629": "p", "\u062a": "t", "\u062b": "v",
    "\u062c": "j", "\u062d": "H", "\u062e": "x", "\u062f": "d", "\u0630": "*",
    "\u0631": "r", "\u0632": "z", "\u0633": "s", "\u0634": "$", "\u0635": "S",
    "\u0636": "D", "\u0637": "T", "\u0638": "Z", "\u0639": "E", "\u063a": "g",
    "\u0640": "", "\u0641": "f", "\u0642": "q", "\u0643": "k", "\u0644": "l",
    "\u0645": "m", "\u0646": "n", "\u0647": "h", "\u0648": "w", "\u0649": "Y",
    "\u064a": "y", "\u064b": "F", "\u064c": "N", "\u064d": "K", "\u064e": "a",
    "\u064f": "u", "\u0650": "i", "\u0651": "~", "\u0652": "o", "\u0653": "^",
    "\u0654": "#", "\u0670": "`", "\u0671": "{", "\u06dc": ":", "\u06df": "@",
    "\u06e0": '"', "\u06e2": "[", "\u06e3": ";", "\u06e5": ",", "\u06e6": ".",
    "\u06e8": "!", "\u06ea": "-", "\u06eb": "+", "\u06ec": "%", "\u06ed": "]",
}

# Prefixes whose code does not name their tag.
PREFIX_TAGS = {"Al+": "DET", "bi+": "P", "ka+": "P", "ta+": "P",
               "sa+": "FUT", "ya+": "VOC", "ha+": "VOC"}

# Abbreviations among a stem's features; everything else is copied.
ABBREVIATIONS = {"AP": "ACT|PCPL", "PP": "PASS|PCPL",
                 "JUS": "MOOD:JUS", "SUBJ": "MOOD:SUBJ"}

_TAG = re.compile(r"[A-Z]+\Z")
_LEMMA = re.compile(r"([^/]*)/([^/]*)\Z")
_FEATURE = re.compile(r"(\([IVX]+\)|SP:\S+|[A-Z0-9]+)\Z")


class StarterError(Exception):
    pass


class Segment:
    """One segment: kind is prefix, stem or suffix; text is its Arabic."""

    def __init__(self, kind, tag, features, lemma=None, root=None):
        self.kind, self.tag, self.features = kind, tag, features
        self.lemma, self.root = lemma, root
        self.text = ""

    @property
    def form(self):
        return transliterate(self.text)


class Word:
    def __init__(self, text, segments):
        self.text, self.segments = text, segments


class Verse:
    def __init__(self, number):
        self.number, self.english, self.words = number, None, []

    @property
    def text(self):
        return " ".join(word.text for word in self.words)


class Surah:
    """basmala is 'verse', 'before' or 'none'; basmala_first_word is its first
    word if its spelling differs from 1:1, else None."""

    def __init__(self, number, name):
        self.number, self.name = number, name
        self.basmala, self.basmala_first_word, self.verses = None, None, []
        self.trees = trees.Trees()


def transliterate(text):
    """Extended Buckwalter, as the morphology file spells a segment: without the small meem
    that only marks how a tanwin joins what follows (it is kept if it is the sound m)."""
    text = text.replace("\u0640\u0654", "_#")
    for joined in ("\u064b\u06ed", "\u064c\u06ed", "\u064d\u06e2"):
        text = text.replace(joined, joined[0])
    return "".join(BUCKWALTER.get(c, c) for c in text)


def _prefix(item):
    code, colon, tag = item[:-1].partition(":")
    if colon:
        if not code or not _TAG.match(tag):
            raise StarterError("expected a prefix such as w:CONJ+, found %r" % item)
    elif item in PREFIX_TAGS:
        tag = PREFIX_TAGS[item]
    else:
        raise StarterError("unknown prefix %r" % item)
    return Segment("prefix", tag, "PREFIX|" + item)


def _suffix(item):
    code = item[1:]
    if code.startswith("PRON:"):
        return Segment("suffix", "PRON", "SUFFIX|" + code)
    if code == "n:EMPH":
        return Segment("suffix", "EMPH", "SUFFIX|+n:EMPH")
    if code == "VOC":
        return Segment("suffix", "VOC", "SUFFIX|+VOC")
    if code == "l:P+":
        return Segment("suffix", "P", "SUFFIX|l:P+")
    raise StarterError("unknown suffix %r" % item)


def _stem(items):
    tag = items[0]
    if not _TAG.match(tag):
        raise StarterError("expected a part of speech, found %r" % tag)
    out, lemma, root, seen = ["STEM", "POS:" + tag], None, None, False
    for item in items[1:]:
        pair = _LEMMA.match(item)
        if pair:
            if seen:
                raise StarterError("expected one lemma/root, found a second: %r" % item)
            seen = True
            lemma, root = pair.group(1) or None, pair.group(2) or None
            if lemma:
                out.append("LEM:" + lemma)
            if root:
                out.append("ROOT:" + root)
        elif _FEATURE.match(item):
            out.append(ABBREVIATIONS.get(item, item))
        else:
            raise StarterError("expected a feature, found %r" % item)
    return Segment("stem", tag, "|".join(out), lemma, root)


def parse_analysis(text):
    """The segments of a word's analysis column."""
    segments, stem = [], []

    def close():
        if not stem:
            raise StarterError("expected a stem in %r" % text)
        segments.append(_stem(stem))
        stem.clear()

    open_stem = True
    for item in text.split():
        if item == "&":
            if open_stem:
                close()
            open_stem = True
        elif item.startswith("+"):
            if open_stem:
                close()
                open_stem = False
            segments.append(_suffix(item))
        elif item.endswith("+") and not stem:
            if not open_stem:
                raise StarterError("expected no prefix after the stem, found %r" % item)
            segments.append(_prefix(item))
        elif open_stem:
            stem.append(item)
        else:
            raise StarterError("expected a suffix, found %r" % item)
    if open_stem:
        close()
    return segments


def parse_word(line):
    form, tab, analysis = line.partition("\t")
    if not tab:
        raise StarterError("expected FORM, a tab and the analysis")
    parts = form.split("+")
    segments = parse_analysis(analysis)
    if len(parts) != len(segments):
        raise StarterError("the form %s has %d parts, the analysis has %d segments"
                           % (form, len(parts), len(segments)))
    for part, segment in zip(parts, segments):
        if not part or any(c not in BUCKWALTER for c in part):
            raise StarterError("expected Arabic letters and signs, found %r" % part)
        segment.text = part
    return Word("".join(parts), segments)


def parse_surah(path):
    surah = verse = None
    number = 0
    try:
        with open(path, encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                line = line.rstrip("\r\n")
                if not line or line.startswith("#"):
                    continue
                if not ("a" <= line[0] <= "z"):
                    if verse is None or verse.english is None:
                        raise StarterError("a word line before the lines 'verse' and 'en'")
                    verse.words.append(parse_word(line))
                    continue
                key, _, rest = line.partition(" ")
                if key == "surah" and surah is None:
                    n, _, name = rest.partition(" ")
                    surah = Surah(int(n), name)
                elif surah is None:
                    raise StarterError("expected 'surah NUMBER NAME' first")
                elif key == "basmala" and surah.basmala is None and verse is None:
                    fields = rest.split()
                    if (not fields or fields[0] not in ("verse", "before", "none")
                            or len(fields) > 1 + (fields[0] == "before")):
                        raise StarterError("expected 'basmala verse', 'before [WORD]' or 'none'")
                    surah.basmala = fields[0]
                    surah.basmala_first_word = fields[1] if len(fields) > 1 else None
                elif key == "verse":
                    if surah.basmala is None:
                        raise StarterError("expected a 'basmala' line before the first verse")
                    if verse is not None and not verse.words:
                        raise StarterError("verse %d has no words" % verse.number)
                    verse = Verse(int(rest))
                    if verse.number != len(surah.verses) + 1:
                        raise StarterError("expected verse %d" % (len(surah.verses) + 1))
                    surah.verses.append(verse)
                elif key in ("tree", "more") and verse is not None and verse.words and rest:
                    surah.trees.read(key, rest, verse)
                elif key == "en" and verse is not None and verse.english is None and rest:
                    verse.english = rest
                else:
                    raise StarterError("unexpected line %r" % line)
        if verse is None or not verse.words:
            raise StarterError("expected words at the end of the file")
        surah.trees.finish()
    except (StarterError, trees.TreeError, ValueError) as problem:
        raise StarterError("%s:%d: %s" % (path, number, problem)) from None
    return surah


def load(folder):
    """All surahs of a folder, by number."""
    surahs = []
    for name in sorted(os.listdir(folder)):
        if re.match(r"[0-9]{3}\.txt\Z", name):
            surah = parse_surah(os.path.join(folder, name))
            if surah.number != int(name[:3]):
                raise StarterError("%s: holds surah %d" % (name, surah.number))
            surahs.append(surah)
    return surahs


def basmala_words(surahs, surah):
    """The words of the basmala before a surah's first verse."""
    if surah.basmala != "before":
        return []
    for other in surahs:
        if other.basmala == "verse":
            words = [word.text for word in other.verses[0].words]
            if surah.basmala_first_word:
                words[0] = surah.basmala_first_word
            return words
    raise StarterError("the surah that holds the basmala as a verse is missing")


def here(*parts):
    """A path below the repository's root."""
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    return os.path.join(root, *parts)
