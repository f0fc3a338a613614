#include "store/backup.h"

#include <fmt/format.h>

#include "store/companions.h"
#include "store/copy.h"
#include "store/corpus_hash.h"
#include "store/schema.h"
#include "store/sqlite.h"
#include "support/error.h"
#include "support/scratch.h"

namespace kalima::store {

void backup(const std::filesystem::path& database, const std::filesystem::path& copy) {
  const Companions companions(database);
  files::NewFile made(copy);
  const Connection source(database, OpenMode::read_only);
  require_current(source);
  write_copy(source, made.path());
  made.put_in_place();
}

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

}  // namespace kalima::store
