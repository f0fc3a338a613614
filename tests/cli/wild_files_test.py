"""Files as people have them: texts in other spellings and layouts, word-by-word and tajweed files, tables that a spreadsheet
program saved, the morphology's fork in Arabic script, folders of translations; and what an import says before it does it."""
import bz2
import gzip
import lzma
import os
import re
import shutil
import unittest
import urllib.parse

from tests.cli import public_files as made
from tests.cli.public_import_test import Case, counts, lines, replaced
from tests.compat import server

NBSP, HAIR, THIN, NARROW = '\u00a0', '\u200a', '\u2009', '\u202f'
DIGITS = {ord(str(d)): chr(0x660 + d) for d in range(10)}


def texts(change):
    """The numbered text with `change` made to each verse's text."""
    return ['%d|%d|%s' % (s, a, change(s, a, made.text_of(s, a))) for s, a in made.verses()]


def complex_basmala(verse):
    return verse.replace(made.BASMALA, 'بِسۡمِ ٱللَّهِ ٱلرَّحۡمَٰنِ ٱلرَّحِيمِ')


class Texts(Case):
    def imported_verses(self, text, **more):
        self.imported(*self.options(text, **more))
        return self.verses()

    def test_words_are_told_apart_in_every_layout(self):
        """White space of any kind, marks of direction, verse numbers: the words and the basmala are the same."""
        plain = self.imported_verses(made.numbered(), morphology=made.morphology())
        for name, change in {
                'no-break spaces': lambda s, a, t: t.replace(' ', NBSP),
                'narrow spaces': lambda s, a, t: t.replace(' ', NARROW + ' '),
                'two spaces and tabs': lambda s, a, t: '\t' + t.replace(' ', '  ') + ' \t',
                'marks of direction': lambda s, a, t: '\u200f' + t.replace(' ', '\u200e '),
                'numbers': lambda s, a, t: '%s %d' % (t, a),
                'numbers in brackets': lambda s, a, t: '%s ﴿%s﴾' % (t, str(a).translate(DIGITS)),
                'numbers after a sign': lambda s, a, t: '%s\u06dd%s' % (t, str(a).translate(DIGITS)),
                'numbers before': lambda s, a, t: '(%d) %s' % (a, t),
                'another encoding': lambda s, a, t: complex_basmala(t).replace('\u0652', '\u06e1'),
                'one ligature': lambda s, a, t: t.replace(made.BASMALA + ' ', '﷽ '),
        }.items():
            with self.subTest(name):
                verses = self.imported_verses(texts(change), morphology=made.morphology())
                self.assertEqual([len(v['tokens']) for v in verses], [len(v['tokens']) for v in plain])
                self.assertEqual(['bismillah' in v for v in verses], ['bismillah' in v for v in plain])
                for verse in verses:
                    for token in verse['tokens']:
                        self.assertIn(token['form'], verse['text'])

    def test_a_space_that_carries_a_sign_is_within_the_word(self):
        verses = self.imported_verses(texts(lambda s, a, t: t.replace('صَلَوٰة', 'صَلَوَ' + HAIR + 'ٰة')))
        words = [t['form'] for v in verses for t in v['tokens']]
        self.assertTrue([w for w in words if HAIR in w])
        self.assertFalse([w for w in words if w.startswith('ٰ')])

    def test_plain_lines_may_have_empty_ones_between(self):
        whole = ['كتاب'] * 6236
        for content in (whole[:7] + [''] + whole[7:], ['', ''] + whole + [''], [line for w in whole for line in (w, '')]):
            done = self.imported(*self.options(content))
            self.assertEqual(counts(done)['verses'], 6236)

    def test_translations_in_plain_lines_may_lack_verses(self):
        whole = ['كتاب'] * 6236
        english = ['word %d' % i for i in range(6236)]
        english[1] = english[300] = ''
        done = self.imported(*self.options(whole), '--translation', 'en=' + self.file('en.txt', english))
        self.assertEqual(counts(done)['translations'], 6234)

    def test_other_spellings_are_the_same_words(self):
        for name, changes in {
                'modern': {'كِتَٰب': 'كتاب', 'صَلَوٰةٌۭ': 'صلاة', 'بُشْرَى': 'بشرى', 'وَشَمْس': 'وشمس'},
                'without vowels': {'كِتَٰب': 'كتب', 'رَبِّ': 'رب', 'بَعْدَ مَا': 'بعد ما'},
                'one word': {'بَعْدَ مَا': 'بعدما', 'صَلَوٰةٌۭ': 'صَلٰوةٌ'},
                'letters of Urdu': {'كِتَٰب': 'کِتٰب', 'بُشْرَى': 'بُشۡرٰی'},
                'presentation forms': {'كِتَٰب': 'ﻛﺘﺎﺏ'},
        }.items():
            with self.subTest(name):
                text = made.numbered()
                for old, new in changes.items():
                    text = [line.replace(old, new) for line in text]
                done = self.imported(*self.options(text, made.morphology()))
                self.assertNotIn('spelt', done.stderr)
                self.assertEqual(counts(done)['words'], sum(len(made.words_of(s, a)) for s, a in made.verses()))

    def test_verses_that_differ_are_imported_and_named(self):
        """Other words, one more, two as one, at five places."""
        text = made.numbered()
        changes = {(1, 3): lambda t: t.replace(t.split(' ')[0], 'قلم', 1), (9, 4): lambda t: 'يا ' + t,
                   (108, 2): lambda t: t + ' هنا', (112, 4): lambda t: t.replace(t.split(' ')[-1], 'غيره')}
        named = set()
        for at, (place, line) in enumerate(zip(made.verses(), text)):
            if place in changes:
                surah, ayah, verse = line.split('|')
                text[at] = '%s|%s|%s' % (surah, ayah, changes[place](verse))
                named.add('%d:%d' % place)
        done = self.imported(*self.options(text, made.morphology()))
        said = re.search(r'words are spelt otherwise in the text than in the morphology: (.*)', done.stderr)[1]
        self.assertEqual({place.rpartition(':')[0] for place in said.split(', ')}, named)
        for verse in self.verses():
            self.assertEqual(' '.join(t['form'] for t in verse['tokens']), verse['text'])


