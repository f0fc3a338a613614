// What values of a core file can be looked up by: expressions over all of a dictionary, and spellings of a word. Made
// when it is first needed, once for each core file.
//
// Threads: all may use one object.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "corpus/columns/core_file.h"
#include "query/plan/regex.h"
#include "text/ladder.h"

namespace kalima::query {

using ValueIds = std::vector<std::uint32_t>;  // ascending, from 1

struct Spelled {
  text::Step step = text::Step::exact;
  ValueIds values;
};

class Lexicon {
 public:
  // `core` must outlive it.
  explicit Lexicon(const columns::CoreFile& core) : core_(core) {}
  const columns::CoreFile& core() const { return core_; }

  enum class Form : std::uint8_t {
    stored,
    composed,  // NFC, in which equal texts are equal whatever the order of their marks
    bare,      // without marks
  };
  // Line n is value n + 1.
  const Lines& lines(attributes::Attribute attribute, Form form) const;
  // The values that are the same word at the strictest step that has any; whatever the case of Latin letters.
  Spelled spelled(attributes::Attribute attribute, std::string_view word) const;
  // Values with the same number are one word but for pause marks and the like: the form of text::Step::plain.
  const std::vector<std::uint32_t>& same_forms(attributes::Attribute attribute) const;

 private:
  struct Kept {
    std::array<std::once_flag, 3> lines_once;
    std::once_flag spellings_once, forms_once;
    std::array<Lines, 3> lines;  // by Form
    std::unordered_map<std::string, ValueIds> spellings;
    std::vector<std::uint32_t> forms;
  };
  Kept& kept(attributes::Attribute attribute) const { return kept_[static_cast<std::size_t>(attribute)]; }

  const columns::CoreFile& core_;
  mutable std::array<Kept, attributes::attribute_count> kept_;
};

}  // namespace kalima::query
