"""Requests that are broken, that hide others, or that lead outside."""
import os
import random
import tempfile
import urllib.parse

from tests.compat import server

SECRET = 'the-secret-of-a-file-outside'
PATHS = ['/api/verse/1/1', '/api/search?q=%D9%85%D9%86', '/api/v1/query?q=%5Bpos%3D%22N%22%5D&timeout_ms=200', '/api/v1/verses/1', '/api/v1/search?q=rHm',
         '/api/annotations/1/1', '/api/tags', '/api/surah/1', '/', '/static/app.js', '/api/v1/openapi.json', '/api/library_search?q=a', '/api/v1/history']
METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'CONNECT', 'get', 'G\x00T', 'A' * 300, '']
DOTS = ['../', '..%2f', '%2e%2e/', '%2e%2e%2f', '..%5c', '..\\', '....//', '%252e%252e%252f', '..;/', '.%00./', '%c0%ae%c0%ae/']
LENGTHS = ['0', '5', '-1', '+5', ' 5', '5 ', '0x5', '5,5', '5;5', '99999999999999999999', '1e3', '', '\t5', '5\x00', '٥']
# What follows a request on its connection must be answered as what it is, or not at all.
NEXT = b'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n'


def head(rng, method='GET', path=None, headers=()):
    lines = ['%s %s HTTP/1.1' % (method, path if path is not None else rng.choice(PATHS)), 'Host: 127.0.0.1', *headers]
    return '\r\n'.join(lines).encode('utf-8', 'surrogateescape') + b'\r\n\r\n'


def smuggled(rng):
    """One request to a reader, two to another."""
    inner = b'DELETE /api/patterns/p-neg HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'
    length = 'Content-Length: %s' % rng.choice([*LENGTHS, str(len(inner))])
    other = rng.choice(['Transfer-Encoding: chunked', 'Transfer-Encoding : chunked', 'Transfer-Encoding:\tchunked', 'Transfer-encoding: xchunked',
                        'Content-Length: 0', 'X: y\nContent-Length: 0', ' Content-Length: 0', 'Content-Length\t: 0', 'Transfer-Encoding: identity, chunked'])
    headers = [length, other, 'Content-Type: application/json']
    rng.shuffle(headers)
    return head(rng, rng.choice(['POST', 'GET', 'PUT']), rng.choice(['/api/annotations/1/1', '/api/verse/1/1']), headers) + b'0\r\n\r\n' + inner


def outside(rng):
    """The way to a file that does not belong to the server."""
    prefix = rng.choice(['/static/', '/', '/api/library/', '/api/notes/', '/static//', '//', '/api/resources/'])
    dots = ''.join(rng.choice(DOTS) for _ in range(rng.randint(1, 8)))
    return head(rng, 'GET', prefix + dots + rng.choice(['secret.txt', 'etc/passwd', 'data/../secret.txt', 'secret.txt%00.js', 'link/secret.txt']))


def broken(rng):
    """A good request, changed somewhere."""
    data = bytearray(head(rng, rng.choice(METHODS), None, ['Content-Length: %s' % rng.choice(LENGTHS)] if rng.random() < .3 else []))
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(data))
        what = rng.randrange(4)
        if what == 0:
            data[at] = rng.randrange(256)
        elif what == 1:
            del data[at:at + rng.randint(1, 8)]
        elif what == 2:
            data[at:at] = bytes(rng.randrange(256) for _ in range(rng.randint(1, 8)))
        else:
            data[at:at] = rng.choice([b'\r\n', b'\n', b'\r', b'\0', b' ', b':', b'\r\n\r\n', b'\r\n '])
        if not data:
            break
    return bytes(data)


