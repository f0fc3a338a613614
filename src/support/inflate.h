#pragma once

#include <string>
#include <string_view>

namespace kalima {

// What a gzip file holds. For what the program carries in itself: the size that comes out is not bounded. Throws
// Error(internal) when it is damaged.
std::string inflate(std::string_view gzip);

}  // namespace kalima
