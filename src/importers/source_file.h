// A text file that is imported: its bytes as checked UTF-8, and errors that name the file and the line.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "support/error.h"

namespace kalima::importers {

// The largest size of a file, in bytes; texts and morphology have their own limits (tanzil_text.h,
// qac_morphology.h).
inline constexpr std::size_t max_corpus_bytes = 1u << 30, max_registry_bytes = 256u << 20,
                             max_metadata_bytes = 16u << 20, max_table_bytes = 512u << 20,
                             max_conllu_bytes = 1u << 30;

class SourceFile {
 public:
  // Reads the file and checks its encoding: UTF-8 (with or without a byte order mark, which is dropped) or,
  // if it starts with the byte order mark of UTF-16, UTF-16. Throws Error naming the line of the first bad
  // byte, also of U+0000, and the kind of an archive. Anything but an ordinary file of at most `max_bytes` is refused before it is read.
  SourceFile(const std::filesystem::path& path, std::size_t max_bytes);
  // The same for bytes in memory; `name` names the file in messages.
  SourceFile(const std::filesystem::path& name, std::string bytes);

  std::string_view text() const { return text_; }
  const std::filesystem::path& path() const { return path_; }

  // Throws Error(bad_input) with this place. `line` is 1-based; 0 means the file as a whole.
  [[noreturn]] void fail(std::size_t line, const std::string& message) const;
  // The same with a 1-based column.
  [[noreturn]] void fail(std::size_t line, std::size_t column, const std::string& message) const;
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
  std::size_t line_of(std::size_t offset) const;
  void check_signs() const;

  std::filesystem::path path_;
  std::string text_;
};

}  // namespace kalima::importers
