"""Every change is kept and can be taken back, also a deletion, also an undo."""
import re
import unittest

from tests.compat import server
from tests.research.support import ISO_TIME, Served, all_answers, all_paths

# name -> (requests before, the request to undo, what GET of `path` shows is as before)
SINGLE = {
    'create an annotation': ([], ('POST', '/api/annotations/1/5', {'note': 'x'})),
    'create a hypothesis': ([], ('POST', '/api/hypotheses/1:5', {'id': 'h'})),
    'change a hypothesis': ([], ('PUT', '/api/hypotheses/1:5/hyp-1', {'note': 'x', 'evidence_entry': {'note': 'y'}})),
    'change a hypothesis that lacks the member': ([('POST', '/api/hypotheses/1:5', {'id': 'h'})],
                                                  ('PUT', '/api/hypotheses/1:5/h', {'target_meta': {'a': [1.0, 2]}})),
    'delete a hypothesis': ([], ('DELETE', '/api/hypotheses/1:5/hyp-1', None)),
    'delete the last hypothesis': ([], ('DELETE', '/api/hypotheses/1:5/pr-1', None)),
    'delete several of one id': ([('POST', '/api/hypotheses/1:5', {'id': i}) for i in ('d', 'e', 'd', 'f', 'd')],
                                 ('DELETE', '/api/hypotheses/1:5/d', None)),
    'create a pronoun': ([], ('POST', '/api/pronouns/1:5', {'id': 'p', 'evidence_note': 'n'})),
    'change a pronoun': ([], ('PUT', '/api/pronouns/1:5/pr-1', {'referent': 'x'})),
    'delete a pronoun': ([], ('DELETE', '/api/pronouns/1:5/pr-1', None)),
    'replace connections': ([], ('POST', '/api/connections/1:7', {'a': 1})),
    'replace connections by nothing': ([], ('POST', '/api/connections/1:7', {})),
    'create connections': ([], ('POST', '/api/connections/112:1', {'a': 1})),
    'create a translation': ([], ('POST', '/api/translations/1:1', {'text': 'x'})),
    'replace translations': ([], ('PUT', '/api/translations/1:1', [{'id': 'a'}, {'id': 'b'}])),
    'replace translations by none': ([], ('PUT', '/api/translations/1:1', [])),
    'replace an empty list': ([], ('PUT', '/api/translations/1:2', [{'id': 'a'}])),
    'replace no list': ([], ('PUT', '/api/translations/112:1', [{'id': 'a'}])),
    'replace no list in a verse of odd order': ([], ('PUT', '/api/translations/113:2', [{'id': 'a'}])),
    'create connections in a verse of odd order': ([], ('POST', '/api/connections/113:2', {'a': 1})),
    'create connections in a verse of unknown keys': ([], ('POST', '/api/connections/112:3', {'a': 1})),
    'delete a translation': ([], ('DELETE', '/api/translations/1:1/tr-en', None)),
    'create a tag': ([], ('PUT', '/api/tags/new', {'a': 1})),
    'replace a tag': ([], ('PUT', '/api/tags/iltifat', {'a': 1})),
    'create a pattern': ([], ('POST', '/api/patterns', {'a': 1})),
    'replace a pattern': ([], ('POST', '/api/patterns', {'id': 'p-neg', 'a': 1})),
    'delete a pattern': ([], ('DELETE', '/api/patterns/p-neg', None)),
}


class Base(Served):
    def do(self, *requests):
        for request in requests:
            self.ok(self.server.request(*request))

    def undo(self, entry, status=200):
        answer = self.server.post('/api/v1/history/%s/undo' % entry)
        return self.ok(answer) if status == 200 else self.error(answer, status)

    def latest(self):
        return self.history(limit=1)[0]['id']


