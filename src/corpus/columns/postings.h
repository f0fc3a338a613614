// The words that have a value, ascending, as bytes: gaps between the words of a rare value, a bit for each word of
// the corpus for a frequent one, whichever is smaller.
//
//   number  words * 2, + 1 for bits; all numbers are LEB128: seven bits a byte, the lowest first
//   gaps    for each block of 128 words but the first its first word and where it begins after the gaps' start,
//           4 bytes each; then, for each word, the distance to the one before it (at the start of a block: to 0)
//   bits    a bit for each word of the corpus, the lowest first
//
// Threads: a list may be read by any number, a cursor by one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kalima::columns {

// `words` ascend, each below `all_words`.
std::string encode_postings(std::span<const std::uint32_t> words, std::size_t all_words);

class Postings {
 public:
  Postings() = default;
  // Reads the number of words only. This, and every reading later, throws Error(unavailable) when the bytes cannot
  // be what was written.
  Postings(std::string_view bytes, std::size_t all_words);

  std::size_t size() const { return size_; }
  std::vector<std::uint32_t> words() const;

  // Walks the words in ascending order.
  class Cursor {
   public:
    explicit Cursor(const Postings& list);

    bool done() const { return done_; }
    // 0-based; not after the end.
    std::uint32_t word() const { return word_; }
    void next();
    // Moves on to the first word that is not before `word`; stays where that is so already.
    void skip_to(std::uint32_t word);

   private:
    void set(std::uint64_t word, bool first);
    void find_bit(std::size_t from);
    void enter_block(std::size_t block);

    const Postings* list_;
    std::size_t left_ = 0;   // words after this one, of a list of gaps
    std::size_t place_ = 0;  // of this word in the list, of a list of gaps
    std::size_t at_ = 0;     // the next gap
    std::uint32_t word_ = 0;
    bool done_ = true;
  };
  Cursor cursor() const { return Cursor(*this); }

 private:
  friend class Cursor;
  std::size_t blocks() const;

  std::string_view skips_, body_;
  std::size_t size_ = 0, all_words_ = 0;
  bool bits_ = false;
};

}  // namespace kalima::columns
