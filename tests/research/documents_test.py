"""What people write, over /api/v1: each type of document is created by one API and read by the other, edited in two tabs,
removed, undone, listed, and has its history."""
import json
import unittest
import urllib.parse

from tests.compat import server
from tests.research.support import ISO_TIME, Served

# Of each type: its route, a new document, a field and what it becomes, and where the older API shows the documents of the verse.
TYPES = {
    'annotations': ({'anchor': '112:2:1-112:2:2', 'note': 'a first note', 'type': 'semantic', 'tags': ['creed']}, 'note', 'another note',
                    '/api/annotations/112/2'),
    'hypotheses': ({'anchor': '112:3:1', 'hypothesis': 'one', 'evidence': [{'type': 'counter', 'note': 'n'}]}, 'hypothesis', 'two',
                   '/api/hypotheses/112:3'),
    'pronouns': ({'anchor': '113:1:3', 'referent': 'God'}, 'referent', 'the Lord', '/api/pronouns/113:1'),
    'connections': ({'anchor': '113:2', 'internal': [{'from': 1, 'to': 2}]}, 'note', 'see there', '/api/connections/113:2'),
    'translations': ({'anchor': '113:3', 'language': 'en', 'text': 'from the evil of the dark'}, 'text', 'and from evil',
                     '/api/translations/113:3'),
    'tags': ({'id': 'وسم جديد', 'hypothesis': 'h', 'evidence': {'supporting': ['1:2'], 'counter': []}}, 'hypothesis', 'other', '/api/tags'),
    'patterns': ({'id': 'p-new', 'name': 'lam and jussive', 'type': 'syntactic'}, 'name', 'another', '/api/patterns'),
}


def quoted(text):
    return urllib.parse.quote(text, safe=':')


