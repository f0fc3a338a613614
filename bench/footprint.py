#!/usr/bin/env python3
"""Measure what a program takes: its size, the time from its start to the first answer, memory idle and under load.

usage: footprint.py DATABASE PROGRAM [--runner COMMAND] [--starts N] [--seconds N]

DATABASE is an import of a full corpus; COMMAND (wine64, qemu-aarch64-static) runs a program of another system, and its own time
and memory are then part of the figures. The load: 8 connections that ask without a pause. Needs wrk.
"""
import argparse
import os
import shlex
import statistics
import tempfile
import time
import urllib.request

from serving import kalima, reads_per_second


def started(program, database):
    """The server after its first answer, and the milliseconds until then."""
    begin = time.perf_counter()
    server = kalima(program, database)
    with urllib.request.urlopen(server.base + '/api/verse/1/1') as answer:
        answer.read()
    return server, (time.perf_counter() - begin) * 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('database')
    parser.add_argument('program')
    parser.add_argument('--runner', default='')
    parser.add_argument('--starts', type=int, default=9)
    parser.add_argument('--seconds', type=int, default=5)
    args = parser.parse_args()
    program = [*shlex.split(args.runner), os.path.abspath(args.program)]
    times = []
    for _ in range(args.starts):
        server, milliseconds = started(program, args.database)
        times.append(milliseconds)
        server.stop()
    server, _ = started(program, args.database)
    idle = server.memory()[0]
    with tempfile.TemporaryDirectory() as folder:
        rate = reads_per_second(server.base, 8, args.seconds, folder)
    loaded = server.memory()[1]
    server.stop()
    print('| program | MB | start to first answer, ms | idle, MB | under load, MB | requests/s |\n|---|--:|--:|--:|--:|--:|')
    print('| %s | %.1f | %.0f (%.0f to %.0f) | %.1f | %.1f | %.0f |' % (
        os.path.basename(args.program), os.path.getsize(args.program) / 1e6, statistics.median(times), min(times), max(times), idle, loaded, rate))


if __name__ == '__main__':
    main()
