#include "store/facts.h"

namespace kalima::store {

// Rows are not found by the tree of their keys (hence +key): where SQLite compares a key in that, it reads the value with it,
// and parts of a whole CoNLL-U file may be there (long_text.h).

std::optional<std::string> fact(const Connection& connection, std::string_view key) {
  Statement sql(connection, "SELECT value FROM meta WHERE +key=?");
  if (!sql.bind(0, key).step()) return std::nullopt;
  return std::string(sql.text(0));
}

void set_fact(Connection& connection, std::string_view key, std::string_view value) {
  Statement(connection, "UPDATE meta SET value=? WHERE +key=?").bind(0, value).bind(1, key).run();
  if (connection.changes() > 0) return;
  Statement(connection, "INSERT INTO meta (value, key) VALUES (?,?)").bind(0, value).bind(1, key).run();
}

}  // namespace kalima::store
