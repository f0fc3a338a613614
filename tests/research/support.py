"""What the tests of research data share: a served copy of the fixture, views of answers, writers that count what they did."""
import json
import os
import random
import re
import shutil
import sqlite3
import tempfile
import threading
import unittest

from tests.compat import server

SHARED = os.environ.get('KALIMA_SHARED') or os.path.join(os.path.dirname(server.ROOT), 'shared')
SKIPPED = 77

ISO_TIME = re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}')

# The verses of the fixture: (surah, ayah).
VERSES = [(surah, ayah) for surah, ayahs in ((1, 7), (112, 4), (113, 5), (114, 6)) for ayah in range(1, ayahs + 1)]


def seconds(default):
    """How long a test of endurance runs: KALIMA_TEST_SECONDS, or the default."""
    return float(os.environ.get('KALIMA_TEST_SECONDS') or default)


def query(database, sql):
    """The rows that a statement gives, from a database that may be served at the same time."""
    connection = sqlite3.connect('file:%s?mode=ro' % database, uri=True)
    # A damaged one may hold bytes that are not UTF-8.
    connection.text_factory = lambda text: text.decode('utf-8', 'surrogateescape')
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


class Folder(unittest.TestCase):
    """A temporary folder for each test, gone afterwards."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix='kalima-research-')
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def kalima(self, *args, code=0, **more):
        """Runs the program to its end and expects an exit code."""
        done = server.run(*args, **more)
        self.assertEqual(done.returncode, code, 'kalima %s: %s%s' % (' '.join(map(str, args)), done.stdout, done.stderr))
        return done


class Served(Folder):
    """A served copy of the fixture's import for each test."""

    options = ()

    def setUp(self):
        super().setUp()
        self.database = self.make_database()
        self.server = self.serve(*self.options)

    def make_database(self):
        return server.fixture_database(self.path('quran.db'))

    def serve(self, *args, **more):
        """Another server over the same database, ended (with exit code 0) after the test at the latest."""
        started = server.Server('--db', self.database, *args, **more)
        self.addCleanup(stop_if_running, started)
        return started

    def restart(self, *args, **more):
        """Ends the server and starts another over the same database."""
        self.assertTrue(self.server.healthy())
        self.server.stop()
        self.server = self.serve(*args, **more)

    def ok(self, answer, status=200):
        """The JSON of an answer that must have this status."""
        self.assertEqual(answer.status, status, answer.body[:300])
        self.assertEqual(answer.headers['Content-Type'], 'application/json')
        self.assertTrue(answer.body.endswith(b'\n'), answer.body[-50:])
        return server.json_of(answer)

    def error(self, answer, status, message=None):
        """An answer that says what is wrong, as JSON."""
        self.assertEqual(answer.status, status, answer.body[:300])
        text = server.error_text(answer.headers['Content-Type'], answer.body)
        if message is not None:
            self.assertEqual(text, message)
        return text

    def get(self, path, **more):
        return self.ok(self.server.get(path, **more))

    def post(self, path, body=None, status=200, **more):
        return self.ok(self.server.post(path, body, **more), status)

    def put(self, path, body=None, status=200, **more):
        return self.ok(self.server.put(path, body, **more), status)

    def delete(self, path, status=200, **more):
        return self.ok(self.server.delete(path, **more), status)

    def verse_bytes(self, surah, ayah):
        answer = self.server.get('/api/verse/%d/%d' % (surah, ayah))
        self.assertEqual(answer.status, 200)
        return answer.body

    def history(self, reference='', **query):
        text = '&'.join('%s=%s' % item for item in query.items())
        return self.get('/api/v1/history' + ('/' + reference if reference else '') + ('?' + text if text else ''))['history']


def stop_if_running(started):
    if started.running():
        started.stop()
    elif not started.log:
        started.process.stdout.close()


def sorted_json(value):
    """As the old server prints a value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(',', ':'))


class Pairs(list):
    """An object whose keys' order counts."""


def exact(text):
    """JSON in which the order of keys and the text of numbers count when compared."""
    return json.loads(text, object_pairs_hook=lambda pairs: Pairs(pairs), parse_int=lambda t: ('number', t),
                      parse_float=lambda t: ('number', t))


def is_verse(value):
    return isinstance(value, dict) and {'surah', 'ayah', 'text', 'tokens'} <= set(value)


def verses_in(value):
    """Every whole verse in an answer."""
    if is_verse(value):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from verses_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from verses_in(item)


