// What can come next in a query that is being typed: where the cursor is, at its end.
//
// The text need not be a query yet. Offsets are bytes. Threads: pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attributes/table.h"

namespace kalima::query {

struct CompletionPlace {
  enum class Kind {
    start,      // a word, a root, a surah …: between the parts of a query
    attribute,  // its name, in brackets or in a constraint
    value,      // in quotes, after an attribute; the relation that is the type of an edge
    region,     // in a tag, or after `within`
    list,       // after $, where a value can be
    query,      // after @
    nothing,    // in a comment, after an attribute that is not known, after a test
  };
  Kind kind = Kind::start;
  std::size_t begin = 0;  // of what is being typed
  std::string_view typed;
  attributes::Attribute attribute = attributes::Attribute::word;  // of a value
  std::optional<attributes::Region> region;                       // of a tag whose attribute is being typed
  std::vector<std::string> labels;                                // that may be named here
  bool grew = false;                                              // the query is a pattern of Grew
  bool without_quotes = false;                                    // the relation, or the attribute, is
  bool names_attribute = false;                                   // the value does: by=lemma
};

CompletionPlace completion_place(std::string_view text);

}  // namespace kalima::query
