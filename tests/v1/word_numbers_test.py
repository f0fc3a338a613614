"""A word of /api/v1 is a word of the morphology, whatever white space separates in the text."""
import json
import os
import tempfile
import unittest
import urllib.parse

from tests.cli import public_files
from tests.compat import server

PAUSES = ('\u06d6', '\u06da', '\u06de', '\u06e9')


def write(path, lines):
    with open(path, 'w', encoding='utf-8') as f:
        f.write('\n'.join(lines) + '\n')
    return path


def with_pause_marks(line):
    """A line SURAH|AYAH|TEXT with free-standing marks, as Tanzil's texts with pause marks have them."""
    surah, ayah, text = line.split('|')
    words = text.split(' ')
    for i in range(len(words) - 1, 0, -2):
        words.insert(i, PAUSES[i % 2])
    return '|'.join([surah, ayah, ' '.join(['\u06de', *words, '\u06e9'])])


class Numbers(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix='kalima-numbers-')
        self.addCleanup(temporary.cleanup)
        self.folder = temporary.name

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def public(self, lines, morphology):
        database = self.path('quran.db')
        extra = ['--morphology', write(self.path('morphology.txt'), morphology)] if morphology else []
        done = server.run('import', '--text', write(self.path('text.txt'), lines), *extra, '--db', database)
        self.assertEqual(done.returncode, 0, done.stderr)
        return self.serve(database)

    def serve(self, database):
        served = server.Server('--db', database)
        self.addCleanup(served.stop)
        return served

    def search(self, served, q, **more):
        return json.loads(served.get('/api/v1/search?' + urllib.parse.urlencode(dict(q=q, limit=1000, **more))).body)

    def check(self, served, q, expected):
        """The words of hits are those of the morphology; `from` and `to` are in the verse's text. Returns the hits."""
        found = []
        for result in self.search(served, q, proclitics='no')['results']:
            words = served.json('/api/v1/morphology/%d:%d' % (result['surah'], result['ayah']))['words']
            for hit in result['hits']:
                self.assertEqual(hit['first_word'], hit['words'][0]['word'])
                self.assertEqual(hit['last_word'], hit['words'][-1]['word'])
                for word in hit['words']:
                    part = result['text'][word['from']:word['to']]
                    self.assertIn(part, words[word['word'] - 1]['form'])
                    found.append((result['surah'], result['ayah'], word['word'], part))
        self.assertEqual(sorted(found), sorted(expected))

    def places(self, wanted, part):
        """(surah, ayah, number, part) of each word of the public files that is `wanted`."""
        return [(s, a, n, part) for s, a in public_files.verses() for n, (form, _) in
                enumerate(public_files.words_of(s, a), 1) if form == wanted]

    def check_all(self, served):
        for form in ('كِتَٰب', 'وَشَمْس', 'صَلَوٰةٌۭ'):
            self.check(served, form, self.places(form, form))
        # Two pieces of the text, one word.
        joined = 'بَعْدَ مَا'
        self.check(served, 'بَعْدَ', self.places(joined, 'بَعْدَ'))
        self.check(served, joined, self.places(joined, 'بَعْدَ') + self.places(joined, 'مَا'))

    def test_words_that_the_text_divides(self):
        self.check_all(self.public(public_files.numbered(), public_files.morphology()))

    def test_pause_marks_between_blanks(self):
        self.check_all(self.public([with_pause_marks(line) for line in public_files.numbered(False)],
                                   public_files.morphology()))

    def test_pause_marks_without_morphology(self):
        served = self.public([with_pause_marks(line) for line in public_files.numbered(False)], None)
        for result in self.search(served, 'كتاب')['results']:
            self.assertEqual([hit['first_word'] for hit in result['hits']], [
                n for n, (form, _) in enumerate((p for w in public_files.words_of(result['surah'], result['ayah'])
                                                 for p in [(f, 0) for f in w[0].split(' ')]), 1) if form == 'كِتَٰب'])

    def legacy(self, verses):
        folder = self.path('data', 'datasets', 'corpus')
        os.makedirs(folder)
        write(os.path.join(folder, 'quran.jsonl'), [json.dumps(v, ensure_ascii=False) for v in verses])
        database = server.import_folder(self.path('data'), self.path('quran.db'))
        return database

    @staticmethod
    def verse(surah, ayah, text, words):
        """As in the older server's corpus file: each word has the form of the piece of the text that has its number."""
        tokens = []
        for n, segments in enumerate(words, 1):
            tokens.append({'id': n, 'form': text.split()[n - 1], 'segments': [
                {'id': '%d.%d' % (n, g), 'form': None, 'type': kind, 'pos': pos, 'root': root, 'lemma': lemma, 'features': None}
                for g, (kind, pos, root, lemma) in enumerate(segments, 1)]})
        return {'surah': {'number': surah, 'name': 'x'}, 'ayah': ayah, 'text': text, 'tokens': tokens}

    ODD = [
        # Verse, text, words as (type, part of speech, root, lemma) of segments, the words' places in the text.
        (2, 181, 'فَمَنۢ بَدَّلَهُۥ بَعْدَ مَا سَمِعَهُۥ فَإِنَّمَآ',
         [[('prefix', 'REM', None, None), ('stem', 'COND', None, 'man')], [('stem', 'V', 'bdl', 'bad~ala')],
          [('stem', 'T', 'bEd', 'baEod'), ('stem', 'SUB', None, 'maA')], [('stem', 'V', 'smE', 'samiEa')],
          [('prefix', 'REM', None, None), ('stem', 'ACC', None, '<in~')]],
         ['فَمَنۢ', 'بَدَّلَهُۥ', 'بَعْدَ مَا', 'سَمِعَهُۥ', 'فَإِنَّمَآ']),
        (8, 6, 'فِى ٱلْحَقِّ بَعْدَ مَا تَبَيَّنَ',
         [[('stem', 'P', None, 'fiY')], [('prefix', 'DET', None, None), ('stem', 'N', 'Hqq', 'Haq~')],
          [('stem', 'T', 'bEd', 'baEod'), ('stem', 'SUB', None, 'maA')], [('stem', 'V', 'byn', 'tabay~ana')]],
         ['فِى', 'ٱلْحَقِّ', 'بَعْدَ مَا', 'تَبَيَّنَ']),
        (13, 37, 'بَعْدَ مَا جَآءَكَ مِنَ ٱلْعِلْمِ مَا لَكَ',
         [[('stem', 'T', 'bEd', 'baEod'), ('stem', 'SUB', None, 'maA')], [('stem', 'V', 'jyA', "jaA^'a")],
          [('stem', 'P', None, 'min')], [('prefix', 'DET', None, None), ('stem', 'N', 'Elm', 'Eilom')],
          [('stem', 'NEG', None, 'maA')], [('prefix', 'P', None, None), ('stem', 'PRON', None, None)]],
         ['بَعْدَ مَا', 'جَآءَكَ', 'مِنَ', 'ٱلْعِلْمِ', 'مَا', 'لَكَ']),
        (37, 130, 'سَلَـٰمٌ عَلَىٰٓ إِلْ يَاسِينَ',
         [[('stem', 'N', 'slm', 'sala`m')], [('stem', 'P', None, 'EalaY`')], [('stem', 'PN', None, '<iloyaAs')]],
         ['سَلَـٰمٌ', 'عَلَىٰٓ', 'إِلْ يَاسِينَ']),
        # The basmala is in the text and no word of the verse.
        (103, 1, public_files.BASMALA + ' وَٱلْعَصْرِ',
         [[('prefix', 'P', None, None), ('prefix', 'DET', None, None), ('stem', 'N', 'ESr', 'EaSor')]], ['وَٱلْعَصْرِ']),
    ]

    def test_the_older_servers_corpus(self):
        served = self.serve(self.legacy([self.verse(s, a, text, words) for s, a, text, words, _ in self.ODD]))
        for surah, ayah, text, _, places in self.ODD:
            at = 0
            for number, place in enumerate(places, 1):
                at = text.index(place, at)
                for piece in place.split():
                    hits = [word for r in self.search(served, piece, step='exact')['results'] if (r['surah'], r['ayah']) == (surah, ayah)
                            for hit in r['hits'] for word in hit['words']]
                    expected = {'word': number, 'from': text.index(piece, at), 'to': text.index(piece, at) + len(piece),
                                'step': 'exact', 'proclitic': ''}
                    self.assertIn(expected, hits)
                self.assertEqual(served.json('/api/v1/words/%d:%d:%d' % (surah, ayah, number))['word']['word'], nfc(place))
                # The older server's own answers keep what its file says.
                self.assertEqual(served.json('/api/v1/morphology/%d:%d' % (surah, ayah))['words'][number - 1]['form'], text.split()[number - 1])
        basmala = [r for r in self.search(served, 'الرحمن الرحيم')['results']]
        self.assertEqual([(r['surah'], r['hits'][0]['first_word'], r['hits'][0]['last_word']) for r in basmala], [(103, None, None)])

    def test_conllu_has_the_text_of_each_word(self):
        database = self.legacy([self.verse(s, a, text, words) for s, a, text, words, _ in self.ODD])
        done = server.run('export', '--conllu', '-', '--db', database)
        self.assertEqual(done.returncode, 0, done.stderr)
        forms = {}
        for line in done.stdout.split('\n'):
            columns = line.split('\t')
            if len(columns) != 10:
                continue
            place = dict(item.split('=', 1) for item in columns[9].split('|'))['Ref'].split(':')
            forms.setdefault(tuple(map(int, place[:2])), {}).setdefault(int(place[2]), columns[1])
        self.assertEqual(forms, {(s, a): {n: nfc(place) for n, place in enumerate(places, 1)} for s, a, _, _, places in self.ODD})

    def test_conllu_of_pause_marks_between_blanks(self):
        lines = [with_pause_marks(line) for line in public_files.numbered(False)]
        self.public(lines, public_files.morphology())
        done = server.run('export', '--conllu', '-', '--db', self.path('quran.db'))
        text = {line.split('|')[0] + ':' + line.split('|')[1]: line.split('|')[2] for line in lines}
        forms = {}
        covered = {}
        for line in done.stdout.split('\n'):
            columns = line.split('\t')
            if len(columns) != 10:
                continue
            place = dict(item.split('=', 1) for item in columns[9].split('|'))['Ref'].split(':')
            number, _, last = columns[0].partition('-')
            verse = ':'.join(place[:2])
            if int(number) <= covered.get(verse, 0):
                continue
            covered[verse] = int(last or 0)
            forms.setdefault(verse, []).append(columns[1])
        self.assertEqual({verse: ' '.join(words) for verse, words in forms.items()},
                         {verse: nfc(whole) for verse, whole in text.items()})


def nfc(text):
    import unicodedata
    return unicodedata.normalize('NFC', text)


if __name__ == '__main__':
    unittest.main()
