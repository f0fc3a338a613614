// A text file being imported: its bytes as checked UTF-8, and errors that name the file and the line.
#pragma once

#include <cstddef>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>

#include "support/error.h"

namespace kalima::importers {

class SourceFile {
 public:
  static constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

  // Reads the file and checks its encoding: UTF-8 (with or without a byte order mark, which is dropped) or,
  // when it starts with its byte order mark, UTF-16. Throws Error naming the line of the first bad byte. With
  // a limit in bytes a larger file, and what has no size (a device, a pipe), is refused before it is read.
  explicit SourceFile(const std::filesystem::path& path, std::size_t max_bytes = no_limit);
  // The same for bytes that are there already; `name` stands for the file in messages.
  SourceFile(const std::filesystem::path& name, std::string bytes);

  std::string_view text() const { return text_; }
  const std::filesystem::path& path() const { return path_; }

  // Throws Error(bad_input) with this place. `line` is 1-based; 0 means the file as a whole.
  [[noreturn]] void fail(std::size_t line, const std::string& message) const;
  // The same with a 1-based column.
  [[noreturn]] void fail(std::size_t line, std::size_t column, const std::string& message) const;
  // Runs `work`, which reads the text from `line` on (0: all of it): an Error that leaves it gets the file's name and
  // its line in the file, and what else `more` has.
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
  std::string text_;
};

}  // namespace kalima::importers
