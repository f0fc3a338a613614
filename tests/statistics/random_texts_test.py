"""As random_test.py, for repetition, sound and structure: skip-grams, all pairs of similar verses, runs of rhyme, letters, shifts of
person, rings and networks of random queries over small random corpora, worked out here in the plainest way. Their few words have no
anagrams: texts_test.py has what is alike.

The formulas: 2 L / (m + n) of pairs is Dice's coefficient (Dice 1945), of sequences as in texts_test; so is that of rings, of sets. Those
of networks are in formulas.py. The numbers of letters are the eastern abjad (W. Wright, A Grammar of the Arabic Language, I, § 32).
"""
import collections
import itertools
import unittest

from tests.statistics import formulas, random_test
from tests.statistics.case import address, differences
from tests.statistics.random_test import EVERYTHING, longest_common, plain
from tests.statistics.texts_test import ABJAD, letters
from tests.query.results_test import hits_of
from tests.query import query_text


class RandomTexts(random_test.Random):
    FOUND = ('skips', 'pairs', 'rhymes', 'letters', 'shifts', 'rings', 'edges')

    def rows_of(self, statistic, wanted, counted, asked):
        answer = self.ask(statistic, self.connection, limit=EVERYTHING, **asked)
        self.compare_rows(answer, wanted, (statistic, asked))
        self.found[counted] += len(wanted)
        return answer

    def verses(self, text, words):
        """The words of each verse, in the order of the text."""
        return {verse: list(some) for verse, some in itertools.groupby(sorted(words), text.verse)}

    def skipgrams(self, asked, text, words):
        attribute = self.generator.choice(['pos', 'lemma', 'root', 'person'])
        low = self.generator.randint(3, 4)
        high, least, over = low + self.generator.randint(0, 2), self.generator.randint(1, 3), self.generator.random() < 0.4
        place = (lambda word: text.verse(word)[0]) if over else text.verse
        grams = collections.defaultdict(list)
        for first, n in itertools.product(sorted(words), range(low, high + 1)):
            run = range(first, first + n)
            if not words.issuperset(run) or place(run[0]) != place(run[-1]):
                continue
            values = [text.value(word, attribute) for word in run]
            for gap in range(1, n - 1):
                if all(values[:gap] + values[gap + 1:]):
                    grams[tuple(values[:gap] + ['_'] + values[gap + 1:])].append((first, values[gap]))
        wanted = {}
        for gram, places in grams.items():
            fillers = {filler for _, filler in places}
            if len(places) >= least and len(fillers) >= 2:
                wanted[' '.join(gram),] = {'n': len(gram), 'hits': len(places), 'fillers': len(fillers),
                                           'verses': len({text.verse(word) for word, _ in places}),
                                           'surahs': len({text.verse(word)[0] for word, _ in places})}
        self.rows_of('skipgrams', wanted, 'skips', dict(asked, attribute=attribute, min_n=low, max_n=high, min=least,
                                                        over_verses='yes' if over else 'no'))

    def similar_pairs(self, within, text, scope):
        attribute = self.generator.choice(['lemma', 'pos', 'root'])
        percent, fewest = self.generator.choice([20, 40, 50, 80]), self.generator.randint(1, 4)
        values = {'%d:%d' % verse: [text.value(word, attribute) or ('', plain(text.value(word, 'word'))) for word in words]
                  for verse, words in self.verses(text, scope).items() if len(words) >= fewest}
        wanted = {}
        for (a, x), (b, y) in itertools.combinations(values.items(), 2):
            common = longest_common(x, y)
            if common and 200 * common >= percent * (len(x) + len(y)):
                wanted[a, b] = {'similarity': 2 * common / (len(x) + len(y)), 'common': common, 'words': len(x), 'other_words': len(y)}
        answer = self.rows_of('similar', wanted, 'pairs', dict(within, attribute=attribute, min=percent, min_words=fewest))
        self.assertEqual(answer['verses_alike'], len({verse for pair in wanted for verse in pair}))

    def rhymes(self, within, text, scope):
        attribute, least = self.generator.choice(['rhyme', 'rhyme_letter', 'rhyme_vowel']), self.generator.randint(1, 2)
        runs, neighbours = [], 0
        for verse, words in self.verses(text, scope).items():
            value = self.ends[words[-1]][attribute]
            follows = verse[1] > 1
            neighbours += follows
            if follows and value and runs[-1][:2] == (verse[0], value):
                runs[-1] = runs[-1][:3] + (verse[1],)
            else:
                runs.append((verse[0], value, verse[1], verse[1]))
        runs = [run for run in runs if run[1]]
        answer = self.ask('rhymes', self.connection, attribute=attribute, min=least, sort='place', limit=EVERYTHING, **within)
        self.assertEqual([(*row['values'], row['first'], row['last'], row['verses']) for row in answer['rows']],
                         [(str(surah), value, first, last, last - first + 1) for surah, value, first, last in runs
                          if last - first + 1 >= least])
        self.assertEqual((answer['runs'], answer['neighbours']), (len(runs), neighbours))
        self.found['rhymes'] += len(answer['rows'])

    def letters(self, asked, text, words):
        count, having = collections.Counter(), collections.Counter()
        for word in words:
            written = letters(text.value(word, 'word'))
            count.update(written)
            having.update(set(written))
        everything = sum(count.values())
        answer = self.rows_of('letters', {(c,): {'count': n, 'share': n / everything, 'words': having[c], 'value': ABJAD.get(c, 0),
                                                 'sum': n * ABJAD.get(c, 0)} for c, n in count.items()}, 'letters', asked)
        self.assertEqual((answer['total'], answer['abjad']), (everything, sum(n * ABJAD.get(c, 0) for c, n in count.items())))

    def shifts(self, asked, text, words):
        steps, across, every = collections.Counter(), collections.Counter(), 0
        for _, surah in itertools.groupby(range(len(text.words)), lambda word: text.verse(word)[0]):
            before = None
            for word in surah:
                for pos, person in zip(text.values(word, 'pos', 'segment'), text.values(word, 'person', 'segment')):
                    if pos != 'V':
                        continue
                    here = (person, text.verse(word)) if word in words else None
                    if before and here:
                        every += 1
                        if before[0] != here[0]:
                            steps[before[0], here[0]] += 1
                            across[before[0], here[0]] += before[1] != here[1]
                    before = here
        answer = self.rows_of('shifts', {pair: {'hits': n, 'across': across[pair]} for pair, n in steps.items()}, 'shifts', asked)
        self.assertEqual((answer['steps'], answer['changes']), (every, sum(steps.values())))

    def ring(self, within, text, scope):
        attribute, surah = self.generator.choice(['root', 'lemma', 'pos']), self.generator.choice(list(text.first))
        everywhere = self.verses(text, range(len(text.words)))
        sets = [{text.value(word, attribute) for word in words if word in scope} - {''} for verse, words in everywhere.items()
                if verse[0] == surah]
        wanted = {}
        for i in range(len(sets) // 2):
            a, b = sets[i], sets[-1 - i]
            wanted['%d:%d' % (surah, i + 1), '%d:%d' % (surah, len(sets) - i)] = {
                'shared': len(a & b), 'dice': 2 * len(a & b) / (len(a) + len(b)) if a or b else 0}
        self.rows_of('ring', wanted, 'rings', dict(within, surah=surah, attribute=attribute))

    def network(self, asked, text, words):
        attribute, least = self.generator.choice(['root', 'lemma', 'pos']), self.generator.randint(1, 3)
        sets = [{text.value(word, attribute) for word in some} - {''} for some in self.verses(text, words).values()]
        verses = collections.Counter(value for some in sets for value in some)
        together = collections.Counter(pair for some in sets for pair in itertools.combinations(sorted(some), 2))
        n = sum(map(bool, sets))
        answer = self.ask('network', self.connection, attribute=attribute, min=least, limit=EVERYTHING, **asked)
        found = {tuple(sorted(row['values'])): row for row in answer['rows']}
        self.assertEqual(set(found), {pair for pair, count in together.items() if count >= least}, asked)
        self.assertEqual((answer['verses_total'], len(found)), (n, len(answer['rows'])))
        for row in answer['rows']:
            (a, b), count = row['values'], together[tuple(sorted(row['values']))]
            self.assertEqual(differences(row, {
                'together': count, 'first_verses': verses[a], 'second_verses': verses[b],
                **{name: f(count, verses[a], verses[b], n) for name, f in formulas.ASSOCIATIONS.items()}}), {}, (asked, a, b))
        self.found['edges'] += len(found)

    def ends_of(self, text):
        """Of each word how it ends: what makes a rhyme is tested elsewhere, here what is counted of it."""
        names = ('rhyme', 'rhyme_letter', 'rhyme_vowel')
        answer = self.server.json('/api/v1/query?' + address('', q='[]', columns=','.join(names), context=0, limit=100000).split('?')[1])
        self.assertEqual(len(answer['results']), len(text.words))
        return [{name: line['columns'][name]['match'][0] or '' for name in names} for line in answer['results']]

    def check(self, surahs, text, queries):
        self.ends = self.ends_of(text)
        query, reading = queries.query() if self.generator.random() < 0.6 else (('word', None), 'all')
        cql, scope, within = query_text.text_of(query), set(range(len(text.words))), {}
        if self.generator.random() < 0.3:
            number = self.generator.choice([s.number for s in surahs])
            within = {'within': '<surah n="%d"/>' % number}
            scope = {word for word in scope if text.verse(word)[0] == number}
        words = scope & {word for hit in hits_of(surahs, query, reading) for word in range(*text.span(hit))}
        asked = dict(q=cql, reading=reading, **within)
        for of_hits in self.skipgrams, self.letters, self.shifts, self.network:
            of_hits(asked, text, words)
        for of_scope in self.similar_pairs, self.rhymes, self.ring:
            of_scope(within, text, scope)
        self.asked += 1


if __name__ == '__main__':
    unittest.main()
