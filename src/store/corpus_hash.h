// Whether what was imported is still what was imported. Nothing changes it afterwards, so a hash of it tells a damage that
// SQLite does not see, such as a changed letter. What users write is not part of it.
#pragma once

#include "store/sqlite.h"

namespace kalima::store {

// Hashes every row of all tables but those of research, and what is noted about the import. Reads all of it: about a second
// for the whole corpus.
void note_corpus_hash(Connection& connection);
// Throws Error(damaged) if the hash is another. Without one there is nothing to
// compare.
void require_imported_corpus(const Connection& connection);

}  // namespace kalima::store
