#!/usr/bin/env python3
"""How long statistics over the whole corpus take, with the limits that they have to keep.

    bench/stats.py PROGRAM DATABASE [--runs N]

Times are those of the answer (`ms`): from the request that has been read to the answer that is written, without the connection. No answer
comes from the cache. It prints the first one, then of N more (15) the best, which other work on the machine disturbs least, and the
median. All pairs of similar verses are kept after the first answer: of them the first counts. No time makes it fail.
"""
import argparse
import http.client
import json
import os
import statistics
import sys
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import serving  # noqa: E402

# What is counted, the address, its parameters, and how many milliseconds it may take. The first answer has all rows that people see
# at once.
CASES = (
    ('frequencies by lemma of all words', 'frequencies', {'by': 'lemma'}, 5),
    ('… with all rows', 'frequencies', {'by': 'lemma', 'limit': 10000}, None),
    ('frequencies by lemma and aspect of all verbs', 'frequencies', {'q': '[pos="V"]', 'by': 'lemma,aspect'}, None),
    ('table of part of speech and place', 'table', {'by': 'pos,surah_place'}, None),
    ('collocates of a lemma, all measures', 'collocations', {'q': '[lemma=="قَالَ"]'}, 5),
    ('… of a lemma of 2,699 words', 'collocations', {'q': '[lemma=="ٱللَّه"]'}, 5),
    ('collocates by relation', 'collocations', {'q': '{lemma=="قَالَ"}', 'relation': 'Subj'}, None),
    ('keyness of a surah over all lemmas', 'keyness', {'q': '<surah n="12"/>'}, 10),
    ('keyness of the Meccan surahs', 'keyness', {'q': '<surah place="Meccan"/>'}, 10),
    ('spread of a root', 'spread', {'q': '[root="رحم"]'}, None),
    ('all runs of 3 to 8 lemmas', 'ngrams', {'attribute': 'lemma', 'min_n': 3, 'max_n': 8}, 200),
    ('all runs of 3 to 8 words', 'ngrams', {'attribute': 'word', 'min_n': 3, 'max_n': 8}, 200),
    ('… those that are not part of a longer one', 'ngrams', {'attribute': 'word', 'min_n': 3, 'max_n': 8, 'maximal': 'yes'}, 200),
    ('runs of 3 to 5 lemmas with a gap', 'skipgrams', {'attribute': 'lemma', 'min_n': 3, 'max_n': 5}, None),
    ('verses like a short one', 'similar/109:3', {'attribute': 'word', 'min': 60}, 10),
    ('verses like a long one', 'similar/2:282', {'attribute': 'lemma', 'min': 20}, 10),
    ('all pairs of similar verses', 'similar', {'attribute': 'lemma', 'min': 80}, 5000),
    ('… less similar ones', 'similar', {'attribute': 'lemma', 'min': 50}, 5000),
    ('runs of rhyme', 'rhymes', {}, None),
    ('letters', 'letters', {}, None),
    ('network of roots', 'network', {'min': 10}, None),
    ('ring of a surah', 'ring', {'surah': 12}, None),
)


class Asking:
    def __init__(self, port):
        self.connection = http.client.HTTPConnection('127.0.0.1', port)
        self.number = 0

    def ask(self, statistic, parameters):
        # Another address each time, so that no cache answers.
        self.number += 1
        self.connection.request('GET', '/api/v1/statistics/%s?%s' % (
            statistic, urllib.parse.urlencode({**parameters, 'timeout_ms': 9000 + self.number % 1000})))
        answer = self.connection.getresponse()
        body = answer.read()
        assert answer.status == 200, (statistic, parameters, body[:500])
        answer = json.loads(body)
        assert not answer['partial'], (statistic, parameters)
        return answer


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('program')
    parser.add_argument('database')
    parser.add_argument('--runs', type=int, default=15)
    arguments = parser.parse_args()
    server = serving.kalima([arguments.program], arguments.database)
    try:
        asking = Asking(server.port)
        print('%-48s %10s %10s %10s %10s %8s' % ('', 'rows', 'first ms', 'best ms', 'median ms', 'at most'))
        for name, statistic, parameters, max_ms in CASES:
            answer = asking.ask(statistic, parameters)
            times = [asking.ask(statistic, parameters)['ms'] for _ in range(arguments.runs)]
            rows = answer.get('rows_total', answer['total'])
            counts = answer['ms'] if statistic == 'similar' else min(times)
            print('%-48s %10d %10.2f %10.2f %10.2f %8s%s' % (name, rows, answer['ms'], min(times), statistics.median(times), max_ms or '',
                                                             '  over' if max_ms and counts > max_ms else ''), flush=True)
    finally:
        server.stop()


if __name__ == '__main__':
    main()