class Refused(Case):
    def refuse(self, args, pattern):
        done = self.run_import(*args)
        self.assertEqual((done.returncode, done.stdout), (1, ''), done.stderr)
        self.assertRegex(done.stderr, pattern)
        self.assertEqual(os.listdir(self.databases), [])

    def test_files_that_are_no_text(self):
        good = made.numbered()
        whole = ['كتاب'] * 6236

        def third(line):
            return good[:2] + [line] + good[3:]
        cases = [
            # Word by word, with glosses and numbers.
            (['بِسْمِ|In (the) name|112|146|1$ٱللَّهِ|(of) Allah,|86|153|2$'] + whole[1:], 1, '"\\|"'),
            (['بِسْمِ$ٱللَّهِ$'] + whole[1:], 1, r'"\$"'),
            (['بِسْمِ 112 146 ٱللَّهِ'] + whole[1:], 1, 'the number 112'),
            (third('1|3|كِتَٰب|book|1'), 3, '"\\|"'),
            (third('1|3|كِتَٰب 2 قلم'), 3, 'the number 2'),
            # Tajweed, and other markup.
            (['بِسْمِ [h:1[ٱ]للَّهِ [h:2[ٱ][l[ل]رَّحْمَ'] + whole[1:], 1, r'"\["'),
            (third('1|3|كِتَٰب [h:9421[ٱ]لل'), 3, r'"\["'),
            (third('1|3|كِتَٰب <span class=end>٣</span>'), 3, '"<"'),
            (third('1|3|كِتَٰب &nbsp;قلم'), 3, '"&"'),
            (third('1|3|{كِتَٰب}'), 3, r'"\{"'),
            (third('1|3|كِتَٰب (book)'), 3, '"b"'),
            # Other layouts.
            (['1,1,"كتاب"'] + whole[1:], 1, '"""'),
            (whole[:1] + ['1\tكتاب'] + whole[2:], 2, 'the number 1'),
            (whole[:8] + ['{"surah": 2, "text": "كتاب"},'] + whole[9:], 9, 'has'),
            # Damaged.
            (third('1|3|كِت\ufffdب'), 3, 'has'),
            (third('1|3|كِت\x00ب'), 3, r'U\+0000'),
            (third('1|3'), 3, r'SURAH\|AYAH\|text'),
            (good[:7] + ['9|0|' + made.BASMALA] + good[7:], 8, 'verse 9:0 does not exist'),
            (good[:7] + ['108|0|' + made.BASMALA] + good[7:], 8, 'verse 108:0 does not exist'),
            (['1|0|' + made.BASMALA] + good, 1, 'verse 1:0 does not exist'),
            ([good[1], good[0]] + good[2:], 1, 'verse 1:2 where 1:1 is expected'),
        ]
        for content, line, pattern in cases:
            with self.subTest(pattern, line=line):
                self.refuse(self.options(content), r'text\.txt:%d: .*%s' % (line, pattern))
        self.refuse(self.options(' '.join(made.xml()).replace('كِتَٰب', 'كِتَٰب|', 1).encode()), r'text\.txt:1: .*"\|"')

    def test_a_control_character_in_any_file(self):
        self.refuse(self.options(morphology=[line.replace('\t', '\t\0', 1) if i == 2 else line for i, line in enumerate(made.morphology())]),
                    r'morphology\.txt:3: .*U\+0000')
        self.refuse(['--conllu', self.file('trees.conllu', ['1\tق\0ل\t_\tVERB\tV\t_\t0\troot\t_\tRef=112:1:1', ''])],
                    r'trees\.conllu:1: .*U\+0000')

    def test_byte_order_marks(self):
        """One at the beginning of a file is left out; no other is taken, in no file."""
        numbered = lines(made.numbered()).decode()
        for text in ('\ufeff\ufeff' + numbered, '\ufeff\ufeff' + lines(made.xml()).decode()):
            for content in (text.encode(), text.encode('utf-16-le')):
                self.refuse(self.options(content), r'text\.txt:1: begins with two byte order marks.*\n.*remove one')
        mark = '\ufeff'
        inner = r':%d: a byte order mark \(U\+FEFF\) within the text.*\n  remove it'
        self.refuse(self.options(numbered.replace('\n', '\n' + mark, 1).encode()), r'text\.txt' + inner % 2)
        self.refuse(self.options(texts(lambda s, a, t: t + mark if a == 2 else t)), r'text\.txt' + inner % 2)
        for written in (mark, '&#xFEFF;', '&#65279;'):
            xml = [line.replace('كِتَٰب', 'كِتَٰب' + written) for line in made.xml()]
            self.refuse(self.options(xml), r'text\.txt' + inner % (1 + [written in line for line in xml].index(True)))
        self.refuse(self.options(morphology=[made.morphology()[0] + mark] + made.morphology()[1:]), r'morphology\.txt' + inner % 1)
        for name, table in (('treebank', made.treebank()), ('masaq', made.masaq())):
            self.refuse(self.options(**{name: table[:4] + [table[4] + mark] + table[5:]}), name + r'\.csv' + inner % 5)
        self.refuse([*self.options(), '--translation', 'en=' + self.file('en.txt', made.translation('one' + mark))], r'en\.txt' + inner % 1)
        # An export, in which texts are as the corpus has them.
        self.imported('--conllu', self.file('trees.conllu', ['1\tق%sل\t_\tVERB\tV\t_\t0\troot\t_\tRef=112:1:1' % mark, '']))

    def test_tables_without_rows(self):
        for name, table in (('treebank', made.treebank()), ('masaq', made.masaq())):
            self.refuse(self.options(**{name: table[:1]}), name + r'\.csv: nothing after the header line; expected the rows of')

    def test_comments_are_kept_up_to_a_limit(self):
        notice = ['# ' + 'x' * 97] * 10400  # a little less than 1 MiB
        self.refuse(self.options(made.numbered() + notice * 2), r'text\.txt:\d+: more than 1 MiB of comments.*\n.*the notice')
        self.refuse([*self.options(), '--translation', 'en=' + self.file('en.txt', notice * 2 + made.translation())],
                    r'en\.txt:\d+: more than 1 MiB of comments')
        self.imported(*self.options(notice + made.numbered()))

    def test_tags_of_xml_have_a_limit(self):
        """Whatever --max-size is: on one line, over many, and where the end of a comment is missing."""
        xml = made.xml()
        row = next(i for i, line in enumerate(xml) if '<aya' in line)
        for long in ('x' * (1 << 20), 'x\n' * (1 << 20)):
            for line in ('<aya index="1" text="%s"/>' % long, '<!-- %s -->' % long, '<!-- ' + long):
                self.refuse([*self.options(xml[:row] + [line] + xml[row:]), '--max-size', '1GiB'],
                            r'text\.txt:%d: a tag or comment of more than 1 MiB begins here\n.*quotation mark' % (row + 1))

    def test_archives(self):
        for content, kind in ((gzip.compress(b'x'), 'a gzip file'), (bz2.compress(b'x'), 'a bzip2 file'), (lzma.compress(b'x'), 'an xz file'),
                              (b'PK\x03\x04x', 'a zip file'), (b'text.txt'.ljust(257, b'0') + b'ustar  x', 'a tar file')):
            with self.subTest(kind):
                self.refuse(self.options(content), 'this is %s; unpack it first' % kind)

    def test_line_ends_of_old_macs(self):
        self.refuse(self.options('\r'.join(made.numbered()).encode()), 'lines end in CR alone')

    def test_a_formula_that_was_replaced_everywhere(self):
        basmala = 'بسم الله الرحمن الرحيم'
        whole = [basmala] + ['كتاب'] * 6235
        at = sum(s for s in (7, 286, 200, 176, 120, 165, 206, 75, 129, 109, 123, 111, 43, 52, 99, 128, 111, 110, 98, 135, 112, 78,
                             118, 64, 77, 227)) + 29
        with_it = whole[:at] + ['انه من سليمان وانه ' + basmala] + whole[at + 1:]
        without = whole[:at] + ['انه من سليمان وانه'] + whole[at + 1:]
        self.imported(*self.options(with_it))
        shutil.rmtree(self.databases)
        os.mkdir(self.databases)
        self.refuse(self.options(without), r'text\.txt:%d: verse 27:30 lacks its basmala' % (at + 1))
        # With a morphology, whatever a verse lacks.
        good = made.numbered()
        for place in ((1, 1), (9, 9), (112, 4)):
            content = list(good)
            where = made.verses().index(place)
            content[where] = content[where].replace(made.words_of(*place)[0][0] + ' ', '', 1)
            with self.subTest(place):
                self.refuse(self.options(content, made.morphology()),
                            r'morphology\.txt:\d+: verse %d:%d has \d+ words here and \d+ in the text \(.*text\.txt:%d\), and they '
                            r'cannot be matched: the text lacks word ' % (*place, where + 1))

    def test_a_text_and_the_morphology_of_another(self):
        other = ['%d|%d|%s' % (s, a, ' '.join('قلم' for _ in made.words_of(s, a))) for s, a in made.verses()]
        self.refuse(self.options(other, made.morphology()), r'morphology\.txt: .* words are other words in the text')

    def test_translations(self):
        good = made.translation()
        for bad, pattern in (('1|3|In|the', '"\\|"'), ('1|3|a <sup foot_note=7>1</sup>', '"<"'), ('1|3|[h:1[a]', r'"\["'),
                             ('1|3|a&nbsp;b', '"&"'), ('1|3|a\x02b', 'control')):
            with self.subTest(bad):
                content = good[:2] + [bad] + good[3:]
                self.refuse(self.options() + ['--translation', 'en=' + self.file('en.txt', content)], r'en\.txt:3: .*' + pattern)
        # Out of order: two neighbours, two surahs, one at the end, the first.
        for order, line in ((good[:9] + [good[10], good[9]] + good[11:], 10), (good[7:] + good[:7], len(good) - 6),
                            (good[:2] + good[3:] + [good[2]], 3),
                            ([good[1], good[0]] + good[2:], 1)):
            self.refuse(self.options() + ['--translation', 'en=' + self.file('en.txt', order)], r'en\.txt:%d: ' % line)


