// Parameters that several routes of /api/v1 have, and what their values mean in a corpus.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "api/v1/places.h"
#include "corpus/columns/core_file.h"
#include "corpus/divisions.h"
#include "http/route.h"

namespace kalima::api::v1 {

inline constexpr auto verse_parameter = http::parsed<read_verse>({.name = "verse",
                                                                  .place = http::Parameter::Place::path,
                                                                  .meaning = "the verse, SURAH:AYAH",
                                                                  .example = "112:1",
                                                                  .max = 40,
                                                                  .pattern = "^[0-9]+:[0-9]+$"});

// Which part of a long list an answer has.
inline constexpr auto limit_parameter = http::integer({.name = "limit",
                                                       .meaning = "how many are listed at most",
                                                       .example = "10",
                                                       .max = 100'000,
                                                       .default_value = "100"});
inline constexpr auto offset_parameter = http::integer({.name = "offset",
                                                        .meaning = "how many are left out at the beginning",
                                                        .example = "0",
                                                        .max = 1'000'000'000,
                                                        .default_value = "0"});

// How long a search may take.
inline constexpr auto timeout_parameter =
    http::integer({.name = "timeout_ms",
                   .meaning = "after this time the answer has what was found so far",
                   .example = "2000",
                   .min = 1,
                   .max = 10'000,
                   .default_value = "2000"});

// The number of a verse in the corpus. Throws Error(not_found), about the parameter `verse`, if it is missing there.
std::size_t verse_number(const columns::CoreFile& core, corpus::VersePlace place);

// [first, second) of `total` things: what a page of a list shows.
std::pair<std::size_t, std::size_t> page(const http::Call& call, std::size_t total);

}  // namespace kalima::api::v1
