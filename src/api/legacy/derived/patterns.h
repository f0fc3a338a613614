// The patterns of the old API while a snapshot is made: distinct ids with a label and the number of verses
// that contain them.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "api/legacy/derived/snapshot.h"
#include "support/string_list.h"

namespace kalima::api::legacy {

class PatternCollector {
 public:
  // Counts the pattern for a verse; the first label is kept. Returns the pattern's provisional number.
  std::uint32_t add(const std::string& id, const std::string& label, std::size_t verse);

  struct Sorted {
    std::vector<PatternRow> rows;        // by id
    std::vector<std::uint32_t> numbers;  // provisional number -> index in rows
    std::string json;                    // [{count, id, label}] by label, equal labels in order of appearance
  };
  Sorted sorted(StringListBuilder& strings) const;

 private:
  struct Pattern {
    std::string id, label;
    std::size_t verses = 0;
    std::size_t last_verse = 0;
  };
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<Pattern> patterns_;
};

}  // namespace kalima::api::legacy
