"""Quotations in made-up prose, over the whole corpus, if available: how many are found, and how much of what is found is right.

    python3 -m tests.v1.quotations_full_test --table [PAGES]    prints the figures of src/quotations/README.md

Looks for legacy-data/ in the folder that KALIMA_SHARED names. Without it the test is skipped, with exit code 77, and says why.
"""
import collections
import json
import os
import shutil
import sys
import tempfile
import unittest

from tests.compat import server
from tests.v1 import quoting
from tests.v1.published import DATASETS, SKIPPED, import_published

LENGTHS = [3, 3, 4, 4, 5, 6, 7, 8, 10, 12, 15, 20, 30, 40]
CLASSES = [(3, 3), (4, 5), (6, 9), (10, 40)]


def start(cleanup):
    folder = tempfile.mkdtemp(prefix='kalima-quotations-')
    cleanup(shutil.rmtree, folder, ignore_errors=True)
    # An existing database saves the import.
    database = os.environ.get('KALIMA_SEARCH_DATABASE')
    if not database:
        database = os.path.join(folder, 'quran.db')
        import_published(database)
    return server.Server('--db', database)


def ask(kalima, **body):
    answer = kalima.request('POST', '/api/v1/quotations', json.dumps(dict({'timeout_ms': 10000}, **body)).encode(),
                            {'Content-Type': 'application/json'})
    if answer.status != 200:
        raise AssertionError(answer.body[:300])
    return json.loads(answer.body)


def place(text):
    return quoting.Place(*map(int, text.split(':')))


class Figures:
    def __init__(self):
        self.quoted, self.found, self.exact = collections.Counter(), collections.Counter(), collections.Counter()
        self.reported, self.right = collections.Counter(), collections.Counter()
        self.ms, self.words = 0.0, 0
        self.missed, self.wrong = [], []

    def add(self, text, quotes, answer, numbers):
        self.ms += answer['ms']
        self.words += answer['words']
        reported = answer['quotations']
        for q in reported:
            size = len([word for word in q['text'].split() if quoting.letters(word)])
            of_class = next((c for c in CLASSES if c[0] <= size <= c[1]), CLASSES[0] if size < 3 else CLASSES[-1])
            self.reported[of_class] += 1
            over = [t for t in quotes if min(t.end, q['to']) - max(t.start, q['from']) > (q['to'] - q['from']) / 2]
            self.right[of_class] += bool(over)
            if not over:
                self.wrong.append((q['text'], q['score'], q['places'][0]['bits'], q['places'][0]['first']))
        for t in quotes:
            of_class = next(c for c in CLASSES if c[0] <= t.words <= c[1])
            self.quoted[of_class] += 1
            parts = [q for q in reported if q['to'] > t.start and q['from'] < t.end]
            best = max(parts, key=lambda q: q['to'] - q['from'], default=None)
            # Its place is listed, with all of its words but one at each end.
            right = best is not None and any(
                abs(numbers[place(p['first'])] - numbers[t.first]) <= 1 and abs(numbers[place(p['last'])] - numbers[t.last]) <= 1
                for p in best['places'])
            self.found[of_class] += right
            self.exact[of_class] += right and any(
                (place(p['first']), place(p['last'])) == (t.first, t.last) for p in best['places'])
            if not right:
                self.missed.append((text[t.start:t.end], t.kind, '%s:%s:%s' % t.first,
                                    [(q['text'], q['score'], [p['first'] for p in q['places']][:3]) for q in parts]))

    def recall(self, of_class):
        return self.found[of_class] / max(self.quoted[of_class], 1)

    def precision(self, of_class):
        return self.right[of_class] / max(self.reported[of_class], 1)


def measure(kalima, pages, **options):
    figures = Figures()
    corpus = quoting.words_of_corpus()
    numbers = {p: i for i, (p, _) in enumerate(corpus)}
    for number in range(pages):
        choose = quoting.generator(number)
        text, quotes = quoting.page(choose, corpus, LENGTHS, marks=number % 4 == 3)
        figures.add(text, quotes, ask(kalima, text=text, formulas='yes', limit=1000, **options), numbers)
    return figures


