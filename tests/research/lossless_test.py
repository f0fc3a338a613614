"""Nothing is lost on the way in and out: import and export restore the same files, plus what was written in between."""
import csv
import filecmp
import json
import os
import random
import shutil
import unittest

from tests.compat import server
from tests.research.support import Folder, VERSES, Writer, all_answers, all_paths, exact, sorted_json

CORPUS = os.path.join('datasets', 'corpus', 'quran.jsonl')


def read(*parts, encoding='utf-8'):
    with open(os.path.join(*parts), encoding=encoding, newline='') as f:
        return f.read()


def lines_of(*parts):
    """The lines of a file; unlike splitlines() this ends a line at a line feed alone."""
    lines = read(*parts).split('\n')
    assert lines.pop() == '', 'the last line is not terminated'
    return lines


def as_python_prints(text):
    """A JSON text with its numbers as Python prints them, which is how the old server wrote the file after any change."""
    return json.dumps(json.loads(text), ensure_ascii=False)


class Lossless(Folder):
    def round_trip(self, folder, name='one'):
        """Imports and exports; returns (database, exported folder)."""
        database = server.import_folder(folder, self.path(name + '.db'))
        out = self.path(name)
        self.kalima('export', '--legacy', out, '--db', database)
        return database, out

    def same_lines(self, ours, theirs):
        self.assertEqual(len(ours), len(theirs))
        for number, (a, b) in enumerate(zip(ours, theirs), 1):
            self.assertEqual(exact(as_python_prints(a)), exact(b), 'line %d' % number)

    def same_table(self, folder, out, name, encoding, delimiter):
        tables = []
        for base in (folder, out):
            with open(os.path.join(base, *name.split('/')), encoding=encoding, newline='') as f:
                tables.append(list(csv.reader(f, delimiter=delimiter)))
        self.assertEqual(len(tables[0]), len(tables[1]))
        for number, rows in enumerate(zip(*tables), 1):
            self.assertEqual(rows[0], rows[1], 'row %d of %s' % (number, name))

    def same_folder(self, folder, out):
        """The whole export, file by file."""
        self.same_lines(lines_of(folder, CORPUS), lines_of(out, CORPUS))
        for name in ('tags.json', 'metadata.json'):
            path = os.path.join('datasets', 'corpus', name)
            if os.path.exists(os.path.join(folder, path)):
                self.assertEqual(exact(as_python_prints(read(folder, path))), exact(as_python_prints(read(out, path))), name)
        self.same_table(folder, out, 'datasets/masaq/MASAQ.csv', 'utf-8-sig', ',')
        self.same_table(folder, out, 'datasets/quranic/Quranic/Quranic.csv', 'utf-16', '\t')
        for part in ('notes', os.path.join('datasets', 'resources')):
            ours = self.files(os.path.join(folder, part))
            self.assertEqual(ours, self.files(os.path.join(out, part)))
            for name in ours:
                self.assertTrue(filecmp.cmp(os.path.join(folder, part, name), os.path.join(out, part, name), shallow=False), name)

    @staticmethod
    def files(folder):
        return sorted(os.path.relpath(os.path.join(path, n), folder) for path, _, names in os.walk(folder) for n in names)


