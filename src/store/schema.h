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
// Throws Error(bad_input) when the database is another program's or newer than this build.
void require_not_newer(const Connection& connection);

enum class Owner { nobody, another_program, kalima };
// Whose SQLite database a file is by its first bytes, without opening it as one; nobody's when they are of no database.
inline constexpr std::size_t database_header_size = 100;
Owner owner_of(std::string_view header);

}  // namespace kalima::store
