"""The Windows program, run by wine: names of files in any script, the recorded answers, where its database is, Ctrl-C.

Needs the file that `packaging/dist.sh windows` makes (KALIMA_WINDOWS_BINARY names another) and wine64 (Debian's package of
that name; KALIMA_WINE names another). Without them the test is skipped, with exit code 77, and says why.
"""
import glob
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

from tests.compat import full_test, recordings_test, replay, server

SKIPPED = 77
ARABIC = 'بيانات القرآن (نسخة أولى)'


def newest(pattern):
    return max(glob.glob(pattern), key=os.path.getmtime, default='')


EXE = os.environ.get('KALIMA_WINDOWS_BINARY') or newest(os.path.join(server.ROOT, 'dist', 'kalima-*-windows-x86_64.exe'))
WINE = os.environ.get('KALIMA_WINE') or shutil.which('wine64') or '/usr/lib/wine/wine64'
# What the test over the whole corpus needs.
MISSING = [path for path in (full_test.READS, full_test.DATA) if not os.path.exists(path)]


class Windows(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = tempfile.mkdtemp(prefix='kalima-windows-')
        cls.addClassCleanup(shutil.rmtree, cls.home, ignore_errors=True)
        # Wine's own messages are not the program's; without the two others it offers to fetch what web pages and .NET need.
        os.environ.update(WINEPREFIX=os.path.join(cls.home, 'wine'), WINEDEBUG='-all', WINEDLLOVERRIDES='mscoree,mshtml=')
        program = os.path.join(cls.home, 'kalima')
        with open(program, 'w', encoding='utf-8') as f:
            f.write("#!/bin/sh\nexec '%s' '%s' \"$@\"\n" % (os.path.abspath(WINE), os.path.abspath(EXE)))
        os.chmod(program, 0o755)
        os.environ['KALIMA_BINARY'] = program
        # The first start sets up the folder that represents the machine.
        done = server.run('--version', timeout=300)
        assert done.returncode == 0, done.stderr
        cls.version = done.stdout.strip()

        # Takes as long as all else here together, so it is done beside it.
        cls.whole = os.path.join(cls.home, 'القرآن كله.db')
        cls.import_of_whole = None
        if not MISSING:
            cls.import_of_whole = subprocess.Popen([program, 'import', '--legacy', full_test.DATA, '--db', cls.whole], stdout=subprocess.DEVNULL,
                                                   stderr=subprocess.PIPE, encoding='utf-8', env=server.environment())
            cls.addClassCleanup(cls.end_import)

        cls.folder = os.path.join(cls.home, ARABIC)
        cls.data = server.make_fixture(os.path.join(cls.folder, 'المصدر'))
        cls.database = os.path.join(cls.folder, 'قاعدة البيانات.db')
        cls.imported = server.run('import', '--legacy', cls.data, '--db', cls.database, timeout=600)

    @classmethod
    def end_import(cls):
        cls.import_of_whole.kill()
        cls.import_of_whole.communicate()

    def serve(self, *args, **more):
        return server.Server('--db', self.database, *args, **more)

    def check(self, s, entries):
        wrong = replay.replay('127.0.0.1', s.port, entries, 2)
        if wrong:
            self.fail('%d of %d answers differ:\n%s' % (
                len(wrong), len(entries), '\n'.join(replay.describe(*w) for w in wrong[:20])))

    def test_names_in_arabic_letters_with_spaces(self):
        self.assertEqual(self.imported.returncode, 0, self.imported.stderr)
        self.assertTrue(os.path.isfile(self.database))
        self.assertTrue(os.path.isfile(os.path.join(self.database + '-index', 'legacy')))
        copy = os.path.join(self.folder, 'نسخة.db')
        done = server.run('backup', copy, '--db', self.database)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertGreater(os.path.getsize(copy), 0)
        self.assertEqual(server.run('check', '--db', self.database).returncode, 0)

    def test_a_message_is_utf8(self):
        done = server.run('check', '--db', os.path.join(self.folder, 'ليست هنا.db'))
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn('ليست هنا.db', done.stderr)

    def test_the_recorded_answers_and_ctrl_c(self):
        with self.serve() as s:
            self.check(s, replay.read_recordings(*recordings_test.RECORDINGS))
            s.stop(signal.SIGINT)  # which wine hands on as Ctrl-C; the exit code is 0

    def test_a_second_server_does_not_share_the_port(self):
        with self.serve() as s:
            done = server.run('serve', '--db', self.database, '--port', s.port)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn(str(s.port), done.stderr)
            s.stop(signal.SIGINT)

    def test_the_first_database_is_in_local_appdata(self):
        with server.Server() as s:
            self.assertTrue(s.healthy())
            s.stop(signal.SIGINT)
        made = glob.glob(os.path.join(os.environ['WINEPREFIX'], 'drive_c', 'users', '*', 'AppData', 'Local', 'Kalima', '*'))
        self.assertIn('kalima.db', [os.path.basename(path) for path in made])

    def test_it_carries_its_licences(self):
        done = server.run('licenses')
        self.assertEqual(done.returncode, 0)
        for name in ('kalima', 'icu', 'sqlite', 'xapian', 'gcc-runtime', 'mingw-w64'):
            self.assertIn('\n%s\n%s\n' % (name, '=' * len(name)), '\n' + done.stdout)

    def test_zz_a_part_of_all_recorded_answers(self):
        """The last one: until then the import is done."""
        if MISSING:
            self.skipTest('%s not found' % MISSING[0])
        _, errors = self.import_of_whole.communicate(timeout=900 * server.TIME_FACTOR)
        self.assertEqual(self.import_of_whole.returncode, 0, errors)
        with server.Server('--db', self.whole) as s:
            self.check(s, replay.read_recordings(full_test.READS)[::5])
            s.stop(signal.SIGINT)


if __name__ == '__main__':
    missing = [what for what, path in (('Windows program (packaging/dist.sh windows makes it)', EXE), ('wine64', WINE))
               if not os.path.exists(path)]
    if missing:
        print('SKIPPED: there is no ' + ' and no '.join(missing))
        sys.exit(SKIPPED)
    unittest.main()