class Listing(Base):
    def test_nothing_at_first(self):
        self.assertEqual(self.history(), [])
        self.assertEqual(self.history('1:5'), [])

    def test_entries(self):
        self.do(('POST', '/api/annotations/1/5', {'id': 'a', 'n': 1.0}), ('DELETE', '/api/hypotheses/1:5/hyp-1', None),
                ('PUT', '/api/tags/x', {'b': 1, 'a': 2}), ('POST', '/api/pronouns/1:7', {'id': 'p'}))
        everything = self.history()
        self.assertEqual([e['verse'] for e in everything], ['1:7', None, '1:5', '1:5'])
        self.assertEqual([e['id'] for e in everything], [4, 3, 2, 1])
        for entry in everything:
            self.assertEqual(set(entry), {'id', 'at', 'verse', 'action', 'undoes', 'undone_by', 'changes'})
            self.assertRegex(entry['at'], ISO_TIME)
            self.assertIsNone(entry['undoes'])
            self.assertIsNone(entry['undone_by'])
        self.assertEqual(self.history('1:5'), everything[2:])
        self.assertEqual(self.history('01:5'), everything[2:])
        self.assertEqual(self.history('1:6'), [])
        two, tag, deleted, created = everything
        self.assertEqual([c['kind'] for c in two['changes']], ['pronoun_references', 'structure_hypotheses'])
        self.assertEqual(tag['action'], 'PUT /api/tags/x')
        [change] = created['changes']
        self.assertIsNone(change['before'])
        self.assertEqual(change['after'], self.get('/api/annotations/1/5')[-1])
        [change] = deleted['changes']
        self.assertEqual(change['before']['id'], 'hyp-1')
        self.assertIsNone(change['after'])
        # What was posted is kept with its keys in their order.
        self.assertIn(b'"after":{"b":1,"a":2}', self.server.get('/api/v1/history').body)

    def test_pages(self):
        for i in range(120):
            self.do(('PUT', '/api/tags/t%d' % (i % 3), {'n': i}))
        ids = [e['id'] for e in self.history()]
        self.assertEqual(ids, list(range(120, 20, -1)))
        self.assertEqual([e['id'] for e in self.history(limit=1000)], list(range(120, 0, -1)))
        self.assertEqual([e['id'] for e in self.history(limit=5, offset=10)], [110, 109, 108, 107, 106])
        self.assertEqual(self.history(limit=0), [])
        self.assertEqual(self.history(offset=1000), [])
        for query in ('limit=x', 'limit=-1', 'offset=1.5', 'limit='):
            self.error(self.server.get('/api/v1/history?' + query), 400)

    def test_wrong_verses(self):
        for reference in ('x', '1', '1:x', '1:2:3', '1:-1'):
            self.error(self.server.get('/api/v1/history/' + reference), 400)
        for reference in ('1:8', '200:1', '0:0'):
            self.error(self.server.get('/api/v1/history/' + reference), 404)


