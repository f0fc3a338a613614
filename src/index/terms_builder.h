#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "snapshot/snapshot.h"
#include "support/progress.h"

namespace kalima::index {

// Makes the Xapian index of a snapshot as one read-only file. Document n + 1 is verse n.
void build_terms(const snapshot::Snapshot& snapshot, const std::filesystem::path& file,
                 const Progress& progress);

// How two indexes differ: each term with different verses, up to a limit.
std::vector<std::string> term_differences(const std::filesystem::path& expected,
                                          const std::filesystem::path& actual);

}  // namespace kalima::index
