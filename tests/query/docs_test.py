"""The examples of docs/query.md are run over the surahs that come with the program, and have as many hits as it says."""
import os
import re
import shutil
import subprocess
import tempfile
import unittest
import urllib.parse

from tests.compat import server

PATH = os.path.join(server.ROOT, 'docs', 'query.md')


def blocks(kind):
    with open(PATH, encoding='utf-8') as f:
        return re.findall(r'^```%s\n(.*?)^```' % kind, f.read(), re.M | re.S)


def examples(kind='cql'):
    """(line, hits in the whole corpus, hits in the starter corpus or None)"""
    for block in blocks(kind):
        for line in block.splitlines():
            stated = re.fullmatch(r'.*# ([\d,]+)(?:; starter ([\d,]+))?', line)
            if not stated:
                raise AssertionError('no count: ' + line)
            yield (line,) + tuple(n and int(n.replace(',', '')) for n in stated.groups())


class Case(unittest.TestCase):
    def corpus(self, make):
        folder = tempfile.mkdtemp(prefix='kalima-docs-')
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        database = os.path.join(folder, 'quran.db')
        make(database)
        running = server.Server('--db', database)
        self.addCleanup(running.stop)
        return database, running

    def run_lines(self, kind, database):
        """As in a shell, with this database."""
        for line in ''.join(blocks(kind)).splitlines():
            command = line.replace('kalima', "'%s'" % server.binary(), 1)
            done = subprocess.run(command, shell=True, capture_output=True, encoding='utf-8', timeout=60 * server.TIME_FACTOR, check=False,
                                  env=server.environment(KALIMA_DB=database))
            self.assertEqual((done.returncode, done.stderr), (0, ''), line)
            self.assertTrue(done.stdout, line)

    def check(self, running, column, database):
        self.check_examples(running, column, 'cql')
        # Those that name something need it.
        self.run_lines('sh saved', database)
        server.wait_until(lambda: running.json('/api/v1/queries')['total'] == 1)
        self.check_examples(running, column, 'cql saved')

    def check_examples(self, running, column, kind):
        wrong = []
        for example in examples(kind):
            if example[column] is None:
                continue
            # The line unchanged: what follows # is a comment of the language.
            answer = running.json('/api/v1/query?' + urllib.parse.urlencode({'q': example[0], 'limit': 0, 'timeout_ms': 10000}))
            if answer['hits'] != example[column]:
                wrong.append('%s: has %d' % (example[0], answer['hits']))
        self.assertEqual(wrong, [])


class Docs(Case):
    def make_starter(self, database):
        done = server.run('import', '--starter', '--db', database)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_examples(self):
        self.assertGreater(len(list(examples())), 30)
        database, running = self.corpus(self.make_starter)
        self.check(running, 2, database)
        self.run_lines('sh', database)


if __name__ == '__main__':
    unittest.main()
