// Queries over a core file: the one header that other rooms need.
//
//   Engine engine(core);                       // once for each core file
//   Found found = engine.run(text, options);   // parses, plans, runs
//   found.counts();                            // without a list of hits
//   for (Hits hits = found.hits(); hits.next();) use(hits.hit());  // in the order of the corpus
//
// Units: positions are segments of the corpus, 0-based, ends exclusive; a word without segments has one position of
// its own. Words and verses are 0-based numbers of the core file. Places in the text of a query are bytes.
//
// Errors: QueryError (a kind of Error) says what is wrong with a query, where, and what to write instead; Error
// (unavailable) that the core file is damaged. A query that takes too long or too much memory gives a result with partial().
//
// Threads: any number may use an Engine; a Found is used by one at a time, and must not outlive its Engine.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/columns/core_file.h"
#include "query/plan/options.h"
#include "query/plan/values.h"
#include "query/run/corpus.h"
#include "query/run/counting.h"
#include "query/run/hits.h"
#include "query/syntax/complaint.h"
#include "query/syntax/tree.h"

namespace kalima::query {

// A segment, or a word where `segment` is 0; all 1-based as people count them.
struct SegmentName {
  std::uint32_t surah, ayah, word, segment;
};

class Found {
 public:
  Found(Found&&) noexcept;
  ~Found();

  const Counts& counts() const;
  // What was searched, and how many of its verses are in the treebank.
  std::uint64_t verses_searched() const;
  std::uint64_t verses_with_tree() const;
  Reading reading() const;
  const std::vector<std::string>& labels() const;
  // At which step of spelling values were found; what a user should know of how the query was read.
  const std::vector<FoundAt>& steps() const;
  const std::vector<std::string>& notes() const;
  // What it names, also what that names in turn: $list, @query; each once.
  const std::vector<std::string>& names() const;
  // Whether the deadline, the memory or the caller cut it off: counts and hits are those found until then.
  bool partial() const;
  // The query is a start or end tag alone, whose hits are empty.
  bool tag_alone() const;
  // Whether some of the hits can be found by a query that is made of this one, as that of a group is: other readings than
  // `all` choose among hits, and empty ones have nothing to choose by.
  bool can_be_restricted() const;

  // Must not outlive this.
  Hits hits() const;
  // The words that lie in a hit, in whole or in part.
  Bits words() const;

 private:
  friend class Engine;
  struct Parts;
  explicit Found(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// Gives what queries may name, as it is now. Any thread; called once for each query whose options have no names.
using NamesOf = std::function<std::shared_ptr<const Names>()>;

class Engine {
 public:
  // Reads the columns that queries walk: some milliseconds, and 5 MB for the whole Quran. `core` must outlive it.
  explicit Engine(const columns::CoreFile& core, NamesOf names = {});
  ~Engine();

  Found run(std::string_view text, const Options& options) const;
  // How the query is read and what will be done, for people.
  std::string explain(std::string_view text, const Options& options) const;

  // What queries may name now; may be empty. One answer made in several runs uses the same.
  std::shared_ptr<const Names> names() const;
  // The columns that it walks.
  const Corpus& corpus() const;
  std::size_t positions() const;
  std::uint32_t word_of(std::uint32_t position) const;
  SegmentName name_of(std::uint32_t position) const;

 private:
  friend class Found;
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace kalima::query
