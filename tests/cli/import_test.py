"""kalima import: what it counts, what it refuses, and that a failed import changes nothing."""
import csv
import io
import json
import os
import re
import shutil
import sqlite3
import tempfile
import unittest

from tests.compat import server
from tests.compat.server import json_of

CORPUS = os.path.join('datasets', 'corpus', 'quran.jsonl')
TAGS = os.path.join('datasets', 'corpus', 'tags.json')
TREEBANK = os.path.join('datasets', 'quranic', 'Quranic', 'Quranic.csv')
MASAQ = os.path.join('datasets', 'masaq', 'MASAQ.csv')


def content_of(folder):
    """Name and bytes of every file below a folder."""
    out = {}
    for path, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(path, name), 'rb') as f:
                out[os.path.relpath(os.path.join(path, name), folder)] = f.read()
    return out


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.workplace = server.Workplace()
        cls.addClassCleanup(cls.workplace.close)
        cls.data, cls.place = cls.workplace.data, os.path.join(cls.workplace.path, 'databases')
        cls.originals = content_of(cls.data)
        os.mkdir(cls.place)
        cls.database = os.path.join(cls.place, 'quran.db')

    def setUp(self):
        # Every test begins with the fixture as it was written.
        self.addCleanup(self.restore)

    def restore(self):
        shutil.rmtree(self.data)
        for name, content in self.originals.items():
            self.write(name, content)

    def read(self, name):
        return self.originals[name]

    def write(self, name, content):
        path = os.path.join(self.data, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'wb') as f:
            f.write(content)

    def lines(self):
        return self.read(CORPUS).decode().removesuffix('\n').split('\n')

    def write_lines(self, lines, end='\n'):
        self.write(CORPUS, ''.join(line + end for line in lines).encode())

    def run_import(self, *args):
        """The fixture holds research, which a second import replaces only when it is told to."""
        return server.run('import', '--replace', '--legacy', self.data, '--db', self.database, *args)

    def names(self):
        """What is in the place of the database, backups of the former ones apart."""
        return sorted(n for n in os.listdir(self.place) if '.backup-' not in n)

    def verses(self):
        """All verses as the server answers them."""
        with server.Server('--db', self.database) as s:
            return json_of(s.get('/api/verses?limit=1000'))['verses']


