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

// Called with the name of an entry of the registry that is damaged.
using OnDamaged = std::function<void(std::string_view name)>;

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
  // Whether later writes changed tags or patterns.
  bool registry_changed_since(std::int64_t revision) const;
  // One verse, complete with words and research.
  corpus::Verse verse(std::int64_t id) const;
  // Calls `visit` for every verse in the order of the corpus, complete with words and research.
  void each_verse(const std::function<void(const corpus::Verse&)>& visit) const;
  // Everything that is read while this object lives belongs to one state of the database, even if others
  // write.
  class OneState {
   public:
    explicit OneState(const CorpusReader& reader) : transaction_(reader.connection_) {}

   private:
    ReadTransaction transaction_;
  };
  // The column names; empty if the table was not imported.
  std::vector<std::string> columns(Table table) const;
  // Calls `visit` for every row in the order of the file.
  void each_row(Table table, const std::function<void(const corpus::TableRow&)>& visit) const;

  // A tag or a saved pattern.
  std::optional<json::Value> registry_entry(std::string_view section, std::string_view name) const;
  // The file of tags and patterns again; one section of the registry (registry.h), empty if it is missing. With
  // `damaged`, an entry that is damaged is left out and its name is said there; without, Error(damaged).
  json::Value registry_object(const OnDamaged& damaged = {}) const;
  json::Value registry_section(std::string_view section, const OnDamaged& damaged = {}) const;
  // Calls `visit` for each entry of a section, as it is stored: JSON, unless the database is damaged.
  void each_registry_entry(
      std::string_view section,
      const std::function<void(std::string_view name, std::string_view json)>& visit) const;
  std::int64_t registry_count(std::string_view section) const;

  // See history.h.
  std::vector<HistoryEntry> history_of(std::optional<std::int64_t> verse, std::size_t limit,
                                       const std::function<bool(std::string_view changes)>& about) const;

  // Calls `visit` for each research document of a verse, as it is stored: JSON, unless the database is damaged. Those of a
  // list come in their order.
  void each_document(
      std::int64_t verse,
      const std::function<void(corpus::ResearchKind kind, std::string_view json)>& visit) const;
  // The same for all verses in their order; those of a list follow each other.
  void each_document(const std::function<void(std::int64_t verse, corpus::ResearchKind kind,
                                              std::string_view json)>& visit) const;
  // The lists of research that a verse has, in their order; a list may be empty.
  std::vector<corpus::ResearchKind> research_lists(std::int64_t verse) const;
  // The latest entry of the history about a verse; 0: none.
  std::int64_t latest_entry(std::int64_t verse) const;
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
// The registry of tags and patterns; see CorpusReader.
json::Value load_registry_section(const Connection& connection, std::string_view section,
                                  const OnDamaged& damaged = {});
std::optional<json::Value> load_registry_entry(const Connection& connection, std::string_view section,
                                               std::string_view name);

}  // namespace kalima::store
