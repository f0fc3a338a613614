"""An import over HTTP keeps what people wrote: 500 documents of all kinds, in a new corpus in which three verses differ and one
is missing, are each where they belong, or are listed with the reason; nothing is lost."""
import json
import os
import unittest

from tests.cli import public_files as made
from tests.imports.support import Imports, lines, published

KINDS = {
    'annotation': lambda n: {'id': 'n%d' % n, 'note': 'note %d' % n, 'type': 'semantic', 'tags': ['t%d' % (n % 5)]},
    'hypothesis': lambda n: {'id': 'n%d' % n, 'hypothesis': 'hypothesis %d' % n},
    'pronoun': lambda n: {'id': 'n%d' % n, 'pronoun_form': 'هو', 'referent': 'referent %d' % n},
    'translation': lambda n: {'id': 'n%d' % n, 'language': 'en', 'text': 'text %d' % n},
}
# In the new corpus: three with another word, the last one with a word less; surah 112 is missing.
CHANGED = ((9, 4), (9, 7), (108, 2))
GONE = 112


def documents():
    """(kind, place, document) of 500 documents: most of one word, some of a verse, some of two words."""
    kinds = list(KINDS)
    out = []
    verses = made.verses()
    for n in range(488):
        surah, ayah = verses[n % len(verses)]
        count = len(made.words_of(surah, ayah))
        word = n // len(verses) % (count + 1)
        out.append((kinds[n % 4], '%d:%d:%d' % (surah, ayah, word) if word else '%d:%d' % (surah, ayah), KINDS[kinds[n % 4]](n)))
    for n in range(10):
        out.append(('tag', None, {'id': 'tag%d' % n, 'hypothesis': 'h%d' % n}))
    for n in range(2):
        out.append(('pattern', None, {'id': 'pattern%d' % n, 'name': 'p%d' % n}))
    return out


def changed_text():
    out = []
    for line in made.numbered():
        surah, ayah, text = line.split('|')
        place = int(surah), int(ayah)
        if place[0] == GONE:
            continue
        if place in CHANGED:
            words = text.split(' ')
            words[0] = 'قَلَمٌ'
            text = ' '.join(words)
        out.append('|'.join((surah, ayah, text)))
    return out


