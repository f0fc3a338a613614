"""What occurs again and what is similar, over the whole corpus: counts of repeat() and similar() and the attributes `repetition` and
`similarity`, worked out here from the published files.

Without the files (see tests/v1/published.py) the test is skipped, with exit code 77, and says why.
"""
import collections
import os
import sys
import unittest
import urllib.parse

from tests.compat.server import TIME_FACTOR
from tests.v1.published import DATASETS, SKIPPED, Corpus, serve_published

MAX_MS = 50  # ten times as long is allowed, for what else the machine does


def common(masks, size, values):
    """The length of the longest common subsequence, one bit for each word of the first text (Hyyrö 2004)."""
    row = every = (1 << size) - 1
    for value in values:
        same = row & masks.get(value, 0)
        row = ((row + same) | (row - same)) & every
    return size - bin(row).count('1')


class Full(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = serve_published(cls)
        cls.corpus = corpus = Corpus()
        cls.words = corpus.in_order
        cls.values = {name: [cls.of_head(word, name) for word in cls.words] for name in ('lemma', 'root')}
        cls.values['word'] = [corpus.forms[word] for word in cls.words]
        cls.verses = collections.defaultdict(list)
        for i, word in enumerate(cls.words):
            cls.verses[word[:2]].append(cls.values['lemma'][i] or ('letters', corpus.plain(word)))

    @classmethod
    def of_head(cls, word, name):
        """Of the only segment of a word, or of its stem."""
        segments = [cls.corpus.segments[place] for place in cls.corpus.words[word]]
        stems = segments if len(segments) == 1 else [s for s in segments if s['type'] == 'stem']
        return stems[0].get(name) if stems else None

    def ask(self, q, **more):
        answer = self.server.json('/api/v1/query?' + urllib.parse.urlencode({'q': q, 'limit': 0, 'timeout_ms': 10000, **more}))
        self.assertFalse(answer['partial'], q)
        return answer

    def runs(self, size, starts=None):
        """Where runs of so many words of one surah begin."""
        for i in range(len(self.words) - size + 1) if starts is None else starts:
            if self.words[i][0] == self.words[i + size - 1][0]:
                yield i

    def again(self, by, size, starts=None, differ=(0,)):
        """Those of the runs that occur again."""
        values, out = self.values[by], set()
        found = list(self.runs(size, starts))
        if 0 in differ:
            places = collections.defaultdict(list)
            for i in found:
                if None not in values[i:i + size]:
                    places[tuple(values[i:i + size])].append(i)
            out |= {i for some in places.values() if len(some) > 1 for i in some}
        if 1 in differ:
            for gap in range(size):
                places = collections.defaultdict(list)
                for i in found:
                    rest = values[i:i + gap] + values[i + gap + 1:i + size]
                    if None not in rest:
                        places[tuple(rest)].append(i)
                for some in places.values():
                    fillers = collections.Counter(values[i + gap] for i in some)
                    missing = fillers.pop(None, 0)
                    if len(fillers) + missing > 1:
                        out.update(some)
        return out

    def test_runs(self):
        for by, size in (('lemma', 3), ('lemma', 7), ('root', 4), ('word', 5)):
            self.assertEqual(self.ask('repeat(n=%d, by=%s)' % (size, by))['hits'], len(self.again(by, size)), (by, size))
        total, size = 0, 5
        while found := self.again('lemma', size):
            total, size = total + len(found), size + 1
        self.assertEqual(self.ask('repeat(n>=5)')['hits'], total)
        self.assertEqual(self.ask('repeat(n>=%d)' % size)['hits'], 0)
        # A query of any words is as good as none, on either axis.
        self.assertEqual(self.ask('repeat([]*)')['hits'], self.ask('repeat(n>=1)')['hits'])
        self.assertEqual(self.ask('repeat([]{4,})')['hits'], self.ask('repeat(n>=4)')['hits'])
        self.assertEqual(self.ask('repeat({}*, n>=4)')['hits'], self.ask('repeat(n>=4)')['hits'])

    def test_one_word_differs(self):
        for by, size in (('lemma', 3), ('lemma', 6), ('root', 5)):
            self.assertEqual(self.ask('repeat(n=%d, by=%s, differ<=1)' % (size, by))['hits'],
                             len(self.again(by, size, differ=(0, 1))), (by, size))
            self.assertEqual(self.ask('repeat(n=%d, by=%s, differ=1)' % (size, by))['hits'],
                             len(self.again(by, size, differ=(1,))), (by, size))

    def test_of_a_query(self):
        adjectives = {i for i, word in enumerate(self.words) if any(self.corpus.segments[s]['pos'] == 'ADJ' for s in self.corpus.words[word])}
        pairs = [i for i in sorted(adjectives) if i + 1 in adjectives]
        self.assertEqual(self.ask('repeat([pos="ADJ"] [pos="ADJ"])')['hits'], len(self.again('lemma', 2, pairs)))
        self.assertEqual(self.ask('repeat([pos="ADJ"] [pos="ADJ"], by=root, differ=1)')['hits'],
                         len(self.again('root', 2, pairs, (1,))))
        # Of one surah in another: the other one alone is what it is compared with.
        size, values = 4, self.values['lemma']
        of, to = ([i for i in self.runs(size) if self.words[i][0] == surah and None not in values[i:i + size]] for surah in (7, 26))
        there = {tuple(values[i:i + size]) for i in to}
        self.assertEqual(self.ask('repeat([] within <surah n="7"/>, [])')['hits'],
                         self.ask('[root!="" | lemma!=""] within <surah n="7"/>')['hits'] - self.single_lemmas(7))
        self.assertEqual(self.ask('repeat([]{4} within <surah n="7"/>, []{4} within <surah n="26"/>)')['hits'],
                         sum(tuple(values[i:i + size]) in there for i in of))

    def single_lemmas(self, surah):
        """Words of a surah whose lemma occurs once, or is missing, though a segment has a root or lemma."""
        times, out = collections.Counter(self.values['lemma']), 0
        for i, word in enumerate(self.words):
            segments = [self.corpus.segments[s] for s in self.corpus.words[word]]
            if word[0] == surah and any('root' in s or 'lemma' in s for s in segments):
                value = self.values['lemma'][i]
                out += value is None or times[value] == 1
        return out

    def test_similar_verses(self):
        """Each verse with each that shares a word with it, the likely ones first."""
        tokens = {}
        for verse, values in self.verses.items():
            times = collections.Counter()
            tokens[verse] = []
            for value in values:
                tokens[verse].append((value, times[value]))
                times[value] += 1
        holders = collections.defaultdict(list)
        for verse, some in tokens.items():
            for token in some:
                holders[token].append(verse)
        best, like = {}, set()
        for verse, some in tokens.items():
            values = self.verses[verse]
            masks = collections.defaultdict(int)
            for i, value in enumerate(values):
                masks[value] |= 1 << i
            shared = collections.Counter()
            for token in some:
                shared.update(holders[token])
            del shared[verse]
            likely = sorted(((200 * n // (len(values) + len(self.verses[other])), other) for other, n in shared.items()), reverse=True)
            best[verse] = 0
            for most, other in likely:
                if most <= best[verse] and (verse != (2, 47) or most < 50):
                    break
                percent = 200 * common(masks, len(values), self.verses[other]) // (len(values) + len(self.verses[other]))
                best[verse] = max(best[verse], percent)
                if verse == (2, 47) and percent >= 50:
                    like.add(other)
        for least in (100, 80, 60):
            wanted = sum(percent >= least for percent in best.values())
            self.assertEqual(self.ask('similar(similarity>=%d)' % least)['hits'], wanted)
            self.assertEqual(self.ask('<verse similarity>=%d/>' % least)['hits'], wanted)
        self.assertEqual(self.ask('similar()')['hits'], sum(percent >= 80 for percent in best.values()))
        self.assertEqual(self.ask('similar("2:47", similarity>=50)')['hits'], len(like))
        groups = self.ask('<verse/>', group='match.similarity', limit=200)['grouping']['groups']
        self.assertEqual({int(g['values'][0]): g['hits'] for g in groups}, dict(collections.Counter(best.values())))

    def test_repetition_of_words(self):
        longest, size, found = [0] * len(self.words), 1, self.again('lemma', 1)
        while found:
            for i in found:
                longest[i:i + size] = [size] * size
            size, found = size + 1, self.again('lemma', size + 1)
        for least in (1, 2, 5, 10, 20):
            words = sum(n >= least for n in longest)
            self.assertEqual(self.ask('[repetition>=%d]' % least)['hits'], words)
            self.assertEqual(self.ask('repeat(n>=%d)' % least)['words'], words)
        missing = self.values['lemma'].count(None)
        self.assertEqual(self.ask('[repetition=""]')['hits'], missing)
        self.assertEqual(self.ask('[repetition="0"]')['hits'], longest.count(0) - missing)

    def test_times(self):
        """Of the best of three: other tests run beside this one."""
        for q in ('repeat(n>=3)', 'repeat(n>=3, differ<=1)', 'repeat(n>=3, by=word)', 'repeat([pos="ADJ"] [pos="ADJ"])',
                  'repeat([pos="V"] [] [], differ=1)', 'repeat([]*)', 'repeat([]*, differ<=1)',
                  # Of so few values long runs occur again; those of the query are short.
                  'repeat([pos="ADJ"] [pos="ADJ"], by=type)', 'repeat([pos="V"] [pos="ADJ"], by=type, differ<=1)',
                  'repeat({}*, differ<=1)', 'repeat({}* a:{pos="N"} {}*)',
                  'similar()', 'similar(similarity>=60)', 'similar("2:47", similarity>=50)', '<verse similarity>=80/>',
                  'similar([]{4})', 'similar([]{5}, similarity>=60)', 'similar([]{10})', 'similar(<page/>, similarity>=30)'):
            self.assertLess(min(self.ask(q)['ms'] for _ in range(3)), 10 * MAX_MS * TIME_FACTOR, q)


if __name__ == '__main__':
    if not os.path.isdir(DATASETS):
        print('SKIPPED: %s is missing' % DATASETS)
        sys.exit(SKIPPED)
    unittest.main()
