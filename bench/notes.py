#!/usr/bin/env python3
"""How long lists of notes and searches in them take, with 2,000 annotations over the corpus.

    bench/notes.py build/bench/kalima quran.db

`quran.db`, an import of the whole Quran, is copied and not changed. Each number is of 200 requests on one connection; those of
searches differ from each other. The processor's time is the server's, for one request.
"""
import http.client
import json
import os
import shutil
import sys
import tempfile
import time
import urllib.parse

from serving import kalima
from write_cost import processor_ms

COUNT = 2000
WORDS = ('mercy', 'guidance', 'command', 'creation', 'covenant', 'prayer', 'patience', 'knowledge', 'سبحان', 'التوحيد', 'الرحمة', 'بلاغة')
CASES = (
    ('first page, 100', lambda n: '/api/v1/annotations?limit=100'),
    ('of a surah', lambda n: '/api/v1/annotations?verses=%d&limit=100' % (n % 114 + 1)),
    ('of a tag', lambda n: '/api/v1/annotations?tag=t%d&limit=100' % (n % 7)),
    ('of an author, latest change first', lambda n: '/api/v1/annotations?author=a%d&sort=-modified&limit=100' % (n % 3)),
    ('of a type and a status', lambda n: '/api/v1/annotations?type=semantic&status=%s&limit=100' % ('draft', 'final')[n % 2]),
    ('of all kinds', lambda n: '/api/v1/notes?limit=100'),
    ('searched: a word', lambda n: '/api/v1/annotations?limit=20&text=' + urllib.parse.quote(WORDS[n % len(WORDS)])),
    ('searched: two words', lambda n: '/api/v1/annotations?limit=20&text=' + urllib.parse.quote(
        '%s %s' % (WORDS[n % len(WORDS)], WORDS[(n * 5 + 1) % len(WORDS)]))),
    ('searched: a phrase', lambda n: '/api/v1/annotations?limit=20&text=' + urllib.parse.quote('"the %s of"' % WORDS[n % 8])),
    ('searched: a rare word', lambda n: '/api/v1/annotations?limit=20&text=' + rare(n * 7)),
)


def rare(n):
    """A word for each number."""
    return 'q' + ''.join(chr(ord('a') + n // 26 ** place % 26) for place in range(3)) + 'q'


def main():
    program, database = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix='kalima-bench-') as folder:
        copy = os.path.join(folder, 'quran.db')
        shutil.copyfile(database, copy)
        shutil.copytree(database + '-index', copy + '-index')
        server = kalima([program], copy)
        try:
            measure(http.client.HTTPConnection('127.0.0.1', server.port, timeout=60), server.process.pid)
        finally:
            server.stop()


def ask(connection, method, address, body=None):
    headers = {'Content-Type': 'application/json'} if body is not None else {}
    connection.request(method, address, json.dumps(body).encode() if body is not None else None, headers)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status not in (200, 201):
        sys.exit('%s: %s %r' % (address, answer.status, content[:200]))
    return content


def measure(connection, pid):
    surahs = json.loads(ask(connection, 'GET', '/api/v1/surahs'))['surahs']
    verses = [(s['surah'], a) for s in surahs for a in range(1, s['verses'] + 1)]
    for n in range(COUNT):
        surah, ayah = verses[n * len(verses) // COUNT]
        note = 'The %s of verse %s, with the %s of others and some words more to be searched in.' % (
            WORDS[n % len(WORDS)], rare(n), WORDS[n // 3 % len(WORDS)])
        ask(connection, 'POST', '/api/v1/annotations', {
            'anchor': '%d:%d:1' % (surah, ayah), 'note': note, 'type': ('semantic', 'syntactic')[n % 2],
            'status': ('draft', 'final')[n // 2 % 2], 'author': 'a%d' % (n % 3), 'tags': ['t%d' % (n % 7)]})
    print('| %d annotations | found | KB | processor ms | p50 ms | p99 ms |\n|---|--:|--:|--:|--:|--:|' % COUNT)
    for name, address in CASES:
        times, found, size, used = [], 0, 0, processor_ms(pid)
        for n in range(200):
            began = time.perf_counter()
            content = ask(connection, 'GET', address(n))
            times.append(1000 * (time.perf_counter() - began))
            found, size = max(found, json.loads(content)['total']), max(size, len(content))
        used = (processor_ms(pid) - used) / len(times)
        times.sort()
        print('| %s | %d | %.1f | %.2f | %.2f | %.2f |' % (name, found, size / 1000, used, times[100], times[198]))


if __name__ == '__main__':
    main()