class Tables(Case):
    def rows(self):
        with server.Server('--db', self.database) as s:
            return s.json('/api/morphology/112/4')['morphology']

    def test_masaq_as_spreadsheet_programs_save_it(self):
        table = [line.replace('Morph_Tag', 'Morph_tag') for line in made.masaq()]
        self.imported(*self.options(masaq=table))
        expected = self.rows()
        columns = table[0].count(',') + 1
        semicolons = [line.replace('"NOM, so"', '\0').replace(',', ';').replace('\0', '"NOM, so"') for line in table]
        tabs = [line.replace(';', '\t') for line in semicolons]
        for name, content in {
                'semicolons': semicolons, 'tabs': tabs,
                'lower case': [table[0].lower()] + table[1:], 'upper case': [table[0].upper()] + table[1:],
                'empty rows at the end': table + [',' * (columns - 1)] * 3 + [''],
                'an empty row between': table[:3] + [',' * (columns - 1)] + table[3:],
                'all of it': [semicolons[0].lower()] + semicolons[1:] + [';' * (columns - 1)],
                'with a mark, CRLF': b'\xef\xbb\xbf' + lines(semicolons, '\r\n'),
                'UTF-16': '\n'.join(tabs).encode('utf-16'),
        }.items():
            with self.subTest(name):
                self.imported(*self.options(masaq=content))
                self.assertEqual(self.rows(), expected)

    def test_a_treebank_with_commas(self):
        table = made.treebank()
        self.imported(*self.options(treebank=table))
        for content in ([line.replace('\t', ',') for line in table], [table[0].upper()] + table[1:],
                        [line.replace('\t', ';') for line in table] + [';;;;;']):
            done = self.imported(*self.options(treebank=content))
            self.assertRegex(done.stdout, r'%d  treebank rows' % (len(table) - 1))

    def test_what_is_expected_is_said(self):
        table = made.masaq()
        for header, pattern in ((table[0].replace(',', ':'), r'no column "Sura_No".*comma or semicolon or tab'),
                                (table[0].replace('Word_No', 'Word'), 'no column "Word_No"')):
            done = self.run_import(*self.options(masaq=[header] + table[1:]))
            self.assertEqual(done.returncode, 1)
            self.assertRegex(done.stderr, r'masaq\.csv:1: ' + pattern)


