#!/usr/bin/env python3
"""Measure a corpus that is many times as large: import, memory, start, searches and queries, as ratios to the corpus itself.

usage: hundred.py KALIMA DATABASE [--times N] [--folder DIR] [--only-generate]

DATABASE is an import of the whole corpus with its treebank. Its CoNLL-U export is the input: once as it is, and N (100) times,
each time with the surahs in another order and under further numbers, and with some words that no other copy has, so that what
is rare stays rare. The files are the same at every run. The machine should do nothing else. Both are imported and asked in turn.
Questions are in three classes: (a) the same hits in both, (b) hits that grow with the corpus, (c) sorting and grouping of all, and
statistics. The table is for README.md; its last lines say how each class grows.
"""
import argparse
import http.client
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

from serving import kalima, memory_of

SURAHS = 114
OWN_WORDS = 20
ARABIC, BUCKWALTER = 'بتثجحخدذرزسشصضطظعغفقكلمنهوي', 'btvjHxd*rzs$SDTZEgfqklmnhwy'
NUMBERED = re.compile(r'^(# verse |# surah |# newdoc id = surah-|# sent_id = qtb-)(\d+)|((?<=\t)Ref=)(\d+)(?=:)')


def own_words(copy):
    """Words of four letters of which the first, ظ, begins none of the corpus: (Arabic, Buckwalter)."""
    out = []
    for number in range(copy * OWN_WORDS, (copy + 1) * OWN_WORDS):
        digits = [15] + [number // len(ARABIC) ** place % len(ARABIC) for place in (2, 1, 0)]
        out.append((''.join(ARABIC[d] for d in digits), ''.join(BUCKWALTER[d] for d in digits)))
    return out


def own_sentence(copy, surah, ayah):
    words = own_words(copy)
    text = ' '.join(arabic for arabic, _ in words)
    lines = ['# sent_id = own-%d' % (copy + 1), '# text = ' + text, '# verse %d:%d = %s' % (surah, ayah, text)]
    for word, (arabic, latin) in enumerate(words, 1):
        lines.append('\t'.join([str(word), arabic, arabic, 'NOUN', 'N', '_', '0' if word == 1 else '1', 'root' if word == 1 else 'nmod',
                                '_', 'Ref=%d:%d:%d:1|Root=%s|Lemma=%s|Features=STEM\\pPOS:N\\pLEM:%s\\pROOT:%s|Rel=%s'
                                % (surah, ayah, word, latin, latin, latin, latin, 'root' if word == 1 else 'poss')]))
    return '\n'.join(lines) + '\n\n'


def read_surahs(path):
    """The text of each surah of an export, in their order, and the file's first comments in the first of them."""
    surahs, last = [], 0
    with open(path, encoding='utf-8') as f:
        for line in f:
            if line.startswith('# newdoc'):
                surahs.append([])
            surahs[-1].append(line)
    assert len(surahs) == SURAHS, len(surahs)
    out = []
    for lines in surahs:
        for line in lines:
            if line.startswith('# verse '):
                last = int(line.split(':')[1].split()[0])
        out.append((lines, last))
    return out


def generate(path, base, times):
    surahs = read_surahs(base)
    # Of the whole file, so it stays in front.
    columns = [line for lines, _ in surahs for line in lines if line.startswith('# treebank_columns')]
    sentences = sum(line.startswith('# sent_id') for lines, _ in surahs for line in lines)
    with open(path, 'w', encoding='utf-8') as f:
        for copy in range(times):
            order = list(range(SURAHS))
            if copy > 0:
                random.Random(copy).shuffle(order)
            for place, which in enumerate(order):
                lines, last = surahs[which]
                number = copy * SURAHS + place + 1

                def renumbered(match):
                    if match[1] == '# sent_id = qtb-':
                        return match[1] + str(copy * sentences + int(match[2]))
                    return (match[1] or match[3]) + str(number)
                first = copy == 0 and place == 0
                for line in lines:
                    # A layout says how the older server's file wrote a verse of this number.
                    if line.startswith(('# treebank_columns', '# verse_layout', '# word_layout', '# segment_layout')):
                        continue
                    f.write(NUMBERED.sub(renumbered, line))
                    if first and line.startswith('# text'):
                        f.writelines(columns)
                        first = False
                if place == 0:
                    f.write(own_sentence(copy, number, last + 1))


def run(*command):
    """Seconds, processor seconds, and in MB the most memory of a command, with and without what it maps of files."""
    begin, own = time.perf_counter(), 0
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while True:
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        if ended:
            break
        own = max(own, *memory_of(process.pid, 'RssAnon'))
        time.sleep(0.05)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit('%s ended with %d' % (' '.join(command), process.returncode))
    return time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, own


OWN = own_words(0)
SEARCHES = [('a', 'search a word of one copy', OWN[0][0]), ('a', 'search a root of one copy', OWN[1][1]), ('a', 'search a phrase of one copy', OWN[2][0] + ' ' + OWN[3][0]),
            ('b', 'search الله', 'الله'), ('b', 'search a phrase', 'يا أيها الذين آمنوا'), ('b', 'search a frequent word', 'من'),
            ('b', 'search a rare word', 'يأجوج'), ('b', 'search a root', 'rHm'), ('b', 'search with a wildcard', 'يؤمن*'), ('b', 'search two words', 'السماوات الأرض')]
QUERIES = [('a', 'query a word of one copy', {'q': '"%s"' % OWN[0][0]}), ('a', 'query a root of one copy', {'q': '[root="%s"]' % OWN[1][1]}),
           ('a', 'query a sequence of one copy', {'q': '"%s" []' % OWN[2][0]}),
           ('a', 'query a noun and a word of one copy', {'q': '[pos="N"] "%s"' % OWN[2][0]}),
           ('a', 'query the verse of a word of one copy', {'q': '<verse/> containing "%s"' % OWN[2][0]}),
           ('a', 'query a tree to a root of one copy', {'q': '_ --> {root="%s"}' % OWN[3][1]}), ('b', 'query a root', {'q': '[root="rHm"]'}), ('b', 'query verbs', {'q': '[pos="V"]'}),
           ('b', 'query a sequence', {'q': '[pos="P"] [pos="N"]'}), ('b', 'query a tree', {'q': '{pos="V"} -Subj-> {}'}),
           ('b', 'query an expression', {'q': '[lemma="ق.*ل"]'}), ('c', 'group all words', {'q': '[]', 'group': 'match.pos'}),
           ('c', 'sort all verbs', {'q': '[pos="V"]', 'sort': 'match'})]

STATISTICS = [('frequencies by lemma of all words', 'frequencies', {'by': 'lemma'}), ('collocates of a lemma', 'collocations', {'q': '[lemma=="قَالَ"]'}),
              ('keyness of verbs', 'keyness', {'q': '[lemma=="قَالَ"]'}), ('spread of a root', 'spread', {'q': '[root="رحم"]'}),
              ('runs of 3 to 8 lemmas', 'ngrams', {'min_n': 3, 'max_n': 8}), ('verses like a verse', 'similar/1:2', {'min': 60}),
              ('letters', 'letters', {})]


def questions():
    for kind, name, text in SEARCHES:
        yield kind, name, '/api/v1/search?' + urllib.parse.urlencode({'q': text, 'limit': 20, 'timeout_ms': 10000})
    for kind, name, query in QUERIES:
        yield kind, name, '/api/v1/query?' + urllib.parse.urlencode(dict(query, limit=0 if kind == 'c' and 'group' in query else 20, timeout_ms=10000))
    for name, statistic, parameters in STATISTICS:
        yield 'c', name, '/api/v1/statistics/%s?%s' % (statistic, urllib.parse.urlencode(dict(parameters, limit=20, timeout_ms=10000)))


def ask(servers, rounds):
    """For each question: hits and p50 in ms of each server, asked in turn; and whether an answer was cut off."""
    connections = [http.client.HTTPConnection('127.0.0.1', server.port) for server in servers]
    for kind, name, path in questions():
        hits, times, cut = [None] * len(servers), [[] for _ in servers], False
        for number in range(rounds):
            for which, connection in enumerate(connections):
                # Not the cached answer.
                connection.request('GET', '%s&offset=%d' % (path, number))
                answer = json.loads(connection.getresponse().read())
                if 'ms' not in answer:
                    sys.exit('%s: %s' % (name, answer))
                # Of statistics without a query, what they count.
                hits[which] = answer.get('hits', answer.get('total'))
                times[which].append(answer['ms'])
                cut = cut or bool(answer.get('partial'))
        yield kind, name, hits, [statistics.median(values) for values in times], cut


def started(program, database):
    """A server, and the ms until its first answer."""
    begin = time.perf_counter()
    server = kalima([program], database)
    connection = http.client.HTTPConnection('127.0.0.1', server.port)
    connection.request('GET', '/api/v1/verses/1:1')
    connection.getresponse().read()
    return server, (time.perf_counter() - begin) * 1000


def print_row(name, one, many, digits=1):
    print('| %s | %.*f | %.*f | %.1f |' % (name, digits, one, digits, many, many / max(0.001, one)), flush=True)


def measure(program, files, databases, times, rounds):
    print('| | 1 × | %d × | ratio |\n|---|--:|--:|--:|' % times)
    imports = [run(program, 'import', '--conllu', files[n], '--db', databases[n]) for n in files]
    for name, one, many in zip(('seconds', 'processor seconds', 'most memory, MB', 'most memory without mapped pages, MB'), *imports):
        print_row('import: ' + name, one, many)
    servers, starts = zip(*(started(program, database) for database in databases.values()))
    print_row('start until the first answer: ms', *starts, digits=0)
    growth = {'a': [], 'b': [], 'c': []}
    for kind, name, hits, p50, cut in ask(servers, rounds):
        if 0 in hits:
            sys.exit('%s: nothing is found, so nothing is measured' % name)
        label = '(%s) %s%s' % (kind, name, ', cut off' if cut else '')
        print_row(label + ': hits', *hits, digits=0)
        print_row(label + ': p50 ms', *p50, digits=2)
        # Below a tenth of a millisecond it is the clock that is measured.
        ratio = p50[1] / max(0.1, p50[0])
        growth[kind].append((ratio / max(1, hits[1] / max(1, hits[0])) if kind == 'b' else ratio, name))
    memory = [memory_of(server.process.pid, 'VmHWM', 'RssAnon') for server in servers]
    for name, one, many in zip(('the most so far', 'without mapped pages, at the end'), *memory):
        print_row('memory of the server, %s, MB' % name, one, many)
    for server in servers:
        server.stop()
    print('\nImport: %.0f × the time; wanted: %.0f. %.0f MB at most; wanted: 4096.'
          % (imports[1][0] / imports[0][0], 1.5 * times, imports[1][2]))
    for kind, what, most in (('a', 'p50', 2), ('b', 'p50 for each hit', 1), ('c', 'p50', times)):
        worst, name = max(growth[kind])
        print('Class %s: %s grows by at most %.1f × (%s); wanted: %d.' % (kind, what, worst, name, most))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('program')
    parser.add_argument('database')
    parser.add_argument('--times', type=int, default=100)
    parser.add_argument('--rounds', type=int, default=7)
    parser.add_argument('--folder')
    parser.add_argument('--only-generate', action='store_true')
    args = parser.parse_args()
    folder = tempfile.mkdtemp(prefix='kalima-bench-', dir=args.folder or os.path.dirname(os.path.abspath(args.database)))
    try:
        base = os.path.join(folder, 'base.conllu')
        subprocess.run([args.program, 'export', '--conllu', base, '--db', args.database], check=True, stdout=subprocess.DEVNULL)
        files = {times: os.path.join(folder, '%d.conllu' % times) for times in (1, args.times)}
        for times, file in files.items():
            generate(file, base, times)
        if args.only_generate:
            for file in files.values():
                os.replace(file, os.path.join(args.folder or '.', os.path.basename(file)))
            return
        databases = {times: os.path.join(folder, '%d.db' % times) for times in files}
        measure(args.program, files, databases, args.times, args.rounds)
    finally:
        shutil.rmtree(folder)


if __name__ == '__main__':
    main()
