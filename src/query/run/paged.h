// An array as long as an axis of which only parts are written: what is not written takes no room.
//
// Threads: values.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

namespace kalima::query {

template <typename T>
class Paged {
 public:
  // All have the value `missing` at first.
  Paged(std::size_t size, T missing) : missing_(missing), pages_((size + page_size - 1) / page_size) {}

  T operator[](std::size_t i) const {
    const auto& page = pages_[i / page_size];
    return page ? page[i % page_size] : missing_;
  }
  T& at(std::size_t i) {
    auto& page = pages_[i / page_size];
    if (!page) {
      page = std::make_unique_for_overwrite<T[]>(page_size);
      std::fill_n(page.get(), page_size, missing_);
    }
    return page[i % page_size];
  }

 private:
  static constexpr std::size_t page_size = 512;

  T missing_;
  std::vector<std::unique_ptr<T[]>> pages_;
};

}  // namespace kalima::query
