"""Databases that somebody else made, by design or by accident: refused with a clear word, or served without harm."""
import json
import os
import random
import shutil
import sqlite3
import unittest

from tests.compat import server
from tests.compat.server import json_of
from tests.research.mutations_test import change_a_value
from tests.research.support import Folder, query
from tests.research.versions_test import fixture

ENDLESS = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) '
# What a stranger can add to the tables, and the word that says so.
SCHEMAS = {
    'a trigger': ("CREATE TRIGGER t AFTER INSERT ON history BEGIN UPDATE meta SET value = 'x'; END", 'trigger "t"'),
    'a view without end': ('ALTER TABLE registry RENAME TO zz; CREATE VIEW registry AS ' + ENDLESS + "SELECT '' AS section, i AS name, i AS position, '1' AS document FROM n",
                           'view "registry"'),
    'a view without end of verses': ('ALTER TABLE verse RENAME TO zz; CREATE VIEW verse AS ' + ENDLESS +
                                     "SELECT i AS id, i AS surah, i AS ayah, 'x' AS surah_name, 'y' AS text FROM n", 'view "verse"'),
    'a table more': ('CREATE TABLE more (a)', 'table "more"'),
    'an index more': ('CREATE INDEX more ON research (abs(position))', 'index "more"'),
    'a table with a condition': ('ALTER TABLE history RENAME TO aside; CREATE TABLE history (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT, verse INTEGER, '
                                 'action TEXT, undoes INTEGER, changes TEXT CHECK (0)); DROP TABLE aside', 'table "history"'),
    'a computed column': ('DROP TABLE registry; CREATE TABLE registry (section TEXT, name TEXT, position INTEGER, document TEXT AS (hex(zeroblob(400000000))))',
                          'table "registry"'),
    'no table of research': ('DROP TABLE research', 'table "research"'),
}


