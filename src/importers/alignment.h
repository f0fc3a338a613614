// Matches the words of a verse's text with the words of the morphology. Words are compared by their
// skeletons (text/skeleton.h), because the two sources differ in spelling. All positions and sizes are in bytes of
// UTF-8.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kalima::importers {

// The words, separated by spaces, as parts of `text`. A pause mark or another sign between spaces belongs to
// the word before it, at the beginning to the word after it; the space between them is then part of the word.
std::vector<std::string_view> split_words(std::string_view text);

// Where the basmala at the beginning of `text` ends; 0 if there is none, or nothing after it.
std::size_t basmala_end(std::string_view text);

// Assigns each word of the morphology its part of `text`, in order and without a rest. `words` are those of
// split_words(text), `skeletons` those of the morphology. If the text has more words, two or three words that
// are one word of the morphology only together are taken as one (baEda maA in 2:181). nullopt if the counts
// cannot be matched.
std::optional<std::vector<std::string_view>> align(std::string_view text,
                                                   const std::vector<std::string_view>& words,
                                                   const std::vector<std::string>& skeletons);

}  // namespace kalima::importers
