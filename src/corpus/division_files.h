// The files of data/divisions as they are part of the program. cmake/EmbedDivisions.cmake writes the function.
#pragma once

#include <span>
#include <string_view>

namespace kalima::corpus {

struct DivisionFile {
  std::string_view name;   // "juz"
  std::string_view bytes;  // the file as it is
};
std::span<const DivisionFile> division_files();

}  // namespace kalima::corpus
