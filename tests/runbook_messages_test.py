"""RUNBOOK.md's list of error messages is what the source says: each message there is one that the program can print."""
import os
import re
import unittest

from tests.compat import server

# Messages of the libraries, or put together from parts.
OF_LIBRARIES = {
    'trigger': 'kinds of SQLite', 'view': 'kinds of SQLite', 'index': 'kinds of SQLite',
    'file is not a database': 'SQLite', 'database disk image is malformed': 'SQLite', 'database: attempt to write a readonly database': 'SQLite',
    'database: database or disk is full': 'SQLite', 'database: database is locked': 'SQLite',
    'one source (--text FILE, --legacy DIR, --conllu FILE or --starter) is required': 'CLI11 says that it is required', '… is required': 'CLI11', '--X requires --Y': 'CLI11', '--X excludes --Y': 'CLI11',
}
# Put together from parts: what each part is, of which one is checked.
OF_PARTS = {
    'the database has schema version N, written by Kalima V; this is Kalima W, which knows up to M': 'the database has schema version',
    'index: the core file differs from the database': 'core file', 'index: the snapshot differs from the database': 'snapshot',
    'index: the file of words differs from the database': 'file of words', 'the table "X" of the database is not one of Kalima\'s': "is not one of Kalima's",
    'ref_token_id is "X", expected a number': 'expected a number', 'q is missing: …': 'is missing',
    'X must be a list of texts': 'a list of texts', 'mode must be one of …': 'must be one of', 'step must be one of …': 'must be one of',
}
# What a message is divided at: names and numbers that are filled in, and what is put before a message where it passes by.
BETWEEN = re.compile(r'…|\bS:A:W:G\b|\bS:A:W\b|\bS:A\b|\bF:LINE\b|\b(?:DIR|FILE)\b|--[a-zX]+|\b[A-Z](?:-wal|-shm|-owner|-index|-journal)\b|\b[A-Z]\b(?!trl)'
                     r'|"[^"]*"|\d+|[:;](?= |$)|[()<>/]|\bCtrl-C\b')


def literals():
    """All string literals of the source, neighbours joined, with one sign for what is filled in."""
    out = []
    one = r'"(?:[^"\\\n]|\\.)*"'
    for folder, _, names in os.walk(os.path.join(server.ROOT, 'src')):
        for name in names:
            if name.endswith(('.cc', '.h')) and 'web' not in folder:
                with open(os.path.join(folder, name), encoding='utf-8') as f:
                    text = re.sub(r'(?m)^\s*(#include|//).*$', '', f.read())
                for found in re.findall(r'%s(?:\s*%s)*' % (one, one), text):
                    joined = ''.join(part[1:-1] for part in re.findall(one, found))
                    joined = re.sub(r'\\(.)', lambda m: {'n': '\n', 't': '\t'}.get(m[1], m[1]), joined)
                    out.append(re.sub(r'\{[\w:.<>^+ ,%-]*\}', '\0', joined.replace('{{', '{').replace('}}', '}')) if '{' in joined else joined)
    return '\n\n'.join(out)


def messages():
    """The messages in the tables below "Error messages"."""
    with open(os.path.join(server.ROOT, 'RUNBOOK.md'), encoding='utf-8') as f:
        section = re.search(r'(?ms)^## Error messages$(.*?)^## ', f.read())[1]
    for line in section.splitlines():
        cells = re.split(r'(?<!\\)\|', line)[1:-1]
        if len(cells) < 2 or set(cells[0].strip()) <= set('-:'):
            continue
        cell = cells[1] if re.fullmatch(r'\s*\d{3}\s*', cells[0]) else cells[0]
        for message in [one or two for two, one in re.findall(r'``(.+?)``|`([^`]+)`', cell)]:
            yield message.replace('\\|', '|').strip()


def fragments(message):
    """What of a message is always the same, piece by piece."""
    parts = [part.strip(' ,.') for part in BETWEEN.split(message)]
    return [part for part in parts if len(part) > 5]


class Messages(unittest.TestCase):
    def test_each_is_in_the_source(self):
        source = literals()
        checked = 0
        for message in messages():
            if message in OF_LIBRARIES:
                continue
            with self.subTest(message):
                for part in [OF_PARTS[message]] if message in OF_PARTS else fragments(message):
                    self.assertTrue(part in source, part)  # the source is long
                    checked += 1
        self.assertGreater(checked, 250)

    def test_what_is_compared(self):
        self.assertFalse('import needs one source' in literals())
        self.assertEqual(fragments('no database is named, and F was "X"; see N of them'), ['no database is named, and', 'of them'])

    def test_no_message_of_the_query_language_is_left_out(self):
        with open(os.path.join(server.ROOT, 'RUNBOOK.md'), encoding='utf-8') as f:
            runbook = f.read()
        for part in ('is not possible here', 'is unknown', 'is not closed'):
            self.assertIn(part, runbook)


if __name__ == '__main__':
    unittest.main()
