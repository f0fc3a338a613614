#include "api/v1/lexicon.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "attributes/table.h"
#include "support/error.h"
#include "text/buckwalter.h"
#include "text/unicode.h"

namespace kalima::api::v1 {
namespace {

std::string without_separators(std::string_view typed) {
  std::string out;
  for (const std::string_view part : text::words(typed)) {
    for (const char c : part) {
      if (c != '-') out.push_back(c);
    }
  }
  return out;
}

}  // namespace

std::uint32_t lexeme(const columns::CoreFile& core, attributes::Attribute attribute, std::string_view typed,
                     std::string_view parameter) {
  const auto find = [&](std::string_view text) { return core.find(attribute, text::nfc(text)); };
  if (const auto exact = find(typed)) return *exact;
  const std::string together = without_separators(typed);
  if (const auto exact = find(together)) return *exact;
  if (const auto arabic = text::arabic_from_buckwalter(together)) {
    if (const auto exact = find(*arabic)) return *exact;
  }
  const auto [first, end] = core.dictionary(attribute).with_key(columns::folded_key(together));
  if (end - first == 1 && !together.empty()) return first;
  std::string cure;
  for (std::uint32_t value = first; value < end && value < first + 8 && !together.empty(); ++value)
    cure += (cure.empty() ? "did you mean " : " or ") + std::string(core.dictionary(attribute).text(value));
  throw Error(ErrorCode::not_found,
              fmt::format("{} \"{}\" not found", attributes::definition(attribute).name, typed), cure)
      .with({.parameter = std::string(parameter)});
}

std::vector<Used> used_with(const columns::CoreFile& core, attributes::Attribute attribute,
                            std::uint32_t value, attributes::Attribute other) {
  struct Seen {
    std::uint32_t words = 0;
    std::size_t last = static_cast<std::size_t>(-1);
  };
  std::map<std::uint32_t, Seen> seen;
  for (const std::uint32_t word : core.postings(attribute, value).words()) {
    const columns::Range segments = core.segments_of(word);
    for (std::size_t s = segments.begin; s < segments.end; ++s) {
      if (core.value(attribute, s) != value) continue;
      const std::uint32_t with = core.value(other, s);
      if (with == 0) continue;
      Seen& one = seen[with];
      if (one.last == word) continue;
      one.last = word;
      ++one.words;
    }
  }
  std::vector<Used> out;
  for (const auto& [with, one] : seen) out.push_back({with, one.words});
  std::ranges::stable_sort(out, std::greater(), &Used::words);
  return out;
}

}  // namespace kalima::api::v1
