// The words of a verse as lines of CoNLL-U: forms, ids, and the segments' morphology.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "api/legacy/verses/frames.h"
#include "conllu/format.h"
#include "corpus/verse.h"
#include "exporters/conllu_units.h"
#include "store/lemmas.h"

namespace kalima::exporters {

// By 0-based number, of the verses that have any.
using Frames = std::map<std::size_t, api::legacy::VerseFrames>;

// Each word as the text has it (corpus/word_places.h), or its own form where its place is not known. In the older
// server's corpus file the two differ: in the first verses of surahs the basmala was counted as part of the verse, so that
// each word has the form of the word four positions before it, and where two words of the text are one of the morphology,
// all words after them have the form of the one before.
std::vector<std::string> surface_forms(const corpus::Verse& verse);

// The attributes from which a word is restored: on its range, or on the line of its only segment.
void add_word(const corpus::Verse& verse, const Unit& unit, const std::string& form, conllu::Line& line);
// The columns and attributes of a segment, without its syntax. `form` is its form in the treebank, or empty.
void add_segment(const corpus::Verse& verse, const Unit& unit, const std::string& form,
                 const store::Lemmas& lemmas, conllu::Line& line);

// The layouts of a word and of a segment as attributes, if they have one.
void add_word_frame(const Frames& frames, const Unit& unit, conllu::Line& line);
void add_segment_frame(const Frames& frames, const Unit& unit, conllu::Line& line);

}  // namespace kalima::exporters
