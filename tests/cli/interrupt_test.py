"""Ctrl-C, SIGTERM, SIGHUP and SIGKILL while a command works: what was there is as it was, what the command was making is gone, at
once or (after SIGKILL) with its next run; and nothing else is."""
import glob
import json
import os
import shutil
import signal
import subprocess
import tempfile
import unittest

from tests.compat import server

STOPS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


def content_of(folder):
    out = {}
    for path, folders, names in os.walk(folder):
        for name in folders:
            out[os.path.relpath(os.path.join(path, name), folder)] = None
        for name in names:
            with open(os.path.join(path, name), 'rb') as f:
                out[os.path.relpath(os.path.join(path, name), folder)] = f.read()
    return out


def large_folder(folder):
    """The fixture's verses many times over, under numbers of other surahs, so that a command works for a while."""
    shutil.copytree(server.fixture_folder(), folder)
    corpus = os.path.join(folder, 'datasets', 'corpus', 'quran.jsonl')
    with open(corpus, encoding='utf-8') as f:
        verses = [json.loads(line) for line in f]
    with open(corpus, 'a', encoding='utf-8') as f:
        for n in range(1000, 1120):
            for verse in verses:
                f.write(json.dumps(dict(verse, surah={'number': n * 100 + verse['surah']['number'] % 100, 'name': 'x'}), ensure_ascii=False) + '\n')
    return folder


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shared = tempfile.mkdtemp(prefix='kalima-interrupt-')
        cls.addClassCleanup(shutil.rmtree, cls.shared, ignore_errors=True)
        cls.data = large_folder(os.path.join(cls.shared, 'data'))

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix='kalima-interrupt-')
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def start(self, *args, **more):
        process = subprocess.Popen([server.binary(), *map(str, args)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding='utf-8',
                                   env=server.environment(), **more)
        self.addCleanup(self.end, process)
        return process

    @staticmethod
    def end(process):
        if process.poll() is None:
            process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()

    def wait_for(self, process, *patterns):
        """Until one of the names is there; the process must still be at work."""
        def there():
            if process.poll() is not None:
                raise AssertionError('it ended before it was stopped: %s' % (process.communicate(),))
            return any(glob.glob(self.path(pattern)) for pattern in patterns)
        server.wait_until(there, 60)

    def stopped(self, process, how):
        """It ends soon after the signal, with its exit code and a line that says what it means."""
        process.send_signal(how)
        out, errors = process.communicate(timeout=server.HANGS)
        self.assertEqual(process.returncode, STOPS[how], errors)
        self.assertEqual(out, '')
        self.assertIn('nothing was changed', errors)
        self.assertEqual(len(errors.splitlines()), 1, errors)


class Import(Case):
    # What exists in the first, the second and the third part of the work.
    PHASES = ('quran.db.new-*', 'quran.db.new-*/*index.new-*', 'quran.db.new-*/*index.new-*/*/legacy-terms*')

    def test_stopped(self):
        server.fixture_database(self.path('quran.db'))
        before = content_of(self.folder)
        for how in STOPS:
            for phase in self.PHASES:
                with self.subTest(how=how, phase=phase):
                    process = self.start('import', '--legacy', self.data, '--replace', '--db', self.path('quran.db'))
                    self.wait_for(process, phase)
                    self.stopped(process, how)
                    self.assertEqual(sorted(content_of(self.folder)), sorted(before))
                    self.assertTrue(content_of(self.folder) == before)

    def test_stopped_where_nothing_was(self):
        process = self.start('import', '--legacy', self.data, '--db', self.path('quran.db'))
        self.wait_for(process, 'quran.db.new-*')
        self.stopped(process, signal.SIGINT)
        self.assertEqual(os.listdir(self.folder), [])

    def test_killed(self):
        server.fixture_database(self.path('quran.db'))
        before = content_of(self.folder)
        for phase in self.PHASES:
            process = self.start('import', '--legacy', self.data, '--replace', '--db', self.path('quran.db'))
            self.wait_for(process, phase)
            process.kill()
            process.wait()
            self.assertEqual(len(os.listdir(self.folder)), 3, 'one thing is left')
            now = content_of(self.folder)
            self.assertTrue({name: now[name] for name in before} == before)
        # The next import tidies up, also one that is refused.
        done = server.run('import', '--legacy', self.path('none'), '--replace', '--db', self.path('quran.db'))
        self.assertEqual(done.returncode, 1)
        self.assertTrue(content_of(self.folder) == before)

    def test_what_is_not_the_program_s_own_stays(self):
        others = ['quran.db.new-', 'quran.db.new-mine', 'quran.db.new-0123456', 'quran.db.new-0123456789', 'other.db.new-01234567',
                  'quran.db.new-0123456g']
        for name in others:
            os.mkdir(self.path(name))
        os.mkdir(self.path('quran.db.new-89abcdef'))  # of the right form, but with somebody's work in it
        with open(self.path('quran.db.new-89abcdef', 'thesis'), 'w', encoding='utf-8') as f:
            f.write('mine')
        with open(self.path('quran.db.new-aaaaaaaa'), 'w', encoding='utf-8') as f:
            f.write('mine')
        os.symlink(self.path('quran.db.new-89abcdef'), self.path('quran.db.new-bbbbbbbb'))
        before = sorted(content_of(self.folder))
        done = server.run('import', '--starter', '--db', self.path('quran.db'))
        self.assertEqual(done.returncode, 0, done.stderr)
        for name in before:
            self.assertTrue(os.path.lexists(self.path(name)), name)

    def test_an_import_that_still_works_is_left_alone(self):
        process = self.start('import', '--legacy', self.data, '--db', self.path('quran.db'))
        self.wait_for(process, 'quran.db.new-*/database')  # once it has its lock
        process.send_signal(signal.SIGSTOP)
        try:
            done = server.run('import', '--starter', '--db', self.path('quran.db'), timeout=10)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn('another import', done.stderr)
            done = server.run('import', '--starter', '--db', self.path('other.db'), timeout=10)
            self.assertEqual(done.returncode, 0, done.stderr)
        finally:
            process.send_signal(signal.SIGCONT)
        _, errors = process.communicate(timeout=server.HANGS)
        self.assertEqual(process.returncode, 0, errors)
        self.assertEqual(sorted(os.listdir(self.folder)), ['other.db', 'other.db-index', 'quran.db', 'quran.db-index'])

    def test_a_terminal_that_goes_does_not_end_what_is_under_nohup(self):
        process = self.start('import', '--legacy', self.data, '--db', self.path('quran.db'),
                             preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        self.wait_for(process, 'quran.db.new-*')
        process.send_signal(signal.SIGHUP)
        _, errors = process.communicate(timeout=server.HANGS)
        self.assertEqual(process.returncode, 0, errors)


class Others(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.large = server.import_folder(cls.data, os.path.join(cls.shared, 'large.db'))

    def setUp(self):
        super().setUp()
        self.database = server.copy_database(self.large, self.path('quran.db'))
        self.before = content_of(self.folder)

    def assert_as_before(self):
        self.assertEqual(sorted(content_of(self.folder)), sorted(self.before))
        self.assertTrue(content_of(self.folder) == self.before)

    def commands(self):
        """Arguments, and what is there while they work."""
        return [(['check'], 'quran.db-index.new-*'), (['reindex'], 'quran.db-index.new-*'),
                (['export', '--legacy', self.path('out')], 'out.new-*/*'), (['export', '--conllu', self.path('out.conllu')], 'out.conllu.new-*')]

    def test_stopped(self):
        for how in STOPS:
            for args, sign in self.commands():
                with self.subTest(args[0], how=how):
                    process = self.start(*args, '--db', self.database)
                    self.wait_for(process, sign)
                    self.stopped(process, how)
                    self.assert_as_before()

    def test_an_export_into_an_empty_folder(self):
        os.mkdir(self.path('out'))
        self.before = content_of(self.folder)
        process = self.start('export', '--legacy', self.path('out'), '--db', self.database)
        self.wait_for(process, 'out/*/*')
        self.stopped(process, signal.SIGINT)
        self.assert_as_before()
        process = self.start('export', '--legacy', self.path('out'), '--db', self.database)
        self.wait_for(process, 'out/*/*')
        process.kill()
        process.wait()
        self.assertEqual(len(os.listdir(self.path('out'))), 1)
        done = server.run('export', '--legacy', self.path('out'), '--db', self.database)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(sorted(os.listdir(self.path('out'))), ['datasets', 'notes'])

    def test_killed(self):
        for args, sign in self.commands():
            with self.subTest(args[0]):
                process = self.start(*args, '--db', self.database)
                self.wait_for(process, sign)
                process.kill()
                process.wait()
                left = sorted(os.listdir(self.folder))
                self.assertFalse('out' in left or 'out.conllu' in left, left)
                done = server.run(*args, '--db', self.database)
                self.assertEqual(done.returncode, 0, done.stderr)
                shutil.rmtree(self.path('out'), ignore_errors=True)
                if os.path.exists(self.path('out.conllu')):
                    os.remove(self.path('out.conllu'))
                self.assertEqual(sorted(content_of(self.folder)), sorted(self.before))

    def test_output_that_nobody_reads(self):
        """The pipe is full and its reader waits: a signal ends the command all the same."""
        process = self.start('export', '--conllu', '-', '--db', self.database)
        self.assertEqual(process.stdout.read(8), '# newdoc')
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(30 * server.TIME_FACTOR), 143)

    def test_the_server(self):
        """It ends in order, with exit code 0."""
        for how in STOPS:
            with server.Server('--db', self.database) as s:
                s.stop(how)


class Companions(unittest.TestCase):
    """SQLite's files beside a database that no program has open."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix='kalima-interrupt-')
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.database = server.fixture_database(os.path.join(self.folder, 'quran.db'))

    def commands(self):
        return [['check'], ['backup', os.path.join(self.folder, 'copy.db')], ['export', '--legacy', os.path.join(self.folder, 'out')],
                ['export', '--conllu', os.path.join(self.folder, 'out.conllu')], ['export', '--conllu', '-'], ['reindex'], ['undo', '1']]

    def run_all(self):
        for args in self.commands():
            server.run(*args, '--db', self.database)
            yield args
            shutil.rmtree(os.path.join(self.folder, 'out'), ignore_errors=True)
            for name in ('copy.db', 'out.conllu'):
                if os.path.exists(os.path.join(self.folder, name)):
                    os.remove(os.path.join(self.folder, name))

    def read(self, name='quran.db'):
        with open(os.path.join(self.folder, name), 'rb') as f:
            return f.read()

    def companions(self):
        return sorted(n for n in os.listdir(self.folder) if n.endswith(('-wal', '-shm', '-journal')))

    def test_none_is_left(self):
        before, changed = self.read(), os.stat(self.database).st_mtime_ns
        for args in self.run_all():
            self.assertEqual(self.companions(), [], args)
            self.assertTrue(self.read() == before, args)
            self.assertEqual(os.stat(self.database).st_mtime_ns, changed, args)

    def test_those_of_a_killed_command_go_with_the_next(self):
        for name in ('quran.db-wal', 'quran.db-shm'):
            with open(os.path.join(self.folder, name), 'wb'):
                pass
        self.assertEqual(server.run('check', '--db', self.database).returncode, 0)
        self.assertEqual(self.companions(), [])

    def test_those_with_writes_stay(self):
        started = server.Server('--db', self.database)
        self.assertEqual(started.post('/api/annotations/1/1', {'note': 'x'}).status, 200)
        started.kill()
        before, log = self.read(), self.read('quran.db-wal')
        self.assertTrue(log)
        for args in self.run_all():
            if args[0] != 'undo':
                self.assertTrue(self.read() == before, args)
                self.assertTrue(self.read('quran.db-wal') == log, args)

    def test_those_of_a_server_stay(self):
        with server.Server('--db', self.database) as s:
            for number, args in enumerate(self.run_all()):
                self.assertEqual(s.post('/api/annotations/1/1', {'n': number}).status, 200, args)
            self.assertEqual(len(s.json('/api/annotations/1/1')), len(self.commands()) - 1)  # undo took one back
        with server.Server('--db', self.database) as s:
            self.assertEqual(len(s.json('/api/annotations/1/1')), len(self.commands()) - 1)


if __name__ == '__main__':
    unittest.main()