def place_of(verse):
    return verse['surah']['number'], verse['ayah']


def all_paths(verses=VERSES):
    """A GET of everything that shows research data."""
    paths = ['/api/verses?limit=10000', '/api/stats', '/api/tags', '/api/patterns', '/api/surahs']
    for surah, ayah in verses:
        paths += ['/api/verse/%d/%d' % (surah, ayah), '/api/annotations/%d/%d' % (surah, ayah)]
        paths += ['/api/%s/%d:%d' % (kind, surah, ayah) for kind in ('hypotheses', 'translations', 'connections', 'pronouns')]
    return paths


def all_answers(started, paths=None):
    """path -> (status, body) of everything that shows research data."""
    connection = started.connect()
    out = {}
    for path in paths or all_paths():
        answer = started.get(path, connection=connection)
        out[path] = (answer.status, answer.body)
    connection.close()
    return out


class Writer:
    """One client that writes its own documents and records the answers.

    For each of the things that it writes, `sure` is the last state that the server has acknowledged, and `open` the
    one that was sent and not answered (None when all were). After a crash the database must show one of the two.
    A document says in itself whether it is whole: `fill` is as long as `length` says.
    """

    def __init__(self, name, started, verses, seed=0):
        self.name, self.server, self.verses = name, started, verses
        self.random = random.Random('%s %s' % (name, seed))
        self.number = 0
        self.connection = None
        self.annotations = {}         # verse -> ids in order
        self.hypotheses = {}          # (verse, id) -> state
        self.pronouns = {}            # (verse, id) -> True
        self.translations = {}        # verse -> generation, for the verses whose list is this writer's
        self.tag = None               # counter
        self.connections = {}         # verse -> counter
        self.open = None              # (what, key, state)
        self.writes = 0

    def document(self, **more):
        length = self.random.choice((0, 7, 300, 5000))
        return dict(writer=self.name, number=self.number, length=length, fill='x' * length, **more)

    def send(self, method, path, body):
        if self.connection is None:
            self.connection = self.server.connect()
        answer = self.server.request(method, path, body, connection=self.connection)
        if answer.status != 200:
            raise AssertionError('%s %s: %s %r' % (method, path, answer.status, answer.body[:200]))
        return server.json_of(answer)

    def write(self, what=None):
        """One write; raises when it is not answered with 200."""
        self.number += 1
        verse = self.random.choice(self.verses)
        what = what or self.random.choice(('annotation', 'annotation', 'pronoun', 'hypothesis', 'translations', 'tag', 'connections'))
        getattr(self, 'write_' + what)(verse)
        self.open = None
        self.writes += 1

    def write_annotation(self, verse):
        name = 'a-%s-%d' % (self.name, self.number)
        self.open = ('annotation', verse, name)
        self.send('POST', '/api/annotations/%d/%d' % verse, self.document(id=name))
        self.annotations.setdefault(verse, []).append(name)

    def write_pronoun(self, verse):
        name = 'p-%s-%d' % (self.name, self.number)
        self.open = ('pronoun', verse, name)
        self.send('POST', '/api/pronouns/%d:%d' % verse, {'id': name, 'referent': 'r-' + name, 'note': name})
        self.pronouns[verse, name] = True

    def write_hypothesis(self, verse):
        mine = [key for key in self.hypotheses if key[0] == verse]
        if not mine or self.random.random() < 0.3:
            name = 'h-%s-%d' % (self.name, self.number)
            self.open = ('hypothesis', (verse, name), self.number)
            self.send('POST', '/api/hypotheses/%d:%d' % verse, {'id': name, 'hypothesis': str(self.number)})
            self.hypotheses[verse, name] = self.number
            return
        key = self.random.choice(mine)
        if self.random.random() < 0.3:
            self.open = ('hypothesis', key, None)
            self.send('DELETE', '/api/hypotheses/%d:%d/%s' % (*verse, key[1]), None)
            del self.hypotheses[key]
        else:
            self.open = ('hypothesis', key, self.number)
            self.send('PUT', '/api/hypotheses/%d:%d/%s' % (*verse, key[1]), {'hypothesis': str(self.number)})
            self.hypotheses[key] = self.number

    def write_translations(self, _):
        verse = self.verses[0]
        self.open = ('translations', verse, self.number)
        documents = [self.document(id='t-%s-%d' % (self.name, i), part=i) for i in range(3)]
        self.send('PUT', '/api/translations/%d:%d' % verse, documents)
        self.translations[verse] = self.number

    def write_tag(self, _):
        self.open = ('tag', None, self.number)
        self.send('PUT', '/api/tags/t-' + self.name, self.document())
        self.tag = self.number

    def write_connections(self, _):
        verse = self.verses[0]
        self.open = ('connections', verse, self.number)
        self.send('POST', '/api/connections/%d:%d' % verse, self.document(internal=[], external=[]))
        self.connections[verse] = self.number

    def problems(self, state):
        """What of the acknowledged writes `state` (see read_state) does not show, or shows too much of."""
        found = []
        kind, key, value = self.open or (None, None, None)

        def say(text, *args):
            found.append('writer %s: %s (open: %r)' % (self.name, text % args, self.open))

        for verse in self.verses:
            shown = [d['id'] for d in state['annotations', verse] if d.get('writer') == self.name]
            sure = self.annotations.get(verse, [])
            if shown == sure + [value] and kind == 'annotation' and key == verse:
                self.annotations[verse] = shown  # it was committed before the end
            elif shown != sure:
                say('annotations of %s: %s, expected %s', verse, shown, sure)
            prefix = 'p-%s-' % self.name
            references = [d['id'] for d in state['pronoun_references', verse] if str(d.get('id')).startswith(prefix)]
            pairs = [d['id'] for d in state['structure_hypotheses', verse] if str(d.get('id')).startswith(prefix)]
            if references != pairs:
                say('half of a pronoun on %s: references %s, hypotheses %s', verse, references, pairs)
            expected = [name for v, name in self.pronouns if v == verse]
            if references == expected + [value] and kind == 'pronoun' and key == verse:
                self.pronouns[verse, value] = True
            elif references != expected:
                say('pronouns of %s: %s, expected %s', verse, references, expected)
            shown = {d['id']: d['hypothesis'] for d in state['structure_hypotheses', verse]
                     if str(d.get('id')).startswith('h-%s-' % self.name)}
            expected = {name: str(n) for (v, name), n in self.hypotheses.items() if v == verse}
            if shown != expected and kind == 'hypothesis' and key[0] == verse:
                after = dict(expected)
                if value is None:
                    after.pop(key[1], None)
                else:
                    after[key[1]] = str(value)
                if shown == after:
                    expected = after
                    if value is None:
                        self.hypotheses.pop(key, None)
                    else:
                        self.hypotheses[key] = value
            if shown != expected:
                say('hypotheses of %s: %s, expected %s', verse, shown, expected)
        for what, mine in (('translations', self.translations), ('connections', self.connections)):
            for verse in {*mine, *([key] if kind == what else [])}:
                documents = [d for d in state[what, verse] if d.get('writer') == self.name]
                numbers = {d['number'] for d in documents}
                allowed = [{mine[verse]} if verse in mine else set()]
                if kind == what and key == verse:
                    allowed.append({value})
                if numbers not in allowed or len(documents) not in ((0, 3) if what == 'translations' else (0, 1)):
                    say('%s of %s: %s, expected %s', what, verse, documents, allowed)
                elif numbers:
                    mine[verse] = numbers.pop()
        shown = state['tags'].get('t-' + self.name, {}).get('number')
        if shown == value and kind == 'tag':
            self.tag = shown
        elif shown != self.tag:
            say('tag: %s, expected %s', shown, self.tag)
        self.open = None
        return found


def whole(document):
    """False for a document of a Writer that is cut or mixed up."""
    return 'length' not in document or document['fill'] == 'x' * document['length']


def read_state(started):
    """All research documents by (kind, verse), and the tags; raises when one is not whole."""
    verses = started.json('/api/verses?limit=10000')['verses']
    state = {'tags': started.json('/api/tags')['tags']}
    for verse in verses:
        for kind in ('annotations', 'pronoun_references', 'structure_hypotheses', 'translations'):
            state[kind, place_of(verse)] = verse.get(kind, [])
        state['connections', place_of(verse)] = [verse['connections']] if 'connections' in verse else []
    for key, documents in state.items():
        for document in documents.values() if key == 'tags' else documents:
            if not whole(document):
                raise AssertionError('a document is not whole: %r' % document)
    return state


def run_threads(*works):
    """Runs callables at the same time; the exceptions that they raised."""
    failed = []

    def guarded(work):
        try:
            work()
        except BaseException as e:  # noqa: B902 (handed on to the test)
            failed.append(e)

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed
