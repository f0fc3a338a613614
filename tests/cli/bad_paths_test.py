"""Every command with every kind of path that is not what it wants: refused at once, with the path and what to do; nothing changes."""
import json
import os
import shutil
import socket
import subprocess
import tempfile
import unittest

from tests.cli import public_files as made
from tests.compat import server

SECONDS = 10
LONG = 'x' * 300


def content_of(folder):
    """Name and content (None for a folder, the target of a link, the kind of anything else) of what is below a folder."""
    out = {}
    for path, folders, names in os.walk(folder):
        for name in folders + names:
            full = os.path.join(path, name)
            if os.path.islink(full):
                value = os.readlink(full)
            elif os.path.isdir(full):
                value = None
            elif os.path.isfile(full):
                with open(full, 'rb') as f:
                    value = f.read()
            else:
                value = 'special'
            out[os.path.relpath(full, folder)] = value
    return out


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix='kalima-paths-')
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.database = server.fixture_database(cls.path('quran.db'))
        cls.text = cls.file('text.txt', made.numbered())
        cls.good = {'morphology': cls.file('morphology.txt', made.morphology()), 'treebank': cls.file('treebank.csv', made.treebank()),
                    'masaq': cls.file('masaq.csv', made.masaq())}
        # Everything but an ordinary file, by its kind.
        cls.bad = {'pipe': cls.path('pipe'), 'zeros': '/dev/zero', 'full': '/dev/full', 'null': '/dev/null', 'socket': cls.path('socket'),
                   'cycle': cls.path('cycle'), 'long name': cls.path(LONG), 'long path': cls.path(*['y' * 200] * 30),
                   'below a file': os.path.join(cls.text, 'z'), 'broken link': cls.path('broken')}
        os.mkfifo(cls.bad['pipe'])
        listening = socket.socket(socket.AF_UNIX)
        cls.addClassCleanup(listening.close)
        listening.bind(cls.bad['socket'])
        os.symlink('cycle', cls.bad['cycle'])
        os.symlink('gone', cls.bad['broken link'])
        cls.a_folder = cls.path('folder')
        os.mkdir(cls.a_folder)
        with open(os.path.join(cls.a_folder, 'mine'), 'w', encoding='utf-8') as f:
            f.write('mine')
        cls.missing = cls.path('missing')
        cls.new = cls.path('new')

    @classmethod
    def path(cls, *parts):
        return os.path.join(cls.folder, *parts)

    @classmethod
    def file(cls, name, lines):
        with open(cls.path(name), 'w', encoding='utf-8') as f:
            f.write(''.join(line + '\n' for line in lines))
        return cls.path(name)

    def refused(self, path, *args, codes=(1,), kind=''):
        """The command ends soon with a message that has the path and, in a second line, what to do; nothing is there that was not."""
        before = content_of(self.folder)
        with self.subTest(' '.join(a if len(a) < 100 else a[:100] + '…' for a in args), kind=kind):
            try:
                done = server.run(*args, timeout=SECONDS)
            except subprocess.TimeoutExpired:
                self.fail('it hangs')
            self.assertIn(done.returncode, codes, done.stderr)
            self.assertEqual(done.stdout, '')
            lines = done.stderr.splitlines()
            self.assertTrue(lines[0].startswith('kalima: '), done.stderr)
            self.assertIn(path, lines[0])
            self.assertNotIn('unexpected', done.stderr)
            self.assertGreater(len(lines), 1, 'it does not say what to do: ' + done.stderr)
        self.assertTrue(content_of(self.folder) == before, '%s changed something' % (args,))


