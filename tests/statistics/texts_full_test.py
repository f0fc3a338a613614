"""What texts_test compares, over the whole corpus: rhymes, letters, what is alike, skip-grams, similar pairs, formulas, shifts, rings, networks.

Without the files (see tests/v1/published.py) the test is skipped, with exit code 77, and says why. KALIMA_DATABASE names a database of the
whole corpus to be used instead of importing one.
"""
import os
import shutil
import sys
import tempfile
import unittest

from tests.statistics import texts_test
from tests.v1.published import DATASETS, SKIPPED, import_published


class Full(texts_test.Texts):
    fewest_together = 6
    verses_compared = 60
    rings = 40

    @classmethod
    def setUpClass(cls):
        if 'KALIMA_DATABASE' not in os.environ:
            place = tempfile.mkdtemp(prefix='kalima-test-')
            cls.addClassCleanup(shutil.rmtree, place, ignore_errors=True)
            os.environ['KALIMA_DATABASE'] = os.path.join(place, 'quran.db')
            import_published(os.environ['KALIMA_DATABASE'])
        super().setUpClass()


if __name__ == '__main__':
    if not os.path.isdir(DATASETS):
        print('SKIPPED: %s is missing' % DATASETS)
        sys.exit(SKIPPED)
    unittest.main()
