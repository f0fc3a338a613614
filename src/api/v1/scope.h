// A part of the Quran to which a search is restricted, or by which its hits are counted. Threads: pure functions,
// values.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "attributes/region_values.h"
#include "corpus/divisions.h"

namespace kalima::api::v1 {

inline constexpr std::size_t max_surah = 114, max_juz = 30;

// Some of the numbers from 1 to `max_surah`.
class NumberSet {
 public:
  void add(std::size_t number) { numbers_.set(number); }
  bool has(std::size_t number) const { return number < numbers_.size() && numbers_.test(number); }

 private:
  std::bitset<max_surah + 1> numbers_;
};

// "2,36-40": numbers and ranges. Throw Error(bad_input).
NumberSet read_surahs(std::string_view text);
NumberSet read_juzs(std::string_view text);
inline constexpr std::size_t max_numbers_length = 500;
inline constexpr std::string_view numbers_pattern = "^[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*$";

// Of a verse; 0 and nullopt for a surah that the Quran does not have.
std::uint32_t juz_of(corpus::VersePlace verse);
std::optional<attributes::Place> revealed_at(corpus::VersePlace verse);

}  // namespace kalima::api::v1
