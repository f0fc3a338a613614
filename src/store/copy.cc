#include "store/copy.h"

#include <fmt/format.h>

#include "support/error.h"
#include "support/files.h"

namespace kalima::store {
namespace fs = std::filesystem;

void write_copy(const Connection& source, const fs::path& copy) {
  fs::path scratch = copy;
  scratch += ".part";
  files::remove_all(scratch);
  try {
    Connection target(scratch, OpenMode::create);
    copy_all(source, target);
    // A single file, without -wal and -shm.
    target.execute("PRAGMA journal_mode=DELETE");
  } catch (...) {  // an incomplete copy is removed
    std::error_code ignored;
    fs::remove(scratch, ignored);
    throw;
  }
  files::sync(scratch);
  files::replace(scratch, copy);
}

void keep_copy_before(const fs::path& database, int version) {
  const auto name = [&](int number) {
    fs::path path = database;
    path += number == 1 ? fmt::format(".before-schema-{}", version)
                        : fmt::format(".before-schema-{}-{}", version, number);
    return path;
  };
  const auto explained = [&] {
    return ErrorContext{
        .message = fmt::format("cannot keep a copy of {} before it is brought to schema version {}",
                               files::to_utf8(database), version),
        .cure = "make room, or its folder writable; the database is as it was"};
  };
  in_context(explained, [&] {
    int number = 1;
    while (fs::exists(name(number))) ++number;
    // A separate connection: SQLite cannot copy from one that is about to write.
    write_copy(Connection(database, OpenMode::read_only), name(number));
  });
}

}  // namespace kalima::store
