#include "store/backup.h"

#include "store/companions.h"
#include "store/copy.h"
#include "store/schema.h"
#include "store/sqlite.h"
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

}  // namespace kalima::store
