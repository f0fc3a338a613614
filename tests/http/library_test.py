"""Notes and resources: folders that people edit while the server runs."""
import os
import shutil
import unittest
from urllib.parse import quote

from tests.compat import server
from tests.compat.server import json_of
from tests.http.case import ServerCase
from tests.http.frontend_test import write


class Library(ServerCase):
    def setUp(self):
        self.notes = os.path.join(self.workplace.data, 'notes')
        self.resources = os.path.join(self.workplace.data, 'datasets', 'resources')

    def note(self, path):
        return self.server.get('/api/notes/content?path=' + quote(path))

    def listed(self):
        return {n['path']: n for n in json_of(self.server.get('/api/notes'))['notes']}

    def test_what_is_written_now_is_read_now(self):
        path = write(self.notes, 'new', 'later.md', content='  \n\nFirst line\nSecond')
        self.addCleanup(shutil.rmtree, os.path.dirname(path))
        self.assertEqual(self.listed()['new/later.md'], {'path': 'new/later.md', 'snippet': 'First line', 'title': 'later'})
        self.assertEqual(json_of(self.note('new/later.md')), {'content': '  \n\nFirst line\nSecond', 'path': 'new/later.md'})
        write(self.notes, 'new', 'later.md', content='Other')
        self.assertEqual(json_of(self.note('new/later.md'))['content'], 'Other')
        resource = write(self.resources, 'later.txt', content='nothing\nunheard of\n')
        self.assertEqual(json_of(self.server.get('/api/library_search?q=UNHEARD'))['results'],
                         [{'line': 2, 'path': 'later.txt', 'snippet': 'unheard of'}])
        os.remove(resource)
        self.assertEqual(json_of(self.server.get('/api/library_search?q=unheard'))['count'], 0)

    def test_names_and_contents_of_every_kind(self):
        for name, content, snippet in (('ملاحظة.md', 'سطر\n', 'سطر'), ('a b&c=d+e%20.txt', 'x', 'x'), ('UPPER.MD', 'y', 'y'), ('empty.md', '', ''),
                                       ('crlf.txt', 'one\r\ntwo\r\n', 'one'), ('long.txt', 'ن' * 5000, 'ن' * 200), ('.hidden.md', 'h', 'h'),
                                       ('two.dots.txt', '"quoted"\\', '"quoted"\\')):
            path = write(self.notes, 'kinds', name, content=content)
            with self.subTest(name=name):
                entry = self.listed()['kinds/' + name]
                self.assertEqual(entry['snippet'], snippet)
                self.assertEqual(entry['title'], os.path.splitext(name)[0])
                self.assertEqual(json_of(self.note('kinds/' + name))['content'], content.replace('\r\n', '\n'))
            os.remove(path)
        os.rmdir(os.path.join(self.notes, 'kinds'))

    def test_files_that_are_no_text(self):
        for name, content in (('bytes.txt', b'a\xff\x00\xfe\xc3b\n\x80'), ('zeros.md', b'\x00' * 100)):
            path = write(self.notes, name, content=content)
            self.addCleanup(os.remove, path)
            self.assertEqual(self.note(name).status, 200)
            self.assertIsInstance(json_of(self.note(name))['content'], str)
            self.assertIn(name, self.listed())

    def test_no_path_leads_out(self):
        write(self.workplace.path, 'secret.md', content='SECRET')
        os.symlink(os.path.join(self.workplace.path, 'secret.md'), os.path.join(self.notes, 'link.md'))
        os.symlink(self.workplace.path, os.path.join(self.notes, 'up'))
        os.symlink(self.workplace.path, os.path.join(self.resources, 'up'))
        self.addCleanup(os.remove, os.path.join(self.notes, 'link.md'))
        self.addCleanup(os.remove, os.path.join(self.notes, 'up'))
        self.addCleanup(os.remove, os.path.join(self.resources, 'up'))
        for path in ('../secret.md', '../../secret.md', 'roots/../../../secret.md', '/etc/passwd', '//etc/passwd', 'link.md', 'up/secret.md',
                     os.path.join(self.workplace.path, 'secret.md'), '..', '.', '', 'plan.md\x00', '\x00', 'x' * 10000, 'a/' * 3000,
                     '..\\..\\secret.md', 'C:\\secret.md', 'plan.md/../../../secret.md', '~/secret.md', 'file:///etc/passwd'):
            with self.subTest(path=path[:40]):
                answer = self.note(path)
                self.assert_error(answer, 400, 404)
                self.assertNotIn(b'SECRET', answer.body)
                self.assertNotIn(b'root:', answer.body)
        for double in ('..%252f..%252fsecret.md', '%2e%2e%2fsecret.md', '..%5csecret.md'):
            self.assert_error(self.server.get('/api/notes/content?path=' + double), 400, 404)
        # Neither is what a link to a file leads to, nor in a search.
        os.symlink(os.path.join(self.workplace.path, 'secret.md'), os.path.join(self.resources, 'link.md'))
        self.addCleanup(os.remove, os.path.join(self.resources, 'link.md'))
        self.assertNotIn('link.md', self.listed())
        # Folders that are links may lead out, or round: their files are not listed.
        self.assertFalse([path for path in self.listed() if path.startswith('up/')])
        self.assertEqual(json_of(self.server.get('/api/library_search?q=SECRET'))['count'], 0)

    def test_a_link_within_the_folder_is_a_file(self):
        write(self.notes, 'target.md', content='Here')
        os.symlink('target.md', os.path.join(self.notes, 'inner.md'))
        for name in ('target.md', 'inner.md'):
            self.addCleanup(os.remove, os.path.join(self.notes, name))
            self.assertEqual(self.listed()[name]['snippet'], 'Here')
            self.assertEqual(json_of(self.note(name))['content'], 'Here')

    def test_an_export_has_nothing_from_outside(self):
        with server.Workplace() as workplace:
            write(workplace.path, 'secret.md', content='SECRET')
            for folder in ('notes', os.path.join('datasets', 'resources')):
                os.symlink(os.path.join(workplace.path, 'secret.md'), os.path.join(workplace.data, folder, 'link.md'))
                os.symlink(workplace.path, os.path.join(workplace.data, folder, 'up'))
            out = os.path.join(workplace.path, 'out')
            done = server.run('export', '--legacy', out, '--db', workplace.database)
            self.assertEqual(done.returncode, 0, done.stderr)
            exported = [os.path.join(at, name) for at, _, names in os.walk(out) for name in names]
            self.assertFalse([path for path in exported if os.path.basename(path) in ('link.md', 'secret.md')])
            self.assertTrue([path for path in exported if os.sep + 'notes' + os.sep in path])

    def test_a_folder_that_links_to_itself_ends(self):
        os.symlink('.', os.path.join(self.notes, 'round'))
        self.addCleanup(os.remove, os.path.join(self.notes, 'round'))
        self.assertFalse([path for path in self.listed() if path.startswith('round/')])

    def test_a_limit_of_zero_counts(self):
        everything = json_of(self.server.get('/api/library_search?q=the&limit=1000'))
        self.assertGreater(everything['count'], 1)
        none = json_of(self.server.get('/api/library_search?q=the&limit=0'))
        self.assertEqual((none['count'], none['results']), (everything['count'], []))


