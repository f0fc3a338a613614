// The words that a statistic is about: all, or those that a query covers.
//
// Threads: constant once made.
#pragma once

#include <string>
#include <string_view>

#include "query/query.h"
#include "query/results/collation.h"
#include "statistics/pair_cache.h"
#include "statistics/sheet.h"

namespace kalima::statistics {

// What statistics read, and what they keep for the next one. All must outlive what is made of them.
struct Source {
  const query::Engine& engine;
  const query::Ranks& ranks;
  PairCache& pairs;
};

// A query that was run, and its text with the scope in it.
struct Hits {
  const query::Found& found;
  std::string_view text;
  bool sensitive = false;  // values without flags were compared as they are written
};
// The words that lie in a hit, in whole or in part; none of a tag alone.
Bits words_of(const query::Corpus& corpus, const Hits& hits);
// What of the hits no statistic of words can count.
void add_left_out(const Hits& hits, Sheet& sheet);

class Scope {
 public:
  // `within` is a region, such as juz, or a query; empty for the whole corpus. Throws QueryError with the place in it, and
  // Error(bad_input) for a tag alone.
  Scope(const query::Engine& engine, std::string_view within, const query::Options& options);

  const Bits& words() const { return words_; }
  const Extent& extent() const { return extent_; }
  bool partial() const { return partial_; }
  // As a query; empty for the whole corpus.
  const std::string& text() const { return text_; }
  query::Reading reading() const { return reading_; }

 private:
  Bits words_;
  Extent extent_;
  std::string text_;
  query::Reading reading_ = query::Reading::all;
  bool partial_ = false;
};

Extent extent_of(const query::Corpus& corpus, const Bits& words);

}  // namespace kalima::statistics
