// Which root or lemma of a corpus somebody means, and what is known of it. Threads: constant.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "attributes/attribute.h"
#include "corpus/columns/core_file.h"
#include "http/json_writer.h"

namespace kalima::api::v1 {

// The value of `attribute` (root or lemma) that `typed` names: as the corpus has it, in Buckwalter transliteration, with
// white space or hyphens between its letters, or by its bare letters if these are of one value only. Throws
// Error(not_found), about the parameter `parameter`, which lists those that may be meant.
std::uint32_t lexeme(const columns::CoreFile& core, attributes::Attribute attribute, std::string_view typed,
                     std::string_view parameter);

// How often each value of `other` occurs in segments with this value of `attribute`: value and number, most frequent
// first.
struct Used {
  std::uint32_t value = 0, words = 0;
};
std::vector<Used> used_with(const columns::CoreFile& core, attributes::Attribute attribute,
                            std::uint32_t value, attributes::Attribute other);

}  // namespace kalima::api::v1
