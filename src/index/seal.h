// The seal of an index: a file beside its parts with a checksum of each, so that a part with changed bytes is noticed
// when the index is opened and never gives a wrong answer.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <string_view>

namespace kalima::index {

// True for the name of that file in its folder.
bool is_seal(std::string_view name);
// Writes the seal of these files of the folder. Throws Error(io).
void seal(const std::filesystem::path& folder, std::initializer_list<std::string_view> parts);
// Throws Error(not_found) when a file is missing, Error(bad_input) when it is not as it was when it was sealed. Reads
// each file once from end to end, some milliseconds for 50 MB that the system has in memory.
void require_sealed(const std::filesystem::path& folder, std::initializer_list<std::string_view> parts);

}  // namespace kalima::index
