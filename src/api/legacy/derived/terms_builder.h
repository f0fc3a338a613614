#pragma once

#include <filesystem>

#include "api/legacy/derived/snapshot.h"
#include "support/progress.h"

namespace kalima::api::legacy {

// Makes the Xapian index of a snapshot as one read-only file. Document n + 1 is verse n.
void build_terms(const Snapshot& snapshot, const std::filesystem::path& file, const Progress& progress);

}  // namespace kalima::api::legacy
