// Arabic in Latin letters: what somebody may mean by it. One table for each system; Buckwalter has its own file.
//
//   DIN 31635, ISO 233, ALA-LC   as libraries and scholars write; each letter is one letter
//   messages                     as people write without signs: one letter may be several (h is ه or ح); 2 3 5 6 7 8 9
//                                for letters that Latin lacks
//
// A text is read by the systems that have all of its letters, by `messages` only if no other has. Hyphens and spaces
// between words mean nothing: bismillah, bismi llah.
//
// Units: positions are code points of the text without what separates words. Threads: pure functions, values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "text/sounds.h"

namespace kalima::text {

// How much of a transliteration counts, the strictest first.
enum class Agreement : std::uint8_t {
  lengths,     // consonants, vowels and their lengths
  vowels,      // consonants and vowels
  consonants,  // vowels are left out
};

// A row of a table: what is written, and the letters or vowels that it may be.
struct LatinRow {
  std::u32string_view written;  // in lower case, NFC
  std::u32string_view letters;
  std::uint8_t vowels = 0;
  bool is_long = false;
};
struct LatinSystem {
  std::string_view name;
  std::span<const LatinRow> rows;
  bool exact;  // each letter is one letter
};
std::span<const LatinSystem> latin_systems();

class LatinText {
 public:
  static constexpr std::size_t max_size = 2000;

  // nullopt if no system has all that is written, if nothing is, or if it is too long.
  static std::optional<LatinText> read(std::string_view utf8);

  // Positions from 0 to size(), which is its end.
  std::size_t size() const { return options_.size() - 1; }
  bool has_vowels() const { return has_vowels_; }
  bool has_lengths() const { return has_lengths_; }

  // The positions that are reached from `positions` by the sound; ascending, each once. `last`: it is the last sound of its
  // word, whose short vowel may be missing.
  using Positions = std::vector<std::uint16_t>;
  void after(const Positions& positions, const Sound& sound, bool last, Agreement agreement,
             Positions& out) const;
  // Whether the end is among them, or only vowels are left where these do not count.
  bool at_end(const Positions& positions, Agreement agreement) const;
  // Where it begins.
  Positions start() const { return {0}; }

 private:
  struct Option {
    std::uint16_t next;
    std::uint32_t letters;
    std::uint8_t vowels;
    bool is_long, skipped;  // skipped: an apostrophe, which may mean nothing
  };
  LatinText() = default;
  void add(std::size_t at, std::size_t next, const LatinRow& row);
  bool reads_all() const;
  void close(Positions& positions, Agreement agreement) const;

  std::vector<std::vector<Option>> options_;  // of each position, and of the end
  bool has_vowels_ = false, has_lengths_ = false;
};

// 0 for what is not a consonant of Arabic.
std::uint32_t letter_bit(char32_t letter);

}  // namespace kalima::text
