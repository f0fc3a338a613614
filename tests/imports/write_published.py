"""Writes the files of a small corpus into a folder, for tests that are not in Python.

usage: python3 -m tests.imports.write_published FOLDER
"""
import os
import sys

from tests.imports.support import published


def main(folder):
    os.mkdir(folder)
    for name, content in published().items():
        with open(os.path.join(folder, name), 'wb') as f:
            f.write(content)


if __name__ == '__main__':
    main(sys.argv[1])
