"""Every route that writes: what it stores, what it answers, what it refuses; with the old server's defaults and fall-backs."""
import json
import re
import unittest
import urllib.parse

from tests.compat import server
from tests.research.support import ISO_TIME, Served, sorted_json

BAD_REFERENCES = ['bad', '1', '1:2:3', ':', '1:', ':1', '1:x', '1:5.0', '1:0x5', 'x:1', '%20', '1;5']
MISSING_VERSES = ['200:1', '1:8', '0:0', '-1:1', '1:-1', '99999999999999999999:1']

# Routes whose body is one object.
OBJECT_ROUTES = [('POST', '/api/annotations/1/2'), ('POST', '/api/hypotheses/1:2'), ('PUT', '/api/hypotheses/1:5/hyp-1'),
                 ('POST', '/api/pronouns/1:2'), ('PUT', '/api/pronouns/1:5/pr-1'), ('POST', '/api/connections/1:2'),
                 ('POST', '/api/translations/1:2'), ('PUT', '/api/tags/x'), ('POST', '/api/patterns')]


class Annotations(Served):
    def stored(self):
        return self.get('/api/annotations/1/2')

    def test_defaults(self):
        self.assertEqual(self.post('/api/annotations/1/2', {'note': 'x', 'more': {'nested': [1, None, True, 0.5]}}), {'success': True})
        [document] = self.stored()
        self.assertEqual(set(document), {'id', 'note', 'more', 'created_at', 'updated_at'})
        self.assertRegex(document['id'], r'^a-\d{8}-\d{6}-001-YA$')
        self.assertRegex(document['created_at'], ISO_TIME)
        self.assertRegex(document['updated_at'], ISO_TIME)
        self.assertEqual(document['more'], {'nested': [1, None, True, 0.5]})

    def test_what_is_given_stays_but_for_the_time_of_change(self):
        self.post('/api/annotations/1/2', {'updated_at': 'then', 'id': 'mine', 'created_at': '2020-01-01T00:00:00'})
        [document] = self.stored()
        self.assertEqual((document['id'], document['created_at']), ('mine', '2020-01-01T00:00:00'))
        self.assertRegex(document['updated_at'], ISO_TIME)

    def test_an_empty_object_and_odd_ids(self):
        self.post('/api/annotations/1/2', {})
        self.post('/api/annotations/1/2', {'id': None})
        self.post('/api/annotations/1/2', {'id': 7})
        first, second, third = self.stored()
        self.assertEqual(set(first), {'id', 'created_at', 'updated_at'})
        self.assertIsNone(second['id'])
        self.assertEqual(third['id'], 7)

    def test_documents_stand_in_the_order_of_writing(self):
        for name in 'cab':
            self.post('/api/annotations/1/2', {'id': name})
        self.assertEqual([d['id'] for d in self.stored()], ['c', 'a', 'b'])

    def test_unknown_keys_numbers_and_the_order_of_keys_are_kept(self):
        body = ('{"z": 1, "b": [1.0, 0.75, 1e16, 1000.0, -0.0, 1E-7, 9007199254740993, 18446744073709551616, '
                '123456789012345678901234567890, -5, 1E+2], "id": "n", "\\u00e9": {"y": {}, "x": [], "": ""}, '
                '"a": "\\u0000\\u0642 \\" \\\\ \\/ \\ud83d\\udcd6 \u0651\u064e\u2028", "created_at": "c", "updated_at": "u"}')
        self.post('/api/annotations/1/2', body.encode())
        text = self.server.get('/api/annotations/1/2').body.decode()
        [stored] = json.loads(text)
        expected = json.loads(body)
        expected['updated_at'] = stored['updated_at']
        # As Python prints it: sorted, numbers as they are.
        self.assertEqual(text, '[%s]\n' % sorted_json(expected))
        self.kalima('export', '--legacy', self.path('out'), '--db', self.database)
        with open(self.path('out', 'datasets', 'corpus', 'quran.jsonl'), encoding='utf-8') as f:
            line = f.readlines()[1]
        self.assertIn('"annotations": [%s]' % json.dumps(expected, ensure_ascii=False), line)

    def test_keys_that_stand_twice(self):
        self.post('/api/annotations/1/2', b'{"a": 1, "id": "x", "a": 2}')
        self.assertEqual(self.stored()[0]['a'], 2)

    def test_a_missing_verse(self):
        for verse in ('1/99', '0/1', '115/1', '99999999999999999999/1'):
            self.error(self.server.post('/api/annotations/' + verse, {'note': 'x'}), 400, 'Failed to add annotation')
        for verse in ('1/-1', '1/x', '1'):
            self.error(self.server.post('/api/annotations/' + verse, {'note': 'x'}), 404)

    def test_other_methods(self):
        for method in ('PUT', 'DELETE', 'PATCH'):
            answer = self.server.request(method, '/api/annotations/1/2', {})
            self.error(answer, 405)
            self.assertEqual(answer.headers['Allow'], 'GET, HEAD, OPTIONS, POST')


