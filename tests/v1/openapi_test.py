"""/api/v1/openapi.json: sound under three validators, complete, and true: each documented example is asked."""
import json
import re
import unittest
import urllib.parse

from tests.v1 import description
from tests.v1.case import StarterCase

try:
    import openapi_spec_validator
except ImportError:
    openapi_spec_validator = None
try:
    import jsonschema
except ImportError:
    jsonschema = None


class Description(StarterCase):
    DOCUMENTS = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls.server.json('/api/v1/openapi.json')

    def test_sound(self):
        self.assertEqual(list(description.problems(self.document)), [])

    @unittest.skipUnless(openapi_spec_validator, 'the Python package openapi-spec-validator is missing')
    def test_sound_by_the_specification(self):
        openapi_spec_validator.OpenAPIV31SpecValidator(self.document).validate()

    @unittest.skipUnless(jsonschema, 'the Python package jsonschema is missing')
    def test_schemas_by_the_meta_schema(self):
        for schema in self.document['components']['schemas'].values():
            jsonschema.Draft202012Validator.check_schema(schema)

    def test_it_is_always_the_same(self):
        self.assertEqual(self.server.get('/api/v1/openapi.json').body, self.server.get('/api/v1/openapi.json').body)

    def test_old_routes_are_marked(self):
        for method, path, operation in description.operations(self.document):
            self.assertEqual(operation.get('deprecated', False), not path.startswith('/api/v1/'), path)
            self.assertEqual(operation['tags'][0].startswith('old '), not path.startswith('/api/v1/'), path)

    def matches(self, path, answer, method='GET'):
        """The answer is one that the description of the route has."""
        operation = self.document['paths'][path][method.lower()]
        status = str(answer.status)
        self.assertIn(status, operation['responses'], '%s %s: %s %r' % (method, path, status, answer.body[:300]))
        content = operation['responses'][status].get('content')
        if content is None:
            self.assertEqual(answer.body, b'')
            return None
        self.assertIn(answer.headers['Content-Type'], content)
        value = json.loads(answer.body) if answer.headers['Content-Type'].endswith('json') else answer.body.decode()
        schema = content[answer.headers['Content-Type']]['schema']
        self.assertEqual(list(description.mismatches(self.document, schema, value))[:5], [], path)
        if jsonschema:
            jsonschema.Draft202012Validator({**schema, 'components': self.document['components']}).validate(value)
        return value

    def requests(self):
        """(path, address) of each documented example, and of the examples of parameters together."""
        for method, path, operation in description.operations(self.document):
            if method != 'GET':
                continue
            for address in operation.get('x-examples', ()):
                yield path, address
            parameters = operation.get('parameters', ())
            yield path, description.address(path, parameters, {
                p['name']: description.text_of(p, p['example']) for p in parameters if 'example' in p})

    def test_every_example(self):
        asked = set()
        for path, address in self.requests():
            with self.subTest(address=address):
                answer = self.server.get(address)
                # The surahs that come with the program have no MASAQ, tags and notes.
                wanted = (200,) if path.startswith('/api/v1/') else (200, 404)
                self.assertIn(answer.status, wanted, answer.body[:300])
                self.matches(path, answer)
                asked.add(path)
        self.assertEqual(asked, {path for method, path, _ in description.operations(self.document) if method == 'GET'})

    def test_each_own_route_has_an_example(self):
        for method, path, operation in description.operations(self.document):
            if method == 'GET' and path.startswith('/api/v1/'):
                self.assertTrue(operation.get('x-examples'), path)

    def own_reads(self):
        done = set()
        for path, address in self.requests():
            if path.startswith('/api/v1/') and path not in done and not description.streams(self.document, path):
                done.add(path)
                yield path, address

    def test_what_every_route_does(self):
        for path, address in self.own_reads():
            with self.subTest(address=address):
                answer = self.server.get(address)
                tag = answer.headers['ETag']
                self.assertRegex(tag, '^"[^"]+"$')
                for given in (tag, 'W/' + tag, '"x", %s' % tag, '*'):
                    again = self.server.get(address, headers={'If-None-Match': given})
                    self.assertEqual((again.status, again.body, again.headers['ETag']), (304, b'', tag))
                self.assertEqual(self.server.get(address, headers={'If-None-Match': '"x"'}).status, 200)
                head = self.server.request('HEAD', address)
                self.assertEqual((head.status, head.body, head.headers['ETag']), (200, b'', tag))
                self.assertEqual(head.headers['Content-Length'], str(len(answer.body)))
                methods = {m.upper() for m in self.document['paths'][path]}
                options = self.server.request('OPTIONS', address)
                self.assertEqual((options.status, options.body), (200, b''))
                self.assertEqual(set(options.headers['Allow'].split(', ')), methods | {'HEAD', 'OPTIONS'})
                if 'POST' not in methods:
                    self.problem(self.server.post(address, {}), 405, 'method_not_allowed')
                self.assertEqual(answer.headers['X-Content-Type-Options'], 'nosniff')

    def test_unknown_parameters_are_refused_by_name(self):
        for path, address in self.own_reads():
            with self.subTest(address=address):
                more = '&' if '?' in address else '?'
                problem = self.problem(self.server.get(address + more + 'nonsense=1'), 400, 'bad_input', parameter='nonsense')
                self.assertIn('nonsense', problem['detail'])
                self.assertEqual(self.server.get(address + more + 'token=1').status, 200)
        problem = self.problem(self.server.get('/api/v1/roots?limt=5'), 400, parameter='limt')
        self.assertIn('did you mean limit', problem['cure'])
        problem = self.problem(self.server.get('/api/v1/search?q=%D9%85%D9%86&querry=1'), 400, parameter='querry')
        self.assertIn('known parameters: q, mode', problem['cure'])
        self.problem(self.server.get('/api/v1/roots?limit=5&limit=5'), 400, parameter='limit')
        self.assertLess(len(self.server.get('/api/v1/roots?' + 'x' * 60000 + '=1').body), 1500)

    def test_problems(self):
        self.problem(self.server.get('/api/v1/nothing'), 404, 'not_found')
        self.problem(self.server.get('/api/v1/'), 404, 'not_found')
        self.problem(self.server.get('/api/v1/history/2:255'), 404, 'not_found', parameter='verse')
        self.problem(self.server.get('/api/v1/history/x'), 400, 'bad_input', parameter='verse')
        self.problem(self.server.get('/api/v1/search'), 400, 'bad_input', parameter='q')
        self.problem(self.server.get('/api/v1/search?q=~'), 400, 'bad_input', parameter='q')
        self.problem(self.server.post('/api/v1/history/999/undo'), 404, 'not_found')
        self.problem(self.server.get('/api/v1/history', headers={'Host': 'evil.example'}), 403, 'forbidden')
        self.problem(self.server.post('/api/v1/history/1/undo', {}, headers={'Content-Type': 'text/plain'}), 415, 'unsupported_type')
        # Refused before it was read, by the HTTP library.
        self.problem(self.server.get('/api/v1/roots?q=' + 'x' * 100000), 414, 'http')
        self.problem(self.server.request('POST', '/api/v1/history/1/undo', b' ' * (2 * 1024 * 1024 + 1)), 413, 'http')
        # The old API's errors stay.
        for address in ('/api/nothing', '/api/v1', '/api/verse/200/1'):
            answer = self.server.get(address)
            self.assertEqual((answer.status, answer.headers['Content-Type'], list(json.loads(answer.body))),
                             (404, 'application/json', ['error']))

    def test_every_old_route_is_described(self):
        """That none is left out is a unit test; here, that each that is described is there."""
        for method, path, operation in description.operations(self.document):
            if path.startswith('/api/v1/'):
                continue
            address = description.address(path, operation.get('parameters', ()), {
                p['name']: str(p.get('example', 'x')) for p in operation.get('parameters', ())})
            allowed = self.server.request('OPTIONS', address).headers['Allow']
            self.assertIn(method, allowed.split(', '), address)


