// What names a corpus by its content.
#pragma once

#include <string>

#include "corpus/columns/core_file.h"

namespace kalima::columns {

// Every place, every text, every analysis: 16 hexadecimal digits. Takes some milliseconds for the whole Quran.
std::string content_hash(const CoreFile& core);

}  // namespace kalima::columns
