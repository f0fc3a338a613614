// What routes need of a core file, or of other files too, and what takes a while to make: made when it is first asked
// for, then kept. Threads: any.
#pragma once

#include <mutex>
#include <optional>
#include <tuple>

#include "corpus/columns/core_file.h"

namespace kalima::api::v1 {

// `Made` is constructed from the core file and what it needs beside it, which must all outlive it. If that throws, the
// next call tries again.
template <typename Made, typename... Needed>
class WhenAsked {
 public:
  explicit WhenAsked(const columns::CoreFile& core, const Needed&... needed) : from_(core, needed...) {}

  const Made& get() {
    std::call_once(made_,
                   [this] { std::apply([this](const auto&... from) { value_.emplace(from...); }, from_); });
    return *value_;
  }

 private:
  const std::tuple<const columns::CoreFile&, const Needed&...> from_;
  std::once_flag made_;
  std::optional<Made> value_;
};

}  // namespace kalima::api::v1
