"""A small database and its derived files, damaged at random: each is refused or repaired with a message, or does no harm. The
program never crashes or hangs, and gives no wrong answer.

KALIMA_TEST_MUTATIONS says how many (60 by default), KALIMA_TEST_SEED the seed; KALIMA_TEST_MUTATION=N does only the Nth, to
look at what it found.
"""
import json
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
import unittest

from tests.compat import server
from tests.research.index_files_test import SEARCHES, without_time
from tests.research.support import all_paths, query

SEED = int(os.environ.get('KALIMA_TEST_SEED') or 1)
MUTATIONS = int(os.environ.get('KALIMA_TEST_MUTATIONS') or 60)
ONLY = os.environ.get('KALIMA_TEST_MUTATION')
INDEX = ('core', 'words', 'legacy', 'legacy-terms', 'seal')
PAGE = 4096
CORPUS_TABLES = ('verse', 'word', 'segment', 'treebank_row', 'masaq_row', 'legacy_verse', 'legacy_word', 'legacy_segment')
RESEARCH_TABLES = ('research', 'research_list', 'registry', 'history', 'meta')

READING = ['/api/v1/corpus', '/api/v1/attributes', '/api/v1/surahs', '/api/v1/verses/1?layers=words,segments,tree,masaq',
           '/api/v1/verses/113?layers=words,segments,gloss,transliteration', '/api/v1/words/1:1:1', '/api/v1/trees/1:1', '/api/v1/roots/rHm',
           '/api/v1/resolve?q=1:2', '/api/v1/query?q=%5Bpos%3D%22N%22%5D', '/api/v1/query?q=%5Bpos%3D%22P%22%5D%5Bpos%3D%22N%22%5D', '/api/morph_patterns', '/api/syntax_patterns',
           '/api/morphology/features', '/api/dependency/relations', '/api/morphology/parsed/1/5']
CORPUS_PATHS = sorted(set(SEARCHES + READING) - {'/api/verses?limit=1000'})
# What also shows what users wrote.
RESEARCH_PATHS = all_paths([(1, 1), (1, 5), (112, 3), (113, 2)]) + ['/api/v1/history', '/api/v1/verses/1?layers=translations,notes']
SHOWS_VERSES = ('/api/search', '/api/v1/verses')
RESEARCH_KEYS = ('annotations', 'connections', 'pronoun_references', 'structure_hypotheses', 'translations', 'notes')


def without_research(body):
    """An answer without what users wrote."""
    def strip(value):
        if isinstance(value, dict):
            # How many documents of it are damaged is said there, as "unreadable".
            return {k: strip(v) for k, v in value.items() if k not in RESEARCH_KEYS and k != 'unreadable'}
        return [strip(v) for v in value] if isinstance(value, list) else value
    return strip(json.loads(body))


def rows(database, tables):
    """The rows of tables as SQLite reads them, or None where it cannot."""
    try:
        return [query(database, 'SELECT * FROM ' + table + " WHERE key != 'database.mark'" * (table == 'meta')) for table in tables]
    except (sqlite3.Error, UnicodeError):  # of names too
        return None


def change_a_value(database, rng):
    """A value that SQLite takes and Kalima never wrote, in a random row."""
    connection = sqlite3.connect(database)
    connection.execute('PRAGMA foreign_keys=OFF')
    table = rng.choice([t for t in CORPUS_TABLES + RESEARCH_TABLES if connection.execute('SELECT count(*) FROM ' + t).fetchone()[0]])
    columns = [row[1] for row in connection.execute('PRAGMA table_info(%s)' % table)]
    column = rng.choice(columns)
    key = ' AND '.join('%s IS ?' % name for name in columns)
    row = rng.choice(connection.execute('SELECT * FROM ' + table).fetchall())
    for _ in range(20):
        value = rng.choice((None, '', 'x', 'true', '{', '[]', '{}', '[1]', '"\ud7ff"', '\0', b'\xff\xfe', b'{"id":"\xc3"}', -1, 0, 7, 2 ** 62, 1e300,
                                 '[' * 3000, 'y' * 100000, '"' + 'z' * 1000 + '"', '{"kind":"annotations"}', '\u0628' * 30))
        try:
            connection.execute('UPDATE %s SET %s=? WHERE %s' % (table, column, key), (value, *row))
        except sqlite3.Error:
            continue
        break
    else:
        connection.execute('DELETE FROM %s WHERE %s' % (table, key), row)
        value = 'removed'
    connection.commit()
    connection.execute('PRAGMA wal_checkpoint(TRUNCATE)')
    connection.close()
    return '%s.%s of %.80r becomes %.40r' % (table, column, row, value)