class Import(Case):
    def test_it_counts_what_it_read(self):
        done = self.run_import()
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        verses = [json.loads(line) for line in self.lines()]
        tags = json.loads(self.read(TAGS))
        masaq = list(csv.DictReader(io.StringIO(self.read(MASAQ).decode('utf-8-sig'), newline='')))
        treebank = list(csv.DictReader(io.StringIO(self.read(TREEBANK).decode('utf-16'), newline=''), delimiter='\t'))
        research, translations = 0, sum(len(verse.get('translations', [])) for verse in verses)
        for verse in verses:
            for kind in ('annotations', 'pronoun_references', 'structure_hypotheses'):
                research += len(verse.get(kind, []))
            research += 'connections' in verse
        counts = [re.match(r'\s*([\d,]+)  (.*)', line) for line in done.stdout.splitlines()]
        counts = [(int(m[1].replace(',', '')), m[2]) for m in counts if m]
        expected = [(len({v['surah']['number'] for v in verses}), 'surahs'), (len(verses), 'verses'),
                    (sum(len(v['tokens']) for v in verses), 'words'),
                    (sum(len(t['segments']) for v in verses for t in v['tokens']), 'segments'),
                    (translations, 'translations of verses'), (research, 'research'),
                    (len(tags['tags']), 'tags'), (len(tags['patterns']), 'saved patterns'),
                    (len(treebank), 'treebank rows, of %d verses' % len({(r['chapter_id'], r['verse_id']) for r in treebank})),
                    (len(masaq), 'MASAQ rows, of %d verses' % len({(r['Sura_No'], r['Verse_No']) for r in masaq}))]
        self.assertEqual([count for count, _ in counts], [count for count, _ in expected])
        for (_, what), (_, begins) in zip(counts, expected):
            self.assertTrue(what.startswith(begins), (what, begins))
        self.assertIn('kalima serve --db "%s"' % self.database, done.stdout)
        self.assertEqual(self.names(), ['quran.db', 'quran.db-index'])

    def test_every_verse_comes_back(self):
        self.assertEqual(self.run_import().returncode, 0)
        self.assertEqual(self.verses(), [json.loads(line) for line in self.lines()])

    def test_a_byte_order_mark_within_a_text_comes_back(self):
        """The older server answered it; published files may not have it (wild_files_test)."""
        lines = self.lines()
        verse = json.loads(lines[0])
        verse['text'] += '\ufeff'
        self.write_lines([json.dumps(verse, ensure_ascii=False)] + lines[1:])
        masaq = self.read(MASAQ).decode('utf-8-sig')
        self.write(MASAQ, ('\ufeff' + masaq.rstrip('\r\n') + '\ufeff\n').encode())
        self.assertEqual(self.run_import().returncode, 0)
        self.assertEqual(self.verses()[0]['text'], verse['text'])

    def test_a_second_import_replaces_the_first(self):
        self.assertEqual(self.run_import().returncode, 0)
        self.write_lines(self.lines()[:7])
        os.remove(os.path.join(self.data, TREEBANK))
        os.remove(os.path.join(self.data, MASAQ))
        self.assertEqual(self.run_import().returncode, 0)
        with server.Server('--db', self.database) as s:
            self.assertEqual(json_of(s.get('/api/stats'))['total_verses'], 7)
            self.assertEqual(s.get('/api/verse/112/1').status, 404)
            self.assertEqual(s.get('/api/dependency/1/1').status, 404)
            self.assertEqual(json_of(s.get('/api/search/roots?root=qwl'))['count'], 0)
            self.assertEqual(json_of(s.get('/api/search/roots?root=rHm'))['count'], 2)
        self.assertEqual(self.names(), ['quran.db', 'quran.db-index', 'quran.db-owner'])

    def test_tables_without_rows(self):
        """Published ones are refused (wild_files_test)."""
        for name, encoding in ((TREEBANK, 'utf-16'), (MASAQ, 'utf-8-sig')):
            self.write(name, (self.read(name).decode(encoding).splitlines()[0] + '\n').encode(encoding))
        self.assertEqual(self.run_import().returncode, 0)
        with server.Server('--db', self.database) as s:
            self.assertEqual(json_of(s.get('/api/search/morphology_advanced'))['count'], 0)

    def test_only_the_corpus_is_needed(self):
        for name in self.originals:
            if name != CORPUS:
                os.remove(os.path.join(self.data, name))
        done = self.run_import()
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        with server.Server('--db', self.database) as s:
            for path, expected in (('/api/tags', {}), ('/api/patterns', {}), ('/api/notes', {'notes': []}),
                                   ('/api/dependency/relations', {'relations': [], 'relations_ar': []}),
                                   ('/api/morphology/features', {'case_moods': [], 'morph_tags': [], 'syntactic_roles': []})):
                self.assertEqual(json_of(s.get(path)), expected, path)
            for path in ('/api/search/dependency?relation=Subj', '/api/search/morphology_advanced', '/api/library_search?q=the'):
                self.assertEqual(json_of(s.get(path))['count'], 0, path)
            for path in ('/api/morphology/1/1', '/api/dependency/1/1'):
                self.assertEqual(s.get(path).status, 404, path)
            self.assertEqual(json_of(s.get('/api/search/morphology?q=v'))['count'] > 0, True)

    def test_marks_and_line_ends_of_other_systems(self):
        self.assertEqual(self.run_import().returncode, 0)
        expected = self.verses()
        text = self.read(CORPUS).decode()
        for content in ('\ufeff' + text, text.replace('\n', '\r\n'), '\ufeff' + text.replace('\n', '\r\n'), text.rstrip('\n'),
                        text.replace('\n', '\n\n'), '\n' + text + ' \n'):
            self.write(CORPUS, content.encode())
            done = self.run_import()
            self.assertEqual((done.returncode, done.stderr), (0, ''))
            self.assertEqual(self.verses(), expected)
        self.write(CORPUS, text.encode('utf-16'))
        self.assertEqual(self.run_import().returncode, 0)
        self.assertEqual(self.verses(), expected)

    def test_tables_in_other_encodings_and_with_other_line_ends(self):
        def answers():
            with server.Server('--db', self.database) as s:
                return [s.get(path).body for path in ('/api/dependency/1/5', '/api/morphology/1/2', '/api/dependency/relations',
                                                      '/api/morphology/features', '/api/search/dependency?relation=Subj')]
        self.assertEqual(self.run_import().returncode, 0)
        expected = answers()
        treebank, masaq = self.read(TREEBANK).decode('utf-16'), self.read(MASAQ).decode('utf-8-sig')
        # Line ends inside of a quoted field are the field's own.
        masaq_lf = re.sub(r'\r\n(?=\d+,\d+,\d+,|$)', '\n', masaq)
        self.assertNotEqual(masaq_lf, masaq)
        for trees, rows in ((treebank.encode('utf-16-le').join([b'\xff\xfe', b'']), masaq.encode()),
                            (treebank.encode('utf-16-be').join([b'\xfe\xff', b'']), masaq_lf.encode()),
                            (treebank.encode(), ('\ufeff' + masaq_lf).encode()),
                            (('\ufeff' + treebank.replace('\r\n', '\n')).encode(), masaq.rstrip('\r\n').encode())):
            self.write(TREEBANK, trees)
            self.write(MASAQ, rows)
            done = self.run_import()
            self.assertEqual((done.returncode, done.stderr), (0, ''))
            self.assertEqual(answers(), expected)

    def test_the_other_release_of_masaq(self):
        self.write(MASAQ, self.read(MASAQ).replace(b'Morph_tag', b'Morph_Tag').replace(b'Column5', b'Segment_No'))
        self.assertEqual(self.run_import().returncode, 0)
        with server.Server('--db', self.database) as s:
            row = json_of(s.get('/api/morphology/1/1'))['morphology'][0]
            self.assertEqual((row['Morph_Tag'], row['Segment_No']), ('PREP', '1'))
            self.assertGreater(json_of(s.get('/api/search/morphology_advanced?morph_tag=PREP'))['count'], 0)
            self.assertIn('PREP', json_of(s.get('/api/morphology/features'))['morph_tags'])

    def test_the_folder_of_a_database_that_is_named_must_be_there(self):
        self.database = os.path.join(self.place, 'new', 'سورة', 'q.db')
        done = self.run_import()
        self.assertEqual(done.returncode, 1)
        self.assertIn('folder %s not found' % os.path.dirname(self.database), done.stderr)
        self.assertFalse(os.path.exists(os.path.join(self.place, 'new')))
        os.makedirs(os.path.dirname(self.database))
        done = self.run_import()
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        self.assertEqual(len(self.verses()), 22)
        shutil.rmtree(os.path.join(self.place, 'new'))

    def test_the_database_is_a_whole_one(self):
        self.assertEqual(self.run_import().returncode, 0)
        connection = sqlite3.connect(self.database)
        self.assertEqual(connection.execute('PRAGMA integrity_check').fetchall(), [('ok',)])
        self.assertEqual(connection.execute('PRAGMA foreign_key_check').fetchall(), [])
        self.assertEqual(connection.execute('PRAGMA journal_mode').fetchall(), [('wal',)])
        self.assertGreaterEqual(connection.execute('PRAGMA user_version').fetchone()[0], 1)
        connection.close()


