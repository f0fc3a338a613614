// What routes need of a core file and what takes a while to make: made when it is first asked for, then kept.
// Threads: any.
#pragma once

#include <mutex>
#include <optional>

#include "corpus/columns/core_file.h"

namespace kalima::api::v1 {

// `Made` is constructed from the core file, which must outlive it. If that throws, the next call tries again.
template <typename Made>
class WhenAsked {
 public:
  explicit WhenAsked(const columns::CoreFile& core) : core_(core) {}

  const Made& get() {
    std::call_once(made_, [this] { value_.emplace(core_); });
    return *value_;
  }

 private:
  const columns::CoreFile& core_;
  std::once_flag made_;
  std::optional<Made> value_;
};

}  // namespace kalima::api::v1
