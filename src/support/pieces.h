// A text that comes in pieces, so that all of it need not be in memory, and its lines.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>

#include "support/lines.h"

namespace kalima {

// Gives a text piece by piece: whole lines, which stay until the next call; nullopt at the end.
using Pieces = std::function<std::optional<std::string_view>()>;
// The whole text as one piece; it must outlive the function.
inline Pieces one_piece(std::string_view text) {
  return [text, given = false]() mutable {
    return std::exchange(given, true) ? std::nullopt : std::optional(text);
  };
}

// Moves over the lines as Lines does. Threads: one at a time.
class PieceLines {
 public:
  explicit PieceLines(Pieces pieces) : pieces_(std::move(pieces)) {}

  // Moves to the next line; false after the last one. The line before may be gone then.
  bool next() {
    while (!lines_.next()) {
      const auto piece = pieces_();
      if (!piece) return false;
      before_ = number();
      lines_ = Lines(*piece);
    }
    return true;
  }

  std::string_view line() const { return lines_.line(); }
  std::size_t number() const { return before_ + lines_.number(); }  // 1-based; 0 before the first
  bool complete() const { return lines_.complete(); }
  // True if no line of this piece follows.
  bool last_of_piece() const { return lines_.last(); }

 private:
  Pieces pieces_;
  Lines lines_{std::string_view()};
  std::size_t before_ = 0;  // lines before this piece
};

}  // namespace kalima
