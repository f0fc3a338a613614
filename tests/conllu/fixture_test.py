"""CoNLL-U of the fixture: valid, with the treebank's edges, and back again without loss; with what is refused."""
import json
import os
import shutil
import unittest
import urllib.parse

from tests.compat import server
from tests.conllu import support, validator
from tests.conllu.support import CORPUS, TREEBANK


def sentence_of(text, **misc):
    """The sentence and the row whose last column has these attributes."""
    for sentence in validator.sentences(text):
        for row in sentence.rows:
            found = sentence.misc(row)
            if all(found.get(k) == v for k, v in misc.items()):
                return sentence, row
    raise AssertionError('no row with %s' % misc)


class Fixture(support.Case):
    @classmethod
    def setUpClass(cls):
        cls.database = server.fixture_database()
        cls.data = server.fixture_folder()

    def setUp(self):
        super().setUp()
        self.text, self.said = self.export(self.database)

    def changed_data(self):
        data = self.path('data')
        shutil.copytree(self.data, data)
        return data

    def round_trip(self, database, data):
        """Exports, imports, exports: everything that CoNLL-U holds is the same, and the second file is the first."""
        text, _ = self.export(database, 'one.conllu')
        self.assertEqual(list(validator.problems(text)), [])
        again = self.imported(self.path('one.conllu'))
        out = self.legacy(again, 'out')
        self.assertEqual([json.dumps(v) for v in support.verses(out, with_research=True)],
                         [json.dumps(v) for v in support.verses(data)])
        has_treebank = os.path.exists(os.path.join(data, TREEBANK))
        self.assertEqual(os.path.exists(os.path.join(out, TREEBANK)), has_treebank)
        if has_treebank:
            self.assertEqual(support.treebank(out), support.treebank(data))
        second, _ = self.export(again, 'two.conllu')
        self.assertEqual(second, text)
        return text

    def test_it_is_valid(self):
        self.assertEqual(list(validator.problems(self.text)), [])

    def test_it_says_what_is_in_it_and_what_is_not(self):
        verses, rows = support.verses(self.data), support.treebank(self.data)
        sentences, _, trees = support.tree_sentences(rows)
        hidden = sum(row[rows[0].index('location')] == '_' for row in rows[1:])
        words = sum(len(v['tokens']) for v in verses)
        segments = sum(len(t['segments']) for v in verses for t in v['tokens'])
        self.assertEqual(self.said.splitlines()[:2], [
            '%d sentences of %d words, %d segments and %d hidden nodes.' % (sentences, words, segments, hidden),
            '%d sentences, %d of them trees; the others keep their edges in DEPS.' % (sentences, trees)])
        self.assertLess(trees, sentences)
        self.assertRegex(self.said, r'Not in the file: \d+ translations of verses, [1-9]\d* research documents, 5 tags, patterns, saved queries and lists, 127 MASAQ rows')
        self.assertEqual(len([1 for s in validator.sentences(self.text) for r in s.all_words()]), segments)

    def test_each_edge_of_the_treebank_is_in_deps(self):
        rows = support.treebank(self.data)
        head = rows[0]
        rows = [dict(zip(head, row)) for row in rows[1:]]
        nodes = [(s, row) for s in validator.sentences(self.text) for row in s.nodes()]
        self.assertEqual(len(nodes), len(rows))
        first = 0  # the row of the sentence's first node
        related = 0
        for i, ((sentence, node), row) in enumerate(zip(nodes, rows)):
            if sentence is not nodes[first][0]:
                first = i
            heads = [item.partition(':')[0] for item in node[validator.DEPS].split('|')]
            self.assertEqual(sentence.misc(node)['Rel'], row['rel_label'])
            if row['rel_label'] == 'root':
                self.assertEqual(heads, ['0'])
            elif row['rel_label'] != 'NonRel':
                related += 1
                self.assertIn(nodes[first + int(row['ref_token_id'])][1][validator.ID], heads, row)
        self.assertGreater(related, 80)

    def test_a_verse_as_one_reads_it(self):
        sentence, row = sentence_of(self.text, Ref='1:5:2:1')
        self.assertEqual(row[:9], ['2', 'نَعْبُدُ', 'عَبَدَ', 'VERB', 'V',
                                   'Aspect=Imp|Mood=Ind|Number=Plur|Person=1|VerbForm=Fin|Voice=Act', '0', 'root', '0:root'])
        self.assertEqual(sentence.misc(row)['Root'], 'Ebd')
        self.assertEqual(sentence.misc(row)['Features'], r'STEM\pPOS:V\pIMPF\pLEM:Eabada\pROOT:Ebd\p1P')
        ids = [r[0] for r in sentence.rows]
        self.assertEqual(ids, ['1', '2', '2.1', '3-4', '3', '4', '5', '5.1'])
        self.assertEqual(sentence.rows[2][:9], ['2.1', '(نَحْنُ)', '_', 'PRON', 'PRON', '_', '_', '_', '2:nsubj'])
        self.assertEqual(sentence.comment('verse 1:5').replace('\\u064E', '\u064e'),
                         support.verses(self.data)[4]['text'])
        # The article depends on its noun, the conjunction on what follows it.
        self.assertEqual([r[6:8] for r in sentence.rows if r[0] == '3'], [['4', 'cc']])

    def test_a_word_below_a_hidden_root_becomes_the_root(self):
        sentence, row = sentence_of(self.text, Ref='1:1:1:1')
        self.assertEqual([row[6:9], sentence.rows[0][0], sentence.rows[0][8]], [['0', 'root', '0.1:obl'], '0.1', '0:root'])

    def test_round_trip(self):
        self.round_trip(self.database, self.data)

    def test_standard_output(self):
        done = self.kalima('export', '--conllu', '-', '--db', self.database)
        self.assertEqual(done.stdout, self.text)
        self.assertEqual(done.stderr, self.said)

    def test_a_file_that_is_there_stays(self):
        before = support.read(self.path('quran.conllu'))
        done = self.kalima('export', '--conllu', self.path('quran.conllu'), '--db', self.database, code=1)
        self.assertIn('exists already', done.stderr)
        self.assertEqual(support.read(self.path('quran.conllu')), before)
        self.kalima('export', '--conllu', self.path('no', 'folder.conllu'), '--db', self.database, code=1)
        self.kalima('export', '--db', self.database, code=1)
        self.assertEqual(os.listdir(self.folder), ['quran.conllu'])

    def test_without_treebank(self):
        data = self.changed_data()
        os.remove(os.path.join(data, TREEBANK))
        database = self.import_legacy(data)
        text = self.round_trip(database, data)
        _, said = self.export(database, 'three.conllu')
        self.assertIn('22 sentences have no treebank', said)
        self.assertEqual([s.comment('sent_id') for s in validator.sentences(text)][:3], ['1:1', '1:2', '1:3'])
        for sentence in validator.sentences(text):
            self.assertEqual({row[6] for row in sentence.all_words()}, {'0', '1'} if len(sentence.all_words()) > 1 else {'0'})

    def test_words_and_verses_with_odd_contents(self):
        data = self.changed_data()
        odd = support.verses(data)
        for verse in odd:
            verse['tokens'] = verse['tokens'][:0] if verse['ayah'] == 2 else verse['tokens']
        word = odd[0]['tokens'][0]
        word['form'], word['id'] = ' a | b\\c\t\u0631\u0651\u064e\n', 70
        odd[0]['tokens'][1]['form'] = None
        odd[0]['tokens'][2]['segments'] = []
        odd[0]['tokens'][3]['form'] = '_'
        odd[0]['text'] = '  =\\u0041 \\z  \u0651\u064e|\r\n'
        odd[2]['text'] = ''
        odd[2]['surah']['name'] = 'another = name'
        segment = odd[2]['tokens'][0]['segments'][0]
        segment.update(id='x', form='', type=None, pos='a b', root='', lemma='a|b', features='')
        odd[2]['tokens'][1]['segments'][0].update(pos=None, form='\u0631\u0651\u064e', extra={'deep': [1, 1.50, None]})
        odd[4]['extra_key'] = ['x | y', 1]
        with open(os.path.join(data, CORPUS), 'w', encoding='utf-8') as f:
            f.writelines(json.dumps(verse, ensure_ascii=False) + '\n' for verse in odd)
        os.remove(os.path.join(data, TREEBANK))
        database = self.import_legacy(data)
        text, _ = self.export(database, 'odd.conllu')
        self.assertEqual(list(validator.problems(text)), [])
        out = self.legacy(self.imported(self.path('odd.conllu')), 'out')
        # Numbers are written in one form by the import of the folder already.
        self.assertEqual(support.verses(out, with_research=True), odd)
        self.assertEqual([list(v) for v in support.verses(out)], [list(v) for v in odd])

    def change_treebank(self, data, change):
        path = os.path.join(data, TREEBANK)
        with open(path, encoding='utf-16', newline='') as f:
            lines = f.read().split('\r\n')
        cells = [line.split('\t') for line in lines[:-1]]
        cells = change(cells[0], cells[1:]) or cells
        with open(path, 'w', encoding='utf-16', newline='') as f:
            f.write('\r\n'.join('\t'.join(row) for row in cells) + '\r\n')

    def test_treebanks_that_are_no_trees_or_do_not_fit(self):
        def cycle(head, rows):
            at = {name: i for i, name in enumerate(head)}
            rows[3][at['ref_token_id']] = rows[5][at['token_id']]   # 1:1, two adjectives and their noun
            rows[5][at['ref_token_id']] = rows[3][at['token_id']]
            rows[2][at['ref_token_id']] = rows[2][at['token_id']]   # depends on itself
            rows[11][at['rel_label']] = 'an unknown "label" <<x>>'

        def part(head, rows):
            at = head.index('sentence_id')
            return [head] + [row for row in rows if int(row[at]) % 3 == 2]

        def other_order(head, rows):
            at = head.index('sentence_id')
            first = [row for row in rows if row[at] == rows[0][at]]
            rest = [row for row in rows if row[at] != rows[0][at]]
            return [head] + rest + first

        def more_columns(head, rows):
            return [head + ['Ref', 'x =|\\y']] + [row + ['a | b', '' if i % 2 else '_'] for i, row in enumerate(rows)]

        def within_a_word(head, rows):
            # The second sentence begins with the second segment of a word.
            at = {name: i for i, name in enumerate(head)}
            rows[8][at['sentence_id']] = rows[7][at['sentence_id']]
            rows[8][at['token_id']] = rows[8][at['ref_token_id']] = '8'
            for row in rows[9:24]:
                for name in ('token_id', 'ref_token_id'):
                    row[at[name]] = str(int(row[at[name]]) - 1)

        def before_its_verse(head, rows):
            # The last sentence comes first, and two of its words are swapped.
            at = {name: i for i, name in enumerate(head)}
            last = [row for row in rows if row[at['sentence_id']] == rows[-1][at['sentence_id']]]
            spoken = [row for row in last if row[at['location']] not in ('', '_')]
            a, b = spoken[0], spoken[-1]
            for name in ('location', 'word_id', 'tok_id'):
                a[at[name]], b[at[name]] = b[at[name]], a[at[name]]
            return [head] + last + rows[:-len(last)]

        for change in (cycle, part, other_order, more_columns, within_a_word, before_its_verse):
            with self.subTest(change.__name__):
                shutil.rmtree(self.path(), ignore_errors=True)
                os.mkdir(self.path())
                data = self.changed_data()
                self.change_treebank(data, change)
                database = self.import_legacy(data)
                text = self.round_trip(database, data)
                self.assertEqual('treebank_row' in text.replace('treebank_rows', ''), change in (other_order, before_its_verse))
                if change is within_a_word:
                    self.assertIn('# sent_id = qtb-1-2\n', text)
                if change is cycle:
                    warned = self.kalima('import', '--legacy', data, '--db', self.path('w.db')).stderr
                    self.assertRegex(warned, r'warning: treebank nodes that depend on themselves without being a root: 1, '
                                             r'the first at .*Quranic\.csv:4\n')
                    self.assertRegex(warned, r'warning: treebank sentences with a cycle of heads: 1, '
                                             r'the first at .*Quranic\.csv:5\n')