ARABIC = {latin: chr(code) for latin, code in zip(
    "'>&<}AbptvjHxd*rzs$SDTZEg_fqklmnhwYyFNKaui~o^#`{",
    [*range(0x621, 0x622), 0x623, 0x624, 0x625, 0x626, *range(0x627, 0x63B), *range(0x640, 0x655), 0x670, 0x671])}


def arabic(latin):
    return ''.join(ARABIC.get(c, c) for c in latin)


class Fork(Case):
    """github.com/mustafa0x/quran-morphology: version 0.4 in Arabic letters, and what became of it."""

    def columns(self, text, morphology):
        self.imported(*self.options(text, morphology))
        return [[(s['form'], s['type'], s['pos'], s['root'], s['lemma'], s['features']) for t in v['tokens'] for s in t['segments']]
                for v in self.verses()]

    def test_version_0_4_in_arabic_letters(self):
        out = []
        for line in made.morphology():
            if line.startswith('('):
                place, form, tag, features = line.split('\t')
                features = re.sub('(ROOT|LEM):([^|]+)', lambda m: m[1] + ':' + arabic(m[2]), features)
                line = '\t'.join([place[1:-1], 'ـ' if form == '_' else arabic(form), tag,
                                  features.replace('w:CONJ+', 'و:CONJ+')])
            out.append(line)
        self.assertEqual(self.columns(made.numbered(), out), self.columns(made.numbered(), made.morphology()))

    TEXT = ['112|1|كَفَرُوا۟ ذَٰلِكَ بِٱلْكِتَـٰبِ', '112|2|لَا مُتَّقِينَ ٱلرَّحِيمِ وَيُضْرَبُونَ', '112|3|إِنَّهُمْ كَانُوا۟ أَفَلَا', '112|4|ءَامَنَ رَبِّ']
    LINES = '''1:1:1\tكَفَرُ\tV\tPERF|VF:1|ROOT:كفر|LEM:كَفَرَ|3MP
1:1:2\tوا۟\tN\tPRON|SUFF|3MP
1:2:1\tذَٰ\tN\tDEM|LEM:ذا|MS
1:2:2\tلِ\tP\tDIST|SUFF|LEM:ل
1:2:3\tكَ\tP\tADDR|SUFF|M
1:3:1\tبِ\tP\tP|PREF|LEM:ب
1:3:2\tٱلْ\tP\tDET|PREF|LEM:ال
1:3:3\tكِتَـٰبِ\tN\tROOT:كتب|LEM:كِتاب|M|GEN
2:1:1\tلَا\tP\tNEG|LEM:لا|FAM:إِنّ
2:2:1\tمُتَّقِينَ\tN\tACT_PCPL|VF:8|ROOT:وقي|LEM:مُتَّقي|MP|GEN
2:3:1\tٱل\tP\tDET|PREF|LEM:ال
2:3:2\tرَّحِيمِ\tN\tROOT:رحم|LEM:رَحِيم|MS|GEN|ADJ
2:4:1\tوَ\tP\tCIRC|PREF|LEM:و
2:4:2\tيُضْرَبُ\tV\tIMPF|VF:1|PASS|ROOT:ضرب|LEM:ضَرَبَ|3MP|MOOD:IND
2:4:3\tونَ\tN\tPRON|SUFF|3MP
3:1:1\tإِنَّ\tP\tACC|LEM:إِنّ|FAM:إِنّ
3:1:2\tهُمْ\tN\tPRON|SUFF|3MP
3:2:1\tكَانُ\tV\tPERF|VF:1|FAM:كان|ROOT:كون|LEM:كانَ|3MP
3:2:2\tوا۟\tN\tPRON|SUFF|3MP
3:3:1\tأَ\tP\tINTG|PREF|LEM:أ
3:3:2\tفَ\tP\tREM|PREF|LEM:ف
3:3:3\tلَا\tP\tNEG|LEM:لا
4:1:1\tءَامَنَ\tV\tPERF|VF:4|ROOT:أمن|LEM:آمَنَ|3MS
4:2:1\tرَبِّ\tN\tROOT:ربب|LEM:رَبّ|M|GEN
4:2:2\t\tN\tPRON|SUFF|1S'''

    def test_the_fork(self):
        done = self.imported(*self.options(self.TEXT, ['112:' + line for line in self.LINES.splitlines()]))
        self.assertRegex(done.stderr, r'2 segments have a feature that is not known, the first "POS:DIST"')
        self.assertNotIn('spelt', done.stderr)
        features = [s['features'] for v in self.verses() for t in v['tokens'] for s in t['segments']]
        self.assertEqual(features, [
            'STEM|POS:V|PERF|(I)|LEM:kafara|ROOT:kfr|3MP', 'SUFFIX|PRON:3MP',
            'STEM|POS:DEM|LEM:*A|MS', 'SUFFIX|POS:DIST|LEM:l', 'SUFFIX|POS:ADDR|M',
            'PREFIX|bi+', 'PREFIX|Al+', 'STEM|POS:N|LEM:kitAb|ROOT:ktb|M|GEN',
            'STEM|POS:NEG|LEM:lA|SP:<in~', 'STEM|POS:N|ACT|PCPL|(VIII)|LEM:mut~aqy|ROOT:wqy|MP|GEN',
            'PREFIX|Al+', 'STEM|POS:ADJ|LEM:raHiym|ROOT:rHm|MS|GEN',
            'PREFIX|w:CIRC+', 'STEM|POS:V|IMPF|PASS|(I)|LEM:Daraba|ROOT:Drb|3MP|MOOD:IND', 'SUFFIX|PRON:3MP',
            'STEM|POS:ACC|LEM:<in~|SP:<in~', 'SUFFIX|PRON:3MP',
            'STEM|POS:V|PERF|(I)|LEM:kAna|ROOT:kwn|SP:kaAn|3MP', 'SUFFIX|PRON:3MP',
            'PREFIX|A:INTG+', 'PREFIX|f:REM+', 'STEM|POS:NEG|LEM:lA',
            "STEM|POS:V|PERF|(IV)|LEM:'aAmana|ROOT:Amn|3MS", 'STEM|POS:N|LEM:rab~|ROOT:rbb|M|GEN', 'SUFFIX|PRON:1S'])
        forms = [s['form'] for s in self.verses()[3]['tokens'][1]['segments']]
        self.assertEqual(forms, ['رَبِّ', None])
        with server.Server('--db', self.database) as s:
            for query, hits in (('[pos="V" & form="IV"]', 1), ('[pos="ADJ"]', 1), ('[voice="PASS"]', 1), ('[root="ktb"]', 1), ('[root="امن"]', 1)):
                self.assertEqual(s.json('/api/v1/query?q=' + urllib.parse.quote(query))['hits'], hits, query)

    def test_roots_have_the_letters_of_version_0_4(self):
        """Whatever the seat of a hamza, version 0.4 writes it as alif."""
        text = ['112|1|إِلَٰهِ سَأَلَ', '112|2|جَآءَ بَرِئَ', '112|3|تَبَوَّءُو', '112|4|مَـَٔابِ']
        lines = """1:1:1\tإِلَٰهِ\tN\tROOT:أله|LEM:إِلَٰه|MS|GEN
1:2:1\tسَأَلَ\tV\tPERF|VF:1|ROOT:سأل|LEM:سَأَلَ|3MS|
2:1:1\tجَآءَ\tV\tPERF|VF:1|ROOT:جيأ|LEM:جاءَ|3MS
2:2:1\tبَرِئَ\tV\tPERF|VF:1|ROOT:برئ|LEM:بَرِئَ|3MS
3:1:1\tتَبَوَّءُو\tV\tPERF|VF:5|ROOT:بوء|LEM:تَبَوَّءَ|3MP
4:1:1\tمَـَٔابِ\tN\tROOT:آوب|LEM:مَآب|M|GEN"""
        done = self.imported(*self.options(text, ['112:' + line for line in lines.splitlines()]))
        self.assertNotIn('feature', done.stderr)
        self.assertEqual([s['root'] for v in self.verses() for t in v['tokens'] for s in t['segments']],
                         ['Alh', 'sAl', 'jyA', 'brA', 'bwA', 'Awb'])

    def test_the_line_at_fault_is_named(self):
        good = ['112:' + line for line in self.LINES.splitlines()]
        for place, moved, line, pattern in ((6, '115:1:1:1', 7, r'verse 115:1 does not exist in the Quran'),
                                            (6, '112:9:1:1', 7, r'verse 112:9 does not exist'),
                                            (6, '112:2:1:1', 7, r'segment \(112:2:1:1\) between \(112:1:3:1\) and \(112:1:3:3\)'),
                                            (11, '112:3:1:1', 12, r'segment \(112:3:1:1\) between'),
                                            (6, '112:1:1:9', 7, r'segment \(112:1:1:9\) after \(112:1:3:1\)')):
            bad = good[:place] + [moved + '\t' + good[place].split('\t', 1)[1]] + good[place + 1:]
            done = self.run_import(*self.options(self.TEXT, bad))
            self.assertEqual(done.returncode, 1, moved)
            self.assertRegex(done.stderr, r'morphology\.txt:%d: %s' % (line, pattern))

    def test_damaged_lines(self):
        good = ['112:' + line for line in self.LINES.splitlines()]
        for bad, line, pattern in ((good[:3] + ['112:1:2:2\tلِ\tP'], 4, '3 columns between tabs'),
                                   (good[:3] + ['112:1:x:2\tلِ\tP\tDIST|SUFF'], 4, 'not a location'),
                                   (good[:3] + ['(112:1:2:2\tلِ\tP\tDIST|SUFF'], 4, 'not a location'),
                                   (good[:3] + good[4:], 4, r'expected \(112:1:2:2')):
            done = self.run_import(*self.options(self.TEXT, bad))
            self.assertEqual(done.returncode, 1)
            self.assertRegex(done.stderr, r'morphology\.txt:%d: .*%s' % (line, pattern))


