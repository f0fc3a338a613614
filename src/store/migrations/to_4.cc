// Writes to a list of research no longer read the list: its documents are found by their ids, and it knows how many it has
// and which entry of the history changed it last.
#include "store/migrations/migrations.h"
#include "support/error.h"
#include "support/json.h"

namespace kalima::store::migrations {
namespace {

void fill_ids(Connection& connection) {
  Statement update(connection, "UPDATE research SET id=? WHERE verse=? AND kind=? AND position=?");
  Statement sql(connection, "SELECT verse, kind, position, document FROM research");
  while (sql.step()) {
    json::Value document;
    try {
      document = json::parse(sql.text(3));
    } catch (const Error&) {  // whoever reads the verse is told
      continue;
    }
    const json::Value* id = document.find("id");
    if (id == nullptr || id->as_string() == nullptr) continue;
    update.bind(0, *id->as_string()).bind(1, sql.integer(0)).bind(2, sql.text(1)).bind(3, sql.integer(2));
    update.run();
  }
}

}  // namespace

void to_4(Connection& connection) {
  connection.execute(R"sql(
-- The document's "id", if that is a string.
ALTER TABLE research ADD COLUMN id TEXT;
-- How many documents the list has.
ALTER TABLE research_list ADD COLUMN documents INTEGER NOT NULL DEFAULT 0;
-- The entry of the history that changed the list last; 0: none since the import.
ALTER TABLE research_list ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
)sql");
  fill_ids(connection);
  connection.execute(R"sql(
CREATE INDEX research_id ON research (verse, kind, id);
UPDATE research_list SET documents =
  (SELECT count(*) FROM research WHERE research.verse = research_list.verse AND research.kind = research_list.kind);
UPDATE research_list SET revision =
  coalesce((SELECT max(id) FROM history WHERE history.verse = research_list.verse), 0);
)sql");
}

}  // namespace kalima::store::migrations