class Undo(Base):
    def test_each_kind_of_change(self):
        for name, (before, request) in SINGLE.items():
            with self.subTest(name):
                self.assertTrue(self.server.healthy())
                self.server.stop()
                self.database = server.fixture_database(self.path('%s.db' % re.sub(r'\W', '-', name)))
                self.server = self.serve()
                self.do(*before)
                then = all_answers(self.server)
                self.do(request)
                entry = self.latest()
                after = all_answers(self.server)
                self.assertNotEqual(then, after)
                made = self.undo(entry)
                self.assertEqual(set(made), {'id'})
                self.same(then, all_answers(self.server), name)
                undone = self.history(limit=2)
                self.assertEqual((undone[0]['id'], undone[0]['undoes'], undone[1]['undone_by']), (made['id'], entry, made['id']))
                self.assertEqual(undone[0]['verse'], undone[1]['verse'])
                # An undo is a change like others.
                again = self.undo(made['id'])['id']
                self.same(after, all_answers(self.server), name)
                self.assertIsNone(self.history(limit=3)[2]['undone_by'])
                self.undo(again)
                self.same(then, all_answers(self.server), name)
                self.undo(entry, 409)
                self.restart()
                self.same(then, all_answers(self.server), name + ', after a restart')

    def same(self, before, after, name):
        changed = [path for path in before if before[path] != after[path]]
        self.assertEqual({p: before[p] for p in changed}, {p: after[p] for p in changed}, name)

    def test_a_list_stays_as_long_as_it_has_documents(self):
        before = self.verse_bytes(114, 1)
        self.do(*[('POST', '/api/translations/114:1', {'id': name}) for name in 'ab'])
        first = self.latest() - 1
        self.undo(first)
        self.assertEqual([d['id'] for d in self.get('/api/translations/114:1')], ['b'])
        # The second did not make the list.
        self.undo(first + 1)
        self.assertIn(b'"translations":[]', self.verse_bytes(114, 1))
        self.assertNotIn(b'translations', before)

    def test_the_order_of_keys_in_the_export_is_as_before(self):
        self.kalima('export', '--legacy', self.path('one'), '--db', self.database)
        for before, request in SINGLE.values():
            if before:
                continue
            self.do(request)
            self.undo(self.latest())
        self.kalima('export', '--legacy', self.path('two'), '--db', self.database)
        for name in ('quran.jsonl', 'tags.json'):
            texts = []
            for folder in ('one', 'two'):
                with open(self.path(folder, 'datasets', 'corpus', name), encoding='utf-8') as f:
                    texts.append(f.read().splitlines())
            self.assertEqual(*texts)

    def test_a_pronoun_is_two_documents(self):
        before = self.verse_bytes(1, 5)
        self.do(('POST', '/api/pronouns/1:5', {'id': 'p'}))
        self.undo(self.latest())
        self.assertEqual(self.verse_bytes(1, 5), before)
        # When one of the two was changed since, neither is taken back.
        self.do(('POST', '/api/pronouns/1:5', {'id': 'p'}))
        entry = self.latest()
        self.do(('PUT', '/api/hypotheses/1:5/p', {'note': 'more'}))
        changed = self.verse_bytes(1, 5)
        self.undo(entry, 409)
        self.assertEqual(self.verse_bytes(1, 5), changed)
        self.undo(self.latest())
        self.undo(entry)
        self.assertEqual(self.verse_bytes(1, 5), before)

    def test_earlier_changes_of_other_documents_can_be_taken_back(self):
        for name in 'abcde':
            self.do(('POST', '/api/hypotheses/1:5', {'id': name}))
        first = self.latest() - 4
        self.undo(first + 1)
        self.undo(first + 3)
        self.assertEqual([h['id'] for h in self.get('/api/hypotheses/1:5')], ['hyp-1', 'pr-1', 'a', 'c', 'e'])
        self.do(('DELETE', '/api/hypotheses/1:5/a', None))
        deleted = self.latest()
        self.do(('PUT', '/api/hypotheses/1:5/c', {'note': 'x'}), ('DELETE', '/api/hypotheses/1:5/hyp-1', None))
        self.undo(deleted)
        self.assertEqual(sorted(h['id'] for h in self.get('/api/hypotheses/1:5')), ['a', 'c', 'e', 'pr-1'])

    def test_conflicts(self):
        self.do(('POST', '/api/hypotheses/1:5', {'id': 'h'}))
        created = self.latest()
        self.do(('PUT', '/api/hypotheses/1:5/h', {'note': '1'}))
        changed = self.latest()
        self.do(('PUT', '/api/hypotheses/1:5/h', {'note': '2'}))
        last = self.latest()
        for entry in (created, changed):
            self.undo(entry, 409)
        self.assertEqual(self.latest(), last)
        self.undo(last)
        self.undo(changed)
        self.undo(created)
        self.undo(created, 409)
        self.do(('PUT', '/api/tags/x', {'a': 1}), ('PUT', '/api/tags/x', {'a': 2}))
        self.undo(self.latest() - 1, 409)
        self.do(('POST', '/api/connections/1:7', {'a': 1}), ('POST', '/api/connections/1:7', {'a': 2}))
        self.undo(self.latest() - 1, 409)
        self.do(('PUT', '/api/translations/1:1', [{'id': 'a'}]), ('POST', '/api/translations/1:1', {'id': 'b'}))
        self.undo(self.latest() - 1, 409)

    def test_the_same_change_and_back_is_no_conflict(self):
        self.do(('PUT', '/api/tags/x', {'a': 1}))
        first = self.latest()
        self.do(('PUT', '/api/tags/x', {'a': 2}), ('PUT', '/api/tags/x', {'a': 1}))
        self.undo(first)
        self.error(self.server.get('/api/tags/x'), 404)

    def test_not_found(self):
        for entry in ('1', '99999', '9223372036854775807', ''):
            self.undo(entry, 404)
        for entry in ('0', '-1', 'x', '1.5', '99999999999999999999999'):
            self.undo(entry, 400)
        self.error(self.server.get('/api/v1/history/1/undo'), 405)

    def test_a_deletion_is_not_brought_back_beside_its_successor(self):
        """An id names one document: if it was written again in between, undoing must not duplicate it."""
        self.do(('DELETE', '/api/hypotheses/1:5/hyp-1', None))
        entry = self.latest()
        self.do(('POST', '/api/hypotheses/1:5', {'id': 'hyp-1', 'note': 'written again'}))
        self.undo(entry, 409)
        self.assertEqual([h['id'] for h in self.get('/api/hypotheses/1:5')], ['pr-1', 'hyp-1'])

    def test_deleting_what_is_not_there_can_be_undone(self):
        before = self.verse_bytes(114, 1)
        self.do(('DELETE', '/api/translations/114:1/none', None))
        self.undo(self.latest())
        self.assertEqual(self.verse_bytes(114, 1), before)


