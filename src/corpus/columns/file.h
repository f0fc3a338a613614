// The core file as a container: numbered sections, written as a stream and mapped for reading.
//
//   header    magic, format version, hash of the table of attributes, identity of the corpus, size of the file,
//             where the table of sections is, checksum of that table
//   sections  each aligned to 8 bytes
//   table     for each section: what it is, where it begins, its size, the width of its numbers, its checksum
//
// All numbers are little endian; offsets and sizes are in bytes and have 64 bits. A file of another version, table
// of attributes or corpus is rebuilt, never converted.
//
// Opening reads header and table only. Whatever is read later is checked where it is used: an access that the file
// does not allow throws Error(unavailable). Checksums of sections are for `verify` alone.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/hash.h"
#include "support/mapped.h"

namespace kalima::columns {

// What a section is; `of` says of which attribute or region, where that applies. The numbers are part of the format.
enum class Part : std::uint16_t {
  dictionary = 1,   // of an attribute: the texts of the values 1, 2 ... in a row
  dictionary_ends,  // where each ends
  counts,           // of an attribute: Counts of any value, and of each from 0
  column,           // of an attribute: the value of each analysis, segment, word ..., see attributes::Column
  postings,         // of an attribute: for each value from 1, the words that have it (postings.h)
  posting_ends,     // where each ends
  holders,          // of an attribute in analyses: for each value from 1, the analyses that have it
  holder_ends,      // where each ends
  segment_analysis = 20,  // of each segment
  word_end,               // the first segment after each word
  word_verse,             // of each word
  word_analysis,          // of each word
  word_analysis_end,      // of each analysis of words, in word_analysis_parts
  word_analysis_parts,    // the analyses of the segments
  segment_word,           // of each segment
  verse_end,              // the first word after each verse
  verse_surah,            // of each verse
  verse_ayah,
  verse_text,      // the texts in a row
  verse_text_end,  // where each ends
  word_from,  // of each word, the code points of the verse's text that it is; both 0 where that is not known
  word_to,
  region_begin = 40,  // of a region: the first word of each
  region_end,         // the first word after each
  region_number,      // what each is called, 1-based
  node_segment = 50,  // of each node of the treebank: its segment + 1, 0 for one that is not spoken
  node_analysis,
  node_head,  // node + 1, 0 for none
  node_verse,
  node_order,
  node_last,
  node_cycle,    // 0 for none
  node_flags,    // bit 0: is on a cycle, bit 1: names itself as its head
  sentence_end,  // the first node after each sentence
  child_end,     // of each node, in children
  children,
  phrase_node = 70,  // the node of each phrase
  phrase_first,      // its first and its last node
  phrase_last,
};
struct SectionKey {
  Part part = {};
  std::uint16_t of = 0;
  auto operator<=>(const SectionKey&) const = default;
};

inline constexpr std::uint32_t format_version = 3;
inline constexpr std::size_t max_identity = 32;

[[noreturn]] void damaged(const char* what);

// A little-endian number at an address that need not be aligned.
template <typename Number>
Number load(const char* at) {
  Number value;
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(&value, at, sizeof value);
  } else {
    value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i)
      value =
          static_cast<Number>(value | (static_cast<Number>(static_cast<unsigned char>(at[i])) << (8 * i)));
  }
  return value;
}
template <typename Number>
void store(std::string& out, Number value) {
  for (std::size_t i = 0; i < sizeof value; ++i) out += static_cast<char>(value >> (8 * i));
}

// An array of unsigned numbers in the file, all of one width. A default one is empty.
class Numbers {
 public:
  Numbers() = default;
  // `width` is 1, 2, 4 or 8.
  Numbers(std::string_view bytes, std::size_t width);

  std::size_t size() const { return size_; }
  // Throws Error(unavailable) for a place that it does not have.
  std::uint64_t operator[](std::size_t place) const {
    if (place >= size_) damaged("a number is missing");
    const char* const at = bytes_ + place * width_;
    switch (width_) {
      case 1:
        return static_cast<unsigned char>(*at);
      case 2:
        return load<std::uint16_t>(at);
      case 4:
        return load<std::uint32_t>(at);
      default:
        return load<std::uint64_t>(at);
    }
  }
  // The same for a place of something of which there are `bound`: throws for a number that is not below it.
  std::uint32_t below(std::size_t place, std::size_t bound) const {
    const std::uint64_t number = (*this)[place];
    if (number >= bound) damaged("a number is too large");
    return static_cast<std::uint32_t>(number);
  }

 private:
  const char* bytes_ = nullptr;
  std::size_t size_ = 0, width_ = 1;
};

// The parts of a row of things, each from the end of the one before to its own: [first, second).
struct Range {
  std::size_t begin = 0, end = 0;
  std::size_t size() const { return end - begin; }
};
// Part `place` of those whose ends are `ends`. Throws Error(unavailable) for one that is not inside `bound`.
Range range_in(const Numbers& ends, std::size_t place, std::size_t bound);

class FileWriter {
 public:
  // Throws Error(unavailable) when it cannot be written. `identity` has at most max_identity bytes.
  FileWriter(const std::filesystem::path& path, std::uint64_t table_hash, std::string_view identity);

  // Each section once.
  void add_bytes(SectionKey key, std::string_view bytes) { add(key, 1, bytes); }
  // In the smallest width that holds them all.
  void add_numbers(SectionKey key, std::span<const std::uint64_t> numbers);
  void add_numbers(SectionKey key, std::span<const std::uint32_t> numbers);

  // Writes the table and has the file on the disk.
  void finish();

 private:
  struct Entry {
    SectionKey key;
    std::uint32_t width;
    std::uint64_t offset, size, checksum;
  };
  void add(SectionKey key, std::uint32_t width, std::string_view bytes);
  void put(std::string_view bytes);
  std::string header(std::string_view table) const;

  std::filesystem::path path_;
  std::ofstream out_;
  std::uint64_t table_hash_, written_ = 0, table_offset_ = 0;
  std::string identity_;
  std::vector<Entry> entries_;
};

class File {
 public:
  // Throws Error(not_found or io) when it cannot be read, Error(bad_input) when its header or table is damaged, or
  // it is of another version or table of attributes.
  File(files::Mapped file, std::uint64_t table_hash);

  std::string_view identity() const { return identity_; }
  bool complete() const { return mapped_.complete(); }
  std::size_t size() const { return mapped_.bytes().size(); }
  // Empty when the file has no such section.
  std::string_view bytes(SectionKey key) const;
  Numbers numbers(SectionKey key) const;
  // The sections whose bytes are not those that were written.
  std::vector<SectionKey> changed() const;

 private:
  struct Section {
    std::string_view bytes;
    std::size_t width;
    std::uint64_t checksum;
  };
  files::Mapped mapped_;
  std::string identity_;
  std::map<SectionKey, Section> sections_;
};

}  // namespace kalima::columns
