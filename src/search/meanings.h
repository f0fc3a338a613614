// Words by what they mean: translations of verses, and the glosses of their words.
//
// Each language has its own words and stems (index/stemmer.h). What is sought is a phrase of a text query with any letters;
// each of its words matches words of the same stem, quoted words only themselves.
//
// Units: verses are 0-based numbers, words 1-based in their verse, offsets 0-based code points of the text. Threads: a Meanings
// is immutable after it was made; TranslationsNow may be used by all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "corpus/columns/core_file.h"
#include "search/text_query.h"
#include "search/text_search.h"
#include "search/word_match.h"
#include "store/corpus_reader.h"

namespace kalima::search {

struct MeaningWord {
  std::uint32_t form;      // of those of the language
  std::uint32_t from, to;  // in the text
  std::uint32_t word;      // of the verse, of a gloss; else 0
};
struct Meaning {
  std::string text, id, by;  // of a translation its id and who made it; may be empty
  std::vector<MeaningWord> words;
};

// How near to each other the words of a phrase are, the strictest first.
enum class Nearness : std::uint8_t {
  phrase,  // they follow each other
  together,  // in any order: in a translation with no more than a few words between them; glosses are in the order of the
  // text, those of words next to each other
  verse,  // all are in the text
};
inline constexpr std::string_view nearness_names[] = {"phrase", "together", "verse"};

// A place where a phrase was found: indexes of the words of the text.
struct MeaningHit {
  Nearness nearness;
  bool same_forms;  // the words are those that were typed, not others of the same stem
  std::vector<std::uint32_t> words;
};

// The texts of one language.
class Meanings {
 public:
  Meanings(std::string language, std::size_t verses) : language_(std::move(language)), by_verse_(verses) {}

  const std::string& language() const { return language_; }
  void set(std::uint32_t verse, std::vector<Meaning> texts);
  Meaning read(std::string text, std::string id = {}, std::string by = {});
  // Once all texts are set, and before any is sought.
  void finish();
  // How many texts there are.
  std::size_t size() const { return size_; }
  const std::vector<Meaning>* of(std::uint32_t verse) const { return by_verse_[verse].get(); }

  // A phrase, as words of this language.
  class Sought {
   public:
    Sought(const Meanings& meanings, const Phrase& phrase);
    // Where the phrase is: at the strictest nearness at which it is anywhere in the text.
    std::vector<MeaningHit> in(const Meaning& text) const;
    // The verses that have all words of the phrase in their texts, ascending: others have it in none.
    std::vector<std::uint32_t> verses() const;
    // The words that no text of the language has.
    const std::vector<std::size_t>& unknown() const { return unknown_; }

   private:
    enum class Fit : std::uint8_t { none, stem, form };
    Fit fit(std::size_t word, std::uint32_t form) const { return fits_[word][form]; }
    const Meanings& meanings_;
    std::vector<std::vector<Fit>> fits_;  // by word of the phrase and form
    std::vector<std::size_t> unknown_;
  };
  // Words of the language that are one mistake away, a few.
  std::vector<Suggestion> near(std::u32string_view word) const;

 private:
  std::uint32_t form_of(const std::string& word);

  std::string language_;
  std::vector<std::shared_ptr<const std::vector<Meaning>>> by_verse_;
  std::size_t size_ = 0;  // texts
  std::vector<std::u32string> forms_;
  std::vector<std::uint32_t> stems_;  // of each form
  // The verses of each form, ascending: from first_verse_ of the form on, up to that of the next.
  std::vector<std::uint32_t> first_verse_, verses_of_forms_;
  std::vector<std::uint32_t> uses_;  // of each form
  std::unordered_map<std::string, std::uint32_t> form_numbers_, stem_numbers_;
};

// The glosses of the words, in English.
Meanings glosses_of(const columns::CoreFile& core);

// By language, in lower case.
using Translations = std::map<std::string, std::shared_ptr<const Meanings>>;

// The translations as the database has them at each moment.
class TranslationsNow {
 public:
  explicit TranslationsNow(std::size_t verses) : verses_(verses) {}

  // Reads what was written since the last call. `reader`: of the caller's thread.
  std::shared_ptr<const Translations> get(const store::CorpusReader& reader);

 private:
  const std::size_t verses_;
  std::mutex mutex_;
  bool made_ = false;
  store::Revision revision_;
  std::shared_ptr<const Translations> translations_ = std::make_shared<const Translations>();
};

}  // namespace kalima::search
