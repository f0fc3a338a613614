"""Kalima over HTTP: by the answer's own `ms`, and until the whole answer has arrived. No answer comes from its cache."""
import statistics

import measure
import queries

PAGE = {'limit': 50, 'context': 5}


class Kalima:
    name = 'Kalima'

    def __init__(self, address):
        self.asking = queries.Asking(address)

    def measure(self, question, lines, rules):
        """(by the answer's own time, by the time until it has arrived)"""
        own = []

        def ask():
            answer = self.asking.ask(q=question['query'], **(PAGE if lines else {'limit': 0}))
            own.append(answer['ms'])
            return queries.count_of(answer, question['unit'])

        count, times = measure.timed(ask, rules)
        return measure.Result(count, statistics.median(own[-len(times):])), measure.Result(count, statistics.median(times))
