"""What a command may replace: `kalima import` over existing files, with and without --replace; the backup
that it keeps; two imports at once."""
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import threading
import unittest

from tests.cli import public_files as made
from tests.compat import server
from tests.research.support import query

COPY = r'quran\.db\.backup-\d{8}-\d{4}(-\d+)?'


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix='kalima-replace-')
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.database = self.path('quran.db')

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def names(self):
        return sorted(os.listdir(self.folder))

    def write(self, content, name='quran.db'):
        with open(self.path(name), 'wb') as f:
            f.write(content)

    def read(self, name='quran.db'):
        with open(self.path(name), 'rb') as f:
            return f.read()

    def run_import(self, *args, code=0):
        done = server.run('import', *(args or ('--starter',)), '--db', self.database)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def published(self):
        with open(self.path('text.txt'), 'w', encoding='utf-8') as f:
            f.write(''.join(line + '\n' for line in made.numbered()))
        with open(self.path('en.txt'), 'w', encoding='utf-8') as f:
            f.write(''.join(line + '\n' for line in made.translation()))
        return ('--text', self.path('text.txt'), '--translation', 'en=' + self.path('en.txt'))

    def annotate(self, note, kill=False):
        started = server.Server('--db', self.database)
        answer = started.post('/api/annotations/1/1', {'note': note})
        if kill:
            started.kill()
        else:
            started.stop()
        self.assertEqual(answer.status, 200)

    @staticmethod
    def notes_in(database):
        return [json.loads(document)['note'] for document, in query(database, "SELECT document FROM research WHERE kind='annotations'")]

    def copies(self):
        return [n for n in self.names() if '.backup-' in n]


class Refused(Case):
    """Anything but a Kalima database stays, with --replace too."""

    def refused(self, *words):
        before = {name: self.read(name) for name in self.names()}
        sources = [('--starter',), ('--starter', '--replace'), ('--legacy', server.fixture_folder()), self.published()]
        shutil.copy(os.path.join(server.ROOT, 'README.md'), self.path('x.conllu'))
        sources.append(('--conllu', self.path('x.conllu')))
        for args in sources:
            with self.subTest(args[0]):
                done = self.run_import(*args, code=1)
                self.assertEqual(done.stdout, '')
                self.assertTrue(done.stderr.startswith('kalima: ' + self.database), done.stderr)
                self.assertEqual(len(done.stderr.splitlines()), 2, done.stderr)
                for word in words:
                    self.assertIn(word, done.stderr)
        for name in ('text.txt', 'en.txt', 'x.conllu'):
            os.remove(self.path(name))
        self.assertEqual({name: self.read(name) for name in self.names()}, before)

    def test_a_text_file(self):
        for content in (b'my thesis\n' * 1000, b'x', b'SQLite format 3\0', b'SQLite format 3\0' + bytes(50)):
            with self.subTest(content[:20]):
                self.write(content)
                self.refused('not a Kalima database')

    def test_another_program_s_database(self):
        for mode in ('DELETE', 'WAL'):
            with self.subTest(mode):
                self.write(b'')
                connection = sqlite3.connect(self.database)
                connection.execute('PRAGMA journal_mode=' + mode)
                connection.execute('CREATE TABLE research (a)')
                connection.execute("INSERT INTO research VALUES ('years of work')")
                connection.commit()
                # Its owner has it open: with a log that is not in the file yet, which nobody may touch.
                self.refused('another program')
                self.assertEqual(connection.execute('SELECT * FROM research').fetchall(), [('years of work',)])
                connection.close()
                os.remove(self.database)

    def test_a_database_that_says_it_is_kalima_s(self):
        """The header is right, the rest is not what it should be: what is in it cannot be told."""
        database = server.fixture_database(self.path('quran.db'))
        shutil.rmtree(database + '-index')
        whole = self.read()
        for content in (whole[:4096], whole[:100] + bytes(len(whole) - 100), whole[:100]):
            self.write(content)
            self.refused('cannot be read')
        self.write(b'')
        connection = sqlite3.connect(database)
        connection.execute('PRAGMA application_id=%d' % int.from_bytes(b'Kali', 'big'))
        connection.execute('PRAGMA user_version=2')
        connection.execute('CREATE TABLE t (a)')
        connection.commit()
        connection.close()
        self.refused('cannot be read')

    def test_latest_writes_of_a_database_that_is_gone(self):
        for suffix in ('-wal', '-journal'):
            for there in (True, False):
                self.write(b'writes', 'quran.db' + suffix)
                if there:
                    self.write(b'')
                done = self.run_import(code=1)
                self.assertIn(self.database + suffix, done.stderr)
                self.assertEqual(self.read('quran.db' + suffix), b'writes')
                os.remove(self.database + suffix)
                if there:
                    os.remove(self.database)
        self.assertEqual(self.names(), [])

    def test_a_folder_where_the_index_would_be(self):
        os.mkdir(self.database + '-index')
        self.write(b'mine', 'quran.db-index/mine')
        done = self.run_import(code=1)
        self.assertIn('kalima: %s-index' % self.database, done.stderr)
        self.assertEqual(self.read('quran.db-index/mine'), b'mine')
        self.assertEqual(self.names(), ['quran.db-index'])

    def test_something_else_where_the_index_would_be(self):
        self.write(b'mine', 'quran.db-index')
        done = self.run_import(code=1)
        self.assertIn('kalima: %s-index is not a folder' % self.database, done.stderr)
        self.assertEqual(self.names(), ['quran.db-index'])
        self.assertEqual(self.read('quran.db-index'), b'mine')
        os.remove(self.path('quran.db-index'))
        os.makedirs(self.path('quran.db-index', 'terms'))
        self.write(b'mine', 'quran.db-index/terms/mine')
        done = self.run_import(code=1)
        self.assertIn('kalima: %s-index contains terms' % self.database, done.stderr)
        self.assertEqual(self.read('quran.db-index/terms/mine'), b'mine')

    def test_a_name_that_ends_with_a_slash(self):
        self.database = self.path('new') + '/'
        done = self.run_import(code=1)
        self.assertIn('kalima: %s names a folder' % self.database, done.stderr)
        self.assertEqual(self.names(), [])


