// Parses the parts of a request. All throw Error(bad_input) that says what was expected.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "corpus/columns/core_file.h"
#include "http/message.h"

namespace kalima::api::v1 {

// A whole number from 0; `what` names it in the error.
std::uint64_t number(std::string_view text, std::string_view what);
// A query parameter that is such a number.
std::size_t count_parameter(const http::Request& request, std::string_view name, std::size_t otherwise);
// The number of the verse "SURAH:AYAH" in the corpus; throws Error(not_found) if it does not exist.
std::size_t verse_of(const columns::CoreFile& core, std::string_view reference);

}  // namespace kalima::api::v1
