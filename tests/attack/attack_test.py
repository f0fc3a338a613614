"""The short form of the attack: see README.md. `kills` and `files` are tests of their own (tests/research)."""
import unittest

from tests.attack import connections, requests, soak


class Attack(unittest.TestCase):
    def test_hostile_requests(self):
        print(requests.attack(False, 1), flush=True)

    def test_idle_connections(self):
        print(connections.attack(False, 1), flush=True)

    def test_soak(self):
        print(soak.attack(False, 1), flush=True)


if __name__ == '__main__':
    unittest.main()
