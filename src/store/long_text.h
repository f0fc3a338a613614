// A text of any size that belongs to the corpus, in the table of facts (meta): SQLite's values have a limit.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/corpus_reader.h"
#include "store/corpus_writer.h"

namespace kalima::store {

// The CoNLL-U file that the corpus was made from: what the corpus does not take up is only in it.
inline constexpr std::string_view conllu_source_key = "conllu.source";

// Keeps the text under the key, in parts. One thread.
void set_long_text(CorpusWriter& writer, std::string_view key, std::string_view text);
// nullopt if there is none.
std::optional<std::string> long_text(const CorpusReader& database, std::string_view key);

}  // namespace kalima::store
