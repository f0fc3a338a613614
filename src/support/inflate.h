#pragma once

#include <string>
#include <string_view>

namespace kalima {

// The contents of a gzip file. Only for data embedded in the program: the output size is not limited. Throws
// Error(internal) if the data are damaged.
std::string inflate(std::string_view gzip);

}  // namespace kalima