class Hypotheses(Served):
    keys = {'created_at', 'evidence', 'hypothesis', 'id', 'note', 'status', 'target_id', 'target_meta', 'target_type', 'updated_at'}

    def add(self, body, **more):
        answer = self.post('/api/hypotheses/1:2', body, **more)
        self.assertEqual(set(answer), {'success', 'hypothesis'})
        self.assertIs(answer['success'], True)
        self.assertEqual(self.get('/api/hypotheses/1:2')[-1], answer['hypothesis'])
        return answer['hypothesis']

    def test_defaults(self):
        made = self.add({})
        self.assertEqual(set(made), self.keys)
        self.assertRegex(made.pop('id'), r'^hyp-\d{8}-\d{6}$')
        for time in ('created_at', 'updated_at'):
            self.assertRegex(made.pop(time), ISO_TIME)
        self.assertEqual(made, {'evidence': [], 'hypothesis': None, 'note': '', 'status': 'hypothesis', 'target_id': None,
                                'target_meta': {}, 'target_type': 'unknown'})

    def test_given_values(self):
        given = {'id': 'h', 'target_type': 'word', 'target_id': '1:2:1', 'target_meta': {'form': 'x', 'n': 1.0}, 'hypothesis': 'a',
                 'status': 'verified', 'note': 'n'}
        made = self.add(dict(given, unknown='dropped', created_at='dropped', updated_at='dropped', type='t', referent='r',
                             rationale='not read'))
        self.assertEqual(set(made), self.keys)
        self.assertEqual({k: made[k] for k in given}, given)
        self.assertRegex(made['created_at'], ISO_TIME)

    def test_fall_backs(self):
        made = self.add({'type': 'root', 'pronoun_id': 'p9', 'referent': 'R', 'rationale': 'not for the note'})
        self.assertEqual((made['target_type'], made['target_id'], made['hypothesis'], made['note']), ('root', 'p9', 'R', ''))

    def test_what_is_empty_counts_as_missing(self):
        for empty in ('', 0, 0.0, False, None, [], {}):
            made = self.add({'id': empty, 'target_type': empty, 'type': 'root', 'target_id': empty, 'pronoun_id': 'p', 'hypothesis': empty,
                             'referent': 'r', 'status': empty, 'note': empty, 'target_meta': empty, 'evidence': empty})
            self.assertTrue(made['id'].startswith('hyp-'))
            self.assertEqual((made['target_type'], made['target_id'], made['hypothesis'], made['status'], made['note'], made['target_meta'],
                              made['evidence']), ('root', 'p', 'r', 'hypothesis', '', {}, []))

    def test_values_keep_their_type(self):
        made = self.add({'note': 5, 'hypothesis': {'a': [1.0]}, 'target_id': 3, 'status': True})
        self.assertEqual(made['note'], 5)
        self.assertEqual(made['hypothesis'], {'a': [1.0]})
        self.assertEqual(made['target_id'], 3)
        self.assertIs(made['status'], True)

    def test_evidence(self):
        made = self.add({'evidence': [{'id': 'e1', 'type': ' SUPPORTING ', 'note': ' see 7:189\n', 'verse': ' 7:189 ', 'created_at': 'x', 'more': 1},
                                      {'verse': '  ', 'type': ''}, {'type': 'ÉTRANGE'}]})
        for entry in made['evidence']:
            self.assertEqual(set(entry), {'id', 'type', 'note', 'verse', 'created_at'})
            self.assertRegex(entry['created_at'], ISO_TIME)
        first, second, third = made['evidence']
        self.assertEqual((first['id'], first['type'], first['note'], first['verse']), ('e1', ' supporting ', 'see 7:189', '7:189'))
        self.assertRegex(second['id'], r'^ev-\d{8}-\d{6}')
        self.assertEqual((second['type'], second['note'], second['verse']), ('supporting', '', None))
        self.assertEqual(third['type'], 'étrange')
        self.assertNotEqual(second['id'], third['id'])

    def test_a_single_evidence(self):
        [entry] = self.add({'evidence_note': ' single ', 'evidence_type': 'Counter', 'evidence_verse': ' 6:98 '})['evidence']
        self.assertEqual((entry['type'], entry['note'], entry['verse']), ('counter', 'single', '6:98'))
        [entry] = self.add({'evidence_note': 'n'})['evidence']
        self.assertEqual((entry['type'], entry['verse']), ('supporting', None))
        # The list goes first; no note, no evidence.
        [entry] = self.add({'evidence_note': 'n', 'evidence': [{'note': 'of the list'}]})['evidence']
        self.assertEqual(entry['note'], 'of the list')
        self.assertEqual(self.add({'evidence_type': 'counter', 'evidence_verse': '1:1', 'evidence': []})['evidence'], [])

    def test_unusable_evidence(self):
        before = self.verse_bytes(1, 2)
        for evidence in ('text', 5, {'a': 1}, [1], ['x'], [None], [[]], [{'type': 1}], [{'note': 5}], [{'verse': ['1:1']}],
                         [{'note': 'good'}, {'note': {}, 'type': []}, {'verse': 7}]):
            self.error(self.server.post('/api/hypotheses/1:2', {'evidence': evidence}), 400)
        for body in ({'evidence_note': 5}, {'evidence_note': 'x', 'evidence_type': 5}, {'evidence_note': 'x', 'evidence_verse': [1]}):
            self.error(self.server.post('/api/hypotheses/1:2', body), 400)
        self.assertEqual(self.verse_bytes(1, 2), before)

    def test_change(self):
        self.add({'id': 'h', 'note': 'old', 'hypothesis': 'old', 'evidence': [{'id': 'e1'}]})
        before = self.get('/api/hypotheses/1:2')[0]
        answer = self.put('/api/hypotheses/1:2/h', {'status': 'verified', 'note': '', 'hypothesis': None, 'id': 'other', 'evidence': [],
                                                   'target_type': 'x', 'created_at': 'x', 'unknown': 1,
                                                   'evidence_entry': {'id': 'e2', 'type': 'COUNTER', 'note': ' but '}})
        self.assertEqual(set(answer), {'success', 'hypothesis'})
        after = answer['hypothesis']
        self.assertEqual(self.get('/api/hypotheses/1:2'), [after])
        self.assertEqual([e['id'] for e in after['evidence']], ['e1', 'e2'])
        self.assertEqual((after['evidence'][1]['type'], after['evidence'][1]['note']), ('counter', 'but'))
        self.assertNotEqual(after['updated_at'], before['updated_at'])
        self.assertEqual(dict(before, status='verified', note='', evidence=after['evidence'], updated_at=after['updated_at']), after)

    def test_a_change_of_nothing(self):
        made = self.add({'id': 'h'})
        after = self.put('/api/hypotheses/1:2/h', {})['hypothesis']
        self.assertEqual(dict(made, updated_at=after['updated_at']), after)
        for entry in ({}, '', None, [], 0):
            self.assertEqual(self.put('/api/hypotheses/1:2/h', {'evidence_entry': entry})['hypothesis']['evidence'], [])
        for entry in (5, 'x', [1], {'type': 5}, {'note': [1]}):
            self.error(self.server.put('/api/hypotheses/1:2/h', {'evidence_entry': entry}), 400)
        meta = self.put('/api/hypotheses/1:2/h', {'target_meta': {'a': 1.0}})['hypothesis']['target_meta']
        self.assertEqual(meta, {'a': 1.0})

    def test_the_first_of_an_id_is_changed_and_all_are_deleted(self):
        for note in ('1', '2'):
            self.add({'id': 'same', 'note': note})
        self.add({'id': 'other'})
        self.put('/api/hypotheses/1:2/same', {'note': 'new'})
        self.assertEqual([h['note'] for h in self.get('/api/hypotheses/1:2')], ['new', '2', ''])
        self.assertEqual(self.delete('/api/hypotheses/1:2/same'), {'success': True})
        self.assertEqual([h['id'] for h in self.get('/api/hypotheses/1:2')], ['other'])

    def test_an_id_that_is_not_there(self):
        for method in ('PUT', 'DELETE'):
            for path in ('1:5/none', '1:2/none', '113:1/hyp-1'):
                body = {'note': 'x'} if method == 'PUT' else None
                self.error(self.server.request(method, '/api/hypotheses/' + path, body), 404, 'Hypothesis not found')

    def test_ids_in_the_path_are_decoded(self):
        for name in ('a b', '1:5', '100%', 'قل', '"\\', '?#', 'a+b', '%41'):
            self.add({'id': name})
            quoted = urllib.parse.quote(name, safe='')
            self.assertEqual(self.put('/api/hypotheses/1%%3A2/%s' % quoted, {'note': 'n'})['hypothesis']['id'], name)
            self.delete('/api/hypotheses/1:2/%s' % quoted)

    def test_an_emptied_list_stays(self):
        self.assertNotIn('structure_hypotheses', self.get('/api/verse/113/1'))
        self.post('/api/hypotheses/113:1', {'id': 'h'})
        self.delete('/api/hypotheses/113:1/h')
        self.assertEqual(self.get('/api/verse/113/1')['structure_hypotheses'], [])