class Mutation:
    """One damage. `text` says what it is."""

    def __init__(self, database, other, rng):
        self.database, self.other, self.rng = database, other, rng
        self.name = rng.choice(('database',) * 5 + ('rows',) * 2 + INDEX + INDEX[:4])
        if self.name == 'rows':
            self.text = 'rows: ' + change_a_value(database, rng)
            return
        self.path = database if self.name == 'database' else os.path.join(database + '-index', self.name)
        other_path = other if self.name == 'database' else os.path.join(other + '-index', self.name)
        with open(self.path, 'rb') as f:
            before = f.read()
        with open(other_path, 'rb') as f:
            self.foreign = f.read()
        kinds = ['flip', 'bytes', 'number', 'zeros', 'ones', 'cut', 'append', 'delete', 'insert', 'swap', 'splice', 'header', 'empty', 'missing']
        if self.name == 'database':
            kinds = [k for k in kinds if k not in ('empty', 'missing')] + ['flip', 'bytes', 'number', 'pages', 'pages']
        kind = rng.choice(kinds)
        self.text = '%s: %s' % (self.name, kind)
        if kind == 'missing':
            os.remove(self.path)
            return
        after = before
        while after == before:
            after = bytes(getattr(self, kind)(bytearray(before)))
        with open(self.path, 'wb') as f:
            f.write(after)

    def at(self, data, size=1):
        return self.rng.randrange(max(1, len(data) - size + 1))

    def flip(self, data):
        for _ in range(self.rng.choice((1, 1, 1, 2, 8))):
            data[self.at(data)] ^= 1 << self.rng.randrange(8)
        return data

    def bytes(self, data):
        size = self.rng.randrange(1, 9)
        at = self.at(data, size)
        data[at:at + size] = self.rng.randbytes(size)
        return data

    def header(self, data):
        data[self.rng.randrange(min(len(data), 100))] = self.rng.randrange(256)
        return data

    def number(self, data):
        size = self.rng.choice((1, 2, 4, 8))
        at = self.at(data, size) // size * size
        value = self.rng.choice((0, 1, 2 ** (8 * size) - 1, 2 ** (8 * size - 1), 2 ** (8 * size - 1) - 1, 4, len(data) % 2 ** (8 * size)))
        data[at:at + size] = value.to_bytes(size, self.rng.choice(('little', 'big')))
        return data

    def block(self, data):
        size = self.rng.choice((16, 100, 512, PAGE))
        at = self.at(data, size)
        return at, min(len(data), at + size)

    def zeros(self, data):
        begin, end = self.block(data)
        data[begin:end] = bytes(end - begin)
        return data

    def ones(self, data):
        begin, end = self.block(data)
        data[begin:end] = b'\xff' * (end - begin)
        return data

    def cut(self, data):
        return data[:self.at(data)]

    def append(self, data):
        return data + self.rng.randbytes(self.rng.choice((1, 100, PAGE)))

    def delete(self, data):
        begin, end = self.block(data)
        return data[:begin] + data[end:]

    def insert(self, data):
        at = self.at(data)
        return data[:at] + self.rng.randbytes(self.rng.choice((1, 8, PAGE))) + data[at:]

    def swap(self, data):
        size = self.rng.choice((16, 512, PAGE))
        a, b = (self.at(data, size) // size * size for _ in range(2))
        if abs(a - b) >= size:
            data[a:a + size], data[b:b + size] = data[b:b + size], data[a:a + size]
        else:
            data[a:a + 1] = b'\x55'
        return data

    def splice(self, data):
        """Part of the same file of another database."""
        begin, end = self.block(data)
        part = self.foreign[begin:end]
        data[begin:begin + len(part)] = part
        return data

    def pages(self, data):
        """One page of the database in place of another."""
        count = len(data) // PAGE
        a, b = self.rng.randrange(count), self.rng.randrange(count)
        data[a * PAGE:(a + 1) * PAGE] = data[b * PAGE:(b + 1) * PAGE] if a != b else bytes(PAGE)
        return data

    def empty(self, data):
        return b''


class Mutations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix='kalima-mutations-')
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.base = server.fixture_database(os.path.join(cls.folder, 'base.db'))
        with server.Server('--db', cls.base) as started:
            # The index is older than these.
            for path, body in (('/api/annotations/1/5', {'id': 'a'}), ('/api/annotations/113/2', {'id': 'b'}),
                               ('/api/translations/112:3', {'id': 'c'}), ('/api/connections/1:1', {'d': 1.0})):
                assert started.post(path, body).status == 200
        cls.other = server.import_folder(server.make_fixture(os.path.join(cls.folder, 'data'), 1, 114), os.path.join(cls.folder, 'other.db'))
        with server.Server('--db', server.copy_database(cls.base, os.path.join(cls.folder, 'first.db'))) as started:
            cls.expected = {path: cls.ask(started, path) for path in CORPUS_PATHS + RESEARCH_PATHS}
        refused = {path: status for path, (status, _) in cls.expected.items() if status not in (200, 404)}
        assert not refused, refused
        cls.corpus, cls.research = rows(cls.base, CORPUS_TABLES), rows(cls.base, RESEARCH_TABLES)

    @staticmethod
    def ask(started, path, **more):
        answer = started.get(path, **more)
        return answer.status, without_time(answer.body)

    def run_program(self, *args):
        done = server.run(*args, timeout=60)
        self.assertIn(done.returncode, (0, 1, 2), done.stderr)
        said = done.stdout + done.stderr
        self.assertNotIn('internal error', said)
        self.assertNotIn('please report', said)
        self.assertTrue(said.strip())
        return done

    def serve(self, database):
        """A server, or what it says instead."""
        began = time.monotonic()
        try:
            return server.Server('--db', database), ''
        except RuntimeError as e:
            self.assertLess(time.monotonic() - began, 0.9 * server.HANGS, 'it hangs')
            said = str(e)
            self.assertRegex(said, r'(?m)^kalima: \S')
            self.assertNotIn('internal error', said)
            return None, said

    def mutate(self, number):
        rng = random.Random('%d %d' % (SEED, number))
        folder = os.path.join(self.folder, str(number))
        os.mkdir(folder)
        database = server.copy_database(self.base, os.path.join(folder, 'quran.db'))
        mutation = Mutation(database, self.other, rng)
        of_database = mutation.name in ('database', 'rows')
        with self.subTest(number=number, what=mutation.text):
            same_corpus = not of_database or rows(database, CORPUS_TABLES) == self.corpus
            same_research = not of_database or rows(database, RESEARCH_TABLES) == self.research
            checked = self.run_program('check', '--db', database)
            if not of_database:
                self.assertEqual(checked.returncode, 1, 'no finding')
            started, outcome = self.serve(database)
            if started is None:
                self.assertTrue(of_database, 'refused for its index: ' + outcome)
                return 'refused'
            errors = 0
            with started:
                connection = started.connect()
                for path, (status, body) in self.expected.items():
                    now, now_body = self.ask(started, path, connection=connection)
                    if (now, now_body) == (status, body):
                        continue
                    self.assertTrue(of_database, (path, now, now_body[:300]))
                    if now >= 500:
                        self.assertTrue(json.loads(now_body), path)
                        errors += 1
                        continue
                    # Nothing tells that what users wrote is not what they wrote.
                    self.assertFalse(same_research, ('wrong', path, now, now_body[:300]))
                    if path in CORPUS_PATHS:
                        self.assertTrue(path.startswith(SHOWS_VERSES), ('wrong', path, now, now_body[:300]))
                        self.assertEqual(without_research(now_body), without_research(body), path)
                    elif now == 200 and '/verse' in path:
                        self.assertEqual(without_research(now_body), without_research(body), path)
                answer = started.post('/api/annotations/1/2', {'id': 'written'}, connection=connection)
                if answer.status == 200:
                    shown = started.get('/api/annotations/1/2', connection=connection)
                    if shown.status == 200:
                        self.assertIn(b'"id":"written"', shown.body)
                    else:
                        # What else was written about the verse is damaged.
                        self.assertTrue(of_database, shown)
                        self.assertGreaterEqual(shown.status, 500, shown)
                        self.assertIn('database is damaged', json.loads(shown.body)['error'])
                else:
                    self.assertTrue(of_database, answer)
                    self.assertGreaterEqual(answer.status, 500, answer)
                    self.assertTrue(json.loads(answer.body)['error'])
                connection.close()
            rebuilt = 'Making the index' in started.log
            if not of_database:
                self.assertTrue(rebuilt, 'neither rebuilt nor right')
                self.assertEqual(self.run_program('check', '--db', database).returncode, 0)
                return 'rebuilt'
            self.assertTrue(same_corpus or not rebuilt, 'an index of a corpus that is not the one that was imported')
            if checked.returncode == 0:
                self.assertTrue(same_corpus, 'check finds nothing')
            return 'errors' if errors else 'rebuilt' if rebuilt else 'served' if checked.returncode == 0 else 'found by check'
        return 'failed'

    def test_mutations(self):
        outcomes = {}
        numbers = [int(ONLY)] if ONLY else range(MUTATIONS)
        for number in numbers:
            outcome = self.mutate(number)
            outcomes[outcome] = outcomes.get(outcome, 0) + 1
            shutil.rmtree(os.path.join(self.folder, str(number)), ignore_errors=True)
        print('seed %d: %s' % (SEED, ', '.join('%s %d' % item for item in sorted(outcomes.items()))), file=sys.stderr)
        self.assertEqual(sum(outcomes.values()), len(numbers))


if __name__ == '__main__':
    unittest.main()
