"""The description of the API, /api/v1/openapi.json, as tests use it: whether it is sound, and whether an answer is as it says.

`problems(document)` checks what of OpenAPI 3.1 the description uses; `mismatches(document, schema, value)` a value. Neither
shares code with the program. A keyword that is not known here is a problem: it would not be checked.
"""
import re
import urllib.parse

METHODS = ('get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace')
KEYWORDS = {'$ref', 'type', 'properties', 'required', 'additionalProperties', 'items', 'enum', 'anyOf', 'minimum', 'maximum',
            'minLength', 'maxLength', 'pattern', 'description', 'default'}
TYPES = {'string': str, 'integer': int, 'number': (int, float), 'boolean': bool, 'array': list, 'object': dict, 'null': type(None)}


def resolved(document, schema):
    while '$ref' in schema:
        target = document
        for part in schema['$ref'].removeprefix('#/').split('/'):
            target = target[part]
        schema = target
    return schema


def streams(document, path):
    """Whether a GET answers with events, each time with others."""
    return 'text/event-stream' in document['paths'][path]['get']['responses']['200']['content']


def is_type(value, name):
    if isinstance(value, bool):
        return name == 'boolean'
    return isinstance(value, TYPES[name])


def mismatches(document, schema, value, where='$'):
    """What of a value is not as its schema says: a line for each."""
    schema = resolved(document, schema)
    if 'anyOf' in schema and all(list(mismatches(document, s, value)) for s in schema['anyOf']):
        yield '%s: none of anyOf' % where
    if 'type' in schema:
        types = schema['type'] if isinstance(schema['type'], list) else [schema['type']]
        if not any(is_type(value, name) for name in types):
            yield '%s: %r is not of type %s' % (where, value, schema['type'])
            return
    if 'enum' in schema and value is not None and value not in schema['enum']:
        yield '%s: %r is not one of %s' % (where, value, schema['enum'])
    if isinstance(value, dict):
        properties = schema.get('properties', {})
        for name in schema.get('required', ()):
            if name not in value:
                yield '%s: %s is missing' % (where, name)
        for name, member in value.items():
            inner = properties.get(name, schema.get('additionalProperties', {}))
            if inner is False:
                yield '%s: %s is not described' % (where, name)
            elif inner is not True:
                yield from mismatches(document, inner, member, '%s.%s' % (where, name))
    if isinstance(value, list) and 'items' in schema:
        for i, item in enumerate(value):
            yield from mismatches(document, schema['items'], item, '%s[%d]' % (where, i))
    if isinstance(value, int) and not isinstance(value, bool):
        if not schema.get('minimum', value) <= value <= schema.get('maximum', value):
            yield '%s: %r is out of bounds' % (where, value)
    if isinstance(value, str):
        if not schema.get('minLength', 0) <= len(value) <= schema.get('maxLength', len(value)):
            yield '%s: %d code points' % (where, len(value))
        if 'pattern' in schema and not re.search(schema['pattern'], value):
            yield '%s: %r does not match %s' % (where, value, schema['pattern'])


def schema_problems(document, schema, where):
    if not isinstance(schema, dict):
        yield '%s: not a schema' % where
        return
    for keyword in sorted(set(schema) - KEYWORDS):
        yield '%s: keyword %s' % (where, keyword)
    if '$ref' in schema:
        try:
            resolved(document, schema)
        except (KeyError, TypeError):
            yield '%s: %s leads nowhere' % (where, schema['$ref'])
    types = schema.get('type', [])
    for name in types if isinstance(types, list) else [types]:
        if name not in TYPES:
            yield '%s: type %r' % (where, name)
    for name in schema.get('required', ()):
        if name not in schema.get('properties', {}):
            yield '%s: requires %s, which it has not' % (where, name)
    inner = list(schema.get('properties', {}).items()) + [('anyOf', s) for s in schema.get('anyOf', ())]
    for keyword in ('items', 'additionalProperties'):
        if keyword in schema and not isinstance(schema[keyword], bool):
            inner.append((keyword, schema[keyword]))
    for name, other in inner:
        yield from schema_problems(document, other, '%s.%s' % (where, name))
    if 'default' in schema:
        for line in mismatches(document, {k: v for k, v in schema.items() if k != 'default'}, schema['default'], where):
            yield 'default of ' + line


def problems(document):
    """What is wrong with the description: a line for each."""
    if document.get('openapi') != '3.1.0' or not {'title', 'version'} <= set(document.get('info', {})):
        yield 'head'
    ids = set()
    for path, methods in document['paths'].items():
        if not path.startswith('/'):
            yield '%s: not a path' % path
        for method, operation in methods.items():
            where = '%s %s' % (method, path)
            if method not in METHODS:
                yield '%s: method' % where
            if operation['operationId'] in ids:
                yield '%s: id again' % where
            ids.add(operation['operationId'])
            seen = set()
            for parameter in operation.get('parameters', ()):
                name = parameter['in'], parameter['name']
                if name in seen or parameter['in'] not in ('path', 'query', 'header') or not parameter.get('description'):
                    yield '%s: parameter %s' % (where, name)
                seen.add(name)
                if parameter['in'] == 'path' and parameter.get('required') is not True:
                    yield '%s: %s is in the path, and not required' % (where, parameter['name'])
                yield from schema_problems(document, parameter['schema'], '%s %s' % (where, parameter['name']))
                if 'example' in parameter:
                    for line in mismatches(document, parameter['schema'], parameter['example'], parameter['name']):
                        yield '%s: example: %s' % (where, line)
            named = re.findall(r'\{([^}]*)\}', path)
            if sorted(named) != sorted(name for place, name in seen if place == 'path'):
                yield '%s: other parts than parameters' % where
            for status, response in operation['responses'].items():
                if not re.fullmatch('[1-5][0-9][0-9]', status) or not response.get('description'):
                    yield '%s: response %s' % (where, status)
                for media in response.get('content', {}).values():
                    yield from schema_problems(document, media['schema'], '%s %s' % (where, status))
    for name, schema in document['components']['schemas'].items():
        yield from schema_problems(document, schema, name)


def text_of(parameter, value):
    """A value as it is written in an address."""
    return ','.join(value) if isinstance(value, list) else str(value)


def address(path, parameters, values):
    """The address of an operation with these values: name -> text."""
    query = []
    for parameter in parameters:
        name = parameter['name']
        if name not in values:
            continue
        if parameter['in'] == 'path':
            path = path.replace('{%s}' % name, urllib.parse.quote(values[name], safe=''))
        elif parameter['in'] == 'query':
            query.append((name, values[name]))
    return path + ('?' + urllib.parse.urlencode(query) if query else '')


def operations(document):
    """(method, path, operation) of each."""
    for path, methods in document['paths'].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation
