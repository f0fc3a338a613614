"""What bench/peers/ gives other systems, and how it measures; none of them is needed here."""
import os
import sys
import tempfile
import unittest
from unittest import mock

BENCH = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'bench')
sys.path[:0] = [BENCH, os.path.join(BENCH, 'peers')]
import annis  # noqa: E402
import blacklab  # noqa: E402
import corpus  # noqa: E402
import cqp  # noqa: E402
import measure  # noqa: E402
import queries  # noqa: E402
import text_fabric  # noqa: E402
import vertical  # noqa: E402

# Two surahs in one juz; the verb of the second has a subject that is not spoken.
SURAHS = [
    {'surah': 1, 'place': 'Meccan', 'verses': [{'verse': '1:1', 'ayah': 1, 'juz': 1, 'words': [
        {'n': 1, 'word': 'بكتاب', 'plain': 'بكتاب', 'stem_pos': 'N', 'segments': [
            {'n': 1, 'segment': 'ب', 'pos': 'P'}, {'n': 2, 'segment': 'كتاب', 'pos': 'N', 'gender': 'M'}]}],
        'tree': [{'id': 1, 'head': None, 'place': '1:1:1:1', 'relation': 'root', 'hidden': False},
                 {'id': 2, 'head': 1, 'place': '1:1:1:2', 'relation': 'gen', 'hidden': False}]}]},
    {'surah': 2, 'place': 'Medinan', 'verses': [{'verse': '2:1', 'ayah': 1, 'juz': 1, 'words': [
        {'n': 1, 'word': 'كتب', 'plain': 'كتب', 'stem_pos': 'V', 'segments': [{'n': 1, 'segment': 'كتب', 'pos': 'V'}]}],
        'tree': [{'id': 3, 'head': None, 'place': '2:1:1:1', 'relation': 'root', 'hidden': False},
                 {'id': 4, 'head': 3, 'place': None, 'form': '*', 'pos': 'PRON', 'relation': 'Subj', 'hidden': True}]}]}]
DATA = corpus.Corpus('hash', SURAHS)
KEYS = [peer.key for peer in (annis.Annis, blacklab.BlackLab, cqp.Cqp, text_fabric.TextFabric)]

# Answers as CQP does as a child process: a line for its version, and the end of each answer.
FAKE_CQP = '''#!/bin/sh
echo "CQP version 3.5.0"
while read -r line; do
  case $line in
    *wrong*) echo "CQP Error:"; echo "  what is wrong" ;;
    *size*) echo 42 ;;
  esac
  echo "-::-EOL-::-"
done
'''


def written(write, *arguments, **options):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'file')
        write(path, *arguments, **options)
        with open(path, encoding='utf-8') as f:
            return f.read().split('\n')


class Corpora(unittest.TestCase):
    def test_words_in_vertical_form(self):
        lines = written(vertical.write, DATA, blacklab.word_token)
        self.assertEqual([line for line in lines if line.startswith('<')], [
            '<doc id="1">', '<surah n="1" place="Meccan">', '<juz n="1">', '<verse n="1">', '</verse>', '</juz>', '</surah>', '</doc>',
            '<doc id="2">', '<surah n="2" place="Medinan">', '<juz n="1">', '<verse n="1">', '</verse>', '</juz>', '</surah>', '</doc>'])
        row = dict(zip(blacklab.W_COLUMNS, lines[4].split('\t')))
        self.assertEqual((row['word'], row['pos'], row['gender'], row['root'], row['stem_pos']), ('بكتاب', 'P ; N', 'M', '_', 'N'))

    def test_segments_in_vertical_form(self):
        lines = written(vertical.write, DATA, cqp.segment_tokens, words_are_tags=True)
        self.assertEqual([line.split('\t')[0] for line in lines[4:8]], ['<w>', 'ب', 'كتاب', '</w>'])

    def test_a_feature_set_has_a_member_for_each_segment(self):
        self.assertEqual(next(cqp.word_token(SURAHS[0]['verses'][0]['words'][0]))[-1],
                         '|;segment=ب;pos=P;|;segment=كتاب;pos=N;gender=M;|')

    def test_trees_with_what_is_not_spoken(self):
        lines = written(blacklab.write_trees, DATA)
        self.assertIn('<n id="4" segment="*" pos="PRON" hidden="yes"/>', lines)
        self.assertIn('<edge type="subj" head="3" node="4"/>', lines)
        self.assertIn('<edge type="root" head="" node="3"/>', lines)
        features = text_fabric.Features(DATA)
        hidden = next(node for node, kind in features.otype.items() if kind == 'hidden')
        self.assertEqual(features.edges, {1: {2: 'gen'}, 3: {hidden: 'Subj'}})
        self.assertEqual((features.oslots[hidden], features.values['pos'][hidden]), ({3}, 'PRON'))
        self.assertEqual(features.values['top'], {1: 'root', 3: 'root'})


class Measuring(unittest.TestCase):
    def test_how_often_a_question_is_asked(self):
        asked = []
        answer, times = measure.timed(lambda: asked.append(1) or len(asked), measure.Rules(warm=3, runs=7, seconds=60))
        self.assertEqual((answer, len(times)), (10, 7))
        _, times = measure.timed(lambda: asked.append(1), measure.Rules(warm=3, runs=7, seconds=0))
        self.assertEqual((len(asked), len(times)), (11, 1))

    def test_only_questions_that_both_answered_are_compared(self):
        results = {'Kalima': [measure.Result(1, 1.0), measure.Result(1, 2.0), measure.Result(1, 9.0)],
                   'Other': [measure.Result(1, 10.0), measure.Result(1, 40.0), None]}
        rows = list(measure.summary(results, 'Kalima'))
        self.assertEqual(rows[-1], '| Other | 2 | 25.00 | 40.00 | 40.00 | 1.50 | 2.00 | 2.00 | 16.7 | 15.0 |')

    def test_cqp_answers_through_a_pipe(self):
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, 'registry'))
            program = os.path.join(folder, 'cqp')
            with open(program, 'w', encoding='utf-8') as f:
                f.write(FAKE_CQP)
            os.chmod(program, 0o755)
            with mock.patch.dict(os.environ, PATH=folder + os.pathsep + os.environ['PATH']):
                peer = cqp.Cqp(DATA, folder)
            self.addCleanup(peer.process.stdout.close)
            self.addCleanup(peer.close)
            rules = measure.Rules(warm=1, runs=1)
            self.assertEqual(peer.measure({'cqp': '[]', 'cqp_corpus': 'QX'}, False, rules).count, 42)
            with self.assertRaisesRegex(measure.Unanswered, 'what is wrong'):
                peer.measure({'cqp': '[wrong', 'cqp_corpus': 'QX'}, True, rules)


class Questions(unittest.TestCase):
    def test_each_has_what_its_peers_need(self):
        for question in queries.read_questions():
            with self.subTest(question['query']):
                self.assertIn(question.get('blacklab_corpus', 'W'), 'WST')
                self.assertIn(question.get('cqp_corpus', 'QX'), ('QX', 'QY'))
                for key in ('blacklab', 'cqp'):
                    self.assertEqual(key in question, key + '_corpus' in question)
                for key, why in question.get('differs', {}).items():
                    self.assertIn(key, KEYS)
                    self.assertIn(key, question)
                    self.assertTrue(why)


if __name__ == '__main__':
    unittest.main()
