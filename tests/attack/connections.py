"""Connections that ask nothing, and those who come after them."""
import resource
import socket
import statistics
import time

from tests.compat import server

NEWCOMERS = 50


def resident_kilobytes(started):
    with open('/proc/%d/status' % started.process.pid, encoding='ascii', errors='replace') as f:
        return next(int(line.split()[1]) for line in f if line.startswith('VmRSS'))


def attack(long, seed):
    del seed
    count = 10_000 if long else 1_000
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    idle = []
    try:
        with server.Server('--db', server.fixture_database()) as started:
            started.get('/api/verse/1/1')
            before = resident_kilobytes(started)
            for number in range(count):
                one = socket.create_connection(('127.0.0.1', started.port), timeout=30)
                idle.append(one)
                # One half has begun a request.
                if number % 2:
                    one.sendall(b'GET /api/verse/1/1 HTTP/1.1\r\n')
            waited = []
            for _ in range(NEWCOMERS):
                begin = time.perf_counter()
                assert started.get('/api/verse/1/1').status == 200
                waited.append((time.perf_counter() - begin) * 1000)
            grown = resident_kilobytes(started) - before
            assert grown <= 4 * count + 4_000, '%d KB more for %d connections' % (grown, count)
            # Of 10,000 idle ones, none keeps anybody waiting for its time to end.
            assert statistics.median(waited) < 1000 * server.TIME_FACTOR, waited
            for one in idle:
                one.close()
    finally:
        for one in idle:
            one.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return '%d idle connections, %d KB more memory; %d newcomers waited %.1f ms (median), %.1f ms (longest)' % (
        count, grown, NEWCOMERS, statistics.median(waited), max(waited))
