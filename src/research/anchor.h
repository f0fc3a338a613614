// Where a document belongs: words or whole verses, in one or several spans.
//
// As JSON {"from": "1:5:1", "to": "1:5:4", "spans": [{"from": "1:5:1", "to": "1:5:2"}, {"from": "1:5:4", "to": "1:5:4"}]}:
// `from` and `to` are the first and the last place of all. SURAH:AYAH is a whole verse, SURAH:AYAH:WORD a word.
// Documents keep {"spans": [["1:5:1", "1:5:2"], …]} where members of their type cannot say it.
//
// Words are 1-based in their verse. Ends are included. Threads: values, pure functions.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/columns/core_file.h"
#include "corpus/divisions.h"
#include "support/json.h"

namespace kalima::research {

struct WordOrVerse {
  corpus::VersePlace verse;
  std::uint32_t word = 0;  // 0: the whole verse
  auto operator<=>(const WordOrVerse&) const = default;
};

struct AnchorSpan {
  WordOrVerse from, to;
  auto operator<=>(const AnchorSpan&) const = default;
};

// At least one span, in the order of the text; spans of one verse that touch are one.
class Anchor {
 public:
  explicit Anchor(std::vector<AnchorSpan> spans);
  static Anchor of_verse(corpus::VersePlace verse) { return of({{verse}, {verse}}); }
  static Anchor of(const AnchorSpan& span) { return Anchor(std::vector<AnchorSpan>{span}); }

  const std::vector<AnchorSpan>& spans() const { return spans_; }
  // The verse that the document is kept with: the first one.
  corpus::VersePlace home() const { return spans_.front().from.verse; }
  // The words, if all of it is words of the home verse.
  std::optional<std::vector<std::uint32_t>> words_of_home() const;
  bool is_home_verse() const;
  // Whether any of it is in the verses from `begin` to before `end`.
  bool meets(corpus::VersePlace begin, corpus::VersePlace end) const;
  bool operator==(const Anchor&) const = default;

 private:
  std::vector<AnchorSpan> spans_;
};

inline constexpr std::size_t max_anchor_spans = 100, max_anchor_words = 2000;

// "1:5" or "1:5:3"; nullopt for any other text.
std::optional<WordOrVerse> find_place(std::string_view text);
std::string written(const WordOrVerse& place);

// What a client sends: an object as above, in which either `spans` or `from` (and `to`) may be left out, or a text such as
// "1:5", "1:5:3", "1:5:1-1:5:4", with commas between several. Throws Error(bad_input).
Anchor read_anchor(const json::Value& value);
// Throws Error(not_found) if the corpus has not all of it, Error(bad_input) if it has too many words.
void require_in_corpus(const Anchor& anchor, const columns::CoreFile& core);
json::Value anchor_json(const Anchor& anchor);

// The member that documents keep; nullopt if it is something else.
std::optional<Anchor> find_kept_anchor(const json::Value& value);
json::Value kept_anchor(const Anchor& anchor);

// The words as the corpus has them now, with " … " between spans; nullopt if it has not all of them.
std::optional<std::string> words_of(const Anchor& anchor, const columns::CoreFile& core);

}  // namespace kalima::research
