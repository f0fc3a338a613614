// The seal of an index: a file with a checksum of each part, so that a part with changed bytes is noticed when the index
// is opened and never gives a wrong answer.
//
// To read all parts in full at every start would take seconds for a large corpus. So a second file notes the marks of the
// parts (support/file_mark.h) when they were found to be what was sealed; as long as the marks are the same, they are not
// read again. A copy, a file from a backup or one that was touched has another mark. What this does not notice is a disk
// that gives back other bytes than were written, and on Windows a program that sets the time of the last write back:
// `kalima check` reads everything. Whoever can write into the folder can seal anything; so every number in a part is
// checked where it is used.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <string_view>

#include "support/open_file.h"

namespace kalima::app {

std::filesystem::path seal_file(const std::filesystem::path& folder);
// True for the names of the two files in their folder.
bool is_seal(std::string_view name);
// Writes both files for these parts of the folder. Throws Error(io).
void seal(const std::filesystem::path& folder, std::initializer_list<std::string_view> parts);

struct OpenPart {
  std::string_view name;
  const files::OpenFile& file;
};
enum class Verification {
  of_changes,  // reads the parts in full only if their marks are not known; then it notes the marks, if it can
  of_everything,  // reads them in full, and writes nothing
};
// Throws Error(not_found) when the folder has no seal, Error(bad_input) when what is open is not what was sealed,
// Error(conflict) when it was changed while it was read, so that this says nothing, Error(io) when it cannot be read.
void require_sealed(const std::filesystem::path& folder, std::initializer_list<OpenPart> parts,
                    Verification verification);
// The next who opens the index reads it in full.
void forget_marks(const std::filesystem::path& folder);

}  // namespace kalima::app
