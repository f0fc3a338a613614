// A segment as the old server read it, as JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kalima::api::legacy {

struct SegmentValues {
  std::optional<std::string_view> type, pos, root, lemma, features;
};

// Appends the object of 15 members: the stored values, and the old reading of the features.
void write_reading(const SegmentValues& segment, std::string& out);

}  // namespace kalima::api::legacy
