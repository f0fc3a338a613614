// How often each value of an attribute occurs among words: pure functions of a corpus.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "attributes/table.h"
#include "query/query.h"

namespace kalima::statistics {

// Whether words are counted, each with the values of its stem, or their segments.
enum class Unit : std::uint8_t { word, segment };
inline constexpr std::string_view unit_names[] = {"word", "segment"};

// The values of an attribute, for each word or segment.
class UnitValues {
 public:
  // Throws Error(bad_input) for an attribute of words or regions if segments are counted.
  UnitValues(const query::Corpus& corpus, attributes::Attribute attribute, Unit unit);

  attributes::Attribute attribute() const { return attribute_; }
  Unit unit() const { return unit_; }
  // One more than the largest value.
  std::size_t size() const { return size_; }
  // Calls `visit` with the value of the word, or of each of its segments; 0 for a missing one.
  template <typename Visit>
  void each(std::uint32_t word, Visit visit) const {
    if (unit_ == Unit::word) return visit(values_[word]);
    for (std::uint32_t at = corpus_.first[word]; at < corpus_.first[word + 1]; ++at) visit(values_[at]);
  }

 private:
  const query::Corpus& corpus_;
  attributes::Attribute attribute_;
  Unit unit_;
  const std::vector<std::uint32_t>& values_;
  std::size_t size_ = 1;
};

struct ValueCounts {
  std::vector<std::uint64_t> of;  // each value; the first is of missing ones
  std::uint64_t all = 0;
};
ValueCounts counts_of(const UnitValues& values, const Bits& words, query::Guard& guard);

}  // namespace kalima::statistics