def change(database, sql, *values):
    """Runs statements as a stranger would: nothing keeps them from what the schema forbids."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute('PRAGMA foreign_keys=OFF')
    connection.execute('PRAGMA legacy_alter_table=ON')
    try:
        if values:
            connection.execute(sql, values)
        else:
            connection.executescript(sql)
        connection.execute('PRAGMA wal_checkpoint(TRUNCATE)')
    finally:
        connection.close()


def refusal(database, *options):
    """What a server says instead of starting; empty if it starts."""
    try:
        started = server.Server('--db', database, *options)
    except RuntimeError as e:
        return str(e)
    started.stop()
    return ''


class Stranger(Folder):
    def setUp(self):
        super().setUp()
        self.database = server.copy_database(server.fixture_database(), self.path('quran.db'))

    def said(self, *args, codes=(1,)):
        done = server.run(*args, timeout=60)
        said = done.stdout + done.stderr
        self.assertIn(done.returncode, codes, said)
        self.assertNotIn('internal error', said)
        self.assertNotIn('please report', said)
        self.assertNotIn('unexpected', said)
        return said

    def without_index(self):
        """Also without what tells that the corpus is not the one that was imported."""
        shutil.rmtree(self.database + '-index')
        change(self.database, "DELETE FROM meta WHERE key = 'corpus.hash'")

    def test_a_database_has_the_tables_that_kalima_makes_and_nothing_more(self):
        for name, (sql, word) in SCHEMAS.items():
            with self.subTest(name=name):
                shutil.rmtree(self.database + '-index', ignore_errors=True)
                os.remove(self.database)
                server.copy_database(server.fixture_database(), self.database)
                change(self.database, sql)
                for options in ((), ('--read-only',)):
                    self.assertIn(word, refusal(self.database, *options))
                for command in (('check',), ('reindex',), ('undo', 1), ('backup', self.path('copy')),
                                ('export', '--legacy', self.path('out')), ('query', '[pos="N"]')):
                    with self.subTest(command=command[0]):
                        self.assertIn(word, self.said(*command, '--db', self.database))
                self.assertEqual([n for n in sorted(os.listdir(self.folder)) if not n.endswith(('-wal', '-shm'))], ['quran.db', 'quran.db-index'])

    def test_an_older_database_too(self):
        for version in (1, 2):
            with self.subTest(version=version):
                database = fixture(version, self.path('old-%d.db' % version))
                change(database, "CREATE TRIGGER t AFTER UPDATE ON verse BEGIN UPDATE meta SET value = 'x'; END")
                self.assertIn('trigger "t"', refusal(database))
                self.assertEqual(query(database, 'PRAGMA user_version'), [(version,)])

    def test_what_sqlite_itself_adds_does_no_harm(self):
        change(self.database, 'ANALYZE')
        with server.Server('--db', self.database) as started:
            self.assertEqual(started.get('/api/v1/corpus').status, 200)

    def test_a_history_that_names_a_verse_that_is_not_there(self):
        for verse in (99999, -1, 2 ** 62):
            change(self.database, "INSERT INTO history (at, verse, action, changes) VALUES ('2026-01-01', ?, 'x', '[]')", verse)
        with server.Server('--db', self.database) as started:
            self.assertEqual(started.post('/api/annotations/1/2', {'id': 'written'}).status, 200)
            # Also while it runs.
            change(self.database, "INSERT INTO history (at, verse, action, changes) VALUES ('2026-01-01', ?, 'x', '[]')", -7)
            self.assertEqual(started.post('/api/annotations/1/2', {'id': 'more'}).status, 200)
            self.assertIn(b'"id":"more"', started.get('/api/annotations/1/2').body)
            self.assertIn(b'"id":"more"', started.get('/api/verse/1/2').body)
            self.assertEqual(started.get('/api/v1/history').status, 200)
        self.assertIn('refers to a missing row', self.said('check', '--db', self.database))

    def test_research_of_a_verse_that_is_not_there(self):
        for verse in (99999, -1):
            change(self.database, "INSERT INTO research (verse, kind, position, document) VALUES (?, 'annotations', 0, '{\"id\":\"far\"}')", verse)
            change(self.database, "INSERT INTO research_list (verse, kind, place) VALUES (?, 'annotations', 0)", verse)
        with server.Server('--db', self.database) as started:
            self.assertEqual(started.post('/api/annotations/1/2', {'id': 'written'}).status, 200)

    def test_a_document_that_cannot_be_read_leaves_the_others_alone(self):
        with server.Server('--db', self.database) as started:
            for path in ('/api/annotations/1/2', '/api/annotations/1/3'):
                self.assertEqual(started.post(path, {'id': 'first'}).status, 200)
            broken = (b'{', b'[]', b'\xff', b'')
            for document in broken:
                change(self.database, 'UPDATE research SET document=CAST(? AS TEXT) WHERE verse=1', document)
                # The writers that follow see the change of a verse that cannot be shown.
                change(self.database, "INSERT INTO history (at, verse, action, changes) VALUES ('2026-01-01', 1, 'x', '[]')")
                self.assertEqual(started.post('/api/annotations/1/3', {'id': 'more'}).status, 200, document)
                self.assertIn(started.get('/api/verse/1/2').status, (200, 500))
            self.assertEqual(started.get('/api/annotations/1/3').body.count(b'"id"'), 1 + len(broken))

    def test_folders_that_a_database_names_are_not_believed(self):
        secrets = self.path('secrets')
        os.mkdir(secrets)
        with open(os.path.join(secrets, 'note.md'), 'w', encoding='utf-8') as f:
            f.write('SECRET\n')
        for key in ('notes', 'resources'):
            change(self.database, 'INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', 'folder.' + key, secrets)
        # Nothing tells that it is not what was imported.
        change(self.database, "DELETE FROM meta WHERE key = 'corpus.hash'")
        with server.Server('--db', self.database) as started:
            self.assertEqual(json_of(started.get('/api/notes'))['notes'], [])
            self.assertNotEqual(started.get('/api/notes/content?path=note.md').status, 200)
            self.assertEqual(json_of(started.get('/api/library_search?q=secret'))['results'], [])
        self.assertIn('did not import it', started.log)
        done = self.kalima('export', '--legacy', self.path('out'), '--db', self.database)
        self.assertIn('did not import that folder', done.stderr)
        self.assertNotIn('note.md', [name for _, _, names in os.walk(self.path('out')) for name in names])
        # Unless the user names them.
        with server.Server('--db', self.database, '--notes', secrets) as started:
            self.assertEqual([n['snippet'] for n in json_of(started.get('/api/notes'))['notes']], ['SECRET'])
        self.kalima('export', '--legacy', self.path('out-2'), '--db', self.database, '--notes', secrets)
        self.assertTrue(os.path.exists(self.path('out-2', 'notes', 'note.md')))

    def test_documents_that_are_not_json_are_not_passed_on(self):
        with server.Server('--db', self.database) as started:
            self.assertEqual(started.post('/api/annotations/1/2', {'id': 'a'}).status, 200)
            change(self.database, "UPDATE research SET document='{\"id\":}' WHERE verse=1")
            [verse] = json_of(started.get('/api/v1/verses/1:2?layers=notes'))['verses']
            self.assertEqual((verse['notes']['annotations'], verse['unreadable']), ([], 1))
            [verse] = json_of(started.get('/api/v1/verses/1:3?layers=notes'))['verses']
            self.assertNotIn('unreadable', verse)

    def test_lists_leave_out_what_cannot_be_read_and_say_so(self):
        with server.Server('--db', self.database) as started:
            for path, body in (('/api/v1/annotations', {'anchor': '1:2', 'note': 'one'}), ('/api/v1/annotations', {'anchor': '1:2', 'note': 'two'}),
                               ('/api/v1/annotations', {'anchor': '1:3', 'note': 'three'}), ('/api/v1/tags', {'id': 'first', 'note': 'x'}),
                               ('/api/v1/translations', {'anchor': '1:2', 'language': 'en', 'text': 'Praise'})):
                self.assertEqual(started.post(path, body).status, 201, path)
            self.assertEqual(started.post('/api/patterns', {'name': 'p'}).status, 200)
            old_lists = {path: json_of(started.get(path)) for path in ('/api/tags', '/api/patterns')}
            before = {path: json_of(started.get('/api/v1/' + path))['total'] for path in ('annotations', 'tags')}
            whole = {path: started.get(path).body for path in ('/api/surah/1', '/api/verse/1/3', '/api/annotations/1/3')}
            change(self.database, "UPDATE research SET document='{' WHERE verse=1 AND (document LIKE '%\"one\"%' OR kind='translations')")
            change(self.database, "UPDATE registry SET document='[' WHERE section='tags' AND name='first'")
            change(self.database, "UPDATE registry SET document='[' WHERE section='patterns' AND name='p-neg'")
            change(self.database, "INSERT INTO history (at, verse, action, changes) VALUES ('2026-01-01', 1, 'x', '[')")
            change(self.database, "INSERT INTO history (at, verse, action, changes) VALUES ('2026-01-01', NULL, 'x', '[]')")

            def left_out(path):
                answer = json_of(started.get(path))
                return answer['total'], [(one['kind'], one['id']) for one in answer.get('unreadable', [])]
            self.assertEqual(left_out('/api/v1/annotations'), (before['annotations'] - 1, [('annotation', '1:2:@1')]))
            self.assertEqual(left_out('/api/v1/annotations?verses=1:3'), (1, []))
            self.assertEqual(left_out('/api/v1/tags'), (before['tags'] - 1, [('tag', 'first')]))
            self.assertEqual(left_out('/api/v1/notes')[1], [('annotation', '1:2:@1'), ('translation', '1:2:@1'), ('tag', 'first'), ('pattern', 'p-neg')])
            self.assertEqual(started.get('/api/v1/annotations/1:2:@1').status, 500)
            self.assertEqual(started.get('/api/v1/search?q=praise').status, 200)
            self.assertEqual([(entry['changes'], entry.get('unreadable')) for entry in json_of(started.get('/api/v1/history'))['history'][:2]], [([], None), ([], True)])
            # The old API has no place to say so: who asks for the verse is told, who asks for several gets what can be read.
            server.wait_until(lambda: started.get('/api/verse/1/2').status == 500)
            self.assertEqual(started.get('/api/annotations/1/2').status, 500)
            for path in ('/api/verse/1/3', '/api/annotations/1/3'):
                self.assertEqual(started.get(path).body, whole[path])
            self.assertEqual(len(json_of(started.get('/api/surah/1'))['verses']), len(json.loads(whole['/api/surah/1'])['verses']))
            del old_lists['/api/tags']['tags']['first'], old_lists['/api/tags']['patterns']['p-neg'], old_lists['/api/patterns']['p-neg']
            for path, answer in old_lists.items():
                self.assertEqual(json_of(started.get(path)), answer)
            for path, body in (('/api/v1/annotations', {'anchor': '1:2', 'note': 'more'}), ('/api/v1/tags', {'id': 'second', 'note': 'x'})):
                self.assertEqual(started.post(path, body).status, 201, path)
        self.assertIn('lists leave it out', started.log)
        done = self.kalima('notes', 'list', '--db', self.database)
        self.assertIn('annotation 1:2:@1', done.stderr)
        done = self.kalima('research', 'export', self.path('out.jsonl'), '--db', self.database)
        self.assertIn('tag first', done.stderr)

    def test_a_damaged_document_that_is_asked_for_by_its_name(self):
        types = {'annotations': {'anchor': '1:2', 'note': 'x'}, 'hypotheses': {'anchor': '1:2', 'hypothesis': 'x'},
                 'pronouns': {'anchor': '1:2:1', 'referent': 'x'}, 'connections': {'anchor': '1:2', 'note': 'x'},
                 'translations': {'anchor': '1:2', 'language': 'en', 'text': 'x'}, 'tags': {'id': 'named', 'note': 'x'},
                 'patterns': {'id': 'named', 'note': 'x'}, 'queries': {'id': 'named', 'query': '[]'},
                 'subcorpora': {'id': 'part', 'query': '[]'}, 'lists': {'id': 'named', 'items': ['x']}}
        unreadable = (b'{', b'\xff', b'', b'{"id":}', b'{"a":' * 500, b'\x00', b'{} {}')
        with server.Server('--db', self.database) as started:
            named = []
            for kind, body in types.items():
                answer = started.post('/api/v1/' + kind, body)
                self.assertEqual(answer.status, 201, (kind, answer.body))
                named.append(answer.headers['Location'])
            named += ['/api/annotations/1/2'] + ['/api/%s/1:2' % kind for kind in ('hypotheses', 'pronouns', 'connections', 'translations')]
            for document in unreadable + (b'[]', b'null', b'7', b'"x"'):
                change(self.database, 'UPDATE research SET document=CAST(? AS TEXT) WHERE verse=1', document)
                change(self.database, "UPDATE registry SET document=CAST(? AS TEXT) WHERE section<>'' AND name IN ('named', 'part')", document)
                change(self.database, "INSERT INTO history (at, verse, action, changes) VALUES ('2026-01-01', 1, 'x', '[]')")
                for path in named:
                    answer = started.get(path)
                    self.assertTrue(answer.status in (200, 404) or b'the database is damaged' in answer.body, (path, document, answer))
                for path in ('/api/tags/named', '/api/patterns/named'):
                    self.assertEqual(started.get(path).status, 404 if document in unreadable else 200, (path, document))
                if document in unreadable:
                    # Nor is it lost by a write that nobody could take back.
                    self.assertEqual(started.put('/api/tags/named', {'note': 'y'}).status, 409, document)
                    self.assertEqual(started.post('/api/patterns', {'id': 'named'}).status, 409, document)
                    self.assertEqual(started.delete('/api/patterns/named').status, 409, document)
                self.assertEqual(started.put('/api/tags/other', {'note': 'y'}).status, 200, document)
        self.assertIn('"named": the database is damaged', started.log)
        self.assertNotIn('internal', started.log)

    def test_verses_that_are_not_numbered_from_0(self):
        for sql in ('UPDATE verse SET id=-1 WHERE id=0', 'UPDATE verse SET id=1000 WHERE id=3', 'DELETE FROM verse WHERE id=5',
                    "INSERT INTO verse (id, surah, ayah, surah_name, text) VALUES (-1, 1, 0, 'x', 'y')"):
            with self.subTest(sql=sql):
                os.remove(self.database)
                shutil.rmtree(self.database + '-index', ignore_errors=True)
                server.copy_database(server.fixture_database(), self.database)
                self.without_index()
                change(self.database, sql)
                self.assertIn('the database is damaged', refusal(self.database))

    def test_layouts_that_are_none(self):
        for table in ('verse', 'word', 'segment'):
            for keys, odd in (('[]', None), ('{}', None), ('[1]', None), ('["tokens","tokens"]', None), ('["surah"]', '{"surah":[]}'),
                              ('["tokens","id","segments"]', '{"tokens":7,"segments":{},"id":[]}'), ('null', '[]')):
                with self.subTest(table=table, keys=keys):
                    os.remove(self.database)
                    shutil.rmtree(self.database + '-index', ignore_errors=True)
                    server.copy_database(server.fixture_database(), self.database)
                    self.without_index()
                    columns = {'verse': ('verse',), 'word': ('verse', 'position'), 'segment': ('verse', 'word', 'position')}[table]
                    change(self.database, 'INSERT OR REPLACE INTO legacy_%s (%s, keys, odd) VALUES (%s, ?, ?)' % (table, ', '.join(columns), ', '.join('0' * len(columns))),
                           keys, odd)
                    self.serve_or_refuse()

    def serve_or_refuse(self):
        """The server starts and answers, or says why not."""
        try:
            started = server.Server('--db', self.database)
        except RuntimeError as e:
            self.assertRegex(str(e), r'(?m)^kalima: \S')
            self.assertNotIn('internal error', str(e))
            self.assertNotIn('please report', str(e))
            return 'refused'
        with started:
            connection = started.connect()
            for path in ('/api/surah/1', '/api/verse/1/1', '/api/verses', '/api/v1/verses/1?layers=words,segments,tree,masaq,notes', '/api/v1/morphology/1:1',
                         '/api/v1/corpus', '/api/v1/attributes', '/api/search/roots?root=rHm', '/api/v1/query?q=%5Bpos%3D%22N%22%5D', '/api/v1/history'):
                answer = started.get(path, connection=connection)
                self.assertTrue(json.loads(answer.body), path)
                self.assertNotIn(b'internal error', answer.body, path)
            answer = started.post('/api/annotations/1/2', {'id': 'written'}, connection=connection)
            self.assertNotIn(b'internal error', answer.body)
            connection.close()
        self.assertNotIn('internal', started.log)
        return 'served'

    def test_rows_changed_at_random_under_an_index_of_their_own(self):
        outcomes = {}
        seed = os.environ.get('KALIMA_TEST_SEED') or '1'
        for number in range(int(os.environ.get('KALIMA_TEST_MUTATIONS') or 40)):
            os.remove(self.database)
            shutil.rmtree(self.database + '-index', ignore_errors=True)
            server.copy_database(server.fixture_database(), self.database)
            rng = random.Random('%s %d' % (seed, number))
            changes = [change_a_value(self.database, rng) for _ in range(rng.choice((1, 1, 2, 4)))]
            self.without_index()
            with self.subTest(number=number, changes=changes):
                outcome = self.serve_or_refuse()
                outcomes[outcome] = outcomes.get(outcome, 0) + 1
        self.assertGreater(outcomes.get('served', 0), 0)


class Damaged(Folder):
    """Research that SQLite no longer finds is never left out in silence."""

    def setUp(self):
        super().setUp()
        self.database = server.copy_database(server.fixture_database(), self.path('quran.db'))

    def test_research_does_not_depend_on_the_rows_of_verses(self):
        with server.Server('--db', self.database) as started:
            self.assertEqual(started.post('/api/annotations/1/5', {'id': 'kept'}).status, 200)
            expected = started.get('/api/verse/1/5').body
        change(self.database, 'DELETE FROM verse WHERE id=4')
        with server.Server('--db', self.database) as started:
            self.assertEqual(started.get('/api/verse/1/5').body, expected)

    def test_a_tree_that_is_out_of_order_is_refused(self):
        with server.Server('--db', self.database) as started:
            for number in range(40):
                self.assertEqual(started.post('/api/annotations/1/5', {'id': 'a%d' % number, 'text': 'x' * 200}).status, 200)
                self.assertEqual(started.post('/api/annotations/%d/1' % (112 + number % 3), {'id': 'b%d' % number}).status, 200)
        for table in ('meta', 'research', 'history_verse', 'history'):
            with self.subTest(table=table):
                broken = server.copy_database(self.database, self.path('broken-%s.db' % table))
                exchange_rows(broken, table)
                self.assertIn('the database is damaged', refusal(broken))
                done = server.run('export', '--legacy', self.path('out'), '--db', broken)
                self.assertIn('the database is damaged', done.stderr)


def exchange_rows(database, tree):
    """The first and the last cell of the first leaf of a tree change places: each is in the tree, but not where it is looked for."""
    (root,), (size,) = query(database, "SELECT rootpage FROM sqlite_schema WHERE name='%s'" % tree)[0], query(database, 'PRAGMA page_size')[0]
    with open(database, 'r+b') as f:
        data = bytearray(f.read())
        page = root
        while True:
            at = (page - 1) * size
            leaf = data[at] in (10, 13)
            cells = at + (8 if leaf else 12)
            count = int.from_bytes(data[at + 3:at + 5], 'big')
            if leaf:
                break
            cell = at + int.from_bytes(data[cells:cells + 2], 'big')
            page = int.from_bytes(data[cell:cell + 4], 'big')
        assert count > 1, tree
        last = cells + 2 * (count - 1)
        data[cells:cells + 2], data[last:last + 2] = data[last:last + 2], data[cells:cells + 2]
        f.seek(0)
        f.write(data)


if __name__ == '__main__':
    unittest.main()
