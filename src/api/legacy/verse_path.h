// Finds the verse that a path names.
#pragma once

#include <cstdint>
#include <string_view>

#include "api/legacy/derived/snapshot.h"
#include "api/legacy/values.h"
#include "http/message.h"

namespace kalima::api::legacy {

inline http::Response verse_not_found() {
  return http::error_response({ErrorCode::not_found, "Verse not found"});
}

// Answers with the result of `make` for the verse SURAH:AYAH.
template <typename Make>
http::Response for_reference(const Snapshot& snapshot, std::string_view text, Make make) {
  const auto reference = parse_reference(text);
  if (!reference) return http::error_response({ErrorCode::bad_input, "Invalid verse reference"});
  if (reference->surah < 0 || reference->ayah < 0) return verse_not_found();
  const auto verse = snapshot.find_verse(static_cast<std::uint64_t>(reference->surah),
                                         static_cast<std::uint64_t>(reference->ayah));
  return verse ? make(*verse) : verse_not_found();
}

}  // namespace kalima::api::legacy
