// The version of the database's tables, under PRAGMA user_version, and how databases of older versions are brought up to
// date: by the steps in migrations/. The tables of the corpus and of research are read and written here in store/;
// tables with a prefix of their own belong to the room of that name, which reads and writes them over a Connection.
#pragma once

#include "store/sqlite.h"

namespace kalima::store {

// The version this build writes.
int schema_version();
// Makes the tables in an empty file. Throws Error(bad_input) if the file is not empty.
void create(Connection& connection);
// Brings a database to schema_version(), in one transaction, and first copies it in the same folder (see
// copy.h). Throws Error(bad_input) if the file is newer than this build, another program's, empty or has other tables, or cannot be brought
// up to date, Error(unavailable) if the copy cannot be made; then the database is unchanged.
void migrate(Connection& connection);
// The same for a database file.
void bring_up_to_date(const std::filesystem::path& database);
// Throws Error(bad_input) unless the database has exactly schema_version() and its tables (known_tables.h).
void require_current(const Connection& connection);
// False for the databases of other programs.
bool is_kalima(const Connection& connection);
// Throws Error(bad_input) when the database is another program's or newer than this build.
void require_not_newer(const Connection& connection);

enum class Owner { nobody, another_program, kalima };
// Whose SQLite database a file is by its first bytes, without opening it as one; nobody's when they are of no database.
inline constexpr std::size_t database_header_size = 100;
Owner owner_of(std::string_view header);

}  // namespace kalima::store
