// Which database the write-ahead log next to it belongs to.
//
// SQLite treats any file named "quran.db-wal" as the latest writes of "quran.db". If a crash left a log, and another
// file replaced the database since, SQLite would mix the two and damage both. So each database has a mark, which changes
// with every start of a server and in every copy, and "quran.db-owner" says for which mark the log was written:
//
//   - a server that is the only user of the database writes the contents of an old log into the file and gives it a new
//     mark before the first write (claim());
//   - no connection is opened next to a log of another mark (require_own_log());
//   - an empty log and the shared memory of another mark may be in use: a server continues with the file that it
//     opened when another one takes its place. They lose their names, so that the two databases do not share them
//     (leave_files_of_another()).
//
// Older versions of Kalima left a log without such a file. It is used if SQLite finds that the result is sound.
#pragma once

#include <filesystem>
#include <string>

#include "store/sqlite.h"

namespace kalima::store {

// The mark of a database as this connection sees it; empty if the file is not a Kalima database. Throws Error.
std::string mark_of(const Connection& connection);

// The paths of the files next to a database. If the path is a link, they are next to the file that it leads to.
std::filesystem::path log_of(const std::filesystem::path& database);
std::filesystem::path shared_memory_of(const std::filesystem::path& database);
std::filesystem::path owner_file_of(const std::filesystem::path& database);

// Throws Error(unavailable) if there is a log with contents that belongs to another database, or whose database is
// missing or empty. Nothing is changed. Threads: any.
void require_own_log(const std::filesystem::path& database);

// Removes -wal, -shm and -owner if they were made for another database and the log has no contents. A process that has
// them open keeps them. Call it before a connection is opened. Throws Error(unavailable) if they cannot be removed.
// Threads: any.
void leave_files_of_another(const std::filesystem::path& database);

// Call before anything is written: throws Error(unavailable) if another process has the database open and its shared
// memory is not next to this path. Then it has the file under another name, with a log of its own, and one of the two
// would overwrite what the other wrote. Waits some seconds for a program that has it alone. Throws Stopped.
void require_one_name(const std::filesystem::path& database);

// Call before a server writes: moves the contents of the log into the file, sets WAL mode, and gives the database a new
// mark. Does nothing if another process has the database open or the file cannot be written. Throws like
// require_own_log().
void claim(const std::filesystem::path& database);

// SQLite gives the log and the shared memory the permissions that the database has when it makes them. If those were
// changed since, this changes them too, where it may.
void share_permissions(const std::filesystem::path& database);

// Moves the contents of the log into the file. While others read an older state, some stay. Throws Error.
void take_log_in(Connection& connection);
// Threads: any.
bool log_is_empty(const std::filesystem::path& database);

// Gives a copy a mark of its own, in the caller's transaction.
void set_new_mark(Connection& connection);

}  // namespace kalima::store
