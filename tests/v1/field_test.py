"""What people complained of in other programs, each with the outcome that is right: over the surahs that come with the program.

Where each kind is tested, with other inputs than those that were complained of:

    words of the morphology           v1.word_numbers
    highlights                        Searches.test_what_is_highlighted_is_the_word
    more words, fewer hits            v1.search_full: test_more_words_are_found_in_fewer_places
    verses pasted, with numbers       Searches.test_a_verse_with_its_number; v1.search_full: test_every_verse_pasted_is_found
    phrases across verses             v1.search_text: test_a_phrase_goes_on_in_the_next_verse
    words that are joined, particles  v1.search_full: test_joined_words_and_particles_are_told_apart
    totals and pages                  v1.search_text: test_numbers; v1.search_full: test_pages_and_parts_add_up
    restriction, references           v1.search_text: test_order_and_parts, test_references_lead_to_the_verse
    nothing found                     v1.nothing_found
    texts in other spellings          cli.wild_files: Texts; editions.editions
    the morphology's fork             cli.wild_files: Fork
    other files in place of a text    cli.wild_files: Refused
    layouts of files                  cli.public_import: Layouts, Refused; cli.wild_files: Texts
    translations out of order         cli.wild_files: Refused.test_translations; cli.public_import
    a formula that is missing         cli.wild_files: test_a_formula_that_was_replaced_everywhere
    tables of spreadsheets            cli.wild_files: Tables
    empty nodes and their ids         conllu.foreign: EMPTY; conllu.fixture: test_a_word_below_a_hidden_root_becomes_the_root
    forms of words in CoNLL-U         v1.word_numbers: test_conllu_has_the_text_of_each_word; conllu.fixture: odd contents
    what a foreign file says          conllu.foreign: test_a_file_comes_back_as_it_came, test_what_queries_do_not_find_is_said
    words named without segments      conllu.foreign: test_trees_of_words_alone_are_those_of_segments
    heads in another verse            Searches.test_a_head_in_another_verse; v1.reading_full
    verses without a tree             Searches.test_a_verse_without_a_tree_is_said
    exports that others read          conllu.validator, conllu.fixture, conllu.full
    origins, HEAD, 304, gzip          http.browser, http.protocol, http.compression
    hits as a file                    v1.query: Exports; below
    translations                      v1.search_words
    folders, names, HOME              Places; cli.bad_paths; research.disk
    below a path, IPv6                http.base_path; http.service: test_ipv6
    lines, order, groups, lists       Searches, from test_lines_in_logical_order on; v1.statistics
"""
import csv
import http.client
import io
import json
import os
import shutil
import subprocess
import tempfile
import unicodedata
import unittest
import urllib.parse

from tests.cli import public_files
from tests.compat import server
from tests.v1.case import StarterCase


def key(text):
    """The order of letters, without marks: enough for words of the same letters beside each other."""
    return ''.join(c for c in unicodedata.normalize('NFD', text) if not unicodedata.combining(c) and c != 'ـ').replace('ٱ', 'ا')


