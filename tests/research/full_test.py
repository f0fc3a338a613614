"""The whole corpus, if available: the old server's recorded writes, alone and by many at once, and what they must not touch.

Looks for golden/ and legacy-data/ in the folder that KALIMA_SHARED names, by default ../shared next to the repository.
Without them the tests are skipped, with exit code 77, and say why.
"""
import copy
import csv
import filecmp
import json
import os
import re
import shutil
import sys
import tempfile
import unittest

from tests.compat import replay, server
from tests.research.support import SHARED, SKIPPED, place_of, run_threads, verses_in

READS = os.path.join(SHARED, 'golden', 'reads.jsonl')
SCENARIOS = os.path.join(SHARED, 'golden', 'scenarios.jsonl')
DATA = os.path.join(SHARED, 'legacy-data')

# Where each recorded scenario writes, and verses without research data where it may be played as well.
PLACES = {'annotations': ((3, 7), [(2, 257), (18, 10), (36, 5), (114, 1)]), 'hypotheses': ((4, 1), [(2, 256), (18, 11), (36, 6), (113, 2)]),
          'pronouns': ((1, 7), [(2, 3), (2, 4), (2, 5), (2, 6)]), 'connections': ((5, 3), [(2, 258), (18, 13), (36, 8), (111, 1)]),
          'translations': ((112, 1), [(2, 259), (18, 14), (36, 9), (110, 1)])}


def scenarios():
    out = {}
    for entry in replay.read_recordings(SCENARIOS):
        out.setdefault(entry['scenario'], []).append(entry)
    return out


def touched_places():
    """Every verse that a recorded write names."""
    out = set()
    for entry in replay.read_recordings(SCENARIOS):
        found = re.match(r'/api/(?:annotations/(\d+)/(\d+)|(?:hypotheses|pronouns|connections|translations)/(\d+):(\d+))', entry['path'])
        if entry['method'] != 'GET' and found and entry['status'] == 200:
            numbers = [int(x) for x in found.groups() if x]
            out.add(tuple(numbers))
    return out


def masked_verses(value, places):
    if isinstance(value, list):
        return [masked_verses(x, places) for x in value]
    if isinstance(value, dict):
        if {'surah', 'ayah', 'tokens'} <= set(value) and isinstance(value['surah'], dict) and place_of(value) in places:
            return 'verse %d:%d' % place_of(value)
        return {k: masked_verses(v, places) for k, v in value.items()}
    return value


