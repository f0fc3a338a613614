// The columns HEAD, DEPREL and DEPS of a sentence.
#pragma once

#include <vector>

#include "conllu/format.h"
#include "exporters/conllu_units.h"

namespace kalima::exporters {

// From the treebank's rows; true if they form one tree. `sentence` has the lines of the plan's nodes.
bool set_heads(const SentencePlan& plan, const std::vector<Unit>& units,
               const std::vector<corpus::Verse>& verses, const std::vector<TreebankRow>& rows,
               conllu::Sentence& sentence);

// Without treebank: every word depends on the first, because the format requires a tree.
void set_flat_heads(conllu::Sentence& sentence);

}  // namespace kalima::exporters
