// The terms of the Xapian index: the one place that defines each prefix. README.md in this folder explains
// them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kalima::api::legacy {

// Increase it with every change to the terms; an index of another version is rebuilt.
inline constexpr int terms_version = 3;

enum class Field : char {
  text_gram = 'G',   // 2 neighbouring code points of the lower-cased verse text
  value_gram = 'V',  // 3 neighbouring code points of a segment's lower-cased type, pos, root, lemma, features
  root = 'R',        // a segment's root
  pattern = 'M',     // morphological pattern id (type|pos|lemma|features, lower-cased)
  tag_sequence =
      'S',           // parts of speech of 1 to 3 neighbouring words' first segments, lower-cased, joined by |
  vocabulary = 'W',  // a word of the text, separated by white space
  relation = 'D',    // a treebank row's relation; wdf = rows
  masaq = 'C',       // number of a MASAQ combination (tag, role, case); wdf = rows
  reading = 'B',     // number of an old reading of a verb; wdf = segments
};

// The term for a value. Values that Xapian does not accept (over 245 bytes, or with NUL) are cut and get a
// hash, so that equal values have equal terms.
std::string term(Field field, std::string_view value);
std::string term(Field field, std::size_t number);

// The distinct runs of `size` neighbouring code points, sorted. Empty if the text is shorter.
std::vector<std::string_view> grams(std::string_view utf8, std::size_t size);

inline constexpr std::size_t text_gram_size = 2;
inline constexpr std::size_t value_gram_size = 3;
inline constexpr std::size_t tag_sequence_size = 3;

}  // namespace kalima::api::legacy
