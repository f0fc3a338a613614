"""SIGKILL in the middle of writers."""
from tests.attack.other_tests import run_test


def attack(long, seed):
    del seed
    out = run_test('tests.research.durability_test', 'Killed', KALIMA_KILL_ROUNDS='100' if long else '5')
    return next(line for line in out.splitlines() if ' kills among ' in line)
