#include "api/v1/parameters.h"

#include <fmt/format.h>

#include <algorithm>

#include "support/error.h"

namespace kalima::api::v1 {

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
