#pragma once

#include <string_view>

namespace kalima::app {

// The text of licenses() as a gzip file; cmake/EmbedLicenses.cmake writes the function when the program is
// built.
std::string_view compressed_licenses();

}  // namespace kalima::app
