// The order in which words are listed: that of CLDR's root collation for the letters and marks of the corpus. Letters
// decide first, hamza on a seat and vowel signs only between words of equal letters; Latin letters without regard to
// case. Alif wasla is a variant of alif, as everywhere in Kalima. (The ICU that Kalima contains has no collations.)
//
// Threads: all may use one object; the function is pure.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/columns/core_file.h"

namespace kalima::query {

// Comparing the keys of two texts byte by byte compares the texts in that order. UTF-8.
std::string collation_key(std::string_view text);

// The place of each value in that order, made when it is first asked for.
class Ranks {
 public:
  // `core` must outlive it.
  explicit Ranks(const columns::CoreFile& core) : core_(core) {}

  // By value, 0 for a missing one, which is first. Empty for attributes whose values are in order by themselves.
  const std::vector<std::uint32_t>& of(attributes::Attribute attribute) const;

 private:
  struct Kept {
    std::once_flag once;
    std::vector<std::uint32_t> ranks;
  };

  const columns::CoreFile& core_;
  mutable std::array<Kept, attributes::attribute_count> kept_;
};

}  // namespace kalima::query
