// Addresses as text.
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kalima::http {

// "path?name=value&…", percent-encoded; `path` is not changed. UTF-8.
std::string address(std::string_view path,
                    const std::vector<std::pair<std::string, std::string>>& parameters);

}  // namespace kalima::http
