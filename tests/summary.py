"""What the stages of tests/run.sh came to: reads the reports of ctest and of single steps, counts, and prints the table.

    summary.py ctest STAGE JUNIT_FILE            lines for a results file, of each entry of a ctest run
    summary.py step STAGE NAME EXIT_CODE OUTPUT  the same of a command and the file with what it printed
    summary.py table RESULTS_FILE                what was skipped and why, what failed, the table and the closing line

A line of the results file has tabs between its parts:

    unit STAGE STATE NAME REASON                 STATE is passed, failed or skipped
    stage STAGE BUDGET_MINUTES SECONDS

A test says that it is skipped by exit code 77 and a line `SKIPPED: REASON`; a part of a test by such a line alone, or as
Python's unittest says it (-v). A part that is skipped is counted beside the test, which has passed with the rest. Lines
`FAILED: REASON` say why a test failed.
"""
import collections
import re
import sys
import xml.etree.ElementTree

SKIPPED = 77
STATES = ('passed', 'failed', 'skipped')


def skipped_parts(output):
    """(part or '', reason) of what an output says is skipped."""
    parts, name = [], ''
    for line in output.splitlines():
        if line.startswith('SKIPPED: '):
            parts.append(('', line[len('SKIPPED: '):].strip()))
            continue
        # `test_x (tests.a_test.Class.test_x)`, perhaps the first line of its docstring, and ` ... skipped 'reason'`; what the
        # test printed may be between.
        begun = re.match(r'(\w+) \([\w.]+\)', line)
        name = begun[1] if begun else name
        skipped = re.search(r'(?:^| \.\.\. )skipped ([\'"].*[\'"])$', line)
        if skipped:
            parts.append((name, skipped[1][1:-1]))
    counted = sum(int(n) for n in re.findall(r'^(?:OK|FAILED) \(.*\bskipped=(\d+)', output, re.M))
    named = sum(1 for part, _ in parts if part)
    parts += [('', 'a part of it; the reason is in its output')] * max(0, counted - named)
    return parts


def units(name, state, output):
    """The (state, name, reason) that a test or step comes to."""
    parts = skipped_parts(output)
    if state == 'skipped':
        reasons = list(dict.fromkeys(reason for _, reason in parts))
        return [(state, name, '; '.join(reasons) or 'it does not say why')]
    why = dict.fromkeys(re.findall(r'(?m)^FAILED: (.*)$', output)) if state == 'failed' else ()
    return [(state, name, '; '.join(why))] + [('skipped', '%s %s' % (name, part) if part else name, reason) for part, reason in parts]


def of_junit(path):
    for case in xml.etree.ElementTree.parse(path).iter('testcase'):
        output = case.findtext('system-out') or ''
        state = {'run': 'passed', 'notrun': 'skipped', 'disabled': 'skipped'}.get(case.get('status'), 'failed')
        skipped = case.find('skipped')
        # ctest has its own reasons not to run a test, such as a program that was not built: no skip of the test's own.
        if state == 'skipped' and skipped is not None and 'SKIP_RETURN_CODE' not in skipped.get('message', ''):
            state = 'failed'
        yield from units(case.get('name'), state, output)


def of_step(name, code, output):
    return units(name, {0: 'passed', SKIPPED: 'skipped'}.get(code, 'failed'), output)


def report(lines):
    """(text of the report, whether all is well)."""
    of_stage = collections.defaultdict(list)
    stages = []
    for line in lines:
        kind, stage, *rest = line.rstrip('\n').split('\t')
        if kind == 'unit':
            of_stage[stage].append(rest)
        else:
            stages.append((stage, int(rest[0]), int(rest[1])))
    out = []
    for state in ('skipped', 'failed'):
        found = ['  %s: %s%s' % (stage, name, ': ' + reason if reason else '')
                 for stage, _, _ in stages for s, name, reason in of_stage[stage] if s == state]
        if found:
            out += ['', state + ':'] + found
    out += ['', '%-10s %7s %7s %8s %12s %12s' % (('stage',) + STATES + ('budget', 'took'))]
    total = collections.Counter()
    for stage, budget, seconds in stages:
        count = collections.Counter(state for state, _, _ in of_stage[stage])
        total += count
        over = seconds > 60 * budget
        out.append('%-10s %7d %7d %8d %8d min %3d min %02d s%s' % (
            (stage,) + tuple(count[state] for state in STATES) + (budget, seconds // 60, seconds % 60, '  OVER BUDGET' if over else '')))
    for stage, budget, seconds in stages:
        if seconds > 60 * budget:
            out.append('warning: the stage %s took longer than its %d minutes' % (stage, budget))
    out += ['', '%d passed, %d failed, %d skipped' % tuple(total[state] for state in STATES)]
    return '\n'.join(out) + '\n', total['failed'] == 0 and total['passed'] > 0


def clean(text):
    return ' '.join(text.split())


def main(command, *arguments):
    if command == 'table':
        with open(arguments[0], encoding='utf-8') as f:
            text, well = report(f)
        sys.stdout.write(text)
        return 0 if well else 1
    stage = arguments[0]
    if command == 'ctest':
        found = of_junit(arguments[1])
    else:
        with open(arguments[3], encoding='utf-8', errors='replace') as f:
            found = of_step(arguments[1], int(arguments[2]), f.read())
    for state, name, reason in found:
        print('\t'.join(('unit', stage, state, clean(name), clean(reason))))
    return 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
