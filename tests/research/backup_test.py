"""Copies made while writers write, restoring them, damage, and imports in the place of a database."""
import json
import os
import shutil
import sqlite3
import threading
import time
import unittest

from tests.compat import server
from tests.research.support import Folder, Served, VERSES, Writer, all_answers, query, run_threads, whole

def states_of(history):
    """What the history's entries, the oldest first, make of the documents: (kind, verse, id) -> document, tags among them."""
    state = {}
    for verse, changes in history:
        for change in json.loads(changes):
            kind = change['kind']
            if kind in ('tags', 'patterns'):
                state[kind, None, change['name']] = change['after']
            elif 'position' in change:
                for side in ('before', 'after'):
                    if change[side] is not None:
                        state[kind, verse, change[side]['id']] = change[side] if side == 'after' else None
            else:
                state[kind, verse, None] = change['after']
    return state


class Backup(Served):
    def backup(self, name='copy.db', code=0, **more):
        return self.kalima('backup', self.path(name), '--db', self.database, code=code, **more)

    def test_copies_while_writers_write(self):
        stop = threading.Event()
        writers = [Writer('w%d' % i, self.server, [VERSES[i], VERSES[8 + i % 3], VERSES[12]]) for i in range(6)]

        def write(writer):
            while not stop.is_set():
                writer.write('hypothesis' if sum(map(len, writer.annotations.values())) > 150 else None)
            writer.connection.close()

        sure = []

        def copy():
            try:
                for i in range(10):
                    sure.append(self.history(limit=1)[0]['id'] if i else 0)
                    done = self.backup('copy-%d.db' % i)
                    self.assertIn('copy-%d.db' % i, done.stdout)
                    time.sleep(0.05)
            finally:
                stop.set()

        self.assertEqual(run_threads(copy, *[lambda w=w: write(w) for w in writers]), [])
        everything = query(self.database, 'SELECT id, at, verse, action, undoes, changes FROM history ORDER BY id')
        lengths = []
        for i, least in enumerate(sure):
            path = self.path('copy-%d.db' % i)
            self.assertEqual(sorted(n for n in os.listdir(self.folder) if n.startswith('copy-%d.db' % i)), ['copy-%d.db' % i])
            self.assertEqual(query(path, 'PRAGMA integrity_check'), [('ok',)])
            there = query(path, 'SELECT id, at, verse, action, undoes, changes FROM history ORDER BY id')
            lengths.append(len(there))
            # All writes that were answered before the copy began, and none but the first so many.
            self.assertGreaterEqual(len(there), least)
            self.assertEqual(there, everything[:len(there)])
            self.shows(path, [(row[2], row[5]) for row in there])
        self.assertEqual(lengths, sorted(lengths))
        self.assertGreater(lengths[-1], lengths[0])
        # A copy has no index yet; everything else is sound.
        path = self.path('copy-9.db')
        without = self.kalima('check', '--db', path, code=1)
        self.assertIn('reindex', without.stdout)
        self.assertNotIn('database:', without.stdout)
        self.kalima('reindex', '--db', path)
        self.kalima('check', '--db', path)

    def shows(self, database, history):
        """The database's documents are what its history says: no half of a write."""
        lists = {}
        for verse, kind, document in query(database, 'SELECT verse, kind, document FROM research ORDER BY verse, kind, position'):
            lists.setdefault((kind, verse), []).append(json.loads(document))
        tags = {name: json.loads(document) for name, document in query(database, "SELECT name, document FROM registry WHERE section='tags'")}
        for (kind, verse, name), document in states_of(history).items():
            if kind == 'tags':
                self.assertEqual(tags.get(name), document)
            elif name is None:
                there = lists.get((kind, verse), [])
                self.assertEqual(there if kind != 'connections' else there[0], document)
            elif kind != 'translations':
                there = [d for d in lists.get((kind, verse), []) if d['id'] == name]
                self.assertEqual(there, [] if document is None else [document])
        self.assertTrue(all(whole(d) for documents in lists.values() for d in documents))

    def test_restoring(self):
        for i in range(5):
            self.post('/api/annotations/1/5', {'n': i})
        self.put('/api/tags/x', {'a': 1.0})
        expected = all_answers(self.server)
        history = self.history()
        self.backup()
        self.post('/api/annotations/1/5', {'n': 'later'})
        self.delete('/api/hypotheses/1:5/hyp-1')
        # Serving the copy makes its index.
        with server.Server('--db', self.path('copy.db')) as restored:
            self.assertEqual(all_answers(restored), expected)
            self.assertEqual(restored.json('/api/v1/history')['history'], history)
            self.assertEqual(restored.post('/api/v1/history/6/undo').status, 200)
            self.assertEqual(restored.json('/api/search/roots?root=Ebd')['count'], 1)
        # Putting it in the database's place, as RUNBOOK.md says: the index of the other state must not be used.
        self.kalima('undo', 7, '--db', self.path('copy.db'))
        self.assertTrue(self.server.healthy())
        self.server.stop()
        for suffix in ('-wal', '-shm'):
            if os.path.exists(self.database + suffix):
                os.remove(self.database + suffix)
        shutil.copyfile(self.path('copy.db'), self.database)
        self.server = self.serve()
        self.assertEqual(all_answers(self.server), expected)
        self.kalima('check', '--db', self.database)

    def test_an_older_copy_in_the_place_of_a_newer_database(self):
        """The index has taken in writes that the copy does not have, and the copy's later writes get the same numbers."""
        expected = all_answers(self.server)
        self.backup()
        for i in range(4):
            self.post('/api/connections/1:%d' % (i + 1), {'lost': i})
        self.assertTrue(self.server.healthy())
        self.server.stop()
        self.kalima('reindex', '--db', self.database)
        for suffix in ('-wal', '-shm'):
            if os.path.exists(self.database + suffix):
                os.remove(self.database + suffix)
        os.remove(self.database)
        shutil.copyfile(self.path('copy.db'), self.database)
        self.server = self.serve()
        self.assertEqual(all_answers(self.server), expected)
        self.kalima('check', '--db', self.database)
        for i in range(6):
            self.post('/api/translations/112:%d' % (i % 4 + 1), {'n': i})
        after = all_answers(self.server)
        self.assertNotIn(b'lost', b''.join(body for _, body in after.values()))
        self.restart()
        self.assertEqual(all_answers(self.server), after)
        self.kalima('check', '--db', self.database)

    def test_nothing_is_overwritten(self):
        with open(self.path('copy.db'), 'w', encoding='utf-8') as f:
            f.write('mine')
        self.assertIn('exists already', self.backup(code=1).stderr)
        with open(self.path('copy.db'), encoding='utf-8') as f:
            self.assertEqual(f.read(), 'mine')
        os.mkdir(self.path('folder'))
        self.backup('folder', code=1)
        self.assertEqual(os.listdir(self.path('folder')), [])
        self.kalima('backup', self.database, '--db', self.database, code=1)
        self.ok(self.server.get('/api/verse/1/1'))

    def test_names_of_the_database_s_own_files(self):
        self.server.stop()
        for suffix in ('-wal', '-shm', '-journal', '-owner', '-index'):
            target = self.database + suffix
            before = os.path.exists(target)
            for command in (['backup', target], ['export', '--conllu', target], ['export', '--legacy', target],
                            ['backup', os.path.join(os.path.dirname(target), '.', os.path.basename(target))]):
                done = self.kalima(*command, '--db', self.database, code=1)
                self.assertIn('choose another name', done.stderr)
                self.assertEqual(os.path.exists(target), before, command)

    def test_places_that_do_not_work(self):
        done = self.kalima('backup', self.path('none', 'copy.db'), '--db', self.database, code=1)
        self.assertIn('kalima: ', done.stderr)
        self.kalima('backup', self.path('copy.db'), '--db', self.path('none.db'), code=1)
        self.assertFalse(os.path.exists(self.path('copy.db')))
        self.assertFalse(os.path.exists(self.path('none.db')))
        self.kalima('backup', '--db', self.database, code=1)

    def test_names(self):
        for name in ('with space.db', 'قرآن.db', "quote'\".db", '-x.db', 'percent%20?x=1#y.db'):
            self.kalima('backup', self.path(name), '--db', self.database)
            copy = server.run('check', '--db', self.path(name))
            self.assertIn('reindex', copy.stdout)
            with server.Server('--db', self.path(name)) as started:
                self.assertEqual(started.get('/api/verse/1/1').body, self.verse_bytes(1, 1))

    def test_after_a_crash(self):
        """The latest writes are in the write-ahead log only."""
        self.post('/api/annotations/1/1', {'note': 'in the log'})
        self.server.kill()
        self.backup()
        self.server = self.serve()
        self.assertIn('in the log', query(self.path('copy.db'), "SELECT document FROM research WHERE verse=0 AND kind='annotations'")[0][0])


