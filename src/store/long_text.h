// A text of any size that belongs to the corpus, in the table of facts (meta): SQLite's values have a limit.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "store/corpus_reader.h"
#include "store/corpus_writer.h"

namespace kalima::store {

// The CoNLL-U file that the corpus was made from: what the corpus does not take up is only in it.
inline constexpr std::string_view conllu_source_key = "conllu.source";

// Keeps a text under a key, in parts that end where lines do. One thread.
class LongTextWriter {
 public:
  // `writer` must outlive it. Nothing else may write under the key.
  LongTextWriter(CorpusWriter& writer, std::string_view key) : writer_(writer), key_(key) {}

  void add(std::string_view lines);
  void finish();

 private:
  void write_part();

  CorpusWriter& writer_;
  std::string key_, part_;
  std::size_t parts_ = 0;
};

// Reads it again. Threads: like the database.
class LongTextReader {
 public:
  LongTextReader(const CorpusReader& database, std::string_view key) : database_(database), key_(key) {}

  // The next part, which stays until the next call; nullopt at the end, or if there is no such text.
  std::optional<std::string_view> next();

 private:
  const CorpusReader& database_;
  std::string key_;
  std::optional<std::string> part_;
  std::size_t parts_ = 0;
};

}  // namespace kalima::store
