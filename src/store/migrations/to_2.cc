// The history of writes.
#include "store/migrations/migrations.h"

namespace kalima::store::migrations {

void to_2(Connection& connection) {
  connection.execute(R"sql(
-- Every write to research documents, tags and patterns, so that it can be looked at and undone.
CREATE TABLE history (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,         -- local time, as in the documents
  verse INTEGER REFERENCES verse (id),  -- NULL for tags and patterns
  action TEXT NOT NULL,     -- what was done, for people
  undoes INTEGER REFERENCES history (id),
  changes TEXT NOT NULL     -- JSON; see store/research_edit.h
);
CREATE INDEX history_verse ON history (verse);
CREATE INDEX history_undoes ON history (undoes);
)sql");
}

}  // namespace kalima::store::migrations
