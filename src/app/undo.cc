#include "app/undo.h"

#include "store/history.h"
#include "store/schema.h"
#include "store/sqlite.h"

namespace kalima::app {

std::int64_t undo(const std::filesystem::path& database, std::int64_t entry) {
  store::Connection connection(database, store::OpenMode::read_write);
  connection.execute("PRAGMA synchronous=FULL");
  store::migrate(connection);
  store::Transaction transaction(connection);
  const std::int64_t made = store::undo_history(connection, entry);
  transaction.commit();
  return made;
}

}  // namespace kalima::app
