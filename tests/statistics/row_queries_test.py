"""The query of a row finds what the row counted: of random statistics over random corpora with trees, each row's query is run and counted.
A row without a query is one of a sheet that says why.

KALIMA_QUERIES says how many statistics (default 200); KALIMA_SEED begins another sequence (default 1).
"""
import collections
import json
import os
import random
import tempfile
import unittest

from tests.compat import server
from tests.query import corpus, generate, query_text
from tests.statistics.case import Statistics, address

COUNT = int(os.environ.get('KALIMA_QUERIES', '200'))
SEED = int(os.environ.get('KALIMA_SEED', '1'))
STATISTICS_FOR_A_CORPUS = 50
ROWS = 6
ATTRIBUTES = ('word', 'root', 'lemma', 'pos', 'type', 'case', 'person', 'surah_n', 'n')
OF_SEGMENTS = ('root', 'lemma', 'pos', 'type', 'case', 'person')
# Hits with several ways to match, of parts of words, of several verses, and places without words.
SPECIAL = ('m:[pos="P"] c:[pos="N"]', 'a:[]? [pos="V"]', 'a:[pos="V"] b:[] :: a.gender = b.gender', '{pos="V"} -Subj-> x:_',
           '{pos="N"} []{1,3} {pos="N"}', '[]{2,5}', '(?longest) [pos="N"]+', '<verse>', '</verse>', '</surah>', '[]', '<verse/>',
           'pattern { X [upos=V]; X -[Subj]-> Y }', '{pos="PRON"}')
WITHIN = ('verse', '<surah n="2"/>', '<verse n="1"/>', 's', '<phrase kind="PP"/>', '{pos="P"}', 'x:[] y:[]{1,4}', '[pos="V"] []*', 'page')


class RowQueries(Statistics, unittest.TestCase):
    def asked_statistic(self, queries):
        """A statistic, its parameters, and which number of a row its query finds."""
        choose = self.generator.choice
        statistic = choose(['frequencies', 'table', 'collocations', 'collocations', 'related', 'keyness', 'keyness', 'spread', 'ngrams'])
        asked = {'q': choose(SPECIAL) if self.generator.random() < 0.5 else query_text.text_of(queries.query()[0])}
        if self.generator.random() < 0.4:
            asked['within'] = choose(WITHIN)
        if self.generator.random() < 0.1:
            asked['sensitive'] = 'yes'
        if self.generator.random() < 0.1:
            asked['reading'] = choose(['shortest', 'longest'])
        asked['limit'], number = ROWS, 'hits'
        unit = choose(['word', 'segment'])
        if statistic == 'frequencies':
            asked['by'] = '%s.%s' % (choose(['match', 'before', 'after2']), choose(ATTRIBUTES))
        elif statistic == 'table':
            asked['by'] = 'match.%s,after.%s' % (choose(ATTRIBUTES), choose(ATTRIBUTES))
        elif statistic == 'spread':
            asked['order'] = choose(['mushaf', 'density'])
        elif statistic == 'ngrams':
            asked.update(attribute=choose(['pos', 'root', 'word']), over_verses=choose(['yes', 'no']), min_n=choose([1, 2]), max_n=4)
        elif statistic == 'related':
            statistic, number = 'collocations', 'together'
            asked.pop('reading', None)
            asked.update(relation=choose(['Subj', 'Obj', '.*']), ends=choose(['dependents', 'heads']), min=1, attribute=choose(OF_SEGMENTS))
        else:
            asked.update(unit=unit, attribute=choose(OF_SEGMENTS if unit == 'segment' else ATTRIBUTES), min=1)
            if statistic == 'keyness':
                asked['of'] = choose(['verses', 'words'])
            else:
                number = 'together'
                asked['convention'] = choose(['surface', 'hits'])
                asked['left'], asked['right'] = choose([(2, 2), (0, 3), (1, 0), (5, 1)])
        return statistic, asked, number

    def check(self, queries):
        statistic, asked, number = self.asked_statistic(queries)
        answer = self.server.get(address(statistic, **asked), connection=self.connection)
        if answer.status == 400:
            # Such as an edge of a region, or of hits that a reading chooses.
            self.refused += 1
            return
        answer = self.ask(statistic, self.connection, **asked)
        self.asked[statistic] += 1
        for row in answer['rows']:
            if row['query'] is None:
                self.without[statistic] += 1
                self.assertTrue(any(n.startswith('rows have no query: ') for n in answer['notes']), (statistic, asked, answer['notes']))
                continue
            found = self.server.get('/api/v1/query?' + address('', q=row['query'], limit=0, timeout_ms=10000).split('?')[1], connection=self.connection)
            self.assertEqual(found.status, 200, (statistic, asked, row['query'], found.body))
            self.assertEqual(json.loads(found.body)['hits'], row[number], (statistic, asked, row['values'], row['query']))
            self.rows[statistic] += 1

    def test_random_statistics(self):
        self.refused = 0
        self.asked, self.rows, self.without = collections.Counter(), collections.Counter(), collections.Counter()
        for number in range((COUNT + STATISTICS_FOR_A_CORPUS - 1) // STATISTICS_FOR_A_CORPUS):
            self.generator = random.Random('rows-%d-%d' % (SEED, number))
            _, conllu = corpus.make(self.generator, surahs=3)
            queries = generate.Generator(self.generator, trees=True)
            with tempfile.TemporaryDirectory() as folder:
                file, database = os.path.join(folder, 'corpus.conllu'), os.path.join(folder, 'corpus.db')
                with open(file, 'w', encoding='utf-8') as f:
                    f.write(conllu)
                done = server.run('import', '--conllu', file, '--db', database)
                self.assertEqual(done.returncode, 0, done.stderr)
                with server.Server('--db', database) as self.server:
                    self.connection = self.server.connect()
                    self.addCleanup(self.connection.close)
                    for _ in range(STATISTICS_FOR_A_CORPUS):
                        self.check(queries)
        self.assertLess(self.refused, COUNT // 10)
        # A generator whose queries find nothing tests nothing.
        self.assertEqual(len(self.rows), 6, self.rows)
        self.assertGreater(min(self.rows.values()), COUNT // 20, (self.asked, self.rows, self.without))


if __name__ == '__main__':
    unittest.main()
