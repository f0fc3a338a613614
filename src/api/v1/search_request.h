// A text search that was asked for: read from the request, and done.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "api/v1/api.h"
#include "api/v1/references.h"
#include "api/v1/searching.h"
#include "http/route.h"
#include "search/text_search.h"

namespace kalima::api::v1 {

struct TextRequest {
  std::string q;
  std::string cited;                    // references beside the words, which `q` is without
  std::optional<std::string> language;  // of the translations that are searched
  bool in_one_verse = false;            // the words of a phrase may be anywhere in a verse
  search::TextOptions options;
};
// Of a corpus with so many verses.
TextRequest text_request(const Places& places, std::size_t verses, const http::Call& call);

// As what `q` was read.
enum class ReadAs : std::uint8_t {
  text,
  reference,        // the verses that it names
  root,             // letters that are only a root
  transliteration,  // the text in Latin letters
  meaning,          // words of translations and glosses
};
inline constexpr std::string_view read_as_names[] = {"text", "reference", "root", "transliteration",
                                                     "meaning"};

// The roots and lemmas that a word of `q` has, or that it names.
struct WordLexemes {
  std::string word;
  std::vector<search::Lexeme> lemmas, roots;
};

// Glosses, or translations into a language.
struct SearchedTexts {
  bool glosses;
  std::string language;
  std::size_t texts;
};

// What was asked for, as it was found.
struct Searched {
  ReadAs read_as = ReadAs::text;
  search::TextFound text;
  std::vector<Reference> references;
  std::vector<WordLexemes> lexemes;
  // Of a search by meaning.
  std::vector<SearchedTexts> searched;
  std::optional<search::Nearness> nearness;
  std::array<search::Count, 3> nearness_counts{};
  // Nothing that users write was read.
  bool of_corpus_alone = true;
};

// What a search is made with.
struct SearchTools {
  const Context& context;
  const Places& places;
  Searching& searching;
};

// Whether `q` has letters, none of which is Arabic: Latin, or those of a translation.
bool is_in_other_letters(std::string_view q);

// Takes the references beside the words out of `request.q`, and searches only there.
// Waits for its turn among the searches. Throws Error(bad_input) about the parameter `q` or `step`, Error(not_found) about `lang`
// or a missing verse.
Searched search_for(const SearchTools& tools, TextRequest& request);
// The same for a `q` without references beside its words.
Searched search_words(const SearchTools& tools, const TextRequest& request);

}  // namespace kalima::api::v1
