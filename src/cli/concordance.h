// Hits as a concordance for people: one line each, the hits below each other.
//
// A line is its place and then, in the order of the text, the words before, the hit and the words after. Arabic letters
// run from right to left, so that a terminal shows the words before a hit on its right. On a terminal the line begins
// with a left-to-right mark, and the Arabic part is one right-to-left isolate (U+2067 to U+2069): without them the
// first letters would decide about the place's side. In a file or a pipe there are none: `less` shows them as <U+2067>,
// and other programs would take them for a part of the words. Windows' terminals do not order letters by
// direction, and older ones show these signs as boxes; there, too, they are left out.
//
// Threads: one at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "query/query.h"
#include "query/results/hit_list.h"

namespace kalima::cli {

// What the output can show.
struct Screen {
  bool terminal = false, colours = false;
  std::size_t width = 0;  // in columns; 0 for any
};
// Of standard output. NO_COLOR (https://no-color.org) turns colours off.
Screen screen_of_output();

// How many columns a text takes: marks take none.
std::size_t columns_of(std::string_view text);

// The hits; each with up to `context` words on each side, fewer where the screen is too narrow.
std::string concordance(const query::Engine& engine, const query::HitList& hits,
                        const std::vector<std::string>& labels, std::uint32_t context,
                        const std::vector<attributes::Attribute>& columns, const Screen& screen);

// Columns of text below their heads, numbers on the right.
std::string table(const std::vector<std::vector<std::string>>& rows, const Screen& screen);

}  // namespace kalima::cli
