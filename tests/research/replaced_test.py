"""The database's files are replaced, deleted or cut off while a server runs, or next to a log that a crash left.

No write is answered 200 and lost; no log is taken into a database that it does not belong to; nothing is destroyed.
"""
import os
import shutil
import signal
import sqlite3
import unittest

from tests.compat import server
from tests.research.support import Folder, Served, all_answers, query

SERVE = ('serve', '--port', '0')
SOON = 30


def remove_mark(database):
    """Makes a database of one that an older Kalima served: without mark and without the file that names the log's owner."""
    connection = sqlite3.connect(database)
    connection.execute("DELETE FROM meta WHERE key='database.mark'")
    connection.commit()
    connection.close()
    if os.path.exists(database + '-owner'):
        os.remove(database + '-owner')


class Running(Served):
    """What happens while the server runs."""

    def setUp(self):
        super().setUp()
        self.kalima('backup', self.path('other.db'), '--db', self.database)
        self.post('/api/annotations/1/2', {'note': 'before'})
        self.before = all_answers(self.server)

    def refused(self, *words):
        """Every write gets 503 with these words, and the state of the server says so."""
        for request in (('POST', '/api/annotations/1/1', {'note': 'lost?'}), ('PUT', '/api/tags/x', {'a': 1}),
                        ('POST', '/api/v1/history/1/undo', None)):
            message = self.error(self.server.request(*request), 503)
            for word in words:
                self.assertIn(word, message)
        server.wait_until(lambda: self.server.get('/healthz').status == 503, SOON)
        health = server.json_of(self.server.get('/healthz'))
        self.assertEqual(health['status'], 'degraded')
        for word in words:
            self.assertIn(word, health['problem'])

    def stop(self):
        self.assertTrue(self.server.running())
        self.server.stop()
        self.assertIn('error', self.server.log)
        self.assertIn(os.path.basename(self.database), self.server.log)

    def notes(self, database, ayah):
        """The annotations that a server shows of a database."""
        with server.Server('--db', database) as started:
            return [d.get('note') for d in started.json('/api/annotations/1/%d' % ayah)]

    def test_another_file_is_moved_over_it(self):
        os.rename(self.database, self.path('old.db'))
        os.rename(self.path('other.db'), self.database)
        self.refused('replaced', 'restart')
        self.assertEqual(all_answers(self.server), self.before)  # reads go on
        self.stop()
        self.kalima('check', '--db', self.path('old.db'), code=1)
        self.assertEqual(self.notes(self.database, 2), [])
        self.assertEqual(self.notes(self.path('old.db'), 2), ['before'])

    def test_the_file_is_replaced_by_a_rename_over_it(self):
        os.replace(self.path('other.db'), self.database)
        self.refused('replaced', 'restart')
        self.stop()
        self.assertEqual(self.notes(self.database, 2), [])
        self.kalima('check', '--db', self.database)

    def test_it_is_deleted(self):
        os.remove(self.database)
        self.refused('deleted', 'restart')
        self.assertEqual(all_answers(self.server), self.before)
        self.stop()

    def test_it_is_moved_away_and_put_back(self):
        os.rename(self.database, self.path('old.db'))
        self.refused('moved away')
        os.rename(self.path('old.db'), self.database)
        self.ok(self.server.post('/api/annotations/1/3', {'note': 'again'}))
        server.wait_until(lambda: self.server.get('/healthz').status == 200, SOON)
        self.server.kill()
        self.assertEqual(self.notes(self.database, 2), ['before'])
        self.assertEqual(self.notes(self.database, 3), ['again'])

    def test_it_is_deleted_and_made_again(self):
        os.remove(self.database)
        shutil.copyfile(self.path('other.db'), self.database)
        self.refused('replaced', 'restart')
        self.stop()
        self.assertEqual(self.notes(self.database, 2), [])

    def test_its_content_is_overwritten(self):
        with open(self.path('other.db'), 'rb') as f:
            other = f.read()
        with open(self.database, 'wb') as f:
            f.write(other)
        self.refused('overwritten', 'whole')
        for path in ('/api/verse/1/2', '/api/v1/history', '/api/tags', '/api/search?q=%D9%86'):
            self.error(self.server.get(path), 503)
        self.stop()
        # The file that was put there is as it was, and nobody mixes the log into it.
        with open(self.database, 'rb') as f:
            self.assertEqual(f.read(), other)
        if os.path.exists(self.database + '-wal'):
            done = self.kalima(*SERVE, '--db', self.database, code=2)
            self.assertIn('-wal', done.stderr)
            for suffix in ('-wal', '-shm', '-owner'):
                if os.path.exists(self.database + suffix):
                    os.rename(self.database + suffix, self.path('set-aside' + suffix))
        self.assertEqual(self.notes(self.database, 2), [])
        self.kalima('check', '--db', self.database)

    def test_it_is_cut_off(self):
        for size in (0, 100, 5000):
            with self.subTest(size=size):
                if size:
                    self.database = server.fixture_database(self.path('cut-%d.db' % size))
                    self.server = self.serve()
                    self.post('/api/annotations/1/2', {'note': 'before'})
                os.truncate(self.database, size)
                self.refused('cut off')
                self.error(self.server.get('/api/v1/history'), 503)
                self.stop()
                self.assertEqual(os.path.getsize(self.database), size)
                # The latest writes may be in the log: it stays, and a start says so.
                self.assertTrue(os.path.getsize(self.database + '-wal') > 0)
                done = self.kalima(*SERVE, '--db', self.database, code=2)
                self.assertIn('-wal', done.stderr)
                self.assertTrue(os.path.getsize(self.database + '-wal') > 0)

    def test_its_log_is_deleted(self):
        for suffix in ('-wal', '-shm'):
            with self.subTest(suffix):
                os.remove(self.database + suffix)
                self.refused('-wal or', 'restart')
                server.wait_until(lambda: 'before' in str(query_file_alone(self.database)), SOON)
                self.server.kill()
                self.assertEqual(self.notes(self.database, 2), ['before'])
                self.kalima('check', '--db', self.database)
                self.server = self.serve()

    def test_a_link_is_turned_to_another_file(self):
        self.server.stop()
        link = self.path('link.db')
        shutil.copyfile(self.path('other.db'), self.path('second.db'))
        os.symlink(self.database, link)
        real, self.database = self.database, link
        self.server = self.serve()
        self.post('/api/annotations/1/3', {'note': 'through the link'})
        os.symlink(self.path('second.db'), self.path('link.new'))
        os.rename(self.path('link.new'), link)
        self.refused('replaced', 'restart')
        self.server.stop()
        self.assertEqual(self.notes(real, 3), ['through the link'])
        self.assertEqual(self.notes(link, 3), [])

    def test_many_requests_while_it_is_replaced(self):
        """No write that was answered 200 after the replacement is missing: none is answered so."""
        connection = self.server.connect()
        for number in range(20):
            self.ok(self.server.post('/api/annotations/1/3', {'number': number}, connection=connection))
        os.rename(self.database, self.path('old.db'))
        os.rename(self.path('other.db'), self.database)
        for number in range(20):
            self.assertEqual(self.server.post('/api/annotations/1/3', {'number': 'late'}, connection=connection).status, 503)
        connection.close()
        self.server.stop()
        with server.Server('--db', self.path('old.db')) as started:
            self.assertEqual([d['number'] for d in started.json('/api/annotations/1/3')], list(range(20)))

    def test_commands_on_the_new_file_while_the_server_still_runs(self):
        """The server has its files open under names that are next to the new file: the two must not share them."""
        for documents in (1, 30):
            with self.subTest(documents=documents):
                if not self.server.running():
                    self.database = server.fixture_database(self.path('quran-%d.db' % documents))
                    self.server = self.serve()
                new = server.fixture_database(self.path('new-%d.db' % documents))
                with server.Server('--db', new) as started:
                    for _ in range(documents):
                        started.post('/api/annotations/1/4', {'note': 'new', 'fill': 'x' * 20000})
                for _ in range(40):
                    self.post('/api/annotations/1/3', {'note': 'old', 'fill': 'x' * 2000})
                shown = self.server.get('/api/v1/history?limit=3').body
                old = self.path('old-%d.db' % documents)
                os.rename(self.database, old)
                os.rename(new, self.database)
                self.refused('replaced', 'restart')
                self.kalima('reindex', '--db', self.database)
                for command in (('check',), ('backup', self.path('copy-%d.db' % documents)), ('export', '--conllu', '-'), ('undo', '1'), ('check',)):
                    self.kalima(*command, '--db', self.database)
                for options in (('--read-only',), ()):
                    with server.Server('--db', self.database, *options) as second:
                        self.assertEqual(len(second.json('/api/v1/history?limit=1000')['history']), documents + 1)
                        if not options:
                            self.ok(second.post('/api/annotations/1/3', {'note': 'second'}))
                        # The former one shows what it showed.
                        self.assertEqual(self.server.get('/api/v1/history?limit=3').body, shown)
                self.stop()
                self.kalima('check', '--db', self.database)
                self.assertEqual(self.notes(self.database, 4), ['new'] * (documents - 1))
                self.assertEqual(self.notes(self.database, 3), ['second'])
                self.assertEqual(self.notes(old, 3), ['old'] * 40)

    def test_two_servers_on_one_database(self):
        """The second one does not take the first one's file for another."""
        second = self.serve()
        for number in range(3):
            self.ok(self.server.post('/api/annotations/1/3', {'number': number}))
            self.ok(second.post('/api/annotations/1/4', {'number': number}))
        second.stop()
        third = self.serve()
        self.ok(third.post('/api/annotations/1/4', {'number': 3}))
        self.ok(self.server.post('/api/annotations/1/3', {'number': 3}))
        self.assertEqual(self.server.get('/healthz').status, 200)


    def test_the_same_file_under_a_second_name(self):
        """Each name would have a log of its own, and one server's writes would be lost."""
        second = self.path('second.db')
        os.link(self.database, second)
        for command in ((*SERVE, '--db', second), ('undo', '1', '--db', second)):
            done = self.kalima(*command, code=2)
            self.assertIn('second.db is in use', done.stderr)
            self.assertIn('name', done.stderr)
        self.post('/api/annotations/1/3', {'note': 'kept'})
        self.server.stop()
        # One after the other is right.
        self.assertEqual(self.notes(second, 3), ['kept'])
        self.assertEqual(self.notes(self.database, 2), ['before'])


