// Literal values of dictionaries: as they are written, in Buckwalter transliteration, as a name or label of the table
// of attributes, or in another spelling.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/plan/values.h"

namespace kalima::query {

// word and segment, whose spellings differ.
bool is_surface(attributes::Attribute attribute);

struct Spelling {
  bool any_case = true, any_marks = false;
  bool exact = false;  // as written, also of a word
};
// Bare letters of a text in whatever form it comes: an alif with a madda is one letter in some texts, and an alif in others.
// The likeliest first.
std::vector<std::string> plain_spellings(std::string_view text);
// The union over `texts`. A word that is not found leaves a note.
ValueIds literals(Resolving& resolving, const attributes::Definition& row,
                  const std::vector<std::string_view>& texts, const Spelling& spelling);
// The value that a Latin text means in Buckwalter transliteration; empty when it means none, or the attribute is not in
// Arabic.
ValueIds as_buckwalter(Resolving& resolving, const attributes::Definition& row, std::string_view text);

}  // namespace kalima::query
