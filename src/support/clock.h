// The time in the format of research documents. In the time zone of the machine, read again with each call.
// Threads: any. Nothing throws.
#pragma once

#include <chrono>
#include <string>

namespace kalima {

// Local time, "2026-11-21T07:25:19.855250": ISO 8601 with microseconds and no offset.
std::string local_iso_time(std::chrono::system_clock::time_point time);
// Local time as part of an id: "20261121-072519".
std::string local_time_stamp(std::chrono::system_clock::time_point time);
// In UTC, to the second: "2026-11-21T06:25:19Z".
std::string utc_iso_time(std::chrono::system_clock::time_point time);

}  // namespace kalima
