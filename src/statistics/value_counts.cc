#include "statistics/value_counts.h"

#include <fmt/format.h>

#include <algorithm>

#include "support/error.h"

namespace kalima::statistics {
namespace {

using attributes::Level;

const std::vector<std::uint32_t>& values_of(const query::Corpus& corpus, attributes::Attribute attribute,
                                            Unit unit) {
  if (unit == Unit::word) return corpus.values_of_words(attribute);
  const attributes::Definition& row = attributes::definition(attribute);
  if (row.level != Level::segment && row.level != Level::node) {
    throw Error(ErrorCode::bad_input, fmt::format("'{}' is not an attribute of segments", row.name),
                "count words, or choose another attribute");
  }
  return corpus.values(attribute);
}

}  // namespace

UnitValues::UnitValues(const query::Corpus& corpus, attributes::Attribute attribute, Unit unit)
    : corpus_(corpus), attribute_(attribute), unit_(unit), values_(values_of(corpus, attribute, unit)) {
  if (!values_.empty()) size_ = std::size_t{*std::ranges::max_element(values_)} + 1;
}

ValueCounts counts_of(const UnitValues& values, const Bits& words, query::Guard& guard) {
  ValueCounts out;
  out.of.resize(values.size());
  words.each([&](std::size_t word) {
    if (guard.stop()) return;
    values.each(static_cast<std::uint32_t>(word), [&](std::uint32_t value) {
      ++out.of[value];
      ++out.all;
    });
  });
  return out;
}

}  // namespace kalima::statistics
