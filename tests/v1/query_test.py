"""GET and POST /api/v1/query over the surahs that come with the program: parameters, refusals, streams, exports, queries without hits;
and GET /api/v1/suggest."""
import csv
import io
import json
import socket
import time
import unicodedata
import unittest
import urllib.parse

from tests.compat import server
from tests.v1.case import StarterCase


def address(**parameters):
    return '/api/v1/query?' + urllib.parse.urlencode(parameters)


class Query(StarterCase):
    def ask(self, **parameters):
        return self.server.json(address(**parameters))

    def refused(self, parameter, detail, cure='', column=None, **parameters):
        problem = self.problem(self.server.get(address(**parameters)), 400, 'bad_input', parameter=parameter)
        self.assertIn(detail, problem['detail'])
        self.assertIn(cure, problem.get('cure', ''))
        if column is not None:
            self.assertEqual((problem['line'], problem['column']), (1, column), problem)

    def test_post_is_the_same(self):
        parameters = {'q': 'a:[pos="N"] b:[pos="N"]', 'sort': '-b.lemma,before', 'columns': 'lemma,pos', 'limit': 7, 'context': 2}
        got = self.ask(**parameters)
        answer = self.server.post('/api/v1/query', parameters)
        self.assertEqual(answer.status, 200, answer.body[:300])
        posted = server.json_of(answer)
        for answer in (got, posted):
            del answer['ms']
        self.assertEqual(posted, got)
        long = 'x' * 60000
        posted = server.json_of(self.server.post('/api/v1/query', {'q': '[pos="N"] #' + long, 'limit': 0, 'sensitive': False}))
        self.assertEqual(posted['hits'], self.ask(q='[pos="N"]')['hits'])
        self.assertIsNone(posted['permalink'])

    def test_post_is_checked(self):
        post = lambda body: self.server.post('/api/v1/query', body)
        self.problem(post({}), 400, 'bad_input', parameter='q')
        self.problem(post([]), 400, 'bad_input')
        self.problem(post({'q': '[]', 'limt': 1}), 400, 'bad_input', parameter='limt')
        self.problem(post({'q': '[]', 'limit': 'many'}), 400, 'bad_input', parameter='limit')
        self.problem(post({'q': '[]', 'sort': {}}), 400, 'bad_input', parameter='sort')
        self.problem(self.server.post('/api/v1/query?q=%5B%5D', {'q': '[]'}), 400, 'bad_input', parameter='q')
        self.problem(self.server.request('POST', '/api/v1/query', b'{', {'Content-Type': 'application/json'}), 400, 'bad_input')
        self.problem(self.server.request('POST', '/api/v1/query', b'q=x', {'Content-Type': 'application/x-www-form-urlencoded'}),
                     415, 'unsupported_type')

    def test_keys_are_refused_with_their_place(self):
        self.refused('sort', "attribute 'lema' not found", 'lemma', 18, q='[]', sort='match.pos,-match.lema')
        self.refused('sort', "key 'befor' not found", 'before', 1, q='[]', sort='befor')
        self.refused('sort', "place 'b' not found", 'match', 1, q='a:[]', sort='b.lemma')
        self.refused('sort', 'a key is missing', '', 7, q='[]', sort='lemma,,pos')
        self.refused('sort', 'more than 8 keys', q='[]', sort=','.join(['pos'] * 9))
        self.refused('group', 'more than 3 keys', q='[]', group='pos,pos,pos,pos')
        self.refused('group', "key '-pos' not found", q='[]', group='-pos')
        self.refused('columns', "attribute 'rot' not found", 'root', 7, q='[]', columns='lemma,rot')
        self.refused('columns', 'named twice', q='[]', columns='pos,tag')
        self.refused('sample', 'not over a sample', q='[]', group='pos', sample=5)
        self.refused('q', 'expected', column=6, q='[pos="N')
        self.refused('within', '', q='[]', within='<surah n=')
        self.refused('within', "'nothing'", q='[]', within='<surah nothing="2"/>')
        self.refused('q', "'nothing'", column=2, q='[nothing="2"]', within='verse')

    def test_what_would_change_nothing_is_refused(self):
        for name, value in (('sort', 'lemma'), ('columns', 'lemma'), ('context', '3')):
            self.refused(name, 'an answer with groups', q='[]', group='pos', **{name: value})
        self.refused('seed', 'a sample', q='[]', seed=4)
        self.refused('explain', 'JSON', q='[]', explain='yes', format='csv')
        self.problem(self.server.get('/api/v1/attributes?limit=5'), 400, 'bad_input', parameter='limit')
        self.problem(self.server.get('/api/v1/verses/1:1?layers=words,words'), 400, 'bad_input', parameter='layers')

    def test_members_of_a_body(self):
        post = lambda body: self.server.request('POST', '/api/v1/query', body, {'Content-Type': 'application/json'})
        problem = self.problem(post(b'{"q":"[]","q":"{}","limit":0}'), 400, 'bad_input')
        self.assertIn('"q" is given twice', problem['detail'])
        self.problem(post(b'{"q":["[]"]}'), 400, 'bad_input', parameter='q')
        self.problem(post(b'{"q":"[]","columns":["lemma"]}'), 400, 'bad_input', parameter='columns')

    def test_marks_come_in_any_order(self):
        # As the text has it, and as keyboards, browsers and files of macOS have it.
        for query, hits in (('[word="ٱللَّ.*"]', 11), ('[segment="ٱللَّ.*"]', 11), ('[lemma="ٱللَّه.*"]', 11), ('[plain="ال[رم].*"]', None)):
            counts = {self.ask(q=form, limit=0)['hits'] for form in
                      (query, unicodedata.normalize('NFC', query), unicodedata.normalize('NFD', query), query.replace('\u0651\u064e', '\u064e\u0651'),
                       query.replace('\u064e\u0651', '\u0651\u064e'))}
            self.assertEqual(len(counts), 1, (query, counts))
            self.assertGreater(counts.pop(), 0, query)

    def test_values_by_other_names(self):
        rahma = self.ask(q='[root="رحم"]', limit=0)['hits']
        for root in ('ر ح م', 'رحـم', 'r-H-m', 'r-h-m', 'ر-ح-م'):
            answer = self.ask(q='[root="%s"]' % root, limit=0)
            self.assertEqual(answer['hits'], rahma, root)
            self.assertTrue(any('رحم' in note for note in answer['notes']), answer['notes'])
        alah = self.ask(q='[root="اله"]', limit=0)['hits']
        self.assertGreater(alah, 0)
        for root in ('أله', '>lh', 'Alh', 'ءله'):
            self.assertEqual(self.ask(q='[root="%s"]' % root, limit=0)['hits'], alah, root)
        notes = self.ask(q='[root="rhm"]', limit=0)['notes']
        self.assertTrue(any("'rhm' does not occur" in note and 'rHm' in note for note in notes), notes)
        for lemma, stored in (('الله', 'ٱللَّه'), ('قال', 'قَالَ')):
            answer = self.ask(q='[lemma="%s"]' % lemma, limit=0)
            self.assertEqual(answer['hits'], self.ask(q='[lemma="%s"]' % stored, limit=0)['hits'])
            self.assertEqual([s['value'] for s in answer['steps']], [lemma])
            self.assertEqual(self.ask(q='[lemma=="%s"]' % lemma, limit=0)['hits'], 0)
        for name in ('الفاتحة', 'al-Fatiha', 'Fatiha', 'al-fātiḥa', 'فاتحة'):
            self.assertEqual(self.ask(q='<surah name="%s"/>' % name, limit=0)['hits'], 1, name)
        notes = self.ask(q='<surah name="al-Fatihah-x"/>', limit=0)['notes']
        self.assertTrue(any('does not occur' in note for note in notes), notes)
        self.assertEqual(self.ask(q='<verse n="in[1,2]"/>', limit=0)['hits'], self.ask(q='<verse n=in[1,2]/>', limit=0)['hits'])

    def test_contains_is_about_parts(self):
        for query, cure in (('[plain contains "ال"]', 'plain=".*ال.*"'), ('[root not contains "رح"]', 'root=".*رح.*"'),
                            ('[lemma matches "x"]', 'lemma="x"'), ('{clitic contains "w:.*"}', 'clitic="w:.*"')):
            self.refused('q', 'have no parts', cure, q=query)

    def test_what_is_copied_with_a_query(self):
        wanted = self.ask(q='[pos="V"] [pos="N"]', limit=0)['hits']
        for sign in '\u00a0\u2003\u200b\u200f\u202b\ufeff':
            for query in ('[pos="V"]%s[pos="N"]', '%s[pos="V"] [pos%s="N"]', '[pos="V%s"] [pos="N"]'):
                if '="V%' in query and sign in '\u00a0\u2003':
                    continue
                self.assertEqual(self.ask(q=query.replace('%s', sign), limit=0)['hits'], wanted, (query, hex(ord(sign))))
        self.refused('q', 'U+201C', 'straight quotes', 6, q='[pos=“V”]')
        self.assertEqual(self.ask(q='"الله" %c', limit=0)['hits'], self.ask(q='"الله"%c', limit=0)['hits'])
        self.assertEqual(self.ask(q='[word="الله" %c]', limit=0)['hits'], self.ask(q='[word="الله"%c]', limit=0)['hits'])

    def test_within(self):
        all_words = self.ask(q='[]', limit=0)['hits']
        first = self.ask(q='[]', within='<surah n="1"/>', limit=0)
        self.assertEqual(first['hits'], 29)
        self.assertEqual(first['query'], '[]')
        self.assertEqual(self.ask(q='[]', within='verse', limit=0)['hits'], all_words)
        self.assertEqual(self.ask(q='[]', within='<surah n="1"/> | <surah n="112"/>', limit=0)['hits'],
                         29 + self.ask(q='[] within <surah n="112"/>')['hits'])
        self.assertEqual(self.ask(q='(?longest) []+ :: distance(a,a) = 0'.split(' ::')[0], within='<verse n="1"/>', limit=0)['hits'],
                         self.ask(q='<verse n="1"/>', limit=0)['hits'])

    def test_a_region_after_a_negation(self):
        for words in ('!within', '!containing', 'containing', '!overlap'):
            q = '[pos="N"] %s verse' % words
            answer = self.server.get('/api/v1/query?' + urllib.parse.urlencode({'q': q}))
            problem = json.loads(answer.body)
            self.assertEqual((answer.status, problem['column']), (400, q.index('verse') + 1), problem)
            self.assertIn('write <verse/>', problem['detail'] + problem.get('cure', ''))

    def test_permalink(self):
        answer = self.ask(q='[root="رحم"]', sort='before', limit=2)
        corpus = self.server.json('/api/v1/corpus')['hash']
        self.assertTrue(answer['permalink'].endswith('&corpus=' + corpus), answer['permalink'])
        again = self.server.json(answer['permalink'])
        self.assertEqual(again['results'], answer['results'])
        self.assertEqual(again['permalink'], answer['permalink'])
        other = self.server.json(answer['permalink'].replace(corpus, 'another'))
        self.assertTrue(any('another' in note for note in other['notes']), other['notes'])

    def test_a_long_answer_is_streamed(self):
        short = self.ask(q='[]', limit=1000, context=0)
        answer = self.server.get(address(q='[]', limit=100000, context=1))
        self.assertNotIn('Content-Length', answer.headers)
        whole = json.loads(answer.body)
        self.assertTrue(answer.body.endswith(b'\n'))
        self.assertEqual((len(whole['results']), whole['partial']), (whole['hits'], False))
        self.assertEqual([r['start'] for r in whole['results'][:1000]], [r['start'] for r in short['results']])
        # More than is kept at once: the query is run again for each part.
        pairs = 'a:[] []{0,60} b:[]'
        answer = self.ask(q=pairs, limit=100000, context=0, sort='-b.word,a.word')
        self.assertEqual(len(answer['results']), min(answer['hits'], 100000))
        self.assertGreater(answer['hits'], 10000)
        names = [json.dumps(r) for r in answer['results']]
        self.assertEqual(len(set(names)), len(names))
        parts = [r for offset in range(0, 12000, 4000)
                 for r in self.ask(q=pairs, limit=4000, offset=offset, context=0, sort='-b.word,a.word')['results']]
        self.assertEqual(parts, answer['results'][:12000])

    def test_explain(self):
        answer = self.ask(q='[pos="N" & case="GEN"] [] within verse', explain='yes', limit=0)
        explained = answer['explain']
        self.assertIn('query:', explained['plan'])
        self.assertEqual([c['clause'] for c in explained['clauses']], ['[pos="N"]', '[case="GEN"]', 'within verse'])
        self.assertEqual(explained['clauses'][0]['hits'], self.ask(q='[pos="N"]', limit=0)['hits'])
        self.assertIsNone(explained['clauses'][2]['hits'])
        self.assertIn('search', [s['stage'] for s in explained['stages']])
        self.assertNotIn('explain', self.ask(q='[]', limit=0))

    def test_no_hits(self):
        answer = self.ask(q='[root="رحم" & pos="V"] [pos="N"] within <surah n="112"/>')
        self.assertEqual(answer['hits'], 0)
        nearest = answer['relaxed']['nearest']
        self.assertTrue(nearest)
        counts = [n['hits'] for n in nearest]
        self.assertEqual(counts, sorted(counts))
        self.assertEqual(len({len(n['left_out']) for n in nearest}), 1)
        for near in nearest:
            self.assertEqual(self.ask(q=near['query'], limit=0)['hits'], near['hits'], near)
            self.assertGreater(near['hits'], 0)
        answer = self.ask(q='[root="كتكت"] [pos="N"]')
        self.assertEqual(answer['relaxed']['failing'], ['[root="كتكت"]'])
        self.assertEqual([n['left_out'] for n in answer['relaxed']['nearest']], [['[root="كتكت"]']])
        answer = self.ask(q='a:[pos="N"] b:[pos="N"] :: a.root = b.root & a.case = "NOM" & b.case != "NOM" & b.case != "GEN" & b.case != "ACC"')
        self.assertEqual(answer['hits'], 0)
        self.assertTrue(answer['relaxed']['nearest'])
        self.assertNotIn('relaxed', self.ask(q='[]', limit=0))


