// Which words of a verse's text are which words of the morphology.
//
// Words are compared by their skeletons, since the two sources differ in spelling: letters alone, without
// vowel signs, signs of recitation, hamza, tatweel and alif (which one script writes and another leaves out),
// with ya for alif maqsura. All positions and sizes are in bytes of UTF-8.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kalima::importers {

std::string skeleton(std::string_view arabic);
// True when there is at least one letter: no mark, no tatweel, no sign alone.
bool has_letters(std::string_view arabic);

// The words between blanks, as parts of `text`. A pause mark or another sign that stands alone belongs to the
// word before it, at the beginning to the one behind it; the blank between them is part of the word then.
std::vector<std::string_view> split_words(std::string_view text);

// Where the basmala at the beginning of `text` ends; 0 when there is none, or nothing behind it.
std::size_t basmala_end(std::string_view text);

// Gives each word of the morphology its own part of `text`, in order and without a rest. `words` are those of
// split_words(text), `skeletons` those of the morphology. Where the text has more words, two or three of them
// that together are one of the morphology, but not alone, are taken as one (baEda maA in 2:181). nullopt when
// the counts cannot be brought together.
std::optional<std::vector<std::string_view>> align(std::string_view text,
                                                   const std::vector<std::string_view>& words,
                                                   const std::vector<std::string>& skeletons);

}  // namespace kalima::importers
