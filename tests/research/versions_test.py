"""Databases of other versions of the schema: older ones are copied and brought up to date, newer ones refused."""
import os
import resource
import signal
import sqlite3
import subprocess
import unittest

from tests.compat import server
from tests.research.support import Folder, all_answers, query

# The tables of the first schema version, as they were.
FIRST_SCHEMA = '''
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE verse (id INTEGER PRIMARY KEY, surah INTEGER NOT NULL, ayah INTEGER NOT NULL, surah_name TEXT NOT NULL, text TEXT NOT NULL,
  layout TEXT, UNIQUE (surah, ayah));
CREATE TABLE word (verse INTEGER NOT NULL REFERENCES verse (id), position INTEGER NOT NULL, id INTEGER NOT NULL, form TEXT, layout TEXT,
  PRIMARY KEY (verse, position)) WITHOUT ROWID;
CREATE TABLE segment (verse INTEGER NOT NULL, word INTEGER NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL, form TEXT, type TEXT, pos TEXT,
  root TEXT, lemma TEXT, features TEXT, layout TEXT, PRIMARY KEY (verse, word, position),
  FOREIGN KEY (verse, word) REFERENCES word (verse, position)) WITHOUT ROWID;
CREATE TABLE research (verse INTEGER NOT NULL REFERENCES verse (id), kind TEXT NOT NULL, position INTEGER NOT NULL, document TEXT NOT NULL,
  PRIMARY KEY (verse, kind, position)) WITHOUT ROWID;
CREATE TABLE research_list (verse INTEGER NOT NULL REFERENCES verse (id), kind TEXT NOT NULL, place INTEGER NOT NULL,
  PRIMARY KEY (verse, kind)) WITHOUT ROWID;
CREATE TABLE registry (section TEXT NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL, document TEXT NOT NULL,
  PRIMARY KEY (section, name)) WITHOUT ROWID;
CREATE TABLE treebank_row (id INTEGER PRIMARY KEY, verse INTEGER REFERENCES verse (id), cells TEXT NOT NULL);
CREATE TABLE masaq_row (id INTEGER PRIMARY KEY, verse INTEGER REFERENCES verse (id), cells TEXT NOT NULL);
'''
TABLES = ('meta', 'verse', 'word', 'segment', 'research', 'research_list', 'registry', 'treebank_row', 'masaq_row')




