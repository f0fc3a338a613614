#pragma once

#include <filesystem>

#include "store/sqlite.h"

namespace kalima::store {

// Copies the state of a database at one moment, even while others write to it, to a new file: complete and on
// the disk when this returns, or not made. Until then it is called `copy`.part; a file of that name left by a
// crash is replaced. The caller makes sure that `copy` does not exist. Throws Error.
void write_copy(const Connection& source, const std::filesystem::path& copy);

// Copies `database` before it is brought to schema version `version`, to `database`.before-schema-VERSION, or
// with -2, -3, ... appended if the name is taken: no earlier copy is overwritten. The caller holds the write
// lock, so that nothing changes and no other process makes the same copy at the same time. Throws Error.
void keep_copy_before(const std::filesystem::path& database, int version);

}  // namespace kalima::store