class Fixture(Lossless):
    def test_import_and_export(self):
        folder = server.fixture_folder()
        _, out = self.round_trip(folder)
        self.same_folder(folder, out)
        # The spelling of numbers and escapes is Python's; where the input has it too, the lines are the same bytes.
        ours, theirs = lines_of(folder, CORPUS), lines_of(out, CORPUS)
        different = [a for a, b in zip(ours, theirs) if a != b]
        self.assertTrue(all('x_review' in line or 'x_escapes' in line for line in different), different[:1])
        self.assertEqual([as_python_prints(a) for a in ours], theirs)
        # Some writers end the file with a line feed, the old server did not.
        tags = [read(base, 'datasets', 'corpus', 'tags.json').rstrip('\n') for base in (folder, out)]
        self.assertEqual(*tags)
        self.assertEqual(read(folder, 'datasets', 'corpus', 'metadata.json'), read(out, 'datasets', 'corpus', 'metadata.json'))
        with open(os.path.join(out, 'datasets', 'quranic', 'Quranic', 'Quranic.csv'), 'rb') as f:
            self.assertEqual(f.read(2), b'\xff\xfe')
        with open(os.path.join(out, 'datasets', 'masaq', 'MASAQ.csv'), 'rb') as f:
            self.assertEqual(f.read(3), b'\xef\xbb\xbf')

    def test_twice_gives_the_same_bytes(self):
        _, one = self.round_trip(server.fixture_folder(), 'one')
        _, two = self.round_trip(one, 'two')
        self.assertEqual(self.files(one), self.files(two))
        for name in self.files(one):
            self.assertTrue(filecmp.cmp(os.path.join(one, name), os.path.join(two, name), shallow=False), name)

    def test_the_imported_answers_are_the_file(self):
        database = server.fixture_database(self.path('quran.db'))
        with server.Server('--db', database) as started:
            for number, line in enumerate(lines_of(server.fixture_folder(), CORPUS)):
                self.assertEqual(started.get('/api/verse/index/%d' % number).body.decode(), sorted_json(json.loads(line)) + '\n')

    def changed(self, database):
        """Changes of every kind to a database; all its answers."""
        with server.Server('--db', database) as started:
            writers = [Writer('w%d' % i, started, VERSES[7 * i:7 * i + 7]) for i in range(3)]
            for _ in range(60):
                for writer in writers:
                    writer.write()
            for writer in writers:
                writer.connection.close()
            for request in [('POST', '/api/annotations/1/5', '{"z": 1, "n": [1.0, 1e16, 1E-7, -0.0, 123456789012345678901234567890], "a": null}'),
                            ('DELETE', '/api/translations/113:2/none', None), ('DELETE', '/api/hypotheses/1:5/hyp-1', None),
                            ('DELETE', '/api/hypotheses/112:1/hyp-2', None), ('POST', '/api/connections/112:3', '{"b": {}, "a": 1.0}'),
                            ('POST', '/api/connections/112:4', '{}'), ('PUT', '/api/translations/112:3', '[{"z": 0.75, "a": []}, {}]'),
                            ('POST', '/api/pronouns/113:2', '{"referent": "x"}'), ('DELETE', '/api/patterns/pattern-1', None),
                            ('POST', '/api/patterns', '{"z": 1, "a": 2}'), ('PUT', '/api/tags/%D9%82', '{"z": "\\u0000", "a": "\u2028"}'),
                            ('PUT', '/api/tags/iltifat', '{}'), ('POST', '/api/v1/history/1/undo', None), ('POST', '/api/v1/history/5/undo', None)]:
                answer = started.request(request[0], request[1], None if request[2] is None else request[2].encode())
                self.assertIn(answer.status, (200, 409), (request, answer.body))
            return all_answers(started)

    def test_changes_survive_export_and_import(self):
        database, _ = self.round_trip(server.fixture_folder())
        answers = self.changed(database)
        out = self.path('changed')
        self.kalima('export', '--legacy', out, '--db', database)
        again, second = self.round_trip(out, 'again')
        with server.Server('--db', again) as started:
            there = all_answers(started)
        for path in answers:
            self.assertEqual(there[path], answers[path], path)
        # And what is exported from there is the same again.
        self.assertEqual(read(out, CORPUS), read(second, CORPUS))
        self.assertEqual(read(out, 'datasets', 'corpus', 'tags.json'), read(second, 'datasets', 'corpus', 'tags.json'))
        self.same_folder(out, second)

    def test_other_verses_lines_are_the_same_bytes_after_changes(self):
        database, before = self.round_trip(server.fixture_folder())
        with server.Server('--db', database) as started:
            for path in ('/api/annotations/112/3', '/api/hypotheses/113:2', '/api/translations/114:6'):
                self.assertEqual(started.post(path, {'x': 1}).status, 200)
        self.kalima('export', '--legacy', self.path('after'), '--db', database)
        lines = list(zip(lines_of(before, CORPUS), lines_of(self.path('after'), CORPUS)))
        different = [VERSES[i] for i, (a, b) in enumerate(lines) if a != b]
        self.assertEqual(different, [(112, 3), (113, 2), (114, 6)])
        for a, b in lines:
            keys, more = list(json.loads(a)), list(json.loads(b))
            self.assertEqual(more[:len(keys)], keys)  # new keys come last

    def test_parts_that_are_not_there(self):
        """A folder that holds the corpus alone gives a folder that holds the corpus alone."""
        folder = self.path('bare')
        os.makedirs(os.path.join(folder, 'datasets', 'corpus'))
        shutil.copy(os.path.join(server.fixture_folder(), CORPUS), os.path.join(folder, CORPUS))
        database, out = self.round_trip(folder)
        self.assertEqual(self.files(out), [CORPUS])
        with server.Server('--db', database) as started:
            self.assertEqual(started.put('/api/tags/first', {'a': 1}).status, 200)
            self.assertEqual(started.post('/api/patterns', {'a': 1}).status, 200)
            tags, patterns = started.json('/api/tags'), started.json('/api/patterns')
        self.assertEqual((tags['tags'], patterns), ({'first': {'a': 1}}, {'pattern-1': {'a': 1}}))
        self.kalima('export', '--legacy', self.path('with-tags'), '--db', database)
        self.assertEqual(json.loads(read(self.path('with-tags'), 'datasets', 'corpus', 'tags.json')), tags)

    def test_the_folder_is_not_overwritten(self):
        database = server.fixture_database()
        os.mkdir(self.path('there'))
        self.kalima('export', '--legacy', self.path('there'), '--db', database)  # empty: may be used
        before = self.files(self.path('there'))
        self.kalima('export', '--legacy', self.path('there'), '--db', database, code=1)
        with open(self.path('file'), 'w', encoding='utf-8'):
            pass
        self.assertIn(server.run('export', '--legacy', self.path('file'), '--db', database).returncode, (1, 2))
        self.assertEqual(self.files(self.path('there')), before)
        self.kalima('export', '--legacy', self.path('out'), '--db', self.path('none.db'), code=1)

    def test_notes_that_are_gone(self):
        folder = shutil.copytree(server.fixture_folder(), self.path('data'))
        database = server.import_folder(folder, self.path('quran.db'))
        shutil.rmtree(os.path.join(folder, 'notes'))
        done = self.kalima('export', '--legacy', self.path('out'), '--db', database)
        self.assertTrue(os.path.exists(self.path('out', CORPUS)))
        # What cannot be given back must be said.
        self.assertIn('notes', done.stderr + done.stdout.replace('notes and resources.', ''))

    def test_tables_with_odd_cells(self):
        folder = shutil.copytree(server.fixture_folder(), self.path('data'))
        masaq = os.path.join(folder, 'datasets', 'masaq', 'MASAQ.csv')
        with open(masaq, encoding='utf-8-sig', newline='') as f:
            rows = list(csv.reader(f))
        rows[0][3], rows[0][8] = 'Segment_No', 'Morph_Tag'
        rows[0].append('More')
        odd = ['', ' space ', 'a,b', '"', '""quoted""', 'line\nbreak', 'cr\r\nlf', '\t', 'قل, "هو"', "'", ';', '\u2028', '0', '1.0', '\\', '']
        for i, row in enumerate(rows[1:]):
            row.append(odd[i % len(odd)])
        with open(masaq, 'w', encoding='utf-8-sig', newline='') as f:
            csv.writer(f, lineterminator='\n').writerows(rows)
        database, out = self.round_trip(folder)
        self.same_folder(folder, out)
        with server.Server('--db', database) as started:
            shown = started.json('/api/morphology/1/1')['morphology']
        self.assertEqual([row['More'] for row in shown], odd[:len(shown)])


