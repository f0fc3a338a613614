"""What lies within words: phrases whose borders are there, hits that are a segment, and nodes that are not spoken."""
import csv
import os
import tempfile
import unittest
import urllib.parse

from tests.compat import server

# wa-said(1) from(2) his-lord(3), in which the phrase is from-lord without the pronoun; a book(4) in the next verse.
CORPUS = '''# sent_id = 1
# text = وَقَالَ مِن رَبِّهِ كِتَٰبٌ
# surah 1 = س1
# verse 1:1 = وَقَالَ مِن رَبِّهِ
# verse 1:2 = كِتَٰبٌ
1-2\tوَقَالَ\t_\t_\t_\t_\t_\t_\t_\tRef=1:1:1
1\tوَ\t_\tX\tCONJ\t_\t2\tdep\t2:dep\tRef=1:1:1:1|SegmentForm=وَ|Features=PREFIX\\pw:CONJ+|Rel=conj
2\tقَالَ\tقَالَ\tX\tV\t_\t0\troot\t0:root\tRef=1:1:1:2|Root=qwl|Lemma=qaAla|SegmentForm=قَالَ|Features=STEM\\pPOS:V\\pPERF\\pLEM:qaAla\\pROOT:qwl\\p3MS|Rel=root
2.1\t(*)\t_\tPRON\tPRON\t_\t_\t_\t2:dep\tRel=Subj
3\tمِن\tمِن\tX\tP\t_\t2\tdep\t2:dep\tRef=1:1:2:1|Lemma=min|SegmentForm=مِن|Features=STEM\\pPOS:P\\pLEM:min|Rel=link|constituents_loc=[3-4]|constituent_label=PP
4-5\tرَبِّهِ\t_\t_\t_\t_\t_\t_\t_\tRef=1:1:3
4\tرَبِّ\tرَبّ\tX\tN\t_\t3\tdep\t3:dep\tRef=1:1:3:1|Root=rbb|Lemma=rab~|SegmentForm=رَبِّ|Features=STEM\\pPOS:N\\pLEM:rab~\\pROOT:rbb\\pM\\pGEN|Rel=gen
5\tهِ\t_\tX\tPRON\t_\t4\tdep\t4:dep\tRef=1:1:3:2|SegmentForm=هِ|Features=SUFFIX\\pPRON:3MS|Rel=Poss
6\tكِتَٰبٌ\tكِتَاب\tX\tN\t_\t2\tdep\t2:dep\tRef=1:2:1:1|Root=ktb|Lemma=kitaAb|SegmentForm=كِتَٰبٌ|Features=STEM\\pPOS:N\\pLEM:kitaAb\\pROOT:ktb\\pM\\pNOM|Rel=Obj

'''
# query: its hits, from segment to segment
PLACES = {
    '<phrase kind="PP"/>': '1:1:2:1-1:1:3:1',
    'phrase({pos="P"})': '1:1:2:1-1:1:3:1',
    '{pos="PRON"} within <phrase kind="PP"/>': '',
    '{pos="PRON"} !within <phrase/>': '1:1:3:2-1:1:3:2',
    '{pos="N"} within <phrase/>': '1:1:3:1-1:1:3:1',
    # A word lies in a phrase if all of it does.
    '[pos="N"] within <phrase/>': '',
    '[pos="N"] overlap <phrase/>': '1:1:3:1-1:1:3:2',
    '[pos="P"] {} </phrase>': '1:1:2:1-1:1:3:1',
    '[pos="P"] [] </phrase>': '',
    '![pos="P"] within <phrase/>': '',
    '[]+ within 1 phrase': '1:1:2:1-1:1:2:1',
    # In brackets one segment has all attributes, its phrase too.
    '[pos="N" & phrase_kind="PP"]': '1:1:3:1-1:1:3:2',
    '[pos="PRON" & phrase_kind="PP"]': '',
    '{phrase_kind=""}': '1:1:1:1-1:1:1:1 1:1:1:2-1:1:1:2 1:1:3:2-1:1:3:2 1:2:1:1-1:2:1:1',
    # What is not spoken is in a verse, and in what holds the verse.
    'a:{} --> b:{} :: a.ayah != b.ayah': '1:1:1:2-1:1:1:2',
    'a:{} --> b:{hidden="yes"} :: b.ayah = 1 & b.surah_n = 1 & b.s_n = 1': '1:1:1:2-1:1:1:2',
    'a:{} --> b:{hidden="yes"} :: b.phrase_kind != ""': '',
    # An end tag alone is where something ends.
    '</verse>': '1:1:3:2-1:1:3:2 1:2:1:1-1:2:1:1',
    '<verse>': '1:1:1:1-1:1:1:1 1:2:1:1-1:2:1:1',
    # What is empty at the end of the corpus is inside of its last verse.
    '(<s/> a:((?<= []) & []?)) within <surah/>': '1:1:1:1-1:2:1:1',
}


