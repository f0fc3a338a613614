#!/usr/bin/env python3
"""What takes how many bytes in a release program, and whether they are within the budget.

    packaging/size.py [PROGRAM]          a table of parts (default: build/release/kalima)
    packaging/size.py --check [PROGRAM]  the same; fails when the program is larger than it may be
    packaging/size.py --largest N ROW    the N largest sections of the parts whose name begins with ROW

It reads the linker's map, PROGRAM.map, which the build of a release program leaves beside it.
"""
import argparse
import collections
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# The whole program may have so many bytes: 10 MiB.
LIMIT = 10_485_760

# What each part may have: what it has now and what is to come. A part that is missing here counts to "other".
BUDGET = {
    'own code': 3_300_000,
    'own data': 330_000,
    'C library and start': 1_090_000,
    'exception tables': 1_130_000,
    'C++ library templates': 1_090_000,
    'SQLite': 845_000,
    'Xapian': 620_000,
    'ICU': 600_000,
    'C++ library': 530_000,
    'RE2': 210_000,
    'fmt, spdlog': 175_000,
    'CLI11': 135_000,
    'cpp-httplib': 130_000,
    'expat': 116_000,
    'zlib': 52_000,
    'nlohmann/json': 30_000,
    'other': 60_000,
}
assert sum(BUDGET.values()) <= LIMIT

# By name of the archive or object file.
OF_FILE = [
    (r'license_texts\.cc', 'own data: licence texts, compressed'),
    (r'(starter_texts|division_files)\.cc', 'own data: starter corpus, divisions'),
    (r'page_files\.cc', 'own data: web page, compressed'),
    (r'libicudata\.a', 'ICU: data'),
    (r'libicu\w*\.a', 'ICU: code'),
    (r'libxapian(-uuid)?\.a', 'Xapian'),
    (r'libsqlite3\.a', 'SQLite'),
    (r'libexpat\.a', 'expat'),
    (r'libre2\.a', 'RE2'),
    (r'libz\.a', 'zlib'),
    (r'lib(fmt|spdlog)\.a', 'fmt, spdlog'),
    (r'libstdc\+\+\.a|libsupc\+\+\.a', 'C++ library'),
    (r'libkalima_(\w+)\.a', r'own code: \1'),
    (r'kalima\.dir/', 'own code: cli'),
    (r'\.(a|o|so)(\(|$)|\.dll', 'C library and start'),
]

# By the outermost name in a mangled symbol: what templates and inline functions of a header make in our object files.
OF_NAMESPACE = {
    'httplib': 'cpp-httplib',
    'nlohmann': 'nlohmann/json',
    'CLI': 'CLI11',
    'fmt': 'fmt, spdlog',
    'spdlog': 'fmt, spdlog',
    'Xapian': 'Xapian',
}

# Sections that are in the memory of a running program but not in the file, or in neither.
NOT_IN_FILE = re.compile(r'\.(bss|tbss|noinit)|__libc_freeres_ptrs|COMMON|\.debug|\.symtab|\.strtab|/DISCARD/|\.stab')
EXCEPTIONS = re.compile(r'\.(eh_frame|gcc_except_table|pdata|xdata)')


def part_of(section, file):
    match = re.search(r'\._ZT?[A-Z]*K?(?:N[KVRO]*)?(?:St|S[absiod])', section)
    own = re.search(r'libkalima_|kalima\.dir/', file)
    if own:
        if match:
            return 'C++ library templates'
        for length, name in re.findall(r'(?<!\d)(\d{1,2})([A-Za-z]\w*)', section)[:1]:
            library = OF_NAMESPACE.get(name[:int(length)])
            if library:
                return library
    for pattern, part in OF_FILE:
        found = re.search(pattern, file)
        if found:
            return found.expand(part)
    return 'other'


def sections_of(map_file):
    """(name, bytes, file) of each input section, and {name: bytes} of the output sections."""
    inputs, outputs = [], {}
    output = pending = None
    begun = False
    with open(map_file, encoding='utf-8', errors='replace') as f:
        for line in f:
            if not begun:
                begun = line.startswith('Linker script and memory map')
                continue
            if line.startswith('OUTPUT('):
                break
            # A long name has a separate line.
            if re.fullmatch(r' ?[^\s*()]\S*', line.rstrip('\n')) and not line.startswith('  '):
                pending = line.rstrip('\n')
                continue
            if pending is not None:
                line, pending = pending + ' ' + line.strip() + '\n', None
            found = re.match(r'( ?)(\S+)\s+0x([0-9a-f]+)\s+0x([0-9a-f]+)(?:\s+(\S.*))?$', line)
            if not found:
                continue
            indent, name, _, size, rest = found.groups()
            if name.startswith('*fill*'):
                if output is not None:
                    inputs.append(('*fill*', output, int(size, 16), ''))
            elif not indent:
                output = name
                outputs[name] = outputs.get(name, 0) + int(size, 16)
            elif rest and output is not None:
                inputs.append((name, output, int(size, 16), rest))
    return inputs, outputs


def parts(program):
    """{part: bytes}, [(part, section, bytes, file)], bytes of the file."""
    size = os.path.getsize(program)
    if not os.path.exists(program + '.map'):  # Apple's linker has another kind of map
        return collections.Counter({'other: all': size}), [], size
    inputs, outputs = sections_of(program + '.map')
    sums = collections.Counter()
    details = []
    for name, output, count, file in inputs:
        # A section that the linker has shortened counts as it is in the file: the sections' own sum says so.
        if NOT_IN_FILE.match(output) or EXCEPTIONS.match(output) or count == 0:
            continue
        part = 'other: alignment' if name == '*fill*' else part_of(name, file)
        sums[part] += count
        details.append((part, name, count, file))
    for name, count in outputs.items():
        if EXCEPTIONS.match(name):
            sums['exception tables'] += count
    rest = size - sum(sums.values())
    sums['other: headers and tables of the file'] = rest
    return sums, details, size


def group(part):
    name = part.split(':')[0]
    return name if name in BUDGET else 'other'


def table(sums, size):
    groups = collections.Counter()
    for part, count in sums.items():
        groups[group(part)] += count
    lines = ['%-42s %10s %10s' % ('part', 'bytes', 'budget')]
    for name, count in groups.most_common():
        over = '  over its budget' if count > BUDGET[name] else ''
        lines.append('%-42s %10s %10s%s' % (name, format(count, ','), format(BUDGET[name], ','), over))
        for part, one in sums.most_common():
            if group(part) == name and part != name:
                lines.append('  %-40s %10s' % (part.split(': ', 1)[-1], format(one, ',')))
    lines.append('%-42s %10s %10s' % ('the whole file', format(size, ','), format(LIMIT, ',')))
    return '\n'.join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--check', action='store_true')
    parser.add_argument('--largest', nargs=2, metavar=('N', 'PART'))
    parser.add_argument('program', nargs='?', default=os.path.join(ROOT, 'build', 'release', 'kalima'))
    options = parser.parse_args()
    sums, details, size = parts(options.program)
    if options.largest:
        count, name = int(options.largest[0]), options.largest[1]
        for part, section, size, file in sorted((d for d in details if d[0].startswith(name)), key=lambda d: -d[2])[:count]:
            print('%8d  %s  %s' % (size, section, os.path.basename(file)))
        return 0
    print(table(sums, size))
    if options.check and size > LIMIT:
        print('size: %s has %d bytes; at most %d are wanted' % (options.program, size, LIMIT), file=sys.stderr)
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main())
