// The words of the texts, for text search: a file that is derived from the core file.
//
// A piece is a part of a verse's text between white space, mostly a word. Distinct pieces are entries, found by keys
// (word_keys.h).
//
// Units: verses and entries are 0-based numbers; offsets are 0-based code points. Threads: everything is const and may be
// used from every thread. Nothing is read in full when the file is opened: numbers are checked where they are used, and a
// damaged file causes Error(unavailable).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "corpus/columns/core_file.h"
#include "search/word_keys.h"
#include "support/container.h"
#include "support/mapped.h"
#include "support/rows.h"

namespace kalima::search {

// Increase the version with every change to the contents of the file, also to the keys.
inline constexpr ContainerKind word_file_kind{{'K', 'A', 'L', 'I', 'M', 'A', '-', 'W'}, 4};

// The sections of the file; the keys take word_keys_sections.
enum WordSection : std::uint32_t {
  section_first_piece = 1,
  section_pieces,
  section_entry_offsets,
  section_entries,
  section_first_use,
  section_uses,
  section_keys = 10,
};

struct Piece {
  std::uint32_t entry;
  std::uint32_t word;  // of the morphology that it belongs to, 1-based in its verse; 0: none
  std::uint32_t from;  // in the verse's text
};

class WordFile {
 public:
  // Throws as Container does.
  explicit WordFile(files::Mapped file);
  explicit WordFile(const std::filesystem::path& path) : WordFile(files::Mapped(path)) {}

  // Which database it was made from.
  const std::string& identity() const { return file_.identity(); }
  // False once a part of the file could not be read (support/mapped.h).
  bool complete() const { return file_.complete(); }

  std::size_t verses() const { return first_piece_.size() - 1; }
  // Of a verse, or of the number of verses: the number of its first piece among all. Those of a verse end where the next
  // verse's begin.
  std::uint32_t first_piece(std::size_t verse) const {
    return below(first_piece_[verse], pieces_.size() + 1);
  }
  Piece piece(std::uint32_t number) const {
    const Piece piece = pieces_[number];
    below(piece.entry, entries());
    return piece;
  }
  std::size_t pieces() const { return pieces_.size(); }
  // The verse that has a piece.
  std::uint32_t verse_of(std::uint32_t piece) const;
  std::size_t entries() const { return offsets_.size() - 1; }
  std::u32string_view entry(std::size_t number) const {
    return part_of(code_points_, offsets_[number], offsets_[number + 1]);
  }
  // The pieces that are the entry, ascending; what they are numbers of is checked where they are used.
  Rows<std::uint32_t> uses(std::size_t entry) const {
    return uses_.part(first_use_[entry], first_use_[entry + 1]);
  }
  const WordKeys& keys() const { return keys_; }

 private:
  Container file_;
  Rows<std::uint32_t> first_piece_;  // of each verse and one more
  Rows<Piece> pieces_;
  Rows<std::uint32_t> offsets_;  // of each entry and one more
  std::u32string_view code_points_;
  Rows<std::uint32_t> first_use_;  // of each entry and one more
  Rows<std::uint32_t> uses_;
  WordKeys keys_;
};

// The verses of pieces that are asked about in ascending order.
class VersesOfPieces {
 public:
  explicit VersesOfPieces(const WordFile& file)
      : file_(file), end_(file.verses() == 0 ? 0 : file.first_piece(1)) {}
  std::uint32_t of(std::uint32_t piece) {
    // Mostly it is in one of the next verses.
    for (int i = 0; i < 24 && piece >= end_ && verse_ + std::size_t{1} < file_.verses(); ++i)
      go_to(verse_ + 1);
    if (piece >= end_) go_to(file_.verse_of(piece));
    return verse_;
  }

 private:
  void go_to(std::uint32_t verse) {
    verse_ = verse;
    end_ = file_.first_piece(verse + std::size_t{1});
  }

  const WordFile& file_;
  std::uint32_t verse_ = 0, end_;
};

// Makes the file and has it on the disk. The same core file gives the same file.
void build_words(const columns::CoreFile& core, const std::filesystem::path& path);

}  // namespace kalima::search
