// How often json::parse was called, for tests that something is answered without it. Threads: each counts its own.
#pragma once

#include <cstdint>

namespace kalima::json {

std::uint64_t parsed_by_this_thread();

}  // namespace kalima::json
