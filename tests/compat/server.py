"""Starts the real program for tests: an import of the fixture folder, a server on a free port, raw and plain requests.

The program is named by KALIMA_BINARY; ctest sets it.
"""
import atexit
import collections
import fcntl
import hashlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# Instrumented programs are slower; times that tests wait for, or measure, are multiplied by this.
TIME_FACTOR = float(os.environ.get('KALIMA_TIME_FACTOR', '1'))
# What takes so long hangs. Far above what a machine needs that does other things too.
HANGS = 300 * TIME_FACTOR

# A shell that starts something in the background has it ignore Ctrl-C, and what it starts would ignore it too.
if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def binary():
    path = os.environ.get('KALIMA_BINARY')
    if not path:
        raise RuntimeError('set KALIMA_BINARY to the program to test, for example build/dev/kalima')
    return os.path.abspath(path)


def environment(**more):
    """The tests' environment without settings of the person who runs them."""
    env = {name: value for name, value in os.environ.items() if not name.startswith('KALIMA_')}
    env.update(more)
    return env


def run(*args, env=None, cwd=None, timeout=0):
    """Runs the program to its end: an object with returncode, stdout, stderr (text). `timeout` may raise the bound of what hangs."""
    return subprocess.run([binary(), *map(str, args)], capture_output=True, encoding='utf-8', env=env or environment(), cwd=cwd,
                          timeout=max(timeout * TIME_FACTOR, HANGS), check=False)


