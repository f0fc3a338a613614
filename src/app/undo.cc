#include "app/undo.h"

#include "store/history.h"
#include "store/log_owner.h"
#include "store/schema.h"
#include "store/soundness.h"
#include "store/sqlite.h"

namespace kalima::app {

std::int64_t undo(const std::filesystem::path& database, std::int64_t entry) {
  store::require_own_log(database);
  store::require_one_name(database);
  store::Connection connection(database, store::OpenMode::read_write);
  connection.execute("PRAGMA synchronous=FULL");
  store::migrate(connection);
  store::require_sound_research(connection);
  store::Transaction transaction(connection);
  const std::int64_t made = store::undo_history(connection, entry);
  transaction.commit();
  return made;
}

}  // namespace kalima::app