def query_file_alone(database):
    """The annotations in the file, without what is in its log."""
    connection = sqlite3.connect('file:%s?immutable=1' % database, uri=True)
    try:
        return connection.execute("SELECT document FROM research WHERE kind='annotations'").fetchall()
    except sqlite3.DatabaseError as e:
        return e
    finally:
        connection.close()


class AfterACrash(Folder):
    """A log that a killed server left, next to its own database or another one."""

    def setUp(self):
        super().setUp()
        self.database = server.fixture_database(self.path('quran.db'))
        started = server.Server('--db', self.database)
        started.post('/api/annotations/1/2', {'note': 'old'})
        self.kalima('backup', self.path('backup.db'), '--db', self.database)
        for number in range(30):
            started.post('/api/annotations/1/3', {'number': number, 'fill': 'x' * 5000})
        started.kill()
        self.assertTrue(os.path.getsize(self.database + '-wal') > 0)

    def commands(self):
        return (SERVE, ('serve', '--port', '0', '--read-only'), ('check',), ('backup', self.path('copy.db')), ('export', '--legacy', self.path('out')),
                ('undo', '1'), ('reindex',), ('import', '--legacy', server.fixture_folder()))

    def assert_refused(self):
        def content():
            out = {}
            for suffix in ('', '-wal', '-owner'):
                with open(self.database + suffix, 'rb') as f:
                    out[suffix] = f.read()
            return out

        before = content()
        for command in self.commands():
            with self.subTest(command[0]):
                done = self.kalima(*command, '--db', self.database, code=2)
                self.assertIn('quran.db-wal', done.stderr)
                self.assertIn('away', done.stderr)
                self.assertEqual(content(), before)
        # The cure that the message names.
        for suffix in ('-wal', '-shm', '-owner'):
            if os.path.exists(self.database + suffix):
                os.rename(self.database + suffix, self.path('set-aside' + suffix))
        with server.Server('--db', self.database):
            pass
        self.kalima('check', '--db', self.database)

    def test_its_own_log_is_taken(self):
        for command in self.commands()[2:6]:
            self.kalima(*command, '--db', self.database)
        with server.Server('--db', self.database) as started:
            self.assertEqual(len(started.json('/api/annotations/1/3')), 30)

    def test_a_crash_while_the_log_was_taken_in(self):
        """Some pages are in the file already, the first of which says that there are more."""
        with open(self.database + '-wal', 'rb') as f:
            log = f.read()
        size = int.from_bytes(log[8:12], 'big')
        with open(self.database, 'r+b') as f:
            for at in range(32, len(log), 24 + size):
                page, committed = (int.from_bytes(log[at + i:at + i + 4], 'big') for i in (0, 4))
                if page == 1:
                    f.seek(0)
                    f.write(log[at + 24:at + 24 + size])
            self.assertGreater(committed, os.path.getsize(self.database) // size)
        self.kalima('backup', self.path('copy.db'), '--db', self.database)
        with server.Server('--db', self.database) as started:
            self.assertEqual(len(started.json('/api/annotations/1/3')), 30)
        self.kalima('check', '--db', self.database)

    def test_a_backup_is_copied_over_the_database(self):
        shutil.copyfile(self.path('backup.db'), self.database)
        self.assert_refused()

    def test_a_backup_is_moved_over_the_database(self):
        os.replace(self.path('backup.db'), self.database)
        self.assert_refused()

    def test_a_copy_from_before_the_last_start_is_put_back(self):
        """Of the same file, made by cp while no server ran."""
        with server.Server('--db', self.database):
            pass
        shutil.copyfile(self.database, self.path('cold.db'))
        started = server.Server('--db', self.database)
        started.post('/api/annotations/1/4', {'note': 'later'})
        started.kill()
        shutil.copyfile(self.path('cold.db'), self.database)
        self.assert_refused()

    def test_another_database_takes_its_place(self):
        self.kalima('import', '--legacy', server.make_fixture(self.path('data'), 112), '--db', self.path('other.db'))
        os.replace(self.path('other.db'), self.database)
        self.assert_refused()

    def test_a_file_that_names_no_owner(self):
        """The log of which nobody says whose it is fits, so it is used; the message names what is in the way."""
        owner = self.database + '-owner'
        for text in (b'', b'garbage', b'\xff' * 100000):
            with self.subTest(text[:10]):
                with open(owner, 'wb') as f:
                    f.write(text)
                self.kalima('backup', self.path('copy-%d.db' % len(text)), '--db', self.database)
        os.remove(owner)
        os.mkdir(owner)
        done = self.kalima(*SERVE, '--db', self.database, code=2)
        self.assertIn('quran.db-owner', done.stderr)
        self.assertIn('move it away', done.stderr)
        os.rmdir(owner)
        with server.Server('--db', self.database) as started:
            self.assertEqual(len(started.json('/api/annotations/1/3')), 30)

    def test_what_has_the_name_of_a_file_that_is_being_made(self):
        """Nothing is written through a link."""
        with open(self.path('precious'), 'w', encoding='utf-8') as f:
            f.write('mine')
        os.symlink(self.path('precious'), self.database + '-owner.part')
        with server.Server('--db', self.database) as started:
            self.assertEqual(len(started.json('/api/annotations/1/3')), 30)
        with open(self.path('precious'), encoding='utf-8') as f:
            self.assertEqual(f.read(), 'mine')
        self.assertFalse(os.path.lexists(self.database + '-owner.part'))

    def test_the_files_are_moved_together(self):
        os.mkdir(self.path('elsewhere'))
        for name in os.listdir(self.folder):
            if name.startswith('quran.db'):
                shutil.move(self.path(name), self.path('elsewhere', name))
        with server.Server('--db', self.path('elsewhere', 'quran.db')) as started:
            self.assertEqual(len(started.json('/api/annotations/1/3')), 30)

    def test_the_database_is_missing(self):
        os.rename(self.database, self.path('moved.db'))
        done = self.kalima('import', '--legacy', server.fixture_folder(), '--db', self.database, code=1)
        self.assertIn('quran.db-wal', done.stderr)
        self.assertTrue(os.path.getsize(self.database + '-wal') > 0)


class OfAnOlderKalima(Folder):
    """A log of a program that said nowhere whose it is."""

    def setUp(self):
        super().setUp()
        self.database = server.fixture_database(self.path('quran.db'))
        with server.Server('--db', self.database) as started:
            started.post('/api/annotations/1/2', {'note': 'old'})
        remove_mark(self.database)
        shutil.copyfile(self.database, self.path('cold.db'))
        # Writes as the older one did, and is killed.
        pid = os.fork()
        if pid == 0:
            connection = sqlite3.connect(self.database, isolation_level=None)
            for number in range(400):
                connection.execute('INSERT INTO research (verse, kind, position, document) VALUES (3, ?, ?, ?)',
                                   ('annotations', number, '{"number":%d,"fill":"%s"}' % (number, 'x' * 300)))
            connection.execute("INSERT OR IGNORE INTO research_list (verse, kind, place) VALUES (3, 'annotations', 9)")
            os.kill(os.getpid(), signal.SIGKILL)
        os.waitpid(pid, 0)
        self.assertTrue(os.path.getsize(self.database + '-wal') > 0)
        self.assertFalse(os.path.exists(self.database + '-owner'))

    def test_it_is_taken(self):
        done = self.kalima('backup', self.path('copy.db'), '--db', self.database)
        self.assertIn('quran.db-owner', done.stderr)  # a warning
        self.assertEqual(query(self.path('copy.db'), "SELECT count(*) FROM research WHERE verse=3 AND kind='annotations'"), [(400,)])
        with server.Server('--db', self.database):
            pass
        self.assertEqual(query(self.database, "SELECT count(*) FROM research WHERE verse=3 AND kind='annotations'"), [(400,)])

    def test_next_to_another_database_it_is_refused(self):
        self.kalima('import', '--legacy', server.make_fixture(self.path('data'), 112), '--db', self.path('other.db'))
        os.replace(self.path('other.db'), self.database)
        with open(self.database, 'rb') as f:
            before = f.read()
        for command in (SERVE, ('check',), ('undo', '1')):
            done = self.kalima(*command, '--db', self.database, code=2)
            self.assertIn('quran.db-wal', done.stderr)
        with open(self.database, 'rb') as f:
            self.assertEqual(f.read(), before)


if __name__ == '__main__':
    unittest.main()