class Replaced(Case):
    def test_a_database_without_research(self):
        self.run_import()
        self.run_import(*self.published())
        self.run_import()
        self.assertEqual(self.run_import(*self.published()).stderr[:40], 'warning: the text has 4 of the 114 surah')
        self.assertEqual(self.copies(), [])
        self.assertEqual(self.names(), ['en.txt', 'quran.db', 'quran.db-index', 'text.txt'])

    def test_research_that_was_written(self):
        for source in (lambda: ('--starter',), self.published):
            with self.subTest(source):
                self.run_import(*source())
                self.annotate('mine')
                self.research_is_kept('mine')
                shutil.rmtree(self.folder)
                os.mkdir(self.folder)

    def test_research_that_was_undone(self):
        """The history has it."""
        self.run_import()
        self.annotate('mine')
        self.assertEqual(server.run('undo', 1, '--db', self.database).returncode, 0)
        self.run_import(code=1)

    def test_research_that_was_imported(self):
        self.run_import('--legacy', server.fixture_folder())
        self.research_is_kept()

    def test_tags_alone(self):
        self.run_import()
        with server.Server('--db', self.database) as s:
            self.assertEqual(s.put('/api/tags/x', {'a': 1}).status, 200)
        self.research_is_kept()

    def research_is_kept(self, note=None):
        before = query(self.database, 'SELECT * FROM research ORDER BY verse, kind, position')
        history = query(self.database, 'SELECT id, changes FROM history')
        content = self.read()
        done = self.run_import(code=1)
        self.assertIn('kalima: ' + self.database, done.stderr)
        self.assertIn('--replace', done.stderr)
        self.assertEqual(self.read(), content)
        self.assertEqual(self.copies(), [])
        done = self.run_import('--starter', '--replace')
        self.assertEqual(len(self.copies()), 1, self.names())
        self.assertRegex(self.copies()[0], '^%s$' % COPY)
        self.assertIn(self.path(self.copies()[0]), done.stdout)
        copy = self.path(self.copies()[0])
        self.assertEqual(query(copy, 'SELECT * FROM research ORDER BY verse, kind, position'), before)
        self.assertEqual(query(copy, 'SELECT id, changes FROM history'), history)
        self.assertEqual(query(copy, 'PRAGMA integrity_check'), [('ok',)])
        self.assertEqual(query(self.database, 'SELECT count(*) FROM history'), [(0,)])
        with server.Server('--db', copy) as s:
            self.assertTrue(s.healthy())
            if note:
                self.assertEqual([d['note'] for d in server.json_of(s.get('/api/annotations/1/1'))], [note])

    def test_writes_that_are_in_the_log_alone(self):
        self.run_import()
        self.annotate('in the log', kill=True)
        self.assertGreater(os.path.getsize(self.database + '-wal'), 0)
        self.run_import(code=1)
        self.run_import('--starter', '--replace')
        self.assertEqual(self.notes_in(self.path(self.copies()[0])), ['in the log'])
        self.assertEqual(self.names(), sorted(['quran.db', self.copies()[0], 'quran.db-index']))

    def test_no_backup_takes_the_place_of_another(self):
        for i in range(4):
            self.run_import('--starter', '--replace')
            self.annotate('version %d' % i)
        self.run_import('--starter', '--replace')
        notes = [self.notes_in(self.path(name)) for name in self.copies()]
        self.assertEqual(sorted(notes), [['version %d' % i] for i in range(4)])

    def test_a_database_that_a_server_has_open(self):
        self.run_import()
        with server.Server('--db', self.database):
            for args in (('--starter',), ('--starter', '--replace')):
                self.assertIn('in use', self.run_import(*args, code=2).stderr)

    def test_a_failed_import_keeps_everything(self):
        self.run_import()
        self.annotate('mine')
        content, names = self.read(), self.names()
        self.run_import('--replace', '--text', os.path.join(server.ROOT, 'README.md'), code=1)
        self.assertEqual((self.read(), self.names()), (content, names))

    def test_a_first_version_without_history(self):
        """Before there was a history: any research document counts."""
        self.run_import('--legacy', server.fixture_folder())
        connection = sqlite3.connect(self.database)
        connection.execute('DROP TABLE history')
        connection.execute('PRAGMA user_version=1')
        connection.commit()
        connection.close()
        self.run_import(code=1)
        self.run_import('--starter', '--replace')
        self.assertEqual(query(self.path(self.copies()[0]), 'PRAGMA user_version'), [(1,)])

    def test_help_says_it(self):
        self.assertIn('--replace', server.run('import', '--help').stdout)