class Exports(StarterCase):
    QUERY = 'a:[pos="N"] b:[pos="ADJ"]'

    def export(self, **parameters):
        answer = self.server.get(address(**parameters))
        self.assertEqual(answer.status, 200, answer.body[:300])
        return answer

    def hits(self, **parameters):
        return self.server.json(address(limit=100000, **parameters))

    def test_csv(self):
        more = {'sort': '-a.lemma', 'columns': 'lemma', 'context': 3}
        answer = self.export(q=self.QUERY, format='csv', **more)
        self.assertEqual(answer.headers['Content-Type'], 'text/csv; charset=utf-8; header=present')
        self.assertIn('kalima-query.csv', answer.headers['Content-Disposition'])
        text = answer.body.decode('utf-8-sig')
        self.assertTrue(answer.body.startswith(b'\xef\xbb\xbf'))
        lines = text.split('\r\n')
        self.assertEqual(lines[0], '# query: ' + self.QUERY)
        corpus = self.server.json('/api/v1/corpus')['hash']
        self.assertIn('# corpus: ' + corpus, lines)
        self.assertTrue(any(line.startswith('# date: 20') for line in lines))
        rows = list(csv.reader(io.StringIO('\r\n'.join(l for l in lines if not l.startswith('#')))))
        self.assertEqual(rows[0], ['start', 'end', 'before', 'match', 'after', 'a', 'b', 'before.lemma', 'match.lemma', 'after.lemma'])
        results = self.hits(q=self.QUERY, **more)['results']
        self.assertGreater(len(results), 3)
        self.assertEqual(len(rows) - 1, len(results))
        for row, result in zip(rows[1:], results):
            self.assertEqual(row[:5], [result['start'], result['end']] + [' '.join(result[p]) for p in ('before', 'match', 'after')])
            self.assertEqual(row[5:7], result['match'])
            self.assertEqual(row[8], ' '.join(v or '_' for v in result['columns']['lemma']['match']))

    def test_tsv(self):
        lines = self.export(q=self.QUERY, format='tsv').body.decode().split('\n')
        rows = [line.split('\t') for line in lines if line and not line.startswith('#')]
        self.assertEqual(len(rows) - 1, self.hits(q=self.QUERY)['hits'])
        self.assertEqual({len(row) for row in rows}, {7})

    def test_no_formula(self):
        # A query over lines must not become cells, and no cell begins like a formula.
        for format_ in ('csv', 'tsv'):
            text = self.export(q='=+"@'.replace('=+"@', '[]') + '\n#=1+1', format=format_, columns='clitic,gloss').body.decode('utf-8-sig')
            for line in text.splitlines():
                cells = next(csv.reader([line], delimiter=',' if format_ == 'csv' else '\t')) if not line.startswith('#') else [line]
                for cell in cells:
                    self.assertNotIn(cell[:1], ('=', '+', '-', '@', '\t', '\r'), line)

    def test_jsonl(self):
        lines = self.export(q=self.QUERY, format='jsonl', context=2).body.decode().splitlines()
        heading, *rest = map(json.loads, lines)
        self.assertEqual(heading['query'], self.QUERY)
        self.assertEqual((heading['hits'], heading['partial']), (len(rest), False))
        self.assertEqual(rest, self.hits(q=self.QUERY, context=2)['results'])

    def test_the_query_of_a_file_can_be_run_again(self):
        query = '[pos="V"]\n# c "x"\n& [pos="V" & aspect="PERF"]'
        line = self.export(q=query, format='csv').body.decode('utf-8-sig').splitlines()[0]
        self.assertTrue(line.startswith('# query: '), line)
        self.assertEqual(self.hits(q=line[len('# query: '):])['hits'], self.hits(q=query)['hits'])
        self.assertNotEqual(self.hits(q='[pos="V"]')['hits'], self.hits(q=query)['hits'])
        lines = self.export(q='[root="رحم"]', format='conllu', columns='plain').body.decode().splitlines()
        self.assertEqual(lines[0], '# query = [root="رحم"]')
        matched = [line.split('\t')[9].split('|') for line in lines if 'Match=Yes' in line]
        self.assertTrue(any(part.startswith('plain=') for misc in matched for part in misc), matched)

    def test_conllu(self):
        answer = self.export(q=self.QUERY, format='conllu', context=2)
        text = answer.body.decode()
        sentences = [s for s in text.split('\n\n') if s.strip()]
        results = self.hits(q=self.QUERY, context=2)['results']
        self.assertEqual(len(sentences), len(results))
        for sentence, result in zip(sentences, results):
            lines = [line.split('\t') for line in sentence.split('\n') if line and not line.startswith('#')]
            self.assertEqual({len(line) for line in lines}, {10})
            words = [line for line in lines if '-' not in line[0]]
            self.assertEqual([line[0] for line in words], [str(i + 1) for i in range(len(words))])
            self.assertEqual([line[6] for line in words], ['0'] + ['1'] * (len(words) - 1))
            matched = [dict(m.split('=', 1) for m in line[9].split('|'))['Ref'] for line in words if 'Match=Yes' in line[9]]
            self.assertEqual((matched[0], matched[-1]), (result['start'], result['end']))
            text = unicodedata.normalize('NFC', ' '.join(result['before'] + result['match'] + result['after']))
            self.assertIn('# text = ' + text, sentence.split('\n'))

    def test_groups(self):
        grouping = self.server.json(address(q='[]', group='match.lemma,before.pos', limit=100000))['grouping']
        lines = self.export(q='[]', group='match.lemma,before.pos', format='csv').body.decode('utf-8-sig').split('\r\n')
        rows = list(csv.reader(line for line in lines if not line.startswith('#') and line))
        self.assertEqual(rows[0], ['match.lemma', 'before.pos', 'hits', 'verses', 'share', 'query'])
        self.assertEqual([r[:4] for r in rows[1:]],
                         [[v or '' for v in g['values']] + [str(g['hits']), str(g['verses'])] for g in grouping['groups']])
        self.assertEqual(len(rows) - 1, grouping['total'])
        objects = list(map(json.loads, self.export(q='[]', group='match.pos', format='jsonl').body.decode().splitlines()))
        self.assertEqual(objects[1]['values'], {'match.pos': objects[1]['values']['match.pos']})
        self.problem(self.server.get(address(q='[]', group='match.pos', format='conllu')), 400, 'bad_input', parameter='format')

    def test_limit(self):
        lines = self.export(q='[]', format='jsonl', limit=3, offset=2).body.decode().splitlines()
        self.assertEqual([json.loads(line)['start'] for line in lines[1:]],
                         [r['start'] for r in self.server.json(address(q='[]', limit=3, offset=2))['results']])

    def test_a_slow_reader_holds_no_worker(self):
        slow = []
        try:
            # More than there are workers; each has read nothing of an answer of many megabytes.
            for _ in range(24):
                s = self.server.socket()
                s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                target = address(q='[] []{0,40} []', format='jsonl', context=50)
                s.sendall(('GET %s HTTP/1.1\r\nHost: x.localhost\r\n\r\n' % target).replace('x.localhost', '127.0.0.1').encode())
                slow.append(s)
            self.assertTrue(all(s.recv(12) == b'HTTP/1.1 200' for s in slow))
            began = time.monotonic()
            self.assertEqual(self.server.json(address(q='[root="رحم"]', limit=1))['partial'], False)
            self.assertLess(time.monotonic() - began, 5 * server.TIME_FACTOR)
        finally:
            for s in slow:
                s.close()