class Folders(Case):
    def folder(self, **files):
        folder = os.path.join(self.place, 'translations')
        shutil.rmtree(folder, ignore_errors=True)
        os.mkdir(folder)
        for name, content in files.items():
            self.file(os.path.join('translations', name), content)
        return folder

    def test_all_translations_of_a_folder(self):
        folder = self.folder(**{'en.sahih.txt': made.translation('S'), 'en.arberry.txt': made.translation('A'),
                                'ur.jalandhry.xml': [re.sub(r'text=".*?"', 'text="x"', line) for line in made.xml()], 'zh-Hans.txt': made.translation('Z'), '.hidden': ['x']})
        os.mkdir(os.path.join(folder, 'more'))
        done = self.imported(*self.options(), '--translations', folder)
        self.assertEqual(counts(done)['translations'], 4 * len(made.verses()))
        with server.Server('--db', self.database) as s:
            self.assertEqual([(d['id'], d['source']) for d in s.json('/api/translations/112:4')],
                             [('tr-en', 'en.arberry.txt'), ('tr-en-2', 'en.sahih.txt'), ('tr-ur', 'ur.jalandhry.xml'),
                              ('tr-zh-Hans', 'zh-Hans.txt')])

    def test_the_language_of_a_file_that_does_not_name_it(self):
        notice = ['#', '#  Quran Translation', '#  Name: Saheeh International', '#  Language: English', '#  ID: en.sahih', '#']
        folder = self.folder(**{'sahih.txt': made.translation('S') + notice, 'fr.b.txt': made.translation('B') + notice,
                                'ckb.txt': made.translation('K')})
        done = self.imported('--check', *self.options(), '--translations', folder)
        verses = len(made.verses())
        for name, language in (('sahih.txt', 'en'), ('fr.b.txt', 'fr'), ('ckb.txt', 'ckb')):
            self.assertRegex(done.stdout, r'(?m)^ +%d +of them in %s, in the language "%s"$' % (verses, name, language))
        self.assertIn('sahih.txt: taken as a translation into "en", as the file says', done.stderr)
        self.assertIn('fr.b.txt: imported as a translation into "fr", but the file says that it is into "en"', done.stderr)
        for language in ('english', 'toolonglanguage', 'xx-yy-zz-aaaaaaaaaaaaaaaaaaaaaa', 'x', 'en-', 'e1', '12'):
            done = self.run_import(*self.options(), '--translation', '%s=%s/sahih.txt' % (language, folder))
            self.assertEqual(done.returncode, 1, language)
            self.assertIn('LANG is a language tag such as en', done.stderr)

    def test_a_translation_given_twice(self):
        folder = self.folder(**{'en.a.txt': made.translation('A'), 'en.b.xml': made.xml(False)})
        a = os.path.join(folder, 'en.a.txt')
        same = self.file('same.txt', made.translation('A') + ['# other comments'])
        for args, pattern in ((['--translation', 'en=' + a, '--translation', 'en=' + a], 'the translation en.a.txt is given twice'),
                              (['--translation', 'en=' + a, '--translation', 'fr=' + same],
                               'the translations en.a.txt and same.txt have the same texts'),
                              (['--translations', folder], r'en\.b\.xml: this is the text of the Quran in Arabic, not a translation')):
            done = self.run_import(*self.options(), *args)
            self.assertEqual((done.returncode, done.stdout), (1, ''))
            self.assertRegex(done.stderr, pattern)
        os.remove(os.path.join(folder, 'en.b.xml'))
        done = self.run_import(*self.options(), '--translations', folder, '--translation', 'en=' + a)
        self.assertEqual(done.returncode, 1)
        self.assertIn('en.a.txt is given twice', done.stderr)

    def test_what_is_refused(self):
        for files, pattern in (({'README': ['x']}, 'README: the name does not say the language'), ({}, 'has no translation'),
                               ({'1.txt': ['x']}, '1.txt'),
                               ({'sahih.txt': made.translation()}, 'sahih.txt: the name does not say the language'), ({'en.sahih.csv': ['x']}, 'does not say'),
                               ({'en.a.txt': made.translation()[:-1]}, r'en\.a\.txt:\d+: surah 112 ends')):
            done = self.run_import(*self.options(), '--translations', self.folder(**files))
            self.assertEqual(done.returncode, 1)
            self.assertRegex(done.stderr, pattern)
        done = self.run_import(*self.options(), '--translations', os.path.join(self.place, 'nowhere'))
        self.assertEqual(done.returncode, 1)
        self.assertIn('nowhere', done.stderr)


