"""An answered write survives the loss of the process, and nothing half written remains."""
import os
import re
import signal
import sqlite3
import threading
import time
import unittest

from tests.compat import server
from tests.research.support import Folder, Served, VERSES, Writer, read_state

# Also when asked for by number: then however long they take.
ASKED = os.environ.get('KALIMA_KILL_ROUNDS')
ROUNDS = int(ASKED or 30)
WRITERS = 8


class Killed(Folder):
    def test_sigkill_in_the_middle_of_writers(self):
        database = server.fixture_database(self.path('quran.db'))
        writers = [Writer('w%d' % i, None, [VERSES[i], VERSES[8], VERSES[20], VERSES[(i + 1) % 8]]) for i in range(WRITERS)]
        began = time.monotonic()
        rounds = in_flight = shown_in_flight = 0
        # At least ten rounds however slow the machine is.
        while rounds < ROUNDS and (ASKED or rounds < 10 or time.monotonic() - began < 45 * server.TIME_FACTOR):
            rounds += 1
            started = server.Server('--db', database)
            if rounds > 1:
                open_before = [w.open for w in writers]
                problems = self.problems(writers, started)
                self.assertEqual(problems, [], 'after round %d' % (rounds - 1))
                in_flight += sum(x is not None for x in open_before)
            self.round(started, writers, rounds)
        started = server.Server('--db', database)
        self.assertEqual(self.problems(writers, started), [])
        history = started.json('/api/v1/history?limit=1000000')['history']
        self.assertGreaterEqual(len(history), sum(w.writes for w in writers))
        started.stop()
        done = self.kalima('check', '--db', database)
        self.assertIn('sound', done.stdout)
        with sqlite3.connect(database) as connection:
            self.assertEqual(connection.execute('PRAGMA integrity_check').fetchone(), ('ok',))
        connection.close()
        print('%d kills among %d answered writes, %d of them unanswered, in %.0f s' % (
            rounds, sum(w.writes for w in writers), in_flight, time.monotonic() - began), flush=True)
        # Else the kills did not come in the middle.
        self.assertGreater(in_flight, rounds)
        self.assertGreaterEqual(sum(w.writes for w in writers), rounds * WRITERS)

    def problems(self, writers, started):
        state = read_state(started)
        return [p for w in writers for p in w.problems(state)]

    def round(self, started, writers, number):
        ending = threading.Event()
        failed = []

        def work(writer):
            writer.server, writer.connection = started, None
            # Some tenth of all writes of the round, so that no list gets too long; then half a write for the kill.
            try:
                while not ending.is_set():
                    writer.write()
            except (OSError, EOFError, ConnectionError) as e:
                if not ending.is_set():
                    failed.append(e)
            except Exception as e:  # noqa: B902
                import http.client
                if not (ending.is_set() and isinstance(e, http.client.HTTPException)):
                    failed.append(e)
            finally:
                if writer.connection is not None:
                    writer.connection.close()

        # Some writes of the round are answered before the kill, more of them in some rounds.
        enough = sum(w.writes for w in writers) + WRITERS + 3 * (number % 13)
        threads = [threading.Thread(target=work, args=(w,)) for w in writers]
        for thread in threads:
            thread.start()
        server.wait_until(lambda: failed or sum(w.writes for w in writers) >= enough, 60)
        started.process.send_signal(signal.SIGKILL)
        # Only what fails from here on is the kill's; set after it, so that no writer ends by itself before.
        ending.set()
        for thread in threads:
            thread.join()
        started.kill()
        # What failed in the moment between the signal and the event is the kill's too.
        failed = [e for e in failed if not isinstance(e, (OSError, EOFError)) and type(e).__name__ != 'IncompleteRead']
        self.assertEqual(failed, [])


class Ending(Folder):
    def test_a_stop_right_after_the_start(self):
        """A stop may come at any time after the line that names the port."""
        database = server.fixture_database(self.path('quran.db'))
        for _ in range(20):
            server.Server('--db', database).stop()

    def test_a_stop_while_writers_write(self):
        database = server.fixture_database(self.path('quran.db'))
        for number in range(5):
            with server.Server('--db', database) as started:
                writers = [Writer('s%d-%d' % (number, i), started, [VERSES[i], VERSES[9]]) for i in range(4)]
                threads = [threading.Thread(target=self.until_closed, args=(w,)) for w in writers]
                for thread in threads:
                    thread.start()
                time.sleep(0.15 * server.TIME_FACTOR)
                started.stop()
                for thread in threads:
                    thread.join()
            with server.Server('--db', database) as started:
                state = read_state(started)
                self.assertEqual([p for w in writers for p in w.problems(state)], [])
        self.kalima('check', '--db', database)

    @staticmethod
    def until_closed(writer):
        import http.client
        try:
            while True:
                writer.write()
        except (OSError, http.client.HTTPException):
            pass
        finally:
            if writer.connection is not None:
                writer.connection.close()


class Settings(Served):
    def test_one_history_entry_for_each_write(self):
        writer = Writer('w', self.server, VERSES[:3])
        for _ in range(60):
            writer.write()
        writer.connection.close()
        history = self.history(limit=1000)
        self.assertEqual(len(history), 60)
        self.assertEqual([e['id'] for e in history], list(range(60, 0, -1)))
        times = [e['at'] for e in history]
        self.assertEqual(times, sorted(times, reverse=True))

    def test_written_to_the_log_and_synced_before_the_answer(self):
        """With strace, if installed: an fsync or fdatasync lies between each write's request and its answer."""
        import shutil
        import subprocess
        strace = shutil.which('strace')
        if not strace:
            self.skipTest('no strace')
        trace = self.path('trace')
        tracer = subprocess.Popen([strace, '-f', '-qq', '-s', '60', '-e', 'trace=recvfrom,read,sendto,write,writev,sendmsg,fsync,fdatasync', '-o', trace,
                                   '-p', str(self.server.process.pid)], stderr=subprocess.PIPE)
        tasks = '/proc/%d/task' % self.server.process.pid

        def attached():
            """By now all threads are traced, or strace has given up."""
            if tracer.poll() is not None:
                return True
            for task in os.listdir(tasks):
                try:
                    with open(os.path.join(tasks, task, 'status'), encoding='utf-8') as f:
                        if re.search(r'^TracerPid:\t0$', f.read(), re.M):
                            return False
                except OSError:
                    pass  # a thread that has ended
            return True

        server.wait_until(attached)
        if tracer.poll() is not None:
            error = tracer.stderr.read()
            tracer.stderr.close()
            self.skipTest('strace cannot attach: %s' % error)
        connection = self.server.connect()
        for i in range(10):
            self.ok(self.server.post('/api/annotations/1/1', {'n': i}, connection=connection))
        connection.close()
        tracer.terminate()
        tracer.wait()
        tracer.stderr.close()
        synced = answered = 0
        since = False
        with open(trace, encoding='utf-8', errors='replace') as f:
            for line in f:
                if 'POST /api/annotations' in line:
                    since = False
                elif ('fsync(' in line or 'fdatasync(' in line) and 'unfinished' not in line or 'sync resumed>' in line:
                    since = True
                elif 'HTTP/1.1 200' in line:
                    answered += 1
                    synced += since
        self.assertEqual(answered, 10)
        self.assertEqual(synced, 10)


if __name__ == '__main__':
    unittest.main()
