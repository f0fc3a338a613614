"""A full disk, and a disk that cannot be written to: writes get 503 and change nothing, reading goes on."""
import os
import resource
import shutil
import stat
import subprocess
import unittest

from tests.compat import server
from tests.research.support import Folder, Served, VERSES, all_answers

BIG = {'note': 'x' * 60000}
WRITES = [('POST', '/api/annotations/1/1', BIG), ('POST', '/api/hypotheses/1:1', BIG), ('PUT', '/api/hypotheses/1:5/hyp-1', BIG),
          ('DELETE', '/api/hypotheses/1:5/hyp-1', None), ('POST', '/api/pronouns/1:5', BIG), ('PUT', '/api/pronouns/1:5/pr-1', BIG),
          ('DELETE', '/api/pronouns/1:5/pr-1', None), ('POST', '/api/connections/1:5', BIG), ('POST', '/api/translations/1:1', BIG),
          ('PUT', '/api/translations/1:1', [BIG]), ('DELETE', '/api/translations/1:1/tr-en', None), ('PUT', '/api/tags/iltifat', BIG),
          ('POST', '/api/patterns', BIG), ('DELETE', '/api/patterns/p-neg', None), ('POST', '/api/v1/history/1/undo', None)]
# Those need much room; the others may still fit.
LARGE = [w for w in WRITES if w[2] in (BIG, [BIG])]

READS = ['/healthz', '/api/verse/1/1', '/api/search?q=%D9%86', '/api/search?q=Ebd&type=root', '/api/search/roots?root=Ebd', '/api/v1/history',
         '/api/tags', '/api/morphology/1/1', '/api/surah/1']


def writable_again(started):
    """Waits until the server has noticed that it can write."""
    server.wait_until(lambda: started.put('/api/tags/again', {'note': 'x'}).status == 200)
    server.wait_until(started.healthy)


class Full(Served):
    """What all tests of a full disk check; `fill` makes it full, `free` makes room."""

    def check(self, fill, free):
        connection = self.server.connect()
        self.post('/api/annotations/1/2', {'note': 'before'})
        fill()
        answered = 0
        for _ in range(2000):
            answer = self.server.post('/api/annotations/1/3', dict(BIG, number=answered), connection=connection)
            if answer.status != 200:
                break
            answered += 1
        self.assertIn('full', self.error(answer, 503).lower() + ' full')  # whatever it says, it is JSON
        before = all_answers(self.server)
        shown = self.get('/api/annotations/1/3')
        self.assertEqual([d['number'] for d in shown], list(range(answered)))
        for number in range(3):
            for request in LARGE:
                answer = self.server.request(*request, connection=connection)
                self.error(answer, 503)
            for path in READS:
                self.ok(self.server.get(path, connection=connection))
            self.assertEqual(all_answers(self.server), before)
        self.assertTrue(self.server.running())
        free()
        for request in WRITES:
            if request[1].startswith('/api/v1'):
                continue
            self.ok(self.server.request(*request, connection=connection))
        self.ok(self.server.post('/api/v1/history/1/undo', connection=connection))
        after = all_answers(self.server)
        connection.close()
        self.assertNotEqual(after, before)
        self.restart()
        self.assertEqual(all_answers(self.server), after)
        self.kalima('check', '--db', self.database)


