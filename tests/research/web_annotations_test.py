"""Web Annotations (W3C) that are exported come back, and those of others about places of the Quran are read."""
import json
import re
import unittest

from tests.compat import server
from tests.research.support import Folder

CONTEXT = 'http://www.w3.org/ns/anno.jsonld'


def annotation(target, **more):
    return {'@context': CONTEXT, 'id': 'https://example.org/anno/1', 'type': 'Annotation', 'target': target, **more}


class WebAnnotations(Folder):
    def setUp(self):
        super().setUp()
        self.kalima('import', '--starter', '--db', self.path('a.db'))
        server.copy_database(self.path('a.db'), self.path('b.db'))

    def add(self, kind, *fields, at='112:1:1'):
        self.kalima('notes', 'add', kind, '--at', at, *fields, '--db', self.path('a.db'))

    def export(self, name, database='a.db', *options):
        self.kalima('research', 'export', self.path(name), '--db', self.path(database), *options)
        with open(self.path(name), encoding='utf-8') as f:
            return f.read()

    def documents(self, database):
        lines = self.export('%s.jsonl' % len(self.names), database)
        self.names.append(None)
        return {(d['kind'], d['id']): d for d in map(json.loads, lines.splitlines()[1:])}

    names = []

    def read(self, value, code=0, database='b.db', *options):
        with open(self.path('in.jsonld'), 'w', encoding='utf-8') as f:
            f.write(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1))
        return self.kalima('research', 'import', self.path('in.jsonld'), '--db', self.path(database), *options, code=code)

    def test_come_back(self):
        self.add('annotation', 'note=a command', 'tags=["creed", "سورة"]', 'author=Reader', 'type=semantic')
        self.add('annotation', 'note=of two words, and one', at='112:1:1-112:1:2,112:2:2')
        self.add('hypothesis', 'hypothesis=first', 'note=and a note', at='113:1')
        self.add('translation', 'language=en', 'text=Say', 'translator=Somebody', at='112:1')
        self.add('pronoun', 'referent=God', at='112:1:2')
        self.kalima('notes', 'add', 'tag', '--id', 'left', 'hypothesis=no place in the text', '--db', self.path('a.db'))
        before = self.documents('a.db')
        written = {key for key in before if not key[1].endswith(':tr-1')}  # those that come with the surahs
        page = self.export('page.jsonld', 'a.db', '--format', 'jsonld')
        done = self.read(page)
        self.assertIn('5 added', done.stdout)
        after = self.documents('b.db')
        self.assertEqual(set(after), {key for key in before if key[0] != 'tag'})
        for key in written - {('tag', 'left')}:
            document, was = after[key], before[key]
            self.assertEqual(document['anchor'], was['anchor'])
            self.assertEqual(document['words'], was['words'])
            for member in ('note', 'hypothesis', 'text', 'referent', 'tags', 'author', 'language'):
                self.assertEqual(document['document'].get(member) or None, was['document'].get(member) or None, (key, member))
            created = [m for m in was['document'] if m.startswith('created')]
            for member in created:
                self.assertEqual(document['document'][member][:19], was['document'][member][:19])
        # Once more changes nothing, and where they come from nothing is overwritten; whatever the times are.
        earlier = re.sub(r'"(created|modified)": ?"20', r'"\1": "19', page)
        self.assertNotEqual(earlier, page)
        for written_then in (page, earlier):
            for database in ('b.db', 'a.db'):
                self.assertIn('0 added, 0 replaced, %d as they were, 0 left as they are' % (len(before) - 1),
                              self.read(written_then, 0, database).stdout)
        self.assertIn('0 added, 1 replaced', self.read(page.replace('a command', 'another'), 0, 'a.db', '--replace').stdout)
        self.assertIn('1 replaced', self.read(page, 0, 'a.db', '--replace').stdout)
        self.assertEqual(set(self.documents('a.db')), set(before))

    def test_of_others(self):
        page = {'@context': CONTEXT, 'type': 'AnnotationPage', 'items': [
            annotation('urn:kalima:verse:112:1', bodyValue='plain'),
            annotation({'source': 'https://example.org/quran', 'selector': {'type': 'FragmentSelector', 'value': '112:1:1-112:1:2'}},
                       id='x:2', motivation='oa:assessing', creator='https://example.org/me', created='2020-02-29T23:30:00.5+01:00',
                       body=[{'type': 'TextualBody', 'value': 'one'}, {'type': 'TextualBody', 'value': 'two'},
                             {'type': 'TextualBody', 'value': 'tagged', 'purpose': ['tagging']}]),
            annotation([{'source': 'urn:kalima:verse:113:1', 'selector': [
                {'type': 'TextQuoteSelector', 'exact': 'other words'}, {'type': 'FragmentSelector', 'value': '113:1:2'}]}], id='x:3'),
            annotation('urn:kalima:verse:2:255', id='x:4', bodyValue='the starter surahs have not this verse'),
        ]}
        done = self.read(page, 1)
        self.assertIn('3 added', done.stdout)
        self.assertIn('1 left out', done.stdout)
        self.assertIn('its words are others than in the file', done.stdout)
        found = self.documents('b.db')
        by_kind = {kind: [d['document'] for (k, _), d in found.items() if k == kind] for kind in ('annotation', 'hypothesis')}
        self.assertEqual(sorted(d.get('note') or '' for d in by_kind['annotation']), ['', 'plain'])
        hypothesis, = by_kind['hypothesis']
        self.assertEqual((hypothesis['hypothesis'], hypothesis['author'], hypothesis['tags']), ('one', 'https://example.org/me', ['tagged']))
        self.assertEqual(hypothesis['note'], 'two')
        self.assertTrue(any(value.startswith('2020-02-29T') for value in hypothesis.values() if isinstance(value, str)))
        self.assertIn('3 as they were', self.read(page, 1).stdout)
        for value in (annotation('urn:kalima:verse:112:2', bodyValue='x', id='y'), [annotation('urn:kalima:verse:112:3', bodyValue='x', id='z')],
                      {'@context': CONTEXT, 'type': 'AnnotationCollection', 'first': {'type': 'AnnotationPage', 'items': [
                          annotation('urn:kalima:verse:112:4', bodyValue='x', id='q')]}}):
            self.assertIn('1 added', self.read(value).stdout)

    def test_refused(self):
        before = self.documents('b.db')
        good = annotation('urn:kalima:verse:112:1', bodyValue='x')
        for items, words in (([good, annotation('https://example.org/page')], ('annotation 2', 'not a place of the Quran')),
                             ([annotation([])], ('annotation 1', 'target is missing')),
                             ([good, {'type': 'Note'}], ('annotation 2', 'Annotation')),
                             ([annotation('urn:kalima:verse:112:1', bodyValue='x' * 3000000)], ('annotation 1',))):
            done = self.read({'@context': CONTEXT, 'items': items}, 1)
            for word in words:
                self.assertIn(word, done.stderr)
            self.assertIn('in.jsonld', done.stderr)
        self.assertIn('no annotations', self.read({'@context': CONTEXT}, 1).stderr)
        self.read('{"@context": "%s", ' % CONTEXT, 1)
        del good['@context']
        for value in (good, [good], {'type': 'AnnotationPage', 'items': [good]}, {'type': 'AnnotationCollection', 'first': {'items': [good]}}):
            done = self.read(value, 1)
            self.assertIn('the Web Annotations have no "@context"', done.stderr)
            self.assertIn('add "@context": "%s"' % CONTEXT, done.stderr)
        self.assertEqual(self.documents('b.db'), before)

    def test_check(self):
        before = self.documents('b.db')
        done = self.read(annotation('urn:kalima:verse:112:1', bodyValue='x'), 0, 'b.db', '--check')
        self.assertIn('Would be: 1 added', done.stdout)
        self.assertEqual(self.documents('b.db'), before)


if __name__ == '__main__':
    unittest.main()
