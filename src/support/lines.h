// The lines of a text, with their numbers.
#pragma once

#include <cstddef>
#include <string_view>

namespace kalima {

enum class LineEnds {
  lf_or_crlf,  // files that people write
  lf,          // a CR is part of the line: Kalima's own files
};

// Moves over the lines of a text, which must outlive it. A line end after the last line does not begin
// another one. Threads: one at a time.
class Lines {
 public:
  explicit Lines(std::string_view text, LineEnds ends = LineEnds::lf_or_crlf) : text_(text), ends_(ends) {}

  // Moves to the next line; false after the last one.
  bool next() {
    if (offset_ == text_.size()) return false;
    ++number_;
    const std::size_t end = text_.find('\n', offset_);
    complete_ = end != std::string_view::npos;
    line_ = text_.substr(offset_, complete_ ? end - offset_ : std::string_view::npos);
    offset_ = complete_ ? end + 1 : text_.size();
    if (ends_ == LineEnds::lf_or_crlf && line_.ends_with('\r')) line_.remove_suffix(1);
    return true;
  }

  // The current line, without its end.
  std::string_view line() const { return line_; }
  std::size_t number() const { return number_; }  // 1-based; 0 before the first
  // False for a last line without a line end.
  bool complete() const { return complete_; }
  // True if no line follows.
  bool last() const { return offset_ == text_.size(); }
  // Bytes up to and with this line's end.
  std::size_t offset() const { return offset_; }

 private:
  std::string_view text_, line_;
  LineEnds ends_;
  std::size_t offset_ = 0, number_ = 0;
  bool complete_ = false;
};

}  // namespace kalima
