"""What occurs again and what is like something else, worked out for reference.py by comparing each with each."""
import functools
import unicodedata

from tests.query.scope import ABSENT, KINDS, WORD_ATTRIBUTES, matches, with_captures

LONGEST = 500


def value_of_word(scope, word, attribute):
    """Of the word, or of its stem."""
    first, end = scope.surah.words[word]
    if attribute in WORD_ATTRIBUTES:
        return scope.value(first, attribute)
    return next((scope.value(p, attribute) for p in range(first, end) if scope.value(p, 'type') == 'stem'), ABSENT)


def all_runs(scope):
    words = scope.surah.words
    return {(words[i][0], words[j][1], ()) for i in range(len(words)) for j in range(i, len(words))}


def whole_words(scope, found):
    """(first word, words, match) of those that hold no part of a word."""
    firsts, ends = {s: i for i, (s, _) in enumerate(scope.surah.words)}, {e: i for i, (_, e) in enumerate(scope.surah.words)}
    return [(firsts[m[0]], ends[m[1]] - firsts[m[0]] + 1, m) for m in found if m[0] < m[1] and m[0] in firsts and m[1] in ends]


def everywhere(scope, q):
    """(scope, first word, words) of what a query finds in the whole corpus; that of None is all runs."""
    out = set()
    for other in scope.all:
        for word, words, _ in whole_words(other, all_runs(other) if q is None else matches(other, q)):
            out.add((other, word, words))
    return out


def once(scope, key, make):
    if key not in scope.shared:
        scope.shared[key] = make()
    return scope.shared[key]


def differences(a, b):
    """The places at which two runs differ; a missing value is the same as nothing."""
    return [i for i, (x, y) in enumerate(zip(a, b)) if x != y or x == ABSENT]


def again(scope, of, to, low, high, by, same, differing, label):
    def values(scope, word, words):
        return tuple(value_of_word(scope, i, by) for i in range(word, word + words))
    others = once(scope, ('again', to or of, by), lambda: [
        (other, word, words, values(other, word, words)) for other, word, words in everywhere(scope, to or of)])
    out = set()
    for word, words, (start, end, captures) in whole_words(scope, all_runs(scope) if of is None else matches(scope, of)):
        if not low <= words <= (high or LONGEST):
            continue
        own = values(scope, word, words)
        for other, word2, words2, values2 in others:
            if words2 != words or (other is scope and word2 == word):
                continue
            differ = differences(own, values2)
            if not differ and same:
                out.add((start, end, captures))
            if len(differ) == 1 and differing:
                first, last = scope.surah.words[word + differ[0]]
                out.add((start, end, with_captures(captures, {label: ('span', first, last)} if label else {})))
    return out


def letters_of(scope, word):
    form = ''.join(scope.value(p, 'segment') for p in range(*scope.surah.words[word]))
    return ''.join(c for c in form.replace('ٱ', 'ا') if unicodedata.category(c) != 'Mn' and c != 'ـ')


def common(a, b):
    """The length of the longest common subsequence."""
    @functools.lru_cache(None)
    def at(i, j):
        if i == len(a) or j == len(b):
            return 0
        return 1 + at(i + 1, j + 1) if a[i] == b[j] else max(at(i + 1, j), at(i, j + 1))
    return at(0, 0)


def alike(scope, of, to, by, percent):
    of = of or ('region', 'verse', None)

    def values(scope, word, words):
        return tuple(value_of_word(scope, i, by) or ('letters', letters_of(scope, i)) for i in range(word, word + words))
    others = once(scope, ('alike', to or of, by), lambda: [
        (other, word, words, values(other, word, words)) for other, word, words in everywhere(scope, to or of)])
    out = set()
    for word, words, match in whole_words(scope, matches(scope, of)):
        own = values(scope, word, words)
        for other, word2, words2, values2 in others:
            if other is scope and word < word2 + words2 and word2 < word + words:  # they overlap
                continue
            length = common(own, values2)
            if length and 200 * length >= percent * (words + words2):
                out.add(match)
                break
    return out


KINDS.update({'again': again, 'alike': alike})
