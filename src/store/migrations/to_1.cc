// The first schema: the corpus, research, tags, tables.
#include "store/migrations/migrations.h"

namespace kalima::store::migrations {

void to_1(Connection& connection) {
  connection.execute(R"sql(
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE verse (
  id INTEGER PRIMARY KEY,
  surah INTEGER NOT NULL,
  ayah INTEGER NOT NULL,
  surah_name TEXT NOT NULL,
  text TEXT NOT NULL,
  layout TEXT,              -- JSON; see corpus/verse.h
  UNIQUE (surah, ayah)
);

CREATE TABLE word (
  verse INTEGER NOT NULL REFERENCES verse (id),
  position INTEGER NOT NULL,
  id INTEGER NOT NULL,
  form TEXT,
  layout TEXT,
  PRIMARY KEY (verse, position)
) WITHOUT ROWID;

CREATE TABLE segment (
  verse INTEGER NOT NULL,
  word INTEGER NOT NULL,    -- position of its word
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  form TEXT,
  type TEXT,
  pos TEXT,
  root TEXT,
  lemma TEXT,
  features TEXT,
  layout TEXT,
  PRIMARY KEY (verse, word, position),
  FOREIGN KEY (verse, word) REFERENCES word (verse, position)
) WITHOUT ROWID;

-- What users write. `connections` has one row a verse, the other kinds one a document.
CREATE TABLE research (
  verse INTEGER NOT NULL REFERENCES verse (id),
  kind TEXT NOT NULL,       -- the verse's key: annotations, connections, ...
  position INTEGER NOT NULL,
  document TEXT NOT NULL,   -- JSON, keys in their order
  PRIMARY KEY (verse, kind, position)
) WITHOUT ROWID;
-- Which lists a verse has: a list that was written once stays when it is emptied.
CREATE TABLE research_list (
  verse INTEGER NOT NULL REFERENCES verse (id),
  kind TEXT NOT NULL,
  place INTEGER NOT NULL,   -- order of the keys in the verse
  PRIMARY KEY (verse, kind)
) WITHOUT ROWID;

-- The tag registry: one row for each tag and saved pattern, one for each other key of the file.
CREATE TABLE registry (
  section TEXT NOT NULL,    -- tags, patterns, or '' for a key beside them
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (section, name)
) WITHOUT ROWID;

-- Rows of the treebank and of MASAQ: cells between tabs (see cells.h) in the order of the column names, which
-- are kept in meta under TABLE.columns.
CREATE TABLE treebank_row (
  id INTEGER PRIMARY KEY,
  verse INTEGER REFERENCES verse (id),
  cells TEXT NOT NULL
);
CREATE TABLE masaq_row (
  id INTEGER PRIMARY KEY,
  verse INTEGER REFERENCES verse (id),
  cells TEXT NOT NULL
);
)sql");
}

}  // namespace kalima::store::migrations
