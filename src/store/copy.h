#pragma once

#include <filesystem>

#include "store/sqlite.h"

namespace kalima::store {

// Copies a database as it is at one moment, also while others write to it, to a new file: complete and on the
// disk when this returns, or not there at all. While it is made it is `copy`.part; one that a crash has left
// is replaced. The caller sees to it that `copy` is not there. Throws Error.
void write_copy(const Connection& source, const std::filesystem::path& copy);

// Keeps `database` as it is before it is brought to schema version `version`, in
// `database`.before-schema-VERSION, or -2, -3, ... after that where the name is taken: no earlier copy is
// overwritten. The caller holds the writer's place, so that nothing changes meanwhile and no other process
// makes the same copy. Throws Error.
void keep_copy_before(const std::filesystem::path& database, int version);

}  // namespace kalima::store