class Pronouns(Served):
    reference_keys = {'id', 'pronoun_id', 'token_id', 'segment_id', 'pronoun_form', 'referent', 'referent_type', 'status', 'note', 'evidence',
                      'created_at', 'updated_at'}

    def add(self, body):
        """(stored reference, hypothesis)"""
        answer = self.post('/api/pronouns/1:7', body)
        self.assertEqual(set(answer), {'success', 'reference'})
        shown = self.get('/api/pronouns/1:7')
        verse = self.get('/api/verse/1/7')
        self.assertEqual(shown['structure_hypotheses'][-1], answer['reference'])
        self.assertEqual(verse['structure_hypotheses'][-1], answer['reference'])
        reference = dict(shown['references'][-1])
        summary = reference.pop('evidence_summary')
        self.assertEqual(summary['total'], len(reference['evidence']))
        stored = verse['pronoun_references'][-1]
        self.assertEqual(dict(reference, pronoun_form=stored['pronoun_form']), stored)
        return stored, answer['reference']

    def test_defaults(self):
        reference, hypothesis = self.add({})
        self.assertEqual(set(reference), self.reference_keys)
        self.assertEqual(set(hypothesis), Hypotheses.keys)
        self.assertRegex(reference['id'], r'^pr-\d{8}-\d{6}$')
        self.assertEqual(reference['id'], hypothesis['id'])
        for name in ('pronoun_id', 'token_id', 'segment_id', 'pronoun_form', 'referent', 'note'):
            self.assertIsNone(reference[name], name)
        self.assertEqual((reference['referent_type'], reference['status'], reference['evidence']), ('entity', 'hypothesis', []))
        self.assertEqual((hypothesis['target_type'], hypothesis['target_id'], hypothesis['target_meta'], hypothesis['hypothesis'],
                          hypothesis['note']), ('pronoun', None, {'form': None, 'segment_id': None, 'token_id': None}, None, ''))

    def test_the_pronoun_is_found_in_the_verse(self):
        pronoun = self.get('/api/pronouns/1:7')['pronouns'][0]
        reference, hypothesis = self.add({'pronoun_id': pronoun['pronoun_id'], 'referent': 'God', 'id': 'r1', 'status': 's', 'note': 'n'})
        self.assertEqual((reference['token_id'], reference['segment_id'], reference['pronoun_form']),
                         (pronoun['token_id'], pronoun['segment_id'], pronoun['form']))
        self.assertEqual(hypothesis['target_meta'], {'token_id': pronoun['token_id'], 'segment_id': pronoun['segment_id'],
                                                     'form': pronoun['form']})
        self.assertEqual((hypothesis['id'], hypothesis['hypothesis'], hypothesis['status'], hypothesis['note'], hypothesis['target_id']),
                         ('r1', 'God', 's', 'n', pronoun['pronoun_id']))
        reference, _ = self.add({'pronoun_id': pronoun['pronoun_id'], 'token_id': 99, 'segment_id': 'x', 'pronoun_form': 'f'})
        self.assertEqual((reference['token_id'], reference['segment_id'], reference['pronoun_form']), (99, 'x', 'f'))

    def test_note_and_evidence(self):
        reference, hypothesis = self.add({'rationale': 'why', 'referent_type': 'person', 'evidence_note': ' n ', 'evidence_type': ' Counter ',
                                          'evidence_verse': '2:1', 'evidence': [{'note': 'not read'}]})
        self.assertEqual((reference['note'], hypothesis['note'], reference['referent_type']), ('why', 'why', 'person'))
        [entry] = reference['evidence']
        self.assertEqual((entry['type'], entry['note'], entry['verse']), ('counter', 'n', '2:1'))
        self.assertEqual({k: v for k, v in hypothesis['evidence'][0].items() if k != 'created_at'},
                         {k: v for k, v in entry.items() if k != 'created_at'})
        reference, _ = self.add({'evidence_note': '  ', 'evidence': [{'id': 'e', 'type': 'Supporting', 'note': ' n '}]})
        self.assertEqual([(e['id'], e['type'], e['note']) for e in reference['evidence']], [('e', 'supporting', 'n')])
        stats = self.get('/api/pronouns/1:7')['stats']
        self.assertEqual((stats['annotated_pronouns'], stats['supporting_evidence'], stats['counter_evidence']), (2, 1, 1))

    def test_change_and_delete_concern_the_reference_alone(self):
        _, hypothesis = self.add({'id': 'r', 'referent': 'old'})
        answer = self.put('/api/pronouns/1:7/r', {'referent': 'new', 'referent_type': 't', 'status': 's', 'note': 'n', 'pronoun_id': 'not read',
                                                  'evidence_entry': {'id': 'e', 'note': 'x'}})
        self.assertEqual(set(answer), {'success', 'reference'})
        changed = answer['reference']
        self.assertEqual(set(changed), self.reference_keys)
        self.assertEqual((changed['referent'], changed['referent_type'], changed['status'], changed['note'], changed['pronoun_id']),
                         ('new', 't', 's', 'n', None))
        verse = self.get('/api/verse/1/7')
        self.assertEqual(verse['pronoun_references'], [changed])
        self.assertEqual(verse['structure_hypotheses'], [hypothesis])
        self.assertEqual(self.delete('/api/pronouns/1:7/r'), {'success': True})
        verse = self.get('/api/verse/1/7')
        self.assertEqual((verse['pronoun_references'], verse['structure_hypotheses']), ([], [hypothesis]))
        for method, body in (('PUT', {'status': 'x'}), ('DELETE', None)):
            self.error(self.server.request(method, '/api/pronouns/1:7/r', body), 404, 'Pronoun reference not found')

    def test_unusable_members_store_neither_document(self):
        before = self.verse_bytes(1, 7)
        for body in ({'evidence': [{'note': 5}]}, {'evidence': {'a': 1}}, {'evidence_note': 5}, {'evidence_note': 'n', 'evidence_type': 5},
                     {'evidence_note': 'n', 'evidence_verse': {'a': 1}}):
            self.error(self.server.post('/api/pronouns/1:7', body), 400)
        self.assertEqual(self.verse_bytes(1, 7), before)
        self.assertEqual(self.history('1:7'), [])

    def test_a_missing_verse(self):
        answer = self.server.post('/api/pronouns/200:1', {})
        self.assertIn(answer.status, (400, 404))
        self.error(answer, answer.status)


