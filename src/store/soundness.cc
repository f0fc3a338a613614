#include "store/soundness.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "store/corpus_hash.h"
#include "store/schema.h"
#include "support/error.h"

namespace kalima::store {

std::vector<std::string> problems(const std::filesystem::path& database) {
  const Connection connection(database, OpenMode::read_only);
  require_current(connection);
  std::vector<std::string> found;
  Statement integrity(connection, "PRAGMA integrity_check(20)");
  while (integrity.step()) {
    if (integrity.text(0) != "ok") found.push_back(fmt::format("database: {}", integrity.text(0)));
  }
  Statement references(connection, "PRAGMA foreign_key_check");
  while (references.step()) {
    found.push_back(fmt::format("database: row {} of {} refers to a missing row of {}", references.integer(1),
                                references.text(0), references.text(2)));
    if (found.size() > 40) break;
  }
  try {
    require_imported_corpus(connection);
  } catch (const Error& e) {  // a finding, not the end of the check
    if (e.code() != ErrorCode::damaged) throw;
    found.push_back(fmt::format("database: {}", e.what()));
  }
  return found;
}

namespace {

void require_in_order(const char* table, std::string_view found) {
  if (found == "ok") return;
  throw Error(ErrorCode::damaged,
              fmt::format("the database is damaged: its table \"{}\" is not in order: {}", table, found),
              "restore a backup; `kalima check` says more");
}

// Of the facts only the keys are read: among the values is the whole file that a corpus of CoNLL-U was made from.
void require_sound_facts(const Connection& connection) {
  Statement sql(connection, "SELECT key FROM meta");
  for (std::string before; sql.step(); before = sql.text(0)) {
    if (sql.text(0) <= before) require_in_order("meta", fmt::format("{} is after {}", sql.text(0), before));
  }
}

}  // namespace

void require_sound_research(const Connection& connection) {
  require_sound_facts(connection);
  for (const char* table : {"research", "research_list", "registry", "history"}) {
    Statement sql(connection, fmt::format("PRAGMA integrity_check('{}')", table));
    if (sql.step()) require_in_order(table, sql.text(0));
  }
}

}  // namespace kalima::store
