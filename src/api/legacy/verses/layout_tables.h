// The layouts of the verses in the tables legacy_verse, legacy_word and legacy_segment of a database
// (store/migrations/to_3.cc).
#pragma once

#include <cstdint>
#include <functional>

#include "api/legacy/verses/layout.h"
#include "corpus/verse.h"
#include "store/corpus_reader.h"
#include "store/corpus_writer.h"

namespace kalima::api::legacy {

// Writes layouts next to the verses of a new database. Threads: one.
class LayoutWriter {
 public:
  // `writer` must outlive the object.
  explicit LayoutWriter(store::CorpusWriter& writer);
  // Of a verse that `writer` has, by the number that it gave.
  void add(std::int64_t verse, const VerseLayout& layout);

 private:
  store::Statement verse_, word_, segment_;
};

// Calls `visit` for every verse in the order of the corpus, complete with words, research and layout. Throws
// Error(damaged) for a layout that cannot be read.
void each_verse(const store::CorpusReader& database,
                const std::function<void(const corpus::Verse&, const VerseLayout&)>& visit);

// The values that a verse's object has for keys of research, instead of lists of documents.
json::Object odd_research(const store::Connection& connection, std::int64_t verse);

}  // namespace kalima::api::legacy
