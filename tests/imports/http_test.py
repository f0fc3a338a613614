"""POST /api/v1/imports: files become the corpus of the running server, at once or after a check; what is refused, and that nothing is
changed then."""
import gzip
import json
import os
import unittest

from tests.cli import public_files as made
from tests.compat import server
from tests.imports.support import FINAL, IMPORTS, Asking, Imports, form, lines, published

VERSES = len(made.verses())


class Replaces(Imports):
    def test_all_published_files(self):
        before = self.corpus()
        self.assertNotEqual(before, VERSES)
        with Asking(self.server, '/healthz', '/api/v1/corpus', '/api/verse/112/1', '/api/v1/verses/112:1') as asking:
            begun = self.begin(published())
            self.assertIn(begun['state'], ('importing', 'switching', 'done'))
            self.assertEqual({f['name']: f['kind'] for f in begun['files']}, {
                'quran.txt': 'text', 'morphology.txt': 'morphology', 'treebank.csv': 'treebank', 'masaq.csv': 'masaq',
                'en.sahih.txt': 'translation'})
            self.assertEqual({f['name']: f['bytes'] for f in begun['files']}, {name: len(content) for name, content in published().items()})
            ended = self.end(begun)
            self.assertEqual(self.corpus(), VERSES)
        self.assertEqual(asking.failed[:3], [])
        self.assertGreater(asking.count, 0)
        self.assertEqual((ended['progress'], ended['error'], ended['result']['kept'], ended['result']['backup']), (1, None, None, None))
        # What the command line makes of the same files.
        for name, content in published().items():
            with open(self.path(name), 'wb') as f:
                f.write(content)
        self.kalima('import', '--text', self.path('quran.txt'), '--morphology', self.path('morphology.txt'), '--treebank',
                    self.path('treebank.csv'), '--masaq', self.path('masaq.csv'), '--translation', 'en=' + self.path('en.sahih.txt'),
                    '--db', self.path('other.db'))
        with server.Server('--db', self.path('other.db')) as other:
            self.assertEqual(self.server.json('/api/v1/corpus')['hash'], other.json('/api/v1/corpus')['hash'])
            for address in ('/api/v1/verses/108', '/api/v1/search?q=%D9%83%D8%AA%D8%A7%D8%A8'):
                answers = [s.json(address) for s in (self.server, other)]
                for answer in answers:
                    answer.pop('ms', None)
                self.assertEqual(*answers, address)
        result = ended['result']
        self.assertEqual((result['verses'], result['surahs'], result['replaces']), (VERSES, len(made.SURAHS), True))
        self.assertEqual(result['treebank_rows'], len(made.treebank()) - 1)
        self.assertEqual(result['translations'], VERSES)
        self.assertEqual(self.beside(), [])
        self.assertEqual(self.server.json(IMPORTS)['imports'], [ended])
        # It is the corpus from now on, and sound.
        self.server.post('/api/v1/annotations', {'anchor': '108:1', 'note': 'x'})
        self.server.stop()
        self.kalima('check', '--db', self.database)
        self.server = self.serve()
        self.assertEqual(self.corpus(), VERSES)
        self.assertEqual(self.server.json('/api/v1/annotations')['total'], 1)
        self.assertEqual(self.server.json(IMPORTS)['imports'], [])

    def test_a_database_that_the_server_made_itself(self):
        self.server.stop()
        env = server.environment(XDG_DATA_HOME=self.path('home'))
        self.server = server.Server('--threads', '2', env=env)
        self.addCleanup(lambda: self.server.running() and self.server.stop())
        # Without --db: the starter surahs.
        self.assertTrue(self.server.json('/api/v1/corpus')['starter'])
        self.replaced(published())
        self.assertEqual(self.corpus(), VERSES)
        self.assertFalse(self.server.json('/api/v1/corpus')['starter'])
        self.server.stop()
        self.server = server.Server(env=env)
        self.assertEqual(self.corpus(), VERSES)

    def test_one_after_the_other(self):
        for mark in ('one', 'two', 'three'):
            self.replaced(published(**{'en.sahih.txt': made.translation(mark)}))
            texts = self.server.json('/api/v1/translations?verses=108:1')['documents']
            self.assertEqual([t['text'] for t in texts], [mark + ' 108:1'])
        self.assertEqual([i['id'] for i in self.server.json(IMPORTS)['imports']], ['3', '2', '1'])
        self.assertEqual(self.beside(), [])

    def test_conllu(self):
        self.replaced(published())
        self.server.stop()
        self.kalima('export', '--conllu', self.path('q.conllu'), '--db', self.database)
        self.server = self.serve()
        with open(self.path('q.conllu'), 'rb') as f:
            content = f.read()
        begun = self.begin({'q.conllu': content})
        self.assertEqual([f['kind'] for f in begun['files']], ['conllu'])
        self.assertEqual(self.end(begun)['result']['verses'], VERSES)

    def test_kinds_by_content(self):
        for content, kind in ((made.xml(), 'text'), ('\n'.join(made.numbered()).encode('utf-16'), 'text'),
                              (lines(made.numbered(), '\r\n'), 'text'), (['# a notice', ''] + made.numbered(), 'text'),
                              (['# ' + 'x' * 97] * 5000 + made.numbered(), 'text')):
            begun = self.begin({'whatever.txt': lines(content)}, check='true')
            self.assertEqual([f['kind'] for f in begun['files']], [kind])
            self.end(begun)
        begun = self.begin({'a.txt': lines(made.numbered()), 'zh-Hans.xml': lines(made.xml(False, '第{}章{}节'.format)),
                            'de.x.txt': lines(made.translation('another'))}, check='true')
        self.assertEqual([f['kind'] for f in begun['files']], ['text', 'translation', 'translation'])
        self.end(begun)

    def test_a_name_alone_makes_no_translation(self):
        for content in (b'hello', b'# a notice\nhello\nworld\n', 'وردة'.encode(), b'\xef\xbb\xbfhello'):
            problem = self.problem(self.send({'bad.txt': content, 'quran.txt': lines(made.numbered())}), 400, 'bad_input')
            self.assertIn('no line begins with the number of a verse', problem['detail'])
            self.assertIn('SURAH|AYAH|text', problem['cure'])

    def test_names_from_anywhere(self):
        begun = self.begin([('../../etc/quran.txt', lines(made.numbered())), ('C:\\x\\en.a.txt', lines(made.translation())),
                            ('de."q.txt'.replace('"', '%22'), lines(made.translation('another')))])
        self.assertEqual([f['name'] for f in begun['files']], ['quran.txt', 'en.a.txt', 'de._q.txt'])
        self.end(begun)