class Searches(StarterCase):
    def ask(self, route, **query):
        answer = self.server.get('/api/v1/%s?%s' % (route, urllib.parse.urlencode(query)))
        self.assertEqual(answer.status, 200, answer.body[:300])
        return json.loads(answer.body)

    def rows(self, **query):
        answer = self.server.get('/api/v1/query?' + urllib.parse.urlencode(dict(query, format='csv')))
        self.assertEqual(answer.status, 200, answer.body[:300])
        lines = [line for line in answer.body.decode('utf-8-sig').splitlines() if not line.startswith('#')]
        return list(csv.DictReader(io.StringIO('\n'.join(lines))))

    def texts(self):
        verses = []
        for surah in (1, *range(93, 115)):
            verses += self.ask('verses/%d' % surah)['verses']
        return verses

    def test_a_word_that_is_not_there_is_nothing(self):
        # A word without a root, a word that nobody wrote, letters by chance.
        for q in ('يبيسبيسبسيبص', 'قططططط', 'ظظظظ'):
            answer = self.ask('search', q=q)
            self.assertEqual((answer['hits'], answer['results'], [u['word'] for u in answer['unknown']]), (0, [], [q]))
        for q in ('إبراهيم', 'إسماعيل', 'zzz'):
            self.assertEqual(self.ask('roots', q=q)['roots'], [])
        self.assertEqual(self.ask('search', q='إبراهيم')['hits'], 0)

    def test_what_is_highlighted_is_the_word(self):
        # لِلنَّاسِ has its article without the alif.
        for q, wanted in (('الصبر', {'الصبر'}), ('العصر', {'العصر'}), ('الناس', {'الناس', 'لناس'}), ('رب', {'رب'}), ('الله احد', {'الله احد'})):
            answer = self.ask('search', q=q)
            self.assertGreater(answer['hits'], 0, q)
            for result in answer['results']:
                for hit in result['hits']:
                    cut = [result['text'][w['from']:w['to']] for w in hit['words']]
                    self.assertIn(' '.join(map(key, cut)), wanted)
                    for w, part in zip(hit['words'], cut):
                        self.assertFalse(unicodedata.combining(part[0]))
                        after = result['text'][w['to']:w['to'] + 1]
                        self.assertTrue(after in ('', ' '), part)

    def test_a_verse_with_its_number(self):
        for q in ('قل هو الله أحد ١', 'قل هو الله أحد (١)', 'قل هو الله أحد ﴿١﴾', 'قل هو الله أحد 1.', 'قل هو الله أحد ۝١', 'قل هو الله أحد ۱', '(1) قل هو الله أحد',
                  'قل هو الله أحد [1]'):
            answer = self.ask('search', q=q)
            self.assertEqual([(r['surah'], r['ayah']) for r in answer['results']], [(112, 1)], q)
        # Every verse, as it is served.
        for verse in self.texts():
            answer = self.ask('search', q='%s ﴿%s﴾' % (verse['text'], str(verse['ayah']).translate(str.maketrans('0123456789', '٠١٢٣٤٥٦٧٨٩'))))
            self.assertIn((verse['surah'], verse['ayah']), [(r['surah'], r['ayah']) for r in answer['results']])

    def test_a_verse_without_a_tree_is_said(self):
        for verse in ('112:9', '2:255', '1:8', '115:1'):
            self.problem(self.server.get('/api/v1/trees/' + verse), 404, 'not_found')
        folder = tempfile.mkdtemp(prefix='kalima-field-')
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        text, database = os.path.join(folder, 'text.txt'), os.path.join(folder, 'quran.db')
        with open(text, 'w', encoding='utf-8') as f:
            f.write('\n'.join(public_files.numbered()) + '\n')
        self.assertEqual(server.run('import', '--text', text, '--db', database).returncode, 0)
        with server.Server('--db', database) as s:
            self.assertEqual(s.json('/api/v1/trees/112:1')['sentences'], [])
            self.assertEqual(s.get('/api/dependency/112/1').status, 404)

    def test_a_head_in_another_verse(self):
        """A sentence has all of its nodes, whichever of its verses is asked for: no head is missing from the answer."""
        over = set()
        for verse in self.texts():
            for sentence in json.loads(self.server.get('/api/v1/trees/' + verse['verse']).body)['sentences']:
                nodes = {node['id']: node for node in sentence['nodes']}
                self.assertIn(verse['verse'], sentence['verses'])
                for node in sentence['nodes']:
                    if node['head'] is None:
                        continue
                    head = nodes[node['head']]
                    # Each says its verse and word.
                    places = [n['place'].split(':') for n in (node, head) if n['place'] is not None]
                    for place in places:
                        self.assertIn(':'.join(place[:2]), sentence['verses'])
                    if len(places) == 2 and places[0][:2] != places[1][:2]:
                        over.add((node['place'], head['place']))
        # "lord of the Day" belongs to "God" two verses before, "the path" to "the path", "from the evil" to "I seek refuge".
        for pair in (('1:4:1:1', '1:2:2:2'), ('1:7:1:1', '1:6:2:2'), ('113:2:1:1', '113:1:2:1'), ('106:1:1:1', '106:3:1:3')):
            self.assertIn(pair, over)
        self.assertEqual(over, {pair for pair in over if pair[0].split(':')[0] == pair[1].split(':')[0]})

    def test_lines_in_logical_order(self):
        words = [(verse['verse'], number, word) for verse in self.texts() for number, word in enumerate(verse['text'].split(' '), 1)]
        index = {'%s:%d' % (verse, number): i for i, (verse, number, _) in enumerate(words)}
        rows = [row for q in ('[root="Alh"]', '[root="rbb"]', '[word="مِن"]', '[pos="PN"]') for row in self.rows(q=q, context=3)]
        self.assertGreater(len(rows), 40)
        for row in rows:
            at = index[row['start'].rsplit(':', 1)[0]]
            # What is read first comes first, whatever side it is shown on; the context goes on over the ends of verses.
            before, after = (row[side].split(' ') if row[side] else [] for side in ('before', 'after'))
            self.assertEqual(before, [word for _, _, word in words[at - len(before):at]])
            self.assertEqual(row['match'], words[at][2])
            self.assertEqual(after, [word for _, _, word in words[at + 1:at + 1 + len(after)]])
            self.assertLessEqual(len(before + after), 6)

    def test_the_context_is_sorted_from_the_hit_outwards(self):
        for q in ('[pos="N"]', '[pos="V"]', '[root="rbb"]', '[pos="P"]'):
            with self.subTest(q):
                rows = self.rows(q=q, sort='before1.word,before2.word', context=3)
                nearest = [key(row['before'].split(' ')[-1]) for row in rows]
                self.assertEqual(nearest, sorted(nearest))
                for one, other in zip(rows, rows[1:]):
                    a, b = one['before'].split(' '), other['before'].split(' ')
                    if len(a) > 1 and len(b) > 1 and a[-1] == b[-1]:
                        self.assertLessEqual(key(a[-2]), key(b[-2]))
                # Of more words, as of one.
                self.assertEqual(self.rows(q=q, sort='before.word', limit=30)[0]['before'].split(' ')[-1], rows[0]['before'].split(' ')[-1])

    def test_groups_by_size_and_by_name(self):
        for q in ('[pos="N"]', '[pos="V"]', '[root="rbb"]'):
            with self.subTest(q):
                grouping = self.ask('query', q=q, limit=1000, group='before2.lemma')['grouping']
                by_size = [(g['values'], g['hits']) for g in grouping['groups']]
                self.assertEqual(sum(hits for _, hits in by_size), self.ask('query', q=q, limit=0)['hits'])
                self.assertEqual([hits for _, hits in by_size], sorted((hits for _, hits in by_size), reverse=True))
                counted = {}
                for row in self.rows(q=q, columns='lemma', context=5):
                    before = row['before.lemma'].split(' ')
                    name = before[-2] if len(before) > 1 else None
                    counted[name] = counted.get(name, 0) + 1
                self.assertEqual({values[0]: hits for values, hits in by_size if values[0]},
                                 {name: hits for name, hits in counted.items() if name and name != '_'})

    def test_columns_of_a_file_are_those_that_are_shown(self):
        for q, names in (('[root="Alh"]', ('lemma', 'pos', 'gloss')), ('[pos="V"]', ('lemma', 'root', 'pos')),
                         ('[root="rbb"] []', ('pos', 'lemma'))):
            with self.subTest(q):
                asked = dict(q=q, columns=','.join(names), context=2, limit=5)
                shown = self.ask('query', **asked)['results']
                rows = self.rows(**asked)
                self.assertEqual(list(rows[0]), ['start', 'end', 'before', 'match', 'after'] + [
                    '%s.%s' % (place, name) for name in names for place in ('before', 'match', 'after')])
                self.assertEqual(len(shown), len(rows))
                for line, row in zip(shown, rows):
                    self.assertEqual(row['match.lemma'], ' '.join(line['columns']['lemma']['match']))
                    self.assertEqual(row['before.pos'], ' '.join(line['columns']['pos']['before']))

    def test_a_list_of_words(self):
        answer = self.ask('query', q='[]', group='match.plain', limit=1000)
        counted = {}
        for verse in self.texts():
            for word in verse['text'].split(' '):
                plain = key(word)
                counted[plain] = counted.get(plain, 0) + 1
        listed = {g['values'][0]: g['hits'] for g in answer['grouping']['groups']}
        self.assertEqual(sum(listed.values()), sum(counted.values()))
        self.assertEqual(max(listed.values()), max(counted.values()))

    def test_words_and_lemmas_in_one_box(self):
        places = lambda answer: {(r['surah'], r['ayah']) for r in answer['results']}  # noqa: E731
        for word, buckwalter, spellings in (('رب', 'rab~', ('رب', 'رَبّ', 'rabb')), ('يوم', 'yawom', ('يوم', 'يَوْم', 'yawm')),
                                            ('حمد', 'Hamod', ('حمد', 'حَمْد', 'hamd'))):
            with self.subTest(word):
                lemma = places(self.ask('search', q='lemma:' + buckwalter, limit=1000))
                self.assertTrue(lemma)
                for q in spellings:
                    self.assertLessEqual(lemma, places(self.ask('search', q='lemma:' + q, limit=1000)), q)
                self.assertLessEqual(places(self.ask('search', q=word, limit=1000)),
                                     places(self.ask('search', q=word, step='lemma', limit=1000)))
                self.assertIn(buckwalter, [x['buckwalter'] for x in self.ask('search', q=word)['lexemes'][0]['lemmas']])


