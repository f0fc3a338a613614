"""kalima query: a concordance, groups and exports without a server; what is written to a terminal, and to a pipe."""
import csv
import io
import json
import os
import re
import shutil
import tempfile
import unittest

from tests.compat import server

try:
    import pty
except ImportError:  # Windows
    pty = None

MARK = re.compile('[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08ff]')


class Query(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.mkdtemp(prefix='kalima-query-')
        cls.addClassCleanup(shutil.rmtree, folder, ignore_errors=True)
        cls.database = os.path.join(folder, 'quran.db')
        done = server.run('import', '--starter', '--db', cls.database)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)

    def query(self, *args, code=0):
        done = server.run('query', *args, '--db', self.database)
        self.assertEqual(done.returncode, code, done.stderr)
        return done

    def on_terminal(self, *args, **environment):
        """What the program writes to a terminal of 100 columns."""
        leader, follower = pty.openpty()
        try:
            import fcntl
            import struct
            import subprocess
            import termios
            fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack('HHHH', 40, 100, 0, 0))
            process = subprocess.Popen([server.binary(), 'query', *args, '--db', self.database], stdout=follower,
                                       env=server.environment(TERM='xterm', **environment))
            os.close(follower)
            follower = None
            out = b''
            while True:
                try:
                    piece = os.read(leader, 65536)
                except OSError:  # the other end is closed
                    break
                if not piece:
                    break
                out += piece
            self.assertEqual(process.wait(60), 0)
            return out.decode()
        finally:
            os.close(leader)
            if follower is not None:
                os.close(follower)

    def test_lines_are_aligned(self):
        done = self.query('[root="رحم"]', '--context', '3')
        heading, *lines = done.stdout.splitlines()
        self.assertEqual(heading, '4 hits, 4 words, 2 verses')
        self.assertEqual(len(lines), 4)
        plain = [MARK.sub('', line) for line in lines]
        # The hit is between two pairs of spaces, and begins at the same column in each line.
        words = [re.split(' {2,}', line.strip()) for line in plain]
        self.assertTrue(all(len(parts) == 4 for parts in words), words)
        self.assertEqual(len({line.index('  ' + parts[2] + ' ') for line, parts in zip(plain, words)}), 1, plain)
        self.assertFalse(set(done.stdout) & set('\u200e\u2067\u2069\x1b'))
        # Words have no segment in their place; the columns are those of the hit alone.
        self.assertEqual([parts[0] for parts in words], ['1:1:3', '1:1:4', '1:3:1', '1:3:2'])
        self.assertIn('1:1:1:1 ', self.query('{type="prefix"}', '--limit', '1').stdout)
        shown = self.query('[root="رحم"]', '--columns', 'root', '--limit', '1').stdout
        self.assertEqual(shown.count('/رحم'), 1, shown)

    def test_limit_and_sort(self):
        done = self.query('[pos="V"]', '--limit', '3', '--sort', '-match.word')
        self.assertIn('… 165 more', done.stdout)
        self.assertEqual(len(done.stdout.splitlines()), 5)
        self.assertEqual(self.query('[root="كتكت"]').stdout.splitlines()[0], '0 hits, 0 words, 0 verses')

    def test_no_hits_say_what_fails(self):
        out = self.query('[root="كتكت"] [pos="N"]').stdout
        self.assertIn('[root="كتكت"]', out)
        self.assertRegex(out, r'\[\] \[pos="N"\]: \d+ hits')

    def test_mistakes_say_what_may_be_meant(self):
        self.assertIn('did you mean noun?', self.query('[pos="nuon"]').stdout)
        self.assertIn('write <surah name="الفيل"/>', self.query('<verse/> within <surah n="الفيل"/>').stdout)
        self.assertIn('[root="rHm"]', self.query('rHm', code=1).stderr)
        self.assertIn('in quotes: "رحم"', self.query('رحم', code=1).stderr)

    def test_groups(self):
        lines = self.query('[pos="V"]', '--group', 'match.aspect').stdout.splitlines()
        self.assertRegex(lines[1], '^hits +verses +share +match.aspect$')
        total = sum(int(line.split()[0]) for line in lines[2:])
        self.assertEqual(total, 168)
        rows = list(csv.DictReader(line for line in self.query('[pos="V"]', '--group', 'match.aspect', '--format', 'csv').stdout
                                   .lstrip('\ufeff').splitlines() if not line.startswith('#')))
        for row in rows:
            one = json.loads(self.query(row['query'], '--format', 'jsonl').stdout.splitlines()[0])
            self.assertEqual(one['hits'], int(row['hits']))

    def test_formats(self):
        text = self.query('a:[pos="V"] b:[pos="N"]', '--format', 'csv', '--columns', 'lemma').stdout
        rows = list(csv.reader(io.StringIO('\n'.join(l for l in text.lstrip('\ufeff').splitlines() if not l.startswith('#')))))
        self.assertEqual(len(rows) - 1, 69)
        objects = list(map(json.loads, self.query('a:[pos="V"] b:[pos="N"]', '--format', 'jsonl').stdout.splitlines()))
        self.assertEqual(len(objects) - 1, 69)
        self.assertEqual([o['start'] for o in objects[1:]], [r[0] for r in rows[1:]])
        self.assertEqual(self.query('[root="رحم"]', '--format', 'conllu').stdout.count('# sent_id'), 4)
        self.assertIn('# query: [root="رحم"]', self.query('[root="رحم"]', '--format', 'tsv').stdout)

    def test_errors(self):
        done = self.query('[pos="V"', code=1)
        self.assertEqual(done.stdout, '')
        lines = done.stderr.splitlines()
        self.assertIn('column 9', lines[0])
        self.assertEqual(lines[1:3], ['[pos="V"', '        ^'])
        for q, meant in (('[pos=V]', 'pos="V"'), ('a:[] [] :: a.lemma != Allah', 'a.lemma!="Allah"'), ('[pos="N" & lemma = رب]', 'lemma="رب"')):
            refused = self.query(q, code=1).stderr
            self.assertIn('neither an attribute nor a value in quotes', refused)
            self.assertIn(meant, refused)
        self.assertIn('did you mean lemma', self.query('[]', '--sort', 'lema', code=1).stderr)
        self.assertIn('--columns', self.query('[]', '--columns', 'rot', code=1).stderr)
        self.query('[]', '--format', 'xml', code=1)
        self.query('[]', '--group', 'pos', '--format', 'conllu', code=1)
        for option in (('--sort', 'lemma'), ('--columns', 'pos'), ('--context', '2'), ('--sample', '3')):
            self.assertIn('%s is of lines' % option[0], self.query('[]', '--group', 'pos', *option, code=1).stderr)
        self.assertIn('--seed is of a sample', self.query('[]', '--seed', '3', code=1).stderr)
        self.query(code=1)
        missing = server.run('query', '[]', '--db', self.database + 'x')
        self.assertEqual(missing.returncode, 1)
        self.assertTrue(missing.stderr.startswith('kalima: '), missing.stderr)

    def test_help_has_examples_that_run(self):
        done = server.run('query', '--help')
        self.assertEqual(done.returncode, 0)
        examples = re.findall(r"^ *kalima query '([^']*)'", done.stdout, re.M)
        self.assertGreater(len(examples), 5)
        for example in examples:
            self.query(example, '--limit', '1')

    def test_without_the_index(self):
        with tempfile.TemporaryDirectory() as folder:
            database = server.copy_database(self.database, os.path.join(folder, 'quran.db'))
            shutil.rmtree(database + '-index')
            done = server.run('query', '[]', '--db', database)
            self.assertEqual(done.returncode, 1)
            self.assertIn('kalima reindex', done.stderr)

    @unittest.skipUnless(pty, 'no pseudo-terminals here')
    def test_terminal(self):
        text = self.on_terminal('a:[pos="V"] b:[pos="N"]', '--limit', '5')
        lines = text.replace('\r', '').splitlines()
        self.assertIn('\x1b[', lines[1])
        for line in lines[2:7]:
            self.assertTrue(line.startswith('\u200e'), line)
            self.assertEqual((line.count('\u2067'), line.count('\u2069')), (1, 1))
            shown = MARK.sub('', re.sub('\x1b\\[[0-9;]*m|[\u200e\u2067\u2069]', '', line))
            self.assertLessEqual(len(shown), 100, line)
        text = self.on_terminal('[pos="V"]', '--limit', '2', NO_COLOR='1')
        self.assertNotIn('\x1b', text)
        self.assertIn('\u2067', text)


if __name__ == '__main__':
    unittest.main()
