"""The corpus as Kalima serves it: what every peer is given, so that all search the same words, analyses and trees."""
import json
import os
import urllib.request

# The attributes of a segment that questions ask for.
SEGMENT = ('segment', 'type', 'pos', 'root', 'lemma', 'form', 'aspect', 'voice', 'mood', 'person', 'gender', 'number', 'case', 'derivation')
STEM = ('stem_pos', 'stem_root', 'stem_lemma')
# A missing value, where a peer has no other way to ask for one.
MISSING = '_'


def fetch(base, path):
    with urllib.request.urlopen(base + path) as answer:
        return json.load(answer)


class Corpus:
    """`surahs`: facts of each surah, with its `verses` as /api/v1/verses gives them (words, segments and nodes of the treebank)."""

    def __init__(self, corpus_hash, surahs):
        self.hash = corpus_hash
        self.surahs = surahs

    def words(self):
        for surah in self.surahs:
            for verse in surah['verses']:
                yield from verse['words']


def load(base, cache):
    """The corpus of the server at `base`, kept below the folder `cache`, in a folder that is named by its hash."""
    corpus_hash = fetch(base, '/api/v1/corpus')['hash']
    path = os.path.join(cache, corpus_hash, 'corpus.json')
    if not os.path.exists(path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        surahs = [surah for surah in fetch(base, '/api/v1/surahs')['surahs'] if surah['present']]
        for surah in surahs:
            surah['verses'] = fetch(base, '/api/v1/verses/%d?layers=words,segments,tree' % surah['surah'])['verses']
        with open(path + '.new', 'w', encoding='utf-8') as f:
            json.dump(surahs, f, ensure_ascii=False)
        os.replace(path + '.new', path)
    with open(path, encoding='utf-8') as f:
        return Corpus(corpus_hash, json.load(f))


def place_of(verse, word, segment):
    """As nodes of the treebank name it."""
    return '%s:%d:%d' % (verse['verse'], word['n'], segment['n'])


def nodes(surah):
    """(node, values of its segment) of each node of a surah in the order of the treebank; one that is not spoken has its form and tag."""
    segments = {place_of(verse, word, segment): segment
                for verse in surah['verses'] for word in verse['words'] for segment in word['segments']}
    for verse in surah['verses']:
        for node in verse.get('tree', ()):
            yield node, segments[node['place']] if node['place'] else {'segment': node['form'], 'pos': node['pos']}