class Check(Case):
    def test_it_says_what_it_would_do_and_changes_nothing(self):
        args = self.options(morphology=made.morphology(), masaq=made.masaq())
        done = self.imported('--check', *args)
        self.assertTrue(done.stdout.startswith('An import would make %s:\n' % self.database))
        self.assertIn('Nothing was changed.', done.stdout)
        self.assertIn('the text has 4 of the 114 surahs', done.stderr)
        self.assertEqual(os.listdir(self.databases), [])
        said = counts(done)
        self.assertEqual(said, counts(self.imported(*args)))
        before = self.state()
        done = self.imported('--check', *args)
        self.assertIn('would replace the database', done.stdout)
        self.assertEqual(self.state(), before)

    def test_it_refuses_what_an_import_would_refuse(self):
        bad, line = replaced(made.numbered(), made.numbered()[4], '1|5|<b>')
        for contents, pattern in (([bad], r'text\.txt:%d: ' % line), ([made.numbered(), made.morphology()[:-9]], 'cut off'),
                                  ([['text']], 'text')):
            done = self.run_import('--check', *self.options(*contents))
            self.assertEqual((done.returncode, done.stdout), (1, ''))
            self.assertRegex(done.stderr, pattern)
            self.assertEqual(os.listdir(self.databases), [])

    def test_research_is_in_the_way(self):
        args = self.options()
        self.imported(*args)
        with server.Server('--db', self.database) as s:
            self.assertEqual(s.post('/api/annotations/1/2', {'note': 'x'}).status, 200)
        before = self.state()
        done = self.run_import('--check', *args)
        self.assertEqual(done.returncode, 1)
        self.assertIn('holds research', done.stderr)
        done = self.imported('--check', '--replace', *args)
        self.assertIn('a backup of it would be kept', done.stdout)
        self.assertEqual(self.state(), before)

    def test_beside_those_that_have_it_open(self):
        args = self.options()
        self.imported(*args)
        with server.Server('--db', self.database) as s:
            self.assertEqual(s.post('/api/annotations/1/2', {'note': 'x'}).status, 200)
            done = self.imported('--check', '--replace', *args)
            for part in ('would replace the database', 'a backup of it would be kept', 'has it open: end that before the import', 'Nothing was changed'):
                self.assertIn(part, done.stdout)
            self.assertIn('holds research', self.run_import('--check', *args).stderr)
            self.assertIn('is in use', self.run_import('--replace', *args).stderr)
            self.assertEqual(len(s.json('/api/annotations/1/2')), 1)
        done = self.imported('--check', '--replace', *args)
        self.assertNotIn('has it open', done.stdout)

    def test_of_every_source(self):
        for args in (['--starter'], ['--legacy', server.fixture_folder()]):
            done = self.imported('--check', *args)
            self.assertIn('Nothing was changed.', done.stdout)
            self.assertEqual(os.listdir(self.databases), [])


if __name__ == '__main__':
    unittest.main()
