// What the unit tests share: a folder that goes away again, reproducible random numbers, the code of a thrown Error.
#pragma once

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "support/error.h"

namespace doctest {
template <>
struct StringMaker<kalima::ErrorCode> {
  static String convert(kalima::ErrorCode code) { return toString(static_cast<int>(code)); }
};
}  // namespace doctest

namespace kalima::testing {

// A new empty folder in the system's folder for temporary files.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::random_device random;
    path_ = std::filesystem::temp_directory_path() /
            ("kalima-test-" + std::to_string(random()) + std::to_string(random()));
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const char* name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

// The same numbers in every run, on every machine: std::mt19937_64 is specified, the distributions are not.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  // 0 <= result < bound.
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(engine_() % bound); }
  // low <= result <= high.
  std::size_t between(std::size_t low, std::size_t high) { return low + below(high - low + 1); }
  bool one_in(std::size_t n) { return below(n) == 0; }
  std::uint64_t bits() { return engine_(); }

  template <typename List>
  auto pick(const List& list) {
    auto it = list.begin();
    std::advance(it, static_cast<std::ptrdiff_t>(below(list.size())));
    return *it;
  }
  template <typename T>
  void shuffle(std::vector<T>& list) {
    for (std::size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[below(i)]);
  }

 private:
  std::mt19937_64 engine_;
};

// The code of the Error that `call` throws, or none. Any other exception goes on and fails the test.
template <typename Call>
std::optional<ErrorCode> error_of(Call call) {
  try {
    call();
  } catch (const Error& e) {
    return e.code();
  }
  return std::nullopt;
}

// The message of the Error that `call` throws, or "".
template <typename Call>
std::string message_of(Call call) {
  try {
    call();
  } catch (const Error& e) {
    return e.what();
  }
  return {};
}

inline void no_progress(std::string_view, std::size_t, std::size_t) {}

}  // namespace kalima::testing
