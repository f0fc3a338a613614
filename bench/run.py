#!/usr/bin/env python3
"""Measure the running server against the same server sending the same bytes from memory.

usage: run.py SERVER DATABASE [--before SERVER DATABASE] [--seconds N] [--connections N] [--no-cache] [--only TEXT]

SERVER is kalima_bench_server (preset `bench`), DATABASE a full import. For each request the table gives the size of
the answer, p50, p99 and requests per second with one connection and with several, each beside the fixed buffer's
rate, and the ratio of the two. Both are measured in turn, a short run each, since machines drift. Needs wrk.

With --before the server is measured against another one, of an older program say, and with that one's database: p50 of both, and
the ratios of p50 and of the rates (below 1 the time is shorter; above 1 the rate is higher), with their geometric means. Requests
that the two do not answer alike are named.
"""
import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request

from serving import Server


def path(route, **query):
    return route + ('?' + urllib.parse.urlencode(query) if query else '')


def word_pattern(*letters, prefix=False, suffix=False):
    segments = [{'letter': x, 'diacritics': [], 'any_letter': x == '*', 'any_diacritics': True} for x in letters]
    return {'segments': segments, 'allow_prefix': prefix, 'allow_suffix': suffix}


# Name, path, JSON body. Default limits, unless the name says otherwise.
CASES = [
    ('verse', '/api/verse/2/255', None),
    ('verses, 50', '/api/verses', None),
    ('surah 18', '/api/surah/18', None),
    ('text, frequent', path('/api/search', q='ٱلْكِتَـٰبِ'), None),
    ('text, one sign', path('/api/search', q='ُ'), None),
    ('text, rare', path('/api/search', q='يَأْجُوجُ'), None),
    ('text, none', path('/api/search', q='xyz'), None),
    ('text, root', path('/api/search', q='qwl', type='root'), None),
    ('spelling, a word', path('/api/v1/search', q='الصلاة'), None),
    ('spelling, frequent', path('/api/v1/search', q='من'), None),
    ('spelling, phrase', path('/api/v1/search', q='يا أيها الذين آمنوا'), None),
    ('root, frequent', path('/api/search/roots', root='qwl'), None),
    ('root, rare', path('/api/search/roots', root='mEn'), None),
    ('morphology, one letter', path('/api/search/morphology', q='p'), None),
    ('morphology, stem', path('/api/search/morphology', q='stem'), None),
    ('morphology, lemma', path('/api/search/morphology', q='LEM:kitaAb'), None),
    ('morphology, features', path('/api/search/morphology', q='PASS|(IV)'), None),
    ('morphology, rare two letters', path('/api/search/morphology', q='xx'), None),
    ('morphology, pattern', path('/api/search/morphology', pattern_id='prefix|p||prefix|bi+'), None),
    ('syntax, one', path('/api/search/syntax', q='N'), None),
    ('syntax, three', path('/api/search/syntax', q='V N P'), None),
    ('syntax, five', path('/api/search/syntax', q='V PRON N N P'), None),
    ('syntax, pattern', path('/api/search/syntax', pattern_id='p|n'), None),
    ('word pattern, a word', '/api/search/pattern_word', word_pattern('ك', 'ت', 'ب')),
    ('word pattern, any of three', '/api/search/pattern_word', word_pattern('*', '*', '*')),
    ('word pattern, any inside', '/api/search/pattern_word', word_pattern('*', '*', '*', prefix=True, suffix=True)),
    ('verbs, all', '/api/search/verb_forms', None),
    ('verbs, Form IV passive', path('/api/search/verb_forms', form='IV', voice='passive'), None),
    ('dependency', path('/api/search/dependency', relation='Subj'), None),
    ('MASAQ, all', '/api/search/morphology_advanced', None),
    ('MASAQ, filtered', path('/api/search/morphology_advanced', morph_tag='PV', case_mood='INVARIABLE'), None),
    ('MASAQ, verse', '/api/morphology/2/255', None),
    ('treebank, verse', '/api/dependency/2/255', None),
    ('pronouns', '/api/pronouns/2:255', None),
]


def requested(only):
    return [case for case in CASES if only in case[0]]


def fetch(base, target, body):
    data = None if body is None else json.dumps(body).encode()
    headers = {'Content-Type': 'application/json'} if data else {}
    with urllib.request.urlopen(urllib.request.Request(base + target, data=data, headers=headers)) as answer:
        return answer.read()


