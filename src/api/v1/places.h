// What people write for a part of the text, and which verses and words of a corpus that is. Threads: constant once made.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/columns/core_file.h"
#include "corpus/divisions.h"

namespace kalima::api::v1 {

// Verses from `begin` to before `end`, in the order of the numbers of surahs and verses.
struct VerseRange {
  std::string text;  // as it was written
  corpus::VersePlace begin, end;
  // For a verse or verses that are named: the last one, which must be there.
  std::optional<corpus::VersePlace> last;
};

struct WordPlace {
  corpus::VersePlace verse;
  std::uint32_t word = 0;  // 1-based
};

// "2:255", "2:255-257", "2:285-3:5", "2" (a surah), "juz:30", "page:3" and so on; nullopt for any other form.
std::optional<VerseRange> find_range(std::string_view text);
std::optional<WordPlace> find_word(std::string_view text);  // "2:255:1"
// The same. Throw Error(bad_input), which says what is expected.
VerseRange read_range(std::string_view text);
corpus::VersePlace read_verse(std::string_view text);
WordPlace read_word(std::string_view text);

// The verses of a corpus by their places.
class Places {
 public:
  explicit Places(const columns::CoreFile& core);

  // Numbers of verses in the corpus. Throw Error(not_found), about the parameter `parameter`, if it has none of them.
  std::uint32_t verse(corpus::VersePlace place, std::string_view parameter) const;
  std::span<const std::uint32_t> verses(const VerseRange& range, std::string_view parameter) const;
  // Those of the verses from one place to before another one, perhaps an empty list.
  std::span<const std::uint32_t> between(corpus::VersePlace begin, corpus::VersePlace end) const;
  // The number of a word in the corpus.
  std::uint32_t word(WordPlace place, std::string_view parameter) const;
  std::optional<std::uint32_t> find(corpus::VersePlace place) const;
  // Whether the corpus has it; of a surah or part, some of its verses.
  bool has(const VerseRange& range) const;
  bool has(const WordPlace& word) const;

  corpus::VersePlace place(std::size_t verse) const { return {core_.surah(verse), core_.ayah(verse)}; }

 private:
  std::size_t first_from(corpus::VersePlace place) const;

  const columns::CoreFile& core_;
  std::vector<std::uint32_t> by_place_;
};

// "2:255".
std::string written(corpus::VersePlace place);

}  // namespace kalima::api::v1
