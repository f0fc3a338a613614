// What Grew says of features, as tests.
//
// Grew's feature is this language's attribute, with other names for three of them: what Grew calls a form is the text of
// a segment, the label of an edge its relation, and UD's parts of speech are names of the others. A comparison is false
// where a feature is missing. Threads: pure functions.
#pragma once

#include <string>
#include <vector>

#include "query/syntax/grew_text.h"
#include "query/syntax/tree.h"

namespace kalima::query {

// "upos=N|V, !case]", after "[": tests of what they follow, or with a label of that. Kind::any without features.
Test read_features(GrewText& text, const std::string& label);
// "upos = M.upos" or "upos = N|V", after "label.", which began at `begin`.
Test read_comparison(GrewText& text, const std::string& label, std::size_t begin);

// One test of several; Kind::any of none.
Test all_of(std::vector<Test> parts, Test::Kind kind);
Test comparing(Operand left, Comparison comparison, Operand right);
// function(label, ...)
Operand call_of(std::string function, const std::vector<std::string>& labels, Place place);
// In the order of the treebank.
Test in_order(const std::string& first, const std::string& second, Place place);

}  // namespace kalima::query
