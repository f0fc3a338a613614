#!/usr/bin/env python3
"""The questions of bench/questions.jsonl, asked of Kalima and of other systems over the same corpus, in one run.

    bench/peers/run.py PROGRAM DATABASE     starts `PROGRAM serve` with the database
    bench/peers/run.py URL                  asks a server that runs
    bench/peers/run.py … --peers blacklab,annis --kinds word,tree
    bench/peers/run.py … --all              each question with its times, not the summary alone

Of the peers blacklab, cqp, annis and text_fabric those that are installed take part; the others are named with how to install them.
What they need (their indexes, BlackLab's libraries) is made once, in $XDG_CACHE_HOME/kalima/peers, and takes minutes.

A question is asked in two ways: its count alone, and its count with the first 50 lines. In each way it is asked 3 times for warming up
and 7 times for the median, less often if it takes more than 10 seconds in all. Peers are asked one after the other, each all questions,
and with each question Kalima too, so that both have the same weather. Times of Kalima are those of the answer (`ms`), and until it has
arrived over HTTP; BlackLab, graphANNIS and Text-Fabric are measured inside their processes, CQP through a pipe.

The exit code is 1 when a count is another one than Kalima's and the question does not say why (`differs`). No time makes it so.
"""
import argparse
import os
import sys

HOME = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HOME))
import annis  # noqa: E402
import blacklab  # noqa: E402
import corpus  # noqa: E402
import cqp  # noqa: E402
import kalima  # noqa: E402
import measure  # noqa: E402
import queries  # noqa: E402
import serving  # noqa: E402
import text_fabric  # noqa: E402

PEERS = {peer.key: peer for peer in (blacklab.BlackLab, cqp.Cqp, annis.Annis, text_fabric.TextFabric)}
WAYS = (('counted', False), ('50 lines', True))


def arguments_of(parser):
    parser.add_argument('kalima', nargs='+', metavar='KALIMA', help='the program and a database, or the address of a server')
    parser.add_argument('--peers', default=','.join(PEERS), help='which of %(default)s')
    parser.add_argument('--kinds', help='only questions of these kinds (word, regex, sequence, …)')
    parser.add_argument('--warm', type=int, default=measure.Rules.warm, help='how often a question is asked before it counts (%(default)s)')
    parser.add_argument('--runs', type=int, default=measure.Rules.runs, help='of how many times the median is taken (%(default)s)')
    parser.add_argument('--seconds', type=float, default=measure.Rules.seconds,
                        help='after so many a question is not asked again (%(default)s)')
    parser.add_argument('--all', action='store_true', help='print each question: ms of Kalima and of the peer, ratio, both counts')
    arguments = parser.parse_args()
    if len(arguments.kalima) > 2 or len(arguments.kalima) == 1 and '://' not in arguments.kalima[0]:
        parser.error('give the program and a database, or the address of a server')
    arguments.peers = arguments.peers.split(',')
    if unknown := [key for key in arguments.peers if key not in PEERS]:
        parser.error('no such peer: ' + ', '.join(unknown))
    return arguments


def cache_folder(*parts):
    base = os.environ.get('XDG_CACHE_HOME') or os.path.expanduser('~/.cache')
    folder = os.path.join(base, 'kalima', 'peers', *parts)
    os.makedirs(folder, exist_ok=True)
    return folder


class Run:
    def __init__(self, base, questions, rules, verbose):
        self.base = base
        self.kalima = kalima.Kalima(base.partition('://')[2].rstrip('/'))
        self.questions = questions
        self.rules = rules
        self.verbose = verbose
        self.wrong = 0

    def against(self, peer):
        """Asks the questions that a peer can be asked, and prints the tables."""
        asked = [question for question in self.questions if peer.key in question]
        print('\n## %s: %d of %d questions' % (peer.name, len(asked), len(self.questions)))
        for way, lines in WAYS:
            results = {name: [] for name in (peer.name, 'Kalima', 'Kalima, with HTTP')}
            for question in asked:
                own, arrived = self.kalima.measure(question, lines, self.rules)
                other = self.ask(peer, question, lines, own.count)
                for name, result in zip(results, (other, own, arrived)):
                    results[name].append(result)
                if self.verbose and other:
                    print('%9.2f %9.2f  x %7.1f  %7d %7d  %s' % (own.ms, other.ms, other.ms / own.ms, own.count, other.count,
                                                               question['query']), flush=True)
            print('\n%s:\n\n%s' % (way, '\n'.join(measure.summary(results, 'Kalima'))), flush=True)

    def ask(self, peer, question, lines, count):
        try:
            result = peer.measure(question, lines, self.rules)
        except measure.Unanswered as reason:
            print('%s has no answer to %s: %s' % (peer.name, question['query'], reason), flush=True)
            return None
        why = question.get('differs', {}).get(peer.key)
        if result.count != count and not lines:
            print('%s: %s counts %d, Kalima %d%s' % (question['query'], peer.name, result.count, count, ', because ' + why if why else ''))
            self.wrong += not why
        return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments = arguments_of(parser)
    kinds = arguments.kinds and arguments.kinds.split(',')
    questions = [question for question in queries.read_questions() if not kinds or question['kind'] in kinds]
    server = None if len(arguments.kalima) == 1 else serving.kalima([arguments.kalima[0]], arguments.kalima[1])
    try:
        run = Run(server.base if server else arguments.kalima[0],
                  questions, measure.Rules(arguments.warm, arguments.runs, arguments.seconds), arguments.all)
        data = corpus.load(run.base.rstrip('/'), cache_folder())
        for peer in map(PEERS.get, arguments.peers):
            if reason := peer.missing():
                print('%s is left out: %s' % (peer.name, reason))
                continue
            installed = peer(data, cache_folder(data.hash, peer.key))
            try:
                run.against(installed)
            finally:
                installed.close()
    finally:
        if server:
            server.stop()
    return 1 if run.wrong else 0


if __name__ == '__main__':
    sys.exit(main())
