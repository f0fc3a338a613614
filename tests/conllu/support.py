"""Imports and exports for the tests of CoNLL-U, and what the old server's files say, read without Kalima."""
import csv
import json
import os

from tests.compat import server
from tests.research.support import Folder

CORPUS = os.path.join('datasets', 'corpus', 'quran.jsonl')
TREEBANK = os.path.join('datasets', 'quranic', 'Quranic', 'Quranic.csv')
RESEARCH = ('annotations', 'connections', 'pronoun_references', 'structure_hypotheses', 'translations')


def read(path):
    with open(path, encoding='utf-8', newline='') as f:
        return f.read()


def verses(folder, with_research=False):
    """The corpus file's verses, keys in their order."""
    out = []
    with open(os.path.join(folder, CORPUS), encoding='utf-8', newline='\n') as f:
        for line in f:
            verse = json.loads(line)
            out.append({k: v for k, v in verse.items() if with_research or k not in RESEARCH})
    return out


def treebank(folder):
    """The treebank's rows with the header line."""
    with open(os.path.join(folder, TREEBANK), encoding='utf-16', newline='') as f:
        return list(csv.reader(f, delimiter='\t'))


def tree_sentences(rows):
    """(treebank sentences, how many of them are trees, how many sentences of whole words are trees)."""
    head, runs = rows[0], []
    for row in rows[1:]:
        row = dict(zip(head, row))
        if not runs or runs[-1][0]['sentence_id'] != row['sentence_id']:
            runs.append([])
        runs[-1].append(row)
    trees, joined, whole = 0, 0, True
    for run, after in zip(runs, runs[1:] + [None]):
        tree = is_tree(run)
        trees += tree
        shares = after is not None and word_of(run, -1) == word_of(after, 0)
        joined += tree and whole and not shares
        whole = not shares
    return len(runs), trees, joined


def word_of(run, at):
    places = [row['location'] for row in run if row['location'] != '_']
    return places[at].rsplit(':', 1)[0] if places else None


def is_tree(run):
    heads = {row['token_id']: row['ref_token_id'] for row in run if row['rel_label'] != 'NonRel'}
    roots = [row['token_id'] for row in run if row['rel_label'] == 'root']
    if len(roots) != 1:
        return False
    for node in heads:
        seen = set()
        while node in heads and node not in roots and node not in seen:
            seen.add(node)
            node = heads[node]
        if node not in roots:
            return False
    return True


class Case(Folder):
    def export(self, database, name='quran.conllu'):
        """(the text, what was said on standard error)"""
        done = self.kalima('export', '--conllu', self.path(name), '--db', database, timeout=600)
        self.assertEqual(done.stdout, '')
        return read(self.path(name)), done.stderr

    def imported(self, file, name='again.db'):
        database = self.path(name)
        self.kalima('import', '--conllu', file, '--db', database, timeout=600)
        return database

    def legacy(self, database, name):
        out = self.path(name)
        self.kalima('export', '--legacy', out, '--db', database, timeout=600)
        return out

    def import_legacy(self, folder, name='first.db'):
        return server.import_folder(folder, self.path(name))
