"""Readers, writers and queries together, for a long time."""
import os
import random
import tempfile
import threading
import time
import urllib.parse

from tests.compat import server

READS = ['/api/verse/1/1', '/api/surah/1', '/api/verses?limit=20', '/api/annotations/1/5', '/api/search?q=%D9%85%D9%86', '/api/v1/search?q=%D9%85%D9%86',
         '/api/v1/verses/1?layers=words,segments', '/api/v1/history?limit=50', '/api/search/morphology?q=PASS', '/api/v1/search?q=mercy&lang=en',
         '/api/v1/query?' + urllib.parse.urlencode({'q': '[pos="P"] [pos="N"]'}), '/api/v1/query?' + urllib.parse.urlencode({'q': '[]', 'group': 'match.pos'}),
         '/api/v1/query?' + urllib.parse.urlencode({'q': 'a:[] []* b:[] :: a.pos = b.pos', 'timeout_ms': 100}), '/',
         '/api/v1/notes', '/api/v1/notes?text=soak&kinds=hypothesis', '/api/v1/annotations?verses=1', '/api/v1/notes?sort=-modified&limit=5',
         '/api/v1/statistics/frequencies?' + urllib.parse.urlencode({'q': '[pos="N"]', 'by': 'lemma'}),
         '/api/v1/statistics/collocations?' + urllib.parse.urlencode({'q': '[pos="N"]', 'left': 2, 'right': 2}),
         '/api/v1/statistics/spread?' + urllib.parse.urlencode({'q': '[pos="N"]'}), '/api/v1/statistics/ngrams?min_n=3', '/api/v1/statistics/similar/112:1']
# What is asked by POST: the path and the body.
ASKED = [('/api/v1/quotations', {'text': 'كتب الحمد لله رب العالمين ثم قل هو الله أحد'})]
READERS, WRITERS = 3, 1
# A list has room for 2,000 documents.
VERSES = ['1/%d' % ayah for ayah in range(1, 8)] + ['112/%d' % ayah for ayah in range(1, 5)]


class Window:
    def __init__(self):
        self.lock = threading.Lock()
        self.milliseconds = []

    def add(self, value):
        with self.lock:
            self.milliseconds.append(value)

    def end(self, started):
        with self.lock:
            ordered, self.milliseconds = sorted(self.milliseconds), []
        with open('/proc/%d/status' % started.process.pid, encoding='ascii', errors='replace') as f:
            memory = next(int(line.split()[1]) for line in f if line.startswith('VmRSS')) / 1024
        return {'answers': len(ordered), 'p99': ordered[len(ordered) * 99 // 100], 'memory': memory,
                'descriptors': len(os.listdir('/proc/%d/fd' % started.process.pid))}


def attack(long, seed):
    count, seconds = (10, 180) if long else (2, 5)
    window, stopping, failed, windows = Window(), threading.Event(), [], []

    def client(name, work):
        rng = random.Random('%s %s' % (name, seed))
        connection = started.connect()
        try:
            while not stopping.is_set():
                begin = time.perf_counter()
                answer = work(rng, connection)
                window.add((time.perf_counter() - begin) * 1000)
                assert answer.status == 200, (answer.status, answer.body[:300])
        except Exception as e:  # noqa: B902
            failed.append(e)
        finally:
            connection.close()

    def read(rng, connection):
        what = rng.choice(READS + ASKED)
        return started.get(what, connection=connection) if isinstance(what, str) else started.post(*what, connection=connection)

    def write(rng, connection):
        # What is written is taken back: nothing grows but the history.
        stopping.wait(0.02)
        verse = rng.choice(VERSES)
        started.post('/api/hypotheses/%s' % verse.replace('/', ':'), {'id': 'soak', 'note': 'x' * rng.choice((60, 5000))}, connection=connection)
        return started.delete('/api/hypotheses/%s/soak' % verse.replace('/', ':'), connection=connection)

    with tempfile.TemporaryDirectory() as folder:
        database = server.fixture_database(os.path.join(folder, 'quran.db'))
        with server.Server('--db', database) as started:
            threads = [threading.Thread(target=client, args=('reader %d' % i, read)) for i in range(READERS)]
            threads += [threading.Thread(target=client, args=('writer %d' % i, write)) for i in range(WRITERS)]
            for thread in threads:
                thread.start()
            try:
                for _ in range(count):
                    stopping.wait(seconds)
                    assert not failed, failed[0]
                    windows.append(window.end(started))
                    if long:
                        print('  ' + ', '.join('%s %.1f' % item for item in windows[-1].items()), flush=True)
            finally:
                stopping.set()
                for thread in threads:
                    thread.join()
    first, last = windows[0], windows[-1]
    # Connections to the database are opened as they are needed at once, and kept; thousands of answers that each leave one
    # open are far above this.
    assert last['descriptors'] <= first['descriptors'] + 40, windows
    if long:
        assert last['memory'] <= 1.2 * first['memory'] + 8, windows
        assert last['p99'] <= 1.5 * first['p99'] + 1, windows
    return '%d × %d s: %d answers; p99 %.1f then %.1f ms; memory %.0f then %.0f MB; descriptors %d then %d' % (
        count, seconds, sum(w['answers'] for w in windows), first['p99'], last['p99'], first['memory'], last['memory'],
        first['descriptors'], last['descriptors'])
