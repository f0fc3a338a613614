// Finds a verse's place in the corpus by surah and ayah while tables that refer to verses are read.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

namespace kalima::importers {

class VerseIndex {
 public:
  // False when the verse is there already. Places are 0-based.
  bool add(std::int64_t surah, std::int64_t ayah, std::int64_t place) {
    return places_.emplace(std::pair(surah, ayah), place).second;
  }
  std::optional<std::int64_t> find(std::int64_t surah, std::int64_t ayah) const {
    const auto it = places_.find({surah, ayah});
    if (it == places_.end()) return std::nullopt;
    return it->second;
  }
  std::size_t size() const { return places_.size(); }

 private:
  // Whole numbers as keys: a table may name any, and none may pass for another.
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> places_;
};

}  // namespace kalima::importers
