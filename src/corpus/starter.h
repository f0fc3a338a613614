// What tells the translations that come with the starter corpus from those that people write.
#pragma once

#include <string_view>

namespace kalima::corpus {

inline constexpr std::string_view starter_author = "Kalima";

}  // namespace kalima::corpus
