"""How the program is called: short forms, wrong options and values, a reader of the output that ends."""
import os
import shutil
import subprocess
import tempfile
import unittest

from tests.cli import public_files as made
from tests.compat import server


class CommandLine(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix='kalima-cli-')
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.database = os.path.join(cls.folder, 'quran.db')
        done = server.run('import', '--starter', '--db', cls.database)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        cls.imported = done.stdout

    def refused(self, *args, env=None):
        done = server.run(*args, env=env)
        self.assertEqual((done.returncode, done.stdout), (1, ''), done.stderr)
        return done.stderr

    def test_options_alone_serve(self):
        env = server.environment(PATH='/nowhere')
        env.pop('DISPLAY', None)
        env.pop('WAYLAND_DISPLAY', None)
        for options in (('--db', self.database, '--port', '0'), ('--port=0', '--db', self.database, '--read-only')):
            process = subprocess.Popen([server.binary(), *options], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding='utf-8')
            try:
                self.assertRegex(process.stdout.readline(), r'^Kalima serves 164 verses at ')
            finally:
                process.terminate()
                _, said = process.communicate(timeout=server.HANGS)
            self.assertEqual(process.returncode, 0)
            self.assertIn('open it in a browser yourself', said)

    def test_help_and_version_are_commands_too(self):
        for args, same in ((('help',), ('--help',)), (('help', 'query'), ('query', '--help')),
                           (('help', 'stats', 'keyness'), ('stats', 'keyness', '--help')), (('help', 'stats'), ('stats', '--help')), (('version',), ('--version',)), (('-v',), ('--version',))):
            with self.subTest(args):
                done, expected = server.run(*args), server.run(*same)
                self.assertEqual((done.returncode, done.stdout, done.stderr), (0, expected.stdout, ''))
        # Examples are lines, as they are typed.
        for command, example in (('query', """kalima query '[pos="V" & person="2"] [pos="N"]'"""), ('notes', 'kalima notes add annotation --at 112:1:1 note="Sincerity begins" tags=creed,names')):
            self.assertIn('\n  ' + example, server.run(command, '--help').stdout)
        self.assertNotIn('serve --open', server.run('licenses', '--help').stdout)
        self.assertIn('did you mean "query"', self.refused('help', 'qurey').replace('did you mean query', 'did you mean "query"'))

    def test_what_may_have_been_meant(self):
        for args, *parts in ((('query', '[]', '--limti', '3'), 'option "--limti" not known to query', '--limit'),
                             (('query', '[]', '--limti=3'), '"--limti"', '--limit'), (('query', '[]', '--formt', 'csv'), 'did you mean --format?'),
                             (('stats', '--db', 'x.db', 'frequencies'), '--db is an option of stats frequencies', 'stats frequencies --db …'),
                             (('serve', '--read_only'), '--read-only'), (('import', '--txt', 'x'), '--text'), (('--prot', '1'), '--port'),
                             (('chekc',), 'check'), (('query', '[]', '--zzzzz'), 'query --help'), (('check', 'x'), '"x"', 'check --help'),
                             (('--db', self.database, 'check'), '"check"', 'check …'),
                             (('stats', 'keynes'), '"keynes" not known to stats', 'keyness'), (('stats', 'zzzz'), '"zzzz"', 'one of frequencies, '),
                             (('stats',), 'stats needs', 'one of frequencies, '), (('help', 'stats', 'keynes'), 'did you mean keyness'),
                             (('export',), '--legacy', 'export --help'), (('notes',), 'notes needs', 'list'),
                             (('stats', 'spread', '[]', 'x'), '"x" is more than stats spread takes', 'stats spread --help'),
                             (('stats', 'keyness', '--agains', 'x'), 'not known to stats keyness', '--against'),
                             (('import', 'text.txt'), '"text.txt" is more than import takes', '`--text text.txt`', '--morphology'),
                             (('import', self.folder), '`--legacy %s`' % self.folder),
                             (('import', '--starter', '--max-size', '5XB'), '"5XB" is not a size', 'KiB, MiB, GiB'),
                             (('--limit', '2', 'stats', 'frequencies'), 'the command "stats" is not at the beginning', 'stats …`, with its options after it'),
                             (('query', '[]', '--columns', 'foo', '--db', self.database), "attribute 'foo' not found", 'one of ', ' lemma, '),
                             (('stats', 'ngrams', '--attribute', 'foo', '--db', self.database), "attribute 'foo' not found", 'one of ', ' lemma, '),
                             (('import', '--text', 'x', '--legacy', 'y'), '--legacy and --text are given together; only one source is possible')):
            with self.subTest(args):
                message = self.refused(*args)
                for part in parts:
                    self.assertIn(part, message)
                self.assertNotIn('Run with', message)

    def test_a_file_without_its_option(self):
        """What it is, its content says."""
        for name, content, option in (('a.txt', made.numbered(), '--text '), ('b.txt', made.morphology(), '--morphology '),
                                      ('c.txt', made.treebank(), '--treebank '), ('d.txt', made.masaq(), '--masaq '),
                                      ('en.e.txt', made.translation(), '--translation en=')):
            path = os.path.join(self.folder, name)
            with open(path, 'w', encoding='utf-8') as f:
                f.write('\n'.join(content))
            self.assertIn('write `%s%s`' % (option, path), self.refused('import', path))
        spaced = os.path.join(self.folder, 'en.e f.txt')
        os.rename(path, spaced)
        self.assertIn('write `--translation "en=%s"`' % spaced, self.refused('import', spaced))
        with open(path, 'w', encoding='utf-8') as f:
            f.write('some words\n')
        self.assertIn('not a file that can be imported', self.refused('import', path))

    def test_wrong_values_say_what_is_expected(self):
        for args, *parts in ((('query', '[]', '--limit', '-3'), '--limit', '"-3"', 'whole number from 0'),
                             (('query', '[]', '--limit', ''), '--limit', 'whole number'), (('query', '[]', '--limit', '0x10'), '"0x10"', 'whole number'),
                             (('query', '[]', '--limit', '1e3'), '"1e3"'), (('query', '[]', '--context', '51'), 'from 0 to 50'),
                             (('query', '[]', '--seed', 'x'), 'whole number'), (('query', '[]', '--sample', '0'), 'from 1'),
                             (('query', '[]', '--format', 'xml'), '"xml"', 'csv, tsv'), (('serve', '--port', 'abc'), '"abc"', 'from 0 to 65535'),
                             (('serve', '--port', '65536'), 'from 0 to 65535'), (('serve', '--log-level', 'loud'), 'debug'), (('undo', 'x'), 'whole number'),
                             (('stats', 'frequencies', '--min', 'x'), '--min', '"x" is not a whole number'), (('notes', 'list', '--limit', 'x'), 'whole number'),
                             (('notes', 'list', '--format', 'xml'), '"xml" is not one of table, jsonl'),
                             (('research', 'export', 'x', '--format', 'xml'), '"xml" is not one of jsonl, jsonld')):
            with self.subTest(args):
                message = self.refused(*args)
                for part in parts:
                    self.assertIn(part, message)

    @unittest.skipIf(os.name == 'nt', 'needs a shell')
    def test_a_reader_that_ends(self):
        for command in ('licenses', 'query "[]" --format csv --db "%s"' % self.database, 'export --conllu - --db "%s"' % self.database):
            with self.subTest(command):
                done = subprocess.run(['bash', '-c', '"%s" %s | head -n 1 >/dev/null; echo ${PIPESTATUS[0]}' % (server.binary(), command)],
                                      env=server.environment(), capture_output=True, encoding='utf-8', check=False, timeout=server.HANGS)
                # 141: as if the signal of a broken pipe had ended it. What fits into the pipe may have been written before.
                self.assertIn(done.stdout, ('141\n', '0\n'))
                self.assertNotIn('cannot write', done.stderr)
        done = subprocess.run(['bash', '-c', '"%s" licenses | (exec <&-; sleep 1; true); echo ${PIPESTATUS[0]}' % server.binary()],
                              env=server.environment(), capture_output=True, encoding='utf-8', check=False, timeout=server.HANGS)
        self.assertEqual((done.stdout, done.stderr), ('141\n', ''))

    def test_a_named_folder_must_be_there(self):
        path = os.path.join(self.folder, 'x', 'y', 'quran.db')
        message = self.refused('import', '--starter', '--db', path)
        self.assertIn('folder %s not found' % os.path.dirname(path), message)
        self.assertFalse(os.path.exists(os.path.join(self.folder, 'x')))
        done = server.run('import', '--starter', env=server.environment(HOME=self.folder, XDG_DATA_HOME='', LOCALAPPDATA=self.folder))
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_what_an_import_says(self):
        self.assertRegex(self.imported, r'(?m)^ +164  translations of verses$')
        self.assertRegex(self.imported, r'(?m)^ +0  research documents ')
        self.assertTrue(self.imported.endswith('Now run: %s serve --db "%s"\n' % (server.binary(), self.database)))
        done = server.run('export', '--conllu', '-', '--db', self.database)
        self.assertIn('Not in the file: 164 translations of verses, 0 research documents', done.stderr)

    def test_one_write_is_one_write(self):
        database = os.path.join(self.folder, 'written.db')
        shutil.copy(self.database, database)
        with server.Server('--db', database) as s:
            self.assertEqual(s.post('/api/annotations/1/1', {'text': 'x'}).status, 200)
        done = server.run('check', '--db', database)
        self.assertNotIn('1 writes are', done.stdout)
        if 'newer than the index' in done.stdout:
            self.assertIn('1 write is newer than the index', done.stdout)


if __name__ == '__main__':
    unittest.main()
