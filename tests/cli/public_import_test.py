"""kalima import --text: the layouts it reads, the verses it makes of them, what it refuses, and that a failed import changes
nothing."""
import collections
import hashlib
import os
import re
import resource
import shutil
import tempfile
import time
import unittest

from tests.cli import public_files as made
from tests.compat import server

def lines(content, end='\n'):
    return ''.join(line + end for line in content).encode()


class Case(unittest.TestCase):
    def setUp(self):
        self.place = tempfile.mkdtemp(prefix='kalima-test-')
        self.addCleanup(shutil.rmtree, self.place, ignore_errors=True)
        self.databases = os.path.join(self.place, 'databases')
        os.mkdir(self.databases)
        self.database = os.path.join(self.databases, 'quran.db')

    def file(self, name, content):
        path = os.path.join(self.place, name)
        with open(path, 'wb') as f:
            f.write(content if isinstance(content, bytes) else lines(content))
        return path

    def options(self, text=None, morphology=None, **more):
        """The command line for these contents; what is None is left out."""
        args = ['--text', self.file('text.txt', made.numbered() if text is None else text)]
        if morphology is not None:
            args += ['--morphology', self.file('morphology.txt', morphology)]
        for name, content in more.items():
            args += ['--' + name, self.file(name + '.csv', content)]
        return args

    def run_import(self, *args):
        return server.run('import', *args, '--db', self.database)

    def imported(self, *args):
        done = self.run_import(*args)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def verses(self):
        with server.Server('--db', self.database) as s:
            return s.json('/api/verses?limit=10000')['verses']

    def state(self):
        """Every file of the databases' folder with a digest of its content."""
        out = {}
        for folder, _, names in os.walk(self.databases):
            for name in names:
                with open(os.path.join(folder, name), 'rb') as f:
                    out[os.path.relpath(os.path.join(folder, name), self.databases)] = hashlib.sha256(f.read()).hexdigest()
        return out


def counts(done):
    found = [re.match(r'\s*([\d,]+)  (\w+)', line) for line in done.stdout.splitlines()]
    return {m[2]: int(m[1].replace(',', '')) for m in found if m}


def expected_verse(surah, ayah, name, morphology):
    tokens = []
    for i, (form, segments) in enumerate(made.words_of(surah, ayah), 1):
        token = {'id': i, 'form': form, 'segments': []}
        for j, (latin, tag, features) in enumerate(segments if morphology else [], 1):
            parts = dict(part.split(':', 1) for part in features.split('|') if ':' in part)
            token['segments'].append({'id': '%d.%d' % (i, j), 'type': features.split('|')[0].lower(), 'pos': parts.get('POS', tag),
                                      'root': parts.get('ROOT'), 'lemma': parts.get('LEM'), 'features': features})
        tokens.append(token)
    verse = {'surah': {'number': surah, 'name': name}, 'ayah': ayah, 'text': made.text_of(surah, ayah, False), 'tokens': tokens,
             'annotations': []}
    if ayah == 1 and surah not in (1, 9):
        verse['bismillah'] = made.BASMALA
    return verse


NAMES = {1: 'الفاتحة', 9: 'التوبة', 108: 'الكوثر', 112: 'الإخلاص'}


