// The words of a verse as lines of CoNLL-U: forms, ids, and the segments' morphology.
#pragma once

#include <string>
#include <vector>

#include "conllu/format.h"
#include "corpus/verse.h"
#include "exporters/conllu_units.h"

namespace kalima::exporters {

// The form of each word as it stands in the text. That is the word's own form but for the first verses of an
// older corpus file: there the basmala was counted as part of the verse, so that each word has the form of
// the one four places before it. Such a verse has exactly four blank-separated words more than words, and all
// forms are those of the text's first words; its words get the forms of the text's later ones.
std::vector<std::string> surface_forms(const corpus::Verse& verse);

// The attributes that give a word back: on its range, or on the line of its only segment.
void add_word(const corpus::Verse& verse, const Unit& unit, const std::string& form, conllu::Line& line);
// The columns and attributes of a segment, without its syntax. `form` is what the treebank has for it, or
// empty.
void add_segment(const corpus::Verse& verse, const Unit& unit, const std::string& form, conllu::Line& line);

// The layout (corpus/verse.h) of a verse without research documents; none when there is nothing that it must
// keep.
std::optional<json::Value> layout_without_research(const corpus::Verse& verse);

}  // namespace kalima::exporters