class Folders(unittest.TestCase):
    def test_other_folders_may_be_named(self):
        with server.Workplace() as workplace:
            write(workplace.path, 'mine', 'note.md', content='mine')
            write(workplace.path, 'books', 'b.txt', content='a rare word')
            with workplace.serve('--notes', os.path.join(workplace.path, 'mine'), '--resources', os.path.join(workplace.path, 'books')) as s:
                self.assertEqual([n['path'] for n in json_of(s.get('/api/notes'))['notes']], ['note.md'])
                self.assertEqual(json_of(s.get('/api/library_search?q=rare'))['count'], 1)
            for option in ('--notes', '--resources'):
                done = server.run('serve', '--db', workplace.database, '--port', '0', option, os.path.join(workplace.path, 'nowhere'))
                self.assertEqual(done.returncode, 1)
                self.assertIn(option, done.stderr)
                self.assertIn('nowhere', done.stderr)

    def test_the_imported_folder_may_be_gone(self):
        with server.Workplace() as workplace:
            shutil.rmtree(workplace.data)
            with workplace.serve() as s:
                self.assertEqual(json_of(s.get('/api/notes')), {'notes': []})
                self.assertEqual(s.get('/api/notes/content?path=plan.md').status, 404)
                self.assertEqual(json_of(s.get('/api/library_search?q=the'))['count'], 0)
                self.assertEqual(s.get('/api/verse/1/1').status, 200)

    def test_a_corpus_without_notes(self):
        with server.Workplace() as workplace:
            shutil.rmtree(os.path.join(workplace.data, 'notes'))
            shutil.rmtree(os.path.join(workplace.data, 'datasets', 'resources'))
            workplace.import_data()
            with workplace.serve() as s:
                self.assertEqual(json_of(s.get('/api/notes')), {'notes': []})
                self.assertEqual(json_of(s.get('/api/library_search?q=the'))['count'], 0)


if __name__ == '__main__':
    unittest.main()