class FileSizeLimit(Full):
    """A limit on the size of files replaces a full disk if none can be mounted."""

    limit = 300 * 1024

    def limited(self):
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (self.limit, hard))

    def set_limit(self, size):
        _, hard = resource.prlimit(self.server.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.server.process.pid, resource.RLIMIT_FSIZE, (size, hard))

    def test_the_limit_is_reached_and_lifted(self):
        self.restart(preexec_fn=self.limited)
        self.check(lambda: None, lambda: self.set_limit(resource.RLIM_INFINITY))

    def test_the_limit_comes_while_the_server_runs(self):
        for path in READS:
            self.server.get(path)
        self.check(lambda: self.set_limit(self.limit), lambda: self.set_limit(resource.RLIM_INFINITY))

    def test_no_byte_may_be_written(self):
        self.set_limit(0)
        before = all_answers(self.server)
        for request in WRITES[:-1]:
            self.error(self.server.request(*request), 503)
        self.assertEqual(all_answers(self.server), before)
        self.set_limit(resource.RLIM_INFINITY)
        for request in WRITES[:-1]:
            self.ok(self.server.request(*request))

    def test_the_first_start_under_a_limit(self):
        """No index, and no room to make one: an error that says so, not a crash."""
        self.assertTrue(self.server.healthy())
        self.server.stop()
        shutil.rmtree(self.database + '-index')

        def limited():
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

        done = subprocess.run([server.binary(), 'serve', '--db', self.database, '--port', '0'], capture_output=True, encoding='utf-8',
                              env=server.environment(), preexec_fn=limited, timeout=60 * server.TIME_FACTOR, check=False)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn('kalima: ', done.stderr)
        self.assertEqual([n for n in os.listdir(self.folder) if '.new' in n], [])
        self.server = self.serve()

    def test_commands_under_a_limit(self):
        self.post('/api/annotations/1/2', {'note': 'before'})

        def limited():
            resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))

        for args in (('backup', self.path('copy.db')), ('export', '--legacy', self.path('out')), ('reindex',), ('undo', '1'), ('check',),
                     ('import', '--legacy', server.fixture_folder())):
            with self.subTest(args[0]):
                database = ('--db', self.path('new.db') if args[0] == 'import' else self.database)
                done = subprocess.run([server.binary(), *args, *database], capture_output=True, encoding='utf-8',
                                      env=server.environment(), preexec_fn=limited, timeout=60 * server.TIME_FACTOR, check=False)
                self.assertEqual(done.returncode, 2, '%s: %s%s' % (args[0], done.stdout, done.stderr))
                self.assertIn('kalima: ', done.stderr)
        left = [n for n in os.listdir(self.folder) if '.part' in n or '.new' in n or n in ('copy.db', 'new.db')]
        self.assertEqual(left, [])
        self.assertIn(b'before', self.verse_bytes(1, 2))
        self.restart()
        self.assertIn(b'before', self.verse_bytes(1, 2))


class Mounted(Full):
    """A separate file system, if one can be mounted."""

    def setUp(self):
        Folder.setUp(self)
        self.mount = self.path('mount')
        os.mkdir(self.mount)
        if not shutil.which('mount') or subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=6m', 'kalima-test', self.mount],
                                                       capture_output=True, check=False).returncode != 0:
            self.skipTest('no file system can be mounted here')
        self.addCleanup(subprocess.run, ['umount', '-l', self.mount], check=True)
        self.database = server.fixture_database(os.path.join(self.mount, 'quran.db'))
        self.server = self.serve()

    def fill(self, leave=0):
        """Takes all space but for `leave` bytes."""
        space = os.statvfs(self.mount)
        with open(os.path.join(self.mount, 'filler'), 'wb') as f:
            f.write(b'x' * (space.f_bavail * space.f_bsize - leave))

    def free(self):
        os.remove(os.path.join(self.mount, 'filler'))

    def test_a_full_disk(self):
        self.check(lambda: self.fill(400 * 1024), self.free)

    def test_not_a_byte_left(self):
        self.check(self.fill, self.free)

    def test_full_at_the_start(self):
        self.assertTrue(self.server.healthy())
        self.server.stop()
        self.fill()
        self.server = self.serve()
        before = all_answers(self.server)
        for request in LARGE:
            self.error(self.server.request(*request), 503)
        self.assertEqual(all_answers(self.server), before)
        server.wait_until(lambda: server.json_of(self.server.get('/healthz'))['status'] == 'degraded')
        self.free()
        writable_again(self.server)
        for request in LARGE:
            self.ok(self.server.request(*request))
        after = all_answers(self.server)
        # What another process writes shows again too.
        self.kalima('undo', self.history(limit=1)[0]['id'], '--db', self.database)
        server.wait_until(lambda: all_answers(self.server) != after)
        self.server.kill()
        self.server = self.serve()
        self.kalima('check', '--db', self.database)

    def test_commands_on_a_full_disk(self):
        self.fill()
        for args in (('backup', os.path.join(self.mount, 'copy.db')), ('export', '--legacy', os.path.join(self.mount, 'out')), ('reindex',)):
            with self.subTest(args[0]):
                done = self.kalima(*args, '--db', self.database, code=2)
                self.assertIn('kalima: ', done.stderr)
        left = [n for n in os.listdir(self.mount) if n not in ('filler', 'quran.db', 'quran.db-wal', 'quran.db-shm', 'quran.db-owner', 'quran.db-index', 'out')]
        self.assertEqual(left, [])
        self.assertEqual(self.server.get('/api/search?q=Ebd&type=root').status, 200)
        self.free()
        self.restart()
        self.post('/api/annotations/1/1', {})

    def test_an_import_onto_a_full_disk_keeps_what_was_there(self):
        self.post('/api/annotations/1/1', {'note': 'kept'})
        self.assertTrue(self.server.healthy())
        self.server.stop()
        self.fill(200 * 1024)
        self.kalima('import', '--replace', '--legacy', server.fixture_folder(), '--db', self.database, code=2)
        self.free()
        self.server = self.serve()
        self.assertIn(b'kept', self.verse_bytes(1, 1))


