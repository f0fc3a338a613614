#include "store/companions.h"

#include <fmt/format.h>

#include "store/sqlite.h"
#include "support/error.h"
#include "support/files.h"

namespace kalima::store {
namespace fs = std::filesystem;

Companions::Companions(const fs::path& database) : database_(database) {}

Companions::~Companions() {
  fs::path log = database_;
  log += "-wal";
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

void require_other_name(const fs::path& database, const fs::path& target) {
  std::error_code error;
  const fs::path made = fs::weakly_canonical(target, error);
  if (error) return;  // whoever makes it says what is wrong with the path
  for (const fs::path& base : {fs::weakly_canonical(database, error), fs::absolute(database, error)}) {
    for (const char* suffix : {"-wal", "-shm", "-journal", "-owner", "-owner.part", "-index"}) {
      fs::path own = base;
      own += suffix;
      if (made != own) continue;
      throw Error(ErrorCode::bad_input,
                  fmt::format("{} is where Kalima keeps a part of {}", files::to_utf8(target),
                              files::to_utf8(database)),
                  "choose another name");
    }
  }
}

}  // namespace kalima::store
