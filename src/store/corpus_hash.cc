#include "store/corpus_hash.h"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "store/facts.h"
#include "support/error.h"
#include "support/hash.h"

namespace kalima::store {
namespace {

constexpr std::string_view hash_key = "corpus.hash";

// Also of tables that belong to other rooms.
std::vector<std::string> imported_tables(const Connection& connection) {
  std::vector<std::string> names;
  Statement sql(connection,
                "SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' "
                "AND name NOT IN ('meta', 'research', 'research_list', 'registry', 'history') ORDER BY name");
  while (sql.step()) names.emplace_back(sql.text(0));
  return names;
}

// Each value with its length and whether it is NULL, so that no two rows give the same bytes.
void add_rows(const Connection& connection, std::string_view select, Hasher& hasher) {
  Statement sql(connection, select);
  const int columns = sql.columns();
  std::string row;
  while (sql.step()) {
    row.clear();
    for (int i = 0; i < columns; ++i) {
      if (sql.is_null(i)) {
        row += '-';
        continue;
      }
      const std::string_view text = sql.text(i);
      row.append(std::to_string(text.size())).append(":").append(text);
    }
    row += '\n';
    hasher.add(row);
  }
}

std::string quoted_name(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string corpus_hash(const Connection& connection) {
  Hasher hasher;
  for (const std::string& table : imported_tables(connection)) {
    hasher.add(table);
    // In the order of the table itself, which every copy of the database has.
    add_rows(connection, fmt::format("SELECT * FROM {} NOT INDEXED", quoted_name(table)), hasher);
  }
  add_rows(connection,
           "SELECT key, value FROM meta WHERE key NOT IN ('corpus.hash', 'database.mark', 'schema.program') "
           "ORDER BY key",
           hasher);
  return fmt::format("{:016x}", hasher.value());
}

}  // namespace

void note_corpus_hash(Connection& connection) { set_fact(connection, hash_key, corpus_hash(connection)); }

void require_imported_corpus(const Connection& connection) {
  const auto noted = fact(connection, hash_key);
  if (!noted || *noted == corpus_hash(connection)) return;
  throw Error(ErrorCode::damaged, "the database is damaged: its corpus is not the one that was imported",
              "restore a backup, or import again");
}

}  // namespace kalima::store
