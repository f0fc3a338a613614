// The database's schema as numbered migrations under PRAGMA user_version. A migration is never changed once
// released; a new one is appended.
#pragma once

#include "store/sqlite.h"

namespace kalima::store {

// The version this build writes.
int schema_version();
// Makes the tables in an empty file. Throws Error(bad_input) when there is something in it.
void create(Connection& connection);
// Brings a database to schema_version(), in one transaction. Throws Error(bad_input) when the file is newer
// than this build, another program's or empty.
void migrate(Connection& connection);
// The same for a database file.
void bring_up_to_date(const std::filesystem::path& database);
// Throws Error(bad_input) unless the database has exactly schema_version().
void require_current(const Connection& connection);

}  // namespace kalima::store
