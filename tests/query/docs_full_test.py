"""The examples of docs/query.md over the whole corpus.

Without the published files (see tests/v1/published.py) the test is skipped, with exit code 77, and says why.
"""
import os
import sys
import unittest

from tests.query.docs_test import Case
from tests.v1.published import DATASETS, SKIPPED, import_published


class Full(Case):
    def test_examples(self):
        database, running = self.corpus(import_published)
        self.check(running, 1, database)


if __name__ == '__main__':
    if not os.path.isdir(DATASETS):
        print('SKIPPED: %s is missing' % DATASETS)
        sys.exit(SKIPPED)
    unittest.main()
