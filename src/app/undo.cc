#include "app/undo.h"

#include "app/notes.h"
#include "store/history.h"

namespace kalima::app {

std::int64_t undo(const std::filesystem::path& database, std::int64_t entry) {
  store::Connection connection = open_for_writing(database);
  store::Transaction transaction(connection);
  const std::int64_t made = store::undo_history(connection, entry);
  transaction.commit();
  return made;
}

}  // namespace kalima::app
