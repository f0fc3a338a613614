"""kalima import --keep-research: a new corpus keeps what people wrote, by surah, ayah and word; what it has no place for is
listed and kept in a file."""
import json
import os
import shutil
import unittest

from tests.compat import server
from tests.research.support import Folder


class Keep(Folder):
    def lines(self, database, name):
        self.kalima('research', 'export', self.path(name), '--db', database)
        with open(self.path(name), encoding='utf-8') as f:
            return {(d['kind'], d['id']): d for d in map(json.loads, f.read().splitlines()[1:])}

    def corpus(self, folder, change):
        """A copy of the fixture's folder with other verses: `change` gets each verse and returns what it becomes, None for none."""
        path = server.make_fixture(self.path(folder))
        # These name words that the other corpus has not.
        for name in ('quranic', 'masaq'):
            shutil.rmtree(os.path.join(path, 'datasets', name))
        file = os.path.join(path, 'datasets', 'corpus', 'quran.jsonl')
        with open(file, encoding='utf-8') as f:
            verses = [change(json.loads(line)) for line in f]
        with open(file, 'w', encoding='utf-8') as f:
            f.writelines(json.dumps(v, ensure_ascii=False) + '\n' for v in verses if v)
        return path

    def test_three_verses_differ_and_one_is_missing(self):
        database = server.fixture_database(self.path('quran.db'))
        for number in range(1, 8):
            for word in (1, 2) if number == 3 else (1, 2, 3):
                self.kalima('notes', 'add', 'annotation', '--at', '1:%d:%d' % (number, word), 'note=n', '--db', database)
        self.kalima('notes', 'add', 'annotation', '--at', '113:5', '--id', 'far', 'note=x', '--db', database)
        self.kalima('notes', 'add', 'tag', '--id', 'new', 'hypothesis=h', '--db', database)
        self.kalima('notes', 'edit', 'annotation', '1:5:a-1', 'note=changed', '--db', database)
        before = self.lines(database, 'before.jsonl')

        def change(verse):
            place = verse['surah']['number'], verse['ayah']
            for kind in ('annotations', 'translations', 'structure_hypotheses', 'pronoun_references', 'connections'):
                verse.pop(kind, None)
            verse['annotations'] = []
            if place == (113, 5):
                return None
            if place in ((1, 2), (1, 3)):
                form = verse['tokens'][0]['form']
                self.assertIn(form, verse['text'])
                verse['tokens'][0]['form'] = form + 'ا'
                verse['text'] = verse['text'].replace(form, form + 'ا', 1)
            if place == (1, 4):
                verse['tokens'] = verse['tokens'][:2]
                verse['text'] = ' '.join(token['form'] for token in verse['tokens'])
            return verse

        folder = self.corpus('other', change)
        refused = self.kalima('import', '--legacy', folder, '--db', database, code=1)
        self.assertIn('--keep-research', refused.stderr)
        done = self.kalima('import', '--legacy', folder, '--keep-research', '--db', database)
        self.assertIn('%d documents kept, 1 left out' % (len(before) - 1), done.stdout)
        self.assertIn('annotation 113:5:far: this corpus has not its verse', done.stdout)
        # A note of each verse, and a connection of the whole of 1:3.
        self.assertEqual(done.stdout.count('its words are others than before'), 3)
        self.assertEqual(done.stdout.count('has not all of its words'), 1)
        after = self.lines(database, 'after.jsonl')
        # What was written about other words says which they were.
        self.assertEqual(sum('former_words' in d['document'] for d in after.values()), 4)
        for key, document in after.items():
            former = document['document'].pop('former_words', before[key].get('words'))
            self.assertEqual(former, before[key].get('words'))
        self.assertEqual({k: d['document'] for k, d in after.items()},
                         {k: d['document'] for k, d in before.items() if k != ('annotation', '113:5:far')})
        listed = self.kalima('notes', 'list', '--marked', '--format', 'jsonl', '--db', database).stdout.splitlines()
        self.assertEqual(len(listed), 4)
        self.assertEqual([json.loads(line)['words'] for line in listed].count(None), 1)
        self.assertEqual({k: d.get('anchor') for k, d in after.items()},
                         {k: d.get('anchor') for k, d in before.items() if k != ('annotation', '113:5:far')})
        left = [name for name in os.listdir(self.folder) if name.endswith('.left-out.jsonl')]
        self.assertEqual(len(left), 1)
        with open(self.path(left[0]), encoding='utf-8') as f:
            self.assertEqual([json.loads(line) for line in f.read().splitlines()[1:]], [before['annotation', '113:5:far']])
        # The file is read where the verse exists.
        whole = server.fixture_database(self.path('whole.db'))
        self.assertIn('1 added', self.kalima('research', 'import', self.path(left[0]), '--db', whole).stdout)
        # Nothing lies beside the database of what is needed only while it is open.
        self.assertFalse([name for name in os.listdir(self.folder) if name.startswith('whole.db-') and name.endswith(('-wal', '-shm'))])
        self.kalima('check', '--db', database)
        with server.Server('--db', database) as started:
            self.assertEqual(started.json('/api/v1/annotations/1:5:a-1')['note'], 'changed')
            self.assertEqual(started.json('/api/annotations/1/5')[0]['note'], 'changed')


if __name__ == '__main__':
    unittest.main()