class CommandLine(Base):
    def test_beside_a_running_server(self):
        before = self.verse_bytes(1, 5)
        cached = self.server.get('/api/search?q=Ebd&type=root').body
        self.do(('DELETE', '/api/hypotheses/1:5/hyp-1', None))
        self.assertNotEqual(self.server.get('/api/search?q=Ebd&type=root').body, cached)
        entry = self.latest()
        done = self.kalima('undo', entry, '--db', self.database)
        self.assertIn(str(entry), done.stdout)
        self.assertIn(str(entry + 1), done.stdout)
        server.wait_until(lambda: self.verse_bytes(1, 5) == before, 1)
        self.assertEqual(self.server.get('/api/search?q=Ebd&type=root').body, cached)
        self.assertEqual(self.history('1:5')[0]['undoes'], entry)

    def test_without_a_server(self):
        before = self.verse_bytes(1, 5)
        self.do(('POST', '/api/annotations/1/5', {'note': 'x'}))
        self.assertTrue(self.server.healthy())
        self.server.stop()
        self.kalima('undo', 1, '--db', self.database)
        self.kalima('undo', 1, '--db', self.database, code=1)
        missing = self.kalima('undo', 17, '--db', self.database, code=1)
        self.assertIn('17', missing.stderr)
        for wrong in ('x', '', '1.5'):
            self.kalima('undo', wrong, '--db', self.database, code=1)
        self.server = self.serve()
        self.assertEqual(self.verse_bytes(1, 5), before)

    def test_tags_show_too(self):
        tags = self.server.get('/api/tags').body
        self.do(('PUT', '/api/tags/iltifat', {}))
        self.kalima('undo', self.latest(), '--db', self.database)
        self.assertEqual(self.server.get('/api/tags').body, tags)

    def test_a_read_only_server_sees_it(self):
        self.do(('POST', '/api/connections/1:5', {'a': 1}))
        self.restart('--read-only')
        self.assertIn('connections', self.get('/api/verse/1/5'))
        self.kalima('undo', 1, '--db', self.database)
        server.wait_until(lambda: 'connections' not in self.get('/api/verse/1/5'), 1)


class Paths(unittest.TestCase):
    def test_all_paths_are_many(self):
        self.assertGreater(len(all_paths()), 100)


if __name__ == '__main__':
    unittest.main()
