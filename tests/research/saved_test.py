"""Saved queries, sub-corpora and lists: documents that queries name, by $NAME and @NAME."""
import json
import re
import unittest
import urllib.parse

from tests.compat import server
from tests.research.support import Folder, stop_if_running


def saved_lines(exported):
    return [line for line in exported.splitlines() if re.search(r'"kind":"(query|subcorpus|list)"', line)]


class Saved(Folder):
    """A served starter corpus for each test."""

    def setUp(self):
        super().setUp()
        self.database = self.path('quran.db')
        self.kalima('import', '--starter', '--db', self.database)
        self.server = server.Server('--db', self.database)
        self.addCleanup(stop_if_running, self.server)

    def ask(self, q, status=200, path='/api/v1/query', **more):
        answer = self.server.get('%s?%s' % (path, urllib.parse.urlencode({'q': q, **more})))
        self.assertEqual(answer.status, status, answer.body[:500])
        return json.loads(answer.body)

    def hits(self, q, **more):
        return self.ask(q, limit=0, **more)['hits']

    def save(self, kind, name, status=201, **document):
        answer = self.server.post('/api/v1/' + kind, dict(document, id=name))
        self.assertEqual(answer.status, status, answer.body[:500])
        return json.loads(answer.body)['document'] if status == 201 else json.loads(answer.body)

    def replace(self, document, kind, status=200, **members):
        answer = self.server.put('/api/v1/%s/%s' % (kind, urllib.parse.quote(document['id'])), dict(document, **members),
                                 headers={'If-Match': document['version']})
        self.assertEqual(answer.status, status, answer.body[:500])
        return json.loads(answer.body)['document'] if status == 200 else json.loads(answer.body)

    def run_again(self, kind, name):
        answer = self.server.get('/api/v1/%s/%s/run' % (kind, urllib.parse.quote(name)))
        self.assertEqual(answer.status, 200, answer.body[:500])
        return json.loads(answer.body)

    def test_queries_use_lists_and_saved_queries(self):
        self.save('lists', 'mercy', items=['رحم', 'ملك'], attribute='root')
        self.save('lists', 'أفعال', items=['V'], attribute='pos')
        self.assertEqual(self.hits('[root=$mercy]'), self.hits('[root="رحم" | root="ملك"]'))
        self.assertEqual(self.hits('[root!=$mercy & root!=""]'), self.hits('[root!="رحم" & root!="ملك" & root!=""]'))
        self.assertEqual(self.hits('[pos=$أفعال]'), self.hits('[pos="V"]'))
        self.assertEqual(self.hits('a:[] b:[] :: a.root=$mercy & b.root=$mercy'),
                         self.hits('[root="رحم" | root="ملك"] [root="رحم" | root="ملك"]'))
        self.save('queries', 'verbs', query='[pos="V"]')
        self.save('queries', 'pairs', query='@verbs [pos="N"]')
        self.save('subcorpora', 'fatiha', query='<surah n="1"/>')
        self.save('queries', 'greedy', query='(?longest) [pos="N"]+')
        self.save('queries', 'same', query='a:[] b:[] :: a.root = b.root')
        for short, long in (('@verbs', '[pos="V"]'), ('@pairs', '[pos="V"] [pos="N"]'), ('[] within @fatiha', '[] within <surah n="1"/>'),
                            ('@verbs{2}', '[pos="V"]{2}'), ('!@verbs', '![pos="V"]'), ('x:@verbs []', 'x:[pos="V"] []'),
                            ('@verbs within @fatiha', '[pos="V"] within <surah n="1"/>'), ('@verbs !within @fatiha', '[pos="V"] !within <surah n="1"/>'),
                            ('<verse/> containing @verbs', '<verse/> containing [pos="V"]'), ('@fatiha', '<surah n="1"/>'),
                            ('(?<= @verbs) []', '(?<= [pos="V"]) []'), ('@verbs | @pairs', '[pos="V"] | [pos="V"] [pos="N"]'),
                            ('<verse> @verbs', '<verse> [pos="V"]'), ('@verbs {pos="DET"}', '[pos="V"] {pos="DET"}'),
                            ('(@verbs []) within verse', '([pos="V"] []) within verse'), ('MU(meet @verbs [pos="PN"] s)', 'MU(meet [pos="V"] [pos="PN"] s)'),
                            ('@greedy', '(?longest) [pos="N"]+'), ('@verbs -Subj-> {}', '[pos="V"] -Subj-> {}')):
            with self.subTest(short):
                one, other = self.ask(short, limit=1000), self.ask(long, limit=1000)
                for member in ('hits', 'spans', 'words', 'verses'):
                    self.assertEqual(one[member], other[member], member)
                self.assertEqual([(r['start'], r['end']) for r in one['results']], [(r['start'], r['end']) for r in other['results']])
        # Its labels are its own, and each place is one hit.
        same = self.ask('a:[pos="N"] within @same', limit=1000)
        self.assertEqual({tuple(r['captures']) for r in same['results']}, {('a',)})
        self.assertEqual(same['hits'], same['spans'])
        # Its reading is its own too.
        self.assertEqual(self.hits('[] within @greedy'), self.hits('[pos="N"]'))
        self.assertEqual(self.ask('<verse/>', within='@fatiha')['hits'], 7)
        self.assertEqual(self.ask('[]', path='/api/v1/statistics/frequencies', by='pos', within='@fatiha')['total'], self.hits('[] within <surah n="1"/>'))
        plan = self.ask('@pairs', path='/api/v1/query/plan')['plan']
        self.assertIn('named @pairs', plan)
        self.assertIn('named @verbs', plan)
        grouped = self.ask('@verbs', group='match.lemma', limit=3)['grouping']['groups']
        for group in grouped:
            self.assertEqual(self.hits(group['query']), group['hits'])

    def test_what_cannot_be_named(self):
        self.save('lists', 'mercy', items=['رحمة'])
        self.save('queries', 'verbs', query='[pos="V"]')
        problem = self.ask('[] [word=$mercz]', status=400)
        self.assertEqual((problem['parameter'], problem['column']), ('q', 10))
        self.assertIn("the word list '$mercz' was not found", problem['detail'])
        self.assertIn('mercy', problem['cure'])
        problem = self.ask('[] within @verb', status=400)
        self.assertEqual((problem['parameter'], problem['column']), ('q', 11))
        self.assertIn("'@verb' was not found", problem['detail'])
        self.assertIn('verbs', problem['cure'])
        for name, document, parameter in (('1st', {'query': '[]'}, 'id'), ('a b', {'query': '[]'}, 'id'), ('a.b', {'query': '[]'}, 'id'),
                                          ('_', {'query': '[]'}, 'id'), ('none', {}, 'query'), ('wrong', {'query': '[pos='}, 'query'),
                                          ('odd', {'query': '[aspect="VERBAL"]'}, 'query'), ('self', {'query': '[] @self'}, 'query')):
            problem = self.save('queries', name, status=400, **document)
            self.assertEqual(problem['parameter'], parameter, problem)
        for document, parameter in (({}, 'items'), ({'items': ['a', '']}, 'items'), ({'items': ['a'], 'attribute': 'lema'}, 'attribute'),
                                    ({'items': ['PERFECTLY'], 'attribute': 'aspect'}, 'items')):
            self.assertEqual(self.save('lists', 'l', status=400, **document)['parameter'], parameter)
        # One name for both kinds that are written with @.
        self.assertEqual(self.save('subcorpora', 'verbs', status=409, query='[]')['parameter'], 'id')
        self.save('lists', 'verbs', items=['قال'])
        # A cycle is refused when it would be made.
        self.save('queries', 'a', query='@verbs []')
        b = self.save('queries', 'b', query='@a []')
        a = self.ok_get('/api/v1/queries/a')
        problem = self.replace(a, 'queries', status=400, query='@b []')
        self.assertEqual(problem['parameter'], 'query')
        self.assertIn('defined by itself', problem['detail'])
        # By an import it can come in, and is refused where it is asked.
        self.assertEqual(b['query'], '@a []')
        exported = self.kalima('research', 'export', '-', '--db', self.database).stdout
        with open(self.path('cycle.jsonl'), 'w', encoding='utf-8') as f:
            f.write(re.sub(r'"query":"@verbs \[\]"', '"query":"@b []"', exported))
        self.kalima('research', 'import', self.path('cycle.jsonl'), '--replace', '--db', self.database)
        server.wait_until(lambda: self.server.get('/api/v1/query?q=%40a').status == 400)
        self.assertIn('@a is defined by itself: @a, @b, @a', self.ask('[] @a', status=400)['detail'])
        self.assertIn('defined by itself', self.run_again('queries', 'b')['error']['message'])

    def ok_get(self, path):
        answer = self.server.get(path)
        self.assertEqual(answer.status, 200, answer.body[:300])
        return json.loads(answer.body)

    def test_many_names_cost_no_more_than_each_once(self):
        self.save('queries', 'q0', query='[pos="V"]')
        for i in range(1, 24):
            self.save('queries', 'q%d' % i, query='@q%d | @q%d' % (i - 1, i - 1))
        self.assertEqual(self.hits('@q23'), self.hits('[pos="V"]'))

    def test_counts_when_saved_and_now(self):
        words = self.save('lists', 'mercy', items=['الرحمن', 'الرحيم'])
        query = self.save('queries', 'opening', query='<verse> []{0,3} [word=$mercy]', note='how verses begin')
        counts = query['counts']
        self.assertEqual(counts['hits'], self.hits(query['query']))
        self.assertEqual(counts['corpus'], self.ok_get('/api/v1/corpus')['hash'])
        self.assertEqual(list(counts['names']), ['$mercy'])
        self.assertEqual(words['counts']['hits'], self.hits('[word=$mercy]'))
        again = self.run_again('queries', 'opening')
        self.assertEqual((again['saved'], again['changed'], again['error']), (counts, [], None))
        self.assertEqual({**again['now'], 'date': counts['date']}, counts)
        self.assertEqual(json.loads(self.server.get(again['address']).body)['hits'], counts['hits'])
        # The list changes: nothing that was answered before is answered again.
        asked = '/api/v1/query?' + urllib.parse.urlencode({'q': '[word=$mercy]', 'limit': 0})
        first = self.server.get(asked)
        link = json.loads(first.body)['permalink']
        self.assertIn('names=', link)
        self.assertEqual(json.loads(self.server.get(link).body)['notes'], [])
        changed = self.replace(words, 'lists', items=['الرحمن'])
        self.assertLess(changed['counts']['hits'], words['counts']['hits'])
        second = self.server.get(asked, headers={'If-None-Match': first.headers['ETag']})
        self.assertEqual(second.status, 200)
        self.assertEqual(json.loads(second.body)['hits'], changed['counts']['hits'])
        self.assertIn('have changed since the address was made', str(json.loads(self.server.get(link).body)['notes']))
        frequencies = '/api/v1/statistics/frequencies?' + urllib.parse.urlencode({'q': '[word=$mercy]', 'by': 'word'})
        before = json.loads(self.server.get(frequencies).body)['total']
        again = self.run_again('queries', 'opening')
        self.assertIn('$mercy', again['changed'])
        self.assertIn('hits', again['changed'])
        self.assertEqual(again['saved'], counts)
        self.replace(changed, 'lists', items=['الرحيم', 'الرحمن', 'مالك'])
        self.assertGreater(json.loads(self.server.get(frequencies).body)['total'], before)
        # A note is changed without new counts; they are made again when they are left out, or the query changes.
        noted = self.replace(query, 'queries', note='another')
        self.assertEqual(noted['counts'], counts)
        renewed = self.replace(noted, 'queries', counts=None)
        self.assertNotEqual(renewed['counts']['names'], counts['names'])
        self.assertEqual(self.run_again('queries', 'opening')['changed'], [])
        other = self.replace(renewed, 'queries', query='[word=$mercy]')
        self.assertEqual(other['counts']['hits'], self.hits('[word=$mercy]'))
        # What it names is gone.
        self.ok_delete('/api/v1/lists/mercy')
        gone = self.run_again('queries', 'opening')
        self.assertEqual((gone['now'], gone['changed']), (None, []))
        self.assertIn("'$mercy' was not found", gone['error']['message'])
        self.assertIn('^', gone['error']['shown'])

    def ok_delete(self, path):
        answer = self.server.delete(path, headers={'If-Match': '*'})
        self.assertEqual(answer.status, 200, answer.body[:300])
        return json.loads(answer.body)

    def test_names_change(self):
        verbs = self.save('queries', 'verbs', query='[pos="V"]')
        self.save('subcorpora', 'part', query='<surah n="1"/>')
        self.assertEqual(self.replace(verbs, 'queries', status=409, id='part')['code'], 'conflict')
        self.assertEqual(self.replace(verbs, 'queries', status=400, id='1')['parameter'], 'id')
        renamed = self.replace(verbs, 'queries', id='أفعال')
        self.assertEqual((renamed['id'], renamed['query'], renamed['counts']), ('أفعال', verbs['query'], verbs['counts']))
        self.assertEqual(self.server.get('/api/v1/queries/verbs').status, 404)
        self.assertEqual(self.hits('@أفعال'), verbs['counts']['hits'])
        change = self.ok_get('/api/v1/history?limit=1')['history'][0]['id']
        self.assertEqual(self.server.post('/api/v1/history/%d/undo' % change, {}).status, 200)
        self.assertEqual(self.ok_get('/api/v1/queries/verbs'), verbs)
        self.ask('@أفعال', status=400)

    def test_each_type_from_its_making_to_its_end(self):
        for kind, body in (('queries', {'query': '[pos="V"]'}), ('subcorpora', {'query': '<surah n="1"/>'}), ('lists', {'items': ['رحم']})):
            with self.subTest(kind):
                address = '/api/v1/%s/my-%s' % (kind, kind)
                document = self.save(kind, 'my-' + kind, **body)
                self.assertEqual(self.ok_get(address), document)
                first = self.replace(document, kind, note='of the first tab')
                self.assertEqual(self.replace(document, kind, 412, note='of the second tab')['version'], first['version'])
                stale = self.server.delete(address, headers={'If-Match': document['version']})
                self.assertEqual((stale.status, json.loads(stale.body)['version']), (412, first['version']))
                self.assertEqual(self.ok_get('/api/v1/%s' % kind)['documents'], [first])
                self.assertEqual(self.ok_get('/api/v1/%s?text=%%22first+tab%%22' % kind)['documents'], [first])
                removed = json.loads(self.server.delete(address, headers={'If-Match': first['version']}).body)
                self.assertEqual(self.server.get(address).status, 404)
                self.assertEqual(self.ok_get('/api/v1/%s?text=tab' % kind)['total'], 0)
                self.assertEqual(self.server.post('/api/v1/history/%d/undo' % removed['change'], {}).status, 200)
                self.assertEqual(self.ok_get(address), first)
                history = self.ok_get(address + '/history')['history']
                self.assertEqual([entry['action'].split(' ')[0] for entry in history], ['undo', 'DELETE', 'PUT', 'POST'])

    def test_who_named_what_is_gone(self):
        """Whoever renames or removes what others name is told so."""
        self.save('lists', 'mercy', items=['رحم'], attribute='root')
        part = self.save('subcorpora', 'part', query='<surah n="1"/>')
        verbs = self.save('queries', 'verbs', query='[pos="V"]')
        self.save('queries', 'verbs-2', query='[word="@verbs $mercy"] | @verbs')
        self.save('queries', 'فعل', query='@verbs [root=$mercy] within @part')
        self.save('queries', 'other', query='[root="رحم"]')
        answer = self.server.put('/api/v1/queries/verbs', dict(verbs, note='same name'), headers={'If-Match': '*'})
        self.assertNotIn('named_by', json.loads(answer.body))
        answer = self.server.put('/api/v1/queries/verbs', dict(verbs, id='v'), headers={'If-Match': '*'})
        self.assertEqual(json.loads(answer.body)['named_by'], ['@verbs-2', '@فعل'])
        problem = self.ask('@فعل', status=400)
        self.assertIn('did you mean verbs-2?', problem['cure'])
        for kind, name, by in (('lists', 'mercy', ['@فعل']), ('subcorpora', 'part', ['@فعل']), ('queries', 'other', [])):
            removed = json.loads(self.server.delete('/api/v1/%s/%s' % (kind, name), headers={'If-Match': '*'}).body)
            self.assertEqual(removed['named_by'], by)
        self.assertEqual(self.server.post('/api/v1/subcorpora', part).status, 201)
        self.kalima('notes', 'add', 'query', '--id', 'again', 'query=[] within @part', '--db', self.database)
        done = self.kalima('notes', 'edit', 'subcorpus', 'part', '--json', self.document(dict(part, id='piece')), '--db', self.database)
        self.assertIn('@part is named by @again, @فعل', done.stderr)
        again = self.kalima('notes', 'run', 'query', 'again', '--format', 'json', '--db', self.database, code=1)
        error = json.loads(again.stdout)['error']
        self.assertIn('@part', error['message'])
        self.assertIn('renamed or removed', error['cure'])
        self.kalima('notes', 'edit', 'query', 'again', 'query=[] within @piece', '--db', self.database)
        done = self.kalima('notes', 'remove', 'subcorpus', 'piece', '--db', self.database)
        self.assertIn('@piece is named by @again', done.stderr)
        self.assertEqual(self.kalima('notes', 'remove', 'query', 'again', '--db', self.database).stderr, '')

    def document(self, value):
        with open(self.path('document.json'), 'w', encoding='utf-8') as f:
            json.dump(value, f, ensure_ascii=False)
        return self.path('document.json')

    def test_asked_again_at_another_time(self):
        """The time of asking does not count: who has the answer is told that it is the same."""
        self.save('lists', 'mercy', items=['رحم'], attribute='root')
        address = '/api/v1/lists/mercy/run'
        first = self.server.get(address)
        dates = {json.loads(first.body)['now']['date']}
        server.wait_until(lambda: dates.add(json.loads(self.server.get(address).body)['now']['date']) or len(dates) > 1)
        again = self.server.get(address, headers={'If-None-Match': first.headers['ETag']})
        self.assertEqual(again.status, 304)
        self.kalima('notes', 'edit', 'list', 'mercy', 'items=ملك', '--db', self.database)
        server.wait_until(lambda: self.server.get(address).headers['ETag'] != first.headers['ETag'])

    def test_documents_like_others(self):
        """Listed, found by their words, with a history, and not seen by the older API."""
        older = self.server.get('/api/tags').body
        self.save('queries', 'throne', query='[root="عرش"]', note='the throne', tags=['creed'])
        self.save('lists', 'seats', items=['عرش', 'كرسي'], note='seats')
        self.save('subcorpora', 'last', query='<juz n="30"/>')
        self.assertEqual([d['id'] for d in self.ok_get('/api/v1/notes?kinds=query,list,subcorpus&sort=created')['documents']],
                         ['throne', 'seats', 'last'])
        self.assertEqual([d['id'] for d in self.ok_get('/api/v1/queries?tag=creed')['documents']], ['throne'])
        found = self.ok_get('/api/v1/notes?' + urllib.parse.urlencode({'text': 'كرسي'}))['documents']
        self.assertEqual([d['id'] for d in found], ['seats'])
        self.assertEqual(len(self.ok_get('/api/v1/queries/throne/history')['history']), 1)
        self.assertEqual(self.server.get('/api/tags').body, older)
        self.assertEqual(self.server.get('/api/v1/annotations/112:1:x/run').status, 404)
        exported = self.kalima('research', 'export', '-', '--db', self.database).stdout
        other = self.path('other.db')
        self.kalima('import', '--starter', '--db', other)
        with open(self.path('all.jsonl'), 'w', encoding='utf-8') as f:
            f.writelines(line + '\n' for line in [exported.splitlines()[0]] + saved_lines(exported))
        self.kalima('research', 'import', self.path('all.jsonl'), '--db', other)
        self.assertEqual(saved_lines(self.kalima('research', 'export', '-', '--db', other).stdout), saved_lines(exported))
        self.assertEqual(len(saved_lines(exported)), 3)
        folder = self.path('folder')
        self.kalima('export', '--legacy', folder, '--db', self.database)

    def test_commands(self):
        self.kalima('notes', 'add', 'list', '--id', 'mercy', 'items=رحم,ملك', 'attribute=root', '--db', self.database)
        self.kalima('notes', 'add', 'query', '--id', 'v', 'query=[pos="V"] within @part', '--db', self.database, code=1)
        self.kalima('notes', 'add', 'subcorpus', '--id', 'part', 'query=<surah n="1"/>', '--db', self.database)
        self.kalima('notes', 'add', 'query', '--id', 'v', 'query=[pos="V"] within @part', '--db', self.database)
        shown = json.loads(self.kalima('notes', 'show', 'query', 'v', '--db', self.database).stdout)
        self.assertEqual(shown['counts']['hits'], self.hits('[pos="V"] within <surah n="1"/>'))
        for q, same in (('[root=$mercy]', '[root="رحم" | root="ملك"]'), ('@v', '[pos="V"] within <surah n="1"/>')):
            lines = self.kalima('query', q, '--format', 'jsonl', '--db', self.database).stdout.splitlines()[1:]
            self.assertEqual(len(lines), self.hits(same))
        done = self.kalima('query', '[] within @prat', '--db', self.database, code=1)
        self.assertIn("'@prat' was not found", done.stderr)
        self.assertIn('part', done.stderr)
        self.assertIn('^', done.stderr)
        stats = self.kalima('stats', 'frequencies', '[root=$mercy]', '--by', 'root', '--format', 'csv', '--db', self.database).stdout
        self.assertIn('رحم', stats)
        self.kalima('notes', 'edit', 'list', 'mercy', 'items=رحم', '--db', self.database)
        again = json.loads(self.kalima('notes', 'run', 'list', 'mercy', '--format', 'json', '--db', self.database).stdout)
        self.assertEqual((again['query'], again['changed']), ('[root=$mercy]', []))
        self.assertIn('cannot be asked', self.kalima('notes', 'run', 'tag', 'x', '--db', self.database, code=1).stderr)
        server.wait_until(lambda: self.hits('[root=$mercy]') == self.hits('[root="رحم"]'))

    def test_completion(self):
        self.save('lists', 'mercy', items=['رحم'], attribute='root')
        self.save('queries', 'verbs', query='[pos="V"]')
        self.save('subcorpora', 'verses', query='<verse/>')

        def suggested(q):
            answer = self.ask(q, path='/api/v1/suggest')
            return answer['expects'], [(s['kind'], s['insert']) for s in answer['suggestions']]
        self.assertEqual(suggested('[root=$'), ('list', [('list', 'mercy')]))
        self.assertEqual(suggested('[root=$mer'), ('list', [('list', 'mercy')]))
        self.assertEqual(suggested('[] within @ver'), ('query', [('query', 'verbs'), ('query', 'verses')]))
        self.assertEqual(suggested('@verb'), ('query', [('query', 'verbs')]))
        self.save('queries', 'verbal', query='[pos="V"]')
        self.assertEqual(suggested('@verb'), ('query', [('query', 'verbal'), ('query', 'verbs')]))


if __name__ == '__main__':
    unittest.main()
