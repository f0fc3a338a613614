// The words of documents, and which of them a search means.
//
// A word with Arabic letters is one that is sought if they are the same at any step of text/ladder.h: vowels, spelling and
// encoding do not matter; particles may be written before it (text/proclitics.h). Any other word is compared without case and marks, and by its stem.
//
// Threads: any, all at once.
#pragma once

#include <cstdint>
#include <map>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "text/ladder.h"

namespace kalima::research {

// Number of a word form in NoteWords; `field_end` is between two texts.
using NoteWord = std::uint32_t;
inline constexpr NoteWord field_end = 0xFFFFFFFF;

// What is sought: a document has all of the phrases, the words of each next to each other.
struct NoteQuery {
  struct Phrase {
    std::vector<std::u32string> words;
    bool exact = false;  // in quotation marks: no stems
  };
  std::vector<Phrase> phrases;
};
inline constexpr std::size_t max_query_words = 32, max_query_code_points = 500;
// Words, and "words that follow each other" in quotation marks. Throws Error(bad_input) if it has no word, or too many.
NoteQuery parse_note_query(std::string_view utf8);

// All word forms that occurred. Forms are added, and never removed.
class NoteWords {
 public:
  // Appends the forms of a text's words, and the end of the text. `language`: an ISO 639 code, whose stems they have; empty: en.
  void read(std::string_view utf8, std::string_view language, std::vector<NoteWord>& out);

  // Which of the forms at this moment each word of a query means. Words of documents that are added later match nothing.
  class Sought {
   public:
    bool in(const std::vector<NoteWord>& words) const;

   private:
    friend class NoteWords;
    std::vector<std::vector<std::vector<bool>>> phrases_;  // by phrase, word and form
  };
  Sought sought(const NoteQuery& query) const;

 private:
  struct Form {
    // Of an Arabic word: how it can be read, with the key of each; the word itself comes first. Empty for another.
    std::vector<std::pair<std::string, std::u32string>> readings;
    std::uint32_t stem = 0;  // of another word
  };
  NoteWord form_of(std::u32string_view word, std::string_view language);

  mutable std::shared_mutex mutex_;
  std::vector<Form> forms_;
  std::unordered_map<std::string, NoteWord> numbers_;  // by language and word
  // Arabic: by match key. Others: by word without case and marks, and the stems of each language.
  std::unordered_map<std::string, std::vector<NoteWord>> by_key_, by_folded_;
  std::map<std::string, std::unordered_map<std::string, std::uint32_t>, std::less<>> stems_;
  std::uint32_t next_stem_ = 0;
};

}  // namespace kalima::research
