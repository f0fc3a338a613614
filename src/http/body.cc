#include "http/body.h"

#include <algorithm>
#include <cstring>
#include <functional>

#include "support/hash.h"

namespace kalima::http {

Body::Body(std::string&& text) : own_(std::move(text)), size_(own_.size()) {
  if (size_ > 0) pieces_.push_back({nullptr, 0, size_});
}

void Body::append(std::string_view text) {
  if (text.empty()) return;
  if (pieces_.empty() || pieces_.back().data != nullptr) pieces_.push_back({nullptr, own_.size(), 0});
  own_.append(text);
  pieces_.back().size += text.size();
  size_ += text.size();
}

void Body::splice(std::string_view text) {
  if (text.empty()) return;
  pieces_.push_back({text.data(), 0, text.size()});
  size_ += text.size();
}

Body Body::sharing(std::shared_ptr<const Body> other) {
  Body body;
  body.pieces_.reserve(other->pieces_.size());
  for (const Piece& piece : other->pieces_) body.splice(other->text_of(piece));
  body.owners_ = other->owners_;
  body.keep(std::move(other));
  return body;
}

std::string_view Body::text_of(const Piece& piece) const {
  if (piece.data != nullptr) return {piece.data, piece.size};
  return std::string_view(own_).substr(piece.begin, piece.size);
}

bool Body::borrows() const {
  return std::ranges::any_of(pieces_, [](const Piece& piece) { return piece.data != nullptr; });
}

bool Body::shows(std::string_view text) const {
  return std::any_of(pieces_.begin(), pieces_.end(), [&](const Piece& piece) {
    if (piece.data == nullptr) return false;
    // std::less, because the two may belong to different texts.
    const std::less<const char*> before;
    return !before(text.data(), piece.data) && before(text.data(), piece.data + piece.size);
  });
}

std::string Body::flattened() const {
  std::string out;
  out.reserve(size_);
  for (const Piece& piece : pieces_) out.append(text_of(piece));
  return out;
}

std::uint64_t Body::hash() const {
  Hasher hasher;
  for (const Piece& piece : pieces_) hasher.add(text_of(piece));
  return hasher.value();
}

std::size_t Body::Reader::read(char* buffer, std::size_t size) {
  std::size_t filled = 0;
  while (filled < size && piece_ < body_.pieces_.size()) {
    const std::string_view rest = body_.text_of(body_.pieces_[piece_]).substr(offset_);
    const std::size_t count = std::min(rest.size(), size - filled);
    std::memcpy(buffer + filled, rest.data(), count);
    filled += count;
    skip(count);
  }
  return filled;
}

std::size_t Body::Reader::look(std::span<std::string_view> runs) const {
  const std::size_t count = std::min(runs.size(), body_.pieces_.size() - piece_);
  for (std::size_t i = 0; i < count; ++i) runs[i] = body_.text_of(body_.pieces_[piece_ + i]);
  if (count > 0) runs[0].remove_prefix(offset_);
  return count;
}

void Body::Reader::skip(std::size_t size) {
  while (size > 0) {
    const std::size_t rest = body_.pieces_[piece_].size - offset_;
    if (size < rest) {
      offset_ += size;
      return;
    }
    size -= rest;
    ++piece_;
    offset_ = 0;
  }
}

}  // namespace kalima::http
