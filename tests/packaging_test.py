"""The files that a package installs, read by the programs that will read them. Each check is skipped where its program is not."""
import os
import plistlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

from tests.compat import server

PACKAGING = os.path.join(server.ROOT, 'packaging')


def text_of(*parts):
    with open(os.path.join(PACKAGING, *parts), encoding='utf-8') as f:
        return f.read()


def run(*args):
    return subprocess.run(args, capture_output=True, encoding='utf-8', check=False, timeout=60 * server.TIME_FACTOR)


def needs(program):
    return unittest.skipUnless(shutil.which(program), 'no ' + program)


class Service(unittest.TestCase):
    @needs('systemd-analyze')
    def test_the_unit_is_understood(self):
        with tempfile.TemporaryDirectory() as folder:
            unit = os.path.join(folder, 'kalima.service')
            with open(unit, 'w', encoding='utf-8') as f:
                # The program need not be installed for this.
                f.write(text_of('service', 'kalima.service').replace('ExecStart=kalima', 'ExecStart=' + server.binary()))
            done = run('systemd-analyze', 'verify', unit)
        complaints = [line for line in (done.stdout + done.stderr).splitlines() if 'kalima.service' in line]
        self.assertEqual((done.returncode, complaints), (0, []))

    @needs('systemd-analyze')
    def test_the_unit_is_hardened(self):
        unit = os.path.join(PACKAGING, 'service', 'kalima.service')
        done = run('systemd-analyze', 'security', '--offline=true', '--no-pager', '--threshold=15', unit)
        self.assertEqual(done.returncode, 0, done.stdout[-400:] + done.stderr)

    def test_launchd(self):
        with open(os.path.join(PACKAGING, 'service', 'kalima.plist'), 'rb') as f:
            job = plistlib.load(f)
        self.assertEqual(job['ProgramArguments'][1:], ['serve'])
        self.assertEqual(job['Label'], 'kalima')


class Desktop(unittest.TestCase):
    def test_the_files_name_each_other(self):
        entry = dict(line.split('=', 1) for line in text_of('desktop', 'kalima.desktop').splitlines() if re.match(r'\w+=', line))
        self.assertEqual(entry['Exec'].split(), ['kalima', 'serve', '--open'])
        self.assertTrue(os.path.exists(os.path.join(PACKAGING, 'desktop', entry['Icon'] + '.svg')))
        info = xml.etree.ElementTree.fromstring(text_of('desktop', 'kalima.metainfo.xml'))
        self.assertEqual(info.findtext('launchable'), 'kalima.desktop')
        self.assertEqual(info.findtext('summary'), entry['Comment'])
        self.assertEqual(info.findtext('icon'), entry['Icon'])
        icon = xml.etree.ElementTree.fromstring(text_of('desktop', 'kalima.svg'))
        self.assertEqual(icon.attrib['viewBox'], '0 0 128 128')

    @needs('appstreamcli')
    def test_appstream(self):
        done = run('appstreamcli', 'validate', '--no-net', '--no-color', os.path.join(PACKAGING, 'desktop', 'kalima.metainfo.xml'))
        found = [line for line in done.stdout.splitlines() if re.match(r'[EW]:', line)]
        # The project has no domain from which such a name could be made.
        self.assertEqual([line for line in found if 'is-not-rdns' not in line], [])

    @needs('desktop-file-validate')
    def test_desktop_entry(self):
        done = run('desktop-file-validate', os.path.join(PACKAGING, 'desktop', 'kalima.desktop'))
        self.assertEqual((done.returncode, done.stdout), (0, ''))


class Scripts(unittest.TestCase):
    def test_they_are_read_by_what_runs_them(self):
        for folder, _, names in os.walk(PACKAGING):
            for name in names:
                path = os.path.join(folder, name)
                with open(path, 'rb') as f:
                    first = f.readline()
                if first.startswith(b'#!'):
                    with self.subTest(name):
                        self.assertTrue(os.access(path, os.X_OK))
                        if b'python' in first:
                            with open(path, 'rb') as f:
                                compile(f.read(), path, 'exec')
                            continue
                        shell = 'bash' if b'bash' in first else 'sh'
                        self.assertEqual(run(shell, '-n', path).stderr, '')


class Size(unittest.TestCase):
    def test_a_large_program_is_refused(self):
        check = [sys.executable, os.path.join(PACKAGING, 'size.py'), '--check']
        with tempfile.TemporaryDirectory() as folder:
            program = os.path.join(folder, 'kalima')
            for size, code in ((10485760, 0), (10485761, 1)):
                with open(program, 'wb') as f:
                    f.truncate(size)
                done = run(*check, program)
                self.assertEqual(done.returncode, code, done.stdout + done.stderr)
                self.assertIn(format(size, ','), done.stdout)

    def test_sections_are_counted_by_where_they_come_from(self):
        with tempfile.TemporaryDirectory() as folder:
            program = os.path.join(folder, 'kalima')
            with open(program, 'wb') as f:
                f.truncate(5000)
            with open(program + '.map', 'w', encoding='utf-8') as f:
                f.write("""
Linker script and memory map

.text           0x0000000000401000     0x0800
 .text._ZN6kalima4text5lowerEv
                0x0000000000401000      0x100 src/text/libkalima_text.a(unicode.cc.o)
 .text._ZNSt6vectorIiSaIiEED2Ev
                0x0000000000401100      0x080 src/text/libkalima_text.a(unicode.cc.o)
 .text._ZN7httplib6ServerC2Ev
                0x0000000000401180      0x040 src/http/libkalima_http.a(server.cc.o)
 .text          0x00000000004011c0      0x200 /prefix/lib/libsqlite3.a(sqlite3.c.o)
 *fill*         0x00000000004013c0        0x8
.eh_frame       0x0000000000402000      0x300
 .eh_frame      0x0000000000402000      0x300 /prefix/lib/libsqlite3.a(sqlite3.c.o)
.bss            0x0000000000403000     0x9000
 .bss           0x0000000000403000     0x9000 /prefix/lib/libsqlite3.a(sqlite3.c.o)
""")
            sys.path.insert(0, PACKAGING)
            try:
                import size  # pylint: disable=import-error,import-outside-toplevel
            finally:
                sys.path.remove(PACKAGING)
            parts, _, whole = size.parts(program)
        self.assertEqual((parts['own code: text'], parts['C++ library templates'], parts['cpp-httplib'], parts['SQLite']),
                         (0x100, 0x80, 0x40, 0x200))
        self.assertEqual((parts['exception tables'], sum(parts.values()), whole), (0x300, 5000, 5000))


if __name__ == '__main__':
    unittest.main()