class Files(Case):
    """Where a file is read."""

    def wrong_files(self):
        return list(self.bad.items()) + [('folder', self.a_folder), ('missing', self.missing)]

    def test_published_files(self):
        for kind, path in self.wrong_files():
            self.refused(path, 'import', '--text', path, '--db', self.new, kind=kind)
            for option in self.good:
                self.refused(path, 'import', '--text', self.text, '--' + option, path, '--db', self.new, kind=kind)
            self.refused(path, 'import', '--text', self.text, '--translation', 'en=' + path, '--db', self.new, kind=kind)

    def test_conllu(self):
        for kind, path in self.wrong_files():
            self.refused(path, 'import', '--conllu', path, '--db', self.new, kind=kind)

    def test_a_data_folder(self):
        for kind, path in list(self.bad.items()) + [('file', self.text), ('missing', self.missing), ('another folder', self.a_folder)]:
            self.refused(path, 'import', '--legacy', path, '--db', self.new, kind=kind)

    def test_files_of_a_data_folder(self):
        datasets = self.path('data', 'datasets')
        for name in ('corpus/quran.jsonl', 'corpus/tags.json', 'corpus/metadata.json', 'quranic/Quranic/Quranic.csv', 'masaq/MASAQ.csv'):
            for kind, path in self.bad.items():
                if kind in ('long path', 'long name', 'below a file'):
                    continue  # not the name of an existing file
                shutil.rmtree(self.path('data'), ignore_errors=True)
                shutil.copytree(server.fixture_folder(), self.path('data'))
                place = os.path.join(datasets, name)
                os.makedirs(os.path.dirname(place), exist_ok=True)
                if os.path.exists(place):
                    os.remove(place)
                os.symlink(path, place)
                self.refused(place, 'import', '--legacy', self.path('data'), '--db', self.new, kind=kind)
        shutil.rmtree(self.path('data'))

    def test_databases(self):
        for kind, path in self.wrong_files():
            for command in (['serve', '--port', '0'], ['export', '--legacy', self.new], ['export', '--conllu', self.new],
                            ['export', '--conllu', '-'], ['backup', self.new], ['check'], ['undo', '1'], ['reindex']):
                self.refused(path, *command, '--db', path, kind=kind)

    def test_files_that_are_too_large(self):
        large = self.path('large')
        with open(large, 'wb') as f:
            f.truncate(9 << 30)
        with open(large, 'r+b') as f:
            f.write(b'{')
        for args in (['--text', large], ['--conllu', large], *(['--text', self.text, '--' + option, large] for option in self.good),
                     ['--text', self.text, '--translation', 'en=' + large]):
            done = server.run('import', *args, '--db', self.new, timeout=SECONDS)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn('kalima: %s: 9216 MiB large' % large, done.stderr)
            self.assertIn('--max-size', done.stderr)
        for name in ('quran.jsonl', 'tags.json', 'metadata.json'):
            shutil.copytree(server.fixture_folder(), self.path('data'))
            place = self.path('data', 'datasets', 'corpus', name)
            if os.path.exists(place):
                os.remove(place)
            os.symlink(large, place)
            done = server.run('import', '--legacy', self.path('data'), '--db', self.new, timeout=SECONDS)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn('kalima: %s: 9216 MiB large' % place, done.stderr)
            shutil.rmtree(self.path('data'))
        os.remove(large)
        self.assertFalse(os.path.exists(self.new))


class Targets(Case):
    """Where a command writes."""

    def wrong_targets(self):
        # A broken link leads to a place where a file could be made; but that is hardly what its owner wants.
        return list(self.bad.items()) + [('text', self.text), ('folder', self.a_folder)]

    def test_an_import(self):
        for kind, path in self.wrong_targets():
            self.refused(path, 'import', '--starter', '--db', path, kind=kind)
            self.refused(path, 'import', '--starter', '--replace', '--db', path, kind=kind)

    def test_a_backup(self):
        for kind, path in self.wrong_targets():
            self.refused(path, 'backup', path, '--db', self.database, kind=kind)
        self.refused(self.database, 'backup', self.database, '--db', self.database, kind='itself')

    def test_exports(self):
        for kind, path in self.wrong_targets():
            self.refused(path, 'export', '--legacy', path, '--db', self.database, kind=kind)
            self.refused(path, 'export', '--conllu', path, '--db', self.database, kind=kind)
        self.refused(self.database, 'export', '--conllu', self.database, '--db', self.database, kind='itself')

    def test_places_where_nothing_can_be_made(self):
        for args in (['backup', '/proc/x'], ['export', '--legacy', '/proc/x'], ['export', '--conllu', '/proc/x'],
                     ['backup', self.path('no', 'folder')], ['export', '--conllu', self.path('no', 'folder')]):
            self.refused(os.path.dirname(args[-1]), *args, '--db', self.database, codes=(1, 2))

    def test_an_empty_file_or_folder_is_filled(self):
        place = tempfile.mkdtemp(dir=self.folder)
        for name in ('i.db', 'b.db', 'c.conllu'):
            with open(os.path.join(place, name), 'wb'):
                pass
        os.mkdir(os.path.join(place, 'data'))
        for args in (['import', '--starter', '--db', os.path.join(place, 'i.db')], ['backup', os.path.join(place, 'b.db'), '--db', self.database],
                     ['export', '--conllu', os.path.join(place, 'c.conllu'), '--db', self.database],
                     ['export', '--legacy', os.path.join(place, 'data'), '--db', self.database]):
            done = server.run(*args)
            self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(sorted(os.listdir(place)), ['b.db', 'c.conllu', 'data', 'i.db', 'i.db-index'])
        self.assertEqual(sorted(os.listdir(os.path.join(place, 'data'))), ['datasets', 'notes'])
        shutil.rmtree(place)


