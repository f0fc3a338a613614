"""Reads the lines `tree` and `more` of data/starter, which are described in its README.md."""

import re

# Segments that take no part in a tree: prefixes with these tags, and a whole word written as a full stop.
UNRELATED = {"DET", "CONJ", "REM", "RSLT", "SUP"}
_HIDDEN = re.compile(r"\(([^()\s]+)\)(?:([A-Z]+)=([^:]+))?(?::(.+))?\Z")
_ITEM = re.compile(r"([^:+]+)(?::([0-9hs/]+))?\Z")
_HEAD = re.compile(r"(?:([0-9]+)/)?(?:(h)|([0-9]+)(s?))\Z")


class TreeError(Exception):
    """A line that is not as described."""


class Node:
    """place is (verse, word, segment) from 1, or None if the node is hidden; head is a node, or None."""

    def __init__(self, verse, place, form, tag, relation, head):
        self.verse, self.place, self.form, self.tag = verse, place, form, tag
        self.relation, self.head = relation.replace("_", " "), head


class Trees:
    """The sentences of a surah, each a list of nodes. `head` of a node is what is written until finish()."""

    def __init__(self):
        self.sentences, self._verse, self._words = [], None, 0

    def read(self, keyword, items, verse):
        if verse is not self._verse:
            self.end_verse()
            self._verse, self._words = verse, 0
        if keyword == "tree":
            self.sentences.append([])
        elif not self.sentences:
            raise TreeError("expected 'tree' before 'more'")
        sentence = self.sentences[-1]
        for token in items.split(" "):
            hidden = _HIDDEN.match(token)
            if hidden:
                form, tag, relation, head = hidden.groups()
                sentence.append(Node(verse.number, None, "(%s)" % form, tag or "PRON", relation or "Subj", head))
            else:
                self._word(token, sentence, verse)

    def _word(self, token, sentence, verse):
        if self._words == len(verse.words):
            raise TreeError("verse %d has %d words, and %r is one more" % (verse.number, self._words, token))
        self._words += 1
        word = verse.words[self._words - 1]
        items = [] if token == "." else token.split("+")
        related = [s for s in word.segments if token != "." and not (s.kind == "prefix" and s.tag in UNRELATED)]
        if len(items) != len(related):
            raise TreeError("%r has %d items, %s has %d segments in the tree" % (token, len(items), word.text, len(related)))
        items = iter(items)
        for number, segment in enumerate(word.segments, 1):
            place = (verse.number, self._words, number)
            if segment not in related:
                sentence.append(Node(verse.number, place, segment.text, segment.tag, "NonRel", None))
                continue
            item = _ITEM.match(next(items))
            if not item:
                raise TreeError("expected RELATION or RELATION:HEAD in %r" % token)
            sentence.append(Node(verse.number, place, segment.text, segment.tag, *item.groups()))
            sentence[-1].kind = segment.kind

    def end_verse(self):
        if self._verse is not None and self._words != len(self._verse.words):
            raise TreeError("verse %d has %d words, its trees %d" % (self._verse.number, len(self._verse.words), self._words))

    def finish(self):
        self.end_verse()
        for sentence in self.sentences:
            for number, node in enumerate(sentence):
                if node.relation not in ("root", "NonRel"):
                    node.written = node.head
                    node.head = self._head(sentence, number)
            roots = [node for node in sentence if node.relation == "root"]
            if len(roots) != 1:
                raise TreeError("a sentence of verse %d has %d roots" % (sentence[0].verse, len(roots)))
            for node in sentence:
                seen = set()
                while node.head is not None:
                    if node in seen:
                        raise TreeError("the heads of verse %d form a cycle at %s" % (node.verse, node.form))
                    seen.add(node)
                    node = node.head

    @staticmethod
    def _head(sentence, number):
        node = sentence[number]
        if node.written is None:
            before = [one for one in sentence[:number] if one.relation != "NonRel"]
            if not before:
                raise TreeError("nothing is before %s" % node.form)
            return before[-1]
        found = _HEAD.match(node.written)
        if not found:
            raise TreeError("expected a head such as 2, 2s, h or 1/2, found %r" % node.written)
        verse = int(found[1] or node.verse)
        if found[2]:
            hidden = [one for one in (sentence[:number] if not found[1] else sentence) if one.place is None and one.verse == verse]
            wanted = hidden[-1:]
        else:
            kind = "suffix" if found[4] else "stem"
            wanted = [one for one in sentence if one.place and one.place[:2] == (verse, int(found[3])) and one.relation != "NonRel"
                      and one.kind == kind]
            wanted = wanted[-1:] if found[4] else wanted[:1]
        if not wanted or wanted[0] is node:
            raise TreeError("%s of verse %d has no head %s" % (node.form, node.verse, node.written))
        return wanted[0]