class Connections(Served):
    def test_the_object_is_replaced(self):
        self.assertEqual(self.get('/api/connections/1:2'), {'external': [], 'internal': []})
        for body in ({'internal': [{'from': 1, 'to': 2}], 'external': []}, {'internal': [], 'external': [{'target': '2:173', 'n': 1.0}]},
                     {'other': 1}, {}):
            self.assertEqual(self.post('/api/connections/1:2', body), {'success': True})
            self.assertEqual(self.get('/api/connections/1:2'), body)
            self.assertEqual(self.get('/api/verse/1/2')['connections'], body)


class Translations(Served):
    def test_ids_and_times(self):
        first = self.post('/api/translations/1:3', {'text': 'a', 'created_at': 'overwritten'})
        self.assertEqual(set(first), {'success', 'translation'})
        self.assertEqual(set(first['translation']), {'id', 'text', 'created_at'})
        self.assertEqual(first['translation']['id'], 'tr-1')
        self.assertRegex(first['translation']['created_at'], ISO_TIME)
        self.assertEqual(self.post('/api/translations/1:3', {'id': 'mine', 'text': 'b'})['translation']['id'], 'mine')
        self.assertEqual(self.post('/api/translations/1:3', {})['translation']['id'], 'tr-3')
        self.delete('/api/translations/1:3/mine')
        # tr-3 is taken: the old server would have given it again.
        self.assertEqual(self.post('/api/translations/1:3', {})['translation']['id'], 'tr-4')
        self.assertEqual([t['id'] for t in self.get('/api/translations/1:3')], ['tr-1', 'tr-3', 'tr-4'])

    def test_replacing_the_list(self):
        self.assertEqual(self.put('/api/translations/1:1', [{'id': 'a', 'text': 'x'}, {'z': 1.0, 'a': 2}]), {'success': True})
        self.assertEqual(self.server.get('/api/translations/1:1').body, b'[{"id":"a","text":"x"},{"a":2,"z":1.0}]\n')
        self.put('/api/translations/1:1', [])
        self.assertEqual(self.get('/api/translations/1:1'), [])
        for body in ({}, 'x', 5, None, [1], [{}, None], [[]]):
            self.error(self.server.put('/api/translations/1:1', json.dumps(body).encode()), 400)

    def test_deleting(self):
        self.assertNotIn('translations', self.get('/api/verse/113/1'))
        self.assertEqual(self.delete('/api/translations/113:1/absent'), {'success': True})
        self.assertEqual(self.get('/api/verse/113/1')['translations'], [])
        self.delete('/api/translations/1:1/tr-en')
        self.assertEqual([t['id'] for t in self.get('/api/translations/1:1')], ['tr-2'])