class Damage(Folder):
    def test_check_sees_a_damaged_page(self):
        database = server.fixture_database(self.path('quran.db'))
        self.kalima('check', '--db', database)
        size = os.path.getsize(database)
        with open(database, 'r+b') as f:
            for at in range(size // 2, size // 2 + 4096 * 4, 4096):
                f.seek(at)
                f.write(b'\xff' * 600)
        done = server.run('check', '--db', database)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertTrue(done.stdout + done.stderr)

    def test_check_sees_an_index_of_another_state(self):
        database = server.fixture_database(self.path('quran.db'))
        connection = sqlite3.connect(database)
        connection.execute("UPDATE segment SET root='xyz' WHERE verse=4 AND root='Ebd'")
        connection.execute("UPDATE verse SET text=text || ' x' WHERE surah=113 AND ayah=1")
        connection.commit()
        connection.close()
        done = self.kalima('check', '--db', database, code=1)
        self.assertIn('index', done.stdout)
        self.assertIn('1:5', done.stdout)
        self.assertIn('113:1', done.stdout)
        self.assertIn('reindex', done.stdout)
        self.assertIn('not the one that was imported', done.stdout)
        # No index is made of it, and the existing one still has the corpus as it was.
        done = self.kalima('reindex', '--db', database, code=1)
        self.assertIn('not the one that was imported', done.stderr)
        with server.Server('--db', database) as started:
            self.assertFalse(started.json('/api/verse/113/1')['text'].endswith(' x'))

    def test_check_sees_a_damaged_index(self):
        for name in ('words', 'legacy', 'legacy-terms'):
            database = server.fixture_database(self.path('%s.db' % name))
            path = os.path.join(database + '-index', name)
            with open(path, 'r+b') as f:
                # All over the file, but so that it is still recognised as a database.
                for at in range(4096, os.path.getsize(path), 300):
                    f.seek(at)
                    f.write(b'\xff' * 30)
            done = self.kalima('check', '--db', database, code=1)
            self.assertIn('index', done.stdout)
            os.remove(path)
            self.assertIn('index', self.kalima('check', '--db', database, code=1).stdout)
            self.kalima('reindex', '--db', database)
            self.kalima('check', '--db', database)

    def test_check_changes_nothing(self):
        database = server.fixture_database(self.path('quran.db'))
        with open(database, 'rb') as f:
            before = f.read()
        names = sorted(os.listdir(self.folder))
        self.kalima('check', '--db', database)
        with open(database, 'rb') as f:
            self.assertEqual(f.read(), before)
        self.assertEqual(sorted(n for n in os.listdir(self.folder) if not n.endswith(('-wal', '-shm'))), names)


class ImportOver(Served):
    """An import replaces the database; a server that has the old one open must not take writes that nobody will find again."""

    maxDiff = 2000

    def test_beside_a_running_server(self):
        self.post('/api/annotations/1/1', {'note': 'old'})
        for reader in (False, True):
            with self.subTest(read_only=reader):
                if reader:
                    self.restart('--read-only')
                done = self.kalima('import', '--legacy', server.fixture_folder(), '--db', self.database, code=2)
                self.assertIn('stop', done.stderr)
        self.restart()
        self.post('/api/annotations/1/1', {'note': 'later'})
        self.restart()
        self.assertEqual([d['note'] for d in self.get('/api/annotations/1/1')], ['old', 'later'])
        self.assertEqual([n for n in os.listdir(self.folder) if '.new-' in n], [])

    def test_after_the_server(self):
        self.post('/api/annotations/1/1', {'note': 'old'})
        self.assertTrue(self.server.healthy())
        self.server.stop()
        self.kalima('import', '--replace', '--legacy', server.fixture_folder(), '--db', self.database)
        self.server = self.serve()
        self.assertEqual(self.get('/api/annotations/1/1'), [])

    def test_in_the_place_of_something_else(self):
        for name, content, code in (('empty', b'', 0), ('text', b'not a database' * 100, 1), ('half', b'SQLite format 3\0' + bytes(50), 1)):
            with self.subTest(name):
                with open(self.path(name), 'wb') as f:
                    f.write(content)
                self.kalima('import', '--legacy', server.fixture_folder(), '--db', self.path(name), code=code)
                self.kalima('check', '--db', self.path(name), code=code)


if __name__ == '__main__':
    unittest.main()
