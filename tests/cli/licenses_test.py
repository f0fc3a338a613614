"""`kalima licenses` prints the licence of the program and of each library in it."""
import os
import unittest

from tests.compat import server


class Licenses(unittest.TestCase):
    def test_every_pinned_library_is_there(self):
        done = server.run('licenses')
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        lines = done.stdout.splitlines()
        named = [name for name, line in zip(lines, lines[1:]) if name and line == '=' * len(name)]
        self.assertEqual(named[0], 'kalima')
        with open(os.path.join(server.ROOT, 'packaging', 'deps', 'pins.txt'), encoding='utf-8') as f:
            pinned = {line.split()[0] for line in f if line.strip() and not line.startswith('#')}
        # It is in the tests only.
        self.assertIn('doctest', pinned)
        self.assertEqual(pinned - {'doctest'} - set(named), set())
        self.assertNotIn('doctest', named)
        for words in ('GNU GENERAL PUBLIC LICENSE', 'Thai Open Source Software Center', 'Yann Collet', 'Jean-loup Gailly'):
            self.assertIn(words, done.stdout)


if __name__ == '__main__':
    unittest.main()
