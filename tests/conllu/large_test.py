"""A CoNLL-U file is imported and exported sentence by sentence: memory does not follow the size of the file."""
import filecmp
import os
import unittest

from tests.compat import server
from tests.conllu import support

SENTENCES = 300
WORD = '1\tx\t_\t_\t_\t_\t0\troot\t_\tRef=1:%d:1\n\n'


class Large(support.Case):
    @unittest.skipIf(server.TIME_FACTOR > 1, 'a sanitizer keeps memory that was given back')
    def test_memory_does_not_follow_the_file(self):
        path, database, again = self.path('large.conllu'), self.path('large.db'), self.path('again.conllu')
        with open(path, 'w', encoding='utf-8') as f:
            for number in range(1, SENTENCES + 1):
                f.write('# note = %s\n' % (chr(ord('a') + number % 26) * (1 << 20)))
                f.write(WORD % number)
        size = os.path.getsize(path) >> 20
        self.assertLess(server.memory_of('import', '--conllu', path, '--db', database), size)
        self.assertLess(server.memory_of('export', '--conllu', again, '--db', database), size)
        self.assertTrue(filecmp.cmp(path, again, shallow=False))


if __name__ == '__main__':
    unittest.main()
