"""Two people edit the same thing: ETag says what was seen, If-Match lets only that be changed."""
import threading
import time
import unittest

from tests.compat import server
from tests.research.support import Served, run_threads

# What is read; the writes that change it (each on its own); all work on the fixture as it is.
LISTS = {
    '/api/annotations/1/5': [('POST', '/api/annotations/1/5', {'note': 'x'})],
    '/api/hypotheses/1:5': [('POST', '/api/hypotheses/1:5', {'id': 'h'}), ('PUT', '/api/hypotheses/1:5/hyp-1', {'note': 'x'}),
                            ('DELETE', '/api/hypotheses/1:5/hyp-1', None)],
    '/api/pronouns/1:5': [('POST', '/api/pronouns/1:5', {'id': 'p'}), ('PUT', '/api/pronouns/1:5/pr-1', {'note': 'x'}),
                          ('DELETE', '/api/pronouns/1:5/pr-1', None)],
    '/api/connections/1:7': [('POST', '/api/connections/1:7', {'internal': []})],
    '/api/translations/1:1': [('POST', '/api/translations/1:1', {'text': 'x'}), ('PUT', '/api/translations/1:1', [{'id': 'a'}]),
                              ('DELETE', '/api/translations/1:1/tr-en', None)],
    '/api/tags/iltifat': [('PUT', '/api/tags/iltifat', {'hypothesis': 'x'})],
    '/api/patterns/p-neg': [('POST', '/api/patterns', {'id': 'p-neg', 'name': 'x'}), ('DELETE', '/api/patterns/p-neg', None)],
}
CASES = [(path, write) for path, writes in LISTS.items() for write in writes]

# A change of each by somebody else.
IN_BETWEEN = {'/api/annotations/1/5': ('POST', '/api/annotations/1/5', {'note': 'other'}),
             '/api/hypotheses/1:5': ('PUT', '/api/hypotheses/1:5/hyp-1', {'note': 'other'}),
             '/api/pronouns/1:5': ('PUT', '/api/pronouns/1:5/pr-1', {'note': 'other'}),
             '/api/connections/1:7': ('POST', '/api/connections/1:7', {'other': 1}),
             '/api/translations/1:1': ('POST', '/api/translations/1:1', {'text': 'other'}),
             '/api/tags/iltifat': ('PUT', '/api/tags/iltifat', {'other': 1}),
             '/api/patterns/p-neg': ('POST', '/api/patterns', {'id': 'p-neg', 'name': 'other'})}


