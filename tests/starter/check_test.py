"""check_starter.py sees every kind of difference from the reference; without one it says that it compared nothing."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from tests.compat.server import ROOT

sys.path.insert(0, os.path.join(ROOT, 'tests', 'starter'))
import check_starter  # noqa: E402
import starter  # noqa: E402

CHECK = os.path.join(ROOT, 'tests', 'starter', 'check_starter.py')
SHARED = os.environ.get('KALIMA_SHARED') or os.path.join(os.path.dirname(ROOT), 'shared')
REFERENCE = os.path.join(SHARED, 'legacy-data')

# What is changed in 112.txt (from, to), and what the report must begin with. No sign is next to a shadda here: an editor
# could change their order.
CHANGES = [
    ([('قُلْ\t', 'قُلَ\t')], r'112:1 text\n'),
    ([('قُلْ\t', 'قُلَ\t')], r'112:1:1 \S+ segment 1 form\n'),
    ([('ل+ص', 'لص+')], r'112:2:2 \S+ segment 1 form\n'),
    ([('ل+ص', 'لص'), ('Al+ N S~amad', 'N S~amad')], r'112:2:2 \S+: 1 segments, reference 2$'),
    ([('walada/wld 3MS JUS', 'walada/wlt 3MS JUS')], r'112:3:2 \S+ segment 1 root\n'),
    ([('walada/wld 3MS JUS', 'wulada/wld 3MS JUS')], r'112:3:2 \S+ segment 1 lemma\n'),
    ([('N S~amad/Smd', 'ADJ S~amad/Smd')], r'112:2:2 \S+ segment 2 tag\n'),
    ([('SP:kaAn 3MS JUS', '3MS JUS')], r'112:4:2 \S+ segment 1 features\n'),
    ([('w:CONJ+ NEG', 'w:REM+ NEG')], r'112:3:3 \S+ segment 1 tag\n'),
    ([('الإخلاص', 'الاخلاص')], r'surah 112 name\n'),
    ([('هُوَ\tPRON 3MS\n', ''), ('Obj:1 Pred Pred', 'Obj:1 Pred')], r'112:1: 3 words, reference 4$'),
]


class Check(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix='kalima-starter-')
        self.addCleanup(shutil.rmtree, self.folder)
        self.data = os.path.join(self.folder, 'starter')
        shutil.copytree(os.path.join(ROOT, 'data', 'starter'), self.data)
        self.path = os.path.join(self.data, '112.txt')
        with open(self.path, encoding='utf-8', newline='') as f:
            self.text = f.read()

    def write(self, text):
        with open(self.path, 'w', encoding='utf-8', newline='') as f:
            f.write(text)

    def check(self, *args, code):
        done = subprocess.run([sys.executable, CHECK, '--starter', self.data, *args], capture_output=True, encoding='utf-8', check=False)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout

    def need_reference(self):
        if not os.path.isdir(REFERENCE):
            self.skipTest('no reference data in ' + REFERENCE)

    def test_the_files_agree_with_the_reference(self):
        self.need_reference()
        self.assertIn('\n0 differences\n', self.check(REFERENCE, code=0))

    def test_every_kind_of_change_is_seen(self):
        self.need_reference()
        reference = check_starter.read_reference(REFERENCE)
        for changes, expected in CHANGES:
            with self.subTest(expected=expected):
                text = self.text
                for before, after in changes:
                    self.assertIn(before, text)
                    text = text.replace(before, after, 1)
                self.write(text)
                differences, _ = check_starter.compare(starter.load(self.data), reference)
                self.assertTrue(any(re.match(expected, line) for line in differences), differences)
        self.write(self.text)
        self.assertEqual(check_starter.compare(starter.load(self.data), reference)[0], [])
        # One of them by the program itself, which must then fail.
        self.write(self.text.replace('walada/wld', 'walada/wlt'))
        self.assertIn('DIFF 112:3:2', self.check(REFERENCE, code=1))

    def test_without_the_reference_it_says_so(self):
        out = self.check(os.path.join(self.folder, 'none'), code=77)
        self.assertRegex(out, r'(?m)^SKIPPED: the comparison')

    def test_what_is_missing_is_seen_without_the_reference(self):
        nowhere = os.path.join(self.folder, 'none')
        self.write(re.sub(r'verse 4\n.*', '', self.text, flags=re.S))
        self.assertIn('DIFF surah 112: 3 verses, expected 4', self.check(nowhere, code=1))
        self.write(re.sub(r'en [^\n]*\n', '', self.text, count=1))
        self.assertRegex(self.check(nowhere, code=1), r'FAIL: .*112\.txt:\d+: ')
        os.remove(self.path)
        self.assertIn('DIFF surahs ', self.check(nowhere, code=1))


if __name__ == '__main__':
    unittest.main()
