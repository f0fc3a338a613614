#pragma once

#include <filesystem>

#include "snapshot/snapshot.h"
#include "support/progress.h"

namespace kalima::index {

// Makes the Xapian index of a snapshot as one read-only file. Document n + 1 is verse n.
void build_terms(const snapshot::Snapshot& snapshot, const std::filesystem::path& file, const Progress& progress);

}  // namespace kalima::index
