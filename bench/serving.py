"""A server that is started to be measured, and what wrk asks it."""
import os
import re
import subprocess

# What a reader asks, in turn.
READS = ['/api/verse/2/255', '/api/surah/36', '/api/search/roots?root=rHm&limit=20', '/api/search/morphology?q=PASS&limit=20',
         '/api/search/syntax?q=V%20N%20P&limit=20', '/api/verse/112/1', '/api/annotations/2/256', '/api/search/dependency?relation=Subj&limit=20']


class Server:
    """A program that chooses its port; the port is the last number of its first line."""

    def __init__(self, *command):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, encoding='utf-8')
        line = self.process.stdout.readline()
        self.port = int(re.search(r'127\.0\.0\.1:(\d+)|^(\d+)$', line)[0].rpartition(':')[2])
        self.base = 'http://127.0.0.1:%d' % self.port

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def memory(self):
        """(current, highest) resident set in MB."""
        return memory_of(self.process.pid, 'VmRSS', 'VmHWM')


def memory_of(process, *names):
    """Lines of /proc/PROCESS/status, in MB; 0 for a process that has ended."""
    with open('/proc/%d/status' % process, encoding='utf-8') as f:
        found = dict(re.findall(r'(\w+):\s+(\d+) kB', f.read()))
    return tuple(int(found.get(name, 0)) / 1024 for name in names)


def kalima(program, database):
    """`program` is the command: a list, with what runs a program of another system before it."""
    return Server(*program, 'serve', '--db', database, '--port', '0', '--log-level', 'error')


def reads_per_second(base, connections, seconds, folder):
    """wrk asks READS in turn; `folder` takes its script."""
    script = os.path.join(folder, 'reads.lua')
    with open(script, 'w', encoding='utf-8') as f:
        f.write('local paths = {%s}\nlocal n = 0\n' % ', '.join('"%s"' % path for path in READS))
        f.write('request = function() n = n % #paths + 1; return wrk.format("GET", paths[n]) end\n')
    out = subprocess.run(['wrk', '-t1', '-c%d' % connections, '-d%ds' % seconds, '-s', script, base],
                         capture_output=True, text=True, check=True).stdout
    assert 'Non-2xx' not in out, out
    return float(re.search(r'Requests/sec:\s+([\d.]+)', out)[1])
