"""kalima notes and kalima research: what people wrote, on the command line, into files and back."""
import json
import os
import re
import unittest

from tests.compat import server
from tests.research.support import Served, sorted_json


class Notes(Served):
    def notes(self, *args, **more):
        return self.kalima('notes', *args, '--db', self.database, **more).stdout

    def lines(self, *args):
        return [json.loads(line) for line in self.notes(*args, '--format', 'jsonl').splitlines()]

    def test_a_note_from_its_making_to_its_end(self):
        made = self.notes('add', 'annotation', '--at', '112:2:1-112:2:2', 'note=the Eternal', 'tags=names,creed', 'type=semantic')
        name, change = re.fullmatch(r'annotation (\S+) is written; `kalima undo (\d+)`, with the same --db, takes it back\.\n', made).groups()
        # A running server has it at once.
        server.wait_until(lambda: self.server.get('/api/v1/annotations/' + name).status == 200)
        document = self.get('/api/v1/annotations/' + name)
        self.assertEqual((document['note'], document['tags'], document['anchor']['to']), ('the Eternal', ['names', 'creed'], '112:2:2'))
        server.wait_until(lambda: self.get('/api/annotations/112/2'))
        self.assertEqual(json.loads(self.notes('show', 'annotation', name)), document)
        self.assertEqual(self.lines('list', '--tag', 'names'), [document])
        self.assertEqual(self.lines('search', 'eternally', '--kind', 'annotation'), [document])
        listed = self.notes('list', '--verses', '112', '--kind', 'annotation')
        self.assertIn('1 of 1\n', listed)
        self.assertIn(name, listed)
        changed = self.notes('edit', 'annotation', name, 'status=done', 'tags=')
        self.assertIn('is changed', changed)
        after = json.loads(self.notes('show', 'annotation', name))
        self.assertEqual((after['status'], after['tags'], after['note']), ('done', [], 'the Eternal'))
        self.assertIn('is so already', self.notes('edit', 'annotation', name, 'status=done'))
        done = self.kalima('notes', 'remove', 'annotation', name, '--version', document['version'], '--db', self.database, code=1)
        self.assertIn('was changed since that version; now it is ' + after['version'], done.stderr)
        self.assertIn('is removed', self.notes('remove', 'annotation', name, '--version', after['version']))
        self.kalima('notes', 'show', 'annotation', name, '--db', self.database, code=1)
        self.kalima('undo', int(change) + 2, '--db', self.database)
        self.assertEqual(json.loads(self.notes('show', 'annotation', name)), after)

    def test_other_kinds_and_json(self):
        self.notes('add', 'hypothesis', '--at', '112:1:1', '--id', 'mine', 'hypothesis=why', 'evidence=[{"note":"there"}]')
        self.assertEqual(json.loads(self.notes('show', 'hypothesis', '112:1:mine'))['evidence'], [{'note': 'there'}])
        self.notes('add', 'tag', '--id', 'وسم', 'hypothesis=h')
        self.assertEqual(json.loads(self.notes('show', 'tag', 'وسم'))['hypothesis'], 'h')
        with open(self.path('note.json'), 'w', encoding='utf-8') as f:
            json.dump({'anchor': '113:1', 'note': 'from a file', 'more': {'x': [1]}}, f)
        self.assertIn('is written', self.notes('add', 'annotation', '--json', self.path('note.json')))
        self.assertEqual(self.lines('search', 'file')[0]['more'], {'x': [1]})
        for args, message in ((('add', 'thing'), 'not a kind of notes'), (('add', 'annotation', '--at', '2:255', 'note=x'), 'not found in the corpus'),
                              (('add', 'annotation', 'note'), 'is not FIELD=VALUE'), (('add', 'annotation', 'nte=x'), '"nte" is not a field of annotations\n  did you mean note?'),
                              (('add', 'annotation', '--at', '112:1'), 'the annotation says nothing\n  write a field of it, such as note="…"'),
                              (('show', 'annotation', '112:1'), 'notes list --kind annotation --verses 112:1` shows their ids'),
                              (('run', 'query', 'none'), 'notes list --kind query` shows their ids'), (('add', 'list', '--id', 'q'), 'at least one'),
                              (('add', 'annotation', 'note=x'), 'the anchor is missing'), (('add', 'hypothesis', 'evidence=x'), 'evidence'),
                              (('search', '...'), 'has no word'), (('list', '--verses', 'x'), '--verses'),
                              (('edit', 'annotation', '1:5:none', 'note=x'), 'not found')):
            done = self.kalima('notes', *args, '--db', self.database, code=1)
            self.assertIn(message, done.stderr, args)


    def test_the_list_is_of_what_people_wrote(self):
        path = self.path('fresh.db')
        self.kalima('import', '--starter', '--db', path)
        self.kalima('notes', 'add', 'annotation', '--at', '112:1', 'note=mine', '--db', path)
        done = self.kalima('notes', 'list', '--db', path)
        self.assertIn('1 of 1\n', done.stdout)
        self.assertIn('164 translations that came with the program are not listed (--kind translation)', done.stderr)
        self.assertIn('of 164\n', self.kalima('notes', 'list', '--kind', 'translation', '--db', path).stdout)
        self.kalima('notes', 'edit', 'translation', '112:1:tr-1', 'text=another', '--db', path)
        done = self.kalima('notes', 'list', '--db', path)
        self.assertIn('2 of 2\n', done.stdout)
        self.assertIn('163 translations', done.stderr)

    def test_a_saved_query_is_asked_again(self):
        self.notes('add', 'query', '--id', 'verbs', 'query=[pos="V"]')
        said = self.notes('run', 'query', 'verbs')
        self.assertRegex(said, r'^\[pos="V"\]\n(\d+ hits in \d+ verses)\nsaved \d{4}-\d\d-\d\d: \1; nothing has changed\n$')
        self.assertEqual(json.loads(self.notes('run', 'query', 'verbs', '--format', 'json'))['changed'], [])


