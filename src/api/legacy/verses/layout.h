// How the older server's corpus file wrote an object, where that is not how its values would be written: unknown keys,
// keys in another order, missing keys, values of other types. Nearly all objects have no layout.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "support/json.h"

namespace kalima::api::legacy {

struct Layout {
  std::vector<std::string> keys;  // in their order
  json::Object odd;               // the values that are not those of the corpus, in the order of their keys

  bool operator==(const Layout&) const = default;
};

// The layouts of a verse, of its words and of their segments, by 0-based position.
struct VerseLayout {
  std::optional<Layout> verse;
  std::map<std::size_t, Layout> words;
  std::map<std::pair<std::size_t, std::size_t>, Layout> segments;  // word, segment

  bool empty() const { return !verse && words.empty() && segments.empty(); }
  bool operator==(const VerseLayout&) const = default;
};

}  // namespace kalima::api::legacy
