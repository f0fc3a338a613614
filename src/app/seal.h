// The seal of an index: a file with a checksum of each part, so that a part with changed bytes is noticed
// when the index is opened and never gives a wrong answer.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <string_view>

#include "support/held_file.h"

namespace kalima::app {

std::filesystem::path seal_file(const std::filesystem::path& folder);
// True for the name of that file in its folder.
bool is_seal(std::string_view name);
// Writes the seal of these files of the folder. Throws Error(io).
void seal(const std::filesystem::path& folder, std::initializer_list<std::string_view> parts);

struct HeldPart {
  std::string_view name;
  const files::HeldFile& file;
};
// Throws Error(not_found) when the folder has no seal, Error(bad_input) when what is held is not what was sealed. Reads
// each file once from end to end, some milliseconds for 50 MB that the system has in memory.
void require_sealed(const std::filesystem::path& folder, std::initializer_list<HeldPart> parts);

}  // namespace kalima::app
