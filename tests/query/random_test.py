"""Random queries over small random corpora: GET /api/v1/query answers what reference.py works out.

KALIMA_QUERIES says how many (default 3,000); KALIMA_SEED begins another sequence (default 1). A failure prints the query, the corpus
and what to set to get it again.
"""
import os
import random
import tempfile
import unittest
import urllib.parse

from tests.compat import server
from tests.query import corpus, generate, grew, query_text, reference

COUNT = int(os.environ.get('KALIMA_QUERIES', '3000'))
SEED = int(os.environ.get('KALIMA_SEED', '1'))
QUERIES_FOR_A_CORPUS = 250
TREES = True
MAX_SHOWN = 5
# A pattern of Grew whose order of nodes does not allow a comparison, and which says so.
REFUSED = 'is named too late to be compared here'
COUNTS = ('hits', 'spans', 'words', 'verses', 'without_span')


def of_program(answer):
    """The program's answer in the shape of the reference's."""
    def place(capture, end):
        text = capture[end]
        return 'hidden' if 'hidden' in text else text
    results = [(r['start'], r['end'], tuple((name, place(c, 'start'), place(c, 'end')) for name, c in sorted(r['captures'].items())))
               for r in answer['results']]
    return dict({name: answer[name] for name in COUNTS}, results=sorted(results))


class Random(unittest.TestCase):
    def test_random_queries(self):
        different, asked, with_hits, refused = [], 0, 0, 0
        for number in range((COUNT + QUERIES_FOR_A_CORPUS - 1) // QUERIES_FOR_A_CORPUS):
            generator = random.Random('%d-%d' % (SEED, number))
            surahs, text = corpus.make(generator)
            queries = generate.Generator(generator, TREES)
            with tempfile.TemporaryDirectory() as folder:
                file, database = os.path.join(folder, 'corpus.conllu'), os.path.join(folder, 'corpus.db')
                with open(file, 'w', encoding='utf-8') as f:
                    f.write(text)
                done = server.run('import', '--conllu', file, '--db', database)
                self.assertEqual(done.returncode, 0, done.stderr)
                with server.Server('--db', database) as running:
                    connection = running.connect()
                    self.addCleanup(connection.close)
                    for _ in range(min(QUERIES_FOR_A_CORPUS, COUNT - asked)):
                        query, reading = queries.query()
                        asked += 1
                        cql = query_text.text_of(query)
                        right = reference.answer(surahs, grew.for_reference(query) if query[0] == 'grew' else query, reading)
                        with_hits += right['hits'] > 0
                        path = '/api/v1/query?' + urllib.parse.urlencode({'q': cql, 'reading': reading, 'limit': 100000, 'context': 0, 'timeout_ms': 10000})
                        answer = running.get(path, connection=connection)
                        if answer.status == 400 and REFUSED in answer.body.decode():
                            refused += 1
                            continue
                        got = of_program(server.json_of(answer)) if answer.status == 200 else answer.body.decode(errors='replace')
                        if got != right:
                            different.append((len(cql), cql, reading, right, got, text, number))
        # A generator whose queries find nothing tests nothing.
        self.assertGreater(with_hits, asked // 4)
        self.assertLess(refused, asked // 100 + 1)
        different.sort(key=lambda d: d[:2])
        for _, cql, reading, right, got, text, number in different[:MAX_SHOWN]:
            print('\n%s  (reading=%s; KALIMA_SEED=%d, corpus %d)\nright: %s\ngot:   %s\n%s' % (cql, reading, SEED, number, right, got, text))
        self.assertEqual(len(different), 0, '%d of %d queries differ' % (len(different), asked))


if __name__ == '__main__':
    unittest.main()