class Documents(Served):
    def problem(self, answer, status, code, **members):
        self.assertEqual(answer.status, status, answer.body[:300])
        self.assertEqual(answer.headers['Content-Type'], 'application/problem+json')
        problem = json.loads(answer.body)
        self.assertEqual(problem['code'], code, problem)
        for name, value in members.items():
            self.assertEqual(problem.get(name), value, problem)
        return problem

    def create(self, kind, body):
        """The document of a POST, and the answer."""
        answer = self.server.post('/api/v1/' + kind, body)
        self.assertEqual(answer.status, 201, answer.body[:300])
        made = json.loads(answer.body)
        document = made['document']
        self.assertEqual(answer.headers['ETag'], '"%s"' % document['version'])
        self.assertEqual(answer.headers['Location'], '/api/v1/%s/%s' % (kind, quoted(document['id'])))
        self.assertEqual(self.get(answer.headers['Location']), document)
        return document, made

    def listed(self, kind, **query):
        return self.get('/api/v1/%s?%s' % (kind, urllib.parse.urlencode(query)))

    def old_document(self, kind, document):
        """What the older API shows of a document."""
        state = self.get(TYPES[kind][3])
        if kind == 'connections':
            return state
        name = document['id'] if kind in ('tags', 'patterns') else document['id'].split(':', 2)[2]
        if kind == 'tags':
            return state['tags'].get(name)
        if kind == 'patterns':
            return state.get(name)
        if kind == 'pronouns':
            state = state['references']
        return next((d for d in state if d.get('id') == name), None)

    def test_each_type_from_its_making_to_its_end(self):
        for kind, (body, field, value, old) in TYPES.items():
            with self.subTest(kind):
                path = '/api/v1/' + kind
                before = self.listed(kind)
                old_before = self.server.get(old).body
                document, made = self.create(kind, body)
                address = '%s/%s' % (path, quoted(document['id']))
                for name, given in body.items():
                    if name not in ('anchor', 'id'):
                        self.assertEqual(document[name], given)
                self.assertRegex(document['created'], ISO_TIME)
                self.assertEqual(document['created'], document['modified'])
                self.assertEqual(document['more'], {})
                self.assertEqual(self.listed(kind)['total'], before['total'] + 1)
                self.assertIn(document, self.listed(kind)['documents'])
                # The older API has it at once.
                there = self.old_document(kind, document)
                for name, given in body.items():
                    if name not in ('anchor', 'id'):
                        self.assertEqual(there[name], given, there)
                # Two tabs: the second one has not seen what the first one wrote.
                first = dict(document, **{field: value})
                answer = self.server.put(address, first, headers={'If-Match': '"%s"' % document['version']})
                self.assertEqual(answer.status, 200, answer.body)
                changed = json.loads(answer.body)['document']
                self.assertEqual(changed, dict(first, version=changed['version'], modified=changed['modified']))
                self.assertNotEqual(changed['version'], document['version'])
                self.assertEqual(self.old_document(kind, document)[field], value)
                # Found by its words in the next request.
                found = [d['id'] for d in self.listed(kind, text='"%s"' % value)['documents']]
                self.assertIn(document['id'], found)
                second = dict(document, **{field: 'of the second tab'})
                for request in (('PUT', address, second), ('DELETE', address, None)):
                    answer = self.server.request(*request, headers={'If-Match': document['version']})
                    self.problem(answer, 412, 'stale', version=changed['version'])
                    self.assertEqual(answer.headers['ETag'], '"%s"' % changed['version'])
                    self.problem(self.server.request(*request), 400, 'bad_input', parameter='If-Match')
                self.assertEqual(self.get(address), changed)
                # The same again changes nothing.
                answer = self.server.put(address, changed, headers={'If-Match': '*'})
                self.assertEqual(json.loads(answer.body), {'change': None, 'document': changed})
                # Removed, and back again.
                removed = self.ok(self.server.delete(address, headers={'If-Match': changed['version']}))
                self.problem(self.server.get(address), 404, 'not_found')
                self.problem(self.server.delete(address, headers={'If-Match': '*'}), 404, 'not_found')
                self.assertEqual(self.listed(kind), before)
                self.assertNotIn(document['id'], [d['id'] for d in self.listed(kind, text='"%s"' % value)['documents']])
                self.post('/api/v1/history/%d/undo' % removed['change'])
                self.assertEqual(self.get(address), changed)
                history = self.get(address + '/history')['history']
                self.assertEqual([entry['action'].split(' ')[0] for entry in history], ['undo', 'DELETE', 'PUT', 'POST'])
                self.assertEqual(history[1]['undone_by'], history[0]['id'])
                self.assertEqual(history[-1]['id'], made['change'])
                # All of it undone: as if nothing had been, to the byte.
                for entry in history:
                    if entry['undone_by'] is None and entry['undoes'] is None:
                        self.post('/api/v1/history/%d/undo' % entry['id'])
                self.assertEqual(self.listed(kind), before)
                self.assertEqual(self.server.get(old).body, old_before)
                self.assertEqual(len(self.get(address + '/history')['history']), 6)
                self.problem(self.server.get('%s/%s/history' % (path, quoted(document['id']) + 'x')), 404, 'not_found')

    def test_what_the_older_api_wrote(self):
        self.post('/api/annotations/112/2', {'id': 'old', 'note': 'n', 'scope': 'token', 'target_token_ids': [1, 2], 'x': {'deep': [1]}})
        self.post('/api/hypotheses/112:3', {'id': 'h', 'target_type': 'word', 'target_id': '112:3:2', 'hypothesis': 'why'})
        self.post('/api/pronouns/113:1', {'id': 'p', 'pronoun_id': '3:3.1', 'token_id': 3, 'referent': 'someone'})
        self.post('/api/connections/113:2', {'internal': [], 'external': [{'target': '1:2'}]})
        self.post('/api/translations/113:3', {'language': 'de', 'text': 'vor dem Übel'})
        self.put('/api/tags/neu', {'hypothesis': 'h', 'x_weight': 0.50})
        self.post('/api/patterns', {'name': 'n'})
        annotation = self.get('/api/v1/annotations/112:2:old')
        self.assertEqual(annotation['anchor']['spans'], [{'from': '112:2:1', 'to': '112:2:2'}])
        self.assertEqual(annotation['more'], {'x': {'deep': [1]}})
        words = [t['form'] for t in self.get('/api/verse/112/2')['tokens']]
        self.assertEqual(annotation['words'], ' '.join(words[:2]))
        self.assertEqual(self.get('/api/v1/hypotheses/112:3:h')['anchor']['from'], '112:3:2')
        self.assertEqual(self.get('/api/v1/pronouns/113:1:p')['anchor']['from'], '113:1:3')
        self.assertEqual(self.get('/api/v1/connections/113:2')['external'], [{'target': '1:2'}])
        self.assertEqual(self.get('/api/v1/translations/113:3:tr-1')['text'], 'vor dem Übel')
        self.assertEqual(self.get('/api/v1/tags/neu')['more'], {'x_weight': 0.5})
        self.assertEqual(self.get('/api/v1/patterns/pattern-3')['name'], 'n')
        # The one API's change is seen by the other one's condition.
        self.put('/api/hypotheses/112:3/h', {'status': 'verified'})
        document = self.get('/api/v1/hypotheses/112:3:h')
        self.assertEqual(document['status'], 'verified')
        self.delete('/api/hypotheses/112:3/h')
        self.problem(self.server.get('/api/v1/hypotheses/112:3:h'), 404, 'not_found')
        history = self.get('/api/v1/hypotheses/112:3:h/history')['history']
        self.assertEqual([e['action'].split(' ')[0] for e in history], ['DELETE', 'PUT', 'POST'])

    def test_a_replacement_keeps_what_the_type_does_not_know(self):
        self.post('/api/annotations/112/2', {'id': 'old', 'note': 7, 'tags': ['a'], 'x': {'deep': [1, 2.50]}, 'refs': ['1:1']})
        before = self.get('/api/annotations/112/2')[-1]
        document = self.get('/api/v1/annotations/112:2:old')
        self.assertEqual((document['note'], document['more']), (None, {'note': 7, 'x': {'deep': [1, 2.5]}}))
        answer = self.ok(self.server.put('/api/v1/annotations/112:2:old', dict(document, status='done'), headers={'If-Match': document['version']}))
        after = self.get('/api/annotations/112/2')[-1]
        self.assertEqual(after, dict(before, status='done', updated_at=answer['document']['modified']))
        # What is left out goes.
        self.ok(self.server.put('/api/v1/annotations/112:2:old', {'note': 'only this'}, headers={'If-Match': '*'}))
        after = self.get('/api/annotations/112/2')[-1]
        self.assertEqual({k: v for k, v in after.items() if k not in ('updated_at', 'created_at')},
                         {'id': 'old', 'note': 'only this', 'tags': [], 'refs': [], 'status': 'raw'})

    def test_anchors(self):
        spans = {
            '112:2': ([['112:2', '112:2']], 'verse', []),
            '112:2:2': ([['112:2:2', '112:2:2']], 'token', [2]),
            '112:4:2-112:4:4': ([['112:4:2', '112:4:4']], 'span', [2, 3, 4]),
            '112:4:1,112:4:3-112:4:4': ([['112:4:1', '112:4:1'], ['112:4:3', '112:4:4']], 'token', [1, 3, 4]),
            '112:4:3,112:4:2': ([['112:4:2', '112:4:3']], 'span', [2, 3]),
            '112:1-112:4': ([['112:1', '112:4']], 'span', []),
            '112:3:2-112:4:1,113:1:1': ([['112:3:2', '112:4:1'], ['113:1:1', '113:1:1']], 'span', []),
        }
        for text, (expected, scope, ids) in spans.items():
            with self.subTest(text):
                document, _ = self.create('annotations', {'anchor': text, 'note': 'x'})
                anchor = document['anchor']
                self.assertEqual([[s['from'], s['to']] for s in anchor['spans']], expected)
                self.assertEqual((anchor['from'], anchor['to']), (expected[0][0], expected[-1][1]))
                old = self.get('/api/annotations/%s/%s' % tuple(expected[0][0].split(':')[:2]))[-1]
                self.assertEqual(old['scope'], scope)
                if expected[0][0].split(':')[:2] == expected[-1][1].split(':')[:2]:
                    self.assertEqual(old['target_token_ids'], ids)
                # As it came, and as its parts.
                for again in (anchor, {'spans': anchor['spans']}, dict(anchor, spans=None) if len(anchor['spans']) == 1 else anchor):
                    made, _ = self.create('annotations', {'anchor': again})
                    self.assertEqual(made['anchor'], anchor)
        forms = [t['form'] for t in self.get('/api/verse/112/4')['tokens']]
        document = self.listed('annotations', verses='112:4')['documents']
        self.assertIn(' … '.join([forms[0], ' '.join(forms[2:4])]), [d['words'] for d in document])
        # A document moves within its verse only.
        address = '/api/v1/annotations/' + quoted(self.create('annotations', {'anchor': '112:4:1'})[0]['id'])
        moved = self.ok(self.server.put(address, {'anchor': '112:4:2'}, headers={'If-Match': '*'}))['document']
        self.assertEqual((moved['anchor']['from'], moved['words']), ('112:4:2', forms[1]))
        self.problem(self.server.put(address, {'anchor': '112:3'}, headers={'If-Match': '*'}), 400, 'bad_input', parameter='anchor')
        for anchor in ('', 'x', '112', '112:0', '112:2:0', '112:4:3-112:4:2', '113:1-112:1', 5, [], {}, {'from': 5}, {'spans': []},
                       {'spans': ['112:1']}, {'from': '112:1', 'x': 1}, {'from': '112:1', 'spans': [{'from': '112:2'}]},
                       ','.join(['112:1'] * 200)):
            self.problem(self.server.post('/api/v1/annotations', {'anchor': anchor}), 400, 'bad_input', parameter='anchor')
        for anchor in ('2:255', '112:5', '112:2:9', '112:2:1-112:2:9', '1:1-114:9'):
            self.problem(self.server.post('/api/v1/annotations', {'anchor': anchor}), 404, 'not_found', parameter='anchor')
        # One that the corpus has not stays until another one is given.
        self.post('/api/annotations/112/2', {'id': 'lost', 'note': 'n', 'scope': 'token', 'target_token_ids': [99]})
        lost = self.get('/api/v1/annotations/112:2:lost')
        self.assertEqual((lost['anchor']['from'], lost['words']), ('112:2:99', None))
        kept = self.ok(self.server.put('/api/v1/annotations/112:2:lost', dict(lost, note='m'), headers={'If-Match': '*'}))['document']
        self.assertEqual((kept['anchor'], kept['words'], kept['note']), (lost['anchor'], None, 'm'))
        hypothesis, _ = self.create('hypotheses', {'anchor': '112:2:1', 'hypothesis': 'x'})
        self.assertEqual((hypothesis['target_type'], hypothesis['target_id']), ('word', '112:2:1'))
        moved = self.ok(self.server.put('/api/v1/hypotheses/' + hypothesis['id'], dict(hypothesis, anchor='112:2:2'), headers={'If-Match': '*'}))
        self.assertEqual(moved['document']['target_id'], '112:2:2')
        wide, _ = self.create('hypotheses', {'anchor': '112:2:1-112:2:2', 'target_type': 'root', 'target_id': 'Smd'})
        self.assertEqual((wide['anchor']['to'], wide['target_id']), ('112:2:2', 'Smd'))

    def test_lists(self):
        made = []
        for i, place in enumerate(('114:1', '1:2:1', '112:2:2', '113:1:1-113:2:1', '112:2:1')):
            made.append(self.create('annotations', {'anchor': place, 'note': 'n%d' % i, 'type': 'semantic' if i % 2 else 'x',
                                                    'tags': ['t%d' % (i % 3)], 'author': 'me' if i else 'you', 'status': 's'})[0])
        listed = self.listed('annotations')
        self.assertEqual(listed['total'], 8)
        self.assertIsNone(listed['next'])
        self.assertEqual([d['anchor']['from'] for d in listed['documents']],
                         ['1:2:1', '1:5', '1:5:1', '112:2:1', '112:2:2', '113:1:1', '114:1', '114:6:2'])

        def ids(**query):
            return [d['id'] for d in self.listed('annotations', **query)['documents']]

        def of(*numbers):
            return [made[n]['id'] for n in numbers]

        self.assertEqual(ids(verses='112'), of(4, 2))
        self.assertEqual(ids(verses='113:2'), of(3))
        self.assertEqual(ids(verses='2:1-3:5'), [])
        self.assertEqual(ids(type='semantic', author='me'), of(1, 3))
        self.assertEqual(ids(tag='t1'), of(1, 4))
        self.assertEqual(ids(author='you'), of(0))
        self.assertEqual(ids(status='s', sort='created'), of(0, 1, 2, 3, 4))
        self.assertEqual(ids(status='s', sort='-created'), of(4, 3, 2, 1, 0))
        today = made[0]['created'][:10]
        self.assertEqual(len(ids(since=today)), 5)
        self.assertEqual(len(ids(until=today)), 8)
        self.assertEqual(len(ids(until='2024')), 3)
        self.assertEqual(ids(since='2024', until='2023'), [])
        self.assertEqual(ids(since='2024-03-01T09', until='2024-03-01T10', sort='-modified', limit=1000),
                         ['1:5:a-1', '1:5:a-20240301-090000-001-YA', '114:6:a-span'])
        # Page by page, in every order, also if the document at the mark goes.
        for order in ('place', 'created', '-created', 'modified', '-modified'):
            whole, pages, cursor = ids(sort=order), [], None
            while True:
                page = self.listed('annotations', sort=order, limit=3, **({'cursor': cursor} if cursor else {}))
                self.assertEqual(page['total'], 8)
                pages += [d['id'] for d in page['documents']]
                cursor = page['next']
                if not cursor:
                    break
            self.assertEqual(pages, whole)
        page = self.listed('annotations', limit=4)
        gone = page['documents'][-1]['id']
        self.ok(self.server.delete('/api/v1/annotations/' + gone, headers={'If-Match': '*'}))
        rest = self.listed('annotations', limit=100, cursor=page['next'])
        self.assertEqual(len(rest['documents']), 4)
        for cursor in ('x', '1', '1~2', '1~2~99~x', '~~~'):
            self.problem(self.server.get('/api/v1/annotations?cursor=' + quoted(cursor)), 400, 'bad_input', parameter='cursor')
        for query in ('since=x', 'since=2024-1', 'until=2024-03-01x', 'limit=0', 'sort=x', 'verses=x'):
            self.problem(self.server.get('/api/v1/annotations?' + query), 400, 'bad_input', parameter=query.split('=')[0])
        everything = self.listed('notes')
        kinds = {d['kind'] for d in everything['documents']}
        self.assertEqual(kinds, {'annotation', 'hypothesis', 'pronoun', 'connections', 'translation', 'tag', 'pattern'})
        self.assertEqual({d['kind'] for d in self.listed('notes', kinds='tag,pattern')['documents']}, {'tag', 'pattern'})
        self.assertEqual({d['language'] for d in self.listed('translations', language='de')['documents']}, {'de'})

    def test_ids(self):
        self.create('annotations', {'id': 'mine', 'anchor': '112:2'})
        self.create('annotations', {'id': 'mine', 'anchor': '112:3'})  # another verse
        self.create('annotations', {'id': '112:4:with its verse', 'anchor': '112:4'})
        self.get('/api/v1/annotations/112:4:with%20its%20verse')
        for kind, body in (('annotations', {'id': 'mine', 'anchor': '112:2'}), ('tags', {'id': 'qul'}), ('patterns', {'id': 'p-neg'}),
                           ('connections', {'anchor': '1:7'})):
            self.problem(self.server.post('/api/v1/' + kind, body), 409, 'conflict', parameter='id')
        for name in ('a/b', '@1', '.', '..', 'x' * 201, 'a\nb', 5):
            self.problem(self.server.post('/api/v1/annotations', {'id': name, 'anchor': '112:2'}), 400, 'bad_input', parameter='id')
        self.problem(self.server.post('/api/v1/tags', {}), 400, 'bad_input', parameter='id')
        self.problem(self.server.post('/api/v1/annotations', {}), 400, 'bad_input', parameter='anchor')
        many = {self.create('annotations', {'anchor': '112:1'})[0]['id'] for _ in range(5)}
        self.assertEqual(len(many), 5)
        # Ids that addresses cannot have, and one that two documents have.
        self.put('/api/translations/113:3', [{'id': 'a/b', 'text': 'slash'}, {'text': 'none'}, {'id': 'x', 'text': 'x1'}, {'id': 'x', 'text': 'x2'},
                                             {'id': 'good', 'text': 'good'}])
        listed = self.listed('translations', verses='113:3')['documents']
        self.assertEqual({d['id']: d['text'] for d in listed}, {'113:3:@1': 'slash', '113:3:@2': 'none', '113:3:@3': 'x1', '113:3:@4': 'x2',
                                                               '113:3:good': 'good'})
        version = self.get('/api/v1/translations/113:3:@3')['version']
        self.ok(self.server.put('/api/v1/translations/113:3:@3', {'text': 'y1'}, headers={'If-Match': version}))
        self.ok(self.server.delete('/api/v1/translations/113:3:@4', headers={'If-Match': '*'}))
        self.assertEqual([d['text'] for d in self.get('/api/translations/113:3')], ['slash', 'none', 'y1', 'good'])
        self.assertEqual(self.get('/api/v1/translations/113:3:x')['text'], 'y1')
        for name in ('112:2', '112', 'x', '112:2:none', '999:1:a', '112:2:3:4', '1:1:@9', '::'):
            self.problem(self.server.get('/api/v1/annotations/' + name), 404, 'not_found')
        for name in ('112:1', '112:1:x', 'x'):
            self.problem(self.server.get('/api/v1/connections/' + name), 404, 'not_found')

    def test_refusals(self):
        before = self.listed('notes')
        for body, parameter in (({'anchor': '112:2', 'nte': 'x'}, 'nte'), ({'anchor': '112:2', 'note': 5}, 'note'),
                                ({'anchor': '112:2', 'tags': 'x'}, 'tags'), ({'anchor': '112:2', 'tags': [1]}, 'tags'),
                                ({'anchor': '112:2', 'more': []}, 'more'), ({'anchor': '112:2', 'more': {'note': 'x'}}, 'more'),
                                ({'anchor': '112:2', 'more': {'note': 5}}, 'more'), ({'anchor': '112:2', 'more': {'id': 'x'}}, 'more')):
            self.problem(self.server.post('/api/v1/annotations', body), 400, 'bad_input', parameter=parameter)
        for body in (b'', b'x', b'[]', b'5', b'{"a":', b'[' * 100 + b']' * 100):
            answer = self.server.post('/api/v1/annotations', body)
            self.assertIn(answer.status, (400, 413), body)
        self.problem(self.server.post('/api/v1/tags', {'id': 'x', 'anchor': '112:2'}), 400, 'bad_input', parameter='anchor')
        self.problem(self.server.post('/api/v1/annotations', {'anchor': '112:2', 'note': 'x' * 300000}), 413, 'too_large')
        self.problem(self.server.put('/api/v1/annotations/1:5:a-1', {'id': 'other'}, headers={'If-Match': '*'}), 400, 'bad_input', parameter='id')
        self.problem(self.server.put('/api/v1/annotations/1:5:a-1', {}, headers={'If-Match': '"a", "b"'}), 400, 'bad_input', parameter='If-Match')
        self.problem(self.server.put('/api/v1/annotations/1:5:none', {}, headers={'If-Match': '*'}), 404, 'not_found')
        self.problem(self.server.post('/api/v1/annotations', {'anchor': '112:2'}, headers={'Origin': 'https://evil.example'}), 403, 'forbidden')
        self.problem(self.server.post('/api/v1/annotations', b'{}', headers={'Content-Type': 'text/plain'}), 415, 'unsupported_type')
        self.assertEqual(self.listed('notes'), before)
        self.assertEqual(self.server.get('/api/v1/annotations/1:5:a-1', headers={
            'If-None-Match': '"%s"' % self.get('/api/v1/annotations/1:5:a-1')['version']}).status, 304)

    def test_another_process_writes(self):
        self.listed('notes')
        document, made = self.create('annotations', {'anchor': '112:2', 'note': 'x'})
        self.kalima('undo', made['change'], '--db', self.database)
        self.problem(self.server.get('/api/v1/annotations/' + document['id']), 404, 'not_found')
        tag, made = self.create('tags', {'id': 'new'})
        self.kalima('undo', made['change'], '--db', self.database)
        self.problem(self.server.get('/api/v1/tags/new'), 404, 'not_found')

    def test_read_only(self):
        self.restart('--read-only')
        self.problem(self.server.post('/api/v1/annotations', {'anchor': '112:2'}), 403, 'forbidden')
        self.problem(self.server.delete('/api/v1/annotations/1:5:a-1', headers={'If-Match': '*'}), 403, 'forbidden')
        self.assertEqual(self.listed('annotations')['total'], 3)


if __name__ == '__main__':
    unittest.main()
