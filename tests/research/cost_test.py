"""A write costs what it changes, however much a verse has: counted in bytes that the server reads, not in time."""
import json
import os
import shutil
import sys
import tempfile
import unittest

from tests.compat import server
from tests.research.support import Served

DOCUMENTS, NOTE = 600, 'x' * 5000
KINDS = {'annotations': ('/api/annotations/1/5', 'note'), 'structure_hypotheses': ('/api/hypotheses/1:5', 'note'),
         'translations': ('/api/translations/1:5', 'text'), 'pronoun_references': ('/api/pronouns/1:5', 'note')}
# The same of a verse that has nothing.
EMPTY = {kind: (path.replace('1/5', '1/6').replace('1:5', '1:6'), key) for kind, (path, key) in KINDS.items()}


@unittest.skipUnless(sys.platform == 'linux', 'the system does not count the bytes that a process reads')
class Cost(Served):
    """1:5 has lists of 3 MB each."""

    imported = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        place = tempfile.mkdtemp(prefix='kalima-cost-')
        cls.addClassCleanup(shutil.rmtree, place, ignore_errors=True)
        cls.imported = cls.import_large(place)

    def make_database(self):
        return server.copy_database(self.imported, self.path('quran.db'))

    @staticmethod
    def import_large(place):
        folder = shutil.copytree(server.fixture_folder(), os.path.join(place, 'data'))
        corpus = os.path.join(folder, 'datasets', 'corpus', 'quran.jsonl')
        with open(corpus, encoding='utf-8') as f:
            lines = [json.loads(line) for line in f]
        for verse in lines:
            if (verse['surah']['number'], verse['ayah']) == (1, 5):
                for kind, (_, key) in KINDS.items():
                    verse[kind] = [{'id': 'n-%d' % i, key: NOTE} for i in range(DOCUMENTS)]
        with open(corpus, 'w', encoding='utf-8') as f:
            f.writelines(json.dumps(verse, ensure_ascii=False) + '\n' for verse in lines)
        return server.import_folder(folder, os.path.join(place, 'quran.db'))

    def read_so_far(self):
        """How many bytes the server has read from files and sockets."""
        with open('/proc/%d/io' % self.server.process.pid, encoding='ascii') as f:
            return int(dict(line.split(': ') for line in f)['rchar'])

    def read_by(self, *requests):
        before = self.read_so_far()
        for request in requests:
            self.ok(self.server.request(*request))
        return self.read_so_far() - before

    def test_nothing_of_the_list_is_read(self):
        for kind in KINDS:
            costs = {}
            for name, ((path, key), entries) in {'many': (KINDS[kind], DOCUMENTS), 'none': (EMPTY[kind], 0)}.items():
                writes = [('POST', path, {'id': 'new', key: 'x'}), ('POST', path, {key: 'y'})]
                if kind in ('structure_hypotheses', 'pronoun_references'):
                    writes.append(('PUT', path + '/new', {'note': 'z'}))
                if kind != 'annotations':
                    writes.append(('DELETE', path + '/new', None))
                self.read_by(('POST', path, {'id': 'first'}))  # the pages that any write needs
                costs[name] = self.read_by(*writes)
            with self.subTest(kind, costs=costs):
                # The list has fifty times as much.
                self.assertLess(costs['many'], costs['none'] + 60_000)

    def test_an_undo_reads_the_one_document(self):
        def undone(path):
            self.post(path, {'id': 'new'})
            self.delete(path + '/new')
            deletion, addition = [entry['id'] for entry in self.history(limit=2)]
            return self.read_by(('POST', '/api/v1/history/%d/undo' % deletion), ('POST', '/api/v1/history/%d/undo' % addition))
        undone('/api/hypotheses/1:6')
        self.assertLess(undone('/api/hypotheses/1:5'), undone('/api/hypotheses/1:6') + 60_000)

    def test_a_condition_reads_no_list(self):
        costs = {}
        for path, documents in (('/api/annotations/1/6', 0), ('/api/annotations/1/5', DOCUMENTS)):
            tag = self.server.get(path).headers['ETag']
            for _ in range(3):
                start = self.read_so_far()
                answer = self.server.request('POST', path, {'note': 'x'}, headers={'If-Match': tag})
                self.assertEqual(answer.status, 200)
                costs[path] = self.read_so_far() - start
                self.assertNotEqual(answer.headers['ETag'], tag)
                tag = answer.headers['ETag']
            self.assertEqual(self.server.get(path).headers['ETag'], tag)
            self.assertEqual(len(self.get(path)), documents + 3)
        self.assertLess(costs['/api/annotations/1/5'], costs['/api/annotations/1/6'] + 60_000)


if __name__ == '__main__':
    unittest.main()
