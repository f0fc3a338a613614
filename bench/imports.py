#!/usr/bin/env python3
"""How long an import over HTTP takes, compared with `kalima import` of the same files, and how long requests take during it.

    bench/imports.py build/bench/kalima TEXT [MORPHOLOGY TREEBANK MASAQ ...]

The server has the starter surahs first. A reader asks for verses, roots and a query, one request after the other: before the
import for ten seconds, and as long as it lasts. The machine should do nothing else.
"""
import http.client
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time

from serving import kalima

ADDRESSES = ['/api/v1/verses/112:1', '/api/v1/roots?limit=20', '/api/v1/search?q=%D8%A7%D9%84%D9%84%D9%87&limit=5', '/api/verse/113/1',
             '/api/v1/query?q=%5Bpos%3DN%5D&limit=5']
KINDS = ('--text', '--morphology', '--treebank', '--masaq')


def form(paths):
    out = []
    for path in paths:
        with open(path, 'rb') as f:
            out.append(b'--bound\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\n%s\r\n' % (
                os.path.basename(path).encode(), f.read()))
    return b''.join(out) + b'--bound--\r\n'


class Reader(threading.Thread):
    def __init__(self, port):
        super().__init__()
        self.port, self.times, self.failed, self.stop = port, [], [], threading.Event()

    def run(self):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)
        while not self.stop.is_set():
            for address in ADDRESSES:
                began = time.perf_counter()
                connection.request('GET', address)
                answer = connection.getresponse()
                answer.read()
                self.times.append(time.perf_counter() - began)
                if answer.status != 200:
                    self.failed.append((address, answer.status))
                time.sleep(0.002)

    def result(self):
        self.stop.set()
        self.join()
        times = sorted(self.times)
        return len(times), len(self.failed), *(1000 * times[int(len(times) * part)] for part in (0.5, 0.99)), 1000 * times[-1]


def main():
    program, *paths = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix='kalima-bench-') as folder:
        command = [program, 'import', '--db', os.path.join(folder, 'command.db')]
        for kind, path in zip(KINDS, paths):
            command += [kind, path]
        began = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        of_command = time.perf_counter() - began
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        used_by_command = usage.ru_utime + usage.ru_stime

        database = os.path.join(folder, 'served.db')
        subprocess.run([program, 'import', '--starter', '--db', database], check=True, stdout=subprocess.DEVNULL)
        server = kalima([program], database)
        port = server.port
        before = Reader(port)
        before.start()
        time.sleep(10)
        before = before.result()
        during = Reader(port)
        during.start()
        body = form(paths)
        connection = http.client.HTTPConnection('127.0.0.1', port, timeout=600)
        began = time.perf_counter()
        connection.request('POST', '/api/v1/imports', body, {'Content-Type': 'multipart/form-data; boundary=bound'})
        answer = connection.getresponse()
        begun = json.loads(answer.read())
        sent = time.perf_counter() - began
        now = begun
        thread = max(os.listdir('/proc/%d/task' % server.process.pid), key=int)  # the one that imports
        used_by_thread = 0
        while now.get('state') in ('importing', 'switching'):
            time.sleep(0.05)
            try:
                with open('/proc/%d/task/%s/schedstat' % (server.process.pid, thread), encoding='ascii') as f:
                    used_by_thread = int(f.read().split()[0]) / 1e9
            except OSError:
                pass  # it has ended
            connection = http.client.HTTPConnection('127.0.0.1', port, timeout=60)
            connection.request('GET', '/api/v1/imports/' + begun['id'])
            now = json.loads(connection.getresponse().read())
        over_http = time.perf_counter() - began
        during = during.result()
        server.stop()
    if now.get('state') != 'done':
        sys.exit('the import failed: %s' % (now.get('error') or now))
    print('| | s | processor s |\n|---|--:|--:|')
    print('| `kalima import` | %.1f | %.1f |' % (of_command, used_by_command))
    print('| over HTTP, with a reader | %.1f | %.1f |' % (over_http, used_by_thread))
    print('| of that, until the files were there | %.2f | |' % sent)
    print('| ratio | %.2f | %.2f |' % (over_http / of_command, used_by_thread / used_by_command))
    print('\n| requests | number | failed | p50 ms | p99 ms | max ms |\n|---|--:|--:|--:|--:|--:|')
    for name, row in (('before', before), ('during the import', during)):
        print('| %s | %d | %d | %.2f | %.2f | %.1f |' % (name, *row))


if __name__ == '__main__':
    main()
