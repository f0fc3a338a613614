"""Tests that are an attack already, run for longer."""
import os
import subprocess
import sys

from tests.compat import server


def run_test(module, *names, **settings):
    """What the test printed; it must pass, and not be skipped."""
    done = subprocess.run([sys.executable, '-m', module, *names], cwd=server.ROOT, env=dict(os.environ, **settings), capture_output=True,
                          encoding='utf-8', check=False)
    text = done.stdout + done.stderr
    assert done.returncode == 0 and 'skipped' not in text, text[-5000:]
    return text
