// The bytes of an answer as a chain of pieces: text that was made for it, and text that lies elsewhere already and is
// not copied until it is sent.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kalima::http {

class Body {
 public:
  Body() = default;
  explicit Body(std::string_view text) { append(text); }

  // Copies.
  void append(std::string_view text);
  void append(char c) { append(std::string_view(&c, 1)); }
  // Does not copy: `text` must stay where it is as long as the body, or what keep() was given keeps it there.
  void splice(std::string_view text);
  void keep(std::shared_ptr<const void> owner) { owners_.push_back(std::move(owner)); }
  // A body that shows another one without copying its text.
  static Body sharing(std::shared_ptr<const Body> other);
  // The memory that it takes: its own text and the list of pieces.
  std::size_t held_bytes() const {
    return own_.capacity() + pieces_.capacity() * sizeof(Piece) + sizeof *this;
  }

  // True when a piece that lies elsewhere has its bytes, or some of them, from where `text` begins.
  bool shows(std::string_view text) const;

  std::size_t size() const { return size_; }
  // All of it as one text.
  std::string flattened() const;

  // Copies the bytes one run after the other.
  class Reader {
   public:
    explicit Reader(const Body& body) : body_(body) {}
    // Fills `buffer` as far as there are bytes and returns how many it took; 0 at the end.
    std::size_t read(char* buffer, std::size_t size);

   private:
    const Body& body_;
    std::size_t piece_ = 0, offset_ = 0;
  };

 private:
  struct Piece {
    const char* data;  // nullptr: the piece is own text at `begin`
    std::size_t begin, size;
  };
  std::string_view text_of(const Piece& piece) const;

  std::string own_;
  std::vector<Piece> pieces_;
  std::size_t size_ = 0;
  std::vector<std::shared_ptr<const void>> owners_;
};

}  // namespace kalima::http
