// The lines of a text, with their numbers.
#pragma once

#include <cstddef>
#include <string_view>

namespace kalima {

enum class LineEnds {
  lf_or_crlf,  // files that people write
  lf,          // a CR is part of the line: files of our own
};

// Moves over the lines of a text, which must outlive it. A line end after the last line begins no further one. One
// thread at a time.
class Lines {
 public:
  explicit Lines(std::string_view text, LineEnds ends = LineEnds::lf_or_crlf) : text_(text), ends_(ends) {}

  // Moves to the next line; false when there are no more.
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

  // Of the line moved to; without its end.
  std::string_view line() const { return line_; }
  std::size_t number() const { return number_; }  // 1-based; 0 before the first
  // False for a last line that does not end.
  bool complete() const { return complete_; }
  // True when no line follows.
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
