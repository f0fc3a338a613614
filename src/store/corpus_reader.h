// Reads a database. Threads: one at a time.
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
#include "store/history.h"
#include "store/sqlite.h"

namespace kalima::store {

class CorpusReader {
 public:
  // Opens an existing database of this build's schema for reading only.
  explicit CorpusReader(const std::filesystem::path& path);

  std::optional<std::string> meta(std::string_view key) const;
  // The random name that the import gave the database.
  std::string identity() const;
  std::int64_t verse_count() const;

  // The latest write to research documents, tags and patterns.
  Revision revision() const;
  // True if that write is in this database.
  bool holds(const Revision& revision) const;
  // The verses that were changed by later writes; in a damaged database, any number.
  std::vector<std::int64_t> verses_changed_since(std::int64_t revision) const;
  // One verse, complete with words and research.
  corpus::Verse verse(std::int64_t id) const;
  // Calls `visit` for every verse in the order of the corpus, complete with words and research.
  void each_verse(const std::function<void(const corpus::Verse&)>& visit) const;
  // Everything that is read while this object lives belongs to one state of the database, even if others
  // write.
  class OneState {
   public:
    explicit OneState(const CorpusReader& reader);
    ~OneState();
    OneState(const OneState&) = delete;
    OneState& operator=(const OneState&) = delete;

   private:
    const CorpusReader& reader_;
  };
  // The column names; empty if the table was not imported.
  std::vector<std::string> columns(Table table) const;
  // Calls `visit` for every row in the order of the file.
  void each_row(Table table, const std::function<void(const corpus::TableRow&)>& visit) const;

  // A tag or a saved pattern.
  std::optional<json::Value> registry_entry(std::string_view section, std::string_view name) const;
  // The registry as one object again, or one of its sections ("tags", "patterns"; empty if missing).
  json::Value registry_object() const;
  json::Value registry_section(std::string_view section) const;
  std::int64_t registry_count(std::string_view section) const;

  // The history of writes, latest first; of one verse, or of all verses, tags and patterns.
  std::vector<HistoryEntry> history(std::optional<std::int64_t> verse, std::size_t limit,
                                    std::size_t offset) const;

  // Calls `visit` for each research document of a verse, as it is stored (JSON), those of a list in their order.
  void each_document(
      std::int64_t verse,
      const std::function<void(corpus::ResearchKind kind, std::string_view json)>& visit) const;
  // How many documents of a kind there are in all verses.
  std::int64_t research_count(corpus::ResearchKind kind) const;

  // For tables that belong to other rooms (schema.h).
  const Connection& connection() const { return connection_; }

 private:
  mutable Connection connection_;
};

// Calls `visit` for the verses [from, to) in the order of the corpus. Throws Error(damaged) if one is missing.
void visit_verses(const Connection& connection, std::int64_t from, std::int64_t to,
                  const std::function<void(const corpus::Verse&)>& visit);
// One verse.
corpus::Verse load_verse(const Connection& connection, std::int64_t id);
// The research of a verse, without the verse itself, from one state of the database.
std::vector<corpus::Research> load_research(const Connection& connection, std::int64_t verse);
// The registry of tags and patterns; see CorpusReader.
json::Value load_registry_section(const Connection& connection, std::string_view section);
std::optional<json::Value> load_registry_entry(const Connection& connection, std::string_view section,
                                               std::string_view name);

}  // namespace kalima::store
