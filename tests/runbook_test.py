"""Every command of RUNBOOK.md is run, in a temporary home, or listed here with the reason why it is not."""
import datetime
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import unittest
import urllib.request

from tests.compat import server

# First lines of blocks that are not run here.
NOT_RUN = {
    'packaging/packages.sh': 'tests/run.sh and packaging/try.sh run these',
    'cpack -G DEB --config build/release/CPackConfig.cmake': 'packaging/test_deb.sh does this in an empty root',
    'systemctl enable --now kalima': 'needs systemd as the first process; tests/packaging_test.py has the unit checked',
    'systemctl stop kalima': 'needs systemd as the first process',
    'cp packaging/service/kalima.plist ~/Library/LaunchAgents/': 'needs macOS',
    'schtasks /create /tn Kalima /sc onlogon /tr "\\"%LOCALAPPDATA%\\Programs\\Kalima\\kalima.exe\\" serve"': 'needs Windows',
    'cp build/release/kalima packaging/container/': 'needs podman and its storage',
    'server {': 'nginx settings; need nginx and a certificate',
    'quran.example.org {': 'Caddy settings; need Caddy and a name in the DNS',
    'location /quran/ {': 'nginx settings; tests/web/proxy_tests.mjs has such a proxy',
    'example.org {': 'Caddy settings; likewise',
}
# First lines of blocks that are run, in this order, in ~/kalima.
RUN = [
    'kalima',
    'kalima import --legacy ~/quran-server/data --db ~/kalima/quran.db',
    'kalima backup ~/backups/quran-$(date +%F).db --db quran.db',
    'mkdir before && mv quran.db* before/',
    'kalima export --legacy ~/quran-data --db quran.db',
    'curl http://127.0.0.1:8080/api/v1/history/2:255',
    'curl -H "Authorization: Bearer $KALIMA_TOKEN" http://127.0.0.1:8080/metrics',
    'KALIMA_TOKEN=$(openssl rand -hex 16) kalima serve --db quran.db --allow-host quran.example.org',
    'kalima serve --db quran.db --allow-host example.org --base-path /quran',
]


def blocks():
    """First line -> commands of each indented block, comments taken off."""
    with open(os.path.join(server.ROOT, 'RUNBOOK.md'), encoding='utf-8') as f:
        text = f.read()
    out = {}
    for block in re.findall(r'(?:^    .*\n)+', text, re.M):
        lines = [re.sub(r'\s+# .*', '', line[4:]).rstrip() for line in block.splitlines()]
        if lines[0] in out:
            raise AssertionError('two blocks begin with ' + lines[0])
        out[lines[0]] = lines
    return out


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


class Runbook(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.mkdtemp(prefix='kalima-runbook-')
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        for folder in ('bin', 'kalima', 'backups', 'quran-server/frontend'):
            os.makedirs(os.path.join(self.home, folder))
        os.symlink(server.binary(), os.path.join(self.home, 'bin', 'kalima'))
        shutil.copytree(server.fixture_folder(), os.path.join(self.home, 'quran-server', 'data'))
        with open(os.path.join(self.home, 'quran-server', 'frontend', 'index.html'), 'w', encoding='utf-8') as f:
            f.write('<!doctype html>')
        self.port = free_port()
        self.environment = server.environment(
            HOME=self.home, KALIMA_PORT=str(self.port), PATH=os.path.join(self.home, 'bin') + os.pathsep + os.environ['PATH'])
        for name in ('XDG_DATA_HOME', 'DISPLAY', 'WAYLAND_DISPLAY'):
            self.environment.pop(name, None)
        self.servers = []
        self.addCleanup(self.end_servers, False)

    def path(self, *parts):
        return os.path.join(self.home, *parts)

    def command(self, line):
        """A line as it is run here: the port is free, and backups are of today."""
        return line.replace('127.0.0.1:8080', '127.0.0.1:%d' % self.port).replace('2026-01-31', datetime.date.today().isoformat())

    def start(self, line):
        process = subprocess.Popen(['bash', '-c', self.command(line)], cwd=self.path('kalima'), env=self.environment, stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, encoding='utf-8', start_new_session=True)
        self.servers.append(process)
        self.assertIn(':%d/' % self.port, process.stdout.readline(), line)

    def end_servers(self, check=True):
        for process in self.servers:
            os.killpg(process.pid, signal.SIGINT)
            try:
                process.wait(30 * server.TIME_FACTOR)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            process.stdout.close()
            if check:
                self.assertEqual(process.returncode, 0)
        self.servers = []

    def run_block(self, lines):
        """Runs a block; servers that it starts go on. Returns what the other commands printed."""
        out = ''
        for line in lines:
            if re.search(r'(^|\s)kalima( serve\b.*)?$', line):
                self.start(line)
                continue
            done = subprocess.run(['bash', '-c', self.command(line)], cwd=self.path('kalima'), env=self.environment, capture_output=True,
                                  encoding='utf-8', check=False, timeout=120 * server.TIME_FACTOR)
            self.assertEqual(done.returncode, 0, '%s\n%s%s' % (line, done.stdout, done.stderr))
            out += done.stdout
        return out

    def write(self, n):
        request = urllib.request.Request('http://127.0.0.1:%d/api/annotations/1/1' % self.port, json.dumps({'n': n}).encode(),
                                         {'Content-Type': 'application/json'})
        urllib.request.urlopen(request).close()

    def test_each_block_is_known(self):
        self.assertEqual(sorted(blocks()), sorted([*NOT_RUN, *RUN]))

    @unittest.skipUnless(shutil.which('curl') and shutil.which('openssl') and shutil.which('bash'), 'no curl, openssl or bash')
    def test_commands(self):
        todo = blocks()
        results = {}
        for first in RUN:
            if 'history' in first:
                self.start('kalima serve --db quran.db')
                for n in range(17):
                    self.write(n)
            elif first.startswith('curl -H'):
                self.environment['KALIMA_TOKEN'] = 'a' * 16
                self.start('kalima serve --db quran.db')
            results[first] = self.run_block(todo[first])
            self.end_servers()
            self.environment.pop('KALIMA_TOKEN', None)
        self.assertTrue(os.path.exists(self.path('.local', 'share', 'kalima', 'kalima.db')))
        self.assertIn('"status":"ok"', results[RUN[1]])
        self.assertEqual(len(os.listdir(self.path('backups'))), 1)
        self.assertTrue(os.path.exists(self.path('kalima', 'before', 'quran.db')))
        self.assertTrue(os.path.exists(self.path('quran-data', 'datasets', 'corpus', 'quran.jsonl')))
        self.assertIn('undone already', results[RUN[5]])  # the second of the two ways
        self.assertIn('kalima_requests_total', results[RUN[6]])


if __name__ == '__main__':
    unittest.main()