class AtOnce(Case):
    def test_two_imports(self):
        """Each ends well or says that another is at work; what is there afterwards is one of them with its index."""
        data = server.fixture_folder()
        for _ in range(5):
            processes = [subprocess.Popen([server.binary(), 'import', *args, '--replace', '--db', self.database], stdout=subprocess.PIPE,
                                          stderr=subprocess.PIPE, encoding='utf-8', env=server.environment())
                         for args in (('--starter',), ('--legacy', data), ('--starter',), ('--legacy', data))]
            said = [p.communicate(timeout=server.HANGS) for p in processes]
            codes = [p.returncode for p in processes]
            self.assertIn(0, codes, said)
            for code, (_, errors) in zip(codes, said):
                self.assertIn(code, (0, 2), errors)
                if code:
                    self.assertRegex(errors, 'another import|in use')
            self.assertEqual(server.run('check', '--db', self.database).returncode, 0)
            self.assertEqual([n for n in self.names() if n not in self.copies()], ['quran.db', 'quran.db-index'])

    def test_imports_into_one_folder(self):
        """They do not wait for each other."""
        results = []

        def run(name):
            results.append(server.run('import', '--starter', '--db', self.path(name)).returncode)

        threads = [threading.Thread(target=run, args=('%d.db' % i,)) for i in range(4)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        self.assertEqual(results, [0] * 4)


if __name__ == '__main__':
    unittest.main()
