"""Writes the tables of Unicode that Debian takes out of RE2's archive, by RE2's own scripts from ICU's data.

    tables.py SOURCE-OF-RE2 FOLDER-OF-UNIDATA OUTPUT-FOLDER

Of the scripts of writing only those below are kept: the others are 60 KB that no query asks for.
"""
import contextlib
import os
import sys
import types

SCRIPTS = {'Arab': 'Arabic', 'Latn': 'Latin', 'Zyyy': 'Common', 'Zinh': 'Inherited'}

source, unidata, out = sys.argv[1:]
# RE2's script would fetch over the network with it.
six = types.ModuleType('six.moves')
six.urllib = None
sys.modules['six'] = types.ModuleType('six')
sys.modules['six.moves'] = six
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(source, 're2'))
import unicode  # noqa: E402


def code_points(text):
    first, _, last = text.partition('..')
    return range(int(first, 16), int(last or first, 16) + 1)


def scripts():
    """ICU has no Scripts.txt, but the property of each block and of code points that differ from their block."""
    of = {}
    with open(os.path.join(unidata, 'ppucd.txt'), encoding='utf-8') as file:
        for line in file:
            fields = line.strip().split(';')
            if fields[0] not in ('block', 'cp', 'unassigned'):
                continue
            for field in fields[2:]:
                if field.startswith('sc='):
                    of.update((c, field[3:]) for c in code_points(fields[1]))
            # What a block says holds for assigned code points only, which are those with a line of their own.
            if fields[0] == 'cp':
                assigned.update(code_points(fields[1]))
    lists = {}
    for code in sorted(assigned):
        if of.get(code) in SCRIPTS:
            lists.setdefault(SCRIPTS[of[code]], []).append(code)
    return lists


assigned = set()
categories, groups = unicode.Categories, unicode.CaseGroups
unicode.Categories = lambda: categories(unidata)
unicode.CaseGroups = lambda: groups(unidata)
unicode.Scripts = scripts
import make_unicode_casefold  # noqa: E402
import make_unicode_groups  # noqa: E402

for module in (make_unicode_casefold, make_unicode_groups):
    with open(os.path.join(out, module.__name__[len('make_'):] + '.cc'), 'w', encoding='utf-8') as file:
        with contextlib.redirect_stdout(file):
            module.main()
