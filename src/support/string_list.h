// A numbered list of distinct strings: `offsets` has one more entry than there are strings.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "support/rows.h"

namespace kalima {

using StringId = std::uint32_t;
// The id of null.
inline constexpr StringId no_string = 0xFFFFFFFF;

class StringListBuilder {
 public:
  StringId add(std::string_view text);
  StringId add(const std::optional<std::string>& text) {
    return text ? add(std::string_view(*text)) : no_string;
  }
  std::size_t size() const { return offsets_.size() - 1; }
  std::string_view operator[](StringId id) const {
    return std::string_view(bytes_).substr(offsets_[id], offsets_[id + 1] - offsets_[id]);
  }
  const std::vector<std::uint32_t>& offsets() const { return offsets_; }
  const std::string& bytes() const { return bytes_; }

 private:
  std::unordered_map<std::string, StringId> ids_;
  std::vector<std::uint32_t> offsets_{0};
  std::string bytes_;
};

class StringList {
 public:
  StringList() = default;
  // Of a mapped file (rows.h). Throws Error(bad_input) if the offsets do not end where the bytes do.
  StringList(Rows<std::uint32_t> offsets, std::string_view bytes);

  std::size_t size() const { return offsets_.empty() ? 0 : offsets_.size() - 1; }
  // Throws Error(unavailable) for an id that it does not have.
  std::string_view operator[](StringId id) const {
    return part_of(bytes_, offsets_[id], offsets_[std::size_t{id} + 1]);
  }
  std::optional<std::string_view> optional(StringId id) const {
    if (id == no_string) return std::nullopt;
    return (*this)[id];
  }

 private:
  Rows<std::uint32_t> offsets_;
  std::string_view bytes_;
};

}  // namespace kalima
