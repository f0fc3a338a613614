// The searches of the old API, on a snapshot and an index of terms. No JSON and no HTTP here: strings and
// numbers in, verse, word and kind numbers out (see snapshot/snapshot.h). How each finds its verses: the
// index returns candidates (exactly the verses, or a superset by character n-grams), and the snapshot
// confirms them. A distinct value is tested once for each query, however often it occurs. Results are in the
// order of the corpus by default. Threads: one Searcher belongs to one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/legacy/derived/snapshot.h"
#include "api/legacy/derived/terms.h"
#include "api/legacy/search/found.h"
#include "api/legacy/search/word_pattern.h"
#include "index/term_index.h"

namespace kalima::api::legacy {

struct SegmentHit {
  std::uint32_t verse, word, kind;
};
struct WordHit {
  std::uint32_t verse, word;
};
struct VerseCount {
  std::uint32_t verse, count;
};

// A filter that is not set matches everything.
struct VerbFilter {
  std::optional<std::string> verb_form, person, number, gender, voice, tense;
};
struct MasaqFilter {
  std::optional<std::string> morph_tag, syntactic_role, case_mood;
};

// The parts of speech of the words, which no search changes. Threads: any.
class Tags {
 public:
  // The snapshot outlives it.
  explicit Tags(const Snapshot& snapshot);
  // Lower-cased.
  const std::vector<StringId>& distinct() const { return distinct_; }
  // True if no word is without one. The first call looks at all words.
  bool on_every_word() const;

 private:
  const Snapshot& s_;
  std::vector<StringId> distinct_;
  mutable std::once_flag looked_;
  mutable bool on_every_word_ = false;
};

class Searcher {
 public:
  // All outlive it.
  Searcher(const Snapshot& snapshot, const Tags& tags, const index::TermIndex& terms)
      : s_(snapshot), tags_(tags), terms_(terms) {}

  // Verses whose lower-cased text contains the lower-cased `needle` (all verses contain an empty one). Stops
  // at `limit`; with a limit of 0 it counts all and returns none.
  Found<std::uint32_t> text(std::string_view needle, std::size_t limit) const;
  // Verses with a segment of exactly this root. Same limit.
  Found<std::uint32_t> root(std::string_view root, std::size_t limit) const;
  // The same verses by (surah, ayah), each with its first word that has the root; counts all verses.
  Found<WordHit> root_words(std::string_view root, std::size_t limit) const;
  // Verses with a segment that contains `needle` in one of its lower-cased values, each with the first such
  // segment; counts all verses.
  Found<SegmentHit> morphology(std::string_view needle, std::size_t limit) const;
  // Verses with a pattern, by (surah, ayah); `pattern` is an index into morph_patterns() or
  // syntax_patterns(). Stops at `limit` like text().
  Found<std::uint32_t> morph_pattern(std::size_t pattern, std::size_t limit) const;
  Found<std::uint32_t> syntax_pattern(std::size_t pattern, std::size_t limit) const;
  // Verses with neighbouring words whose first segments have these lower-cased parts of speech, each with the
  // first word of its first match; counts all verses.
  Found<WordHit> syntax(const std::vector<std::string>& tags, std::size_t limit) const;
  // Verses with a text that the pattern matches, with the number of matches; counts all matches.
  Found<VerseCount> word_pattern(const WordPattern& pattern, std::size_t limit) const;
  // Verses with verbs whose old reading passes the filter, with the number of such verbs; counts all verbs.
  Found<VerseCount> verbs(const VerbFilter& filter, std::size_t limit) const;
  // The first `most` verbs of a verse that pass.
  std::vector<SegmentHit> verbs_of(std::uint32_t verse, const VerbFilter& filter, std::size_t most) const;
  // Verses with treebank rows of exactly this relation, with the number of such rows; counts all rows.
  Found<VerseCount> relation(std::string_view label, std::size_t limit) const;
  // Verses with MASAQ rows that pass the filter, with the number of such rows; counts all rows.
  Found<VerseCount> masaq(const MasaqFilter& filter, std::size_t limit) const;

 private:
  bool passes(const ReadingRow& reading, const VerbFilter& filter) const;
  std::optional<StringId> tag(std::string_view lower_pos) const;
  std::optional<std::uint32_t> find_sequence(std::uint32_t verse, const std::vector<StringId>& tags) const;
  Found<std::uint32_t> pattern(const std::string& term, std::size_t limit) const;
  Found<VerseCount> united(const std::vector<std::string>& terms, std::size_t limit) const;
  // Calls `visit(verse)` for a superset of the verses that contain `needle`, until it returns false.
  template <typename Visit>
  void each_candidate(Field field, std::size_t gram_size, std::string_view needle, Visit visit) const;

  const Snapshot& s_;
  const Tags& tags_;
  const index::TermIndex& terms_;
};

}  // namespace kalima::api::legacy
