"""Runs the fuzzers: all of their options, in one place.

    drive.py replay TARGET PROGRAM               the seeds, then a fixed number of inputs made from them: the same each time
    drive.py explore SECONDS FOLDER [TARGET...]  so long each, as many at once as there are cores, from the seeds and the corpus
                                                 that earlier explorations left in FOLDER; FOLDER holds the programs

Findings are files in findings/ beside the programs. The exit code is 1 when there are any.

Beside TARGET_fuzz.cc there may be seeds/TARGET/ and TARGET.dict. A line "// libFuzzer: -max_len=N ..." of the source has options
of its own; -runs=N there is the number of inputs that a replay tries.
"""
import concurrent.futures
import ctypes
import glob
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
DEFAULTS = {'max_len': '4096', 'runs': '20000', 'timeout': '10', 'rss_limit_mb': '2048', 'print_final_stats': '1'}


def targets():
    return sorted(os.path.basename(path)[:-len('_fuzz.cc')] for path in glob.glob(os.path.join(HERE, '*_fuzz.cc')))


def options(target, **more):
    """The options of a target, as a dictionary; `more` overrides."""
    out = dict(DEFAULTS)
    with open(os.path.join(HERE, target + '_fuzz.cc'), encoding='utf-8') as f:
        for line in re.findall(r'^// libFuzzer: (.*)$', f.read(), re.M):
            out.update(re.findall(r'-(\w+)=(\S+)', line))
    dictionary = os.path.join(HERE, target + '.dict')
    if os.path.exists(dictionary):
        out['dict'] = dictionary
    out.update(more)
    return out


def findings_of(program):
    folder = os.path.join(os.path.dirname(os.path.abspath(program)), 'findings')
    os.makedirs(folder, exist_ok=True)
    return folder


def as_arguments(given):
    return ['-%s=%s' % item for item in given.items()]


def seeds(target):
    return sorted(path for path in glob.glob(os.path.join(HERE, 'seeds', target, '*')) if os.path.isfile(path))


def fixed_addresses():
    """libFuzzer makes inputs out of values that the program compares, addresses among them."""
    if ctypes.CDLL(None).personality(0x0040000) == -1:  # ADDR_NO_RANDOMIZE
        os.write(2, b'this system places programs at random: another run may try other inputs\n')


def replay(target, program):
    """Nothing but the program, the seeds and the options decides which inputs are tried."""
    given = options(target, seed='1', seed_inputs='@seeds', artifact_prefix='findings/%s-' % target)
    # Names as short here as anywhere, since they lie on the stack; the seeds as a list, since the order within a folder is
    # the file system's; no folder for what is found on the way, so that nothing is carried over.
    with tempfile.TemporaryDirectory(prefix='kalima-fuzz-') as folder:
        os.symlink(os.path.abspath(program), os.path.join(folder, 'fuzz'))
        os.symlink(findings_of(program), os.path.join(folder, 'findings'))
        os.symlink(HERE, os.path.join(folder, 'here'))
        if 'dict' in given:
            given['dict'] = os.path.join('here', os.path.basename(given['dict']))
        with open(os.path.join(folder, 'seeds'), 'w', encoding='utf-8') as f:
            f.write(','.join(os.path.join('here', os.path.relpath(path, HERE)) for path in seeds(target)))
        code = subprocess.run(['./fuzz'] + as_arguments(given), cwd=folder, env={'PATH': os.defpath, 'LC_ALL': 'C.UTF-8'},
                              preexec_fn=fixed_addresses, check=False).returncode
    if code:
        for path in sorted(glob.glob(os.path.join(findings_of(program), target + '-*'))):
            print('found: ' + path)
    return code


def explore(seconds, folder, names):
    def one(target):
        corpus = os.path.join(folder, 'corpus', target)
        os.makedirs(corpus, exist_ok=True)
        folders = [corpus] + [path for path in [os.path.join(HERE, 'seeds', target)] if os.path.isdir(path)]
        program = os.path.abspath(os.path.join(folder, 'fuzz_' + target))
        given = options(target, runs='-1', seed='0', max_total_time=str(seconds),
                        artifact_prefix=os.path.join(findings_of(program), target + '-'))
        done = subprocess.run([program] + as_arguments(given) + folders,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8', errors='replace', check=False)
        tried = re.search(r'number_of_executed_units: *(\d+)', done.stdout)
        print('%s: %s inputs%s' % (target, tried[1] if tried else '?', ', A FINDING' if done.returncode else ''), flush=True)
        if done.returncode:
            print(done.stdout[-4000:], flush=True)
        return done.returncode

    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get('KALIMA_JOBS') or os.cpu_count() or 1)) as pool:
        codes = list(pool.map(one, names))
    for path in sorted(glob.glob(os.path.join(folder, 'findings', '*'))):
        print('found: ' + os.path.abspath(path))
    return 1 if any(codes) else 0


def main(what, *arguments):
    if what == 'replay':
        return 1 if replay(*arguments) else 0
    names = list(arguments[2:]) or targets()
    unknown = sorted(set(names) - set(targets()))
    if unknown:
        sys.exit('unknown fuzzer: %s (known: %s)' % (', '.join(unknown), ', '.join(targets())))
    return explore(int(arguments[0]), arguments[1], names)


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
