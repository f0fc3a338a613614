#include "corpus/treebank.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "support/error.h"
#include "support/numbers.h"

namespace kalima::corpus {
namespace {

std::optional<std::int64_t> number(std::string_view text) {
  // All numbers of the treebank are smaller; a larger one is a mistake.
  return numbers::parse<std::int64_t>(text, {.min = 0, .max = 1'000'000});
}

std::optional<std::size_t> place_of(const std::vector<std::string>& columns, std::string_view name) {
  const auto it = std::find(columns.begin(), columns.end(), name);
  if (it == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(it - columns.begin());
}

std::size_t required_place(const std::vector<std::string>& columns, std::string_view name) {
  const auto place = place_of(columns, name);
  if (!place) throw Error(ErrorCode::bad_input, fmt::format("the treebank has no column \"{}\"", name));
  return *place;
}

// "[3-4]"; any other text means that there is no phrase.
std::optional<Phrase> phrase_from(std::string_view text) {
  if (!text.starts_with('[') || !text.ends_with(']')) return std::nullopt;
  text = text.substr(1, text.size() - 2);
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto first = number(text.substr(0, dash)), last = number(text.substr(dash + 1));
  if (!first || !last || *last < *first) return std::nullopt;
  return Phrase{*first, *last, {}};
}

}  // namespace

std::optional<SegmentPlace> place_from_numbers(std::string_view numbers) {
  SegmentPlace place;
  const std::array parts = {&place.surah, &place.ayah, &place.word, &place.segment};
  std::size_t count = 0;
  for (bool more = true; more; ++count) {
    if (count == parts.size()) return std::nullopt;
    const std::size_t end = numbers.find(':');
    more = end != std::string_view::npos;
    const auto value = number(numbers.substr(0, end));
    if (!value) return std::nullopt;
    *parts[count] = *value;
    if (more) numbers.remove_prefix(end + 1);
  }
  return count < 2 ? std::nullopt : std::optional(place);
}

std::string to_numbers(const SegmentPlace& place) {
  std::string out = fmt::format("{}:{}", place.surah, place.ayah);
  if (place.word != 0) out += fmt::format(":{}", place.word);
  if (place.word != 0 && place.segment != 0) out += fmt::format(":{}", place.segment);
  return out;
}

std::optional<SegmentPlace> place_from_location(std::string_view location) {
  if (!location.starts_with('(') || !location.ends_with(')')) return std::nullopt;
  const std::string_view numbers = location.substr(1, location.size() - 2);
  if (std::count(numbers.begin(), numbers.end(), ':') != 3) return std::nullopt;
  return place_from_numbers(numbers);
}

std::string to_location(const SegmentPlace& place) {
  return fmt::format("({}:{}:{}:{})", place.surah, place.ayah, place.word, place.segment);
}

Attachment SyntaxNode::attachment() const {
  if (relation == "NonRel") return Attachment::unrelated;
  return relation == "root" && head == token ? Attachment::root : Attachment::dependent;
}

std::span<const std::string_view> SyntaxReader::required_columns() {
  static constexpr std::string_view names[] = {"sentence_id", "token_id",  "location",    "chapter_id",
                                               "verse_id",    "rel_label", "ref_token_id"};
  return names;
}

std::string_view SyntaxReader::missing_column(const std::vector<std::string>& columns) {
  for (const std::string_view name : required_columns()) {
    if (!place_of(columns, name)) return name;
  }
  return {};
}

SyntaxReader::SyntaxReader(const std::vector<std::string>& columns)
    : sentence_(required_place(columns, "sentence_id")),
      token_(required_place(columns, "token_id")),
      location_(required_place(columns, "location")),
      surah_(required_place(columns, "chapter_id")),
      ayah_(required_place(columns, "verse_id")),
      relation_(required_place(columns, "rel_label")),
      head_(required_place(columns, "ref_token_id")),
      form_(place_of(columns, "uthmani_token")),
      pos_(place_of(columns, "pos")),
      phrase_(place_of(columns, "constituents_loc")),
      phrase_kind_(place_of(columns, "constituent_label")) {}

std::variant<SyntaxNode, Error> SyntaxReader::read(const std::vector<std::string>& cells) const {
  SyntaxNode node;
  node.sentence = cells[sentence_];
  node.relation = cells[relation_];
  struct Cell {
    std::size_t column;
    std::string_view name;
    std::int64_t SyntaxNode::*number;
  };
  for (const Cell& cell :
       {Cell{token_, "token_id", &SyntaxNode::token}, Cell{surah_, "chapter_id", &SyntaxNode::surah},
        Cell{ayah_, "verse_id", &SyntaxNode::ayah}, Cell{head_, "ref_token_id", &SyntaxNode::head}}) {
    const auto value = number(cells[cell.column]);
    if (!value) {
      return Error(ErrorCode::bad_input,
                   fmt::format("{} is \"{}\", expected a number", cell.name, cells[cell.column]));
    }
    node.*cell.number = *value;
  }
  if (cells[location_] != "_") {
    node.place = place_from_location(cells[location_]);
    if (!node.place) {
      return Error(
          ErrorCode::bad_input,
          fmt::format("location is \"{}\", expected (SURAH:AYAH:WORD:SEGMENT), or _ for a hidden node",
                      cells[location_]));
    }
  }
  if (form_) node.form = cells[*form_];
  if (pos_) node.pos = cells[*pos_];
  if (phrase_) node.phrase = phrase_from(cells[*phrase_]);
  if (node.phrase && phrase_kind_) node.phrase->kind = cells[*phrase_kind_];
  return node;
}

std::vector<std::size_t> heads_of(std::span<const SyntaxNode> sentence) {
  std::unordered_map<std::int64_t, std::size_t> places;
  for (std::size_t i = 0; i < sentence.size(); ++i) places.emplace(sentence[i].token, i);
  std::vector<std::size_t> heads(sentence.size(), no_node);
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    if (sentence[i].attachment() != Attachment::dependent) continue;
    if (const auto it = places.find(sentence[i].head); it != places.end()) heads[i] = it->second;
  }
  return heads;
}

std::vector<std::size_t> nodes_on_cycles(const std::vector<std::size_t>& heads) {
  // Nodes that were passed on the way up from a node are marked with its number; meeting one again closes a
  // cycle.
  std::vector<std::size_t> passed(heads.size(), no_node);
  std::vector<std::size_t> found;
  for (std::size_t start = 0; start < heads.size(); ++start) {
    std::size_t node = start;
    while (node != no_node && passed[node] == no_node) {
      passed[node] = start;
      node = heads[node];
    }
    if (node == no_node || passed[node] != start) continue;
    for (std::size_t on = node;;) {
      found.push_back(on);
      on = heads[on];
      if (on == node) break;
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

bool is_tree(std::span<const SyntaxNode> sentence) {
  const std::vector<std::size_t> heads = heads_of(sentence);
  std::size_t roots = 0;
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    const Attachment attachment = sentence[i].attachment();
    if (attachment == Attachment::root) ++roots;
    if (attachment != Attachment::dependent) continue;
    if (heads[i] == no_node || sentence[heads[i]].attachment() == Attachment::unrelated) return false;
  }
  return roots == 1 && nodes_on_cycles(heads).empty();
}

}  // namespace kalima::corpus
