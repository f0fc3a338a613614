// How a word ends when the reader stops after it: what rhymes at the end of verses (fasila).
//
// A stop drops short vowels, tanwin and the length of a pronoun (لَهُۥ); tanwin with fatha becomes a long a, except on ة;
// ة becomes ه. Letters that are not read are left out.
//
// Threads: pure. No input is an error.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kalima::text {

// The vowel before the last letter, or with which the word ends.
enum class EndVowel : std::uint8_t { a, i, u, long_a, long_i, long_u, ay, aw, none };

struct Rhyme {
  // The last consonant, or ا ي و for a long vowel at the end. UTF-8.
  std::string letter;
  std::optional<EndVowel> vowel;  // missing where it is not written; `none` for two consonants: ٱلْعَصْرِ
  // Vowel and letter: ون, ين, ان; with a short vowel on a tatweel, ـَر, ـُود is ود; two consonants ـْر, a diphthong ـَيْت;
  // a long vowel at the end with the consonant before it: يا, ها.
  std::string pattern;
};

// Of a written word; nullopt if it has no Arabic letter that is read. The letters with which some surahs begin are read
// by their names: الٓمٓ ends as mim does.
std::optional<Rhyme> rhyme(std::string_view word);

}  // namespace kalima::text
