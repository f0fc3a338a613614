#!/usr/bin/env python3
"""Measure the running server against the same server sending the same bytes from memory.

usage: run.py SERVER DATABASE [--seconds N] [--connections N] [--no-cache] [--only TEXT]

SERVER is kalima_bench_server (preset `bench`), DATABASE a full import. For each request the table gives the size of
the answer, p50, p99 and requests per second with one connection and with several, each beside the fixed buffer's
rate, and the ratio of the two. Both are measured in turn, a short run each, since machines drift. Needs wrk.
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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('server')
    parser.add_argument('database')
    parser.add_argument('--seconds', type=int, default=1)
    parser.add_argument('--connections', type=int, default=8)
    parser.add_argument('--only', default='', help='only requests whose name holds this')
    parser.add_argument('--no-cache', action='store_true', help='do not cache answers')
    args = parser.parse_args()
    server = Server(args.server, args.database, *(['0'] if args.no_cache else []))
    try:
        fetch(server.base, '/healthz', None)
        idle = server.memory()[0]
        print(f'| request | KB | p50 ms | p99 ms | requests/s, 1 connection | ratio | requests/s, '
              f'{args.connections} connections | ratio |')
        print('|---|--:|--:|--:|--:|--:|--:|--:|')
        with tempfile.TemporaryDirectory() as folder:
            for name, target, body in CASES:
                if args.only not in name:
                    continue
                size = len(fetch(server.base, target, body))
                fetch(server.base, '/bench/fixed' + target, body)
                one = measure(server.base, target, body, 1, args.seconds, folder)
                many = measure(server.base, target, body, args.connections, args.seconds, folder)
                print(f'| {name} | {size / 1000:.1f} | {one[0]:.2f} | {one[1]:.2f} | {one[2]:.0f} | {one[4]:.2f} | '
                      f'{many[2]:.0f} | {many[4]:.2f} |', flush=True)
        print(f'\nResident memory: {idle:.1f} MB idle after the first answer, {server.memory()[1]:.1f} MB at most (the '
              'answers kept for the fixed buffer included).')
    finally:
        server.stop()


if __name__ == '__main__':
    main()
