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

// In which terms two indexes differ: each term whose list of verses is not the same, up to a bound.
std::vector<std::string> term_differences(const std::filesystem::path& expected,
                                          const std::filesystem::path& actual);

}  // namespace kalima::index
