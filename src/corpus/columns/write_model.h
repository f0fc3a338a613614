// A model as a core file.
#pragma once

#include <filesystem>

#include "corpus/columns/model.h"

namespace kalima::columns {

// Writes the file and has it on the disk. Throws Error(unavailable or io).
void write_model(const Model& model, const std::filesystem::path& path);

}  // namespace kalima::columns