class Folders(Case):
    """Where a folder is read."""

    def test_folders_of_the_server(self):
        for kind, path in list(self.bad.items()) + [('file', self.text), ('missing', self.missing)]:
            for option in ('--static', '--notes', '--resources'):
                self.refused(path, 'serve', '--port', '0', '--db', self.database, option, path, kind=kind)

    def test_pipes_in_folders_of_the_server(self):
        for name in ('index.html', 'note.md'):
            os.mkfifo(os.path.join(self.a_folder, name))
        try:
            with server.Server('--db', self.database, '--static', self.a_folder, '--notes', self.a_folder, '--resources', self.a_folder) as s:
                self.assertEqual(s.get('/').status, 404)
                self.assertEqual(s.get('/static/note.md').status, 404)
                self.assertEqual(s.get('/api/notes/content?path=note.md').status, 404)
                self.assertEqual(json.loads(s.get('/api/library_search?q=x').body)['count'], 0)
        finally:
            for name in ('index.html', 'note.md'):
                os.remove(os.path.join(self.a_folder, name))


class Output(Case):
    """Standard output that takes nothing: an error, not a short file and exit code 0."""

    def commands(self):
        return [['export', '--conllu', '-', '--db', self.database], ['export', '--legacy', self.path('out'), '--db', self.database],
                ['backup', self.path('copy.db'), '--db', self.database], ['check', '--db', self.database], ['reindex', '--db', self.database],
                ['import', '--starter', '--db', self.path('made.db')], ['licenses'], ['--version'], ['--help'], ['export', '--help']]

    def tidy(self):
        for name in ('out', 'made.db-index'):
            shutil.rmtree(self.path(name), ignore_errors=True)
        for name in ('copy.db', 'made.db'):
            if os.path.exists(self.path(name)):
                os.remove(self.path(name))

    def shell(self, args, redirection):
        return subprocess.run(['sh', '-c', '"$0" "$@" ' + redirection, server.binary(), *args], stderr=subprocess.PIPE, encoding='utf-8',
                              env=server.environment(), timeout=60 * server.TIME_FACTOR, check=False)

    def test_full_and_closed(self):
        for args in self.commands():
            for redirection in ('>/dev/full', '>&-'):
                with self.subTest(' '.join(args), redirection=redirection):
                    done = self.shell(args, redirection)
                    self.assertEqual(done.returncode, 2, done.stderr)
                    self.assertIn('kalima: cannot write to standard output', done.stderr)
                    self.assertNotIn('unexpected', done.stderr)
                self.tidy()

    def test_errors_that_cannot_be_told(self):
        for redirection in ('2>/dev/full', '2>&-', '>&- 2>&- <&-'):
            done = self.shell(['check', '--db', self.missing], redirection)
            self.assertEqual(done.returncode, 1, redirection)

    def test_no_file_takes_the_place_of_a_closed_stream(self):
        before = content_of(self.folder)
        done = self.shell(['check', '--db', self.database], '>&- 2>&- <&-')
        self.assertEqual(done.returncode, 2)
        self.assertTrue(content_of(self.folder) == before)

    def test_to_standard_output(self):
        done = server.run('export', '--conllu', '-', '--db', self.database)
        self.assertEqual(done.returncode, 0)
        self.assertEqual(server.run('export', '--conllu', self.path('x.conllu'), '--db', self.database).returncode, 0)
        with open(self.path('x.conllu'), encoding='utf-8', newline='') as f:
            self.assertTrue(f.read() == done.stdout)
        os.remove(self.path('x.conllu'))


if __name__ == '__main__':
    unittest.main()