class Suggest(StarterCase):
    def suggest(self, q, **more):
        return self.server.json('/api/v1/suggest?' + urllib.parse.urlencode({'q': q, **more}))

    def texts(self, q, kind=None, **more):
        return [s['text'] for s in self.suggest(q, **more)['suggestions'] if kind in (None, s['kind'])]

    def test_attributes(self):
        answer = self.suggest('[le')
        self.assertEqual((answer['expects'], answer['from']), ('attribute', 1))
        self.assertEqual(answer['suggestions'][0]['insert'], 'lemma')
        self.assertIn('lemma', self.texts('[pos="N" & lem'))
        self.assertIn('pos', self.texts('{part of'.replace(' of', '')))
        self.assertEqual(self.texts('a:[] b:[] :: a.roo')[0], 'root')
        self.assertIn('a', self.texts('a:[] b:[] :: ', kind='label', limit=100))
        corrected = self.suggest('[lmema')['suggestions']
        self.assertEqual([(s['text'], s['corrected']) for s in corrected], [('lemma', True)])

    def test_values(self):
        answer = self.suggest('[pos="')
        self.assertEqual((answer['expects'], answer['attribute'], answer['from']), ('value', 'pos', 6))
        counts = [s['words'] for s in answer['suggestions']]
        self.assertEqual(counts, sorted(counts, reverse=True))
        for one in answer['suggestions'][:3]:
            hits = self.server.json(address(q='[pos="%s"]' % one['text'], limit=0))['words']
            self.assertEqual(hits, one['words'], one)
        self.assertIn('V', self.texts('[pos="ver'))
        self.assertIn('V', self.texts('', attribute='pos', limit=100))
        self.assertIn('GEN', self.texts('gen', attribute='case'))
        self.assertEqual(self.texts('[root="rHm'), ['رحم'])
        self.assertEqual(self.texts("[root='رح")[0], 'رحم')
        self.assertIn('رحم', self.texts('[root="رحن'))
        self.assertEqual(self.suggest('<surah name="الفات')['suggestions'][0]['text'], 'الفاتحة')
        self.problem(self.server.get('/api/v1/suggest?attribute=lema'), 400, 'bad_input', parameter='attribute')

    def test_trees(self):
        for text in ('[pos="V"] -S', '[pos="V"] -', '[pos="V"] -"S', '[pos="V"] <-S', '_ -S', 'pattern { X -[', 'pattern { X -[S'):
            answer = self.suggest(text, limit=20)
            self.assertEqual((answer['expects'], answer['attribute'], answer['from']), ('value', 'relation', len(text.rstrip('S'))), text)
            self.assertIn('Subj', [s['insert'] for s in answer['suggestions']], text)
        self.assertIn('upos', self.texts('pattern { X [u'))
        self.assertEqual(self.suggest('pattern { X')['suggestions'], [])
        for text in ('[pos="V" ', '[pos="V" le', 'a:[] :: a.pos = "V" '):
            self.assertEqual((self.suggest(text)['expects'], self.texts(text)), ('nothing', []), text)
        self.assertIn('lemma', self.texts('[pos="V" & le'))

    def test_surahs_in_latin_letters(self):
        for typed in ('al-fat', 'Fati', 'al-Fātiḥa'):
            answer = self.suggest(typed)
            found, = [s for s in answer['suggestions'] if s['kind'] == 'surah']
            self.assertEqual((answer['from'], found['text'], found['insert']), (0, 'الفاتحة', '<surah name="الفاتحة"/>'), typed)

    def test_words_in_any_spelling(self):
        for typed in ('الصراط', 'ٱلصِّرَٰطَ', 'الصرا'):
            words = self.suggest(typed)['suggestions']
            self.assertTrue(any(s['kind'] == 'word' and unicodedata.normalize('NFC', s['text']) == unicodedata.normalize('NFC', 'ٱلصِّرَٰطَ') for s in words), typed)
        for one in self.suggest('الرحمن')['suggestions']:
            self.assertGreater(self.server.json(address(q=one['insert'], limit=0))['hits'], 0, one)
        self.assertIn('الفاتحة', self.texts('الفاتحة', kind='surah'))

    def test_places(self):
        self.assertEqual(self.suggest('[] within ver')['suggestions'][0]['insert'], 'verse')
        self.assertEqual(self.suggest('<su')['expects'], 'region')
        self.assertIn('place', self.texts('<surah pl'))
        self.assertEqual(self.suggest('[] # com')['expects'], 'nothing')
        self.assertEqual(self.suggest('[nonsense="x')['expects'], 'nothing')
        for text in ('', '[', '[[[', '"', '<', '::', '{(', 'a:', "b'", '\\', '[pos="\\', '(?=', 'x' * 5000, '"' + 'ا' * 3000):
            self.suggest(text)


if __name__ == '__main__':
    unittest.main()
