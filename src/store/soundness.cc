#include "store/soundness.h"

#include <fmt/format.h>

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

void require_sound_research(const Connection& connection) {
  for (const char* table : {"meta", "research", "research_list", "registry", "history"}) {
    Statement sql(connection, fmt::format("PRAGMA integrity_check('{}')", table));
    if (!sql.step() || sql.text(0) == "ok") continue;
    throw Error(
        ErrorCode::damaged,
        fmt::format("the database is damaged: its table \"{}\" is not in order: {}", table, sql.text(0)),
        "restore a backup; `kalima check` says more");
  }
}

}  // namespace kalima::store
