// Names next to a database that belong to it.
#pragma once

#include <filesystem>

namespace kalima::app {

// Throws Error(bad_input) if a part of the database is kept at `target`, so that nothing else may be made there: its log,
// the mark of that, its index. Threads: any.
void require_other_name(const std::filesystem::path& database, const std::filesystem::path& target);

}  // namespace kalima::app
