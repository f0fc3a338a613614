// A text file that is imported and need not fit into memory: its lines, some at a time, as checked UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "importers/limits.h"
#include "importers/source.h"
#include "support/file_parts.h"
#include "support/pieces.h"

namespace kalima::importers {

// Whether U+FEFF may be inside a text: kept in what people wrote, in exports, and where answers repeat a file as it is, but
// refused in published files.
enum class InnerMarks : std::uint8_t { refused, kept };

// The file is UTF-8 (with or without a byte order mark, which is dropped) or, if it starts with the byte order mark of
// UTF-16, UTF-16. Threads: one.
class SourceStream : public Source {
 public:
  // Anything but an ordinary file of at most `limit.file` bytes is refused before it is read.
  SourceStream(const std::filesystem::path& path, const Limit& limit, InnerMarks marks = InnerMarks::refused);
  // The same for bytes in memory; `name` names the file in messages.
  SourceStream(const std::filesystem::path& name, std::string bytes, const Limit& limit = {},
               InnerMarks marks = InnerMarks::refused);

  // The next lines with their ends, about `limit.block` bytes of them; nullopt at the end. They are valid until the next
  // call. Throws Error naming the line of the first bad byte, also of U+0000, the kind of an archive, and
  // a byte order mark where none may be.
  std::optional<std::string_view> next();
  // The same, for those who read pieces; the stream must outlive the function.
  Pieces pieces() {
    return [this] { return next(); };
  }
  // True if nothing follows what next() has given: if the file has not grown since it was opened.
  bool at_end() const { return given_ == text_.size() && half_.empty() && done_ >= size(); }
  // The next lines are the first ones again.
  void rewind();
  // `call` is told of each block that is read, whatever is in it. It may throw, which ends the work.
  using OnBlock = std::function<void(const SourceStream&)>;
  void on_block(OnBlock call) { on_block_ = std::move(call); }

  // Bytes of the file (0 if that is not known), and how many of them were read.
  std::size_t size() const { return file_ ? file_->size() : bytes_.size(); }
  std::size_t done() const { return done_; }
  const Limit& limit() const { return limit_; }

 private:
  std::string_view read();
  void read_on();
  void add_utf16(std::string_view bytes);
  void check(std::string_view text) const;
  void require_line_ends(std::string_view text) const;
  void require_no_marks(std::string_view text) const;
  // The line of the file in which this offset of text_ is.
  std::size_t line_of(std::size_t offset) const;

  std::optional<files::InputFile> file_;
  std::string bytes_;
  Limit limit_;
  InnerMarks marks_;
  OnBlock on_block_;
  std::size_t done_ = 0;
  bool begun_ = false, ended_ = false;
  std::string mark_;  // of UTF-16; empty for UTF-8
  std::string half_;  // of UTF-16: the beginning of a character
  std::string text_;  // UTF-8: what was given last, and what follows it so far
  std::size_t given_ = 0;
  std::size_t lines_ = 0;  // before text_
};

// The lines of what `file` gives from now on; it must outlive this object. Threads: one.
class SourceLines : public PieceLines {
 public:
  explicit SourceLines(SourceStream& file) : PieceLines(file.pieces()), file_(file) {}

  // True if no line follows (SourceStream::at_end()).
  bool last() const { return last_of_piece() && file_.at_end(); }

 private:
  const SourceStream& file_;
};

}  // namespace kalima::importers
