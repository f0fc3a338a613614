"""SIGKILL at any moment of an import over HTTP: after the next start one of the two corpora answers as a whole, with everything
that people wrote, and nothing is left beside the database.

KALIMA_KILL_ROUNDS says how often (default 5)."""
import os
import random
import threading
import time
import unittest

from tests.cli import public_files as made
from tests.compat import server
from tests.imports.support import Imports, published

ROUNDS = int(os.environ.get('KALIMA_KILL_ROUNDS') or 5)
SEED = int(os.environ.get('KALIMA_TEST_SEED') or 1)


class Killed(Imports):
    def test_one_of_two_corpora_and_all_notes(self):
        draw = random.Random(SEED)
        # The two differ in their number of verses.
        files = {True: published(), False: published(**{'quran.txt': made.numbered()[:136], 'morphology.txt': None, 'treebank.csv': None,
                                                        'masaq.csv': None, 'en.sahih.txt': made.translation()[:136]})}
        counts = {True: len(made.verses()), False: 136}
        self.replaced(files[False])
        began = time.monotonic()
        self.replaced(files[True])
        usual = time.monotonic() - began
        notes, now, switched = [], True, 0
        for n in range(ROUNDS):
            note = 'note %d' % n
            answer = self.server.post('/api/v1/annotations', {'anchor': '1:%d' % (n % 7 + 1), 'note': note})
            self.assertEqual(answer.status, 201)
            notes.append(note)
            sender = threading.Thread(target=self.send_unheard, args=(files[not now],))
            sender.start()
            # The last moments of an import, in which the files change places, are short: more of the kills are there.
            time.sleep(usual * draw.uniform(0, 1) if n % 2 else usual * draw.uniform(0.85, 1.1))
            self.server.kill()
            sender.join()
            self.server = self.serve()
            self.assertIn(self.corpus(), counts.values())
            if self.corpus() == counts[not now]:
                switched += 1
                now = not now
            self.assertEqual(self.corpus(), counts[now])
            there = self.server.json('/api/v1/annotations?limit=1000')['documents']
            self.assertEqual(sorted(d['note'] for d in there), sorted(notes))
            # Backups of what was replaced may be there, nothing else.
            left = [name for name in self.beside() if '.backup-' not in name]
            self.assertEqual(left, [])
            self.assertTrue(self.server.healthy())
        self.server.stop()
        self.kalima('check', '--db', self.database)
        print('%d kills, after %d of them the new corpus answered' % (ROUNDS, switched))

    def send_unheard(self, files):
        try:
            self.send(files)
        except (OSError, server.http.client.HTTPException):
            pass  # killed before it answered


if __name__ == '__main__':
    unittest.main()