def wrk(base, target, body, connections, seconds, folder):
    """(p50 ms, p99 ms, requests per second)"""
    script = f'{folder}/request.lua'
    with open(script, 'w', encoding='utf-8') as f:
        if body is not None:
            f.write(f"wrk.method = 'POST'\nwrk.body = [[{json.dumps(body)}]]\n"
                    "wrk.headers['Content-Type'] = 'application/json'\n")
        f.write("done = function(s, l, r) io.write(string.format('RESULT %f %f %f %d\\n', l:percentile(50) / 1000, "
                "l:percentile(99) / 1000, s.requests / s.duration * 1e6, "
                "s.errors.status + s.errors.read + s.errors.write + s.errors.timeout)) end\n")
    out = subprocess.run(['wrk', '-t1', f'-c{connections}', f'-d{seconds}s', '-s', script, base + target],
                         capture_output=True, text=True, check=True).stdout
    p50, p99, rate, errors = re.search(r'RESULT (\S+) (\S+) (\S+) (\d+)', out).groups()
    if int(errors):
        sys.exit(f'{target}: {errors} failed requests')
    return float(p50), float(p99), float(rate)


def measure(base, target, body, connections, seconds, folder, rounds=3):
    """Medians of the real route, and of the ratio to the fixed buffer, measured in turn."""
    real, fixed, ratios = [], [], []
    for _ in range(rounds):
        real.append(wrk(base, target, body, connections, seconds, folder))
        fixed.append(wrk(base, '/bench/fixed' + target, body, connections, seconds, folder)[2])
        ratios.append(real[-1][2] / fixed[-1])
    middle = [statistics.median(x) for x in zip(*real)]
    return *middle, statistics.median(fixed), statistics.median(ratios)


def measure_alone(server, args, folder):
    idle = server.memory()[0]
    print(f'| request | KB | p50 ms | p99 ms | requests/s, 1 connection | ratio | requests/s, '
          f'{args.connections} connections | ratio |')
    print('|---|--:|--:|--:|--:|--:|--:|--:|')
    for name, target, body in requested(args.only):
        size = len(fetch(server.base, target, body))
        fetch(server.base, '/bench/fixed' + target, body)
        one = measure(server.base, target, body, 1, args.seconds, folder)
        many = measure(server.base, target, body, args.connections, args.seconds, folder)
        print(f'| {name} | {size / 1000:.1f} | {one[0]:.2f} | {one[1]:.2f} | {one[2]:.0f} | {one[4]:.2f} | '
              f'{many[2]:.0f} | {many[4]:.2f} |', flush=True)
    print(f'\nResident memory: {idle:.1f} MB idle after the first answer, {server.memory()[1]:.1f} MB at most (the '
          'answers kept for the fixed buffer included).')


def ratios_in_turn(now, before, target, body, connections, seconds, folder, rounds=3):
    """(p50 now, p50 before, ratio of p50, ratio of rates): medians of short runs of both, the one or the other first in turn."""
    pairs = []
    for number in range(rounds):
        servers = (now, before) if number % 2 == 0 else (before, now)
        runs = {server: wrk(server.base, target, body, connections, seconds, folder) for server in servers}
        pairs.append((runs[now], runs[before]))
    return (statistics.median(new[0] for new, _ in pairs), statistics.median(old[0] for _, old in pairs),
            statistics.median(new[0] / old[0] for new, old in pairs), statistics.median(new[2] / old[2] for new, old in pairs))


def measure_beside(now, before, args, folder):
    print(f'| request | p50 ms | before | ratio | rate, ratio | rate, {args.connections} connections, ratio |')
    print('|---|--:|--:|--:|--:|--:|')
    ratios, different = [], []
    for name, target, body in requested(args.only):
        if fetch(now.base, target, body) != fetch(before.base, target, body):
            different.append(name)
        p50, older, shorter, faster = ratios_in_turn(now, before, target, body, 1, args.seconds, folder)
        *_, faster_many = ratios_in_turn(now, before, target, body, args.connections, args.seconds, folder)
        ratios.append((shorter, faster, faster_many))
        print(f'| {name} | {p50:.2f} | {older:.2f} | {shorter:.2f} | {faster:.2f} | {faster_many:.2f} |', flush=True)
    means = [statistics.geometric_mean(column) for column in zip(*ratios)]
    print('| **geometric mean** | | | %.3f | %.3f | %.3f |' % tuple(means))
    print('\nAnswered alike: %d of %d requests.%s' % (len(ratios) - len(different), len(ratios),
                                                    ' Not: %s.' % ', '.join(different) if different else ''))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('server')
    parser.add_argument('database')
    parser.add_argument('--before', nargs=2, metavar=('SERVER', 'DATABASE'), help='measure against this one')
    parser.add_argument('--seconds', type=int, default=1)
    parser.add_argument('--connections', type=int, default=8)
    parser.add_argument('--only', default='', help='only requests whose name holds this')
    parser.add_argument('--no-cache', action='store_true', help='do not cache answers')
    args = parser.parse_args()
    cache = ['0'] if args.no_cache else []
    servers = [Server(args.server, args.database, *cache)]
    try:
        if args.before:
            servers.append(Server(*args.before, *cache))
        for server in servers:
            fetch(server.base, '/healthz', None)
        with tempfile.TemporaryDirectory() as folder:
            if args.before:
                measure_beside(*servers, args, folder)
            else:
                measure_alone(servers[0], args, folder)
    finally:
        for server in servers:
            server.stop()


if __name__ == '__main__':
    main()
