// The queries of rows: each finds what its row counted. Every statistic makes its rows' queries here.
//
// A row counts hits, or words. A query of hits is made of the query's text. A query of words is a value in a set of
// words, and uses the query only negated: each way to match a label of it would count as a hit otherwise.
//
// Threads: constant once made.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/results/grouping.h"
#include "query/results/keys.h"
#include "query/syntax/tree.h"
#include "statistics/scope.h"
#include "statistics/sheet.h"
#include "statistics/value_counts.h"
#include "statistics/windows.h"

namespace kalima::statistics {

// What of a query's hits is asked about: the words of the verses that they are in, or their own.
enum class Taken : std::uint8_t { verses, words };
inline constexpr std::string_view taken_names[] = {"verses", "words"};

class RowQueries {
 public:
  RowQueries(const Source& source, const Scope& scope, const Hits& hits);

  // Whether rows have queries at all. If not, each of the functions gives "", and the sheet gets a note that says why.
  bool any() const { return why_none_.empty(); }
  void explain(Sheet& sheet) const;

  // The hits whose keys have these values.
  std::string of_group(const std::vector<query::Key>& keys, const query::HitGroup& group,
                       bool inside_words) const;
  // The words, or segments, that have one of these values.
  std::string of_words(Taken taken, Unit unit, attributes::Attribute attribute,
                       const std::vector<std::string>& values) const;
  // Those around hits, each once, and not those of hits.
  std::string around(const Window& window, const WindowCounts& counts, Unit unit,
                     attributes::Attribute attribute, const std::string& value) const;
  // Each of those around each hit, together with the hit.
  std::string pairs(const Window& window, const WindowCounts& counts, Unit unit,
                    attributes::Attribute attribute, const std::string& value) const;
  // The words of hits in a row that have these values; any word where a value is "".
  std::string of_run(attributes::Attribute attribute, const std::vector<std::string>& values,
                     bool over_verses) const;
  // The last words of verses of a surah, from one number to another, if they have this value.
  std::string of_verse_ends(attributes::Attribute attribute, const std::string& value,
                            const std::string& surah, std::uint64_t first, std::uint64_t last) const;
  // The verses that have a word with each of these values.
  std::string of_verses_with(attributes::Attribute attribute, const std::vector<std::string>& values) const;

 private:
  query::Node taken(query::Node each) const;
  query::Node in_scope(query::Node one) const;
  std::string of_values_in(query::Node words, Unit unit, attributes::Attribute attribute,
                           const std::vector<std::string>& values) const;
  std::string printed(query::Node body) const;

  const columns::CoreFile& core_;
  std::vector<std::string> labels_;
  std::string why_none_;
  query::Query query_;
  query::Node body_;                  // of the query, without its empty matches
  std::optional<query::Node> scope_;  // missing for all words
};

}  // namespace kalima::statistics
