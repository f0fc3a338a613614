#!/usr/bin/env python3
"""How long everyday searches take (tests/v1/everyday.py), by kind, without cached answers.

    bench/searches.py build/release/kalima quran.db

Each request has another timeout_ms, so that no answer comes from the cache. The time is what the answer says (`ms`), from the request
to its hits; and from the client until the answer is read. Of 20 rounds the best one of each search counts. The first request of each
kind, which makes what the kind needs, is left out and shown. Times are ratios to the p50 of Arabic searches, so that they can be
compared between machines.
"""
import http.client
import json
import os
import subprocess
import sys
import time
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tests.v1 import everyday  # noqa: E402

ROUNDS = 20
KINDS = [('Arabic', [typed for typed, _ in everyday.SEARCHES]), ('passages', [typed for typed, _ in everyday.PASSAGES]),
         ('roots and lemmas', [typed for typed, _ in everyday.LEXEMES]), ('Latin letters', [typed for typed, _ in everyday.LATIN]),
         ('English', [typed for typed, _ in everyday.ENGLISH]), ('nothing found', everyday.NOTHING)]


def at(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def ask_bare(connection):
    """Milliseconds until a verse is read: what HTTP alone costs."""
    begin = time.perf_counter()
    connection.request('GET', '/api/v1/verses/112:1')
    connection.getresponse().read()
    return (time.perf_counter() - begin) * 1000


def main():
    program, database = sys.argv[1:]
    server = subprocess.Popen([program, 'serve', '--db', database, '--port', '0', '--read-only'], stdout=subprocess.PIPE, encoding='utf-8')
    try:
        address = next(line for line in server.stdout if 'http://' in line).split('http://')[1].split('/')[0].strip()
        connection = http.client.HTTPConnection(address)
        timeout = 1000

        def ask(typed):
            nonlocal timeout
            timeout += 1
            begin = time.perf_counter()
            connection.request('GET', '/api/v1/search?' + urllib.parse.urlencode({'q': typed, 'limit': 10, 'timeout_ms': timeout}))
            body = connection.getresponse().read()
            return json.loads(body)['ms'], (time.perf_counter() - begin) * 1000

        bare = at([ask_bare(connection) for _ in range(200)], .5)
        print('| searches | first | p50 | p90 | p99 | slowest | p50 with HTTP |\n|---|--:|--:|--:|--:|--:|--:|')
        medians = []
        for kind, typed in KINDS:
            first = ask(typed[0])[0]
            # Of each search its best round: what else the machine does is not the search's.
            rounds = [[ask(one) for one in typed] for _ in range(ROUNDS)]
            own = [min(r[i][0] for r in rounds) for i in range(len(typed))]
            whole = [min(r[i][1] for r in rounds) for i in range(len(typed))]
            medians.append(at(own, .5))
            unit = medians[0]
            print('| %s | %.0f | %.2f | %.2f | %.2f | %.2f, `%s` | %.2f |' % (
                kind, first / unit, at(own, .5) / unit, at(own, .9) / unit, at(own, .99) / unit, max(own) / unit,
                typed[own.index(max(own))], at(whole, .5) / unit))
        print('\n1 is the p50 of Arabic searches, %.3f ms; a request for a verse takes %.2f.' % (medians[0], bare / medians[0]))
    finally:
        server.terminate()
        server.wait()


if __name__ == '__main__':
    main()
