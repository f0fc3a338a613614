// Words that are nearly what was typed: one typing mistake, or letters that sound alike. Both compare words as
// they are written today, so that a mistake in modern spelling is one mistake from the Uthmani word too.
//
// Threads: pure functions, immutable objects. No input is an error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "text/letters.h"

namespace kalima::text {

// From the likeliest.
enum class Mistake : std::uint8_t {
  neighbour,  // a key next to the right one, on an Arabic keyboard (Arabic 101)
  doubled,    // a letter typed twice
  missing,    // a letter not typed
  swapped,    // two letters in the wrong order
  wrong,      // another letter
  added,      // a letter too much
};
std::string_view mistake_name(Mistake mistake);

// A word with fewer letters than these has no near words.
inline constexpr std::size_t min_near_letters = 3;

// A word as it is compared: its letters in modern spelling, folded, without signs.
struct NearForm {
  explicit NearForm(const Letters& word);

  std::u32string with_alifs;     // ا for each dagger alif: السماوات
  std::u32string without_alifs;  // السموت
  std::u32string sound;          // letters that sound alike as one, doubled ones once
};

// The mistake that makes the letters `typed` of the letters `right`, both of them such forms; nullopt as below.
std::optional<Mistake> mistake_in_letters(std::u32string_view typed, std::u32string_view right);
// Such a form with letters that sound alike as one, doubled ones once.
std::u32string sound_of_letters(std::u32string_view form);

// The mistake that makes `typed` of `in_text`; nullopt if they are the same word or are more than one mistake apart. Words
// of fewer than three letters have no near words.
std::optional<Mistake> mistake(const NearForm& typed, const NearForm& in_text);

// The key under which words that sound alike are found, as UTF-8; empty for words of fewer than three letters.
std::string sound_key(const NearForm& word);

}  // namespace kalima::text
