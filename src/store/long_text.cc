#include "store/long_text.h"

#include <fmt/format.h>

namespace kalima::store {
namespace {

// SQLite refuses values of more than 1,000,000,000 bytes, and a value is in memory as a whole.
constexpr std::size_t part_size = 16u << 20;

std::string part_key(std::string_view key, std::size_t part) { return fmt::format("{}.{}", key, part); }

}  // namespace

void LongTextWriter::add(std::string_view lines) {
  if (!part_.empty() && part_.size() + lines.size() > part_size) write_part();
  part_ += lines;
}

void LongTextWriter::finish() {
  if (!part_.empty() || parts_ == 0) write_part();
}

void LongTextWriter::write_part() {
  writer_.set_meta(part_key(key_, parts_++), part_);
  part_.clear();
}

std::optional<std::string_view> LongTextReader::next() {
  part_ = database_.meta(part_key(key_, parts_++));
  return part_;
}

}  // namespace kalima::store
