"""CQP, the query processor of the Corpus Workbench, as a child process that stays.

Corpus QX: a token is a word, with the analyses of its segments as a set of texts (`segs`); QY: a token is a segment. Times are
from the query that is sent to the answer that has arrived through a pipe.
"""
import os
import shutil
import subprocess

import corpus
import measure
import vertical

END = '-::-EOL-::-'
TAGS = ('surah:0+n+place', 'juz:0+n', 'verse:0+n')
WORD = ('word', 'plain', 'pos', 'root', 'lemma')


def word_token(word):
    sets = ''.join(';%s;|' % ';'.join('%s=%s' % (name, segment[name]) for name in corpus.SEGMENT if name in segment)
                   for segment in word['segments'])
    yield [word['word'], word['plain']] + [word.get(name, corpus.MISSING) for name in corpus.STEM] + ['|' + sets]


def segment_tokens(word):
    for segment in word['segments']:
        yield [segment.get(name, corpus.MISSING) for name in corpus.SEGMENT]


class Cqp:
    name = 'CQP'
    key = 'cqp'

    @staticmethod
    def missing():
        if all(shutil.which(program) for program in ('cqp', 'cwb-encode', 'cwb-makeall')):
            return None
        return ('the programs cqp, cwb-encode and cwb-makeall are not in PATH. Debian has no package of the Corpus Workbench 3.5; '
                'its makers publish one, and its sources build with `make PLATFORM=linux SITE=standard`')

    def __init__(self, data, folder):
        self.registry = os.path.join(folder, 'registry')
        if not os.path.exists(self.registry):
            self.encode(data, folder)
        self.process = subprocess.Popen(['cqp', '-c', '-r', self.registry], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, encoding='utf-8')
        self.process.stdout.readline()  # its version
        self.say('set Context 5 words; set AutoShow off;')

    def encode(self, data, folder):
        registry = self.registry + '.new'
        os.makedirs(registry, exist_ok=True)
        for name, tokens, attributes, tags in (('qx', word_token, WORD[1:] + ('segs/',), TAGS),
                                               ('qy', segment_tokens, corpus.SEGMENT[1:], TAGS + ('w',))):
            path = os.path.join(folder, name + '.vrt')
            vertical.write(path, data, tokens, words_are_tags='w' in tags)
            home = os.path.join(folder, name)
            os.makedirs(home, exist_ok=True)
            options = [option for attribute in attributes for option in ('-P', attribute)]
            options += [option for tag in tags for option in ('-S', tag)]
            subprocess.run(['cwb-encode', '-d', home, '-f', path, '-R', os.path.join(registry, name), '-c', 'utf8', '-xsB', '-0', 'doc']
                           + options, check=True)
            subprocess.run(['cwb-makeall', '-r', registry, name.upper()], check=True, stdout=subprocess.DEVNULL)
        os.rename(registry, self.registry)

    def say(self, command):
        """What CQP answers to a command, without its last line."""
        self.process.stdin.write(command + ' .EOL.;\n')
        self.process.stdin.flush()
        lines = []
        while (line := self.process.stdout.readline()) and line.rstrip('\n') != END:
            lines.append(line.rstrip('\n'))
        return lines

    def measure(self, question, lines, rules):
        def ask():
            answer = self.say('Found = %s; size Found;%s' % (question['cqp'], ' cat Found 0 49;' if lines else ''))
            if not answer or not answer[0].isdigit():
                raise measure.Unanswered(' '.join(answer))
            return int(answer[0])

        self.say(question['cqp_corpus'] + ';')
        return measure.result_of(ask, rules)

    def close(self):
        self.process.stdin.close()
        self.process.wait()
