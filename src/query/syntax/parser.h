// The text of a query as a tree. Pure; every thread may call it at any time.
#pragma once

#include <cstddef>
#include <string_view>

#include "query/syntax/tree.h"

namespace kalima::query {

// Longer texts are refused; in bytes.
inline constexpr std::size_t max_query = 64 * 1024;
// How deep parentheses, trees and tests may be nested.
inline constexpr std::size_t max_depth = 200;

// Throws QueryError.
Query parse(std::string_view text);

}  // namespace kalima::query