class Places(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix='kalima-field-')
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def test_names_of_any_letters(self):
        for number, name in enumerate(('مجلد/قرآن #1?.db', "it's 100% \"mine\".db", 'a b/c&d=e.db', '-x.db')):
            with self.subTest(name):
                path = os.path.join(self.folder, name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                done = server.run('import', '--starter', '--db', path)
                self.assertEqual(done.returncode, 0, done.stderr)
                with server.Server('--db', path) as s:
                    self.assertEqual(s.get('/api/v1/verses/112:1').status, 200)
                    self.assertEqual(s.post('/api/annotations/112/1', {'text': 'x'}).status, 200)
                self.assertEqual(server.run('check', '--db', path).returncode, 0)
                copy = os.path.join(self.folder, 'نسخة %d?.db' % number)
                self.assertEqual(server.run('backup', copy, '--db', path).returncode, 0)
                self.assertEqual(server.run('reindex', '--db', copy).returncode, 0)
                self.assertEqual(server.run('check', '--db', copy).returncode, 0)

    @unittest.skipUnless(hasattr(os, 'geteuid') and os.geteuid() == 0 and shutil.which('setpriv'), 'needs root and setpriv')
    def test_a_folder_that_cannot_be_written_is_served(self):
        os.chmod(self.folder, 0o755)
        database = os.path.join(self.folder, 'quran.db')
        self.assertEqual(server.run('import', '--starter', '--db', database).returncode, 0)
        process = subprocess.Popen(['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', server.binary(), 'serve', '--db', database, '--port', '0'],
                                   env=server.environment(HOME='/nonexistent'), stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding='utf-8')
        try:
            line = process.stdout.readline()
            self.assertRegex(line, 'serves 164 verses', process.poll() is not None and process.stderr.read())
            address = line.split(' at ')[1].split(' ')[0].rstrip('/')
            port = int(address.rsplit(':', 1)[1])
            connection = http.client.HTTPConnection('127.0.0.1', port, timeout=30 * server.TIME_FACTOR)
            connection.request('GET', '/api/v1/verses/112:1')
            answer = connection.getresponse()
            answer.read()
            self.assertEqual(answer.status, 200)
            connection.request('POST', '/api/annotations/112/1', '{"text":"x"}', {'Content-Type': 'application/json'})
            answer = connection.getresponse()
            self.assertEqual(answer.status, 503, answer.read())
            answer.read()
            connection.close()
        finally:
            process.terminate()
            process.communicate(timeout=server.HANGS)

    @unittest.skipIf(os.name == 'nt', 'Windows has another variable')
    def test_without_a_home_the_message_says_what_to_do(self):
        env = server.environment()
        for name in ('HOME', 'XDG_DATA_HOME'):
            env.pop(name, None)
        for command in ((), ('serve', '--port', '0'), ('check',), ('query', '[]'), ('import', '--starter')):
            done = server.run(*command, env=env)
            self.assertEqual((done.returncode, done.stdout), (1, ''), command)
            self.assertIn('--db FILE', done.stderr)


if __name__ == '__main__':
    unittest.main()
