"""What --version says: the version, the commit, and the libraries that are pinned."""
import os
import re
import subprocess
import tempfile
import unittest

from tests.compat import server


def pinned():
    """name -> version of the libraries of packaging/deps that are in the program."""
    with open(os.path.join(server.ROOT, 'packaging', 'deps', 'pins.txt'), encoding='utf-8') as f:
        pins = dict(line.split()[:2] for line in f if line.strip() and not line.startswith('#'))
    del pins['doctest']  # of the tests alone
    return pins


class Version(unittest.TestCase):
    def test_what_it_says(self):
        done = server.run('--version')
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        lines = done.stdout.splitlines()
        self.assertRegex(lines[0], r'^kalima \d+\.\d+\.\d+$')
        self.assertRegex(lines[1], r'^commit ([0-9a-f]{40}( with changes)?|unknown)$')
        self.assertEqual(lines[2], 'libraries:')
        self.assertEqual(dict(line.split() for line in lines[3:]), pinned())
        self.assertTrue(all(line.startswith('  ') for line in lines[3:]))


class BuildInfo(unittest.TestCase):
    """cmake/BuildInfo.cmake in sources of other kinds than a clone."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.source = os.path.join(folder.name, 'source')
        os.makedirs(os.path.join(self.source, 'packaging'))
        self.header = os.path.join(folder.name, 'info.h')
        self.versions = os.path.join(folder.name, 'versions')
        with open(self.versions, 'w', encoding='utf-8') as f:
            f.write('target linux-x86_64\ncompiler g++ 12.2.0\nsqlite 3.53.4 blessing\ndoctest 2.4.11 MIT\n')
        self.git = dict(os.environ, GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_SYSTEM=os.devnull, GIT_AUTHOR_NAME='a', GIT_AUTHOR_EMAIL='a@b',
                        GIT_COMMITTER_NAME='a', GIT_COMMITTER_EMAIL='a@b')

    def commit_file(self, text):
        with open(os.path.join(self.source, 'packaging', 'commit.txt'), 'w', encoding='utf-8') as f:
            f.write(text + '\n')

    def made(self):
        subprocess.run(['cmake', '-DSOURCE=' + self.source, '-DVERSIONS=' + self.versions, '-DOUTPUT=' + self.header, '-P',
                        os.path.join(server.ROOT, 'cmake', 'BuildInfo.cmake')], check=True, env=self.git)
        with open(self.header, encoding='utf-8') as f:
            return re.search(r'KALIMA_COMMIT "(.*)"', f.read())[1]

    def run_git(self, *args):
        return subprocess.run(['git', '-C', self.source, *args], check=True, env=self.git, capture_output=True, encoding='utf-8').stdout.strip()

    def test_without_git(self):
        self.commit_file('$Format:%H$')
        self.assertEqual(self.made(), 'unknown')
        self.commit_file('0123456789abcdef0123456789abcdef01234567')
        self.assertEqual(self.made(), '0123456789abcdef0123456789abcdef01234567')
        self.commit_file('a" b; $(c)')
        self.assertEqual(self.made(), 'unknown')

    def test_in_a_clone(self):
        self.commit_file('$Format:%H$')
        self.run_git('init', '-q')
        self.run_git('add', '.')
        self.run_git('commit', '-q', '-m', 'a')
        head = self.run_git('rev-parse', 'HEAD')
        self.assertEqual(self.made(), head)
        before = os.stat(self.header).st_mtime_ns
        self.assertEqual(self.made(), head)
        self.assertEqual(os.stat(self.header).st_mtime_ns, before)  # nothing is compiled again
        self.commit_file('changed')
        self.assertEqual(self.made(), head + ' with changes')

    def test_libraries(self):
        self.commit_file('')
        self.assertEqual(self.made(), 'unknown')
        with open(self.header, encoding='utf-8') as f:
            self.assertIn(r'KALIMA_LIBRARIES "\n  sqlite 3.53.4"', f.read())


if __name__ == '__main__':
    unittest.main()