class Check(Imports):
    def test_changes_nothing(self):
        before = self.server.get('/api/v1/corpus').body
        begun = self.begin(published(), check='true')
        self.assertEqual((begun['state'], begun['check']), ('checking', True))
        ended = self.end(begun)
        self.assertEqual((ended['result']['verses'], ended['result']['backup']), (VERSES, None))
        self.assertEqual(self.server.get('/api/v1/corpus').body, before)
        self.assertEqual(self.beside(), [])
        self.server.post('/api/v1/annotations', {'anchor': '112:1', 'note': 'x'})
        ended = self.replaced(published(), check='true')
        self.assertIn('.backup-', ended['result']['backup'])
        self.assertEqual(self.beside(), [])

    def test_what_is_kept_is_imported_without_its_files(self):
        before = self.corpus()
        checked = self.replaced(published(), check='keep')
        self.assertEqual((checked['check'], self.corpus()), (True, before))
        self.assertEqual([name[:-8] for name in self.beside()], ['quran.db-checked.new-'])
        begun = self.begin_checked(checked)
        self.assertEqual((begun['check'], begun['files']), (False, checked['files']))
        ended = self.end(begun)
        self.assertEqual((self.corpus(), ended['messages']), (VERSES, checked['messages']))
        self.assertEqual(ended['result'], checked['result'])
        self.assertEqual(self.beside(), [])
        # As if the files had been sent again.
        hashed = self.server.json('/api/v1/corpus')['hash']
        self.replaced(published())
        self.assertEqual(self.server.json('/api/v1/corpus')['hash'], hashed)
        self.kept_no_longer(checked)
        self.server.stop()
        self.kalima('check', '--db', self.database)

    def test_what_is_kept_no_longer(self):
        checked = self.replaced(published(), check='true')
        self.kept_no_longer(checked)
        # Another check gives it up, as another import and the end of the server do.
        for fields in ({'check': 'keep'}, {}):
            checked = self.replaced(published(), check='keep')
            other = self.replaced(published(), **fields)
            self.kept_no_longer(checked)
        self.kept_no_longer(other)
        self.assertEqual(self.beside(), [])
        checked = self.replaced(published(), check='keep')
        self.assertEqual(len(self.beside()), 1)
        self.server.stop()
        self.assertEqual(self.beside(), [])
        self.server = self.serve()
        self.problem(self.post_checked(checked), 404, 'not_found')
        # A kill leaves it to the next start.
        self.replaced(published(), check='keep')
        self.server.kill()
        self.assertEqual(len(self.beside()), 1)
        self.server = self.serve()
        self.assertEqual(self.beside(), [])

    def test_a_check_that_is_cancelled_is_given_up(self):
        checked = self.replaced(published(), check='keep')
        self.assertEqual(len(self.beside()), 1)
        self.assertEqual(self.server.request('DELETE', '%s/%s' % (IMPORTS, checked['id'])).status, 200)
        self.assertEqual(self.beside(), [])
        self.kept_no_longer(checked)

    def test_a_check_that_failed_keeps_nothing(self):
        text = made.numbered()
        text[9] = '9|1|'
        failed = self.end(self.begin({'quran.txt': lines(text)}, check='keep'), 'failed')
        self.assertEqual(self.beside(), [])
        self.kept_no_longer(failed)

    def test_who_may_import_what_is_kept(self):
        checked = self.replaced(published(), check='keep')
        for more in ({'Origin': 'https://evil.example'}, {'X-Forwarded-For': '203.0.113.5'}):
            self.problem(self.server.post('%s/%s' % (IMPORTS, checked['id']), {}, headers=more), 403, 'forbidden')
        connection, _ = self.slow(published())
        server.wait_until(lambda: len(self.beside()) == 2)
        self.problem(self.post_checked(checked), 409, 'conflict')
        connection.close()
        # The place is free a moment after its folder is gone.
        begun = []
        server.wait_until(lambda: begun.append(self.post_checked(checked)) or begun[-1].status != 409)
        self.assertEqual(begun[-1].status, 202, begun[-1].body[:500])
        self.end(json.loads(begun[-1].body))
        self.assertEqual(self.corpus(), VERSES)

    def post_checked(self, checked):
        return self.server.post('%s/%s' % (IMPORTS, checked['id']), {})

    def begin_checked(self, checked):
        answer = self.post_checked(checked)
        self.assertEqual(answer.status, 202, answer.body[:500])
        begun = json.loads(answer.body)
        self.assertEqual(answer.headers['Location'], '%s/%s' % (IMPORTS, begun['id']))
        return begun

    def kept_no_longer(self, checked):
        problem = self.problem(self.post_checked(checked), 409, 'conflict')
        self.assertEqual(problem['cure'], 'send the files again')