class Conditions(Served):
    made = 0

    def fresh(self):
        """Another copy of the fixture, served."""
        self.assertTrue(self.server.healthy())
        self.server.stop()
        self.made += 1
        self.database = server.fixture_database(self.path('quran-%d.db' % self.made))
        self.server = self.serve()

    def tag(self, path, **more):
        answer = self.server.get(path, **more)
        self.assertEqual(answer.status, 200)
        self.assertRegex(answer.headers['ETag'], r'^"[^"]+"$')
        return answer.headers['ETag']

    def write(self, request, tag=None, **more):
        headers = {} if tag is None else {'If-Match': tag}
        return self.server.request(*request, headers=headers, **more)

    def test_a_tag_belongs_to_a_state(self):
        for path in LISTS:
            with self.subTest(path):
                first = self.tag(path)
                self.assertEqual(self.tag(path), first)
                self.ok(self.write(IN_BETWEEN[path]))
                second = self.tag(path)
                self.assertNotEqual(second, first)
                self.assertEqual(self.server.request('HEAD', path).headers['ETag'], second)
        for path in ('/api/hypotheses/112:2', '/api/connections/112:2', '/api/translations/112:2', '/api/annotations/112/2', '/api/tags', '/api/patterns'):
            self.tag(path)
        for path in ('/api/tags/none', '/api/patterns/none', '/api/annotations/9/9'):
            self.assertIsNone(self.server.get(path).headers['ETag'])

    def test_unchanged(self):
        for path, request in CASES:
            with self.subTest(path=path, request=request):
                self.fresh()
                self.ok(self.write(request, self.tag(path)))

    def test_changed_meanwhile(self):
        for path, request in CASES:
            with self.subTest(path=path, request=request):
                self.fresh()
                seen = self.tag(path)
                self.ok(self.write(IN_BETWEEN[path]))
                before = self.server.get(path).body
                self.error(self.write(request, seen), 412)
                self.assertEqual(self.server.get(path).body, before)
                self.ok(self.write(request, self.tag(path)))

    def test_without_a_condition_all_is_written(self):
        for path, request in CASES:
            with self.subTest(path=path, request=request):
                self.fresh()
                self.tag(path)
                self.ok(self.write(IN_BETWEEN[path]))
                self.ok(self.write(request))

    def test_other_shapes_of_the_condition(self):
        request = ('POST', '/api/annotations/1/5', {})
        self.error(self.write(request, '"0000000000000000"'), 412)
        self.error(self.write(request, 'nonsense'), 412)
        self.ok(self.write(request, '*'))
        self.ok(self.write(request, '"0000000000000000", ' + self.tag('/api/annotations/1/5')))
        self.error(self.write(request, '"0000000000000000", "1"'), 412)

    def test_a_list_that_is_not_there_yet(self):
        tag = self.tag('/api/hypotheses/113:1')
        self.ok(self.write(('POST', '/api/hypotheses/113:1', {}), tag))
        self.error(self.write(('POST', '/api/hypotheses/113:1', {}), tag), 412)

    def test_a_refused_condition_before_a_missing_document(self):
        self.error(self.write(('DELETE', '/api/patterns/none', None), '"1"'), 412)
        self.error(self.write(('PUT', '/api/hypotheses/1:5/none', {}), '"1"'), 412)
        self.error(self.write(('PUT', '/api/hypotheses/1:5/none', {}), self.tag('/api/hypotheses/1:5')), 404)

    def test_the_answer_to_a_write_has_the_next_tag(self):
        """So that an editor can go on without reading again, which could show what somebody else wrote in between."""
        for path, request in CASES:
            if request[0] == 'DELETE' and path.startswith('/api/patterns'):
                continue
            with self.subTest(path=path, request=request):
                self.fresh()
                answer = self.write(request, self.tag(path))
                self.assertEqual(answer.status, 200)
                self.assertEqual(answer.headers['ETag'], self.tag(path))

    def test_two_editors(self):
        """Both read, change and write, again and again, on condition; no change of either is lost."""
        def editor(name):
            connection = self.server.connect()
            for i in range(40):
                while True:
                    answer = self.server.get('/api/connections/112:1', connection=connection)
                    value = server.json_of(answer)
                    value['internal'].append('%s-%d' % (name, i))
                    done = self.write(('POST', '/api/connections/112:1', value), answer.headers['ETag'], connection=connection)
                    if done.status == 200:
                        break
                    self.assertEqual(done.status, 412)
            connection.close()

        self.assertEqual(run_threads(*[lambda n=n: editor(n) for n in 'ab']), [])
        internal = self.get('/api/connections/112:1')['internal']
        for name in 'ab':
            self.assertEqual([x for x in internal if x.startswith(name)], ['%s-%d' % (name, i) for i in range(40)])

    def test_the_tag_of_an_answer_is_of_the_state_that_the_write_made(self):
        """Not of what came right after it: who goes on with that tag would overwrite what he has not seen."""
        stop = threading.Event()

        def editor():
            connection = self.server.connect()
            known, tag, saved = None, None, 0
            while saved < 100:
                if known is None:
                    answer = self.server.get('/api/translations/112:1', connection=connection)
                    known, tag = server.json_of(answer), answer.headers['ETag']
                changed = [{'id': 'editor', 'n': saved}] + [t for t in known if t['id'] != 'editor']
                done = self.write(('PUT', '/api/translations/112:1', changed), tag, connection=connection)
                if done.status == 200:
                    known, tag, saved = changed, done.headers['ETag'], saved + 1
                    time.sleep(0.002)
                else:
                    self.assertEqual(done.status, 412)
                    known = None
            stop.set()
            connection.close()

        def adder(name):
            # It takes its last one away again, so that the list stays short: one that is gone was overwritten.
            connection = self.server.connect()
            for i in range(2000):
                self.ok(self.write(('POST', '/api/translations/112:1', {'id': '%s-%d' % (name, i)}), connection=connection))
                if i > 0:
                    self.ok(self.write(('DELETE', '/api/translations/112:1/%s-%d' % (name, i - 1)), connection=connection))
                if stop.wait(0.01):
                    break
            connection.close()

        self.assertEqual(run_threads(editor, *[lambda n=n: adder(n) for n in 'abc']), [])
        self.assertTrue(stop.is_set())
        self.assertEqual(sorted(t['id'].split('-')[0] for t in self.get('/api/translations/112:1') if t['id'][1:2] == '-'), ['a', 'b', 'c'])

    def test_four_editors_of_a_tag(self):
        def editor(name):
            connection = self.server.connect()
            for i in range(15):
                while True:
                    answer = self.server.get('/api/tags/iltifat', connection=connection)
                    value = server.json_of(answer)
                    value[name] = value.get(name, 0) + 1
                    if self.write(('PUT', '/api/tags/iltifat', value), answer.headers['ETag'], connection=connection).status == 200:
                        break
            connection.close()

        self.assertEqual(run_threads(*[lambda n=n: editor(n) for n in 'abcd']), [])
        tag = self.get('/api/tags/iltifat')
        self.assertEqual([tag[name] for name in 'abcd'], [15] * 4)

    def test_a_change_from_the_command_line_counts_too(self):
        """A condition is checked against the database as it is, not against what the server has read of it so far."""
        for _ in range(3):
            self.ok(self.server.put('/api/hypotheses/1:5/hyp-1', {'note': 'to be undone'}))
            entry = self.history('1:5')[0]['id']
            seen = self.tag('/api/hypotheses/1:5')
            self.kalima('undo', entry, '--db', self.database)
            answer = self.write(('PUT', '/api/hypotheses/1:5/hyp-1', {'note': 'of the one who has not seen the undo'}), seen)
            self.error(answer, 412)


if __name__ == '__main__':
    unittest.main()