class Foreign(support.Case):
    TEXT = '''# sent_id = a
# text = b\u0650 lk
1\tb\u0650\tb\tADP\t_\t_\t2\tcase\t_\tRef=1:1:1
2-3\tlk\t_\t_\t_\t_\t_\t_\t_\tRef=1:1:2
2\tl\t\u0643\u064e\u062a\u064e\u0628\u064e\tNOUN\tN\t_\t0\troot\t_\t_
3\tk\t_\tPRON\tPRON\t_\t2\tnmod\t_\t_

# sent_id = b
# text = d
1\td\t_\tVERB\tV\t_\t0\troot\t_\tRef=1:2:1:1

'''

    def setUp(self):
        super().setUp()
        self.file = self.path('foreign.conllu')

    def write(self, text):
        with open(self.file, 'wb') as f:
            f.write(text if isinstance(text, bytes) else text.encode())

    def test_another_programs_file(self):
        for text in (self.TEXT, '\ufeff' + self.TEXT, self.TEXT.replace('\n', '\r\n')):
            self.write(text)
            out = self.legacy(self.imported(self.file), 'out')
            found = support.verses(out)
            self.assertEqual([(v['surah'], v['ayah'], v['text']) for v in found],
                             [({'number': 1, 'name': '1'}, 1, 'b\u0650 lk'), ({'number': 1, 'name': '1'}, 2, 'd')])
            self.assertEqual([[s['id'] for s in t['segments']] for t in found[0]['tokens']], [['1.1'], ['2.1', '2.2']])
            self.assertEqual([s['pos'] for t in found[0]['tokens'] for s in t['segments']], [None, 'N', 'PRON'])
            self.assertEqual(found[0]['tokens'][1]['segments'][0]['lemma'], 'kataba')
            rows = support.treebank(out)
            at = {name: i for i, name in enumerate(rows[0])}
            self.assertEqual([[row[at[c]] for c in ('sentence_id', 'token_id', 'verse_id', 'rel_label', 'ref_token_id')]
                              for row in rows[1:]],
                             [['1', '0', '1', 'case', '1'], ['1', '1', '1', 'root', '1'], ['1', '2', '1', 'nmod', '1'],
                              ['2', '0', '2', 'root', '0']])
            shutil.rmtree(out)

    def test_latin_lemmas_are_not_transliterated(self):
        self.write(self.TEXT)
        database = self.imported(self.file)
        for again in (False, True):
            with server.Server('--db', database) as running:
                for lemma, hits in (('b', 1), ('ب', 0), ('كَتَبَ', 1)):
                    answer = running.get('/api/v1/query?' + urllib.parse.urlencode({'q': '[lemma=="%s"]' % lemma}))
                    self.assertEqual(server.json_of(answer)['hits'], hits, lemma)
            name = 'again.conllu' if again else 'once.conllu'
            exported, _ = self.export(database, name)
            self.assertIn('\tb\tADP\t', exported)
            if not again:
                database = self.imported(self.path(name), 'twice.db')

    def test_what_is_refused(self):
        text = self.TEXT
        for name, broken, line, word in (
                ('nine columns', text.replace('\tRef=1:1:1\n', '\n'), 3, '9 columns'),
                ('empty column', text.replace('\tADP\t', '\t\t'), 3, 'empty column'),
                ('id', text.replace('\n3\tk', '\n4\tk'), 6, 'out of order'),
                ('id twice', text.replace('\n3\tk', '\n2\tk'), 6, 'out of order'),
                ('no id', text.replace('\n3\tk', '\nx\tk'), 6, 'id'),
                ('range', text.replace('2-3', '2-9'), 4, 'range'),
                ('range of one', text.replace('2-3', '2-2'), 4, 'range'),
                ('head', text.replace('\t2\tnmod', '\t7\tnmod'), 6, 'head 7'),
                ('head of letters', text.replace('\t2\tnmod', '\tx\tnmod'), 6, 'head'),
                ('DEPS', text.replace('nmod\t_', 'nmod\t1.1:x'), 6, 'DEPS'),
                ('DEPS of letters', text.replace('nmod\t_', 'nmod\tx'), 6, 'DEPS'),
                ('two roots', text.replace('\t2\tnmod', '\t0\troot'), 6, 'second root'),
                ('cycle', text.replace('\t2\tcase', '\t3\tcase').replace('\t2\tnmod', '\t1\tnmod'), 3, 'cycle'),
                ('no place', text.replace('Ref=1:1:1', 'Place=1'), 3, 'Ref='),
                ('bad place', text.replace('Ref=1:1:1', 'Ref=1:x:1'), 3, 'Ref='),
                ('word twice', text.replace('Ref=1:1:2', 'Ref=1:1:1'), 5, 'out of order'),
                ('word missing', text.replace('Ref=1:1:2', 'Ref=1:1:3'), 5, 'expected word 2'),
                ('segment missing', text.replace('Ref=1:2:1:1', 'Ref=1:2:1:2'), 10, 'segment 1'),
                ('verse twice', text + text.replace('= a', '= c').replace('= b', '= d'), 14, 'twice'),
                ('cut line', text[:-4], 10, 'cut off'),
                ('cut sentence', text[:-1], 10, 'cut off'),
                ('comment within', text.replace('\n3\tk', '\n# x\n3\tk'), 6, 'comment'),
                ('two empty lines', text.replace('\n\n#', '\n\n\n#'), 8, 'empty line'),
                ('escape', text.replace('Ref=1:1:1', 'Ref=1:1:1|Root=\\q'), 3, 'escape'),
                ('attribute twice', text.replace('Ref=1:1:1', 'Ref=1:1:1|Ref=1:1:1'), 3, 'twice'),
                ('latin-1', text.replace('\td\t', '\t\xe4\t').encode('latin-1', 'replace'), 10, 'UTF-8'),
                ('verse without words', text.replace('# sent_id = b', '# sent_id = b\n# verse 1:9 = x'), 9, 'verse 1:9'),
                ('verse announced twice', text.replace('# sent_id = b', '# verse 1:2 = x\n# verse 1:2 = x'), 9, 'twice'),
                ('layout', text.replace('# sent_id = b', '# verse 1:2 = x\n# verse_layout 1:2 = {}'), 11, 'layout'),
                ('row', text.replace('# sent_id = a', '# treebank_row = x'), 1, 'row'),
                ('row of no verse', text.replace('# sent_id = a', '# treebank_columns = chapter_id verse_id\n# treebank_row = 1\\t3'), 2, 'verse 1:3'),
                ('empty', '', None, 'no sentence')):
            with self.subTest(name):
                self.write(broken)
                done = self.kalima('import', '--conllu', self.file, '--db', self.path('x.db'), code=1)
                place = self.file + (':%d: ' % line if line else ': ')
                self.assertTrue(done.stderr.startswith('kalima: ' + place), done.stderr)
                self.assertIn(word, done.stderr)
                self.assertEqual((done.stdout, os.listdir(self.folder)), ('', ['foreign.conllu']))

    def test_a_database_that_is_there_stays(self):
        database = server.fixture_database(self.path('quran.db'))
        with open(database, 'rb') as f:
            before = f.read()
        self.write(self.TEXT[:-1])
        self.kalima('import', '--conllu', self.file, '--db', database, code=1)
        with open(database, 'rb') as f:
            self.assertEqual(f.read(), before)

    def test_one_source_at_a_time(self):
        self.write(self.TEXT)
        self.kalima('import', '--conllu', self.file, '--legacy', self.folder, '--db', self.path('x.db'), code=1)
        self.kalima('import', '--db', self.path('x.db'), code=1)


if __name__ == '__main__':
    unittest.main()
