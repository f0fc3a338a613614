"""Databases of other versions of the schema: older ones are copied and brought up to date, newer ones refused."""
import json
import os
import resource
import signal
import sqlite3
import subprocess
import time
import unittest

from tests.compat import server
from tests.research.support import Folder, query

DATABASES = os.path.join(server.ROOT, 'tests', 'fixtures', 'databases')
OLD_VERSIONS = (1, 2, 3)


def fixture(version, path):
    """The database that a program of that schema version made, at `path`."""
    connection = sqlite3.connect(path, isolation_level=None)
    with open(os.path.join(DATABASES, 'schema-%d.sql' % version), encoding='utf-8') as f:
        connection.executescript(f.read())
    connection.execute('PRAGMA journal_mode=WAL')
    connection.close()
    return path


def expected(version, name):
    with open(os.path.join(DATABASES, 'schema-%d' % version, name), encoding='utf-8') as f:
        return json.load(f) if name.endswith('.json') and name != 'tags.json' else f.read()


def content(database):
    """All rows of all tables present, but for what each start and each step changes."""
    tables = [name for name, in query(database, "SELECT name FROM sqlite_schema WHERE type='table' ORDER BY name")]
    out = {table: query(database, 'SELECT * FROM %s' % table) for table in tables}
    out['meta'] = [row for row in out['meta'] if row[0] not in ('database.mark', 'schema.program')]
    return out