class Versions(Folder):
    def setUp(self):
        super().setUp()
        self.now = query(server.fixture_database(), 'PRAGMA user_version')[0][0]

    def copies(self):
        return sorted(n for n in os.listdir(self.folder) if '.before-schema-' in n)

    def first(self, path, rows_of):
        """A database of schema version 1 with the rows of another."""
        connection = sqlite3.connect(path, isolation_level=None)
        connection.executescript(FIRST_SCHEMA)
        connection.execute('ATTACH ? AS other', (rows_of,))
        for table in TABLES:
            columns = ', '.join(row[1] for row in connection.execute('PRAGMA main.table_info(%s)' % table))
            connection.execute('INSERT INTO main.%s (%s) SELECT %s FROM other.%s' % (table, columns, columns, table))
        connection.execute('DETACH other')
        connection.execute('PRAGMA application_id=%d' % 0x4B616C69)
        connection.execute('PRAGMA user_version=1')
        connection.execute('PRAGMA journal_mode=WAL')
        connection.close()
        return path

    def test_the_first_version_is_brought_up_to_date(self):
        fixture = server.fixture_database()
        with server.Server('--db', server.fixture_database(self.path('fixture.db'))) as started:
            expected = all_answers(started)
        database = self.first(self.path('first.db'), fixture)
        before = {table: query(database, 'SELECT * FROM %s' % table) for table in TABLES}
        refused = self.kalima('serve', '--db', database, '--port', 0, '--read-only', code=1, timeout=20)
        self.assertIn('without --read-only', refused.stderr)
        self.assertEqual(query(database, 'PRAGMA user_version'), [(1,)])
        with server.Server('--db', database) as started:
            self.assertEqual(all_answers(started), expected)
            self.assertEqual(started.json('/api/v1/history')['history'], [])
            self.assertEqual(started.post('/api/annotations/1/1', {'id': 'x'}).status, 200)
            self.assertEqual(started.post('/api/v1/history/1/undo').status, 200)
            self.assertEqual(all_answers(started), expected)
        self.kalima('check', '--db', database)
        self.assertEqual(self.copies(), ['first.db.before-schema-%d' % self.now])
        self.assertEqual({table: query(database, 'SELECT * FROM %s' % table) for table in TABLES}, before)
        self.assertGreater(query(database, 'PRAGMA user_version')[0][0], 1)

    def test_the_copy_is_the_database_as_it_was(self):
        database = self.first(self.path('first.db'), server.fixture_database())
        # The latest write is in the write-ahead log only, as after a crash.
        connection = sqlite3.connect(database)
        connection.execute("INSERT INTO registry VALUES ('tags', 'late', 99, '{}')")
        connection.commit()
        before = {table: query(database, 'SELECT * FROM %s' % table) for table in TABLES}
        schema = query(database, 'SELECT type, name, sql FROM sqlite_schema ORDER BY name')
        with server.Server('--db', database):
            pass
        connection.close()
        copy = database + '.before-schema-%d' % self.now
        self.assertEqual(self.copies(), [os.path.basename(copy)])
        self.assertEqual(query(copy, 'PRAGMA integrity_check'), [('ok',)])
        self.assertEqual(query(copy, 'PRAGMA user_version'), [(1,)])
        self.assertEqual(query(copy, 'SELECT type, name, sql FROM sqlite_schema ORDER BY name'), schema)
        self.assertEqual({table: query(copy, 'SELECT * FROM %s' % table) for table in TABLES}, before)
        # A database that is up to date is not copied.
        with server.Server('--db', database):
            pass
        self.assertEqual(self.copies(), [os.path.basename(copy)])
        # The copy can be served in its turn.
        with server.Server('--db', copy) as started:
            self.assertIn('late', started.json('/api/tags')['tags'])

    def test_no_copy_is_overwritten(self):
        database = self.first(self.path('first.db'), server.fixture_database())
        names = ['first.db.before-schema-%d%s' % (self.now, more) for more in ('', '-2', '-3')]
        for name in names[:2]:
            with open(self.path(name), 'w', encoding='utf-8') as f:
                f.write('mine')
        # What a crash left in the middle of a copy is not in the way.
        with open(self.path(names[2] + '.part'), 'w', encoding='utf-8') as f:
            f.write('half')
        with server.Server('--db', database):
            pass
        self.assertEqual(self.copies(), names)
        for name in names[:2]:
            with open(self.path(name), encoding='utf-8') as f:
                self.assertEqual(f.read(), 'mine')
        self.assertEqual(query(self.path(names[2]), 'PRAGMA user_version'), [(1,)])

    def test_without_a_copy_nothing_is_changed(self):
        database = self.first(self.path('first.db'), server.fixture_database())
        before = {table: query(database, 'SELECT * FROM %s' % table) for table in TABLES}
        part = self.path('first.db.before-schema-%d.part' % self.now)
        limit = os.path.getsize(database) // 2

        def small_disk():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        done = subprocess.run([server.binary(), 'serve', '--port', '0', '--db', database], capture_output=True, encoding='utf-8',
                              env=server.environment(), timeout=60 * server.TIME_FACTOR, check=False, preexec_fn=small_disk)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn('cannot keep a copy of ' + database, done.stderr)
        self.assertIn('the database is as it was', done.stderr)
        self.assertFalse(os.path.exists(part))
        self.assertEqual(self.copies(), [])
        self.assertEqual(query(database, 'PRAGMA user_version'), [(1,)])
        self.assertEqual({table: query(database, 'SELECT * FROM %s' % table) for table in TABLES}, before)
        # With room it starts.
        with server.Server('--db', database):
            pass
        self.assertEqual(len(self.copies()), 1)

    def test_several_starts_at_once_make_one_copy(self):
        database = self.first(self.path('first.db'), server.fixture_database())
        self.kalima('undo', 1, '--db', self.first(self.path('other.db'), server.fixture_database()), code=1)
        running = [subprocess.Popen([server.binary(), 'undo', '1', '--db', database], stderr=subprocess.PIPE, encoding='utf-8',
                                    env=server.environment()) for _ in range(4)]
        for process in running:
            self.assertIn('entry 1 of the history not found', process.communicate(timeout=60 * server.TIME_FACTOR)[1])
        self.assertEqual(self.copies(), [n + '.before-schema-%d' % self.now for n in ('first.db', 'other.db')])

    def test_a_crash_before_the_new_version_was_in_the_file(self):
        database = self.first(self.path('first.db'), server.fixture_database())
        started = server.Server('--db', database)
        self.assertEqual(started.post('/api/annotations/1/1', {'id': 'x'}).status, 200)
        started.kill()
        with server.Server('--db', database) as again:
            self.assertEqual([d['id'] for d in again.json('/api/annotations/1/1')], ['x'])

    def test_commands_on_the_first_version(self):
        """Each either works or says what to do; backing up comes before bringing up to date."""
        database = self.first(self.path('first.db'), server.fixture_database())
        for args in (('backup', self.path('copy.db')), ('export', '--legacy', self.path('out')), ('check',)):
            done = server.run(*args, '--db', database)
            if done.returncode != 0:
                self.assertEqual(done.returncode, 1)
                self.assertIn('kalima serve', done.stderr)
        done = server.run('undo', 1, '--db', database)
        self.assertEqual(done.returncode, 1)
        self.assertIn('entry 1 of the history not found', done.stderr)

    def test_a_newer_version_is_refused(self):
        database = server.fixture_database(self.path('newer.db'))
        connection = sqlite3.connect(database)
        connection.execute('PRAGMA user_version=99')
        connection.close()
        for args in (('serve', '--port', 0), ('backup', self.path('copy.db')), ('export', '--legacy', self.path('out')), ('check',), ('undo', 1),
                     ('reindex',), ('import', '--starter'), ('import', '--legacy', server.fixture_folder())):
            done = self.kalima(*args, '--db', database, code=1, timeout=20)
            self.assertIn('99', done.stderr)
            self.assertIn('newer kalima', done.stderr)
        self.assertFalse(os.path.exists(self.path('copy.db')))
        self.assertEqual(self.copies(), [])
        self.assertEqual(query(database, 'PRAGMA user_version'), [(99,)])

    def test_another_program_s_database_is_refused_and_left_alone(self):
        database = self.path('other.db')
        connection = sqlite3.connect(database)
        connection.execute('CREATE TABLE t (a)')
        connection.commit()
        connection.close()
        with open(self.path('text.db'), 'w', encoding='utf-8') as f:
            f.write('no database at all\n' * 100)
        with open(self.path('empty.db'), 'w', encoding='utf-8'):
            pass
        for path in (database, self.path('text.db'), self.path('empty.db')):
            with open(path, 'rb') as f:
                before = f.read()
            for args in (('serve', '--port', 0), ('backup', self.path('copy.db')), ('export', '--legacy', self.path('out')), ('check',), ('undo', 1)):
                with self.subTest(path=os.path.basename(path), command=args[0]):
                    done = self.kalima(*args, '--db', path, code=1, timeout=5)
                    self.assertIn('kalima: ', done.stderr)
            with self.subTest(path=os.path.basename(path)):
                with open(path, 'rb') as f:
                    self.assertEqual(f.read(), before)


if __name__ == '__main__':
    unittest.main()
