"""Reports words that are written otherwise in this project: FILE:LINE: WORD: what to write instead.

    python3 -m tests.style.words [--all]

Reads every file of source, scripts and prose that git knows. The rules are in words.txt, exceptions in exempt.txt; --all reports what
is not yet enforced too. Exit code 1 when something is reported.
"""
import collections
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))

READ = re.compile(r'\.(cc|h|py|sh|mjs|md|cmake)$|(^|/)CMakeLists\.txt$|^\.ci/')
# Inputs of fuzzers, recordings, and this folder, which lists the words.
NOT_READ = ('tests/fuzz/seeds/', 'tests/compat/recordings/', 'tests/style/')

Rule = collections.namedtuple('Rule', 'pattern instead enforced')
Found = collections.namedtuple('Found', 'path line word rule')


def rules_of(text):
    rules, enforced = [], None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith('#'):
            continue
        if line in ('[enforced]', '[not yet enforced]'):
            enforced = line == '[enforced]'
            continue
        parts = re.split(r' {2,}', line.strip(), maxsplit=1)
        if len(parts) != 2 or enforced is None:
            raise ValueError('line %d: expected a section, or a pattern, two spaces and what to write instead' % number)
        rules.append(Rule(re.compile(parts[0]), parts[1], enforced))
    return rules


def exemptions_of(text):
    """(path, part of a line) of each."""
    lines = [line for line in text.splitlines() if line and not line.startswith('#')]
    for line in lines:
        if line.count('\t') != 1:
            raise ValueError('expected a path, a tab and a part of a line: ' + line)
    return [tuple(line.split('\t')) for line in lines]


def findings(path, text, rules, exemptions, used):
    """What `rules` find in a file. The exemptions that were needed are added to the set `used`."""
    here = [e for e in exemptions if e[0] == path]
    for number, line in enumerate(text.splitlines(), 1):
        # The word itself must be part of the exempt text.
        spans = [(e, m.start(), m.end()) for e in here for m in re.finditer(re.escape(e[1]), line)]
        for rule in rules:
            for match in rule.pattern.finditer(line):
                covering = [e for e, begin, end in spans if begin <= match.start() and match.end() <= end]
                if covering:
                    used.update(covering)
                else:
                    yield Found(path, number, match.group(), rule)


def tracked_files():
    names = subprocess.run(['git', '-C', ROOT, 'ls-files', '-z'], stdout=subprocess.PIPE, check=True).stdout.decode()
    for name in names.split('\0'):
        if READ.search(name) and not name.startswith(NOT_READ) and os.path.isfile(os.path.join(ROOT, name)):
            yield name


def main(arguments):
    with open(os.path.join(HERE, 'words.txt'), encoding='utf-8') as f:
        all_rules = rules_of(f.read())
    with open(os.path.join(HERE, 'exempt.txt'), encoding='utf-8') as f:
        exemptions = exemptions_of(f.read())
    shown = [rule for rule in all_rules if rule.enforced or '--all' in arguments]
    files = reported = 0
    used = set()
    for name in tracked_files():
        files += 1
        with open(os.path.join(ROOT, name), encoding='utf-8') as f:
            text = f.read()
        for found in findings(name, text, all_rules, exemptions, used):
            if found.rule in shown:
                reported += 1
                print('%s:%d: %s: %s' % (found.path, found.line, found.word, found.rule.instead))
    for path, part in exemptions:
        if (path, part) not in used:
            reported += 1
            print('tests/style/exempt.txt: not needed: %s: %s' % (path, part))
    print('%d files, %d rules: %d findings' % (files, len(shown), reported))
    return 1 if reported or not files else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
