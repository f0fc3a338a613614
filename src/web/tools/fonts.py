"""Makes the fonts of the page from the pinned packages in node_modules.

usage: fonts.py [--check]     (needs tools/fonts-requirements.txt)

The fonts go to src/fonts, with their checksums and those of their sources in fonts.sha256. --check makes them again
and compares. Licences: see src/fonts/README.md.

Kalima Quran is Amiri Quran with one change. Tanzil writes tanwin that is assimilated to the next letter as tanwin with
a small meem on the far side, and tanwin before ba as tanwin with a small meem on the near side. Fonts draw both signs in
both cases. Here the first is drawn as open tanwin (U+08F0 to U+08F2), and the second as one vowel with the meem. The
text keeps its code points.
"""
import hashlib
import io
import os
import sys

from fontTools.otlLib import builder
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables

here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
packages = os.path.join(here, 'node_modules')
out = os.path.join(here, 'src', 'fonts')

# Tanwin, the sign after it, and what is drawn: one open tanwin for both, or another vowel before the sign.
OPEN = ((0x064B, 0x06ED, 0x08F0), (0x064C, 0x06ED, 0x08F1), (0x064D, 0x06E2, 0x08F2))
BEFORE_BA = ((0x064B, 0x06E2, 0x064E), (0x064C, 0x06E2, 0x064F), (0x064D, 0x06ED, 0x0650))

# The letters of transliterations, in capitals too; modifier letters; signs between words.
TRANSLITERATION = ''.join(chr(c) for c in range(0x20, 0x7F)) + 'āīūḥṣṭḍẓĀĪŪḤṢṬḌẒʿʾáíúàṯḏġšǧḫčṮḎĠŠḪ\u2019\u2018\u2013\u00a0'
# The interface is Arabic proper; corpus text is set in Kalima Quran.
INTERFACE = (' !"%()*+,-./0123456789:;<=>?[]{|}«»\u00a0\u00b7\u2013\u2026\u200c\u200d\u200e\u200f،؛؟ـ٠١٢٣٤٥٦٧٨٩٪٫٬\u0670\u0671' +
             ''.join(chr(c) for c in range(0x0621, 0x063B)) + ''.join(chr(c) for c in range(0x0641, 0x0653)))


def font(package, name):
    path = os.path.join(packages, *package.split('/'), 'files', name + '.woff2')
    ttf = TTFont(path, recalcTimestamp=False)
    # It packs tables in another order where it is installed.
    ttf.cfg['fontTools.ttLib.tables.otBase:USE_HARFBUZZ_REPACKER'] = False
    return path, ttf


def rename(ttf, family):
    """The changed font says what it is, and of what it was made."""
    table = ttf['name']
    former = table.getDebugName(4) or table.getDebugName(1) or 'a font'
    for record in list(table.names):
        if record.nameID in (1, 3, 4, 6, 16, 25):
            table.removeNames(nameID=record.nameID)
    for name_id, text in ((1, family), (3, f'{family}; made of {former}'), (4, family), (6, family.replace(' ', ''))):
        table.setName(text, name_id, 3, 1, 0x409)


def draw_tanwin(ttf):
    names = ttf.getBestCmap()
    gsub = ttf['GSUB'].table

    def add(lookup):
        gsub.LookupList.Lookup.append(lookup)
        gsub.LookupList.LookupCount = len(gsub.LookupList.Lookup)
        return gsub.LookupList.LookupCount - 1

    ligatures = builder.LigatureSubstBuilder(ttf, None)
    for tanwin, sign, drawn in OPEN:
        ligatures.ligatures[(names[tanwin], names[sign])] = names[drawn]
    vowel = builder.SingleSubstBuilder(ttf, None)
    chain = builder.ChainContextSubstBuilder(ttf, None)
    for tanwin, sign, drawn in BEFORE_BA:
        vowel.mapping[names[tanwin]] = names[drawn]
    vowel.lookup_index = gsub.LookupList.LookupCount
    add(vowel.build())
    for tanwin, sign, _ in BEFORE_BA:
        chain.rules.append(builder.ChainContextualRule([], [{names[tanwin]}], [{names[sign]}], [[vowel]]))
    for index in (add(ligatures.build()), add(chain.build())):
        for record in gsub.FeatureList.FeatureRecord:
            if record.FeatureTag == 'ccmp':
                record.Feature.LookupListIndex.append(index)
                record.Feature.LookupCount = len(record.Feature.LookupListIndex)


def subset(ttf, text):
    options = Options()
    options.layout_features = ['*']
    options.name_IDs = ['*']
    options.notdef_outline = True
    options.hinting = False
    subsetter = Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(ttf)


def made():
    sources = {}
    files = {}

    def finish(name, family, path, ttf):
        rename(ttf, family)
        ttf.flavor = 'woff2'
        buffer = io.BytesIO()
        ttf.save(buffer, reorderTables=False)
        files[name] = buffer.getvalue()
        with open(path, 'rb') as f:
            sources[os.path.relpath(path, packages).replace(os.sep, '/')] = hashlib.sha256(f.read()).hexdigest()

    path, ttf = font('@fontsource/amiri-quran', 'amiri-quran-arabic-400-normal')
    draw_tanwin(ttf)
    finish('kalima-quran.woff2', 'Kalima Quran', path, ttf)
    for part, name in (('latin', 'kalima-latin'), ('latin-ext', 'kalima-latin-ext')):
        path, ttf = font('@fontsource/amiri', f'amiri-{part}-400-normal')
        subset(ttf, TRANSLITERATION)
        finish(f'{name}.woff2', 'Kalima Latin', path, ttf)
    path, ttf = font('@fontsource-variable/vazirmatn', 'vazirmatn-arabic-wght-normal')
    subset(ttf, INTERFACE)
    finish('kalima-interface.woff2', 'Kalima Interface', path, ttf)
    return sources, files


def main():
    sources, files = made()
    lines = [f'{hashlib.sha256(data).hexdigest()}  {name}\n' for name, data in sorted(files.items())]
    lines += [f'{digest}  {name}\n' for name, digest in sorted(sources.items())]
    sums = os.path.join(out, 'fonts.sha256')
    if '--check' in sys.argv[1:]:
        with open(sums, encoding='utf-8') as f:
            if f.read() != ''.join(lines):
                sys.exit('fonts.sha256 does not say what fonts.py makes of these packages')
        for name, data in files.items():
            with open(os.path.join(out, name), 'rb') as f:
                if f.read() != data:
                    sys.exit(f'{name} is not what fonts.py makes')
        print(f'{len(files)} fonts are as fonts.py makes them')
        return
    os.makedirs(out, exist_ok=True)
    for name, data in files.items():
        with open(os.path.join(out, name), 'wb') as f:
            f.write(data)
        print(f'{len(data):7,} {name}')
    with open(sums, 'w', encoding='utf-8') as f:
        f.writelines(lines)


main()
