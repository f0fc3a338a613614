"""Random damage to a database and its derived files."""
from tests.attack.other_tests import run_test


def attack(long, seed):
    count = 5000 if long else 10
    run_test('tests.research.mutations_test', KALIMA_TEST_MUTATIONS=str(count), KALIMA_TEST_SEED=str(seed))
    return '%d damaged databases and indexes, no crash, no hang, no wrong answer' % count
