"""The index of a database: if missing, stale or damaged it is rebuilt at start, with a message, and never gives wrong answers."""
import glob
import os
import random
import shutil
import sqlite3
import unittest

from tests.compat import replay, server
from tests.compat.server import json_of

SEARCHES = glob.glob(os.path.join(server.ROOT, 'tests', 'compat', 'recordings', 'searches.jsonl'))


class Index(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.workplace = server.Workplace()
        cls.addClassCleanup(cls.workplace.close)
        cls.database = cls.workplace.database
        cls.index = cls.database + '-index'
        cls.entries = replay.read_recordings(*SEARCHES)
        assert len(cls.entries) > 100
        cls.good = os.path.join(cls.workplace.path, 'good-index')
        shutil.copytree(cls.index, cls.good)

    def setUp(self):
        self.restore()
        self.addCleanup(self.restore)

    def restore(self):
        if os.path.isdir(self.index):
            shutil.rmtree(self.index)
        elif os.path.exists(self.index):
            os.remove(self.index)
        shutil.copytree(self.good, self.index)

    def write(self, name, content):
        with open(os.path.join(self.index, name), 'wb') as f:
            f.write(content)

    def read(self, name):
        with open(os.path.join(self.good, name), 'rb') as f:
            return f.read()

    def assert_right(self, rebuilt):
        with self.workplace.serve() as s:
            wrong = replay.replay('127.0.0.1', s.port, self.entries)
            self.assertEqual([replay.describe(*w) for w in wrong], [])
        if rebuilt is not None:
            self.assertEqual('index' in s.log, rebuilt, s.log)
        self.assertEqual(sorted(n for n in os.listdir(self.workplace.path) if n.startswith('quran.db') and not n.endswith(('-wal', '-shm', '-owner'))),
                         ['quran.db', 'quran.db-index'])

    def assert_rebuilt(self):
        self.assert_right(True)
        self.assert_right(False)  # and it stays

    def test_a_good_index_is_used(self):
        self.assert_right(False)

    def test_a_missing_index(self):
        shutil.rmtree(self.index)
        self.assert_rebuilt()

    def test_an_index_without_one_of_its_parts(self):
        for name in ('core', 'words', 'legacy', 'legacy-terms', 'seal'):
            os.remove(os.path.join(self.index, name))
            self.assert_rebuilt()

    def test_an_index_cut_off(self):
        for name in ('core', 'words', 'legacy', 'legacy-terms'):
            whole = self.read(name)
            for size in (0, 1, 100, len(whole) // 2, len(whole) - 1):
                with self.subTest(name=name, size=size):
                    self.restore()
                    self.write(name, whole[:size])
                    self.assert_rebuilt()

    def test_an_index_that_is_garbage(self):
        for name in ('core', 'words', 'legacy', 'legacy-terms'):
            for content in (b'x' * 100000, b'\x00' * 100000, os.urandom(50000), b'SQLite format 3\x00' + b'\x00' * 5000):
                with self.subTest(name=name, content=content[:10]):
                    self.restore()
                    self.write(name, content)
                    self.assert_rebuilt()

    def test_an_index_of_another_version(self):
        snapshot = bytearray(self.read('legacy'))
        snapshot[12] ^= 0x40  # the format's version
        self.write('legacy', snapshot)
        self.assert_rebuilt()

    def test_an_index_sealed_by_an_older_version(self):
        # The first seals had no number, and sums that this version does not know.
        parts = [(name, len(self.read(name))) for name in ('core', 'words', 'legacy', 'legacy-terms')]
        self.write('seal', ''.join('%s %d %016x\n' % (name, size, 0x0123456789abcdef) for name, size in parts).encode())
        with self.workplace.serve() as s:
            self.assertEqual(s.get('/healthz').status, 200)
        self.assertIn('is of another version', s.log)
        self.assert_right(False)  # and it stays

    def test_the_files_of_an_earlier_version(self):
        for name, former in (('legacy', 'snapshot'), ('legacy-terms', 'terms')):
            os.rename(os.path.join(self.index, name), os.path.join(self.index, former))
        self.assert_rebuilt()
        self.assertEqual(sorted(os.listdir(self.index)), ['core', 'legacy', 'legacy-terms', 'marks', 'seal', 'words'])

    def test_an_index_with_changed_bytes(self):
        R = random.Random(4)
        for name in ('legacy-terms', 'legacy', 'words', 'core', 'seal'):
            whole = self.read(name)
            for _ in range(8):
                self.restore()
                damaged = bytearray(whole)
                at = R.randrange(len(damaged))
                size = R.choice([1, 16, 500])
                damaged[at:at + size] = bytes(byte ^ 0x15 for byte in damaged[at:at + size])
                self.write(name, damaged)
                with self.subTest(name=name, at=at, size=size):
                    self.assert_rebuilt()

    def test_an_index_of_another_database(self):
        other = os.path.join(self.workplace.path, 'other.db')
        self.assertEqual(server.run('import', '--legacy', server.make_fixture(os.path.join(self.workplace.path, 'other-data'), 112), '--db', other).returncode, 0)
        shutil.rmtree(self.index)
        shutil.move(other + '-index', self.index)
        self.assert_rebuilt()
        # Half of it.
        for name in ('core', 'words', 'legacy', 'legacy-terms'):
            self.restore()
            self.assertEqual(server.run('reindex', '--db', other).returncode, 0)
            shutil.copy(os.path.join(other + '-index', name), os.path.join(self.index, name))
            self.assert_rebuilt()

    def test_a_file_where_the_index_should_be(self):
        shutil.rmtree(self.index)
        with open(self.index, 'wb') as f:
            f.write(b'x')
        for command in (('serve', '--port', '0'), ('reindex',)):
            done = server.run(*command, '--db', self.database)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn('is not a folder, and is not replaced', done.stderr)
        os.remove(self.index)
        self.assert_rebuilt()

    def test_reindex_makes_it_anew(self):
        for damage in (lambda: shutil.rmtree(self.index), lambda: self.write('legacy', b''), lambda: self.write('legacy-terms', b'x' * 9999),
                       lambda: None):
            self.restore()
            damage()
            done = server.run('reindex', '--db', self.database)
            self.assertEqual((done.returncode, done.stderr), (0, ''))
            self.assertIn(self.database, done.stdout)
            self.assert_right(False)

    def test_the_same_database_gives_the_same_snapshot(self):
        self.assertEqual(server.run('reindex', '--db', self.database).returncode, 0)
        with open(os.path.join(self.index, 'legacy'), 'rb') as f:
            self.assertEqual(f.read(), self.read('legacy'))


class Databases(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.workplace = server.Workplace()
        cls.addClassCleanup(cls.workplace.close)

    def assert_refused(self, database, *words, codes=(1,)):
        for command in (['serve', '--port', '0'], ['reindex']):
            with self.subTest(command=command, database=database):
                done = server.run(*command, '--db', database, timeout=10)
                self.assertIn(done.returncode, codes, done.stderr)
                self.assertEqual(done.stdout, '')
                for word in words:
                    self.assertIn(word, done.stderr)

    def test_a_database_that_is_not_there(self):
        path = os.path.join(self.workplace.path, 'none.db')
        self.assert_refused(path, path, 'kalima import')
        self.assertFalse(os.path.exists(path))

    def test_files_that_are_not_databases(self):
        for name, content in (('text.db', b'this is not a database at all\n' * 1000), ('empty.db', b''), ('short.db', b'SQLite format 3\x00'),
                              ('zeros.db', b'\x00' * 8192)):
            path = os.path.join(self.workplace.path, name)
            with open(path, 'wb') as f:
                f.write(content)
            self.assert_refused(path)
            with open(path, 'rb') as f:
                self.assertEqual(f.read(), content)
            self.assertFalse(os.path.exists(path + '-index'))
        self.assert_refused(self.workplace.data, codes=(1, 2))

    def test_the_database_of_another_program(self):
        path = os.path.join(self.workplace.path, 'other.db')
        connection = sqlite3.connect(path)
        connection.execute('CREATE TABLE notes (text)')
        connection.commit()
        connection.close()
        self.assert_refused(path, 'not a Kalima database')

    def test_a_database_of_a_newer_program(self):
        path = os.path.join(self.workplace.path, 'newer.db')
        shutil.copy(self.workplace.database, path)
        connection = sqlite3.connect(path)
        version = connection.execute('PRAGMA user_version').fetchone()[0]
        connection.execute('PRAGMA user_version=%d' % (version + 7))
        connection.commit()
        connection.close()
        with open(path, 'rb') as f:
            before = f.read()
        self.assert_refused(path, 'version %d' % (version + 7), 'newer')
        with open(path, 'rb') as f:
            self.assertEqual(f.read(), before)
        self.assertFalse(os.path.exists(path + '-index'))

    def test_a_damaged_database_does_not_answer_wrong(self):
        path = os.path.join(self.workplace.path, 'damaged.db')
        with open(self.workplace.database, 'rb') as f:
            whole = f.read()
        for content in (whole[:len(whole) // 2], whole[:5000], whole[:4096] + b'\x00' * (len(whole) - 4096)):
            with open(path, 'wb') as f:
                f.write(content)
            self.assert_refused(path, codes=(1, 2, 3))

    def test_a_folder_that_cannot_be_written(self):
        if os.geteuid() == 0:
            self.skipTest('who runs this may write everywhere (root)')
        place = os.path.join(self.workplace.path, 'locked')
        os.mkdir(place)
        path = os.path.join(place, 'quran.db')
        shutil.copy(self.workplace.database, path)
        shutil.copytree(self.workplace.database + '-index', path + '-index')
        os.chmod(place, 0o500)
        self.addCleanup(os.chmod, place, 0o700)
        done = server.run('reindex', '--db', path)
        self.assertIn(done.returncode, (1, 2))
        self.assertIn(place, done.stderr)


if __name__ == '__main__':
    unittest.main()
