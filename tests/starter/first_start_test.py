"""The program alone in an empty place: the database that it makes of the surahs it holds, what it says, what it leaves alone;
`kalima import --starter`; the page at `/`; the browser."""
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse

from tests.compat import server

sys.path.insert(0, os.path.join(server.ROOT, 'tests', 'starter'))
import starter  # noqa: E402

SURAHS = starter.load(starter.here('data', 'starter'))
VERSES = [(s, v) for s in SURAHS for v in s.verses]


def expected_verse(surah, verse):
    """A verse as the old API answers it, from the files; without the times of its documents."""
    tokens = []
    for w, word in enumerate(verse.words, 1):
        tokens.append({'id': w, 'form': word.text, 'segments': [
            {'id': '%d.%d' % (w, g), 'form': s.text, 'type': s.kind, 'pos': s.tag, 'root': s.root, 'lemma': s.lemma,
             'features': s.features} for g, s in enumerate(word.segments, 1)]})
    return {'surah': {'number': surah.number, 'name': surah.name}, 'ayah': verse.number, 'text': verse.text, 'tokens': tokens,
            'annotations': [], 'translations': [{'language': 'en', 'text': verse.english, 'author': 'Kalima', 'id': 'tr-1'}]}


def verses_with(surahs_verses, test):
    return sum(any(test(s) for w in v.words for s in w.segments) for _, v in surahs_verses)


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix='kalima-first-')
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.home = self.path('home')
        os.mkdir(self.home)

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def environment(self, **more):
        """As a new user has it: a home folder with nothing in it, no desktop."""
        env = server.environment(HOME=self.home)
        for name in ('XDG_DATA_HOME', 'DISPLAY', 'WAYLAND_DISPLAY'):
            env.pop(name, None)
        env.update(more)
        return env

    def serve(self, *args, **more):
        more.setdefault('env', self.environment())
        return server.Server(*args, cwd=self.home, **more)

    def refused(self, *args, code, env=None, cwd=None):
        done = server.run(*args, env=env or self.environment(), cwd=cwd or self.home)
        self.assertEqual((done.returncode, done.stdout), (code, ''), done.stderr)
        return done.stderr

    def default(self):
        return os.path.join(self.home, '.local', 'share', 'kalima', 'kalima.db')


