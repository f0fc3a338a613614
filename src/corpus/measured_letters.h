// The letters of a dictionary form as they are heard, those of its root, and the measure that comparing the two gives: the
// part of wazn.h that does not know forms of verbs.
//
// Units: code points. Threads: pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kalima::corpus {

inline constexpr char32_t hamza = U'ء', alif = U'ا', waw = U'و', ya = U'ي', maqsura = U'ى', ta = U'ت',
                          ta_marbuta = U'ة', wasla = U'ٱ';
inline constexpr char32_t fatha = U'\u064E', damma = U'\u064F', kasra = U'\u0650', shadda = U'\u0651',
                          sukun = U'\u0652';

// A letter of the lemma: what is heard, its vowel (0 for none) and whether it is doubled.
struct Sound {
  char32_t letter, vowel = 0;
  bool doubled = false;

  friend bool operator==(const Sound&, const Sound&) = default;
};
// The first letter is never doubled: that is the article before it. Without what is written after tanwin: أَبَدًا.
std::vector<Sound> sounds_of(std::string_view lemma);

// The letters of a root; all that carry a hamza, and alif, are ء.
std::u32string radicals_of(std::string_view root);

// The measure of a word that has these letters and this root, its letters those of the usual spelling: a letter without a
// vowel has a sukun, whatever the manuscript has. nullopt if they do not fit.
std::optional<std::u32string> compared(const std::vector<Sound>& sounds, const std::u32string& root);

}  // namespace kalima::corpus
