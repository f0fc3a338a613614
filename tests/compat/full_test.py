"""The whole corpus, if available: the old server's data folder imported, and all its recorded answers replayed.

Looks for golden/reads.jsonl and legacy-data/ in the folder that KALIMA_SHARED names, by default ../shared next to the
repository. Without them the test is skipped, with exit code 77, and says why.
"""
import os
import sys
import unittest

from tests.compat import replay, server

SHARED = os.environ.get('KALIMA_SHARED') or os.path.join(os.path.dirname(server.ROOT), 'shared')
READS = os.path.join(SHARED, 'golden', 'reads.jsonl')
DATA = os.path.join(SHARED, 'legacy-data')
SKIPPED = 77


class Full(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.workplace = server.Workplace()
        cls.workplace.data = DATA
        cls.imported = cls.workplace.import_data()
        cls.entries = replay.read_recordings(READS)
        cls.static = os.path.join(cls.workplace.path, 'static')
        os.mkdir(cls.static)
        with open(os.path.join(cls.static, 'index.html'), 'w', encoding='utf-8') as f:
            f.write('<!doctype html>\n')

    @classmethod
    def tearDownClass(cls):
        cls.workplace.close()

    def test_the_import_counts_all(self):
        counts = {}
        for line in self.imported.stdout.splitlines():
            number, _, what = line.strip().partition('  ')
            if number.replace(',', '').isdigit():
                counts[what.strip()] = int(number.replace(',', ''))
        self.assertEqual(counts['surahs'], 114)
        self.assertEqual(counts['verses'], 6236)
        self.assertEqual(counts['words'], 77429)
        self.assertEqual(counts['segments'], 128219)
        self.assertIn('treebank rows, of 6,236 verses', counts)
        self.assertIn('MASAQ rows, of 6,236 verses', counts)

    def check(self, clients):
        with self.workplace.serve('--static', self.static) as s:
            wrong = replay.replay('127.0.0.1', s.port, self.entries, clients)
        if wrong:
            self.fail('%d of %d answers differ:\n%s' % (len(wrong), len(self.entries),
                                                        '\n'.join(replay.describe(*w) for w in wrong[:20])))

    def test_one_client(self):
        self.check(1)

    def test_sixteen_clients(self):
        self.check(16)


if __name__ == '__main__':
    missing = [path for path in (READS, DATA) if not os.path.exists(path)]
    if missing:
        print('SKIPPED: the replay over the whole corpus needs the old server\'s data and recorded answers; there is no %s '
              '(KALIMA_SHARED may name another folder)' % ' and no '.join(missing))
        sys.exit(SKIPPED)
    unittest.main()