class Versions(Folder):
    def setUp(self):
        super().setUp()
        self.now = query(server.fixture_database(), 'PRAGMA user_version')[0][0]

    def copies(self):
        return sorted(n for n in os.listdir(self.folder) if '.before-schema-' in n)

    def exported(self, database, name):
        out = self.path('out-%d' % len(os.listdir(self.folder)))
        self.kalima('export', '--legacy', out, '--db', database)
        with open(os.path.join(out, 'datasets', 'corpus', name), encoding='utf-8') as f:
            return f.read()

    def test_older_versions_are_brought_up_to_date(self):
        for version in OLD_VERSIONS:
            with self.subTest(version=version):
                name = 'old-%d.db' % version
                database = fixture(version, self.path(name))
                refused = self.kalima('serve', '--db', database, '--port', 0, '--read-only', code=1, timeout=20)
                self.assertIn('without --read-only', refused.stderr)
                self.assertEqual(query(database, 'PRAGMA user_version'), [(version,)])
                answers = expected(version, 'answers.json')
                with server.Server('--db', database) as started:
                    self.assertEqual({path: started.get(path).body.decode() for path in answers}, answers)
                self.kalima('check', '--db', database)
                self.assertEqual([n for n in self.copies() if n.startswith(name)], ['%s.before-schema-%d' % (name, self.now)])
                self.assertEqual(query(database, 'PRAGMA user_version'), [(self.now,)])
                self.assertEqual(query(database, 'PRAGMA foreign_key_check'), [])
                for file in ('quran.jsonl', 'tags.json'):
                    self.assertEqual(self.exported(database, file), expected(version, file))
                # The same, rendered from the database alone.
                self.kalima('reindex', '--db', database)
                with server.Server('--db', database) as started:
                    self.assertEqual({path: started.get(path).body.decode() for path in answers}, answers)

    def test_a_database_that_was_brought_up_to_date_has_the_tables_of_a_new_one(self):
        def tables(database):
            return {row[0]: [c[1:] for c in query(database, 'PRAGMA table_info(%s)' % row[0])]
                    for row in query(database, "SELECT name FROM sqlite_schema WHERE type='table' ORDER BY name")}
        for version in OLD_VERSIONS:
            database = fixture(version, self.path('old-%d.db' % version))
            with server.Server('--db', database):
                pass
            self.assertEqual(tables(database), tables(server.fixture_database()))
            self.assertEqual([sql for sql, in query(database, "SELECT sql FROM sqlite_schema WHERE sql LIKE '%layout%'")], [])

    def test_what_an_older_version_wrote_can_be_undone(self):
        database = fixture(2, self.path('old.db'))
        with server.Server('--db', database) as started:
            for step in expected(2, 'undone.json'):
                self.assertEqual(started.post('/api/v1/history/%d/undo' % step['entry']).status, 200)
                for path in ('verses', 'tags'):
                    self.assertEqual(started.get({'verses': '/api/verses?limit=100', 'tags': '/api/tags'}[path]).body.decode(), step[path])
        self.assertEqual(self.exported(database, 'quran.jsonl'), expected(2, 'undone.jsonl'))

    def test_research_can_be_written_at_once(self):
        for version in OLD_VERSIONS:
            database = fixture(version, self.path('old-%d.db' % version))
            with server.Server('--db', database) as started:
                before = started.get('/api/verses?limit=100').body
                for verse in ('1/1', '1/2', '1/3', '2/1'):
                    self.assertEqual(started.post('/api/annotations/' + verse, {'id': 'x'}).status, 200)
                    entry = started.json('/api/v1/history?limit=1')['history'][0]['id']
                    self.assertEqual(started.post('/api/v1/history/%d/undo' % entry).status, 200)
                self.assertEqual(started.get('/api/verses?limit=100').body, before)

    def first(self, path):
        return fixture(1, path)

    def test_killed_half_way_nothing_is_lost(self):
        """At any moment: the next start does what is left, and no row is lost."""
        answers = expected(2, 'answers.json')
        for wait in (0.0, 0.002, 0.004, 0.006, 0.008, 0.01, 0.012, 0.014, 0.016, 0.018, 0.02, 0.025, 0.03, 0.04, 0.06):
            database = fixture(2, self.path('old-%g.db' % wait))
            process = subprocess.Popen([server.binary(), 'serve', '--port', '0', '--db', database], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL, env=server.environment())
            # From when it has begun: its copy, or the log of its transaction, appears.
            server.wait_until(lambda: process.poll() is not None or any(n.startswith(os.path.basename(database) + '.before') or n.endswith('-wal')
                              for n in os.listdir(self.folder) if n.startswith(os.path.basename(database))))
            time.sleep(wait * server.TIME_FACTOR)
            process.kill()
            process.wait()
            with server.Server('--db', database) as started:
                self.assertEqual({path: started.get(path).body.decode() for path in answers}, answers)
            self.kalima('check', '--db', database)
            # Each copy is the old database.
            copies = [n for n in self.copies() if n.startswith(os.path.basename(database))]
            self.assertGreater(len(copies), 0)
            for copy in copies:
                if not copy.endswith('.part'):
                    self.assertEqual(query(self.path(copy), 'PRAGMA user_version'), [(2,)])
                    self.assertEqual(query(self.path(copy), 'PRAGMA integrity_check'), [('ok',)])

    def test_a_step_that_fails_changes_nothing(self):
        for column, value in (('verse', '{"surah":'), ('verse', '[]'), ('word', 'x'), ('segment', '7')):
            with self.subTest(column, value=value):
                database = fixture(2, self.path('%s-%d.db' % (column, len(value))))
                connection = sqlite3.connect(database)
                connection.execute('UPDATE %s SET layout=?' % column, (value,))
                connection.commit()
                connection.close()
                before = content(database)
                done = self.kalima('serve', '--port', 0, '--db', database, code=1, timeout=20)
                self.assertIn('cannot bring the database to schema version 3', done.stderr)
                self.assertIn('restore a backup', done.stderr)
                self.assertEqual(query(database, 'PRAGMA user_version'), [(2,)])
                self.assertEqual(content(database), before)

    def test_the_copy_is_the_database_as_it_was(self):
        database = self.first(self.path('first.db'))
        # The latest write is in the write-ahead log only, as after a crash.
        connection = sqlite3.connect(database)
        connection.execute("INSERT INTO registry VALUES ('tags', 'late', 99, '{}')")
        connection.commit()
        before = content(database)
        schema = query(database, 'SELECT type, name, sql FROM sqlite_schema ORDER BY name')
        with server.Server('--db', database):
            pass
        connection.close()
        copy = database + '.before-schema-%d' % self.now
        self.assertEqual(self.copies(), [os.path.basename(copy)])
        self.assertEqual(query(copy, 'PRAGMA integrity_check'), [('ok',)])
        self.assertEqual(query(copy, 'PRAGMA user_version'), [(1,)])
        self.assertEqual(query(copy, 'SELECT type, name, sql FROM sqlite_schema ORDER BY name'), schema)
        self.assertEqual(content(copy), before)
        # A database that is up to date is not copied.
        with server.Server('--db', database):
            pass
        self.assertEqual(self.copies(), [os.path.basename(copy)])
        # The copy can be served in its turn.
        with server.Server('--db', copy) as started:
            self.assertIn('late', started.json('/api/tags')['tags'])

    def test_no_copy_is_overwritten(self):
        database = self.first(self.path('first.db'))
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
        database = self.first(self.path('first.db'))
        before = content(database)
        part = self.path('first.db.before-schema-%d.part' % self.now)
        limit = os.path.getsize(database) // 2

        def small_disk():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        done = subprocess.run([server.binary(), 'serve', '--port', '0', '--db', database], capture_output=True, encoding='utf-8',
                              env=server.environment(), timeout=server.HANGS, check=False, preexec_fn=small_disk)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn('cannot keep a copy of ' + database, done.stderr)
        self.assertIn('the database is as it was', done.stderr)
        self.assertFalse(os.path.exists(part))
        self.assertEqual(self.copies(), [])
        self.assertEqual(query(database, 'PRAGMA user_version'), [(1,)])
        self.assertEqual(content(database), before)
        # With room it starts.
        with server.Server('--db', database):
            pass
        self.assertEqual(len(self.copies()), 1)

    def test_several_starts_at_once_make_one_copy(self):
        database = self.first(self.path('first.db'))
        self.kalima('undo', 1, '--db', self.first(self.path('other.db')), code=1)
        running = [subprocess.Popen([server.binary(), 'undo', '1', '--db', database], stderr=subprocess.PIPE, encoding='utf-8',
                                    env=server.environment()) for _ in range(4)]
        for process in running:
            self.assertIn('entry 1 of the history not found', process.communicate(timeout=server.HANGS)[1])
        self.assertEqual(self.copies(), [n + '.before-schema-%d' % self.now for n in ('first.db', 'other.db')])

    def test_a_crash_before_the_new_version_was_in_the_file(self):
        database = self.first(self.path('first.db'))
        started = server.Server('--db', database)
        self.assertEqual(started.post('/api/annotations/1/1', {'id': 'x'}).status, 200)
        started.kill()
        with server.Server('--db', database) as again:
            self.assertEqual([d['id'] for d in again.json('/api/annotations/1/1')], ['x'])

    def test_commands_on_the_first_version(self):
        """Each either works or says what to do; backing up comes before bringing up to date."""
        database = self.first(self.path('first.db'))
        for args in (('backup', self.path('copy.db')), ('export', '--legacy', self.path('out')), ('check',)):
            done = server.run(*args, '--db', database)
            if done.returncode != 0:
                self.assertEqual(done.returncode, 1)
                self.assertIn('kalima serve', done.stderr)
        done = server.run('undo', 1, '--db', database)
        self.assertEqual(done.returncode, 1)
        self.assertIn('entry 1 of the history not found', done.stderr)

    def refused_as_newer(self, database, *words):
        with open(database, 'rb') as f:
            before = f.read()
        for args in (('serve', '--port', 0), ('serve', '--port', 0, '--read-only'), ('backup', self.path('copy.db')),
                     ('export', '--legacy', self.path('out')), ('check',), ('undo', 1), ('reindex',), ('import', '--starter'),
                     ('import', '--starter', '--replace'), ('import', '--legacy', server.fixture_folder())):
            done = self.kalima(*args, '--db', database, code=1, timeout=20)
            for word in words:
                self.assertIn(word, done.stderr, args)
        self.assertFalse(os.path.exists(self.path('copy.db')))
        self.assertEqual(self.copies(), [])
        with open(database, 'rb') as f:
            self.assertEqual(f.read(), before)

    def test_a_newer_version_is_refused(self):
        """With its version, the program that wrote it, and what to do."""
        version = self.kalima('--version').stdout.split()[1]
        self.refused_as_newer(fixture(99, self.path('newer.db')), 'schema version 99', 'written by Kalima 9.0.0',
                              'this is Kalima ' + version, 'knows up to %d' % self.now, 'use the newer kalima', '.before-schema-N')

    def test_a_newer_version_that_says_nothing_of_itself_is_refused(self):
        for number, program in enumerate((None, '', 'Kalima ' + 'x' * 1000, 'Kalima \n1', 'Other 3', b'Kalima \xff')):
            database = self.path('newer-%d.db' % number)
            connection = sqlite3.connect(database)
            connection.execute('PRAGMA application_id=%d' % 0x4B616C69)
            if program is not None:
                connection.execute('CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID')
                connection.execute("INSERT INTO meta VALUES ('schema.program', ?)", (program,))
            connection.execute('PRAGMA user_version=100')
            connection.commit()
            connection.close()
            self.refused_as_newer(database, 'schema version 100', 'written by a newer Kalima', 'use the newer kalima')

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
