// Finds a verse's place in the corpus by surah and ayah while tables that refer to verses are read.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>

namespace kalima::importers {

class VerseIndex {
 public:
  // False when the verse is there already. Places are 0-based.
  bool add(std::int64_t surah, std::int64_t ayah, std::int64_t place) {
    return places_.emplace(key(surah, ayah), place).second;
  }
  std::optional<std::int64_t> find(std::int64_t surah, std::int64_t ayah) const {
    const auto it = places_.find(key(surah, ayah));
    if (it == places_.end()) return std::nullopt;
    return it->second;
  }
  std::size_t size() const { return places_.size(); }

 private:
  static std::uint64_t key(std::int64_t surah, std::int64_t ayah) {
    return (static_cast<std::uint64_t>(surah) << 32) ^ static_cast<std::uint32_t>(ayah);
  }
  std::unordered_map<std::uint64_t, std::int64_t> places_;
};

}  // namespace kalima::importers
