"""The rules of measuring, the same for all, and the tables that come of it."""
import dataclasses
import statistics
import time

import queries


@dataclasses.dataclass
class Rules:
    """So often is each question asked; what is slower than `seconds` in all is asked less often, but once at least."""
    warm: int = 3
    runs: int = 7
    seconds: float = 10


class Unanswered(Exception):
    """Why a peer has no answer to a question."""


@dataclasses.dataclass
class Result:
    count: int
    ms: float


def timed(ask, rules):
    """(the last answer, milliseconds of each run) of a function."""
    end = time.perf_counter() + rules.seconds
    for _ in range(rules.warm):
        if time.perf_counter() < end:
            ask()
    times = []
    while not times or len(times) < rules.runs and time.perf_counter() < end:
        began = time.perf_counter()
        answer = ask()
        times.append((time.perf_counter() - began) * 1000)
    return answer, times


def result_of(ask, rules):
    """The result of a function that answers with the count."""
    count, times = timed(ask, rules)
    return Result(count, statistics.median(times))


def summary(results, reference):
    """Lines of a table: how long the questions of each name took, and how long those of `reference` took for the same questions.

    `results[name]` is a list with a Result or None for each question.
    """
    yield '| | questions | median ms | p95 | max | {0}: median ms | p95 | max | ratio of medians | median of ratios |'.format(reference)
    yield '|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|'
    for name, of_name in results.items():
        pairs = [(one.ms, other.ms) for one, other in zip(of_name, results[reference]) if one and other]
        if name == reference or not pairs:
            continue
        own, others = zip(*pairs)
        yield '| %s | %d | %s | %s | %.1f | %.1f |' % (
            name, len(pairs), cells(own), cells(others), statistics.median(own) / statistics.median(others),
            statistics.median(one / other for one, other in pairs))


def cells(times):
    return ' | '.join('%.2f' % value for value in (statistics.median(times), queries.percentile(times, 0.95), max(times)))
