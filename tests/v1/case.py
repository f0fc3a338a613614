"""What the tests of /api/v1 share: one server over the surahs that come with the program, for a class of tests."""
import json
import os
import shutil
import tempfile
import unittest

from tests.compat import server


# Documents that the examples of the routes name, by their route.
EXAMPLES = {
    'annotations': {'id': 'example', 'anchor': '112:1:1-112:1:2', 'type': 'semantic', 'note': 'A command to speak', 'tags': ['creed']},
    'hypotheses': {'id': 'example', 'anchor': '112:1:1', 'hypothesis': 'The command frames the surah', 'evidence': [{'note': 'so 113:1'}]},
    'pronouns': {'id': 'example', 'anchor': '112:1:2', 'referent': 'God'},
    'connections': {'anchor': '112:1', 'external': [{'target': '113:1', 'type': 'parallel'}]},
    'translations': {'id': 'example', 'anchor': '112:1', 'language': 'en', 'text': 'Say: He is God, One'},
    'tags': {'id': 'example', 'hypothesis': 'Surahs that begin with a command belong together'},
    'patterns': {'id': 'example', 'name': 'Negated jussive', 'type': 'syntactic'},
    'queries': {'id': 'my-query', 'query': '[pos="V"]', 'note': 'verbs'},
    'subcorpora': {'id': 'my-subcorpus', 'query': '<juz n="30"/>'},
    'lists': {'id': 'my-list', 'items': ['رحم'], 'attribute': 'root'},
}


class StarterCase(unittest.TestCase):
    ARGS = ()
    DOCUMENTS = False  # whether the examples are there

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
        for kind, document in EXAMPLES.items() if cls.DOCUMENTS else ():
            answer = cls.server.post('/api/v1/' + kind, document)
            if answer.status != 201:
                raise RuntimeError('%s: %s %r' % (kind, answer.status, answer.body))
        if cls.DOCUMENTS:
            cls.make_import()

    @classmethod
    def make_import(cls):
        """That which the examples name: one that has ended, and changed nothing."""
        body = ('--x\r\nContent-Disposition: form-data; name="check"\r\n\r\ntrue\r\n'
                '--x\r\nContent-Disposition: form-data; name="file"; filename="quran.txt"\r\n\r\n'
                '112|1|قُلْ هُوَ\n112|2|ٱللَّهُ\n112|3|لَمْ يَلِدْ\n112|4|وَلَمْ يَكُن\n\r\n--x--\r\n').encode()
        answer = cls.server.post('/api/v1/imports', body, headers={'Content-Type': 'multipart/form-data; boundary=x'})
        if answer.status != 202:
            raise RuntimeError('%s %r' % (answer.status, answer.body))
        server.wait_until(lambda: cls.server.json('/api/v1/imports/1')['state'] == 'done')

    def problem(self, answer, status, code=None, **members):
        """The problem document of an answer that must have this status, code and members."""
        self.assertEqual(answer.status, status, answer.body[:300])
        self.assertEqual(answer.headers['Content-Type'], 'application/problem+json')
        problem = json.loads(answer.body)
        self.assertLessEqual({'type', 'title', 'status', 'code', 'detail'}, set(problem))
        self.assertLessEqual(set(problem), {'type', 'title', 'status', 'code', 'detail', 'cure', 'parameter', 'line', 'column', 'version'})
        self.assertEqual(problem['status'], status)
        self.assertEqual(problem['type'], 'urn:kalima:problem:' + problem['code'])
        if code is not None:
            self.assertEqual(problem['code'], code, problem)
        for name, value in members.items():
            self.assertEqual(problem.get(name), value, problem)
        return problem