class Segments(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        file, database = os.path.join(folder.name, 'corpus.conllu'), os.path.join(folder.name, 'corpus.db')
        with open(file, 'w', encoding='utf-8') as f:
            f.write(CORPUS)
        done = server.run('import', '--conllu', file, '--db', database)
        assert done.returncode == 0, done.stderr
        cls.server = server.Server('--db', database)
        cls.addClassCleanup(cls.server.stop)

    def ask(self, **parameters):
        return self.server.json('/api/v1/query?' + urllib.parse.urlencode(parameters))

    def test_places(self):
        for query, places in PLACES.items():
            with self.subTest(query):
                answer = self.ask(q=query)
                self.assertEqual(' '.join('%(start)s-%(end)s' % hit for hit in answer['results']), places, answer['notes'])

    def test_tags_count_where_they_are(self):
        answer = self.ask(q='</verse>', group='match.verse_n')
        self.assertEqual((answer['words'], answer['verses']), (2, 2))
        self.assertEqual([(g['values'], g['hits'], g['query']) for g in answer['grouping']['groups']], [(['1'], 1, None), (['2'], 1, None)])
        self.assertEqual([hit['before'][-1:] for hit in self.ask(q='</verse>')['results']], [['رَبِّهِ'], ['كِتَٰبٌ']])

    def test_columns_are_those_of_the_hit(self):
        hit, = self.ask(q='{pos="PRON"}', columns='pos,root')['results']
        self.assertEqual(hit['columns']['pos'], {'before': ['V', 'P'], 'match': ['PRON'], 'after': ['N']})
        self.assertEqual(hit['columns']['root']['match'], [None])
        group, = self.ask(q='{pos="PRON"}', group='match.pos')['grouping']['groups']
        self.assertEqual(group['values'], hit['columns']['pos']['match'])
        # Of a longer hit the first word has what it is grouped by.
        hit, = self.ask(q='[pos="P"] {pos="N"}', columns='pos')['results']
        self.assertEqual(hit['columns']['pos']['match'], ['P', 'N'])
        hit, = self.ask(q='[pos="V"] [] []', columns='pos')['results']
        self.assertEqual(hit['columns']['pos']['match'], ['V', 'P', 'N'])
        rows = self.server.get('/api/v1/query?' + urllib.parse.urlencode({'q': '{pos="PRON"}', 'columns': 'pos', 'format': 'csv'}))
        row, = csv.DictReader(line for line in rows.body.decode('utf-8-sig').splitlines() if not line.startswith('#'))
        self.assertEqual((row['match'], row['match.pos']), ('رَبِّهِ', 'PRON'))

    def test_which_part_of_a_word_is_the_hit(self):
        hit, = self.ask(q='{pos="PRON"}')['results']
        self.assertEqual(hit['parts'], [{'from': 5, 'to': 7}])
        hit, = self.ask(q='{pos="V"} [] {pos="N"}')['results']
        self.assertEqual(hit['parts'], [{'from': 2, 'to': 7}, None, {'from': 0, 'to': 5}])
        self.assertNotIn('parts', self.ask(q='[pos="V"]')['results'][0])


if __name__ == '__main__':
    unittest.main()
