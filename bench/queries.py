#!/usr/bin/env python3
"""The 100 questions of questions.jsonl over the full corpus: whether their counts are right, and how long each takes.

    bench/queries.py PROGRAM DATABASE [--runs N] [--all]

Times are those of the answer (`ms`): from the request that has been read to the answer that is written, without the connection. One
connection, no cache between requests. Of each question it takes the median of N runs (9) after one that is not counted.
Then the median and percentiles over the questions, counts alone and with the first 50 lines, and the groups and orders of all words.
`--all` prints each question. The exit code is 1 when a count is wrong; no time makes it so.
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

QUESTIONS = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'questions.jsonl')
WHOLE = {
    'group all words by lemma': {'q': '[]', 'group': 'match.lemma'},
    'count all words by form': {'q': '[]', 'group': 'match.word'},
    'count all words by form of verbs': {'q': '[]', 'group': 'match.form'},
    'sort all verbs by context': {'q': '[pos="V"]', 'sort': 'before.word'},
    'sort all words': {'q': '[]', 'sort': 'match.word'},
}


def count_of(answer, unit):
    """Of tuples, those without a spoken first node count too."""
    return answer['hits'] + answer['without_span'] if unit == 'tuples' else answer[unit]


class Asking:
    def __init__(self, address):
        self.connection = http.client.HTTPConnection(address)
        self.number = 0

    def ask(self, **parameters):
        # Another address each time, so that no cache answers.
        self.number += 1
        self.connection.request('GET', '/api/v1/query?' + urllib.parse.urlencode(dict(parameters, timeout_ms=5000 + self.number % 5000)))
        answer = self.connection.getresponse()
        body = answer.read()
        assert answer.status == 200, (parameters, body)
        return json.loads(body)

    def median(self, runs, **parameters):
        """(milliseconds, the last answer)."""
        answer, times = self.ask(**parameters), []
        for _ in range(runs):
            answer = self.ask(**parameters)
            times.append(answer['ms'])
        return statistics.median(times), answer


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def percentiles(times):
    return 'p50 %.2f  p95 %.2f  p99 %.2f  max %.2f' % tuple(percentile(times, share) for share in (0.5, 0.95, 0.99, 1))


def read_questions():
    with open(QUESTIONS, encoding='utf-8') as f:
        return [json.loads(line) for line in f]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('program')
    parser.add_argument('database')
    parser.add_argument('--runs', type=int, default=9)
    parser.add_argument('--all', action='store_true')
    arguments = parser.parse_args()
    questions = read_questions()
    server = serving.kalima([arguments.program], arguments.database)
    wrong = 0
    try:
        asking, counted, lines = Asking('127.0.0.1:%d' % server.port), {}, {}
        for question in questions:
            ms, answer = asking.median(arguments.runs, q=question['query'], limit=0)
            counted.setdefault(question['kind'], []).append(ms)
            with_lines, _ = asking.median(arguments.runs, q=question['query'], limit=50)
            lines.setdefault(question['kind'], []).append(with_lines)
            got = count_of(answer, question['unit'])
            if got != question['count']:
                wrong += 1
                print('%s: %d %s instead of %d' % (question['query'], got, question['unit'], question['count']))
            if arguments.all:
                print('%8.2f %8.2f  %7d  %s' % (ms, with_lines, got, question['query']))
        print('ms of %d questions, %d counts wrong' % (len(questions), wrong))
        for name, times in (('counted', counted), ('50 lines', lines)):
            print('%-10s %s' % (name, percentiles(sum(times.values(), []))))
            for kind, some in times.items():
                print('  %-10s %3d  %s' % (kind, len(some), percentiles(some)))
        for name, parameters in WHOLE.items():
            print('%-34s %.2f' % (name, asking.median(arguments.runs, **parameters)[0]))
    finally:
        server.stop()
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
