"""What a start reads of the index: nothing in full if it is the one that was verified before; everything, if it may be another."""
import os
import random
import sys
import threading
import time
import unittest

from tests.compat import server
from tests.research.index_files_test import PARTS, SEARCHES, without_time
from tests.research.stranger_test import change
from tests.research.support import Served

KNOWN, READ, MADE = 'is known', 'was read in full', 'Making the index'
# Damaged at random, and said to be known.
FORGED = int(os.environ.get('KALIMA_TEST_MUTATIONS') or 60) // 3


class KnownIndex(Served):
    def setUp(self):
        super().setUp()
        self.index = self.database + '-index'

    def part(self, name):
        return os.path.join(self.index, name)

    def starts(self, how):
        """The next start knows the index, reads it in full, or makes another. Returns how many bytes the start read."""
        if self.server.running():
            self.server.stop()
        self.server = self.serve(log_level='info')
        self.assertTrue(self.server.healthy())
        read = 0
        if sys.platform.startswith('linux'):
            with open('/proc/%d/io' % self.server.process.pid, encoding='ascii') as f:
                read = int(f.readline().split()[1])
        self.server.stop()
        found = {word for word in (KNOWN, READ, MADE) if word in self.server.log}
        self.assertEqual(found, {how} if how != MADE else {MADE, KNOWN}, self.server.log)
        return read

    def size(self):
        return sum(os.path.getsize(self.part(name)) for name in PARTS)

    def test_an_index_is_read_once(self):
        """It is a copy, which is not known."""
        os.remove(self.part('marks'))
        first = self.starts(READ)
        second = self.starts(KNOWN)
        self.starts(KNOWN)
        if second:
            self.assertGreater(first - second, 0.99 * self.size())

    def test_what_a_corpus_was_made_from_is_not_read(self):
        """The whole of a CoNLL-U file is a fact of the corpus that was made from it."""
        before = self.starts(KNOWN)
        change(self.database, "INSERT INTO meta VALUES ('conllu.source.0', hex(zeroblob(10000000)))")
        after = self.starts(KNOWN)
        if before:
            self.assertLess(after, before + 1000000)

    def test_an_index_that_was_made_here_is_known(self):
        self.kalima('reindex', '--db', self.database)
        self.starts(KNOWN)
        self.kalima('import', '--legacy', server.fixture_folder(), '--db', self.path('other.db'))
        self.database, self.index = self.path('other.db'), self.path('other.db-index')
        self.starts(KNOWN)

    def test_a_file_that_may_be_another_is_read(self):
        self.starts(KNOWN)
        for name in PARTS:
            with self.subTest(name):
                os.utime(self.part(name))
                self.starts(READ)
                self.starts(KNOWN)
                os.rename(self.part(name), self.path('same'))
                with open(self.path('same'), 'rb') as old, open(self.part(name), 'wb') as new:
                    new.write(old.read())
                self.starts(READ)
                self.starts(KNOWN)

    def test_a_file_with_other_bytes_is_not_used(self):
        """Its size and times are as before."""
        for name in PARTS:
            with self.subTest(name):
                self.starts(KNOWN)
                before = os.stat(self.part(name))
                with open(self.part(name), 'r+b') as f:
                    f.seek(before.st_size // 2)
                    byte = f.read(1)[0]
                    f.seek(before.st_size // 2)
                    f.write(bytes([byte ^ 1]))
                os.utime(self.part(name), ns=(before.st_atime_ns, before.st_mtime_ns))
                self.starts(MADE)

    def test_marks_that_say_nothing(self):
        with open(self.part('marks'), 'rb') as f:
            marks = f.read()
        for damaged in (b'', marks[:-1], marks + b'\n', b'\xff' * 100, marks * 1000, marks.replace(b'kalima marks 1', b'kalima marks 0')):
            with self.subTest(damaged[:40]):
                with open(self.part('marks'), 'wb') as f:
                    f.write(damaged)
                self.starts(READ)
                with open(self.part('marks'), 'rb') as f:
                    self.assertEqual(f.read(), marks)
        os.remove(self.part('marks'))
        os.mkdir(self.part('marks'))
        self.starts(READ)
        self.starts(KNOWN)

    def test_marks_that_lead_elsewhere(self):
        """An index of a stranger: nothing is written through a link that came with it."""
        if not hasattr(os, 'geteuid'):
            self.skipTest('links need rights there')
        theirs = self.path('theirs')
        with open(theirs, 'wb') as f:
            f.write(b'theirs')
        os.remove(self.part('marks'))
        os.symlink(theirs, self.part('marks'))
        self.starts(READ)
        with open(theirs, 'rb') as f:
            self.assertEqual(f.read(), b'theirs')
        self.assertFalse(os.path.islink(self.part('marks')))
        self.starts(KNOWN)

    def forge(self):
        """Has the marks say that the files are known as they are."""
        with open(self.part('marks'), encoding='ascii') as f:
            lines = f.read().split('\n')[:2]
        for name in PARTS:
            about = os.stat(self.part(name))
            lines.append('%s %d %d %d' % (name, about.st_ino, about.st_size, about.st_ctime_ns))
        with open(self.part('marks'), 'w', encoding='ascii') as f:
            f.write('\n'.join(lines) + '\n')

    def test_check_reads_everything(self):
        self.forge()
        self.starts(KNOWN)
        self.kalima('check', '--db', self.database)
        with open(self.part('words'), 'r+b') as f:
            f.seek(-1, os.SEEK_END)
            byte = f.read(1)[0]
            f.seek(-1, os.SEEK_END)
            f.write(bytes([byte ^ 1]))
        self.forge()
        self.starts(KNOWN)
        self.assertIn('is damaged', self.kalima('check', '--db', self.database, code=1).stdout)

    def test_a_damaged_index_that_is_said_to_be_known_does_no_harm(self):
        """Whoever can write into the folder can say so: every number is checked where it is used."""
        rng = random.Random(int(os.environ.get('KALIMA_TEST_SEED') or 1))
        self.server.stop()
        for round_ in range(FORGED):
            name = rng.choice(('core', 'words', 'legacy'))
            with open(self.part(name), 'rb') as f:
                whole = f.read()
            changed = bytearray(whole)
            # Not in the headers: there it would be refused at once.
            for _ in range(rng.choice((1, 5, 200))):
                at = rng.randrange(4096 if name != 'core' else 100, len(whole) - 8)
                size = rng.choice((1, 4, 8))
                changed[at:at + size] = rng.choice((bytes(size), b'\xff' * size, rng.randbytes(size)))
            with open(self.part(name), 'r+b') as f:
                f.write(changed)
            self.forge()
            with self.subTest('%d: %s' % (round_, name)):
                try:
                    self.server = self.serve(log_level='error')
                except RuntimeError as refused:
                    self.assertIn('kalima: ', str(refused))
                    continue
                for path in SEARCHES:
                    self.assertIn(self.server.get(path).status, (200, 400, 404, 500, 503), path)
                self.assertTrue(self.server.running())
                self.server.stop()
            with open(self.part(name), 'r+b') as f:
                f.write(whole)

    def test_a_folder_that_cannot_be_written_to(self):
        if not hasattr(os, 'geteuid') or os.geteuid() == 0:
            self.skipTest('root may write everywhere')
        self.server.stop()
        os.remove(self.part('marks'))
        os.chmod(self.index, 0o555)
        self.addCleanup(os.chmod, self.index, 0o755)
        self.starts(READ)
        self.starts(READ)


class WhileServing(Served):
    """The index is changed in a way that its size and the first look do not show."""

    def setUp(self):
        super().setUp()
        self.index = self.database + '-index'
        self.expected = {path: self.answer(path) for path in SEARCHES}

    def answer(self, path):
        answer = self.server.get(path)
        return answer.status, without_time(answer.body)

    def inodes(self):
        return [os.stat(os.path.join(self.index, name)).st_ino for name in PARTS]

    def test_a_file_that_was_only_touched_is_verified_and_stays(self):
        before = self.inodes()
        for name in PARTS:
            os.utime(os.path.join(self.index, name))
            with self.subTest(name):
                statuses = {self.answer(path)[0] for path in SEARCHES}
                self.assertLessEqual(statuses - {200}, {503})
                server.wait_until(lambda: {path: self.answer(path) for path in SEARCHES} == self.expected, 60)
                self.assertEqual(self.inodes(), before)

    def test_a_letter_of_an_answer_is_changed(self):
        """No answer ever shows it, whatever times the file has."""
        path = os.path.join(self.index, 'legacy')
        with open(path, 'rb') as f:
            whole = f.read()
        text = 'ٱلْحَمْدُ'.encode()
        self.assertIn(text, whole)
        self.assertIn(text, self.expected['/api/verses?limit=1000'][1])
        before = os.stat(path)
        with open(path, 'r+b') as f:
            f.write(whole.replace(text, text[::-1][:-2].rjust(len(text), b'x')))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        statuses = set()
        for path in SEARCHES:
            status, body = self.answer(path)
            statuses.add(status)
            self.assertTrue(status == 503 or (status, body) == self.expected[path], path)
        self.assertIn(503, statuses)
        server.wait_until(lambda: {path: self.answer(path) for path in SEARCHES} == self.expected, 60)

    def test_nobody_reads_what_is_written_into_the_files_at_random(self):
        rng = random.Random(int(os.environ.get('KALIMA_TEST_SEED') or 1))
        end = time.monotonic() + 10
        statuses, wrong = set(), []

        def read(paths):
            while time.monotonic() < end:
                path = paths.choice(SEARCHES)
                answer = self.answer(path)
                statuses.add(answer[0])
                if answer[0] != 503 and answer != self.expected[path]:
                    wrong.append(path)

        readers = [threading.Thread(target=read, args=(random.Random(seed),)) for seed in range(4)]
        for reader in readers:
            reader.start()
        while time.monotonic() < end:
            self.damage(rng.choice(PARTS), rng)
            time.sleep(rng.choice((0, 0.05, 1.5)))
        for reader in readers:
            reader.join()
        self.assertEqual(wrong, [])
        self.assertEqual(statuses, {200, 503})
        self.assertTrue(self.server.running())

    def damage(self, name, rng):
        try:
            with open(os.path.join(self.index, name), 'r+b') as f:
                size = os.fstat(f.fileno()).st_size
                for _ in range(rng.choice((1, 20, 300))):
                    part = rng.choice((1, 8, 100, 4096))
                    f.seek(rng.randrange(max(1, size - part)))
                    f.write(rng.choice((bytes(part), b'\xff' * part, rng.randbytes(part))))
                if rng.random() < 0.3:
                    f.truncate(rng.randrange(size))
        except OSError:  # it is being made again
            pass

    def test_a_file_without_a_name_is_cut_off(self):
        """By somebody who had it open when it was removed."""
        if not sys.platform.startswith('linux'):
            self.skipTest('others do not remove open files')
        for name in PARTS:
            with self.subTest(name):
                path = os.path.join(self.index, name)
                with open(path, 'r+b') as f:
                    os.remove(path)
                    self.assertEqual({path: self.answer(path) for path in SEARCHES[:3]}, dict(list(self.expected.items())[:3]))
                    f.truncate(4096)
                statuses = set()
                for path in SEARCHES:
                    answer = self.server.get(path)
                    statuses.add(answer.status)
                    if answer.status == 503:
                        self.assertIn('index', server.error_text(answer.headers['Content-Type'], answer.body))
                self.assertLessEqual(statuses, {200, 503})
                self.assertIn(503, statuses)
                server.wait_until(lambda: {path: self.answer(path) for path in SEARCHES} == self.expected, 60)
        self.assertTrue(self.server.running())


if __name__ == '__main__':
    unittest.main()
