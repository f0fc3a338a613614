// The treebank's part-of-speech tags and relations, and their names in Universal Dependencies (UD).
//
// The names, and which corresponds to which, are in attributes/morphology_values.h and
// attributes/syntax_values.h. Threads: everything here is constant.
#pragma once

#include <string>
#include <string_view>

namespace kalima::conllu {

// "X" for a tag that is unknown.
std::string_view upos_of(std::string_view tag);
// Empty for a tag that is unknown.
std::string_view arabic_of_tag(std::string_view tag);

// The basic relation for a label; it has the form [a-z]+(:[a-z]+)? and is never "root".
std::string deprel_of(std::string_view label);
// Empty for a label that is unknown.
std::string_view arabic_of_relation(std::string_view label);

// How a segment without a relation in the treebank (`NonRel`) is attached: "det", "cc", "mark" or "dep".
std::string_view deprel_of_unrelated(std::string_view tag);

}  // namespace kalima::conllu
