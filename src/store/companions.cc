#include "store/companions.h"

#include "store/log_owner.h"
#include "store/sqlite.h"
#include "support/error.h"

namespace kalima::store {
namespace fs = std::filesystem;

Companions::Companions(const fs::path& database) : database_(database) {}

Companions::~Companions() {
  const fs::path log = log_of(database_);
  std::error_code error;
  // A log with writes was left by a crash or is in use.
  if (!fs::is_regular_file(log, error) || fs::file_size(log, error) != 0 || error) return;
  try {
    // The last connection that may write removes both when it closes; any other one leaves them.
    Connection connection(database_, OpenMode::read_write);
    Statement(connection, "SELECT 1 FROM sqlite_schema").step();
  } catch (const Error&) {  // if they cannot be removed they are left; they do no harm
  }
}

}  // namespace kalima::store
