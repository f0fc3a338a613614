// Reads a database. One thread at a time.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/table.h"
#include "corpus/verse.h"
#include "store/corpus_writer.h"
#include "store/sqlite.h"

namespace kalima::store {

class CorpusReader {
 public:
  // Opens an existing database of this build's schema for reading only.
  explicit CorpusReader(const std::filesystem::path& path);

  std::optional<std::string> meta(std::string_view key) const;
  // The random name that the database got when it was made.
  std::string identity() const;
  std::int64_t verse_count() const;

  // Calls `visit` for every verse in the order of the corpus, complete with words and research.
  void each_verse(const std::function<void(const corpus::Verse&)>& visit) const;
  // The column names, empty when the table was not imported.
  std::vector<std::string> columns(Table table) const;
  // Calls `visit` for every row in the order of the file.
  void each_row(Table table, const std::function<void(const corpus::TableRow&)>& visit) const;

  // A tag or a saved pattern.
  std::optional<json::Value> registry_entry(std::string_view section, std::string_view name) const;
  // The registry as one object again, or one of its sections ("tags", "patterns"; empty when there is none).
  json::Value registry_object() const;
  json::Value registry_section(std::string_view section) const;
  std::int64_t registry_count(std::string_view section) const;

  // How many documents of a kind there are in all verses.
  std::int64_t research_count(corpus::ResearchKind kind) const;

 private:
  Connection connection_;
};

}  // namespace kalima::store