class Research(Served):
    def export(self, name, *args, database=None):
        self.kalima('research', 'export', self.path(name), *args, '--db', database or self.database)
        with open(self.path(name), encoding='utf-8') as f:
            return f.read()

    def take(self, name, *args, database=None, code=0):
        return self.kalima('research', 'import', self.path(name), *args, '--db', database or self.database, code=code)

    @staticmethod
    def documents(text):
        return {(d['kind'], json.dumps(d['document'])) for d in map(json.loads, text.splitlines()[1:])}

    def empty(self, name='empty.db'):
        """Another database with the same verses and nothing written."""
        path = self.path(name)
        self.kalima('import', '--starter', '--db', path)
        return path

    def test_into_a_file_and_back(self):
        self.put('/api/translations/113:3', [{'id': 'a/b', 'text': 'slash'}, {'text': 'no id', 'n': 1.50}, {'id': 'x'}, {'id': 'x', 'text': '2'}])
        text = self.export('a.jsonl')
        lines = [json.loads(line) for line in text.splitlines()]
        self.assertEqual({k: v for k, v in lines[0].items() if k != 'date'},
                         {'kalima': 'research', 'version': 1, 'verses': 22, 'documents': len(lines) - 1})
        other = self.empty()
        done = self.take('a.jsonl', database=other)
        self.assertIn('%d added, 0 replaced, 0 as they were, 0 left as they are, 0 left out' % (len(lines) - 1), done.stdout)
        again = self.export('b.jsonl', database=other)
        # The starter has translations of its own.
        self.assertEqual(self.documents(text) - self.documents(again), set())
        self.assertEqual({k for k, _ in self.documents(again) - self.documents(text)}, {'translation'})
        done = self.take('a.jsonl', database=other)
        self.assertIn('0 added, 0 replaced, %d as they were' % (len(lines) - 1), done.stdout)
        # Of two starter databases each has the translations that came with the surahs, written at another time.
        self.kalima('research', 'export', self.path('c.jsonl'), '--db', self.empty('c.db'))
        with open(self.path('c.jsonl'), encoding='utf-8') as f:
            later = [json.loads(line) for line in f]
        for line in later[1:]:
            line['document']['created_at'] = '2020-01-01T00:00:00'
        self.write('c.jsonl', *later)
        done = self.take('c.jsonl', database=self.empty('d.db'))
        self.assertIn('0 added, 0 replaced, %d as they were' % (len(later) - 1), done.stdout)
        # Into the same database, where it is all there; nothing is written.
        before = len(self.history(limit=1000))
        self.take('a.jsonl')
        self.assertEqual(len(self.history(limit=1000)), before)
        # The file is not overwritten.
        self.kalima('research', 'export', self.path('a.jsonl'), '--db', self.database, code=1)

    def test_conflicts(self):
        text = self.export('a.jsonl')
        self.ok(self.server.put('/api/v1/annotations/1:5:a-1', {'note': 'changed'}, headers={'If-Match': '*'}))
        self.ok(self.server.delete('/api/v1/tags/qul', headers={'If-Match': '*'}))
        now = self.export('now.jsonl').splitlines()[1:]
        done = self.take('a.jsonl', '--check', code=1)
        self.assertIn('annotation 1:5:a-1: the database has another one, which stays', done.stdout)
        self.assertIn('Would be: 1 added, 0 replaced', done.stdout)
        self.assertEqual(self.export('same.jsonl').splitlines()[1:], now)
        self.take('a.jsonl', code=1)
        server.wait_until(lambda: self.server.get('/api/v1/tags/qul').status == 200)
        self.assertEqual(self.get('/api/v1/annotations/1:5:a-1')['note'], 'changed')
        done = self.take('a.jsonl', '--replace')
        self.assertIn('0 added, 1 replaced', done.stdout)
        server.wait_until(lambda: self.get('/api/v1/annotations/1:5:a-1')['note'] != 'changed')
        self.assertEqual(sorted(self.export('end.jsonl').splitlines()[1:]), sorted(text.splitlines()[1:]))
        # An import is undone like any change.
        self.post('/api/v1/history/%d/undo' % self.history(limit=1)[0]['id'])
        self.assertEqual(self.get('/api/v1/annotations/1:5:a-1')['note'], 'changed')

    def write(self, name, *lines):
        with open(self.path(name), 'w', encoding='utf-8') as f:
            f.write('\n'.join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines) + '\n')

    def test_other_corpora_and_broken_files(self):
        head = {'kalima': 'research', 'version': 1, 'verses': 1, 'documents': 1, 'date': 'x'}
        good = {'kind': 'annotation', 'id': '112:2:new', 'words': 'other words', 'document': {'id': 'new', 'note': 'n', 'target_token_ids': [1]}}
        lost = {'kind': 'annotation', 'id': '112:2:lost', 'words': 'w', 'document': {'id': 'lost', 'target_token_ids': [77]}}
        far = {'kind': 'annotation', 'id': '2:255:far', 'document': {'id': 'far'}}
        self.write('x.jsonl', head, good, lost, far)
        done = self.take('x.jsonl', code=1)
        self.assertIn('x.jsonl:2: annotation 112:2:new: is kept, but its words are others', done.stdout)
        self.assertIn('x.jsonl:3: annotation 112:2:lost: is kept, but the corpus has not all of its words', done.stdout)
        self.assertIn('x.jsonl:4: annotation 2:255:far: the corpus has not this verse; it is left out', done.stdout)
        self.assertIn('2 added, 0 replaced, 0 as they were, 0 left as they are, 1 left out', done.stdout)
        before = self.export('before.jsonl').splitlines()[1:]
        fresh = dict(good, id='112:2:fresh', document={'id': 'fresh'})
        for lines, message in (((), ':1: '), (('[]',), ':1: this is not a file'), ((dict(head, version=2), good), 'another version'),
                               ((head, fresh, '{'), ':3:'), ((head, fresh, dict(good, kind='x')), '"kind" is not a kind'),
                               ((head, fresh, dict(good, id='x')), '"id" is not one'), ((head, fresh, dict(good, document=[])), 'must be an object'),
                               ((head, fresh, dict(good, id='112:2')), '"id" is not one')):
            self.write('x.jsonl', *lines)
            done = self.take('x.jsonl', code=1)
            self.assertIn('x.jsonl', done.stderr)
            self.assertIn(message, done.stderr)
            self.assertEqual(self.export('after-%d.jsonl' % len(os.listdir(self.folder))).splitlines()[1:], before)

    def test_web_annotations(self):
        page = json.loads(self.export('a.jsonld', '--format', 'jsonld'))
        self.assertEqual((page['@context'], page['type']), ('http://www.w3.org/ns/anno.jsonld', 'AnnotationPage'))
        items = {item['id']: item for item in page['items']}
        item = items['urn:kalima:annotation:114:6:a-span']
        self.assertEqual(item['motivation'], 'commenting')
        self.assertIn({'type': 'TextualBody', 'value': 'الجنّ والناس', 'purpose': 'commenting', 'label': 'note'}, item['body'])
        self.assertIn({'type': 'TextualBody', 'value': 'pairs', 'purpose': 'tagging'}, item['body'])
        forms = [t['form'] for t in self.get('/api/verse/114/6')['tokens']]
        self.assertEqual(item['target'], [{'source': 'urn:kalima:verse:114:6', 'selector': [
            {'type': 'FragmentSelector', 'value': '114:6:2-114:6:3'}, {'type': 'TextQuoteSelector', 'exact': ' '.join(forms[1:3])}]}])
        self.assertRegex(item['created'], r'^2024-\d\d-\d\dT\d\d:\d\d:\d\dZ$')
        self.assertEqual(items['urn:kalima:translation:1:1:tr-en']['body'][0]['language'], 'en')
        kinds = {i.split(':')[2] for i in items}
        self.assertEqual(kinds, {'annotation', 'hypothesis', 'pronoun', 'connections', 'translation'})


if __name__ == '__main__':
    unittest.main()
