#include "corpus/columns/postings.h"

#include <algorithm>
#include <bit>

#include "corpus/columns/file.h"

namespace kalima::columns {
namespace {

constexpr std::size_t block_size = 128, skip_size = 8;

void put_number(std::string& out, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) out += static_cast<char>(number | 0x80);
  out += static_cast<char>(number);
}

// At most five bytes: more than any number of words needs.
std::uint64_t take_number(std::string_view bytes, std::size_t& at) {
  std::uint64_t number = 0;
  for (unsigned shift = 0; shift < 35; shift += 7) {
    if (at >= bytes.size()) damaged("a list of words is cut off");
    const auto byte = static_cast<unsigned char>(bytes[at++]);
    number |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return number;
  }
  damaged("a list of words holds a number that is too large");
}

std::string gaps_of(std::span<const std::uint32_t> words) {
  std::string skips, gaps;
  std::uint32_t before = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i % block_size == 0 && i != 0) {
      store(skips, words[i]);
      store(skips, static_cast<std::uint32_t>(gaps.size()));
      before = 0;
    }
    put_number(gaps, words[i] - before);
    before = words[i];
  }
  return skips + gaps;
}

std::string bits_of(std::span<const std::uint32_t> words, std::size_t all_words) {
  std::string bits((all_words + 7) / 8, '\0');
  for (const std::uint32_t word : words) {
    bits[word / 8] = static_cast<char>(static_cast<unsigned char>(bits[word / 8]) | (1u << (word % 8)));
  }
  return bits;
}

}  // namespace

std::string encode_postings(std::span<const std::uint32_t> words, std::size_t all_words) {
  std::string gaps = gaps_of(words);
  const bool dense = gaps.size() > (all_words + 7) / 8;
  std::string out;
  put_number(out, words.size() * 2 + (dense ? 1 : 0));
  return out += dense ? bits_of(words, all_words) : gaps;
}

Postings::Postings(std::string_view bytes, std::size_t all_words) : all_words_(all_words) {
  std::size_t at = 0;
  const std::uint64_t number = take_number(bytes, at);
  size_ = number / 2;
  bits_ = number % 2 == 1;
  body_ = bytes.substr(at);
  if (size_ > all_words) damaged("a list of words is too long");
  if (bits_) {
    if (body_.size() != (all_words + 7) / 8) damaged("a list of words has a wrong size");
    return;
  }
  const std::size_t skips = size_ == 0 ? 0 : (size_ - 1) / block_size * skip_size;
  // Each word takes a byte at least.
  if (body_.size() < skips + size_) damaged("a list of words is cut off");
  skips_ = body_.substr(0, skips);
  body_ = body_.substr(skips);
}

std::size_t Postings::blocks() const { return skips_.size() / skip_size + 1; }

std::vector<std::uint32_t> Postings::words() const {
  std::vector<std::uint32_t> out;
  out.reserve(size_);
  for (Cursor at = cursor(); !at.done(); at.next()) out.push_back(at.word());
  return out;
}

Postings::Cursor::Cursor(const Postings& list) : list_(&list) {
  if (list.size_ == 0) return;
  done_ = false;
  if (list.bits_) {
    find_bit(0);
  } else {
    left_ = list.size_ - 1;
    set(take_number(list.body_, at_), true);
  }
}

void Postings::Cursor::set(std::uint64_t word, bool first) {
  if (word >= list_->all_words_ || (!first && word <= word_)) damaged("a list of words is out of order");
  word_ = static_cast<std::uint32_t>(word);
}

// The first word from `from` on whose bit is set.
void Postings::Cursor::find_bit(std::size_t from) {
  const std::string_view bits = list_->body_;
  for (std::size_t byte = from / 8; byte < bits.size(); ++byte) {
    auto here = static_cast<unsigned char>(bits[byte]);
    if (byte == from / 8) here = static_cast<unsigned char>(here & (0xFFu << (from % 8)));
    if (here == 0) continue;
    const std::size_t word = byte * 8 + static_cast<std::size_t>(std::countr_zero(here));
    if (word >= list_->all_words_) damaged("a list of words is out of order");
    word_ = static_cast<std::uint32_t>(word);
    return;
  }
  done_ = true;
}

void Postings::Cursor::next() {
  if (list_->bits_) {
    find_bit(std::size_t{word_} + 1);
    return;
  }
  if (left_ == 0) {
    done_ = true;
    return;
  }
  --left_;
  ++place_;
  const std::uint64_t gap = take_number(list_->body_, at_);
  set(place_ % block_size == 0 ? gap : word_ + gap, false);
}

void Postings::Cursor::enter_block(std::size_t block) {
  const std::size_t place = block * block_size;
  left_ = list_->size_ - 1 - place;
  place_ = place;
  at_ = load<std::uint32_t>(list_->skips_.data() + (block - 1) * skip_size + 4);
  set(take_number(list_->body_, at_), false);
}

void Postings::Cursor::skip_to(std::uint32_t word) {
  if (done_ || word_ >= word) return;
  if (list_->bits_) {
    find_bit(word);
    return;
  }
  // The last block that begins at or before `word`.
  std::size_t low = place_ / block_size, high = list_->blocks();
  while (high - low > 1) {
    const std::size_t middle = low + (high - low) / 2;
    const auto first = load<std::uint32_t>(list_->skips_.data() + (middle - 1) * skip_size);
    (first <= word ? low : high) = middle;
  }
  if (low > place_ / block_size) enter_block(low);
  while (!done_ && word_ < word) next();
}

}  // namespace kalima::columns
