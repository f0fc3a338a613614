"""What the tests of /api/v1 share: one server over the surahs that come with the program, for a class of tests."""
import json
import os
import shutil
import tempfile
import unittest

from tests.compat import server


class StarterCase(unittest.TestCase):
    ARGS = ()

    @classmethod
    def setUpClass(cls):
        folder = tempfile.mkdtemp(prefix='kalima-v1-')
        cls.addClassCleanup(shutil.rmtree, folder, ignore_errors=True)
        cls.database = os.path.join(folder, 'quran.db')
        done = server.run('import', '--starter', '--db', cls.database)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        cls.server = server.Server('--db', cls.database, *cls.ARGS)
        # Ends the server and expects exit code 0: no request of the class may have shaken it.
        cls.addClassCleanup(cls.server.stop)

    def problem(self, answer, status, code=None, **members):
        """The problem document of an answer that must have this status, code and members."""
        self.assertEqual(answer.status, status, answer.body[:300])
        self.assertEqual(answer.headers['Content-Type'], 'application/problem+json')
        problem = json.loads(answer.body)
        self.assertLessEqual({'type', 'title', 'status', 'code', 'detail'}, set(problem))
        self.assertLessEqual(set(problem), {'type', 'title', 'status', 'code', 'detail', 'cure', 'parameter', 'line', 'column'})
        self.assertEqual(problem['status'], status)
        self.assertEqual(problem['type'], 'urn:kalima:problem:' + problem['code'])
        if code is not None:
            self.assertEqual(problem['code'], code, problem)
        for name, value in members.items():
            self.assertEqual(problem.get(name), value, problem)
        return problem
