#!/usr/bin/env python3
"""Measure what one more annotation costs a verse that has many.

usage: write_cost.py KALIMA DATABASE [--bytes N ...]

Writes 1,905 annotations to one verse of a copy of DATABASE and shows, around the 10th, 100th, 1,000th and 1,900th, the
processor time of the server for one write and the time until it was answered: the means of eleven writes. Nobody reads the
verse in between. The last column is the cost of the 1,900th over that of the 10th.
"""
import argparse
import http.client
import json
import os
import shutil
import statistics
import tempfile
import time

from serving import kalima

PLACES = (10, 100, 1000, 1900)
AROUND = 5


def processor_ms(pid):
    """Of all threads of the process; /proc/PID/schedstat of each is exact to the nanosecond."""
    total = 0
    for thread in os.listdir('/proc/%d/task' % pid):
        with open('/proc/%d/task/%s/schedstat' % (pid, thread), encoding='ascii') as f:
            total += int(f.read().split()[0])
    return total / 1e6


def measure(program, database, note_bytes):
    folder = tempfile.mkdtemp(prefix='kalima-bench-', dir=os.path.dirname(os.path.abspath(database)))
    try:
        copy = shutil.copyfile(database, os.path.join(folder, 'quran.db'))
        shutil.copytree(database + '-index', copy + '-index')
        server = kalima([program], copy)
        connection = http.client.HTTPConnection('127.0.0.1', server.port)
        used, answered = [], []
        for number in range(1, PLACES[-1] + AROUND + 1):
            body = json.dumps({'note': 'x' * note_bytes})
            before, begin = processor_ms(server.process.pid), time.perf_counter()
            connection.request('POST', '/api/annotations/2/255', body, {'Content-Type': 'application/json'})
            answer = connection.getresponse()
            answer.read()
            answered.append((time.perf_counter() - begin) * 1000)
            assert answer.status == 200, answer.status
            used.append(processor_ms(server.process.pid) - before)
        server.stop()
    finally:
        shutil.rmtree(folder)
    return [[statistics.mean(values[place - 1 - AROUND:place + AROUND]) for place in PLACES] for values in (used, answered)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('program')
    parser.add_argument('database')
    parser.add_argument('--bytes', type=int, nargs='*', default=[60, 5000])
    args = parser.parse_args()
    print('| ms for one write | %s | ratio |' % ' | '.join('%s' % place for place in PLACES))
    print('|---|%s--:|' % ('--:|' * len(PLACES)))
    for note_bytes in args.bytes:
        for name, costs in zip(('processor', 'answered'), measure(args.program, args.database, note_bytes)):
            print('| notes of %d bytes: %s | %s | %.2f |' % (note_bytes, name, ' | '.join('%.2f' % c for c in costs), costs[-1] / costs[0]))


if __name__ == '__main__':
    main()
