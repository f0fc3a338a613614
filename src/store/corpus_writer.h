// Fills a new database. Threads: one.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/table.h"
#include "corpus/verse.h"
#include "store/sqlite.h"

namespace kalima::store {

enum class Table { treebank, masaq };

// A key of set_meta(): the segments whose TAG in the morphology file is another part of speech than the one that
// their features name, which is what they have in the database. Lines "SURAH:AYAH:WORD:SEGMENT TAG".
inline constexpr std::string_view differing_tags_key = "morphology.tags";

// A key of set_meta(): the lemmas that are stored as another program's file has them, although they could be read as a
// transliteration (store/lemmas.h). One a line.
inline constexpr std::string_view lemmas_in_other_letters_key = "lemmas.other_letters";

// Key of set_meta(): with any value, all research documents come from published files, which have them still.
inline constexpr std::string_view published_research_key = "research.published";

// What finish() adds to the tables of the schema.
inline constexpr const char* import_indexes =
    "CREATE INDEX treebank_verse ON treebank_row (verse);"
    "CREATE INDEX masaq_verse ON masaq_row (verse);";

class CorpusWriter {
 public:
  // Makes a new database file at `path`. Until finish() it is not safe against a crash: make it under a
  // temporary name and move it afterwards.
  explicit CorpusWriter(const std::filesystem::path& path);
  ~CorpusWriter();

  // Verses are numbered from 0 in the order of the calls; returns the number.
  std::int64_t add(const corpus::Verse& verse);
  void set_columns(Table table, const std::vector<std::string>& columns);
  void add_row(Table table, const corpus::TableRow& row);
  // The tag registry: `section` is "tags", "patterns" or "" for another key of the file.
  void add_registry(std::string_view section, std::string_view name, const json::Value& document);
  void set_meta(std::string_view key, std::string_view value);

  // For tables that belong to other rooms (schema.h). What is written over it is committed by finish().
  const Connection& connection() const { return connection_; }

  // Commits, and syncs the file to the disk in WAL mode.
  void finish();

 private:
  void add_words(std::int64_t verse_id, const corpus::Verse& verse);
  void add_research(std::int64_t verse_id, const corpus::Verse& verse);

  std::filesystem::path path_;
  Connection connection_;
  struct Statements;
  std::unique_ptr<Statements> sql_;
  std::unique_ptr<Transaction> transaction_;
  std::int64_t verses_ = 0;
  std::int64_t registry_ = 0;
};

}  // namespace kalima::store