class Layouts(Case):
    def test_all_layouts_give_the_same_verses(self):
        comments = ['', '#=====', '# A notice of the makers', '#=====']
        variants = {
            'numbered': made.numbered(),
            'comments': made.numbered() + comments,
            'comments first': ['# first', ''] + made.numbered(),
            'no last line end': lines(made.numbered())[:-1],
            'CRLF': lines(made.numbered(), '\r\n'),
            'byte order mark': b'\xef\xbb\xbf' + lines(made.numbered()),
            'UTF-16': lines(made.numbered()).decode().encode('utf-16'),
            'XML': made.xml(),
            'XML without line ends': ' '.join(made.xml()).encode(),
            'XML with references': ' '.join(made.xml()).replace('ك', '&#x643;').replace('ش', '&#1588;').encode(),
        }
        expected = [expected_verse(s, a, NAMES[s], False) for s, a in made.verses()]
        for name, content in variants.items():
            with self.subTest(name):
                self.imported(*self.options(content))
                verses = self.verses()
                for verse in verses:
                    for token in verse['tokens']:
                        self.assertEqual(token['segments'], [])
                # Without the morphology the two words of the text stay two.
                self.assertEqual([{**v, 'tokens': None} for v in verses], [{**v, 'tokens': None} for v in expected])
                for verse in verses:
                    self.assertEqual([t['form'] for t in verse['tokens']], verse['text'].split(' '))

    def test_a_text_may_have_no_basmalas(self):
        for content in (made.xml(False), made.numbered(False)):
            self.imported(*self.options(content))
            for verse in self.verses():
                self.assertNotIn('bismillah', verse)
                self.assertEqual(verse['text'], made.text_of(verse['surah']['number'], verse['ayah'], False))

    def test_plain_lines_are_placed_by_the_counts_of_the_surahs(self):
        plain = ['كِتَٰب' + 'ب' * (i % 89) for i in range(6236)]
        done = self.imported(*self.options(plain + ['', '# notice']))
        self.assertEqual(done.stderr, '')
        self.assertEqual({k: counts(done)[k] for k in ('surahs', 'verses', 'words', 'segments')},
                         {'surahs': 114, 'verses': 6236, 'words': 6236, 'segments': 0})
        with server.Server('--db', self.database) as s:
            for index, place in ((0, '1/1'), (7, '2/1'), (292, '2/286'), (293, '3/1'), (6235, '114/6')):
                self.assertEqual(s.json('/api/verse/' + place)['text'], plain[index])
            self.assertEqual(s.json('/api/surahs')[113], {'number': 114, 'name': 'الناس', 'ayah_count': 6})

    def test_part_of_the_quran_is_said_to_be_one(self):
        done = self.imported(*self.options())
        self.assertIn('warning: the text has 4 of the 114 surahs', done.stderr)