class BadInput(Case):
    """Every case: the file, the line and what was expected on standard error, exit code 1, the former database untouched."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        done = server.run('import', '--legacy', cls.data, '--db', cls.database)
        assert done.returncode == 0, done.stderr
        cls.former = content_of(cls.place)

    def assert_refused(self, name, line, *words):
        done = self.run_import()
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(done.stdout, '')
        # With a column where the reader knows it.
        place = re.escape(os.path.join(self.data, name)) + (r':%d(:\d+)?: ' % line if line else ': ')
        self.assertRegex(done.stderr, '^kalima: ' + place)
        for word in words:
            self.assertIn(word, done.stderr)
        self.assertLess(len(done.stderr), 1000)
        self.assert_untouched()

    def assert_untouched(self):
        now = content_of(self.place)
        self.assertEqual(sorted(now), sorted(self.former))
        for name, content in self.former.items():
            self.assertTrue(now[name] == content, name + ' has changed')

    def test_folders_that_are_none(self):
        for folder in ('nowhere', 'empty', CORPUS):
            path = os.path.join(self.data, folder)
            if folder == 'empty':
                os.mkdir(path)
            done = server.run('import', '--replace', '--legacy', path, '--db', self.database)
            self.assertEqual(done.returncode, 1)
            self.assertIn(path, done.stderr)
            self.assertIn('quran.jsonl', done.stderr)
            self.assert_untouched()

    def test_a_line_that_is_cut_off(self):
        whole = self.read(CORPUS)
        for size in (1, 10, 500):
            self.write(CORPUS, whole[:-size - 1])
            self.assert_refused(CORPUS, 22, 'cut off')
        # Within a letter: not even UTF-8.
        at = whole.rindex('ٱ'.encode())
        self.write(CORPUS, whole[:at + 1])
        self.assert_refused(CORPUS, 22)

    def test_a_line_that_is_no_verse(self):
        for line, words in (('{', ['JSON']), ('nonsense', ['JSON']), ('[]', ['verse']), ('null', ['verse']), ('{}', ['surah']),
                            ('{"surah":{"number":1,"name":"x"},"ayah":1}', ['text']),
                            ('{"surah":{"number":"1","name":"x"},"ayah":1,"text":"x"}', ['number']),
                            ('{"surah":{"number":1,"name":"x"},"ayah":1.5,"text":"x"}', ['ayah']),
                            ('{"surah":{"number":-1,"name":"x"},"ayah":1,"text":"x"}', ['-1']),
                            ('{"surah":{"number":1,"name":"x"},"ayah":99999999999,"text":"x"}', ['99999999999']),
                            ('{"surah":{"number":3,"name":"x"},"ayah":1,"text":"x","tokens":{}}', ['tokens']),
                            ('{"surah":{"number":3,"name":"x"},"ayah":1,"text":"x","tokens":[{"segments":[{"root":5}]}]}', ['root']),
                            ('{"surah":{"number":3,"name":"x"},"ayah":1,"text":"\\ud800"}', ['JSON']),
                            ('{"surah":{"number":3,"name":"x"},"ayah":1,"text":"x"} {}', ['JSON']),
                            ('[' * 1000, ['JSON'])):
            with self.subTest(line=line):
                lines = self.lines()
                lines[4] = line
                self.write_lines(lines)
                self.assert_refused(CORPUS, 5, *words)

    def test_a_verse_that_is_there_twice(self):
        lines = self.lines()
        self.write_lines(lines + [lines[2]])
        self.assert_refused(CORPUS, 23, '1:3', 'twice')

    def test_another_encoding(self):
        whole = self.read(CORPUS)
        lines = whole.split(b'\n')
        lines[9] = lines[9].decode().encode('cp1256', 'replace')
        self.write(CORPUS, b'\n'.join(lines))
        self.assert_refused(CORPUS, 10, 'UTF-8')
        self.write(CORPUS, whole + b'\xff')
        self.assert_refused(CORPUS, 23, 'UTF-8')
        # UTF-16 without its mark, or cut off.
        self.write(CORPUS, whole.decode().encode('utf-16-le'))
        self.assertEqual(self.run_import().returncode, 1)
        self.assert_untouched()
        self.write(TREEBANK, self.read(TREEBANK)[:-1])
        self.restore_all_but(TREEBANK)
        rows = self.originals[TREEBANK].decode('utf-16').count('\n')
        self.assert_refused(TREEBANK, rows, 'UTF-16')

    def restore_all_but(self, name):
        for other, content in self.originals.items():
            if other != name:
                self.write(other, content)

    def assert_refused_anywhere(self, name, *words):
        done = self.run_import()
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn(os.path.join(self.data, name), done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)
        self.assert_untouched()

    def test_files_with_nothing_in_them(self):
        for content in (b'', b'\n\n', b'\xef\xbb\xbf', b' \r\n'):
            self.write(CORPUS, content)
            self.assert_refused(CORPUS, None, 'no verse')
        self.restore_all_but('')
        for name in (MASAQ, TREEBANK):
            for content in (b'', b'\xef\xbb\xbf', b'\n'):
                self.write(name, content)
                self.assert_refused_anywhere(name, 'header')
            self.restore_all_but('')

    def test_a_registry_that_is_none(self):
        for content in (b'', b'[]', b'{"tags":', b'null', b'\xff'):
            self.write(TAGS, content)
            self.assert_refused_anywhere(TAGS)

    def rewrite(self, name, change):
        """Applies `change` to the text of a table, which keeps its encoding."""
        coding = 'utf-16' if name == TREEBANK else 'utf-8-sig'
        self.write(name, change(self.read(name).decode(coding)).encode(coding))

    def test_a_treebank_without_sentences(self):
        for column in ('sentence_id', 'location'):
            with self.subTest(column=column):
                self.rewrite(TREEBANK, lambda text: text.replace(column, 'x_' + column[:1], 1))
                with tempfile.TemporaryDirectory() as folder:
                    done = server.run('import', '--legacy', self.data, '--db', os.path.join(folder, 'quran.db'))
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn('warning: the treebank has no column "%s": its trees are not checked' % column, done.stderr)
                self.assertIn('treebank rows, of 22 verses', done.stdout)
                self.restore_all_but('')

    def test_tables_without_a_column_that_is_needed(self):
        for name, column in ((MASAQ, 'Sura_No'), (MASAQ, 'Verse_No'), (MASAQ, 'Morph_tag'), (TREEBANK, 'chapter_id'), (TREEBANK, 'rel_label'),
                             (TREEBANK, 'ref_token_id')):
            with self.subTest(column=column):
                self.rewrite(name, lambda text: text.replace(column, 'x_' + column[:1], 1))
                self.assert_refused(name, 1, column)
                self.restore_all_but('')
        self.rewrite(MASAQ, lambda text: text.replace('Notes', 'Word', 1))
        self.assert_refused(MASAQ, 1, 'twice')
        self.write(MASAQ, self.read(TAGS))
        self.assert_refused(MASAQ, 1, 'column')
        # The treebank where MASAQ should be.
        self.write(MASAQ, self.read(TREEBANK))
        self.assert_refused(MASAQ, 1, 'Sura_No')

    def test_treebank_rows_that_are_no_nodes(self):
        for column, value, word in (('ref_token_id', '99', 'ref_token_id 99 is not a token_id of sentence 2'),
                                    ('ref_token_id', '_', 'ref_token_id'), ('ref_token_id', '-1', 'ref_token_id'),
                                    ('token_id', '1', 'token_id 1 is in sentence 2 twice'), ('token_id', 'x', 'token_id'),
                                    ('location', '(1:2:4:9)', 'segment (1:2:4:9)'),
                                    ('location', '(1:2:99:1)', 'segment (1:2:99:1)'),
                                    ('location', '(1:3:1:1)', '(1:3:1:1) is not in the verse 1:2'),
                                    ('location', '(1:2:1:1)', 'the segment (1:2:1:1) is in the file twice'),
                                    ('location', '1:2:3:1', 'location'), ('location', '(1:2:3)', 'location'),
                                    ('location', '(1:2:3:99999999999999999999)', 'location'), ('location', '', 'location')):
            with self.subTest(column=column, value=value):
                def change(text):
                    lines = text.split('\r\n')
                    cells = lines[13].split('\t')  # 1:2:3:1, in the second sentence
                    place = lines[0].split('\t').index(column)
                    self.assertNotEqual(cells[place], value)
                    cells[place] = value
                    lines[13] = '\t'.join(cells)
                    return '\r\n'.join(lines)
                self.rewrite(TREEBANK, change)
                self.assert_refused(TREEBANK, 14, word)
                self.restore_all_but('')

    def test_rows_that_are_too_short_or_too_long(self):
        for name, separator in ((MASAQ, ','), (TREEBANK, '\t')):
            for row in ('1', separator.join('111'), separator.join('1' * 200)):
                with self.subTest(name=name, row=row[:10]):
                    def insert(text):
                        lines = text.split('\r\n')
                        lines.insert(2, row)
                        return '\r\n'.join(lines)
                    self.rewrite(name, insert)
                    self.assert_refused(name, 3, 'cells')
            self.restore_all_but('')
        # The last line is cut off.
        for name in (MASAQ, TREEBANK):
            self.rewrite(name, lambda text: text[:-30])
            self.assert_refused_anywhere(name, 'cells', 'cut off')
            self.restore_all_but('')

    def test_rows_of_a_verse_that_the_corpus_lacks(self):
        lines = self.lines()
        self.write_lines(lines[:-1])  # 114:6
        done = self.run_import()
        self.assertEqual(done.returncode, 1)
        self.assertIn('114:6', done.stderr)
        self.assertRegex(done.stderr, r'Quranic\.csv:\d+: ')
        self.assert_untouched()
        self.restore_all_but('')

        def other_verse(text):
            rows = text.split('\r\n')
            cells = rows[3].split(',')
            cells[1:3] = ['2', '286']
            rows[3] = ','.join(cells)
            return '\r\n'.join(rows)
        self.rewrite(MASAQ, other_verse)
        self.assert_refused(MASAQ, 4, '2:286')

    def test_rows_of_no_verse(self):
        for value in ('x', '', '1.0', '-', '99999999999999999999999'):
            def change(text):
                rows = text.split('\r\n')
                cells = rows[1].split(',')
                cells[1] = value
                rows[1] = ','.join(cells)
                return '\r\n'.join(rows)
            self.rewrite(MASAQ, change)
            self.assert_refused(MASAQ, 2, 'Sura_No')

    def test_a_quote_that_is_not_closed(self):
        self.rewrite(MASAQ, lambda text: text.replace('\r\n', '\r\n"', 5).replace('"', '', 4))
        self.assert_refused_anywhere(MASAQ)
        self.rewrite(MASAQ, lambda text: text + '"open')
        self.assert_refused_anywhere(MASAQ, 'not closed')

    def test_places_where_no_database_can_be(self):
        os.mkdir(os.path.join(self.workplace.path, 'folder'))
        file = os.path.join(self.workplace.path, 'file')
        with open(file, 'wb'):
            pass
        for database in (os.path.join(self.workplace.path, 'folder'), os.path.join(file, 'x.db'), '/proc/kalima.db', '/proc/none/kalima.db'):
            with self.subTest(database=database):
                done = server.run('import', '--legacy', self.data, '--db', database)
                self.assertIn(done.returncode, (1, 2), done.stderr)
                self.assertIn(os.path.basename(os.path.dirname(database)) or database, done.stderr)
        self.assertEqual(os.listdir(os.path.join(self.workplace.path, 'folder')), [])
        self.assertFalse([n for n in os.listdir(self.workplace.path) if '.new-' in n])

    def test_a_folder_that_cannot_be_written(self):
        if os.geteuid() == 0:
            self.skipTest('who runs this may write everywhere (root)')
        os.chmod(self.place, 0o500)
        self.addCleanup(os.chmod, self.place, 0o700)
        done = self.run_import()
        self.assertEqual(done.returncode, 2)
        self.assertIn(self.place, done.stderr)
        self.assert_untouched()

    def test_a_file_that_cannot_be_read(self):
        path = os.path.join(self.data, MASAQ)
        os.remove(path)
        os.mkdir(path)
        done = self.run_import()
        self.assertIn(done.returncode, (1, 2))
        self.assertIn(path, done.stderr)
        self.assert_untouched()


if __name__ == '__main__':
    unittest.main()
