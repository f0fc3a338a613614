// The terms of the Xapian index: one place for what each prefix holds. README.md in this folder is the same table
// for readers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kalima::index {

// Raise it with every change of the terms; an index of another version is made anew.
inline constexpr int terms_version = 3;

enum class Field : char {
  text_gram = 'G',   // 2 neighbouring code points of the lower-cased verse text
  value_gram = 'V',  // 3 neighbouring code points of a segment's lower-cased type, pos, root, lemma, features
  root = 'R',        // a segment's root
  pattern = 'M',     // morphological pattern id (type|pos|lemma|features, lower-cased)
  tag_sequence =
      'S',           // parts of speech of 1 to 3 neighbouring words' first segments, lower-cased, joined by |
  vocabulary = 'W',  // what stands between blanks in the text
  relation = 'D',    // a treebank row's relation; wdf = rows
  masaq = 'C',       // number of a MASAQ combination (tag, role, case); wdf = rows
  reading = 'B',     // number of an old reading of a verb; wdf = segments
};

// The term for a value. Values that Xapian could not take as they are (over 245 bytes, or with NUL) are cut and
// get a hash, so that equal values have equal terms.
std::string term(Field field, std::string_view value);
std::string term(Field field, std::size_t number);

// The distinct runs of `size` neighbouring code points, sorted. Nothing when the text is shorter.
std::vector<std::string_view> grams(std::string_view utf8, std::size_t size);

inline constexpr std::size_t text_gram_size = 2;
inline constexpr std::size_t value_gram_size = 3;
inline constexpr std::size_t tag_sequence_size = 3;

}  // namespace kalima::index
