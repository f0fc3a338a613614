// The search for words and phrases by spelling: text/steps.h has the steps.
//
// A word of the query is looked up by its key among the distinct words of the texts, and each word with that
// key is compared; then the places of those with which a phrase may begin are walked. Units: verses are 0-based numbers, words are those of the morphology,
// 1-based in their verse, offsets are 0-based code points of the verse's text. Threads: pure functions of the file.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "corpus/columns/core_file.h"
#include "search/text_query.h"
#include "search/word_file.h"
#include "search/word_match.h"
#include "support/bits.h"
#include "text/near.h"
#include "text/steps.h"

namespace kalima::search {

inline constexpr std::size_t all_steps = text::all_step_names.size();

enum class Order : std::uint8_t {
  mushaf,     // of the corpus
  relevance,  // the strictest step first, then the greatest share of the verse that matches
};

struct TextOptions {
  // The loosest step that is used. Without one, Use::always of text/steps.h; if nothing is found, those of Use::fallback,
  // one after the other; if a word is not in the texts at all, also what is near it.
  std::optional<text::Step> loosest;
  Proclitics proclitics = Proclitics::yes;
  Order order = Order::mushaf;
  // The verses that are searched; all of them if it has no size.
  Bits verses;
  bool is_searched(std::uint32_t verse) const { return verses.size() == 0 || verses.test(verse); }
  // Which of the found verses are returned.
  std::size_t offset = 0, limit = 50;
  // Called from time to time: true ends the search with what it has found.
  Expired expired = [] { return false; };
};

// A word of a text that matches a word of the query.
struct TextWord {
  std::uint32_t verse;
  std::uint32_t word;  // 0: the text there is no word of the morphology, such as the basmala before a verse
  std::uint32_t from, to;  // the part that matches: the word without its proclitics
  std::uint32_t entry;     // in the file of words
  std::uint32_t begin;     // the part within the entry
  text::Step step;
};

struct TextHit {
  text::Step step;              // the loosest one that it needs
  std::vector<TextWord> words;  // those of the verse, then those of the next verses
};

// A translation in which something was found (search/meanings.h).
struct FoundTranslation {
  std::string language, id, by, text;
  std::vector<std::pair<std::uint32_t, std::uint32_t>>
      places;  // code points of its text: from, and after the last
};

struct TextVerse {
  std::uint32_t verse;
  std::vector<TextHit> hits;  // in the order of their first words; phrases may overlap
  std::vector<FoundTranslation> translations{};
};

struct Count {
  std::size_t verses = 0, hits = 0;
};
struct VerseHits {
  std::uint32_t verse;
  std::size_t hits;
};
using StepCounts = std::array<Count, all_steps>;

// A word of the texts that somebody may mean who typed one that is not in them.
struct Suggestion {
  text::Step step;  // typing or sound
  std::optional<text::Mistake> mistake;
  std::u32string word;
  std::size_t uses;  // in the texts
};
struct UnknownWord {
  std::u32string word;
  std::vector<Suggestion> suggestions;  // the likeliest first, a few
};

struct TextFound {
  text::Step loosest = text::loosest_step;  // of the steps that were used
  std::size_t verses = 0, hits = 0;         // in all
  bool partial = false;                     // ended by `expired`: there may be more
  // Hits with a particle that was not typed: before the first word, and between words of a phrase.
  std::size_t particles_before = 0, particles_between = 0;
  StepCounts steps{};               // of the hits
  StepCounts further{};             // what looser steps would find beside them, if they were tried
  std::vector<VerseHits> by_verse;  // the verses that have hits, ascending
  std::vector<UnknownWord>
      unknown;  // words that are not in the texts at the steps of Use::always and Use::fallback, as they are written
                // in a query, and what is left out but not there, with its minus
  std::vector<TextVerse> results;  // in the order that was asked for
};

TextFound search_text(const columns::CoreFile& core, const WordFile& words, const TextQuery& query,
                      const TextOptions& options);

// How many of the words, from the first on, follow each other anywhere in the verses that are searched, at the steps of
// spelling that the options allow.
std::size_t words_together(const columns::CoreFile& core, const WordFile& words,
                           std::span<const QueryWord> phrase, const TextOptions& options);

}  // namespace kalima::search