class Registry(Served):
    def test_tags(self):
        tags = self.get('/api/stats')['total_hypothesis_tags']
        self.assertEqual(self.put('/api/tags/new-tag', {'b': 1.0, 'a': []}), {'success': True})
        self.assertEqual(self.server.get('/api/tags/new-tag').body, b'{"a":[],"b":1.0}\n')
        self.put('/api/tags/new-tag', {'c': 1})
        self.assertEqual(self.get('/api/tags/new-tag'), {'c': 1})
        self.put('/api/tags/%D9%88%D8%B3%D9%85', {'hypothesis': 'وسم عربي'})
        self.assertEqual(self.get('/api/tags/%D9%88%D8%B3%D9%85'), {'hypothesis': 'وسم عربي'})
        self.assertEqual(self.get('/api/tags')['tags']['وسم'], {'hypothesis': 'وسم عربي'})
        self.put('/api/tags/a%20b+c', {})
        self.assertIn('a b+c', self.get('/api/tags')['tags'])
        self.assertEqual(self.get('/api/stats')['total_hypothesis_tags'], tags + 3)
        for method in ('DELETE', 'POST'):
            self.error(self.server.request(method, '/api/tags/new-tag', {}), 405)

    def test_patterns(self):
        self.assertEqual(self.post('/api/patterns', {'name': 'unnamed'}), {'id': 'pattern-3', 'success': True})
        self.assertEqual(self.get('/api/patterns/pattern-3'), {'name': 'unnamed'})
        self.assertEqual(self.post('/api/patterns', {'id': 'px', 'name': 'given'}), {'id': 'px', 'success': True})
        self.assertEqual(self.post('/api/patterns', {'id': 'px', 'name': 'again'}), {'id': 'px', 'success': True})
        self.assertEqual(self.get('/api/patterns/px'), {'id': 'px', 'name': 'again'})
        self.assertEqual(self.delete('/api/patterns/pattern-1'), {'success': True})
        # Four were there, one is gone; pattern-4 is free. Then pattern-5, since pattern-4 is taken.
        self.assertEqual(self.post('/api/patterns', {})['id'], 'pattern-4')
        self.delete('/api/patterns/px')
        self.assertEqual(self.post('/api/patterns', {})['id'], 'pattern-5')
        self.assertEqual(set(self.get('/api/patterns')), {'p-neg', 'pattern-3', 'pattern-4', 'pattern-5'})
        self.error(self.server.delete('/api/patterns/px'), 404, 'Pattern not found')
        self.error(self.server.get('/api/patterns/px'), 404, 'Pattern not found')
        self.error(self.server.post('/api/patterns', {'id': 5}), 400)