class Full(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = start(cls.addClassCleanup)
        cls.addClassCleanup(cls.server.stop)

    def test_recall_and_precision(self):
        figures = measure(self.server, 12)
        for of_class in CLASSES:
            with self.subTest(of_class):
                bound = 0.95 if of_class[1] == 3 else 0.99
                self.assertGreaterEqual(figures.recall(of_class), bound, figures.missed[:5])
                self.assertGreaterEqual(figures.precision(of_class), bound, figures.wrong[:10])

    def test_verses_that_say_the_same_are_all_listed(self):
        answer = ask(self.server, text='فبأي آلاء ربكما تكذبان', limit=1000)
        [quotation] = answer['quotations']
        self.assertEqual(quotation['all_places'], 31)
        self.assertEqual([p['first'] for p in quotation['places']][:2], ['55:13:1', '55:16:1'])

    def test_a_verse_of_which_words_are_left_out_goes_on(self):
        """The end of the Throne Verse is in 42:4 too, which has the words before it as well."""
        for text, place, others in (
                ('الله لا إله إلا هو الحي القيوم ... له ما في السماوات وما في الأرض ... وهو العلي العظيم', '2:255', '42:4'),
                ('الله لا إله إلا هو الحي القيوم لا تأخذه سنة ولا نوم ... يعلم ما بين أيديهم وما خلفهم ... وهو العلي العظيم', '2:255', '42:4'),
                ('إن المسلمين والمسلمات (...) أعد الله لهم مغفرة وأجرا عظيما', '33:35', '48:29')):
            found = ask(self.server, text=text, limit=1000)['quotations']
            with self.subTest(text):
                self.assertEqual({q['places'][0]['first'].rpartition(':')[0] for q in found}, {place})
                self.assertEqual(found[-1]['to'], len(text))
                if others == '42:4':
                    self.assertIn('42:4:8', [p['first'] for p in found[-1]['places']])

    def test_letters_that_repeat_themselves(self):
        """The time grows with the text: work that grows with its square would not end."""
        for words in ('فبأي آلاء ربكما تكذبان ', 'إن الله غفور رحيم '):
            answer = ask(self.server, text=words * 300)
            self.assertFalse(answer['partial'])
            self.assertEqual(answer['quotations'][0]['from'], 0)
        answer = ask(self.server, text='فبأي آلاء ربكما تكذبان ' * 3000, timeout_ms=100, limit=1)
        self.assertTrue(answer['partial'])
        self.assertNotEqual(answer['quotations'], [])

    def test_letters_and_greetings(self):
        """Paragraphs written for this test: what every letter says is said to be a formula."""
        text = ('السلام عليكم ورحمة الله وبركاته، أما بعد: فالحمد لله رب العالمين، والصلاة والسلام على رسول الله صلى الله عليه وسلم. '
                'وصلتنا رسالتكم وهذا من فضل الله، والتوفيق من عند الله، وإن كان في الأمر تأخير فالعذر مقبول. نعمل في الليل والنهار، ونسأل الله أن '
                'يبارك في الجميع. إنك حميد مجيد. والسلام عليكم ورحمة الله')
        answer = ask(self.server, text=text)
        self.assertEqual([q['text'] for q in answer['quotations']], [])
        self.assertGreater(answer['left_out']['formulas'], 2)

    def test_whole_surahs(self):
        corpus = quoting.words_of_corpus()
        for surah in (2, 18, 112):
            with self.subTest(surah):
                words = [word for p, word in corpus if p.surah == surah]
                answer = ask(self.server, text=' '.join(words), formulas='yes')
                longest = max(answer['quotations'], key=lambda q: q['to'] - q['from'])
                self.assertEqual(longest['places'][0]['first'], '%d:1:1' % surah)
                self.assertGreater(longest['to'] - longest['from'], 0.99 * len(' '.join(words)))

    def test_ordinary_prose(self):
        # Written for this test; words such as these are in the Quran too.
        prose = ('كان الرجل يمشي في السوق كل يوم ويشتري الخبز من الدكان القريب، ثم يعود إلى بيته قبل أن تغرب الشمس. خرجنا من المدينة مع طلوع '
                 'الفجر، وسرنا طويلا لا نرى إلا الرمال والنجوم. كتب العالم عن السماوات والأرض كتابا كبيرا في الفلك. وقال صاحبي إن الماء قليل. '
                 'فقال بعضهم نخرج إليهم غدا، وقال آخرون بل ننتظر حتى يأتي أمر الأمير.')
        self.assertEqual([q['text'] for q in ask(self.server, text=prose)['quotations']], [])


if __name__ == '__main__':
    if not os.path.isdir(DATASETS):
        print('SKIPPED: %s not found; set KALIMA_SHARED' % DATASETS)
        sys.exit(SKIPPED)
    if '--table' in sys.argv:
        undo = []
        kalima = start(lambda f, *a, **k: undo.append((f, a, k)))
        try:
            found = measure(kalima, int(sys.argv[2]) if len(sys.argv) > 2 else 40)
        finally:
            kalima.stop()
            for f, a, k in undo:
                f(*a, **k)
        print('| words | quotations | found | with the exact ends | of those reported, right |\n|---|--:|--:|--:|--:|')
        for c in CLASSES:
            print('| %d to %d | %d | %.2f %% | %.2f %% | %.2f %% |' % (*c, found.quoted[c], 100 * found.recall(c), 100 * found.exact[c] / max(found.quoted[c], 1), 100 * found.precision(c)))
        print('\n%.1f ms for 1,000 words' % (1000 * found.ms / found.words))
        for line in found.missed[:40]:
            print('missed', line, file=sys.stderr)
        for line in found.wrong[:60]:
            print('wrong', line, file=sys.stderr)
    else:
        unittest.main()