class Full(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix='kalima-full-')
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.imported = server.import_folder(DATA, os.path.join(cls.folder, 'imported.db'))
        cls.static = os.path.join(cls.folder, 'static')
        os.mkdir(cls.static)
        with open(os.path.join(cls.static, 'index.html'), 'w', encoding='utf-8') as f:
            f.write('<!doctype html>\n')
        cls.copies = 0

    def fresh(self):
        """A server over a copy of the import."""
        type(self).copies += 1
        database = server.copy_database(self.imported, os.path.join(self.folder, 'copy-%d.db' % self.copies))
        # What is done between two requests of a connection may take longer than the server waits by default.
        started = server.Server('--db', database, '--static', self.static, '--client-seconds', 600)
        self.addCleanup(self.end, started, database)
        started.database = database
        return started

    @staticmethod
    def end(started, database):
        if started.running():
            started.stop()
        for suffix in ('', '-wal', '-shm'):
            if os.path.exists(database + suffix):
                os.remove(database + suffix)
        shutil.rmtree(database + '-index', ignore_errors=True)

    def send(self, started, entry, connection):
        body = entry.get('body')
        answer = started.request(entry['method'], entry['path'], None if body is None else json.dumps(body, ensure_ascii=False).encode(),
                                 connection=connection)
        return answer.status, answer.headers.get('Content-Type', ''), answer.body

    def no_difference(self, entry, answer):
        what = replay.difference(entry, *answer)
        if what:
            self.fail(replay.describe(entry, what))

    def test_scenarios_and_then_the_untouched_rest(self):
        started = self.fresh()
        connection = started.connect(timeout=120)
        reads = replay.read_recordings(READS)
        before = []
        for entry in reads:
            before.append(self.send(started, entry, connection))
            self.no_difference(entry, before[-1])
        for entries in scenarios().values():
            for entry in entries:
                self.no_difference(entry, self.send(started, entry, connection))
        places = touched_places()
        self.assertEqual(len(places), 5)
        lists = re.compile(r'/api/(?:annotations/(\d+)/(\d+)|(?:hypotheses|pronouns|connections|translations)/0*(\d+)(?::|%3[Aa])0*(\d+)$)')
        same = verses = registry = 0
        for entry, then in zip(reads, before):
            now = self.send(started, entry, connection)
            if now == then:
                same += 1
                continue
            path = entry['path'].split('?')[0]
            self.assertEqual(now[:2], then[:2], path)
            found = lists.match(path)
            if found:
                self.assertIn(tuple(int(x) for x in found.groups() if x), places, path)
                verses += 1
                continue
            if path in ('/api/tags', '/api/patterns', '/api/stats'):
                registry += 1
                continue
            # Only the touched verses differ in it, and it holds one.
            was, is_now = json.loads(then[2]), json.loads(now[2])
            self.assertTrue({place_of(v) for v in verses_in(is_now)} & places, path)
            self.assertEqual(masked_verses(is_now, places), masked_verses(was, places), path)
            for verse_was, verse in zip(verses_in(was), verses_in(is_now)):
                for key in {*verse_was, *verse} - {'annotations', 'connections', 'pronoun_references', 'structure_hypotheses', 'translations'}:
                    self.assertEqual(verse[key], verse_was[key], path)
            verses += 1
        connection.close()
        print('%d answers are the same bytes, %d show a verse that was written to, %d a registry' % (same, verses, registry), flush=True)
        self.assertGreater(same, len(reads) * 0.6)
        self.assertGreater(verses, 3)
        started.stop()
        done = server.run('check', '--db', started.database, timeout=300)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    # --- the same scenarios by several clients ---

    def played(self, scenario, number, pronoun=None):
        """A scenario's entries, rewritten for the client of this number: another verse, other names."""
        entries = copy.deepcopy(scenarios()[scenario])
        if scenario not in PLACES:
            for entry in entries:
                entry['path'] = entry['path'].replace('new-tag', 'new-tag-%d' % number).replace('/%D9%88', '/%s%%D9%%88' % number)
                entry['path'] = entry['path'].replace('/px', '/px-%d' % number)
                if entry.get('body', {}).get('id') == 'px':
                    entry['body']['id'] = 'px-%d' % number
            return entries
        (surah, ayah), places = PLACES[scenario]
        for entry in entries:
            for separator in ':/':
                there = '%d%s%d' % (surah, separator, ayah)
                entry['path'] = re.sub(r'/%s(?=/|$)' % there, '/%d%s%d' % (places[number][0], separator, places[number][1]), entry['path'])
            if pronoun and entry.get('body', {}).get('pronoun_id') == '3:3.2':
                entry['body']['pronoun_id'] = pronoun['pronoun_id']
        return entries

    def view(self, scenario, number, entry, answer):
        """What of an answer this client alone decides."""
        status, media, body = answer
        value = replay.masked(json.loads(body))
        path = entry['path']
        if path == '/api/stats':
            value = sorted(value)
        elif scenario == 'tags' and path == '/api/tags':
            value['tags'] = {k: v for k, v in value['tags'].items() if not re.match(r'new-tag-|\d', k) or k.startswith(('new-tag-%d' % number, str(number)))}
            value = value['tags']
        elif scenario == 'patterns':
            if path == '/api/patterns' and entry['method'] == 'GET':
                value = {k: v for k, v in value.items() if not re.match(r'px-|pattern-[3-9]', k) or k == 'px-%d' % number}
            elif 'id' in value and value['id'].startswith('pattern-'):
                value['id'] = 'pattern-'
        return status, media.split(';')[0], value

    def pronoun_of(self, started, scenario, number):
        if scenario != 'pronouns':
            return None
        pronouns = started.json('/api/pronouns/%d:%d' % PLACES['pronouns'][1][number])['pronouns']
        self.assertTrue(pronouns)
        return pronouns[0]

    def test_each_scenario_by_four_clients_at_once(self):
        plays, alone = {}, {}
        for number in range(4):
            started = self.fresh()  # each client's answers when it is alone
            connection = started.connect()
            for scenario in scenarios():
                entries = self.played(scenario, number, self.pronoun_of(started, scenario, number))
                plays[scenario, number] = entries
                alone[scenario, number] = [self.view(scenario, number, e, self.send(started, e, connection)) for e in entries]
            connection.close()
            started.stop()
        # Those are the recorded answers, where they do not show the verse itself.
        compared = 0
        for scenario, entries in scenarios().items():
            for number in range(4):
                for entry, got in zip(entries, alone[scenario, number]):
                    self.assertEqual(got[0], entry['status'])
                    if scenario in PLACES and not entry['path'].startswith(('/api/verse/', '/api/pronouns/', '/api/stats')) and scenario != 'pronouns':
                        self.assertEqual(got[2], replay.masked(json.loads(entry['text'])), entry['id'])
                        compared += 1
        self.assertGreater(compared, 100)
        # All at once: every scenario by four clients, one scenario after the other, then everything together.
        for groups in ([[(s, n) for n in range(4)] for s in scenarios()], [list(plays)]):
            started = self.fresh()
            answers = {}

            def client(key, started=started, answers=answers):
                connection = started.connect()
                answers[key] = [self.view(*key, e, self.send(started, e, connection)) for e in plays[key]]
                connection.close()

            for group in groups:
                self.assertEqual(run_threads(*[lambda key=key: client(key) for key in group]), [])
            for key in plays:
                for entry, got, want in zip(plays[key], answers[key], alone[key]):
                    self.assertEqual(got, want, '%s, client %d' % (entry['id'], key[1]))
            # One pattern of each client stays. Its number is one more than the patterns there were, and those called px-N came and went in between.
            made = {e for e in started.json('/api/patterns') if e.startswith('pattern-')}
            self.assertEqual(len(made), 5, made)
            self.assertLessEqual(made, {'pattern-%d' % i for i in (1, *range(3, 11))})
            started.stop()

    # --- import and export ---

    def test_export_gives_the_folder_back(self):
        out = os.path.join(self.folder, 'out')
        done = server.run('export', '--legacy', out, '--db', self.imported, timeout=300)
        self.assertEqual(done.returncode, 0, done.stderr)
        for name in ('datasets/corpus/quran.jsonl', 'datasets/corpus/tags.json', 'datasets/corpus/metadata.json'):
            self.assertTrue(filecmp.cmp(os.path.join(DATA, name), os.path.join(out, name), shallow=False), name)
        for name, encoding, delimiter in (('datasets/masaq/MASAQ.csv', 'utf-8-sig', ','), ('datasets/quranic/Quranic/Quranic.csv', 'utf-16', '\t')):
            with open(os.path.join(DATA, name), encoding=encoding, newline='') as a, open(os.path.join(out, name), encoding=encoding, newline='') as b:
                rows = 0
                ours, theirs = csv.reader(a, delimiter=delimiter), csv.reader(b, delimiter=delimiter)
                for row, other in zip(ours, theirs):
                    rows += 1
                    if row != other:
                        self.fail('row %d of %s: %s, in the export %s' % (rows, name, row, other))
                self.assertEqual((list(ours), list(theirs)), ([], []))
                self.assertGreater(rows, 100000)
        for part in ('notes', os.path.join('datasets', 'resources')):
            names = sorted(os.path.relpath(os.path.join(p, n), DATA) for p, _, ns in os.walk(os.path.join(DATA, part)) for n in ns)
            self.assertTrue(names)
            for name in names:
                self.assertTrue(filecmp.cmp(os.path.join(DATA, name), os.path.join(out, name), shallow=False), name)

    def test_a_write_costs_a_reader_nothing_but_the_time_of_its_verse(self):
        """A page of fifty verses with one written to is the page of before with that verse changed."""
        started = self.fresh()
        before = started.json('/api/verses?start=1000&limit=50')
        surah, ayah = place_of(before['verses'][25])
        self.assertEqual(started.post('/api/connections/%d:%d' % (surah, ayah), {'x': 1}).status, 200)
        after = started.json('/api/verses?start=1000&limit=50')
        expected = copy.deepcopy(before)
        expected['verses'][25]['connections'] = {'x': 1}
        self.assertEqual(after, expected)
        started.stop()


if __name__ == '__main__':
    missing = [path for path in (READS, SCENARIOS, DATA) if not os.path.exists(path)]
    if missing:
        print('SKIPPED: writing over the whole corpus needs the old server\'s data and recorded answers; there is no %s '
              '(KALIMA_SHARED may name another folder)' % ' and no '.join(missing))
        sys.exit(SKIPPED)
    unittest.main()
