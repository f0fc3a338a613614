"""BlackLab's engine inside a small program of Java (blacklab/Peer.java), which measures in its own process.

Index W: a token is a word, which has the values of all its segments; S: a token is a segment; T: a token is a node of the treebank,
with its edges as relations. Values are compared as they are written, except names of relations: BlackLab folds their case in the index.
"""
import glob
import hashlib
import json
import os
import shutil
import statistics
import subprocess
from xml.sax.saxutils import quoteattr

import corpus
import measure
import vertical

HOME = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'blacklab')
SEPARATOR = ' ; '
W_COLUMNS = ('word', 'plain') + corpus.SEGMENT + corpus.STEM
T_COLUMNS = corpus.SEGMENT + ('hidden',)


def word_token(word):
    values = [SEPARATOR.join(dict.fromkeys(segment[name] for segment in word['segments'] if name in segment)) or corpus.MISSING
              for name in corpus.SEGMENT]
    yield [word['word'], word['plain']] + values + [word.get(name, corpus.MISSING) for name in corpus.STEM]


def segment_tokens(word):
    for segment in word['segments']:
        yield [segment.get(name, corpus.MISSING) for name in corpus.SEGMENT]


def annotations(columns, value_path):
    return [{'name': name, 'valuePath': value_path(place, name), 'sensitivity': 'sensitive'} for place, name in enumerate(columns)]


def tabular(columns):
    named = annotations(columns, lambda place, _: str(place + 1))
    for annotation in named:
        annotation.update(multipleValues=True, process=[{'action': 'split', 'separator': SEPARATOR, 'keep': 'all'}])
    return {'fileType': 'tabular', 'fileTypeOptions': {'type': 'tsv', 'inlineTags': True}, 'documentPath': 'doc',
            'annotatedFields': {'contents': {'annotations': named}}}


def trees():
    relation = {'path': './/edge', 'type': 'relation', 'relationClass': 'rel', 'valuePath': '@type', 'sourcePath': '@head',
                'targetPath': '@node'}
    return {'processor': 'saxon', 'documentPath': '//doc', 'annotatedFields': {'contents': {
        'wordPath': './/n', 'tokenIdPath': '@id', 'annotations': annotations(T_COLUMNS, lambda _, name: '@' + name),
        'standoffAnnotations': [relation]}}}


def write_trees(path, data):
    with open(path, 'w', encoding='utf-8') as f:
        f.write('<docs>\n')
        for surah in data.surahs:
            edges = []
            f.write('<doc>\n')
            for node, values in corpus.nodes(surah):
                values = dict(values, hidden='yes' if node['hidden'] else 'no')
                f.write('<n id="%d"%s/>\n' % (node['id'], ''.join(' %s=%s' % (name, quoteattr(values[name]))
                                                                 for name in T_COLUMNS if name in values)))
                if node['head'] or node['relation'] == 'root':
                    edges.append('<edge type=%s head="%s" node="%d"/>\n' % (quoteattr(node['relation'].lower()), node['head'] or '',
                                                                          node['id']))
            f.write(''.join(edges) + '</doc>\n')
        f.write('</docs>\n')


class BlackLab:
    name = 'BlackLab'
    key = 'blacklab'

    @staticmethod
    def missing():
        absent = [program for program in ('mvn', 'java', 'javac') if not shutil.which(program)]
        if absent:
            return '%s not in PATH: apt-get install maven default-jdk-headless; the engine itself is fetched by Maven' % ', '.join(absent)
        return None

    def __init__(self, data, folder):
        program = os.path.join(folder, 'program-' + source_hash())
        if not os.path.exists(program):
            build(program)
        self.java = ['java', '-cp', os.pathsep.join([program] + sorted(glob.glob(os.path.join(program, 'lib', '*.jar')))), 'Peer']
        indexes = {name: os.path.join(folder, name) for name in 'WST'}
        for name, index in indexes.items():
            if not os.path.exists(index):
                self.index(name, index, data)
        self.process = subprocess.Popen(self.java + ['ask'] + ['%s=%s' % pair for pair in indexes.items()], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding='utf-8')

    def index(self, name, index, data):
        form = trees() if name == 'T' else tabular(W_COLUMNS if name == 'W' else corpus.SEGMENT)
        source = index + ('.xml' if name == 'T' else '.vrt')
        with open(index + '.blf.json', 'w', encoding='utf-8') as f:
            json.dump(form, f)
        if name == 'T':
            write_trees(source, data)
        else:
            vertical.write(source, data, word_token if name == 'W' else segment_tokens, words_are_tags=name == 'S')
        subprocess.run(self.java + ['index', index + '.blf.json', source, index + '.new'], check=True)
        os.rename(index + '.new', index)

    def measure(self, question, lines, rules):
        self.process.stdin.write('\t'.join((question['blacklab_corpus'], 'lines' if lines else 'count', str(rules.warm), str(rules.runs),
                                            str(rules.seconds), question['blacklab'])) + '\n')
        self.process.stdin.flush()
        first, *rest = self.process.stdout.readline().rstrip('\n').split('\t')
        if not first.isdigit():
            raise measure.Unanswered(' '.join(rest))
        return measure.Result(int(first), statistics.median(map(float, rest)))

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def source_hash():
    """Names what the program is made of, so that another version of it is compiled again."""
    digest = hashlib.sha256()
    for name in sorted(os.listdir(HOME)):
        with open(os.path.join(HOME, name), 'rb') as f:
            digest.update(f.read())
    return digest.hexdigest()[:12]


def build(folder):
    """The engine's libraries, fetched by Maven, and the program compiled with them."""
    unfinished = folder + '.new'
    subprocess.run(['mvn', '-q', '-B', '-f', os.path.join(HOME, 'pom.xml'), 'dependency:copy-dependencies', '-DincludeScope=runtime',
                    '-DoutputDirectory=' + os.path.join(unfinished, 'lib')], check=True)
    subprocess.run(['javac', '-d', unfinished, '-cp', os.path.join(unfinished, 'lib', '*'), os.path.join(HOME, 'Peer.java')], check=True)
    os.rename(unfinished, folder)