class Verses(Case):
    def test_words_have_their_segments(self):
        done = self.imported(*self.options(morphology=made.morphology()))
        self.assertNotIn('spelt', done.stderr)
        words = [word for s, a in made.verses() for word in made.words_of(s, a)]
        self.assertEqual(counts(done)['words'], len(words))
        self.assertEqual(counts(done)['segments'], sum(len(segments) for _, segments in words))
        forms = {}
        verses = self.verses()
        for verse in verses:
            for token, (_, segments) in zip(verse['tokens'], made.words_of(verse['surah']['number'], verse['ayah'])):
                for segment, (latin, _, _) in zip(token['segments'], segments):
                    forms[latin] = segment.pop('form')
        self.assertEqual(verses, [expected_verse(s, a, NAMES[s], True) for s, a in made.verses()])
        # Forms of segments are Arabic, as the file spells them; a segment that is not written has none.
        self.assertEqual({latin: forms[latin] for latin in ('_', 'wa', '$amos', 'kita`b', 'bu$oraY', 'Salaw`pN')},
                         {'_': None, 'wa': 'وَ', '$amos': 'شَمْس', 'kita`b': 'كِتَٰب', 'bu$oraY': 'بُشْرَى',
                          'Salaw`pN': 'صَلَوٰةٌ'})
        with server.Server('--db', self.database) as s:
            self.assertEqual(s.json('/api/roots'), ['$ms', 'Slw', 'b$r', 'bEd', 'ktb', 'rbb'])
            self.assertGreater(s.json('/api/search/roots?root=%24ms')['count'], 0)

    def test_signs_that_stand_alone_belong_to_the_word_before(self):
        text = made.numbered()
        place = text.index('112|4|' + made.text_of(112, 4))
        words = made.text_of(112, 4).split(' ')
        text[place] = '112|4|۞ ' + words[0] + ' ۖ ۗ ' + ' '.join(words[1:]) + ' ۩'
        done = self.imported(*self.options(text, made.morphology()))
        self.assertNotIn('spelt', done.stderr)
        verse = self.verses()[-1]
        forms = [token['form'] for token in verse['tokens']]
        self.assertEqual(forms[0], '۞ ' + words[0] + ' ۖ ۗ')
        self.assertTrue(forms[-1].endswith(' ۩'))
        self.assertEqual(len(forms), len(made.words_of(112, 4)))
        self.assertEqual(' '.join(forms), verse['text'])

    def test_words_that_differ_are_named(self):
        text = [line.replace('كِتَٰب', 'كِتَٰد') if line.startswith('1|') else line for line in made.numbered()]
        places = ['1:%d:%d' % (a, w) for a in range(2, 8) for w, word in enumerate(made.words_of(1, a), 1) if word is made.BOOK]
        self.assertTrue(places)
        done = self.imported(*self.options(text, made.morphology()))
        self.assertIn('warning: %d word%s spelt otherwise in the text than in the morphology: %s\n'
                      % (len(places), ' is' if len(places) == 1 else 's are', ', '.join(places)), done.stderr)

    def test_the_tag_is_the_part_of_speech_of_the_columns(self):
        """The old API has what the features say; the columns have TAG, also where that is another one."""
        self.imported(*self.options(morphology=made.morphology()))
        expected = collections.Counter(tag for s, a in made.verses() for _, segments in made.words_of(s, a)
                                       for _, tag, _ in segments)
        with server.Server('--db', self.database) as s:
            found = {v['value']: v['segments'] for v in s.json('/api/v1/attributes?name=pos')['values']}
        self.assertEqual(found, dict(expected))

    def test_unknown_features_are_named(self):
        morphology = made.morphology()
        at = [i for i, line in enumerate(morphology) if 'ROOT:ktb' in line]
        for i in at[:2]:
            morphology[i] += '|HUH'
        done = self.imported(*self.options(morphology=morphology))
        self.assertRegex(done.stderr, r'warning: 2 segments have a feature that is not known, the first "HUH" at '
                                      r'.*morphology\.txt:%d\n' % (at[0] + 1))
        self.assertNotIn('not known', self.imported('--replace', *self.options(morphology=made.morphology())).stderr)

    def test_tables_go_in(self):
        with_all = self.options(morphology=made.morphology(), treebank=made.treebank(), masaq=made.masaq())
        words = sum(len(made.words_of(s, a)) for s, a in made.verses())
        done = self.imported(*with_all)
        self.assertRegex(done.stdout, r'%d  treebank rows, of %d verses' % (words, len(made.verses())))
        self.assertRegex(done.stdout, r'%d  MASAQ rows, of %d verses' % (words, len(made.verses())))
        with server.Server('--db', self.database) as s:
            self.assertEqual(len(s.json('/api/dependency/112/4')['dependency_tree']), len(made.words_of(112, 4)))
            self.assertEqual(s.json('/api/morphology/112/4')['morphology'][0]['Case_Mood'], 'NOM, so')
        self.assertEqual(server.run('check', '--db', self.database).returncode, 0)
        # Each of them is possible without the morphology.
        self.imported(*self.options(treebank=made.treebank()))
        self.imported(*self.options(masaq=made.masaq()))

    def test_translations(self):
        english = made.translation()
        english[1] = '1|2|'
        args = self.options() + ['--translation', 'en=' + self.file('en.one.txt', english + ['# notice']),
                                 '--translation', 'zh-Hans=' + self.file('zh=2.txt', made.translation('Z')),
                                 '--translation', 'en=' + self.file('en.two.txt', made.translation('Two & "2"'))]
        done = self.imported(*args)
        self.assertEqual(counts(done)['translations'], 3 * len(made.verses()) - 1)
        with server.Server('--db', self.database) as s:
            got = s.json('/api/translations/112:4')
            times = {document.pop('created_at') for document in got}
            self.assertEqual(got, [{'id': 'tr-en', 'language': 'en', 'source': 'en.one.txt', 'text': 'In English 112:4'},
                                   {'id': 'tr-zh-Hans', 'language': 'zh-Hans', 'source': 'zh=2.txt', 'text': 'Z 112:4'},
                                   {'id': 'tr-en-2', 'language': 'en', 'source': 'en.two.txt', 'text': 'Two & "2" 112:4'}])
            self.assertRegex(times.pop(), r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$')
            self.assertEqual([d['id'] for d in s.json('/api/translations/1:2')], ['tr-zh-Hans', 'tr-en-2'])
            self.assertEqual(s.json('/api/verse/112/4')['translations'], s.json('/api/translations/112:4'))
            self.assertEqual(s.delete('/api/translations/112:4/tr-en').status, 200)
            self.assertEqual([d['id'] for d in s.json('/api/translations/112:4')], ['tr-zh-Hans', 'tr-en-2'])

    def test_an_export_comes_back(self):
        self.imported(*self.options(made.numbered() + ['# Notice of the text'], made.morphology(), treebank=made.treebank(),
                                    masaq=made.masaq()),
                      '--translation', 'en=' + self.file('en.txt', made.translation()))
        before = self.verses()
        folder = os.path.join(self.place, 'export')
        self.assertEqual(server.run('export', '--legacy', folder, '--db', self.database).returncode, 0)
        with open(os.path.join(folder, 'datasets', 'corpus', 'metadata.json'), encoding='utf-8') as f:
            self.assertIn('# Notice of the text', f.read())
        self.imported('--legacy', folder)
        self.assertEqual(self.verses(), before)


def replaced(content, old, new):
    """The lines with one replaced, and its number."""
    at = content.index(old)
    return content[:at] + ([new] if isinstance(new, str) else new) + content[at + 1:], at + 1


class Refused(Case):
    def setUp(self):
        super().setUp()
        self.imported(*self.options(morphology=made.morphology()))
        self.before = self.state()

    def refuse(self, args, pattern):
        done = self.run_import(*args)
        self.assertEqual((done.returncode, done.stdout), (1, ''), done.stderr)
        self.assertRegex(done.stderr, pattern)
        self.assertEqual(self.state(), self.before)

    def refuse_text(self, content, line, pattern, **more):
        place = r'text\.txt%s: ' % ('' if line is None else ':%d' % line)
        self.refuse(self.options(content, **more), '^kalima: .*' + place + '.*' + pattern)

    def refuse_morphology(self, content, line, pattern):
        place = r'morphology\.txt%s: ' % (r'(:\d+)?' if line is None else ':%d' % line)
        self.refuse(self.options(morphology=content), '^kalima: .*' + place + '.*' + pattern)

    def test_texts(self):
        good = made.numbered()
        second, third = good[1], good[2]
        cases = [
            (b'', None, 'no verse'),
            (['# only', '', '# comments'], None, 'no verse'),
            (good[:5], 5, 'surah 1 ends with verse 5; expected its 7 verses. Is the file cut off'),
            (good[:-1], len(good) - 1, 'surah 112 ends with verse 3'),
            (good[:3] + ['1|4'], 4, r'expected SURAH\|AYAH\|text'),
            (good[:3] + ['1|x|كتب'], 4, r'expected SURAH\|AYAH\|text'),
            (good[:2] + [second] + good[2:], 3, 'verse 1:2 is in the file twice'),
            ([good[0], third, second] + good[3:], 2, 'verse 1:3 where 1:2 is expected'),
            (good[7:] + good[:7], len(good) - 6, '1:1 after 112:4; expected the verses in order'),
            (good + ['115|1|كتب'], len(good) + 1, 'verse 115:1 does not exist in the Quran'),
            (good + ['112|5|كتب'], len(good) + 1, 'verse 112:5 does not exist in the Quran'),
            (good + ['0|1|كتب'], len(good) + 1, 'verse 0:1 does not exist'),
            (good + ['99999999999|1|كتب'], len(good) + 1, 'expected SURAH'),
            (replaced(good, second, '1|2|latin')[0], 2, 'verse 1:2 has no Arabic letters'),
            (replaced(good, second, '1|2|')[0], 2, 'verse 1:2 has no Arabic letters'),
            (replaced(good, second, '1|2|' + 'ك' * 200000)[0], 2, 'a verse of 400000 bytes'),
            (['كتب'] * 6235, 6235, '6235 lines with a verse, expected 6236; is the file cut off'),
            (['كتب'] * 6237, 6237, 'more than 6236 lines'),
            (['كتب'] * 10 + [''] + ['كتب'] * 6225, 11, 'verse 2:4 has no Arabic letters'),
        ]
        for content, line, pattern in cases:
            with self.subTest(pattern, line=line):
                self.refuse_text(content, line, pattern)
        bad = lines(good[:4]) + b'1|5|\xe3\xca\n' + lines(good[5:])
        self.refuse_text(bad, 5, 'not valid UTF-8')
        self.refuse(self.options('\n'.join(good).encode('cp1256', 'ignore')), r'text\.txt:1: not valid UTF-8')
        self.refuse(self.options('\n'.join(good).encode('utf-16')[:-1]), r'text\.txt:\d+: the UTF-16 text is cut off')

    def test_xml(self):
        good = made.xml()
        aya = good[5]
        self.assertIn('<aya', aya)
        deep = ['<quran>'] + ['<quran>'] * 100
        cases = [
            (good[:-1], None, r'</quran> is missing; is the file cut off'),
            (good[:6], None, r'</sura> is missing'),
            (replaced(good, aya, aya[:-4])[0], None, 'not well-formed'),
            (replaced(good, aya, aya.replace('text="', 'text='))[0], 6, 'not well-formed'),
            (replaced(good, aya, aya.replace(' text=', ' text="a" text='))[0], 6, 'a second attribute of this name'),
            (replaced(good, aya, aya.replace('text=', 'wrong='))[0], 6, '<aya> without "text"'),
            (replaced(good, aya, aya.replace("index='1'", "index='x'"))[0], 6, 'without a number as its "index"'),
            (replaced(good, aya, aya.replace('<aya', '<verse'))[0], 6, '<verse> is not expected here'),
            (replaced(good, aya, [aya, aya])[0], 7, 'verse 1:1 is in the file twice'),
            (replaced(good, aya, [])[0], 6, 'verse 1:2 where 1:1 is expected'),
            (replaced(good, aya, aya.replace('text="', 'text="&nbsp;'))[0], 6, 'an unknown entity'),
            (replaced(good, aya, aya.replace('text="', 'text="&#0;'))[0], 6, 'a character that XML does not allow'),
            (replaced(good, aya, aya.replace('text="', 'text="& '))[0], 6, 'not well-formed'),
            (replaced(good, aya, 'words' + aya)[0], 6, 'text between the tags'),
            (['<!DOCTYPE quran [<!ENTITY a "b">]>'] + good[1:], 1, 'document type declarations'),
            (good + ['<quran/>'], len(good) + 1, 'something follows the end of the outermost element'),
            (['<html>', '</html>'], 1, '<html> is not expected here'),
            (['<quran>', '</quran>'], None, 'no verse found'),
            (['<quran'], 1, 'a tag, a value or a comment is not closed'),
            (['<!-- x'], 1, 'a tag, a value or a comment is not closed'),
            (['<quran %s>' % ' '.join('a%d=""' % i for i in range(100000))], 1, '<quran> has more than 64 attributes'),
            (deep, 2, '<quran> is not expected here'),
        ]
        for content, line, pattern in cases:
            with self.subTest(pattern):
                # For text that is not XML, the column is named too.
                self.refuse(self.options(content), r'text\.txt%s(:\d+)?: .*(%s)' % (r'(:\d+)?' if line is None else ':%d' % line, pattern))

    def test_morphologies(self):
        good = made.morphology()
        row = next(line for line in good if line.startswith('(9:4:2:1)'))
        at = good.index(row) + 1
        columns = row.split('\t')

        def other(i, text):
            return replaced(good, row, '\t'.join(columns[:i] + [text] + columns[i + 1:]))[0]

        last_of_9_3 = max(i for i, line in enumerate(good) if line.startswith('(9:3:'))
        first_of_9_4 = last_of_9_3 + 1
        first_of_9_5 = next(i for i, line in enumerate(good) if line.startswith('(9:5:'))
        cases = [
            (b'', None, 'no segment found'),
            (good[:3], None, 'no segment found'),
            (good[:at - 1] + ['\t'.join(columns[:3])], at, '3 columns between tabs, expected LOCATION.*; is the file cut off'),
            (other(3, columns[3] + '\tmore'), at, '5 columns'),
            (['LOCATION\tTAG\tFEATURES'] + good[3:], 1, '3 columns'),
            (['LOCATION\tTAG\tFORM\tFEATURES'] + good[3:], 1, 'is not a location'),
            (other(0, '9:4:2:1'), at, '"9:4:2:1" is not a location'),
            (other(0, '(9:4:2)'), at, 'is not a location'),
            (other(0, '(9:4:2:1:1)'), at, 'is not a location'),
            (other(0, '(9:4:0:1)'), at, 'is not a location'),
            (other(0, '(9:4:99999999999:1)'), at, 'is not a location'),
            (other(1, 'كتب'), at, 'not in extended Buckwalter'),
            (other(1, ''), at, 'the form "" is not in extended Buckwalter'),
            (other(2, ''), at, 'the TAG is empty'),
            (other(3, 'POS:N'), at, 'do not begin with PREFIX, STEM or SUFFIX'),
            (other(3, 'STEM|POS:N|ROOT:kتb'), at, 'the root "kتb" is not'),
            (other(3, 'STEM|POS:N|LEM:'), at, 'the lemma "" is not'),
            (replaced(good, row, [row, row])[0], at + 1, r'segment \(9:4:2:1\) is in the file twice'),
            (other(0, '(9:4:3:1)'), at, r'segment \(9:4:3:1\) after \(9:4:1:\d\); expected'),
            (other(0, '(9:4:2:2)'), at, r'segment \(9:4:2:2\) after'),
            (good[:first_of_9_4] + good[first_of_9_5:], first_of_9_4 + 1, '9:5 where one of 9:4 is expected'),
            (good[:first_of_9_4], first_of_9_4, 'the file ends before verse 9:4, which the text has; is it cut off'),
            (good + ['(113:1:1:1)\tktb\tN\tSTEM|POS:N'], len(good) + 1, 'verse 113:1, which the text lacks'),
            (good[:3] + ['(1:1:1:2)\tktb\tN\tSTEM|POS:N'] + good[4:], 4, r'expected \(1:1:1:1\)'),
            (good + ['(112:4:%d:1)\tktb\tN\tSTEM|POS:N' % (len(made.words_of(112, 4)) + i) for i in range(1, 4)], None,
             r'verse 112:4 has .* words here and .* in the text \(.*text\.txt:\d+\), and they cannot be matched'),
            (b'\xff' * 4000, 1, 'not valid UTF-8'),
        ]
        for content, line, pattern in cases:
            with self.subTest(pattern, line=line):
                self.refuse_morphology(content, line, pattern)

    def test_the_text_lacks_verses_of_the_other_files(self):
        part = [line for line in made.numbered() if not line.startswith('9|')]
        self.refuse(self.options(part, made.morphology()), r'morphology\.txt:\d+: a segment of verse 9:1, which the text lacks')
        self.refuse(self.options(part, treebank=made.treebank()), r'treebank\.csv:\d+: the corpus has no verse 9:1')
        self.refuse(self.options(part, masaq=made.masaq()), r'masaq\.csv:\d+: the corpus has no verse 9:1')

    def test_tables(self):
        self.refuse(self.options(treebank=made.masaq()), r'treebank\.csv:1: no column "chapter_id"')
        self.refuse(self.options(masaq=made.treebank()), r'masaq\.csv:1: no column "Sura_No"')
        self.refuse(self.options(masaq=lines(made.masaq())[:-20]), r'masaq\.csv.*')
        self.refuse(self.options(treebank=lines(made.treebank())[:-12]), r'treebank\.csv:%d: ' % len(made.treebank()))

    def test_translations(self):
        good = made.translation()
        cases = [
            (good[:-1], len(good) - 1, 'surah 112 ends with verse 3'),
            (good[:-4], len(good) - 4, 'the file ends here; expected verse 112:1, which the text has'),
            (good[7:], 1, 'verse 9:1 where 1:1 is expected'),
            (good + ['113|%d|x' % a for a in range(1, 6)], len(good) + 1, 'the text has no verse 113:1'),
            (good[:7] + ['2|%d|x' % a for a in range(1, 287)] + good[7:], 8, 'the text has no verse 2:1'),
            (good[:3] + good[2:], 4, 'verse 1:3 is in the file twice'),
            (['text'] * 12, 12, '12 lines with a verse, expected 6236'),
        ]
        for content, line, pattern in cases:
            with self.subTest(pattern):
                self.refuse(self.options() + ['--translation', 'en=' + self.file('en.txt', content)],
                            r'en\.txt:%d: .*%s' % (line, pattern))

    def test_command_lines(self):
        text = self.options()
        for args, pattern in [
                ([], '--text FILE, --legacy DIR, --conllu FILE or --starter'),
                (['--text', ''], 'is required'),
                (text + ['--legacy', self.place], 'one source'),
                (['--morphology', 'x'], '--morphology requires --text'),
                (['--legacy', self.place, '--masaq', 'x'], '--masaq requires --text'),
                (['--treebank', 'x'], 'requires --text'),
                (['--translation', 'en=x'], 'requires --text'),
                (text + ['--translation', 'x.txt'], '"x.txt" is not LANG=FILE'),
                (text + ['--translation', 'en='], '"en=" is not LANG=FILE'),
                (text + ['--translation', '=x'], '"=x" is not LANG=FILE'),
                (text + ['--translation', '7=x'], '"7=x" is not LANG=FILE'),
                (text + ['--translation', 'e/n=x'], 'is not LANG=FILE'),
                (text + ['--morphology', ''], 'cannot read'),
                (text + ['--morphology', os.path.join(self.place, 'none')], 'cannot read .*none'),
                (['--text', os.path.join(self.place, 'none')], 'cannot read .*none'),
                (['--text', '/dev/zero'], 'a device or pipe; expected an ordinary file'),
        ]:
            with self.subTest(args=args):
                self.refuse(args, pattern)
        done = self.run_import('--text', self.place)
        self.assertIn(done.returncode, (1, 2))
        self.assertRegex(done.stderr, 'cannot read')
        self.assertEqual(self.state(), self.before)

    def test_nothing_is_left_where_nothing_was(self):
        shutil.rmtree(self.databases)
        os.mkdir(self.databases)
        self.before = {}
        self.refuse_text(made.numbered()[:5], 5, 'surah 1 ends')
        self.refuse_morphology(made.morphology()[:-9], None, 'cut off')
        self.refuse(self.options(masaq=made.masaq()[:1] + ['1,9,130,1,N,S,C']), r'masaq\.csv:2: the corpus has no verse 9:130')

    def test_files_of_a_gigabyte_are_refused_at_once(self):
        huge = os.path.join(self.place, 'huge')
        with open(huge, 'wb') as f:
            f.write(b'garbage ' * 8192)
            f.truncate(1 << 30)
        text = self.options()
        for args in (['--text', huge], text + ['--morphology', huge], text + ['--treebank', huge], text + ['--masaq', huge],
                     text + ['--translation', 'en=' + huge]):
            with self.subTest(args=args):
                began = time.monotonic()
                self.refuse(args, 'huge: 1024 MiB large; expected at most')
                self.assertLess(time.monotonic() - began, 20 * server.TIME_FACTOR)
        # Below the limit the first lines decide.
        with open(huge, 'r+b') as f:
            f.truncate(60 << 20)
        for args in (['--text', huge], text + ['--morphology', huge], text + ['--translation', 'en=' + huge]):
            with self.subTest(args=args):
                self.refuse(args, r'huge:1: ')
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        self.assertLess(most, 400 * server.TIME_FACTOR, 'MiB of memory at most')


if __name__ == '__main__':
    unittest.main()