def large(rng):
    """Much of something."""
    n = rng.choice([100, 5_000, 70_000, 140_000])
    return rng.choice([lambda: head(rng, 'GET', '/api/search?q=' + 'x' * n), lambda: head(rng, headers=['X-%d: y' % i for i in range(n // 20)]),
                       lambda: head(rng, headers=['Cookie: ' + 'c' * n]), lambda: b'A' * n, lambda: b'GET ' + b'/' * n,
                       lambda: head(rng, 'GET', '/api/v1/query?' + '&'.join('q=%d' % i for i in range(n // 10)))])()


def bodies(rng):
    """A body that cannot be a document."""
    body = rng.choice([b'[' * 5000, b'{"a":' * 2000, b'\xff\xfe', b'"' + b'x' * 300_000 + b'"', b'{"id":"\\ud800"}', b'null', b'[]', b'', b'{"id":{"id":[]}}',
                       b'{"a":1e999}', b'{"note":"' + bytes(rng.randrange(256) for _ in range(200)) + b'"}', b'{"a":1}{"b":2}', b'\xef\xbb\xbf{}'])
    path = rng.choice(['/api/annotations/1/1', '/api/hypotheses/1:1', '/api/tags/x', '/api/patterns', '/api/search/pattern_word', '/api/v1/query',
                       '/api/translations/1:1', '/api/connections/1:1', '/api/pronouns/1:1', '/api/v1/quotations'])
    return head(rng, rng.choice(['POST', 'PUT']), path, ['Content-Type: application/json', 'Content-Length: %d' % len(body)]) + body


def parameters(rng):
    """Values that no parameter takes."""
    path = rng.choice(PATHS).split('?')[0]
    value = rng.choice(['-1', '9' * 400, '%00', '%FF', '%ud800', "'; DROP TABLE verse;--", '[' * 3000, '((((' * 500, 'NaN', '1/0', '%0d%0aX:%20y', '‮', 'a' * 20_000])
    name = rng.choice(['q', 'limit', 'offset', 'start', 'sort', 'group', 'surah', 'lang', 'step', 'token', 'format', 'x'])
    return head(rng, 'GET', '%s?%s=%s' % (path, name, urllib.parse.quote(value, safe="%'();[]/")))


KINDS = (smuggled, outside, broken, large, bodies, parameters)


def attack(long, seed):
    rng = random.Random(seed)
    count = 20_000 if long else 900
    statuses = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in ('static', 'notes'):
            os.mkdir(os.path.join(folder, name))
        with open(os.path.join(folder, 'static', 'index.html'), 'w', encoding='utf-8') as f:
            f.write('<!doctype html>')
        with open(os.path.join(folder, 'secret.txt'), 'w', encoding='utf-8') as f:
            f.write(SECRET)
        os.symlink(folder, os.path.join(folder, 'notes', 'link'))
        os.symlink(folder, os.path.join(folder, 'static', 'link'))
        database = server.fixture_database(os.path.join(folder, 'quran.db'))
        with server.Server('--db', database, '--static', os.path.join(folder, 'static'), '--notes', os.path.join(folder, 'notes'),
                           log_level='error') as started:
            patterns = started.get('/api/patterns').body
            for number in range(count):
                kind = KINDS[number % len(KINDS)]
                data = kind(rng)
                answer = started.raw(data + NEXT if kind is not bodies and rng.random() < .5 else data)
                where = 'request %d of seed %d, %s: %r' % (number, seed, kind.__name__, data[:300])
                assert SECRET.encode() not in answer and b'root:x:' not in answer, where
                assert not answer or answer.startswith(b'HTTP/1.'), where
                status = answer[9:12].decode('ascii', 'replace')
                assert status != '500', where + ' ' + repr(answer[-500:])
                statuses[status] = statuses.get(status, 0) + 1
                if number % 100 == 99:
                    assert started.healthy(), where
                    # What a request hid was never done.
                    assert b'p-neg' in started.get('/api/patterns').body or b'p-neg' not in patterns, where
    return '%d hostile requests: %s' % (count, ', '.join('%s × %s' % (n, s or 'closed') for s, n in sorted(statuses.items())))
