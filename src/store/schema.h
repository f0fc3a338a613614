// The database's schema as numbered migrations under PRAGMA user_version. A migration is never changed once
// released; a new one is appended.
#pragma once

#include "store/sqlite.h"

namespace kalima::store {

// The version this build writes.
int schema_version();
// Makes the tables in an empty file. Throws Error(bad_input) when there is something in it.
void create(Connection& connection);
// Brings a database to schema_version(), in one transaction, and first keeps a copy of it beside it (see copy.h). Throws
// Error(bad_input) when the file is newer than this build, another program's or empty, Error(unavailable) when there is no
// place for the copy; then the database is as it was.
void migrate(Connection& connection);
// The same for a database file.
void bring_up_to_date(const std::filesystem::path& database);
// Throws Error(bad_input) unless the database has exactly schema_version().
void require_current(const Connection& connection);
// For who is about to put another database in its place: throws Error(bad_input) when the file is a Kalima database that is
// newer than this build, Error(unavailable) when another process, such as a running server, has it open. A file that is not
// there, or no database, may be replaced. Nothing in the file changes.
void require_replaceable(const std::filesystem::path& database);

}  // namespace kalima::store
