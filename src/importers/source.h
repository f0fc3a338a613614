// A file that is imported, as errors name it. Threads: constant.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>

#include "support/error.h"

namespace kalima::importers {

class Source {
 public:
  explicit Source(std::filesystem::path path) : path_(std::move(path)) {}

  const std::filesystem::path& path() const { return path_; }

  // Throws Error(bad_input) with this place. `line` is 1-based; 0 means the file as a whole.
  [[noreturn]] void fail(std::size_t line, const std::string& message, const std::string& cure = {}) const {
    fail(line, 0, message, cure);
  }
  // The same with a 1-based column.
  [[noreturn]] void fail(std::size_t line, std::size_t column, const std::string& message,
                         const std::string& cure = {}) const;
  // Runs `work`, which reads the text from `line` on (0: all of it): an Error that leaves it gets the file's
  // name and its line in the file, and the rest of `more`.
  template <typename Work>
  auto located(std::size_t line, Work work, const ErrorContext& more = {}) const -> decltype(work()) {
    return in_context(
        [&] { return ErrorContext{.place = place(line), .message = more.message, .cure = more.cure}; }, work);
  }
  // The same for work that does more than reading: only an Error that names a line is one of the text.
  template <typename Work>
  auto named(Work work) const -> decltype(work()) {
    return in_context(
        [&](const Error& e) {
          return e.place().line == 0 ? ErrorContext{} : ErrorContext{.place = place(0)};
        },
        work);
  }

 private:
  Place place(std::size_t line) const;

  std::filesystem::path path_;
};

}  // namespace kalima::importers
