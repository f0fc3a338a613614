"""GET /api/v1/statistics/… over the surahs that come with the program: formats, pages, refusals, and the table of measures."""
import csv
import io
import json
import unittest

from tests.statistics import formulas
from tests.statistics.case import Statistics, address
from tests.v1.case import StarterCase

ASKED = (('frequencies', {'by': 'lemma,pos'}), ('table', {'by': 'pos,surah_place'}), ('collocations', {'q': '[pos="N"]', 'min': 1}),
         ('keyness', {'q': '<surah n="1"/>', 'unit': 'segment', 'min': 0}), ('spread', {'q': '[pos="V"]', 'parts': 'page'}),
         ('ngrams', {'attribute': 'pos', 'maximal': 'yes', 'max_n': 4}), ('skipgrams', {'attribute': 'pos'}), ('similar', {'min': 40}),
         ('rhymes', {'min': 1}), ('letters', {}), ('alike', {'kind': 'sounds', 'attribute': 'word'}), ('shifts', {}), ('network', {'min': 2}))


class StatisticsRoutes(Statistics, StarterCase):
    def refused(self, statistic, parameter, detail, cure='', **parameters):
        problem = self.problem(self.server.get(address(statistic, **parameters)), 400, 'bad_input', parameter=parameter)
        self.assertIn(detail, problem['detail'])
        self.assertIn(cure, problem.get('cure', ''))

    def test_measures_are_those_of_the_formulas(self):
        measures = self.server.json('/api/v1/statistics/measures')
        for kind, known in (('collocations', formulas.ASSOCIATIONS), ('keyness', formulas.KEYNESS), ('spread', formulas.SPREAD)):
            self.assertEqual([m['name'] for m in measures[kind]], list(known))
            self.assertTrue(all(m['label'] and m['formula'] and m['source'] for m in measures[kind]))

    def test_known_values(self):
        """Of UCS' table of 100 pairs: f=1, f1=15334, f2=2, N=191998; and three of Sketch Engine's logDice."""
        pair = 1, 15334, 2, 191998
        self.assertAlmostEqual(formulas.t_score(*pair), 0.840269, 6)
        self.assertAlmostEqual(formulas.log_likelihood(*pair), 2.448757, 6)
        self.assertAlmostEqual(formulas.simple_ll(*pair), 1.987992, 6)
        self.assertAlmostEqual(formulas.dice(*pair), 1.304e-4, 7)
        self.assertAlmostEqual(formulas.z_score(*pair), 2.102442, 6)
        for counts, value in (((8, 389, 230), 8.726204), ((300, 300, 300), 14), ((3, 3000, 3000), 4.034216)):
            self.assertAlmostEqual(formulas.log_dice(*counts, 1000000), value, 6)

    def test_formats_have_the_rows_of_json(self):
        for statistic, parameters in ASKED:
            with self.subTest(statistic):
                answer = self.ask(statistic, limit=10000, **parameters)
                self.assertGreater(len(answer['rows']), 5)
                columns = answer['keys'] + [name for name in answer['rows'][0] if name != 'values']
                wanted = [[v or '' for v in row['values']] + [row[name] for name in columns[len(answer['keys']):]]
                          for row in answer['rows']]
                text = self.server.get(address(statistic, format='csv', **parameters)).body.decode('utf-8-sig')
                table = list(csv.reader(io.StringIO(text)))
                comments = [row[0] for row in table if row[0].startswith('# ')]
                self.assertTrue(any(line.startswith('# scope: 714 words') for line in comments), comments)
                header, *rows = table[len(comments):]
                self.assertEqual(header, columns)
                self.assertEqual(len(rows), len(wanted))
                for row, right in zip(rows, wanted):
                    for cell, value in zip(row, right):
                        if isinstance(value, (int, float)):
                            self.assertEqual(float(cell), value)
                        else:
                            self.assertEqual(cell.lstrip("'"), (value or '').lstrip("'"))
                heading, *objects = map(json.loads, self.server.get(address(statistic, format='jsonl', **parameters)).body.splitlines())
                self.assertEqual(heading['total'], answer['total'])
                self.assertEqual([list(o) for o in objects[:1]], [columns])
                self.assertEqual([[v if v is not None else ('' if i < len(answer['keys']) else None) for i, v in enumerate(o.values())]
                                  for o in objects], wanted)
                tsv = self.server.get(address(statistic, format='tsv', limit=3, **parameters)).body.decode()
                self.assertEqual(len([line for line in tsv.splitlines() if not line.startswith('#')]), 4)

    def test_pages(self):
        for statistic, parameters in ASKED:
            whole = self.ask(statistic, limit=10000, **parameters)
            page = self.ask(statistic, limit=4, offset=3, **parameters)
            self.assertEqual(page['rows'], whole['rows'][3:7], statistic)
            self.assertEqual((page['rows_total'], page['offset'], page['limit']), (len(whole['rows']), 3, 4))
            self.assertEqual(self.ask(statistic, offset=10**9, **parameters)['rows'], [])

    def test_every_sort(self):
        document = self.server.json('/api/v1/openapi.json')
        for statistic, parameters in ASKED:
            operation = document['paths']['/api/v1/statistics/' + statistic]['get']
            for sort in next((p['schema']['enum'] for p in operation['parameters'] if p['name'] == 'sort'), ()):
                rows = self.ask(statistic, limit=10000, sort=sort, **parameters)['rows']
                if sort in rows[0]:
                    numbers = [row[sort] for row in rows if row[sort] is not None]
                    self.assertEqual(numbers, sorted(numbers, reverse=sort != 'p_value'), (statistic, sort))

    def test_refusals(self):
        self.refused('frequencies', 'by', "attribute 'lema' not found", 'lemma', by='match.lema')
        self.refused('frequencies', 'by', 'more than 3 keys', by='pos,pos,pos,pos')
        self.refused('frequencies', 'by', "place 'a' not found", by='a.lemma')
        self.refused('frequencies', 'q', 'expected', q='[pos="N')
        self.refused('frequencies', 'within', '', within='<surah n=')
        self.refused('frequencies', 'sort', '', sort='log_dice')
        self.refused('table', 'by', 'a table needs 2 keys', by='lemma')
        self.refused('table', 'by', '')
        self.refused('collocations', 'q', '')
        self.refused('collocations', 'attribute', "attribute 'rot' not found", 'root', q='[]', attribute='rot')
        self.refused('collocations', 'attribute', 'not an attribute of segments', 'count words', q='[]', attribute='word', unit='segment')
        self.refused('collocations', 'left', '', q='[]', left=51)
        self.refused('collocations', 'relation', 'expression is wrong', q='[]', relation='(Subj')
        self.refused('keyness', 'against', 'expected', q='[]', against='[pos="N')
        self.refused('spread', 'order', 'order of revelation', 'surah', q='[]', parts='page', order='revelation')
        self.refused('spread', 'parts', '', q='[]', parts='chapter')
        self.refused('ngrams', 'max_n', 'less than', min_n=3, max_n=2)
        self.refused('ngrams', 'max_n', '', max_n=21)
        self.refused('similar/112:1', 'attribute', "attribute 'rot' not found", 'root', attribute='rot')
        self.problem(self.server.get(address('similar/2:300')), 404, 'not_found', parameter='verse')
        # What would change nothing.
        for name, value in (('left', 3), ('right', 3), ('convention', 'hits'), ('unit', 'segment')):
            self.refused('collocations', name, 'has no effect on the edges of a relation', 'relation', q='[]', relation='Subj', **{name: value})
        self.refused('collocations', 'ends', 'without a relation', 'add relation', q='[]', ends='heads')
        self.refused('collocations', 'sort', 'no sides', q='{pos="V"}', relation='Subj', sort='left')
        self.refused('keyness', 'within', 'no words', '<verse/>', q='[]', within='<verse>')

    def test_empty(self):
        nothing = '[root="كتكت"]'
        self.assertEqual(self.ask('frequencies', q=nothing)['rows'], [])
        self.assertEqual(self.ask('table', q=nothing, by='pos,lemma')['chi_squared'], 0)
        self.assertEqual(self.ask('collocations', q=nothing)['rows'], [])
        self.assertEqual(self.ask('collocations', q='[pos="N"]', left=0, right=0)['rows'], [])
        self.assertEqual(self.ask('keyness', q=nothing)['rows'], [])
        self.assertEqual(self.ask('keyness', q='[]')['other_total'], 0)
        spread = self.ask('spread', q=nothing)
        self.assertEqual((spread['range'], spread['dp'], spread['arf']), (0, None, None))
        spread = self.ask('spread', q='[]', within=nothing)
        self.assertEqual((spread['range'], spread['dp'], spread['dp_norm']), (None, None, None))
        # Nothing to compare with is said.
        self.assertIn('against: it has no other words in the text that is searched', self.ask('keyness', q='[pos="N"]', against=nothing)['notes'])
        self.assertTrue(any(n.startswith('against: root: ') for n in self.ask('keyness', q='[pos="N"]', against=nothing)['notes']))
        self.assertIn('the query takes all words', self.ask('keyness', q='[]')['notes'][0])
        self.assertIn("relation: 'Nonsense' does not occur in the text that is searched",
                      self.ask('collocations', q='[pos="V"]', relation='Nonsense')['notes'])
        # Tags alone are empty hits, also at the end of the text.
        for query in ('<verse>', '</verse>', '</surah>'):
            for statistic in ('frequencies', 'collocations', 'keyness', 'spread'):
                self.ask(statistic, q=query, limit=3)

    def test_places_without_words(self):
        """A tag alone is a place: no word is taken for it, and the words around it are those of its verse."""
        place = 'hits without words: places where something begins or ends'
        first = self.ask('collocations', q='<verse>', left=1, right=1, min=1, attribute='n', limit=10000)
        self.assertEqual([(row['values'], row['together'], row['left']) for row in first['rows']], [(['1'], 164, 0)])
        last = self.ask('collocations', q='</verse>', left=1, right=1, min=1, attribute='verse_n', limit=10000)
        self.assertEqual(sum(row['left'] for row in last['rows']), 164)
        self.assertEqual(sum(row['right'] for row in last['rows']), 0)
        for query in ('<verse>', '</verse>'):
            for statistic in ('keyness', 'ngrams'):
                answer = self.ask(statistic, q=query)
                self.assertEqual((answer['rows'], self.left_out(answer)[place]), ([], 164), statistic)
        # Where it ends, not after that.
        spread = self.ask('spread', q='</surah>')
        self.assertEqual({row['hits'] for row in spread['rows']}, {1})
        self.assertIn('rows have no query: its hits are places between words', spread['notes'])

    def test_time_runs_out(self):
        answer = self.ask('frequencies', q='[]{1,60}', by='match.word,after.word,before.word', timeout_ms=1)
        self.assertTrue(answer['partial'])


if __name__ == '__main__':
    unittest.main()