class Keep(Imports):
    def test_500_documents(self):
        self.replaced({'quran.txt': lines(made.numbered())})
        of_kind = {'annotation': 'annotations', 'hypothesis': 'hypotheses', 'pronoun': 'pronouns', 'translation': 'translations',
                   'tag': 'tags', 'pattern': 'patterns'}
        connection = self.server.connect()
        self.addCleanup(connection.close)
        for kind, place, document in documents():
            body = dict(document, anchor=place) if place else document
            answer = self.server.post('/api/v1/' + of_kind[kind], body, connection=connection)
            self.assertEqual(answer.status, 201, answer.body)
        before = self.exported('before.jsonl')
        self.assertEqual(len(before), 500)
        checked = self.replaced({'quran.txt': lines(changed_text())}, check='true')
        self.assertIn('.backup-', checked['result']['backup'])
        self.assertEqual(self.exported('checked.jsonl'), before)

        result = self.replaced({'quran.txt': lines(changed_text())})['result']
        after, kept = self.exported('after.jsonl'), result['kept']
        gone = {key for key in before if key[1].startswith('%d:' % GONE)}
        self.assertTrue(gone)
        self.assertEqual((kept['documents'], kept['left_out']), (500 - len(gone), len(gone)))
        self.assertEqual(set(before) - set(after), gone)
        for key, document in after.items():
            self.assertEqual(document.get('anchor'), before[key].get('anchor'), key)
            # Where the words are others, the document has those that it was written about, and nothing else is new.
            was = before[key]['document']
            if document.get('words') != before[key].get('words'):
                was = dict(was, former_words=before[key]['words'])
            self.assertEqual(document['document'], was, key)
        marked = {key for key, document in after.items() if document.get('words') != before[key].get('words')}
        self.assertEqual(kept['marked'], len(marked))
        self.assertGreater(len(marked), 3)
        listed = {(note['kind'], note['id']): note['reason'] for note in kept['list']}
        self.assertEqual(set(listed), gone | marked)
        for key in gone:
            self.assertIn('has not its verse', listed[key])
        for key in marked:
            self.assertIn('words are others', listed[key])
        # They are found later too, and a document that somebody has looked at is one of the others again.
        found = self.server.json('/api/v1/notes?marked=yes&limit=1000')
        self.assertEqual({(d['kind'], d['id']) for d in found['documents']}, marked)
        self.assertEqual(self.server.json('/api/v1/notes?marked=no&limit=1')['total'], len(after) - len(marked))
        for document in found['documents']:
            self.assertEqual(document['former_words'], before[document['kind'], document['id']]['words'])
            self.assertNotEqual(document['former_words'], document['words'])
        seen = found['documents'][0]
        address = '/api/v1/%s/%s' % (of_kind[seen['kind']], seen['id'])
        answer = self.server.request('PUT', address, dict(seen, former_words=None), {'If-Match': seen['version']})
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(self.server.json('/api/v1/notes?marked=yes&limit=1')['total'], len(marked) - 1)
        # Back in the former text they are where they were written, all but the one that was meant for the other words.
        self.replaced({'quran.txt': lines(made.numbered())})
        found = self.server.json('/api/v1/notes?marked=yes')['documents']
        self.assertEqual([(d['id'], d['former_words']) for d in found], [(seen['id'], seen['words'])])
        self.assertEqual({key: d['document'] for key, d in self.exported('back.jsonl').items() if key != (seen['kind'], seen['id'])},
                         {key: d['document'] for key, d in before.items() if key not in gone and key != (seen['kind'], seen['id'])})
        # What is left out is in a file, which can be imported where the verse is.
        with open(self.path('db', kept['left_out_file']), encoding='utf-8') as f:
            left = {(d['kind'], d['id']): d for d in map(json.loads, f.read().splitlines()[1:])}
        self.assertEqual(left, {key: before[key] for key in gone})
        # The former database is whole.
        backup = self.path('db', result['backup'])
        self.kalima('reindex', '--db', backup)
        self.kalima('check', '--db', backup)
        self.kalima('research', 'export', self.path('backup.jsonl'), '--db', backup)
        self.assertEqual(self.read(self.path('backup.jsonl')), before)
        names = {name for name in os.listdir(self.path('db')) if name.startswith(result['backup'])}
        self.assertEqual({name for name in self.beside() if not name.startswith(result['backup'])}, set())
        self.assertIn(kept['left_out_file'], names)
        self.server.stop()
        self.kalima('check', '--db', self.database)

    def test_a_newer_translation(self):
        """That of the files takes the place of the former one, unless somebody changed it."""
        self.replaced({'quran.txt': lines(made.numbered()), 'en.a.txt': lines(made.translation('Older')),
                       'de.a.txt': lines(made.translation('Unverändert'))})
        self.assertEqual(self.server.post('/api/v1/annotations', {'anchor': '108:1', 'note': 'x'}).status, 201)
        changed = self.server.request('PUT', '/api/v1/translations/108:2:tr-en', {'language': 'en', 'text': 'Mine'}, {'If-Match': '*'})
        self.assertEqual(changed.status, 200, changed.body)
        result = self.replaced({'quran.txt': lines(made.numbered()), 'en.b.txt': lines(made.translation('Newer'))})['result']
        texts = {d['id']: d['text'] for d in self.server.json('/api/v1/translations?verses=108')['documents']}
        self.assertEqual(texts, {'108:1:tr-en': 'Newer 108:1', '108:2:tr-en': 'Mine', '108:3:tr-en': 'Newer 108:3',
                                 **{'108:%d:tr-de' % n: 'Unverändert 108:%d' % n for n in (1, 2, 3)}})
        # The note, the changed one, and the German ones.
        self.assertEqual(result['kept']['documents'], 2 + len(made.verses()))

    def read(self, path):
        with open(path, encoding='utf-8') as f:
            return {(d['kind'], d['id']): d for d in map(json.loads, f.read().splitlines()[1:])}

    def exported(self, name):
        self.kalima('research', 'export', self.path(name), '--db', self.database)
        return self.read(self.path(name))


if __name__ == '__main__':
    unittest.main()
