#!/usr/bin/env python3
"""Measure writes: how long one takes compared with a bare SQLite commit, and what one writer costs the readers.

usage: writes.py KALIMA DATABASE [--writes N] [--seconds N] [--connections N]

KALIMA is the program, DATABASE an import of a full corpus: it is copied, and the copy is written to. The bare commit is
one row of the same size into a table of a new file in the same folder, with the same settings (WAL, synchronous=FULL).
Both are measured in turn. For the readers `wrk` asks over several connections, in turn without a writer and beside
one client that writes: ten times a second, as a busy person does, a hundred times, and then as fast as it is answered.
wrk and the writing client run on the same processors as the server. Needs wrk.
"""
import argparse
import http.client
import json
import os
import shutil
import sqlite3
import statistics
import tempfile
import threading
import time

from serving import kalima, reads_per_second

NOTE = {'type': 'semantic', 'scope': 'verse', 'note': 'A note of the length that notes have. ' * 4, 'tags': ['bench'], 'status': 'raw'}


class Writer:
    """Adds annotations to verses in turn, over one connection."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection('127.0.0.1', port)
        self.number = 0

    def write(self):
        self.number += 1
        body = json.dumps(dict(NOTE, id='bench-%d' % self.number))
        begin = time.perf_counter()
        self.connection.request('POST', '/api/annotations/2/%d' % (1 + self.number % 280), body, {'Content-Type': 'application/json'})
        answer = self.connection.getresponse()
        answer.read()
        assert answer.status == 200, answer.status
        return time.perf_counter() - begin


class BareCommit:
    def __init__(self, folder):
        self.connection = sqlite3.connect(os.path.join(folder, 'bare.db'), isolation_level=None)
        self.connection.execute('PRAGMA journal_mode=WAL').fetchall()
        self.connection.execute('PRAGMA synchronous=FULL')
        self.connection.execute('CREATE TABLE note (id INTEGER PRIMARY KEY, document TEXT)')

    def write(self):
        text = json.dumps(NOTE)
        begin = time.perf_counter()
        self.connection.execute('BEGIN IMMEDIATE')
        self.connection.execute('INSERT INTO note (document) VALUES (?)', (text,))
        self.connection.execute('COMMIT')
        return time.perf_counter() - begin


def times(writers, count):
    """Seconds of each writer's writes, in rounds of 20 so that both meet the same disk."""
    out = [[] for _ in writers]
    for _ in range(max(1, count // 20)):
        for own, writer in zip(out, writers):
            own += [writer.write() for _ in range(20)]
    return out


def beside_a_writer(writer, pause, measure):
    """What `measure` gives while the writer writes, and its writes per second."""
    stopping = threading.Event()
    written = []

    def work():
        while not stopping.is_set():
            next_one = time.perf_counter() + pause
            written.append(writer.write())
            stopping.wait(max(0, next_one - time.perf_counter()))
    thread = threading.Thread(target=work)
    begin = time.perf_counter()
    thread.start()
    try:
        result = measure()
    finally:
        stopping.set()
        thread.join()
    return result, len(written) / (time.perf_counter() - begin)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('program')
    parser.add_argument('database')
    parser.add_argument('--writes', type=int, default=1000)
    parser.add_argument('--seconds', type=int, default=3)
    parser.add_argument('--connections', type=int, default=4)
    args = parser.parse_args()
    # Beside the database, for the disk that counts is that one.
    folder = tempfile.mkdtemp(prefix='kalima-bench-', dir=os.path.dirname(os.path.abspath(args.database)))
    try:
        database = shutil.copyfile(args.database, os.path.join(folder, 'quran.db'))
        shutil.copytree(args.database + '-index', database + '-index')
        server = kalima([args.program], database)
        writer = Writer(server.port)
        served, bare = times([writer, BareCommit(folder)], args.writes)
        print('| | p50 ms | p99 ms |\n|---|--:|--:|')
        for name, seconds in (('a write, answered', served), ('a bare SQLite commit', bare)):
            ordered = sorted(s * 1000 for s in seconds)
            print('| %s | %.2f | %.2f |' % (name, statistics.median(ordered), ordered[len(ordered) * 99 // 100]))
        print('\n| writer | requests/s without it | requests/s with it | ratio | writes/s |\n|---|--:|--:|--:|--:|')
        measure = lambda: reads_per_second(server.base, args.connections, args.seconds, folder)
        measure()
        for name, pause in (('10 writes a second', 0.1), ('100 writes a second', 0.01), ('writes without a pause', 0)):
            rounds = []
            for _ in range(5):
                alone = measure()
                beside, writes = beside_a_writer(writer, pause, measure)
                rounds.append((alone, beside, beside / alone, writes))
            print('| %s | %.0f | %.0f | %.2f | %.0f |' % (name, *[statistics.median(column) for column in zip(*rounds)]))
        server.stop()
    finally:
        shutil.rmtree(folder)


if __name__ == '__main__':
    main()
