"""Exports as a stream of Apache Arrow, of statistics, of the lines and groups of queries, over HTTP and on the command line: the rows of
the JSON answers with their types. They are read here (arrow_stream.py), and by pyarrow where it can be fetched; the test says if not.
"""
import io
import subprocess
import unittest
import urllib.parse

from tests.compat import server
from tests.statistics import arrow_stream
from tests.statistics.arrow_stream import NUMBER, TEXT, WHOLE, Stream
from tests.statistics.case import Statistics, address
from tests.v1.case import StarterCase
from tests.v1.statistics_test import ASKED

TYPE = 'application/vnd.apache.arrow.stream'
NOTHING = '[root="كتكت"]'
BATCH = 4096  # rows


def rounded(rows):
    """JSON has 12 digits."""
    return [[float('%.12g' % value) if isinstance(value, float) else value for value in row] for row in rows]


def query_address(**parameters):
    return '/api/v1/query?' + urllib.parse.urlencode(parameters)


class Arrow(Statistics, StarterCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pyarrow = arrow_stream.pyarrow()
        if cls.pyarrow is None:
            print('%s cannot be had: streams are read by tests/statistics/arrow_stream.py alone' % arrow_stream.PYARROW, flush=True)

    def read(self, data):
        stream = Stream(data)
        self.assertTrue(all(0 < rows <= BATCH for rows in stream.batches), stream.batches)
        if self.pyarrow is not None:
            table = self.pyarrow.ipc.open_stream(io.BytesIO(data)).read_all()
            table.validate(full=True)
            kinds = {self.pyarrow.utf8(): TEXT, self.pyarrow.int64(): WHOLE, self.pyarrow.float64(): NUMBER}
            self.assertEqual(table.column_names, stream.names)
            self.assertEqual([kinds[kind] for kind in table.schema.types], stream.types)
            self.assertEqual({k.decode(): v.decode() for k, v in table.schema.metadata.items()}, stream.about)
            self.assertEqual([list(row) for row in zip(*(column.to_pylist() for column in table.columns))], stream.rows)
        return stream

    def export(self, target):
        answer = self.server.get(target + '&timeout_ms=10000')
        self.assertEqual((answer.status, answer.headers['Content-Type']), (200, TYPE), answer.body[:300])
        self.assertRegex(answer.headers['Content-Disposition'], r'filename="kalima-(query|statistics)\.arrows"')
        stream = self.read(answer.body)
        self.assertEqual(stream.about['partial'], 'no')
        return stream

    def test_statistics(self):
        for statistic, parameters in ASKED:
            with self.subTest(statistic):
                answer = self.ask(statistic, limit=10000, **parameters)
                stream = self.export(address(statistic, format='arrow', **parameters))
                columns = [name for name in answer['rows'][0] if name not in ('values', 'query')]
                self.assertEqual(stream.names, answer['keys'] + columns + ['query'])
                self.assertEqual(rounded(stream.rows), [row['values'] + [row[name] for name in columns] + [row['query']] for row in answer['rows']])
                for name, kind in zip(stream.names, stream.types):
                    values = [row[name] for row in answer['rows'] if row.get(name) is not None]
                    if any(isinstance(value, float) for value in values):
                        self.assertEqual(kind, NUMBER, name)
                    elif name in columns:
                        self.assertIn(kind, (WHOLE, NUMBER), name)
                    else:
                        self.assertEqual(kind, TEXT, name)
                self.assertEqual((stream.about['total'], stream.about['unit']), (str(answer['total']), answer['unit']))

    def test_missing_values(self):
        answer = self.ask('frequencies', by='root', missing='yes', limit=10000)
        stream = self.export(address('frequencies', by='root', missing='yes', format='arrow'))
        self.assertEqual([row[0] for row in stream.rows], [row['values'][0] for row in answer['rows']])
        self.assertIn(None, [row[0] for row in stream.rows])
        self.assertIn('رحم', [row[0] for row in stream.rows])

    def test_lines(self):
        query = 'a:[pos="N"] b:[pos="ADJ"]?'
        results = self.server.json(query_address(q=query, columns='lemma', context=2, limit=100000))['results']
        stream = self.export(query_address(q=query, columns='lemma', context=2, format='arrow'))
        self.assertEqual(stream.names, ['start', 'end', 'before', 'match', 'after', 'a', 'b', 'before.lemma', 'match.lemma', 'after.lemma'])
        self.assertEqual(set(stream.types), {TEXT})
        self.assertEqual([row[:5] for row in stream.rows],
                         [[r['start'], r['end']] + [' '.join(r[part]) for part in ('before', 'match', 'after')] for r in results])
        self.assertEqual([row[6] is None for row in stream.rows], [len(r['match']) == 1 for r in results])
        self.assertEqual([row[8] for row in stream.rows], [' '.join(v or '_' for v in r['columns']['lemma']['match']) for r in results])
        corpus = self.server.json('/api/v1/corpus')['hash']
        self.assertEqual((stream.about['query'], stream.about['hits'], stream.about['corpus']), (query, str(len(results)), corpus))

    def test_groups(self):
        grouping = self.server.json(query_address(q='[]', group='match.lemma,before.pos', limit=100000))['grouping']
        stream = self.export(query_address(q='[]', group='match.lemma,before.pos', format='arrow'))
        self.assertEqual(stream.names, ['match.lemma', 'before.pos', 'hits', 'verses', 'share', 'query'])
        self.assertEqual(stream.types, [TEXT, TEXT, WHOLE, WHOLE, NUMBER, TEXT])
        self.assertEqual([row[:4] + row[5:] for row in stream.rows],
                         [g['values'] + [g['hits'], g['verses'], g['query']] for g in grouping['groups']])
        self.assertAlmostEqual(sum(row[4] for row in stream.rows), 1, 9)

    def test_nothing(self):
        for target in (address('frequencies', q=NOTHING, format='arrow'), query_address(q=NOTHING, format='arrow'),
                       query_address(q=NOTHING, group='lemma', format='arrow')):
            stream = self.export(target)
            self.assertEqual((stream.rows, stream.batches), ([], []))
            self.assertIn('query', stream.about)

    def test_more_rows_than_a_batch(self):
        lines = self.export(query_address(q='[] []{0,20} []', context=0, format='arrow'))
        self.assertEqual(str(len(lines.rows)), lines.about['hits'])
        runs = dict(attribute='word', min_n=1, max_n=20, min=1, over_verses='yes')
        table = self.export(address('ngrams', format='arrow', **runs))
        self.assertEqual(rounded(row[:-1] for row in table.rows[:10000]),
                         [row['values'] + [value for name, value in row.items() if name not in ('values', 'query')]
                          for row in self.ask('ngrams', limit=10000, **runs)['rows']])
        for stream in lines, table:
            self.assertGreater(len(stream.rows), BATCH)
            self.assertGreater(len(stream.batches), 1)
            self.assertEqual(sum(stream.batches), len(stream.rows))
        limited = self.export(query_address(q='[] []{0,20} []', context=0, limit=BATCH + 1, offset=3, format='arrow'))
        self.assertEqual(limited.rows, lines.rows[3:BATCH + 4])

    def test_command_line(self):
        for args, target in ((('stats', 'frequencies', '--by', 'lemma'), address('frequencies', by='lemma', format='arrow')),
                             (('stats', 'network', '--min', '2'), address('network', min=2, format='arrow')),
                             (('query', '[pos="V"]', '--columns', 'root'), query_address(q='[pos="V"]', columns='root', format='arrow')),
                             (('query', '[]', '--group', 'pos'), query_address(q='[]', group='pos', format='arrow'))):
            with self.subTest(args):
                done = subprocess.run([server.binary(), *args, '--format', 'arrow', '--db', self.database], capture_output=True, check=True)
                mine, theirs = self.read(done.stdout), self.export(target)
                self.assertGreater(len(mine.rows), 3)
                self.assertEqual((mine.names, mine.types, mine.rows), (theirs.names, theirs.types, theirs.rows))
                self.assertEqual(mine.about['query'], theirs.about['query'])


if __name__ == '__main__':
    unittest.main()