def memory_of(*args):
    """The most memory of the program when it is run to its end, in MiB; fails when the program does."""
    process = subprocess.Popen([binary(), *map(str, args)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment())
    with process.stderr:
        said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError('%s: %s %s' % (args, process.returncode, said))
    return usage.ru_maxrss / 1024


def make_fixture(folder, *surahs):
    """Writes the fixture data folder (tests/fixtures) and returns its path."""
    subprocess.run([sys.executable, os.path.join(ROOT, 'tests', 'fixtures', 'make_folder.py'), folder, *map(str, surahs)],
                   check=True, stdout=subprocess.DEVNULL)
    return folder


def import_folder(folder, database):
    """Imports a data folder; fails when the program does."""
    done = run('import', '--legacy', folder, '--db', database, timeout=300)
    if done.returncode != 0:
        raise RuntimeError('import of %s: %s %s' % (folder, done.returncode, done.stderr))
    return database


def import_once(database, *sources):
    """Imports sources, the options of `kalima import`, into a new database.

    Where KALIMA_TEST_IMPORTS names a folder, one import serves all tests that want the same: they get copies. The folder is for
    one program; tests/run.sh makes one for each run.
    """
    def make(name):
        done = run('import', *sources, '--db', name, timeout=900)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return name

    kept = os.environ.get('KALIMA_TEST_IMPORTS')
    if not kept:
        return make(database)
    os.makedirs(kept, exist_ok=True)
    name = os.path.join(kept, hashlib.sha256(repr(sources).encode()).hexdigest()[:16] + '.db')
    with open(name + '.lock', 'w', encoding='utf-8') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return copy_database(name if os.path.exists(name) else make(name), database)


def copy_database(database, target):
    """A copy of a database that no program has open, with its index."""
    shutil.copyfile(database, target)
    for suffix in ('-wal', '-index'):
        if os.path.isdir(database + suffix):
            shutil.copytree(database + suffix, target + suffix)
        elif os.path.exists(database + suffix):
            shutil.copyfile(database + suffix, target + suffix)
    return target


_once = {}


def fixture_folder():
    """The fixture data folder, made once a process. Not to be changed: copy it."""
    if 'folder' not in _once:
        _once['temporary'] = tempfile.mkdtemp(prefix='kalima-fixture-')
        os.chmod(_once['temporary'], 0o755)  # some tests start the server as another user
        atexit.register(shutil.rmtree, _once['temporary'], ignore_errors=True)
        _once['folder'] = make_fixture(os.path.join(_once['temporary'], 'data'))
    return _once['folder']


def fixture_database(target=None):
    """The import of the fixture folder, made once a process, or a copy of it at `target` to write to.

    Without a target it is not to be changed.
    """
    if 'database' not in _once:
        folder = fixture_folder()
        _once['database'] = import_folder(folder, os.path.join(_once['temporary'], 'quran.db'))
    return _once['database'] if target is None else copy_database(_once['database'], target)


class Workplace:
    """A temporary folder with the fixture data folder in `data` and its import in `database`."""

    def __init__(self, *surahs):
        self.path = tempfile.mkdtemp(prefix='kalima-test-')
        self.data = make_fixture(os.path.join(self.path, 'data'), *surahs)
        self.database = os.path.join(self.path, 'quran.db')
        self.import_data()

    def import_data(self):
        done = run('import', '--replace', '--legacy', self.data, '--db', self.database)
        if done.returncode != 0:
            raise RuntimeError('import: %s %s' % (done.returncode, done.stderr))
        return done

    def serve(self, *args, **more):
        return Server('--db', self.database, *args, **more)

    def close(self):
        shutil.rmtree(self.path, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


Answer = collections.namedtuple('Answer', 'status headers body')


def json_of(answer):
    return json.loads(answer.body)


def error_text(media_type, body):
    """What an error says: {"error": ...} of the old API, or a problem document of /api/v1. It must have one of these forms."""
    value = json.loads(body)
    if not body.endswith(b'\n'):
        raise AssertionError('no line end: %r' % body[-50:])
    if media_type == 'application/problem+json':
        if not {'type', 'title', 'status', 'code', 'detail'} <= set(value):
            raise AssertionError(value)
        return '; '.join(value[name] for name in ('detail', 'cure') if name in value)
    if media_type != 'application/json' or list(value) != ['error'] or not isinstance(value['error'], str) or not value['error']:
        raise AssertionError((media_type, value))
    return value['error']


class Server:
    """`kalima serve` on a free port of 127.0.0.1. stop() ends it by SIGTERM and expects exit code 0.

    What it writes on standard error, sanitizers' reports among it, is in `log` after stop().
    """

    def __init__(self, *args, env=None, cwd=None, log_level='warning', preexec_fn=None, host='127.0.0.1'):
        self.log = ''
        self.host = host
        self._errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen([binary(), 'serve', '--port', '0', '--log-level', log_level, *map(str, args)],
                                        stdout=subprocess.PIPE, stderr=self._errors, encoding='utf-8', env=env or environment(), cwd=cwd,
                                        preexec_fn=preexec_fn)
        # A program that hangs before it prints its line must not hang the tests.
        watchdog = threading.Timer(HANGS, self.process.kill)
        watchdog.start()
        self.line = self.process.stdout.readline()
        watchdog.cancel()
        found = re.search(r' at http://\S*:(\d+)/', self.line)
        if not found:
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()
            raise RuntimeError('the server did not start: %r\n%s' % (self.line, self._read_log()))
        self.port = int(found[1])

    def _read_log(self):
        self._errors.seek(0)
        self.log = self._errors.read().decode('utf-8', 'replace')
        return self.log

    def stop(self, how=signal.SIGTERM):
        """Ends the server; its exit code must be 0, whatever it was asked before."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            code = self.process.wait(HANGS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError('the server does not end:\n' + self._read_log()) from None
        finally:
            self.process.stdout.close()
        log = self._read_log()
        self._errors.close()
        if code != 0:
            raise AssertionError('the server ended with %s:\n%s' % (code, log))

    def kill(self):
        """Ends the server as a loss of the process would, by SIGKILL."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self._read_log()
        self._errors.close()

    def running(self):
        return self.process.poll() is None

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is None:
            if not self._errors.closed:
                self.stop()
            return
        # The test has failed already; what the server said may tell why.
        try:
            if not self._errors.closed:
                self.stop()
        finally:
            print(self.log, file=sys.stderr)

    def connect(self, timeout=300):
        return http.client.HTTPConnection(self.host, self.port, timeout=timeout * TIME_FACTOR)

    def request(self, method, path, body=None, headers=(), connection=None):
        """One request, on a new connection unless one is given."""
        own = connection is None
        connection = connection or self.connect()
        try:
            headers = dict(headers)
            connection.putrequest(method, path, skip_host='Host' in headers, skip_accept_encoding=True)
            if body is not None:
                if not isinstance(body, bytes):
                    body = json.dumps(body, ensure_ascii=False).encode()
                headers.setdefault('Content-Type', 'application/json')
                headers.setdefault('Content-Length', str(len(body)))
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            if own:
                connection.close()

    def get(self, path, **more):
        return self.request('GET', path, **more)

    def post(self, path, body=None, **more):
        return self.request('POST', path, body, **more)

    def put(self, path, body=None, **more):
        return self.request('PUT', path, body, **more)

    def delete(self, path, **more):
        return self.request('DELETE', path, **more)

    def json(self, path, **more):
        """The JSON that a GET answers; it must be there."""
        answer = self.get(path, **more)
        if answer.status != 200:
            raise AssertionError('GET %s: %s %r' % (path, answer.status, answer.body[:200]))
        return json_of(answer)

    def socket(self, timeout=30):
        return socket.create_connection((self.host, self.port), timeout=timeout * TIME_FACTOR)

    def raw(self, data, timeout=30):
        """Sends bytes and returns all that comes until the server closes, or nothing more comes for a while.

        The connection is half closed after the bytes, so that a server that waits for more sees the end.
        """
        with self.socket(timeout) as s:
            try:
                s.sendall(data)
                s.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # refused before it was all sent; the answer may still be there
            return read_all(s)

    def healthy(self):
        answer = self.get('/healthz')
        return answer.status == 200 and json_of(answer).get('status') == 'ok'


def read_all(s):
    out = b''
    try:
        while True:
            part = s.recv(65536)
            if not part:
                return out
            out += part
    except (ConnectionResetError, TimeoutError):
        return out


def split_answers(data):
    """The answers in what raw() gave, as (status, headers with lower-case names, body)."""
    out = []
    while data:
        head, _, rest = data.partition(b'\r\n\r\n')
        lines = head.decode('latin-1').split('\r\n')
        status = int(lines[0].split(' ')[1])
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(':')
            headers[name.strip().lower()] = value.strip()
        length = int(headers.get('content-length', 0))
        if status == 100:
            length = 0
        out.append((status, headers, rest[:length]))
        data = rest[length:]
    return out


def wait_until(condition, seconds=60):
    end = time.monotonic() + seconds * TIME_FACTOR
    while not condition():
        if time.monotonic() > end:
            raise AssertionError('waited in vain')
        time.sleep(0.01)
