// Which values of an attribute a value of the query means.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attributes/table.h"
#include "query/plan/lexicon.h"
#include "query/plan/options.h"
#include "query/syntax/tree.h"

namespace kalima::query {

// The step of spelling at which a value was found.
struct FoundAt {
  std::string value;
  text::Step step;
};

struct Resolving {
  const Lexicon& lexicon;
  const Options& options;
  std::string_view text;  // the query, for errors
  std::function<bool()> stopped;
  std::vector<FoundAt>& steps;
  std::vector<std::string>& notes;
  std::vector<std::string>& names;  // those that were used, with their sign
};

// Throws QueryError for a value that the attribute cannot have, and for a wrong expression.
ValueIds resolve(Resolving& resolving, attributes::Attribute attribute, Comparison comparison,
                 const Value& value);
// Adds it unless it is there.
void add_name(std::vector<std::string>& names, std::string name);
// The values of a number or of a dictionary's texts whose `measure` fits a comparison with a number.
bool fits(Comparison comparison, std::int64_t left, std::int64_t right);

}  // namespace kalima::query