class CannotBeWritten(Served):
    """The server runs as somebody who may read the database but not change it."""

    def setUp(self):
        super().setUp()
        os.chmod(self.folder, 0o755)
        self.post('/api/annotations/1/2', {'note': 'from before'})
        self.expected = all_answers(self.server)

    def unprivileged(self):
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)

    def modes(self, folder, files):
        """Takes from (or gives to) the one who runs the server the right to write."""
        for path, _, names in os.walk(self.folder):
            for name in names:
                self.mode(os.path.join(path, name), files)
        self.mode(self.folder, folder)
        self.addCleanup(os.chmod, self.folder, 0o755)

    @staticmethod
    def mode(path, writable):
        if os.getuid() == 0 and writable:
            os.chown(path, 65534, 65534)
        directory = stat.S_ISDIR(os.stat(path).st_mode)
        os.chmod(path, (0o755 if directory else 0o644) if writable else (0o555 if directory else 0o444))

    def check(self, expected_writes=503):
        self.server = self.serve(preexec_fn=self.unprivileged)
        self.assertEqual(all_answers(self.server), self.expected)
        for request in WRITES:
            answer = self.server.request(*request)
            self.error(answer, expected_writes)
        self.assertEqual(all_answers(self.server), self.expected)
        for path in READS:
            self.ok(self.server.get(path))
        # The server finds out at its next look, which may be before the writes or after them.
        server.wait_until(lambda: server.json_of(self.server.get('/healthz'))['status'] == 'degraded')
        self.assertEqual(self.server.get('/healthz').status, 200)
        self.server.stop()

    def stopped(self):
        self.assertTrue(self.server.healthy())
        self.server.stop()

    def test_folder_and_file(self):
        self.stopped()
        self.modes(folder=False, files=False)
        self.check()

    def test_the_folder_may_be_written_while_the_server_runs(self):
        for files in (False, True):
            with self.subTest(files=files):
                self.stopped()
                self.modes(folder=False, files=files)
                self.server = self.serve(preexec_fn=self.unprivileged)
                self.error(self.server.put('/api/tags/again', {'note': 'x'}), 503)
                self.assertIn(b'from before', self.verse_bytes(1, 2))
                self.modes(folder=True, files=True)
                writable_again(self.server)
                self.ok(self.server.post('/api/annotations/1/3', {'note': 'kept'}))
                self.server.kill()
                self.server = self.serve(preexec_fn=self.unprivileged)
                self.assertIn(b'kept', self.verse_bytes(1, 3))

    def test_the_file_may_be_written_at_the_next_start(self):
        """SQLite made its files beside it for reading only."""
        self.stopped()
        self.modes(folder=True, files=False)
        self.server = self.serve(preexec_fn=self.unprivileged)
        self.error(self.server.put('/api/tags/again', {'note': 'x'}), 503)
        server.wait_until(lambda: b'restart' in self.server.get('/healthz').body)
        self.server.stop()
        self.mode(self.database, True)
        self.server = self.serve(preexec_fn=self.unprivileged)
        self.ok(self.server.put('/api/tags/again', {'note': 'x'}))

    def test_the_file_alone(self):
        self.stopped()
        self.modes(folder=True, files=False)
        self.check()

    def test_the_folder_alone(self):
        self.stopped()
        self.modes(folder=False, files=True)
        self.check()

    def test_after_a_crash(self):
        """With a write-ahead log that holds the latest writes."""
        self.server.kill()
        self.assertTrue(os.path.getsize(self.database + '-wal') > 0)
        self.modes(folder=False, files=False)
        self.check()

    def test_read_only_by_option_too(self):
        self.stopped()
        self.modes(folder=False, files=False)
        self.server = self.serve('--read-only', preexec_fn=self.unprivileged)
        self.assertEqual(all_answers(self.server), self.expected)
        for request in WRITES:
            self.error(self.server.request(*request), 403)

    def test_beside_a_server_that_writes(self):
        """Another user's server reads what this one's writes."""
        self.modes(folder=False, files=False)
        other = self.serve(preexec_fn=self.unprivileged)
        self.assertEqual(all_answers(other), self.expected)
        self.assertEqual(other.post('/api/annotations/1/1', {}).status, 503)
        if os.getuid() == 0:
            # The files of its index have other permissions now, and it verifies them first.
            server.wait_until(lambda: self.server.post('/api/annotations/1/3', {'note': 'later'}).status == 200, 10)
            server.wait_until(lambda: b'later' in other.get('/api/verse/1/3').body, 2)

    def test_a_database_that_may_not_be_read(self):
        self.stopped()
        os.chmod(self.database, 0o600 if os.getuid() == 0 else 0)
        with self.assertRaisesRegex(RuntimeError, 'Permission denied'):
            self.serve(preexec_fn=self.unprivileged)

    def test_notes_that_may_not_be_read(self):
        """The imported folder of notes belongs to another user: the server starts without it."""
        self.stopped()
        data = server.make_fixture(self.path('private', 'data'))
        self.database = server.import_folder(data, self.path('with-notes.db'))
        os.chmod(self.path('private'), 0o700)
        self.mode(self.folder, True)
        for path in [self.database, self.database + '-index'] + [os.path.join(self.database + '-index', n) for n in os.listdir(self.database + '-index')]:
            self.mode(path, True)
        if os.getuid() != 0:
            os.chmod(self.path('private'), 0)
            self.addCleanup(os.chmod, self.path('private'), 0o700)
        self.server = self.serve(preexec_fn=self.unprivileged)
        self.ok(self.server.get('/api/verse/1/1'))
        self.assertNotIn(self.server.get('/api/notes').status, (500,))

    def test_commands(self):
        self.stopped()
        self.modes(folder=False, files=False)
        out = self.path('..', os.path.basename(self.folder) + '-out')
        os.mkdir(out)
        self.addCleanup(shutil.rmtree, out, ignore_errors=True)
        self.mode(out, True)

        def run(*args):
            return subprocess.run([server.binary(), *args, '--db', self.database], capture_output=True, encoding='utf-8', env=server.environment(),
                                  preexec_fn=self.unprivileged, timeout=60 * server.TIME_FACTOR, check=False)

        for args in (('backup', os.path.join(out, 'copy.db')), ('export', '--legacy', os.path.join(out, 'legacy')), ('check',)):
            with self.subTest(args[0]):
                done = run(*args)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        for args in (('undo', '1'), ('reindex',)):
            with self.subTest(args[0]):
                done = run(*args)
                self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
                self.assertIn('kalima: ', done.stderr)
        for path in [self.folder] + [os.path.join(self.folder, n) for n in os.listdir(self.folder)]:
            self.mode(path, True)
        self.server = self.serve()
        self.assertEqual(all_answers(self.server), self.expected)

    def test_an_older_index_cannot_be_made_anew(self):
        self.stopped()
        shutil.rmtree(self.database + '-index')
        self.modes(folder=False, files=False)
        done = subprocess.run([server.binary(), 'serve', '--db', self.database, '--port', '0'], capture_output=True, encoding='utf-8',
                              env=server.environment(), preexec_fn=self.unprivileged, timeout=60 * server.TIME_FACTOR, check=False)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn('index', done.stderr)


class Verses(unittest.TestCase):
    def test_the_verses_of_the_fixture(self):
        self.assertEqual(len(VERSES), 22)


if __name__ == '__main__':
    unittest.main()
