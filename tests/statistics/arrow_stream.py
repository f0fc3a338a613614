"""Reads a stream of Apache Arrow with nothing but its format (arrow.apache.org/docs/format/Columnar.html; Schema.fbs, Message.fbs) and
that of FlatBuffers: columns of texts, whole numbers and numbers. And fetches the reader that most people use, pyarrow.
"""
import os
import shutil
import struct
import subprocess
import sys
import tempfile

TEXT, WHOLE, NUMBER = 'text', 'whole', 'number'
TYPES = {5: TEXT, 2: WHOLE, 3: NUMBER}
PYARROW = 'pyarrow==26.0.1'


class Table:
    """A table of a FlatBuffer."""

    def __init__(self, data, at):
        self.data, self.at = data, at
        self.layout = at - struct.unpack_from('<i', data, at)[0]

    def place(self, field):
        size = struct.unpack_from('<H', self.data, self.layout)[0]
        offset = struct.unpack_from('<H', self.data, self.layout + 4 + 2 * field)[0] if 4 + 2 * field < size else 0
        return self.at + offset if offset else None

    def number(self, field, kind):
        place = self.place(field)
        return 0 if place is None else struct.unpack_from('<' + kind, self.data, place)[0]

    def target(self, field):
        place = self.place(field)
        return place + struct.unpack_from('<I', self.data, place)[0]

    def table(self, field):
        return Table(self.data, self.target(field))

    def text(self, field):
        at = self.target(field)
        return self.data[at + 4:at + 4 + struct.unpack_from('<I', self.data, at)[0]].decode()

    def tables(self, field):
        at = self.target(field)
        places = range(at + 4, at + 4 + 4 * struct.unpack_from('<I', self.data, at)[0], 4)
        return [Table(self.data, place + struct.unpack_from('<I', self.data, place)[0]) for place in places]

    def pairs(self, field):
        at = self.target(field)
        return [struct.unpack_from('<qq', self.data, at + 4 + 16 * i) for i in range(struct.unpack_from('<I', self.data, at)[0])]


class Stream:
    """names, types, about (what the schema says), batches (how many rows each has), rows."""

    def __init__(self, data):
        self.batches, self.rows = [], []
        at, schema = 0, None
        while True:
            mark, size = struct.unpack_from('<II', data, at)
            assert mark == 0xFFFFFFFF, at
            at += 8
            if size == 0:
                assert at == len(data), (at, len(data))
                return
            message = Table(data[at:at + size], struct.unpack_from('<I', data, at)[0])
            at += size
            body = data[at:at + message.number(3, 'q')]
            at += len(body)
            assert at % 8 == 0
            if schema is None:
                assert message.number(1, 'B') == 1
                schema = message.table(2)
                self.names = [field.text(0) for field in schema.tables(1)]
                self.types = [TYPES[field.number(2, 'B')] for field in schema.tables(1)]
                self.about = {pair.text(0): pair.text(1) for pair in schema.tables(2)}
            else:
                assert message.number(1, 'B') == 3
                self.add(message.table(2), body)

    def add(self, batch, body):
        size, nodes, buffers = batch.number(0, 'q'), batch.pairs(1), batch.pairs(2)
        parts = iter([body[offset:offset + length] for offset, length in buffers])
        columns = []
        for kind, (length, missing) in zip(self.types, nodes):
            assert length == size
            present = next(parts)
            there = [not missing or bool(present[i // 8] >> i % 8 & 1) for i in range(size)]
            assert there.count(False) == missing
            if kind == TEXT:
                ends, texts = struct.unpack('<%di' % (size + 1), next(parts)), next(parts)
                values = [texts[a:b].decode() for a, b in zip(ends, ends[1:])]
            else:
                values = struct.unpack('<%d%s' % (size, 'q' if kind == WHOLE else 'd'), next(parts))
            columns.append([value if known else None for value, known in zip(values, there)])
        self.batches.append(size)
        self.rows += [list(row) for row in zip(*columns)]


def pyarrow():
    """The module, fetched once into a folder outside the repository; None if it cannot be had."""
    base = os.environ.get('XDG_CACHE_HOME') or os.path.join(os.path.expanduser('~'), '.cache')
    version = '%d.%d' % sys.version_info[:2]
    folder = os.path.join(base, 'kalima', 'python', '%s-%s' % (PYARROW.replace('==', '-'), version))
    if not os.path.isdir(folder):
        os.makedirs(os.path.dirname(folder), exist_ok=True)
        scratch = tempfile.mkdtemp(dir=os.path.dirname(folder))
        try:
            subprocess.run([sys.executable, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary',
                            ':all:', '--target', scratch, PYARROW], check=True, timeout=300, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
            os.rename(scratch, folder)
        except (OSError, subprocess.SubprocessError):
            shutil.rmtree(scratch, ignore_errors=True)
            if not os.path.isdir(folder):
                return None
    sys.path.insert(0, folder)
    try:
        import pyarrow.ipc
        return pyarrow
    except ImportError:
        return None
    finally:
        sys.path.remove(folder)
