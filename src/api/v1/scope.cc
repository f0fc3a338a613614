#include "api/v1/scope.h"

#include <fmt/format.h>

#include <algorithm>

#include "corpus/surahs.h"
#include "support/error.h"
#include "support/numbers.h"

namespace kalima::api::v1 {

namespace {

NumberSet read_numbers(std::string_view name, std::string_view text, std::size_t max) {
  const auto number = [&](std::string_view digits) {
    const auto value = numbers::parse<std::size_t>(digits, {.min = 1, .max = max});
    if (!value) {
      throw Error(ErrorCode::bad_input,
                  fmt::format("{} must be numbers from 1 to {} and ranges of them, with commas between them",
                              name, max));
    }
    return *value;
  };
  NumberSet out;
  while (true) {
    const std::string_view part = text.substr(0, text.find(','));
    const std::size_t dash = part.find('-');
    const std::size_t first = number(part.substr(0, dash));
    const std::size_t last = dash == std::string_view::npos ? first : number(part.substr(dash + 1));
    for (std::size_t n = first; n <= last; ++n) out.add(n);
    if (first > last) number("");
    if (part.size() == text.size()) return out;
    text.remove_prefix(part.size() + 1);
  }
}

}  // namespace

NumberSet read_surahs(std::string_view text) { return read_numbers("surah", text, max_surah); }
NumberSet read_juzs(std::string_view text) { return read_numbers("juz", text, max_juz); }

std::uint32_t juz_of(corpus::VersePlace verse) {
  return static_cast<std::uint32_t>(corpus::part_of(attributes::Region::juz, verse));
}

std::optional<attributes::Place> revealed_at(corpus::VersePlace verse) {
  const auto surahs = corpus::surahs();
  if (verse.surah < 1 || verse.surah > surahs.size()) return std::nullopt;
  return surahs[verse.surah - 1].place;
}

}  // namespace kalima::api::v1
