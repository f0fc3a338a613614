// Rows of a section of a mapped file, which may be damaged, and may change while it is read: each is read once, and its
// place, like every number in it that is used as a place, is checked before.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

namespace kalima {

// Throws Error(unavailable): the file was right when it was opened, and whoever owns it makes another.
[[noreturn]] void damaged_index(const char* what);

template <typename Row>
class Rows {
  static_assert(std::is_trivially_copyable_v<Row>);

 public:
  Rows() = default;
  Rows(std::span<const Row> rows) : rows_(rows) {}

  std::size_t size() const { return rows_.size(); }
  bool empty() const { return rows_.empty(); }
  // Throws Error(unavailable) for a place that it does not have.
  Row operator[](std::size_t place) const {
    if (place >= rows_.size()) damaged_index("a row is missing");
    return rows_[place];
  }
  Row front() const { return (*this)[0]; }
  Row back() const { return (*this)[size() - 1]; }
  // Some of them, from `begin` to before `end`. Throws Error(unavailable) if it has not so many.
  Rows part(std::uint64_t begin, std::uint64_t end) const {
    if (begin > end || end > rows_.size()) damaged_index("rows are missing");
    return rows_.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
  }

  // Goes over copies.
  class Iterator {
   public:
    using value_type = Row;
    using difference_type = std::ptrdiff_t;
    Iterator() = default;
    explicit Iterator(const Row* at) : at_(at) {}
    Row operator*() const { return *at_; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    Iterator operator++(int) { return Iterator(at_++); }
    bool operator==(const Iterator&) const = default;

   private:
    const Row* at_ = nullptr;
  };
  Iterator begin() const { return Iterator(rows_.data()); }
  Iterator end() const { return Iterator(rows_.data() + rows_.size()); }

 private:
  std::span<const Row> rows_;
};

// A number that is used as the place of something of which there are `bound`. Throws Error(unavailable) unless it is below
// that.
inline std::uint32_t below(std::uint32_t number, std::size_t bound) {
  if (number >= bound) damaged_index("a number is too large");
  return number;
}

// The part of a text from `begin` to before `end`. Throws Error(unavailable) if it is not so long.
template <typename Char>
std::basic_string_view<Char> part_of(std::basic_string_view<Char> text, std::uint64_t begin,
                                     std::uint64_t end) {
  if (begin > end || end > text.size()) damaged_index("a text is missing");
  return text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
}

// Of [0, count), where all come first for which `before` holds: the first place that does not.
template <typename Before>
std::size_t first_not(std::size_t count, Before before) {
  std::size_t low = 0, high = count;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (before(middle)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace kalima
