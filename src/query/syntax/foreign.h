// Notations of other query languages that look like mistakes here, and what to write instead.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kalima::query {

// For an error at byte `at`; empty when the place looks like none of them.
std::string foreign_hint(std::string_view text, std::size_t at);

}  // namespace kalima::query