class Refusals(Served):
    def test_references(self):
        routes = [('POST', '/api/hypotheses/%s'), ('PUT', '/api/hypotheses/%s/x'), ('DELETE', '/api/hypotheses/%s/x'),
                  ('PUT', '/api/pronouns/%s/x'), ('DELETE', '/api/pronouns/%s/x'), ('POST', '/api/connections/%s'),
                  ('POST', '/api/translations/%s'), ('PUT', '/api/translations/%s'), ('DELETE', '/api/translations/%s/x')]
        for method, path in routes:
            body = None if method == 'DELETE' else [] if path.startswith('/api/translations') and method == 'PUT' else {}
            for reference in BAD_REFERENCES:
                self.error(self.server.request(method, path % reference, body), 400, 'Invalid verse reference')
            for reference in MISSING_VERSES:
                answer = self.server.request(method, path % reference, body)
                # The old server told a missing verse from a missing document here and there; the status counts.
                self.assertIn(self.error(answer, 404), ('Verse not found', 'Hypothesis not found', 'Pronoun reference not found'))
        for reference in BAD_REFERENCES:
            self.error(self.server.post('/api/pronouns/' + reference, {}), 400, 'Invalid verse reference')

    def test_other_ways_to_write_a_reference(self):
        for i, reference in enumerate(['1:2', '1%3A2', '1%3a2', '01:002', '%201%20:%202', '+1:2', '%D9%A1:%D9%A2', '%31:2']):
            self.post('/api/hypotheses/' + reference, {'id': str(i)})
            self.assertEqual(len(self.get('/api/hypotheses/1:2')), i + 1)
            self.assertEqual(self.put('/api/hypotheses/%s/%d' % (reference, i), {'note': 'n'})['hypothesis']['note'], 'n')

    def test_bodies_that_are_no_object(self):
        before = self.server.get('/api/verses?limit=100').body, self.server.get('/api/tags').body
        for method, path in OBJECT_ROUTES:
            for body in (b'[]', b'[{}]', b'"text"', b'5', b'null', b'true', b'', b' ', b'{', b'{"a":1,}', b"{'a':1}", b'{"a":NaN}', b'{"a":01}',
                         b'{"a":1} x', b'{"a":"\xff"}', b'{"a":"\xed\xa0\x80"}', b'{"a":"\\ud800"}', b'{"a":"\n"}', b'{"a":1}\0',
                         b'\xff\xfe{\0}\0'):
                with self.subTest(method=method, path=path, body=body):
                    self.error(self.server.request(method, path, body), 400)
        self.assertEqual((self.server.get('/api/verses?limit=100').body, self.server.get('/api/tags').body), before)
        self.assertEqual(self.history(), [])

    def test_content_types(self):
        for kind in ('application/json', 'application/json; charset=utf-8', 'Application/JSON;charset=UTF-8'):
            self.post('/api/annotations/1/2', {'id': 'x'}, headers={'Content-Type': kind})
        self.assertEqual(len(self.get('/api/annotations/1/2')), 3)

    def test_a_number_out_of_range(self):
        # Python reads 1e400 as infinity, which is not JSON.
        self.error(self.server.post('/api/annotations/1/2', b'{"a": 1e400}'), 400)

    def test_a_failed_write_is_not_in_the_history(self):
        self.server.delete('/api/hypotheses/1:2/none')
        self.server.put('/api/pronouns/1:2/none', {})
        self.server.delete('/api/patterns/none')
        self.server.post('/api/annotations/9/9', {})
        self.assertEqual(self.history(), [])
        self.assertNotIn('structure_hypotheses', self.get('/api/verse/1/2'))

    def test_trailing_slashes_and_head(self):
        self.error(self.server.post('/api/hypotheses/1:2/', {}), 404)
        self.error(self.server.post('/api/patterns/', {}), 404)
        self.assertEqual(self.server.request('HEAD', '/api/hypotheses/1:2').status, 200)


