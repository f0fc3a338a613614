// Which words of the texts match one word of a query, and at which step.
//
// Units: entries are numbers in the file of words, offsets 0-based code points. Threads: pure functions of the file.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "search/word_file.h"
#include "text/ladder.h"
#include "text/near.h"
#include "text/steps.h"

namespace kalima::search {

// An entry that matches, with its best match: the strictest step, then the fewest proclitics.
struct Matched {
  std::uint32_t entry;
  std::uint32_t begin;  // what matches begins there
  text::Step step;
};
// In the order of the entries, each once.
using Matches = std::vector<Matched>;

// The best match of each entry of both.
Matches either(const Matches& a, const Matches& b);

enum class Proclitics : std::uint8_t {
  yes,
  no,     // only words without particles before them
  first,  // only before the first word of a phrase
};

// Ends a search that takes too long: true from some time on.
using Expired = std::function<bool()>;

// Spelled alike, at `loosest` or before (up to text::loosest_step).
Matches spelled(const WordFile& file, const text::Word& word, text::Step loosest, bool proclitics,
                const Expired& expired);
// The same word, where one of both has the article: Step::no_article.
Matches without_article(const WordFile& file, const text::Word& word, bool proclitics,
                        const Expired& expired);
// Letters that the wildcards * (any letters) and ? (one letter) fit: Step::folded.
Matches like(const WordFile& file, std::u32string_view pattern, bool proclitics, const Expired& expired);
// Whether they do.
bool fits(std::u32string_view pattern, std::u32string_view letters);

// A word of the texts that is nearly what was typed.
struct Near {
  Matched matched;        // Step::typing or Step::sound
  text::Mistake mistake;  // at Step::typing
};
// Those of one step, in the order of the entries, each once.
std::vector<Near> mistyped(const WordFile& file, const text::Word& word, bool proclitics,
                           const Expired& expired);
std::vector<Near> sounding_alike(const WordFile& file, const text::Word& word, bool proclitics,
                                 const Expired& expired);

}  // namespace kalima::search
