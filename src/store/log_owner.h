// Which database the write-ahead log beside it belongs to.
//
// SQLite takes whatever lies beside "quran.db" under the name "quran.db-wal" for the latest writes of quran.db. Where a
// crash left a log, and another file was put in the database's place since, it would mix the two and destroy both. So each
// database has a mark, which changes with every start of a server and with every copy that is made, and "quran.db-owner"
// says for which mark the log was written:
//
//   - a server that is alone with the database takes all of an old log into the file, gives it a new mark, and only then
//     lets writes begin (claim());
//   - nobody opens a database beside a log of another mark (require_own_log()).
//
// A log without such a file was left by a Kalima that made none; it is taken when SQLite finds the whole sound.
#pragma once

#include <filesystem>
#include <string>

#include "store/sqlite.h"

namespace kalima::store {

// The mark of a database as this connection sees it; empty when the file is no Kalima database. Throws Error.
std::string mark_of(const Connection& connection);

// The files beside a database, which are beside the file that a link leads to.
std::filesystem::path log_of(const std::filesystem::path& database);
std::filesystem::path shared_memory_of(const std::filesystem::path& database);
std::filesystem::path owner_file_of(const std::filesystem::path& database);

// Throws Error(unavailable) when there is a log with content beside the database (or beside its name, where the file is
// missing) that is not its own; nothing is changed then. Any thread.
void require_own_log(const std::filesystem::path& database);

// For a server that is about to write: takes the log into the file, sets WAL mode, and gives the database a new mark. Does
// nothing while another process has the database open (that one did so, or has nothing to do with it) or where nothing can
// be written. Throws what require_own_log() does.
void claim(const std::filesystem::path& database);

// Lets those write to the files beside the database who may write to it. SQLite makes them with its permissions, which may
// have been others then. What cannot be changed stays.
void share_permissions(const std::filesystem::path& database);

// Gives a copy a mark of its own, in the caller's transaction.
void set_new_mark(Connection& connection);

}  // namespace kalima::store
