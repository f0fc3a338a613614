"""What tests/run.sh counts: no test is skipped unseen."""
import os
import tempfile
import unittest

from tests import summary

UNITTEST = '''test_one (tests.a_test.Case.test_one) ... ok
test_two (tests.a_test.Case.test_two)
What it is about. ... skipped 'no strace'
test_three (tests.a_test.Case.test_three) ... something printed
skipped "it's missing"

----------------------------------------------------------------------
Ran 3 tests in 0.001s

OK (skipped=2)
'''

JUNIT = '''<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="x" tests="5">
  <testcase name="unit.a" classname="unit.a" time="0.1" status="run"><system-out>SKIPPED: x.csv not found
all well</system-out></testcase>
  <testcase name="b" classname="b" time="0.1" status="notrun"><skipped message="SKIP_RETURN_CODE=77"/><system-out>SKIPPED: no data</system-out></testcase>
  <testcase name="c" classname="c" time="0.1" status="fail"><failure message=""/><system-out>bad</system-out></testcase>
  <testcase name="d" classname="d" time="0" status="notrun"><skipped message="Unable to find executable: d"/></testcase>
  <testcase name="e" classname="e" time="0.1" status="run"><system-out></system-out></testcase>
</testsuite>
'''


class Summary(unittest.TestCase):
    def test_parts_that_are_skipped(self):
        self.assertEqual(summary.skipped_parts(UNITTEST), [('test_two', 'no strace'), ('test_three', "it's missing")])
        self.assertEqual(len(summary.skipped_parts('garbled\nOK (skipped=3)\n')), 3)
        self.assertEqual(summary.skipped_parts('test_a (x.y) ... ok\nOK\n'), [])

    def test_a_report_of_ctest(self):
        with tempfile.NamedTemporaryFile('w', suffix='.xml', delete=False) as f:
            self.addCleanup(os.remove, f.name)
            f.write(JUNIT)
        self.assertEqual(list(summary.of_junit(f.name)),
                         [('passed', 'unit.a', ''), ('skipped', 'unit.a', 'x.csv not found'), ('skipped', 'b', 'no data'),
                          ('failed', 'c', ''), ('failed', 'd', ''), ('passed', 'e', '')])

    def test_a_step(self):
        self.assertEqual(summary.of_step('s', 0, UNITTEST)[0], ('passed', 's', ''))
        self.assertEqual(summary.of_step('s', 77, 'SKIPPED: no root\n'), [('skipped', 's', 'no root')])
        self.assertEqual(summary.of_step('s', 77, ''), [('skipped', 's', 'it does not say why')])
        self.assertEqual(summary.of_step('s', 1, ''), [('failed', 's', '')])
        self.assertEqual(summary.of_step('s', 1, 'FAILED: a: 1 is 2\nmore\nFAILED: b: x\nFAILED: a: 1 is 2\n'), [('failed', 's', 'a: 1 is 2; b: x')])
        self.assertEqual(summary.of_step('s', 0, 'FAILED: a: so a test prints that tests this\n'), [('passed', 's', '')])

    def test_the_report(self):
        lines = ['unit\tone\tpassed\ta\t\n', 'unit\tone\tskipped\tb\tno data\n', 'stage\tone\t1\t61\n', 'stage\ttwo\t5\t2\n']
        text, well = summary.report(lines)
        self.assertTrue(well)
        self.assertIn('\nskipped:\n  one: b: no data\n', text)
        self.assertIn('OVER BUDGET', text)
        self.assertTrue(text.endswith('\n\n1 passed, 0 failed, 1 skipped\n'))
        self.assertFalse(summary.report(lines + ['unit\ttwo\tfailed\tc\t\n'])[1])
        self.assertFalse(summary.report(['stage\tone\t1\t61\n'])[1])


if __name__ == '__main__':
    unittest.main()
