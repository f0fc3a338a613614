#include "store/known_tables.h"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <map>
#include <mutex>
#include <string>

#include "store/corpus_writer.h"
#include "store/migrations/migrations.h"
#include "support/error.h"

namespace kalima::store {
namespace {

struct Made {
  std::string type;
  std::string statement;
  bool operator==(const Made&) const = default;
};
using Names = std::map<std::string, Made, std::less<>>;

Names names_in(const Connection& connection) {
  Names out;
  // The index that SQLite makes for a key goes with its table.
  Statement sql(
      connection,
      "SELECT type, name, sql FROM sqlite_schema WHERE NOT (type='table' AND name GLOB 'sqlite_stat[1-4]') "
      "AND NOT (type='index' AND name GLOB 'sqlite_autoindex_*')");
  while (sql.step())
    out.insert_or_assign(std::string(sql.text(1)), Made{std::string(sql.text(0)), std::string(sql.text(2))});
  return out;
}

// What the steps up to a version make of an empty database.
const Names& names_of(std::int64_t version) {
  static std::mutex mutex;
  static std::array<Names, std::size(migrations::steps)> known;
  const std::lock_guard lock(mutex);
  Names& names = known.at(static_cast<std::size_t>(version - 1));
  if (names.empty()) {
    Connection empty;
    for (std::int64_t step = 0; step < version; ++step) migrations::steps[step](empty);
    empty.execute(import_indexes);
    names = names_in(empty);
  }
  return names;
}

[[noreturn]] void refuse(const Made& made, std::string_view name, std::string_view what) {
  throw Error(ErrorCode::bad_input, fmt::format("the {} \"{}\" of the database {}", made.type, name, what),
              "another program changed the database, or made it: restore a backup, or import again");
}

}  // namespace

void require_known_tables(const Connection& connection, std::int64_t version) {
  const Names& known = names_of(version);
  const Names found = names_in(connection);
  for (const auto& [name, made] : found) {
    const auto same = known.find(name);
    if (same == known.end() || same->second.type != made.type) refuse(made, name, "is not one of Kalima's");
    if (same->second != made) refuse(made, name, "is not as Kalima makes it");
  }
  for (const auto& [name, made] : known) {
    // Without an index it is slower.
    if (made.type == "table" && !found.contains(name)) refuse(made, name, "is missing");
  }
}

}  // namespace kalima::store
