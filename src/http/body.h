// The bytes of an answer as a chain of pieces: text made for this answer, and text that exists elsewhere and
// is not copied until it is sent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kalima::http {

class Body {
 public:
  Body() = default;
  explicit Body(std::string_view text) { append(text); }
  explicit Body(const char* text) : Body(std::string_view(text)) {}
  // Takes the text over.
  explicit Body(std::string&& text);

  // Copies.
  void append(std::string_view text);
  void append(char c) { append(std::string_view(&c, 1)); }
  // Does not copy: `text` must stay valid as long as the body, or be kept valid by an argument of keep().
  void splice(std::string_view text);
  void keep(std::shared_ptr<const void> owner) { owners_.push_back(std::move(owner)); }
  // A body with the text of another one, without copying it.
  static Body sharing(std::shared_ptr<const Body> other);
  // The memory that it takes: its own text and the list of pieces.
  std::size_t held_bytes() const {
    return own_.capacity() + pieces_.capacity() * sizeof(Piece) + sizeof *this;
  }

  // True if a piece is not copied.
  bool borrows() const;
  // True if a piece that is not copied includes the first byte of `text`.
  bool shows(std::string_view text) const;

  std::size_t size() const { return size_; }
  // The whole body as one text.
  std::string flattened() const;
  std::uint64_t hash() const;

  // Copies the bytes one run after the other.
  class Reader {
   public:
    explicit Reader(const Body& body) : body_(body) {}
    // Copies the next bytes into `buffer` and returns how many; 0 at the end.
    std::size_t read(char* buffer, std::size_t size);
    // The next runs of bytes, as many as `runs` has room for, without copying them; returns how many. 0 at the end.
    std::size_t look(std::span<std::string_view> runs) const;
    // Goes over bytes that look() has shown.
    void skip(std::size_t size);

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
