// Whether a database has the tables that Kalima makes, and nothing else. Another one may have a view in place of a table,
// a trigger, a computed column or a condition: it could run without end, refuse every write, or answer what it likes.
#pragma once

#include "store/sqlite.h"

namespace kalima::store {

// `version`: of the schema, from 1. Throws Error(bad_input) with the first thing that differs. Statistics that SQLite
// keeps for itself do not count.
void require_known_tables(const Connection& connection, std::int64_t version);

}  // namespace kalima::store