class Random(Lossless):
    """Verses that nobody has written, but that the old file may contain."""

    def setUp(self):
        super().setUp()
        self.random = random.Random(4)

    texts = ['', 'x', 'قُلْ هُوَ', 'a"b\\c/d', '\n\t\r\b\f', '\x00\x1f\x7f\x85', '\u2028\u2029\ufeff', '\U0001f4d6', 'é', 'e\u0301', 'true', '0', '1.0', ' ']
    numbers = ['0', '-0', '1', '-5', '1.0', '0.75', '1000.0', '1e16', '1e+16', '1E2', '1e-7', '0.0001', '0.00001', '-0.0', '1e22', '123456789.123456789',
               '9007199254740993', '9223372036854775807', '-9223372036854775808', '9223372036854775808', '18446744073709551615', '18446744073709551616',
               '123456789012345678901234567890', '1.7976931348623157e308', '5e-324', '0.1', '0.30000000000000004', '1e15', '123456789012345680.0',
               '100000000000000000000.0', '2.5E-3', '0e5', '0.0e-3']

    def text(self, value):
        """A string as JSON, some characters escaped."""
        out = ''
        for c in value:
            how = self.random.random()
            if how < 0.2 or c < ' ':
                units = c.encode('utf-16-be')
                out += ''.join('\\u%04x' % int.from_bytes(units[i:i + 2], 'big') for i in range(0, len(units), 2))
            elif c in '"\\' or c == '/' and how < 0.5:
                out += '\\' + c
            else:
                out += c
        return '"%s"' % out

    def space(self):
        return self.random.choice(['', '', '', ' ', '  ', '\t'])

    def value(self, depth=0):
        choice = self.random.random()
        if depth > 4 or choice < 0.3:
            return self.text(self.random.choice(self.texts))
        if choice < 0.6:
            return self.random.choice(self.numbers)
        if choice < 0.7:
            return self.random.choice(['true', 'false', 'null'])
        if choice < 0.85:
            return self.list([self.value(depth + 1) for _ in range(self.random.randrange(4))])
        return self.object([(self.random.choice(self.texts + ['id', 'a', 'b']), self.value(depth + 1)) for _ in range(self.random.randrange(4))])

    def list(self, items):
        return '[%s]' % ','.join(self.space() + x + self.space() for x in items)

    def object(self, members):
        return '{%s}' % ','.join('%s%s%s:%s%s' % (self.space(), self.text(k), self.space(), self.space(), v) for k, v in members)

    def some(self, members):
        """Members with unknown ones among them, often in another order."""
        members = [m for m in members if m is not None]
        names = {m[0] for m in members}
        for _ in range(self.random.choice((0, 0, 1, 3))):
            name = self.random.choice(('gloss', 'x', '', 'section_tags', 'é', 'text_norm', 'word', 'Surah', 'tokens2'))
            if name not in names:
                names.add(name)
                members.append((name, self.value()))
        if self.random.random() < 0.5:
            self.random.shuffle(members)
        return self.object(members)

    def maybe(self, name, likely=0.85):
        if self.random.random() > likely:
            return None
        return (name, 'null' if self.random.random() < 0.2 else self.text(self.random.choice(self.texts)))

    def segment(self, number):
        members = [('id', self.text(number)) if self.random.random() < 0.9 else None]
        return self.some(members + [self.maybe(k) for k in ('form', 'type', 'pos', 'root', 'lemma', 'features')])

    def token(self, number):
        ident = self.random.choice([str(number), str(number), str(number), '1.0', 'null', '"x"', '123456789012345678901234567890'])
        segments = self.list([self.segment('%d.%d' % (number, g)) for g in range(1, self.random.randrange(1, 4))])
        return self.some([('id', ident) if self.random.random() < 0.95 else None, self.maybe('form'),
                          ('segments', segments) if self.random.random() < 0.9 else None])

    def document(self):
        return self.some([('id', self.value()) if self.random.random() < 0.7 else None, ('note', self.value())])

    def research(self, key):
        if self.random.random() < 0.15:
            return (key, self.value())  # of any shape
        if key == 'connections':
            return (key, self.some([('internal', '[]'), ('external', self.value())]))
        return (key, self.list([self.document() if self.random.random() < 0.9 else self.value() for _ in range(self.random.randrange(4))]))

    def verse(self, ayah):
        surah = self.some([('number', '113'), ('name', self.text('الفلق'))])
        members = [('surah', surah), ('ayah', str(ayah)), ('text', self.text(self.random.choice(self.texts)))]
        if self.random.random() < 0.9:
            members.append(('tokens', self.list([self.token(w) for w in range(1, self.random.randrange(1, 4))])))
        for key in ('annotations', 'connections', 'pronoun_references', 'structure_hypotheses', 'translations'):
            if self.random.random() < 0.4:
                members.append(self.research(key))
        return self.some(members)

    def folder_of(self, lines, tags=None):
        folder = self.path('data')
        os.makedirs(os.path.join(folder, 'datasets', 'corpus'))
        with open(os.path.join(folder, CORPUS), 'w', encoding='utf-8', newline='') as f:
            f.write(''.join(line + '\n' for line in lines))
        if tags is not None:
            with open(os.path.join(folder, 'datasets', 'corpus', 'tags.json'), 'w', encoding='utf-8') as f:
                f.write(tags)
        return folder

    def test_odd_verses(self):
        lines = [self.verse(ayah) for ayah in range(1, 401)]
        database, out = self.round_trip(self.folder_of(lines))
        self.same_lines(lines, lines_of(out, CORPUS))
        with server.Server('--db', database) as started:
            connection = started.connect()
            for i, line in enumerate(lines):
                answer = started.get('/api/verse/index/%d' % i, connection=connection)
                self.assertEqual(answer.body.decode(), sorted_json(json.loads(line)) + '\n', line)
            connection.close()

    def test_odd_verses_that_are_written_to(self):
        lines = [self.verse(ayah) for ayah in range(1, 121)]
        verses = [(113, ayah) for ayah in range(1, 121)]
        database, _ = self.round_trip(self.folder_of(lines))
        paths = all_paths(verses)
        with server.Server('--db', database) as started:
            connection = started.connect()
            before = all_answers(started, paths)
            self.assertEqual({status for status, _ in before.values()}, {200})
            for number, (surah, ayah) in enumerate(verses):
                reference = '%d:%d' % (surah, ayah)
                for write in self.random.sample([('POST', '/api/annotations/%d/%d' % (surah, ayah), {'id': 'new', 'n': 1.0}),
                                                 ('POST', '/api/hypotheses/' + reference, {'id': 'new'}),
                                                 ('POST', '/api/pronouns/' + reference, {'id': 'new'}),
                                                 ('POST', '/api/connections/' + reference, {'new': True}),
                                                 ('POST', '/api/translations/' + reference, {'id': 'new'}),
                                                 ('PUT', '/api/translations/' + reference, [{'id': 'b', 'a': 1}]),
                                                 ('DELETE', '/api/translations/%s/new' % reference, None)], self.random.randrange(8)):
                    answer = started.request(*write, connection=connection)
                    self.assertEqual(answer.status, 200, (write, answer.body, lines[number]))
            answers = all_answers(started, paths)
            self.assertEqual({status for status, _ in answers.values()}, {200})
            entries = started.json('/api/v1/history?limit=100000')['history']
            connection.close()
        self.kalima('export', '--legacy', self.path('out'), '--db', database)
        with server.Server('--db', server.import_folder(self.path('out'), self.path('again.db'))) as started:
            again = all_answers(started, paths)
        for path in paths:
            self.assertEqual(again[path], answers[path], path)
        # Undoing everything, latest first, restores every verse.
        with server.Server('--db', database) as started:
            for entry in entries:
                answer = started.post('/api/v1/history/%d/undo' % entry['id'])
                self.assertEqual(answer.status, 200, (entry, answer.body))
            for surah, ayah in verses:
                path = '/api/verse/%d/%d' % (surah, ayah)
                self.assertEqual(started.get(path).body, before[path][1], lines[ayah - 1])
        self.kalima('export', '--legacy', self.path('undone'), '--db', database)
        self.same_lines(lines, lines_of(self.path('undone'), CORPUS))

    def test_odd_registries(self):
        line = '{"surah": {"number": 1, "name": "x"}, "ayah": 1, "text": "x", "tokens": []}'
        for number, tags in enumerate(['{}', '{"tags": {}}', '{"patterns": {"b": {"z": 1, "a": 1.0}, "a": []}, "x": [1E2], "tags": {"": {}, "é": null}}',
                                       '{"tags": {"x": true, "y": 1, "z": "t"}}',
                                       '{"x": {"tags": {"a": 1}}, "version": 1.0, "tags": {"a": {"b": {"c": [null]}}}, "last_updated": null}']):
            with self.subTest(tags):
                shutil.rmtree(self.path('data'), ignore_errors=True)
                database, out = self.round_trip(self.folder_of([line], tags), 'registry-%d' % number)
                path = os.path.join(out, 'datasets', 'corpus', 'tags.json')
                self.assertEqual(exact(read(path)) if os.path.exists(path) else exact('{}'), exact(as_python_prints(tags)))
                with server.Server('--db', database) as started:
                    self.assertEqual(started.get('/api/tags').body.decode(), sorted_json(json.loads(tags)) + '\n')
                    self.assertEqual(started.put('/api/tags/new', {'a': 1}).status, 200)
                    self.assertEqual(started.json('/api/tags/new'), {'a': 1})
                    self.assertEqual(started.post('/api/patterns', {'id': 'new', 'a': 1}).status, 200)
                    self.assertEqual(started.json('/api/patterns')['new'], {'id': 'new', 'a': 1})
                    shown = started.json('/api/tags')
                    self.assertEqual(shown['tags']['new'], {'a': 1})
                self.kalima('export', '--legacy', out + '-2', '--db', database)
                self.assertEqual(json.loads(read(out + '-2', 'datasets', 'corpus', 'tags.json')), shown)

    def test_registries_that_are_none(self):
        line = '{"surah": {"number": 1, "name": "x"}, "ayah": 1, "text": "x", "tokens": []}'
        for tags in ('{"tags": []}', '{"patterns": null}', '{"tags": {}, "patterns": true}', '[]', '{"tags": {}'):
            with self.subTest(tags):
                shutil.rmtree(self.path('data'), ignore_errors=True)
                done = self.kalima('import', '--legacy', self.folder_of([line], tags), '--db', self.path('quran.db'), code=1)
                self.assertIn('tags.json', done.stderr)
                self.assertFalse(os.path.exists(self.path('quran.db')))


if __name__ == '__main__':
    unittest.main()
