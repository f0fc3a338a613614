"""Requests made from /api/v1/openapi.json, with values that it allows and values that it does not: whatever is asked, the
answer has a documented status and its shape, and never is a 5xx. The requests are the same in each run: the seed is fixed.
"""
import collections
import json
import os
import random
import unittest
import urllib.parse

from tests.v1 import description
from tests.v1.case import StarterCase

# For a longer run with other requests.
SEED = int(os.environ.get('KALIMA_FUZZ_SEED', '1'))
ROUNDS = int(os.environ.get('KALIMA_FUZZ_ROUNDS', '60'))

TEXTS = ['', ' ', 'a', 'رحم', 'ر ح م', 'الصلاة', 'من شر', 'rHm', 'root', '1:1', '112:1-3', '112', 'juz:30', 'page:604', '112:1:1', '2:255', '0',
         '-1', '1e9', 'NaN', '99999999999999999999', '%', '%2F', '../x', '{verse}', '"', '\\', '\x00', '\n', '\u202e', '\ufffd', '\U0001f600',
         'é', '\u0651', '،', "' OR 1=1 --", '<b>', 'null', '[]', '{}']


class Fuzz(StarterCase):
    DOCUMENTS = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls.server.json('/api/v1/openapi.json')

    def value(self, random_, parameter, valid, example):
        """A text for a parameter, allowed by its schema or perhaps not. `example`: the documented one, where it is a text."""
        schema = parameter['schema']
        if not valid:
            choice = random_.randrange(3)
            if choice == 0:
                return random_.choice(TEXTS)
            if choice == 1:
                return ''.join(chr(random_.choice([random_.randrange(0x20, 0x7f), random_.randrange(0x600, 0x6ff)]))
                               for _ in range(random_.randrange(1, 12)))
            return str(random_.choice(['x', '5']) * random_.choice([1, 30, 1000]))
        if 'enum' in schema:
            return random_.choice(schema['enum'])
        if schema['type'] == 'array':
            return ','.join(random_.sample(schema['items']['enum'], random_.randrange(1, len(schema['items']['enum']) + 1)))
        if schema['type'] == 'integer':
            return str(random_.choice([schema['minimum'], schema['maximum'], min(schema['maximum'], schema['minimum'] + random_.randrange(200))]))
        if example or 'pattern' in schema or random_.random() < .5:
            return str(parameter.get('example', 'x'))
        return random_.choice([t for t in TEXTS if t] or ['x'])

    def test_requests(self):
        counted = collections.Counter()
        connection = self.server.connect()
        for method, path, operation in description.operations(self.document):
            if not path.startswith('/api/v1/'):
                continue
            # Each route has requests of its own, so that a new one leaves those of the others as they are.
            random_ = random.Random('%d %s %s' % (SEED, method, path))
            for round_ in range(ROUNDS):
                # Of a route with many parameters hardly any request would be valid if each may be invalid.
                careful = round_ % 2 == 1
                values = {}
                for parameter in operation.get('parameters', ()):
                    if parameter['in'] == 'path' or parameter.get('required') or random_.random() < (.2 if careful else .6):
                        values[parameter['name']] = self.value(random_, parameter, careful or random_.random() < .75, careful)
                        if parameter['in'] == 'path' and not values[parameter['name']]:
                            values[parameter['name']] = 'x'  # another route
                address = description.address(path, operation.get('parameters', ()), values)
                if random_.random() < .1:
                    address += ('&' if '?' in address else '?') + urllib.parse.urlencode({random_.choice(TEXTS): 'x'})
                # A slash in a part makes it two: another route, or none.
                if any('/' in v for p, v in values.items() if '{%s}' % p in path):
                    continue
                body = b'' if method == 'POST' else None
                headers = {'If-None-Match': '*'} if random_.random() < .1 else {}
                answer = self.server.request(method, address, body, headers=headers, connection=connection)
                where = '%s %s -> %s %r' % (method, address[:300], answer.status, answer.body[:300])
                self.assertLess(answer.status, 500, where)
                self.assertIn(str(answer.status), operation['responses'], where)
                content = operation['responses'][str(answer.status)].get('content')
                if content:
                    schema = content[answer.headers['Content-Type']]['schema']
                    is_binary = answer.headers['Content-Type'] == 'application/vnd.apache.arrow.stream'
                    text = '' if is_binary else answer.body.decode()
                    if answer.headers['Content-Type'] in ('application/json', 'application/problem+json'):
                        self.assertEqual(list(description.mismatches(self.document, schema, json.loads(text)))[:3], [], where)
                counted[path, answer.status] += 1
        connection.close()
        # Requests that all fail would show little.
        for method, path, _ in description.operations(self.document):
            if path.startswith('/api/v1/') and method == 'GET':
                self.assertTrue(counted[path, 200] + counted[path, 304], path)


if __name__ == '__main__':
    unittest.main()
