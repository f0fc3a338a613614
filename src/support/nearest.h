// "Did you mean …?": the known names that are closest to what was typed.
// Threads: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kalima {

// How many code points must be inserted, deleted, replaced or exchanged with their neighbour to get from one text to
// the other (optimal string alignment), whatever the case of Latin letters.
std::size_t edit_distance(std::u32string_view a, std::u32string_view b);

// At most three of `names`, the closest first, in their order where they are equally close: those that begin with what
// was typed, and those that differ by at most a third of their letters. UTF-8. Empty if nothing is close, and for more
// than 64 bytes.
std::vector<std::string> nearest(std::string_view typed, const std::vector<std::string_view>& names);

// "did you mean a, b or c?"; empty for no names.
std::string did_you_mean(const std::vector<std::string>& names);

}  // namespace kalima
