// Writes a FlatBuffer: what of it the messages of Arrow need. What points at something is written before it, so that
// all offsets point forward; each is filled in when what it points at is written.
//
// Threads: one at a time.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace kalima::arrow {

class Flatbuffer {
 public:
  // Where an offset is filled in.
  using Place = std::size_t;
  static constexpr Place root = 0;

  // A field of a table.
  struct Slot {
    std::uint8_t bytes;  // 0 if the table has no such field
    std::uint64_t value;
  };
  template <std::integral Number>
  static constexpr Slot number(Number value) {
    return {sizeof value, static_cast<std::uint64_t>(value)};
  }
  static constexpr Slot offset() { return {4, 0}; }
  static constexpr Slot nothing() { return {0, 0}; }

  Flatbuffer() : bytes_(sizeof(std::uint32_t), '\0') {}

  // A table with fields in the order of their ids; where each of them is.
  std::vector<Place> table(Place from, std::initializer_list<Slot> slots);
  // Of tables; where the offset of each is.
  std::vector<Place> vector(Place from, std::size_t size);
  // Of structs of two numbers.
  struct Pair {
    std::int64_t first, second;
  };
  void vector(Place from, const std::vector<Pair>& pairs);
  // What is not UTF-8 in it becomes U+FFFD.
  void text(Place from, std::string_view text);

  const std::string& bytes() const { return bytes_; }

 private:
  void align(std::size_t bytes);
  void point(Place from);  // at what is written next

  std::string bytes_;
};

// The number's bytes, the lowest first.
template <std::integral Number>
void append_number(std::string& out, Number value) {
  for (std::size_t i = 0; i < sizeof value; ++i)
    out += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i));
}

constexpr std::size_t aligned(std::size_t size, std::size_t bytes) {
  return (size + bytes - 1) / bytes * bytes;
}

}  // namespace kalima::arrow
