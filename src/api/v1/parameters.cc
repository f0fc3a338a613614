#include "api/v1/parameters.h"

#include <fmt/format.h>

#include <algorithm>

#include "support/error.h"
#include "support/numbers.h"

namespace kalima::api::v1 {

corpus::VersePlace verse_place(std::string_view text) {
  const std::size_t colon = std::min(text.find(':'), text.size());
  const auto part = [](std::string_view digits) {
    const auto number = numbers::parse<std::uint32_t>(digits);
    if (!number) throw Error(ErrorCode::bad_input, "a verse is SURAH:AYAH, such as 2:255");
    return *number;
  };
  return {part(text.substr(0, colon)), part(text.substr(std::min(colon + 1, text.size())))};
}

std::size_t verse_number(const columns::CoreFile& core, corpus::VersePlace place) {
  const auto verse = core.find_verse(place.surah, place.ayah);
  if (verse) return *verse;
  throw Error(ErrorCode::not_found, fmt::format("verse {}:{} not found", place.surah, place.ayah))
      .with({.parameter = "verse"});
}

std::pair<std::size_t, std::size_t> page(const http::Call& call, std::size_t total) {
  const std::size_t from = std::min<std::size_t>(call[offset_parameter], total);
  return {from, from + std::min<std::size_t>(call[limit_parameter], total - from)};
}

}  // namespace kalima::api::v1
