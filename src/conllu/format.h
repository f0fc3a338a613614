// The CoNLL-U format: sentences of ten-column lines, read and written.
//
// Source of every rule: https://universaldependencies.org/format.html. Texts are UTF-8; numbers of words and
// lines are 1-based. Nothing here knows of verses; a sentence is a value, and a Reader belongs to one thread.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/pieces.h"

namespace kalima::conllu {

// The value of the first column, and of a head: word 3 is {3}, the second empty node after it {3, 2} ("3.2").
// {0} is the root of the tree.
struct NodeId {
  std::uint32_t word = 0;
  std::uint32_t empty = 0;

  auto operator<=>(const NodeId&) const = default;
};
std::string to_text(NodeId id);

struct Edge {
  NodeId head;
  std::string relation;
};

// One attribute of the last column: "Name=Value" or a bare name. The value is as written, see escape.h.
using Attribute = std::pair<std::string, std::string>;

// A line. "_" in a column is an empty text (also in FORM and LEMMA: the format cannot distinguish a missing
// one from an underscore), a missing head, or an empty list.
struct Line {
  enum class Kind { word, range, empty_node };

  Kind kind = Kind::word;
  NodeId id;               // of a range: its first word
  std::uint32_t last = 0;  // of a range: its last word
  std::string form, lemma, upos, xpos, feats;
  std::optional<std::uint32_t> head;
  std::string deprel;
  std::vector<Edge> deps;
  std::vector<Attribute> misc;
  std::size_t at = 0;  // the line of the file it was read from

  // The value of an attribute as written, or nullptr.
  const std::string* attribute(std::string_view name) const;
};

struct Comment {
  std::string name, value;  // "# name = value"; a comment without "=" has a name only
  std::size_t at = 0;
};

struct Sentence {
  std::vector<Comment> comments;
  std::vector<Line> lines;
};

// Appends the sentence and the empty line after it. Texts of a column must not contain a tab or line feed.
void write(const Sentence& sentence, std::string& out);

// Reads sentence after sentence. Lines end in LF; CRLF is accepted. The text is well-formed UTF-8.
class Reader {
 public:
  // `text` must outlive the reader.
  explicit Reader(std::string_view text) : Reader(one_piece(text)) {}
  explicit Reader(Pieces pieces) : lines_(std::move(pieces)) {}

  // False at the end. Throws Error(bad_input) with the line for anything that the format does not allow: a
  // wrong number of columns, empty columns, ids out of order, a range over missing words, a missing head, a
  // basic tree without exactly one root or with a cycle (unless it has no heads at all), a file that stops in
  // the middle of a sentence; and for a sentence of more than 20,000 lines, or 256 MiB with its comments.
  bool next(Sentence& sentence);

 private:
  bool next_line();

  PieceLines lines_;
};

// Throws Error(bad_input) with the 1-based line; the caller knows the file.
[[noreturn]] void fail(std::size_t line, std::string message);

}  // namespace kalima::conllu
