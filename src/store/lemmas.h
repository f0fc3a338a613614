// The lemmas of a database: in Buckwalter transliteration, as the Quranic Arabic Corpus has them, but for those that
// another program's file has in other letters.
//
// Threads: constant once made.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

#include "corpus/verse.h"
#include "store/corpus_reader.h"

namespace kalima::store {

class Lemmas {
 public:
  explicit Lemmas(const CorpusReader& database);

  // The lemma of a segment that has one: in Arabic, or as its file has it. Not normalised.
  std::string as_written(const corpus::Segment& segment) const;

 private:
  std::unordered_set<std::string> other_letters_;
};

}  // namespace kalima::store
