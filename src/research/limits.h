// How much may be written. Sizes are bytes of JSON.
#pragma once

#include <cstddef>

#include "support/json.h"

namespace kalima::research {

inline constexpr json::Limits document_limits{.depth = 32, .string_bytes = 256 * 1024};
inline constexpr std::size_t max_document_bytes = 1024 * 1024;
// Of a verse, or of the registry.
inline constexpr std::size_t max_documents_of_a_list = 2000;

}  // namespace kalima::research