class FirstStart(Case):
    @staticmethod
    def processor_seconds(process):
        """What it has used so far: unlike the time that passed, not a matter of what else the machine does."""
        with open('/proc/%d/stat' % process.pid, encoding='utf-8') as f:
            user, system = f.read().rpartition(')')[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf('SC_CLK_TCK')

    def test_a_database_is_made_and_said(self):
        with self.serve() as s:
            verse = s.json('/api/verse/1/1')
            took = self.processor_seconds(s.process)
            self.assertEqual(verse['text'], SURAHS[0].verses[0].text)
        self.assertLess(took, 1.0 * server.TIME_FACTOR, 'from the start to the first answer')
        self.assertEqual(s.line, 'Kalima serves 164 verses at http://127.0.0.1:%d/ (Ctrl-C ends it)\n' % s.port)
        self.assertEqual(s.log, 'Made %s with the surahs that come with the program (1 and 93 to 114).\n'
                                'To replace it by the whole Quran: %s import --text quran-uthmani.txt --morphology quranic-corpus-morphology-0.4.txt\n'
                                % (self.default(), server.binary()))
        self.assertEqual(sorted(os.listdir(os.path.dirname(self.default()))), ['kalima.db', 'kalima.db-index', 'kalima.db-owner'])
        self.assertEqual(os.listdir(self.home), ['.local'])
        done = server.run('check', env=self.environment())
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_it_holds_what_the_files_hold(self):
        with self.serve() as s:
            answers = s.json('/api/verses?limit=1000')['verses']
            times = set()
            for verse in answers:
                for document in verse['translations']:
                    times.add(document.pop('created_at'))
            self.assertEqual(answers, [expected_verse(*pair) for pair in VERSES])
            self.assertEqual(len(times), 1)
            self.assertRegex(times.pop(), r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$')
            by_root = verses_with(VERSES, lambda segment: segment.root == 'rHm')
            self.assertEqual(by_root, 2)
            self.assertEqual(s.json('/api/search/roots?root=rHm')['count'], by_root)
            roots = sorted({g.root for _, v in VERSES for w in v.words for g in w.segments if g.root})
            self.assertEqual(s.json('/api/roots'), roots)

    def test_the_files_are_in_the_program(self):
        with open(server.binary(), 'rb') as f:
            program = f.read()
        if program.startswith(b'#!'):
            self.skipTest('this starts an emulator')
        folder = starter.here('data', 'starter')
        names = [name for name in sorted(os.listdir(folder)) if name.endswith('.txt')]
        self.assertEqual(len(names), 23)
        for name in names:
            with open(os.path.join(folder, name), 'rb') as f:
                self.assertTrue(f.read() in program, name)

    def test_a_translation_is_like_one_that_was_posted(self):
        with self.serve() as s:
            there = s.json('/api/translations/112:1')[0]
            body = {key: there[key] for key in ('language', 'text', 'author')}
            self.assertEqual(s.post('/api/translations/112:1', body).status, 200)
            posted = s.json('/api/translations/112:1')[1]
            self.assertEqual(set(posted), set(there))
            self.assertEqual(posted['id'], 'tr-2')

    def test_the_second_start_keeps_it_and_what_was_written(self):
        with self.serve() as s:
            self.assertEqual(s.post('/api/annotations/112/1', {'note': 'mine'}).status, 200)
            before = s.get('/api/verses?limit=1000').body
        with self.serve() as s:
            self.assertEqual(s.get('/api/verses?limit=1000').body, before)
            self.assertIn(b'"note":"mine"', before)
        self.assertEqual(s.log, '')

    def test_the_folder_of_the_environment(self):
        data = self.path('data', 'سورة')
        with self.serve(env=self.environment(XDG_DATA_HOME=data)) as s:
            self.assertTrue(s.healthy())
        self.assertTrue(os.path.exists(os.path.join(data, 'kalima', 'kalima.db')))
        self.assertEqual(os.listdir(self.home), [])
        # A relative one does not count.
        with self.serve(env=self.environment(XDG_DATA_HOME='data')) as s:
            self.assertTrue(s.healthy())
        self.assertTrue(os.path.exists(self.default()))
        self.assertEqual(os.listdir(self.home), ['.local'])

    def test_a_named_database_is_not_made(self):
        path = self.path('none.db')
        for args, env in ((('--db', path), {}), ((), {'KALIMA_DB': path}), (('--db', self.default()), {})):
            message = self.refused('serve', '--port', '0', *args, code=1, env=self.environment(**env))
            self.assertRegex(message, r'^kalima: database not found: ')
            self.assertIn('kalima import', message)
        self.assertEqual(os.listdir(self.home), [])

    def test_without_a_home_it_asks_for_a_name(self):
        for home in ({}, {'HOME': ''}, {'HOME': 'relative'}):
            env = self.environment()
            del env['HOME']
            env.update(home)
            for command in ('serve', 'check', 'reindex'):
                message = self.refused(command, code=1, env=env)
                self.assertIn('--db FILE', message)
            self.assertEqual(server.run('serve', '--help', env=env).returncode, 0)
            self.assertEqual(os.listdir(self.home), [])
            database = self.path('named.db')
            self.assertEqual(server.run('import', '--starter', '--db', database, env=env).returncode, 0)
            self.assertEqual(server.run('check', '--db', database, env=env).returncode, 0)

    def test_read_only_makes_it_too(self):
        with self.serve('--read-only') as s:
            self.assertEqual(s.json('/healthz')['verses'], 164)
            self.assertEqual(s.post('/api/annotations/112/1', {'note': 'x'}).status, 403)

    def test_a_folder_that_cannot_be_made(self):
        with open(os.path.join(self.home, '.local'), 'w', encoding='utf-8'):
            pass
        for args in ((), ('--read-only',)):
            message = self.refused('serve', '--port', '0', *args, code=1)
            self.assertRegex(message, r'^kalima: cannot make a first database: ')
            self.assertIn('check the name', message)

    def test_a_folder_that_cannot_be_written_to(self):
        folder = os.path.dirname(self.default())
        os.makedirs(folder)
        os.chmod(self.folder, 0o755)
        os.chmod(folder, 0o555)
        self.addCleanup(os.chmod, folder, 0o755)
        # Root may write everywhere.
        other = {'user': 65534, 'group': 65534, 'extra_groups': []} if os.geteuid() == 0 else {}
        for args in ((), ('--read-only',)):
            done = subprocess.run([server.binary(), 'serve', '--port', '0', *args], capture_output=True, encoding='utf-8',
                                  env=self.environment(), cwd=self.home, timeout=server.HANGS, check=False, **other)
            self.assertEqual((done.returncode, done.stdout), (2, ''), done.stderr)
            self.assertRegex(done.stderr, r'^kalima: cannot make a first database: .*%s' % re.escape(self.default()))
            self.assertIn('another place', done.stderr)
        self.assertEqual(os.listdir(folder), [])

    def test_a_log_of_a_database_that_is_gone_stays(self):
        os.makedirs(os.path.dirname(self.default()))
        log = self.default() + '-wal'
        with open(log, 'w', encoding='utf-8') as f:
            f.write('writes')
        message = self.refused('serve', '--port', '0', code=1)
        self.assertIn(log, message)
        self.assertEqual(os.listdir(os.path.dirname(self.default())), ['kalima.db-wal'])

    def test_an_index_of_a_database_that_is_gone_is_replaced(self):
        with self.serve() as s:
            self.assertTrue(s.healthy())
        os.remove(self.default())
        with self.serve() as s:
            self.assertEqual(s.json('/api/search/roots?root=rHm')['count'], 2)
        self.assertRegex(s.log, r'^Made ')
        self.assertNotIn('Making the index', s.log)

    def test_several_at_once(self):
        for _ in range(3):
            processes = [subprocess.Popen([server.binary(), 'serve', '--port', '0'], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                          encoding='utf-8', env=self.environment()) for _ in range(4)]
            try:
                ports = []
                for process in processes:
                    found = re.search(r'serves 164 verses at http://127\.0\.0\.1:(\d+)/', process.stdout.readline())
                    ports.append(found and int(found[1]))
                # All see what one of them writes: they share one database.
                if ports[0]:
                    connection = server.http.client.HTTPConnection('127.0.0.1', ports[0], timeout=30 * server.TIME_FACTOR)
                    connection.request('POST', '/api/annotations/112/1', json.dumps({'note': 'of the first'}),
                                       {'Content-Type': 'application/json'})
                    self.assertEqual(connection.getresponse().status, 200)
                    connection.close()
            finally:
                for process in processes:
                    process.send_signal(signal.SIGTERM)
                said = [process.communicate(timeout=server.HANGS)[1] for process in processes]
            self.assertEqual([p.returncode for p in processes], [0] * 4, said)
            self.assertEqual(sum(text.startswith('Made ') for text in said), 1, said)
            self.assertFalse([text for text in said if text and not text.startswith('Made ')], said)
            self.assertTrue(all(ports), ports)
            with self.serve() as s:
                self.assertEqual([d['note'] for d in s.json('/api/annotations/112/1')], ['of the first'])
            self.assertEqual(sorted(os.listdir(os.path.dirname(self.default()))), ['kalima.db', 'kalima.db-index', 'kalima.db-owner'])
            self.assertEqual(server.run('check', env=self.environment()).returncode, 0)
            shutil.rmtree(os.path.join(self.home, '.local'))


class ImportStarter(Case):
    def test_it_says_what_it_imported(self):
        database = self.path('s.db')
        done = server.run('import', '--starter', '--db', database)
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        words = [w for _, v in VERSES for w in v.words]
        for count, what in ((len(SURAHS), 'surahs'), (len(VERSES), 'verses'), (len(words), 'words'),
                            (sum(len(w.segments) for w in words), 'segments'), (len(VERSES), 'translations of verses'), (0, 'research documents')):
            self.assertRegex(done.stdout, r'(?m)^ +%s  %s' % (format(count, ','), what))
        with server.Server('--db', database) as s:
            self.assertEqual(s.json('/healthz')['verses'], 164)

    def test_it_replaces_as_every_import(self):
        database = server.fixture_database(self.path('s.db'))
        self.assertEqual(server.run('import', '--starter', '--replace', '--db', database).returncode, 0)
        with server.Server('--db', database) as s:
            self.assertEqual(s.json('/healthz')['verses'], 164)
            self.assertEqual(s.log, '')

    def test_one_source(self):
        for args in ((), ('--starter', '--legacy', self.folder)):
            message = self.refused('import', '--db', self.path('s.db'), *args, code=1)
            self.assertIn('--legacy', message)
            self.assertIn('--starter', message)
        self.assertEqual(os.listdir(self.folder), ['home'])

    def test_it_goes_out_and_in_again(self):
        first, second, data = self.path('1.db'), self.path('2.db'), self.path('data')
        for args in (('import', '--starter', '--db', first), ('export', '--legacy', data, '--db', first),
                     ('import', '--legacy', data, '--db', second)):
            done = server.run(*args)
            self.assertEqual(done.returncode, 0, done.stderr)
        with server.Server('--db', first) as s, server.Server('--db', second) as t:
            for path in ('/api/verses?limit=1000', '/api/roots', '/api/morph_patterns'):
                self.assertEqual(s.get(path).body, t.get(path).body, path)


class Browser(Case):
    """A desktop with a fake xdg-open, which writes down how it was started."""

    def setUp(self):
        super().setUp()
        self.tools, self.opened = self.path('tools'), self.path('opened')
        os.mkdir(self.tools)
        self.xdg_open('cat /proc/self/status > "$OPENED.status"', 'ls -l /proc/$$/fd > "$OPENED.files"', 'echo noise', 'echo noise >&2',
                      'printf "%s\\n" "$#" "$@" > "$OPENED.new"', 'mv "$OPENED.new" "$OPENED"')
        self.env = self.environment(PATH=self.tools + os.pathsep + os.environ['PATH'], DISPLAY=':77', OPENED=self.opened)

    def xdg_open(self, *lines):
        path = os.path.join(self.tools, 'xdg-open')
        with open(path, 'w', encoding='utf-8') as f:
            f.write('#!/bin/sh\n' + '\n'.join(lines) + '\n')
        os.chmod(path, 0o755)

    def read(self, suffix=''):
        with open(self.opened + suffix, encoding='utf-8') as f:
            return f.read()

    def children(self, process):
        with open('/proc/%d/task/%d/children' % (process.pid, process.pid), encoding='utf-8') as f:
            return f.read().split()

    def wait_for_no_children(self, process):
        if os.path.exists('/proc/%d/task/%d/children' % (process.pid, process.pid)):
            server.wait_until(lambda: not self.children(process))

    def test_it_is_told_the_address(self):
        with self.serve('--open', env=self.env) as s:
            server.wait_until(lambda: os.path.exists(self.opened))
            self.assertEqual(self.read(), '1\nhttp://127.0.0.1:%d/\n' % s.port)
            self.wait_for_no_children(s.process)
        self.assertNotIn('noise', s.log)
        self.assertNotIn('browser', s.log)

    def test_it_begins_with_nothing_of_the_server_s(self):
        with self.serve('--open', env=self.env):
            server.wait_until(lambda: os.path.exists(self.opened))
        status = dict(line.split(':\t', 1) for line in self.read('.status').splitlines() if ':\t' in line)
        interesting = sum(1 << (n - 1) for n in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE, signal.SIGCHLD))
        self.assertEqual(int(status['SigBlk'], 16) & interesting, 0)
        self.assertEqual(int(status['SigIgn'], 16) & interesting, 0)
        self.assertNotIn('socket:', self.read('.files'))
        self.assertNotIn('kalima.db', self.read('.files'))

    def test_kalima_alone(self):
        process = subprocess.Popen([server.binary()], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding='utf-8',
                                   env=dict(self.env, KALIMA_PORT='0'))
        line = process.stdout.readline()
        try:
            server.wait_until(lambda: os.path.exists(self.opened))
        finally:
            process.send_signal(signal.SIGINT)
            errors = process.communicate(timeout=server.HANGS)[1]
        self.assertEqual(process.returncode, 0, errors)
        address = re.search(r'http://127\.0\.0\.1:\d+/', line)[0]
        self.assertEqual(self.read(), '1\n%s\n' % address)
        self.assertRegex(errors, r'^Made ')

    def test_one_that_hangs_or_fails_does_no_harm(self):
        self.xdg_open('echo $$ > "$OPENED.new"', 'mv "$OPENED.new" "$OPENED"', 'exec sleep 300')
        with self.serve('--open', env=self.env) as s:
            server.wait_until(lambda: os.path.exists(self.opened))
            self.assertTrue(s.healthy())
        # The server has ended; Ctrl-C and its end do not reach what it opened.
        os.kill(int(self.read()), signal.SIGKILL)
        self.xdg_open('exit 3')
        with self.serve('--open', env=self.env) as s:
            self.assertTrue(s.healthy())
            self.wait_for_no_children(s.process)

    def test_on_all_addresses_the_own_one_is_opened(self):
        with self.serve('--open', '--host', '0.0.0.0', '--insecure', env=self.env) as s:
            server.wait_until(lambda: os.path.exists(self.opened))
            self.assertEqual(self.read(), '1\nhttp://127.0.0.1:%d/\n' % s.port)

    def test_a_token_is_not_given_away(self):
        with self.serve('--open', env=dict(self.env, KALIMA_TOKEN='0123456789abcdef')) as s:
            server.wait_until(lambda: os.path.exists(self.opened))
            self.assertEqual(self.read(), '1\nhttp://127.0.0.1:%d/\n' % s.port)

    def test_only_where_there_is_a_desktop(self):
        os.mkdir(self.path('empty'))
        without_display = {name: value for name, value in self.env.items() if name != 'DISPLAY'}
        for env in (without_display, dict(without_display, DISPLAY=''), dict(self.env, PATH=self.path('empty')), dict(self.env, PATH=''),
                    dict(self.env, PATH='tools')):
            with server.Server('--open', env=env, cwd=self.folder) as s:
                self.assertTrue(s.healthy())
            self.assertIn('No desktop found', s.log)
            self.assertFalse(os.path.exists(self.opened))
        with self.serve('--open', env=dict(without_display, WAYLAND_DISPLAY='wayland-0')):
            server.wait_until(lambda: os.path.exists(self.opened))

    def test_not_unless_asked(self):
        with self.serve(env=self.env) as s:
            self.assertTrue(s.healthy())
        self.assertFalse(os.path.exists(self.opened))

    def test_a_port_that_is_taken(self):
        with socket.socket() as taken:
            taken.bind(('127.0.0.1', 0))
            taken.listen()
            port = taken.getsockname()[1]
            message = self.refused(code=2, env=dict(self.env, KALIMA_PORT=str(port)))
        self.assertIn('cannot listen on 127.0.0.1:%d' % port, message)
        self.assertIn('--port', message)
        self.assertFalse(os.path.exists(self.opened))


class Help(Case):
    def test_the_commands_are_shown(self):
        done = server.run('--help', env=self.environment())
        self.assertEqual(done.returncode, 0)
        for command in ('import', 'serve', 'export', 'backup', 'check', 'undo', 'reindex'):
            self.assertRegex(done.stdout, r'(?m)^ +%s ' % command)
        self.assertIn('kalima serve --open', done.stdout)
        self.assertEqual(os.listdir(self.home), [])

    def test_wrong_options_without_a_command_serve_nothing(self):
        self.assertIn('--port', self.refused('--prot', '1', code=1))
        self.assertEqual(os.listdir(self.home), [])


if __name__ == '__main__':
    unittest.main()
