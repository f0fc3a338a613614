"""What the tests of statistics share: comparing what the program says with what was worked out."""
import json
import urllib.parse

DIGITS = 1e-9


def same(found, wanted):
    """Equal numbers, to nine digits; both missing."""
    if found is None or wanted is None or isinstance(wanted, (str, int)) and isinstance(found, type(wanted)):
        return found == wanted
    return abs(found - wanted) <= DIGITS * max(1, abs(found), abs(wanted))


def differences(found, wanted):
    """The members of `wanted` that `found` has otherwise."""
    return {name: (found.get(name), value) for name, value in wanted.items() if not same(found.get(name), value)}


def address(statistic, **parameters):
    return '/api/v1/statistics/%s?%s' % (statistic, urllib.parse.urlencode(parameters))


class Statistics:
    """Mixed into a test that has a server."""

    def ask(self, statistic, connection=None, **parameters):
        answer = self.server.get(address(statistic, **{'timeout_ms': 10000, **parameters}), connection=connection)
        self.assertEqual(answer.status, 200, (statistic, parameters, answer.body[:500]))
        return json.loads(answer.body)

    def compare_rows(self, answer, wanted, context):
        """`wanted`: values -> numbers. The rows of the answer are these, in any order."""
        found = {tuple(v or '' for v in row['values']): row for row in answer['rows']}
        self.assertEqual(len(found), len(answer['rows']), context)
        missing, more = sorted(set(wanted) - set(found)), sorted(set(found) - set(wanted))
        self.assertEqual((missing[:3], more[:3]), ([], []), context)
        self.assertEqual(answer['rows_total'], len(wanted), context)
        for values, numbers in wanted.items():
            self.assertEqual(differences(found[values], numbers), {}, (context, values))

    def left_out(self, answer):
        return {one['what']: one['count'] for one in answer['left_out']}