class Token(StarterCase):
    ARGS = ('--token', 'a' * 16)

    def test_refused_without_it(self):
        self.problem(self.server.get('/api/v1/roots'), 401, 'unauthorized')
        answer = self.server.get('/api/v1/roots', headers={'Authorization': 'Bearer ' + 'a' * 16})
        self.assertEqual(answer.status, 200)

    def tearDown(self):
        self.assertEqual(self.server.get('/healthz').status, 200)


class Origin(StarterCase):
    ARGS = ('--allow-origin', 'https://page.example')
    DOCUMENTS = True

    def test_cross_origin_requests_are_alike_on_all(self):
        document = self.server.json('/api/v1/openapi.json')
        for method, path, operation in description.operations(document):
            if not path.startswith('/api/v1/') or method != 'GET' or description.streams(document, path):
                continue
            address = operation['x-examples'][0]
            with self.subTest(address=address):
                for headers in ({}, {'If-None-Match': '*'}):
                    answer = self.server.get(address, headers={'Origin': 'https://page.example', **headers})
                    self.assertEqual(answer.headers['Access-Control-Allow-Origin'], 'https://page.example')
                    self.assertIn('ETag', answer.headers['Access-Control-Expose-Headers'])
                self.assertIsNone(self.server.get(address, headers={'Origin': 'https://evil.example'}).headers.get(
                    'Access-Control-Allow-Origin'))
                preflight = self.server.request('OPTIONS', address, headers={
                    'Origin': 'https://page.example', 'Access-Control-Request-Method': 'GET'})
                self.assertEqual(preflight.status, 204)


if __name__ == '__main__':
    unittest.main()