class Refused(Imports):
    def tearDown(self):
        self.assertEqual(self.beside(), [])
        self.assertTrue(self.server.healthy())

    def nothing_changed(self):
        self.assertNotEqual(self.corpus(), VERSES)
        self.assertEqual(self.server.json('/api/v1/verses/112:1')['verses'][0]['ayah'], 1)

    def test_file_line_and_reason(self):
        text = made.numbered()
        text[9] = '9|1|'
        ended = self.end(self.begin({'quran.txt': lines(text)}), 'failed')
        error = ended['error']
        self.assertEqual((error['code'], error['file']), ('bad_input', 'quran.txt'))
        self.assertEqual(error['line'], 10)
        self.assertNotIn(self.folder, json.dumps(ended))
        treebank = made.treebank()
        treebank[5] += '\tmore'
        error = self.end(self.begin(published(**{'treebank.csv': treebank})), 'failed')['error']
        self.assertEqual((error['file'], error['line']), ('treebank.csv', 6))
        self.assertIn('cells', error['detail'])
        self.nothing_changed()
        # The next one is not held up by that.
        self.replaced(published())

    def test_at_once(self):
        for files, words in (
                ({'q.txt.gz': gzip.compress(lines(made.numbered()))}, ('q.txt.gz', 'a gzip file; unpack it first')),
                ({'q.zip': b'PK\x03\x04' + bytes(100)}, ('q.zip', 'a zip file')),
                ({'q.txt': b''}, ('q.txt', 'empty')),
                ({'q.txt': b'# a notice\n\n' * 9000}, ('q.txt', 'nothing but comments and empty lines in its first 18000 lines')),
                ({'q.txt': b'\xff' * 10}, ('q.txt', 'UTF-8')),
                ({'notes.txt': b'some words in English\n'}, ('notes.txt', 'en.sahih.txt')),
                ({'en.sahih.txt': lines(made.translation())}, ('text of the Quran is missing', 'tanzil')),
                ({'a.txt': lines(made.numbered()), 'b.txt': lines(made.numbered())}, ('a.txt and b.txt', 'text')),
                ({}, ('no file was sent',)),
                ([('', b'')], ('no file was sent',))):
            problem = self.problem(self.send(files), 400, 'bad_input')
            for word in words:
                self.assertIn(word, problem['detail'] + ' ' + problem.get('cure', ''))
            self.assertNotIn(self.folder, problem['detail'])
        self.problem(self.send(published(), {'check': 'perhaps'}), 400, 'bad_input')
        self.problem(self.send(published(), {'other': 'x'}), 400, 'bad_input')
        self.assertEqual(self.server.json(IMPORTS)['imports'], [])
        self.nothing_changed()

    def test_bodies_that_are_no_forms(self):
        self.problem(self.server.post(IMPORTS, {}), 415, 'unsupported_type')
        for kind in ('text/plain', 'application/x-www-form-urlencoded'):
            problem = self.problem(self.server.post(IMPORTS, b'x', headers={'Content-Type': kind}), 415, 'unsupported_type')
            self.assertIn('multipart/form-data', problem['detail'])
            self.assertIn('a part "file"', problem['cure'])
        for boundary in ('', '; boundary=', '; charset=utf-8', '; boundary=' + 'x' * 71):
            problem = self.problem(self.server.post(IMPORTS, b'x', headers={'Content-Type': 'multipart/form-data' + boundary}), 415,
                                   'unsupported_type')
            self.assertIn('boundary', problem['detail'])
            self.assertIn('boundary', problem['cure'])
        kind = {'Content-Type': 'multipart/form-data; boundary=x'}
        self.problem(self.server.post(IMPORTS, b'', headers=kind), 415, 'unsupported_type')
        self.assertEqual(self.server.get('/api/v1/corpus', headers=kind).status, 200)
        for body in (b'x', b'--x', b'--x\r\n\r\n', b'--y\r\n\r\n--y--', b'--x\r\nA: b\r\n\r\nc\r\n--x--',
                     b'--x\r\n' + b'y' * 20000 + b'\r\n\r\n--x--', b'z' * 100000,
                     b'--x\r\nContent-Disposition: form-data; name="file"; filename="q.txt"\r\n\r\n1|1|',
                     b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\n1|1|\r\n--x--'):
            self.problem(self.server.post(IMPORTS, body, headers=kind), 400, 'bad_input')
        # Only this address takes forms.
        headers, body = form(published())
        self.problem(self.server.post('/api/v1/annotations', body, headers=headers), 415, 'unsupported_type')
        self.nothing_changed()

    def test_many_files(self):
        problem = self.problem(self.send([('%d.txt' % n, b'x') for n in range(301)]), 413, 'too_large')
        self.assertIn('300', problem['detail'])

    def test_who(self):
        headers, body = form(published())
        for more in ({'Origin': 'https://evil.example'}, {'Origin': 'null'}, {'Sec-Fetch-Site': 'cross-site'}, {'Host': 'evil.example'},
                     {'X-Forwarded-For': '203.0.113.5'}, {'Forwarded': 'for=203.0.113.5'}, {'X-Real-IP': '203.0.113.5'}):
            problem = self.problem(self.server.post(IMPORTS, body, headers={**headers, **more}), 403, 'forbidden')
        self.assertIn('--token', problem['cure'])
        listed = self.server.json(IMPORTS, headers={'X-Forwarded-For': '203.0.113.5'})
        self.assertEqual((listed['allowed'], self.server.json(IMPORTS)['allowed']), (False, True))
        self.assertIn('--token', listed['why_not'])
        self.assertEqual(self.server.json(IMPORTS)['max_bytes'], 512 * 1024 * 1024)
        self.nothing_changed()

    def test_unknown_import(self):
        for answer in (self.server.get(IMPORTS + '/7'), self.server.delete(IMPORTS + '/7'), self.server.get(IMPORTS + '/7/events')):
            self.problem(answer, 404, 'not_found')


class Limits(Imports):
    options = ('--max-import-bytes', '100000')

    def test_too_large(self):
        problem = self.problem(self.send({'q.txt': b'x' * 200000}), 413, 'too_large')
        self.assertIn('100000', problem['detail'])
        self.assertIn('--max-import-bytes', problem['cure'])
        # A client that asks before it sends.
        with self.server.socket() as s:
            s.sendall(b'POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\n'
                      b'Content-Length: 200000\r\nExpect: 100-continue\r\n\r\n' % IMPORTS.encode())
            self.assertTrue(s.recv(100).startswith(b'HTTP/1.1 413 '))
        self.assertEqual(self.beside(), [])


class ReadOnly(Imports):
    options = ('--read-only',)

    def test_refused(self):
        problem = self.problem(self.send(published()), 403, 'forbidden')
        self.assertIn('--read-only', problem['detail'])
        self.problem(self.server.post(IMPORTS + '/1', {}), 403, 'forbidden')


class Token(Imports):
    options = ('--token', 'a' * 16)

    def corpus(self):
        return self.server.json('/healthz')['verses']

    def test_needed_and_enough(self):
        self.problem(self.send(published()), 401, 'unauthorized')
        self.problem(self.server.post(IMPORTS + '/1', {}), 401, 'unauthorized')
        token = {'Authorization': 'Bearer ' + 'a' * 16}
        self.assertEqual(self.send(published(), headers={**token, 'X-Forwarded-For': '203.0.113.5'}).status, 202)
        server.wait_until(lambda: self.server.json(IMPORTS + '/1', headers=token)['state'] in FINAL, 120)
        self.assertEqual(self.corpus(), VERSES)


class Link(Imports):
    def make_database(self, path):
        super().make_database(self.path('db', 'real.db'))
        os.symlink(self.path('db', 'real.db'), path)
        return path

    def test_refused(self):
        self.assertIn('link', self.problem(self.send(published()), 400, 'bad_input')['detail'])


if __name__ == '__main__':
    unittest.main()