class ManyClientsSeeOneServer(Served):
    """What a write changed shows at once, to everyone; all else stays as it was."""

    def test_ids_are_unique_within_a_second(self):
        from tests.research.support import run_threads
        made = []

        def work():
            connection = self.server.connect()
            for i in range(25):
                verse = '1:%d' % (i % 7 + 1)
                hypothesis = self.post('/api/hypotheses/' + verse, {'evidence': [{'note': 'a'}, {'note': 'b'}]}, connection=connection)['hypothesis']
                made.append(hypothesis['id'])
                made.extend(e['id'] for e in hypothesis['evidence'])
                reference = self.post('/api/pronouns/' + verse, {'evidence_note': 'n'}, connection=connection)['reference']
                made.append(reference['id'])
                made.append(reference['evidence'][0]['id'])
                self.post('/api/annotations/1/%d' % (i % 7 + 1), {}, connection=connection)
                made.append('%s %s' % (verse, self.post('/api/translations/' + verse, {}, connection=connection)['translation']['id']))
                made.append(self.post('/api/patterns', {}, connection=connection)['id'])
            connection.close()

        failed = run_threads(*[work] * 8)
        self.assertEqual(failed, [])
        self.assertEqual(len(made), 8 * 25 * 7)
        for ayah in range(1, 8):
            made += ['a %s' % d['id'] for d in self.get('/api/annotations/1/%d' % ayah)]
        self.assertEqual(len(made), 8 * 25 * 8 + 2)
        twice = sorted({x for x in made if made.count(x) > 1})
        self.assertEqual(twice, [])
        mask = re.compile(r'(hyp|ev|pr|a)-\d{8}-\d{6}[-0-9A-Za-z]*')
        for name in made:
            bare = name.split(' ')[-1]
            self.assertTrue(mask.fullmatch(bare) or re.fullmatch(r'tr-\d+|pattern-\d+|a-1', bare), name)


if __name__ == '__main__':
    unittest.main()
