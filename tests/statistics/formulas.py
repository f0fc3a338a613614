"""The measures of statistics, written here from their sources and not from the program's code: each takes counts and gives a number, or
None where it is undefined.
"""
import math


def defined(function):
    def wrapped(*args):
        try:
            value = function(*args)
        except (ZeroDivisionError, ValueError, OverflowError):
            return None
        return value if math.isfinite(value) else None
    return wrapped


def cells(o11, r1, c1, n):
    """The observed and the expected numbers of the four cells (Evert 2005, figures 2.3 and 2.4)."""
    rows, columns = (r1, n - r1), (c1, n - c1)
    observed = ((o11, r1 - o11), (c1 - o11, n - r1 - c1 + o11))
    expected = tuple(tuple(r * c / n for c in columns) for r in rows)
    return observed, expected


def g2(observed, expected):
    total = 0
    for row, expected_row in zip(observed, expected):
        for o, e in zip(row, expected_row):
            if o != 0:
                total += o * math.log(o / e)
    return 2 * total


def half_if_zero(count):
    return count or 0.5


@defined
def log_dice(o, r, c, n):  # Rychlý 2008
    return 14 + math.log2(2 * o / (r + c))


@defined
def mi(o, r, c, n):
    return math.log2(o * n / (r * c))


@defined
def mi3(o, r, c, n):
    return math.log2(o ** 3 * n / (r * c))


@defined
def mi_log_f(o, r, c, n):
    return math.log2(o * n / (r * c)) * math.log(o + 1)


@defined
def local_mi(o, r, c, n):
    return o * math.log2(o * n / (r * c))


@defined
def t_score(o, r, c, n):
    return (o - r * c / n) / math.sqrt(o)


@defined
def z_score(o, r, c, n):
    return (o - r * c / n) / math.sqrt(r * c / n)


@defined
def log_likelihood(o, r, c, n):
    value = g2(*cells(o, r, c, n))
    return -value if o < r * c / n else value


@defined
def simple_ll(o, r, c, n):
    e = r * c / n
    value = 2 * ((o * math.log(o / e) if o else 0) - (o - e))
    return -value if o < e else value


@defined
def dice(o, r, c, n):
    return 2 * o / (r + c)


@defined
def min_sensitivity(o, r, c, n):
    return min(o / r, o / c)


@defined
def delta_p_collocate(o, r, c, n):  # Gries 2013
    ((a, b), (c_, d)), _ = cells(o, r, c, n)
    return a / (a + b) - c_ / (c_ + d)


@defined
def delta_p_node(o, r, c, n):
    ((a, b), (c_, d)), _ = cells(o, r, c, n)
    return a / (a + c_) - b / (b + d)


@defined
def log_ratio(o, r, c, n):  # Hardie 2014
    return math.log2((half_if_zero(o) / r) / (half_if_zero(c - o) / (n - r)))


@defined
def expected(o, r, c, n):
    return r * c / n


ASSOCIATIONS = {f: globals()[f] for f in (
    'log_dice', 'mi', 'mi3', 'mi_log_f', 'local_mi', 't_score', 'z_score', 'log_likelihood', 'simple_ll', 'dice', 'min_sensitivity',
    'delta_p_collocate', 'delta_p_node', 'log_ratio')}


def two_cells(a, n1, b, n2):
    """Rayson and Garside 2000: https://ucrel.lancs.ac.uk/llwizard.html"""
    if not n1 or not n2:
        raise ZeroDivisionError
    e1, e2 = n1 * (a + b) / (n1 + n2), n2 * (a + b) / (n1 + n2)
    return 2 * ((a * math.log(a / e1) if a else 0) + (b * math.log(b / e2) if b else 0))


def signed(value, a, n1, b, n2):
    return -value if a / n1 < b / n2 else value


@defined
def key_p_value(a, n1, b, n2):
    # The survival function of chi-squared with one degree of freedom: 2 (1 - Phi(sqrt(x))).
    return math.erfc(math.sqrt(max(0.0, two_cells(a, n1, b, n2))) / math.sqrt(2))


KEYNESS = {
    'log_likelihood': defined(lambda a, n1, b, n2: signed(two_cells(a, n1, b, n2), a, n1, b, n2)),
    'log_likelihood_4': defined(lambda a, n1, b, n2: signed(g2(*cells(a, n1, a + b, n1 + n2)), a, n1, b, n2)),
    'bayes_factor': defined(lambda a, n1, b, n2: two_cells(a, n1, b, n2) - math.log(n1 + n2)),
    'log_ratio': defined(lambda a, n1, b, n2: math.log2((half_if_zero(a) / n1) / (half_if_zero(b) / n2))),
    'percent_difference': defined(lambda a, n1, b, n2: (a / n1 - b / n2) * 100 / (b / n2)),
    'simple_maths': defined(lambda a, n1, b, n2: (a * 10 ** 6 / n1 + 1) / (b * 10 ** 6 / n2 + 1)),
    'p_value': key_p_value,
}


@defined
def juilland_d(hits, words, places, size):
    relative = [h / w for h, w in zip(hits, words)]
    mean = math.fsum(relative) / len(relative)
    deviation = math.sqrt(math.fsum((r - mean) ** 2 for r in relative) / len(relative))
    return 1 - deviation / mean / math.sqrt(len(relative) - 1)


@defined
def dp(hits, words, places, size):
    return math.fsum(abs(h / sum(hits) - w / sum(words)) for h, w in zip(hits, words)) / 2


@defined
def dp_norm(hits, words, places, size):
    return (dp(hits, words, places, size) if sum(hits) else math.nan) / (1 - min(words) / sum(words))


@defined
def kld(hits, words, places, size):
    return math.fsum(h / sum(hits) * math.log2((h / sum(hits)) / (w / sum(words))) for h, w in zip(hits, words) if h) \
        if sum(hits) else math.nan


@defined
def arf(hits, words, places, size):
    """Savický and Hlaváčová 2002."""
    v = size / len(places)
    distances = [b - a for a, b in zip(places, places[1:])] + [places[0] + size - places[-1]]
    return math.fsum(min(d, v) for d in distances) / v


SPREAD = {'range': defined(lambda hits, words, places, size: sum(h > 0 for h in hits) / len(hits)), 'juilland_d': juilland_d,
          'dp': dp, 'dp_norm': dp_norm, 'kld': kld, 'arf': arf}
