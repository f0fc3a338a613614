#include "store/in_use.h"

#include <fmt/format.h>

#include "store/sqlite.h"
#include "support/error.h"
#include "support/files.h"

namespace kalima::store {

void require_unused(const std::filesystem::path& database) {
  if (!std::filesystem::exists(database)) return;
  try {
    // While a database in WAL mode is open its file is locked for sharing, also between transactions.
    const Connection connection(database, OpenMode::exclusive);
  } catch (const Error& e) {
    if (e.code() != ErrorCode::unavailable) return;
    throw Error(ErrorCode::unavailable,
                fmt::format("{} is in use by another program, such as `kalima serve`", files::to_utf8(database)),
                "stop that first: what is written to the database while it is replaced would be lost");
  }
}

}  // namespace kalima::store
