"""What the tests of this folder share: one server over the fixture folder for a class of tests."""
import json
import unittest

from tests.compat import server


class ServerCase(unittest.TestCase):
    ARGS = ()

    @classmethod
    def setUpClass(cls):
        cls.workplace = server.Workplace()
        cls.addClassCleanup(cls.workplace.close)
        cls.server = cls.workplace.serve(*cls.ARGS)
        # Ends the server and expects exit code 0: no request of the class may have shaken it.
        cls.addClassCleanup(cls.server.stop)

    def tearDown(self):
        self.assertTrue(self.server.healthy(), 'the server does not answer any more')

    def assert_error(self, answer, *statuses):
        """A JSON error of one of the statuses (any from 400 to 499 when none is given)."""
        status, headers, body = answer
        if statuses:
            self.assertIn(status, statuses, body[:200])
        else:
            self.assertTrue(400 <= status < 500, '%s: %r' % (status, body[:200]))
        self.assert_json_error(headers, body)

    def assert_json_error(self, headers, body):
        media = {name.lower(): value for name, value in headers.items()}.get('content-type')
        server.error_text(media, body)

    def assert_found(self, answer, count):
        self.assertEqual(answer.status, 200, answer.body[:200])
        value = json.loads(answer.body)
        self.assertEqual(sorted(value), ['count', 'query', 'results', 'type'])
        self.assertEqual(value['count'], count)
        return value
