#!/usr/bin/env python3
"""Sends recorded requests to a running server and compares the answers.

usage: replay.py BASE_URL FILE.jsonl... [--clients N] [--only TEXT] [--show N]

A line of a FILE is a request with the expected answer: id, method, path, body (JSON, or none), status, type, and what
`compare` asks for:
  bytes           the body's text (`text`) or, where that would be long, its length and SHA-256 (`length`, `sha256`)
  json-unordered  the JSON of `text`, lists in any order
  json-volatile   the JSON of `text`, times and generated ids masked
  status          the status alone
With several clients each sends its share of the requests at the same time as the others.
"""
import argparse
import collections
import hashlib
import http.client
import json
import re
import sys
import threading
import urllib.parse

TIME = re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?')
GENERATED = re.compile(r'(hyp|ev|pr|a)-\d{8}-\d{6}[-0-9A-Za-z]*')


def read_recordings(*files):
    entries = []
    for name in files:
        with open(name, encoding='utf-8') as f:
            entries += [json.loads(line) for line in f if line.strip()]
    return entries


def without_order(value):
    if isinstance(value, dict):
        return {key: without_order(item) for key, item in value.items()}
    if isinstance(value, list):
        return sorted((without_order(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    return value


def masked(value):
    if isinstance(value, dict):
        return {key: masked(item) for key, item in value.items()}
    if isinstance(value, list):
        return [masked(item) for item in value]
    if isinstance(value, str):
        if TIME.fullmatch(value):
            return '(time)'
        generated = GENERATED.fullmatch(value)
        if generated:
            return '(%s id)' % generated[1]
    return value


def difference(entry, status, media, body):
    """What is wrong with an answer, or None."""
    if status != entry['status']:
        return 'status %d, expected %d: %r' % (status, entry['status'], body[:120])
    how = entry['compare']
    if how == 'status':
        return None
    if media.split(';')[0].strip() != entry['type']:
        return 'media type %r, expected %r' % (media, entry['type'])
    if how == 'bytes':
        if 'text' in entry:
            expected = entry['text'].encode('utf-8', 'surrogatepass')
            if body == expected:
                return None
            at = next((i for i, (a, b) in enumerate(zip(body, expected)) if a != b), min(len(body), len(expected)))
            return 'other bytes from %d on: %r, expected %r' % (at, body[at:at + 80].decode(errors='replace'),
                                                               expected[at:at + 80].decode(errors='replace'))
        if hashlib.sha256(body).hexdigest() == entry['sha256']:
            return None
        return '%d bytes, expected %d with another checksum: %r' % (len(body), entry['length'], body[:120])
    view = {'json-unordered': without_order, 'json-volatile': masked}[how]
    got, want = json.loads(body), json.loads(entry['text'])
    return None if view(got) == view(want) else 'other JSON: %r' % body[:200].decode(errors='replace')


class Client:
    """One keep-alive connection."""

    def __init__(self, host, port, timeout=120):
        self.connection = http.client.HTTPConnection(host, port, timeout=timeout)

    def check(self, entry):
        """What is wrong with the answer to a recorded request, or None."""
        body = entry.get('body')
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        headers = {} if data is None else {'Content-Type': 'application/json'}
        try:
            self.connection.request(entry['method'], entry['path'], body=data, headers=headers)
            answer = self.connection.getresponse()
            content = answer.read()
            return difference(entry, answer.status, answer.headers.get('Content-Type', ''), content)
        except (OSError, http.client.HTTPException, ValueError) as e:
            self.connection.close()
            return '%s: %s' % (type(e).__name__, e)


def replay(host, port, entries, clients=1):
    """All that is wrong, as (entry, what) in the order of the entries."""
    wrong = [None] * len(entries)

    def work(share):
        client = Client(host, port)
        for i in range(share, len(entries), clients):
            wrong[i] = client.check(entries[i])
        client.connection.close()

    threads = [threading.Thread(target=work, args=(share,)) for share in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [(entry, what) for entry, what in zip(entries, wrong) if what]


def describe(entry, what):
    return '%s %s %s\n    %s' % (entry['id'], entry['method'], entry['path'][:140], what)


def endpoint(entry):
    parts = [p for p in entry['path'].split('?')[0].split('/')[1:4] if p and not re.match(r'[-\d:%.]+$', p)]
    return entry['method'] + ' /' + '/'.join(parts)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('base')
    parser.add_argument('files', nargs='+')
    parser.add_argument('--clients', type=int, default=1)
    parser.add_argument('--only', default='')
    parser.add_argument('--show', type=int, default=20)
    args = parser.parse_args()
    url = urllib.parse.urlsplit(args.base)
    entries = [e for e in read_recordings(*args.files) if args.only in e['path']]
    wrong = replay(url.hostname, url.port or 80, entries, args.clients)
    for entry, what in wrong[:args.show]:
        print(describe(entry, what))
    for name, count in sorted(collections.Counter(endpoint(e) for e, _ in wrong).items()):
        print('%5d differ  %s' % (count, name))
    print('%d passed, %d failed' % (len(entries) - len(wrong), len(wrong)))
    return 1 if wrong or not entries else 0


if __name__ == '__main__':
    sys.exit(main())
