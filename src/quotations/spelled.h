// Words prepared for comparison, each once.
//
// Threads: one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "search/word_file.h"
#include "text/ladder.h"
#include "text/near.h"

namespace kalima::quotations {

struct Spelled {
  explicit Spelled(std::u32string_view written) : word(written) {
    if (written.size() <= text::longest_word) key = text::match_key(word.letters);
  }
  bool comparable() const { return word.written.size() <= text::longest_word; }
  const text::NearForm& near() const {
    if (!near_) near_.emplace(word.letters);
    return *near_;
  }

  text::Word word;
  std::string
      key;  // its consonants; empty for words that are too long to be compared, and those that have none

 private:
  mutable std::optional<text::NearForm> near_;
};

class Entries {
 public:
  explicit Entries(const search::WordFile& file) : file_(file) {}
  const Spelled& operator[](std::uint32_t entry) {
    const auto at = known_.find(entry);
    return at != known_.end() ? at->second : known_.try_emplace(entry, file_.entry(entry)).first->second;
  }

 private:
  const search::WordFile& file_;
  std::unordered_map<std::uint32_t, Spelled> known_;
};

}  // namespace kalima::quotations
