// A text file that is imported and need not fit into memory: its lines, some at a time, as checked UTF-8.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "importers/source.h"
#include "support/file_parts.h"

namespace kalima::importers {

// The file is UTF-8 (with or without a byte order mark, which is dropped) or, if it starts with the byte order mark of
// UTF-16, UTF-16. Threads: one.
class SourceStream : public Source {
 public:
  // Anything but an ordinary file of at most `max_bytes` is refused before it is read. A line has at most `max_line`
  // bytes.
  SourceStream(const std::filesystem::path& path, std::size_t max_bytes, std::size_t max_line);
  // The same for bytes in memory; `name` names the file in messages.
  SourceStream(const std::filesystem::path& name, std::string bytes, std::size_t max_line);

  // The next lines with their ends, about a mebibyte of them; nullopt at the end. They are valid until the next call. Throws
  // Error naming the line of the first bad byte, also of U+0000, and the kind of an archive.
  std::optional<std::string_view> next();

  // Bytes of the file (0 if that is not known), and how many of them were read.
  std::size_t size() const { return file_ ? file_->size() : bytes_.size(); }
  std::size_t done() const { return done_; }

 private:
  std::string_view read();
  void read_on();
  void add_utf16(std::string_view bytes);
  void check(std::string_view text) const;
  void require_line_ends(std::string_view text) const;
  // The line of the file in which this offset of text_ is.
  std::size_t line_of(std::size_t offset) const;

  std::optional<files::InputFile> file_;
  std::string bytes_;
  std::size_t max_line_, done_ = 0;
  bool begun_ = false, ended_ = false;
  std::string mark_;  // of UTF-16; empty for UTF-8
  std::string half_;  // of UTF-16: the beginning of a character
  std::string text_;  // UTF-8: what was given last, and what follows it so far
  std::size_t given_ = 0;
  std::size_t lines_ = 0;  // before text_
};

}  // namespace kalima::importers
