#include "api/legacy/new_ids.h"

#include <fmt/format.h>

#include "support/clock.h"

namespace kalima::api::legacy {

std::string NewIds::next(std::string_view prefix, std::chrono::system_clock::time_point now) {
  Last& last = last_[std::string(prefix)];
  const std::string stamp = local_time_stamp(now);
  last.number = stamp == last.stamp ? last.number + 1 : 1;
  last.stamp = stamp;
  if (prefix == "a") return fmt::format("a-{}-{:03}-YA", stamp, last.number);
  if (last.number == 1) return fmt::format("{}-{}", prefix, stamp);
  return fmt::format("{}-{}-{}", prefix, stamp, last.number);
}

}  // namespace kalima::api::legacy
