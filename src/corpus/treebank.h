// The treebank's rows as typed syntax nodes.
//
// The treebank is a dependency analysis with phrases: one row for each node, in the order of the text. These
// columns make up a node; in parentheses how their meaning is known:
//
//   sentence_id       the sentence; its rows are consecutive (observed: 1 to 11,693, ascending). A verse may
//                     contain several sentences, and a sentence several verses (observed: 838), but never
//                     of two surahs
//   token_id          the node's number in its sentence, from 0, without gaps (observed)
//   location          "(S:A:W:G)", the segment, all 1-based (the treebank's documentation); "_" for a hidden
//                     node, which is not spoken: an ellipsis or a hidden pronoun
//   chapter_id        surah, also of hidden nodes
//   verse_id          ayah, also of hidden nodes
//   uthmani_token     the form; of hidden nodes in parentheses, "(*)" for a missing form (observed)
//   pos               part-of-speech tag of the Quranic Arabic Corpus
//   rel_label         the relation to the head. "root" has no head. "NonRel" is a segment outside the tree
//                     (the article, conjunctions that only continue). Both name themselves as head (observed)
//   ref_token_id      token_id of the head in the same sentence
//   constituents_loc  "[F-L]": the node represents the phrase of the tokens F to L, F <= the node <= L
//                     (observed)
//   constituent_label the phrase's kind: PP, VS, NS, SC, CS, S; "_" or "-" if there is no phrase
//
// Other columns repeat these or the features in other forms; conllu/treebank_columns.h has their rules.
// Threads: values only.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "support/error.h"

namespace kalima::corpus {

// A segment of the text; all 1-based.
struct SegmentPlace {
  std::int64_t surah = 0, ayah = 0, word = 0, segment = 0;

  auto operator<=>(const SegmentPlace&) const = default;
};
// "(2:255:1:1)" and back; nullopt for any other text.
std::optional<SegmentPlace> place_from_location(std::string_view location);
std::string to_location(const SegmentPlace& place);
// "2:255:1:1", of two to four numbers; missing ones are 0. nullopt for any other text.
std::optional<SegmentPlace> place_from_numbers(std::string_view numbers);
// The same, with as many numbers as are not 0.
std::string to_numbers(const SegmentPlace& place);

enum class Attachment {
  root,       // the top of a tree, or of one of its parts
  unrelated,  // not part of the tree
  dependent,  // has a head
};

struct Phrase {
  std::int64_t first = 0, last = 0;  // token numbers in the sentence
  std::string kind;
};

struct SyntaxNode {
  std::string sentence;
  std::int64_t token = 0;
  std::optional<SegmentPlace> place;  // nullopt for a hidden node
  std::int64_t surah = 0, ayah = 0;
  std::string form, pos, relation;
  std::int64_t head = 0;  // token number
  std::optional<Phrase> phrase;

  Attachment attachment() const;
};

// Reads rows with these column names.
class SyntaxReader {
 public:
  // The columns without which no node can be read.
  static std::span<const std::string_view> required_columns();

  // The first of them that is not among `columns`; empty when all are.
  static std::string_view missing_column(const std::vector<std::string>& columns);

  // Throws Error(bad_input) naming the first required column that is missing.
  explicit SyntaxReader(const std::vector<std::string>& columns);

  // The node, or the Error(bad_input) that says which cell is wrong and what was expected; an exporter goes on without
  // such a node. `cells` has one for each column.
  std::variant<SyntaxNode, Error> read(const std::vector<std::string>& cells) const;

 private:
  std::size_t sentence_, token_, location_, surah_, ayah_, relation_, head_;
  std::optional<std::size_t> form_, pos_, phrase_, phrase_kind_;
};

// For each node of a sentence the 0-based index of its head in the sentence: `no_node` for a root, an
// unrelated node and a head that is not in the sentence; its own index for a node that names itself.
inline constexpr std::size_t no_node = static_cast<std::size_t>(-1);
std::vector<std::size_t> heads_of(std::span<const SyntaxNode> sentence);

// The indexes of nodes on a cycle of heads. A node that depends on itself is a cycle.
std::vector<std::size_t> nodes_on_cycles(const std::vector<std::size_t>& heads);

// Whether the sentence's nodes, without the unrelated ones, form one tree: exactly one root, from which every
// node can be reached.
bool is_tree(std::span<const SyntaxNode> sentence);

}  // namespace kalima::corpus
