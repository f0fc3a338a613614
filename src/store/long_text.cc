#include "store/long_text.h"

#include <fmt/format.h>

namespace kalima::store {
namespace {

// SQLite refuses values of more than 1,000,000,000 bytes.
constexpr std::size_t max_part = 256u << 20;

std::string part_key(std::string_view key, std::size_t part) { return fmt::format("{}.{}", key, part); }

}  // namespace

void set_long_text(CorpusWriter& writer, std::string_view key, std::string_view text) {
  std::size_t part = 0;
  do {
    std::size_t size = text.size();
    if (size > max_part) {
      const std::size_t line_end = text.rfind('\n', max_part - 1);
      size = line_end == std::string_view::npos ? max_part : line_end + 1;
    }
    writer.set_meta(part_key(key, part++), text.substr(0, size));
    text.remove_prefix(size);
  } while (!text.empty());
}

std::optional<std::string> long_text(const CorpusReader& database, std::string_view key) {
  std::optional<std::string> out;
  for (std::size_t part = 0;; ++part) {
    const auto text = database.meta(part_key(key, part));
    if (!text) return out;
    out = out ? *out + *text : *text;
  }
}

}  // namespace kalima::store
