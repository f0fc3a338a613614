#include "importers/starter_trees.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "support/error.h"
#include "support/numbers.h"

namespace kalima::importers {
namespace {

// Prefixes that take no part in a tree.
constexpr std::array<std::string_view, 5> unrelated_tags{"DET", "CONJ", "REM", "RSLT", "SUP"};
constexpr std::string_view unrelated = "NonRel";

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::bad_input, what); }

// Takes the part before the first `separator` off `text`.
std::string_view take_until(std::string_view& text, char separator) {
  const std::size_t end = text.find(separator);
  const std::string_view part = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  return part;
}

bool takes_part(const corpus::Segment& segment) {
  const bool prefix = segment.type.value_or("") == "prefix";
  return !prefix || std::ranges::find(unrelated_tags, segment.pos.value_or("")) == unrelated_tags.end();
}

// In a relation a space is written as `_`.
std::string relation_of(std::string_view written) {
  std::string out(written);
  std::ranges::replace(out, '_', ' ');
  return out;
}

// "1/2s": the suffix of word 2 of verse 1; "h": the hidden node before.
struct Head {
  std::optional<std::int64_t> ayah, word;
  bool suffix = false;
};
Head read_head(std::string_view written) {
  std::string_view text = written;
  Head head;
  const auto number = [&](std::string_view digits) {
    const auto value = numbers::parse<std::int64_t>(digits, {.min = 1, .max = 1000});
    if (!value) refuse(fmt::format("expected a head such as 2, 2s, h or 1/2, found \"{}\"", written));
    return *value;
  };
  if (text.find('/') != std::string_view::npos) head.ayah = number(take_until(text, '/'));
  if (text == "h") return head;
  head.suffix = text.ends_with('s');
  if (head.suffix) text.remove_suffix(1);
  head.word = number(text);
  return head;
}

// The nodes below `at`, and itself, without what is coordinated with it.
std::vector<bool> below(const std::vector<corpus::SyntaxNode>& nodes, std::size_t at) {
  std::vector<bool> inside(nodes.size());
  inside[at] = true;
  for (bool more = true; more;) {
    more = false;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const auto& node = nodes[i];
      const auto head = static_cast<std::size_t>(node.head);
      if (inside[i] || node.attachment() != corpus::Attachment::dependent || !inside[head]) continue;
      if (head == at && node.relation == "conj") continue;
      inside[i] = more = true;
    }
  }
  return inside;
}

// The phrase that a node is the head of: a preposition with its noun, a verb or a subject with its clause. Nothing where other words
// are between its own.
std::optional<corpus::Phrase> phrase_of(const std::vector<corpus::SyntaxNode>& nodes, std::size_t at) {
  const auto has = [&](std::string_view relation) {
    return std::ranges::any_of(nodes, [&](const auto& node) {
      return node.attachment() == corpus::Attachment::dependent &&
             node.head == static_cast<std::int64_t>(at) && node.relation == relation;
    });
  };
  const std::string_view pos = nodes[at].pos;
  const std::string_view kind = pos == "P" && has("gen") ? "PP" : pos == "V" ? "VS" : has("Pred") ? "NS" : "";
  if (kind.empty()) return std::nullopt;
  const std::vector<bool> inside = below(nodes, at);
  const auto first = static_cast<std::size_t>(std::ranges::find(inside, true) - inside.begin());
  std::size_t last = first;
  for (std::size_t i = first; i < nodes.size(); ++i) {
    if (inside[i]) last = i;
  }
  for (std::size_t i = first; i < last; ++i) {
    if (!inside[i] && nodes[i].attachment() != corpus::Attachment::unrelated) return std::nullopt;
  }
  if (first == last) return std::nullopt;
  return corpus::Phrase{static_cast<std::int64_t>(first), static_cast<std::int64_t>(last), std::string(kind)};
}

}  // namespace

void StarterTrees::read(bool begins, std::string_view items, const corpus::Verse& verse) {
  if (begins) {
    sentences_.emplace_back();
  } else if (sentences_.empty()) {
    refuse("expected \"tree\" before \"more\"");
  }
  while (!items.empty()) {
    const std::string_view token = take_until(items, ' ');
    if (token.starts_with('(')) {
      read_hidden(token, verse);
    } else {
      read_word(token, verse);
    }
  }
}

void StarterTrees::add(corpus::SyntaxNode node, std::string head, bool stem) {
  node.token = static_cast<std::int64_t>(sentences_.back().size());
  node.head = node.token;
  sentences_.back().push_back({std::move(node), std::move(head), stem});
}

// "(FORM)", "(FORM)TAG=RELATION", with or without ":HEAD".
void StarterTrees::read_hidden(std::string_view token, const corpus::Verse& verse) {
  const std::size_t end = token.find(')');
  if (end == std::string_view::npos || end == 1)
    refuse(fmt::format("expected a form in parentheses, found \"{}\"", token));
  corpus::SyntaxNode node;
  node.surah = verse.surah;
  node.ayah = verse.ayah;
  node.form = token.substr(0, end + 1);
  std::string_view rest = token.substr(end + 1);
  std::string_view described = take_until(rest, ':');
  if (described.empty()) {
    node.pos = "PRON";
    node.relation = "Subj";
  } else {
    node.pos = take_until(described, '=');
    node.relation = relation_of(described);
    if (node.pos.empty() || node.relation.empty())
      refuse(fmt::format("expected TAG=RELATION after the form, found \"{}\"", token));
  }
  add(std::move(node), std::string(rest), false);
}

void StarterTrees::read_word(std::string_view token, const corpus::Verse& verse) {
  if (words_ == verse.words.size()) {
    refuse(
        fmt::format("verse {} has {} words, and \"{}\" is one more", verse.ayah, verse.words.size(), token));
  }
  const corpus::Word& word = verse.words[words_++];
  const bool outside = token == ".";
  std::string_view items = token;
  for (std::size_t i = 0; i < word.segments.size(); ++i) {
    const corpus::Segment& segment = word.segments[i];
    corpus::SyntaxNode node;
    node.surah = verse.surah;
    node.ayah = verse.ayah;
    node.place = corpus::SegmentPlace{verse.surah, verse.ayah, word.id, static_cast<std::int64_t>(i) + 1};
    node.form = segment.form.value_or("");
    node.pos = segment.pos.value_or("");
    std::string_view item;
    if (!outside && takes_part(segment)) {
      item = take_until(items, '+');
      if (item.empty()) refuse(fmt::format("\"{}\" has fewer items than the word has segments", token));
    }
    node.relation = item.empty() ? std::string(unrelated) : relation_of(take_until(item, ':'));
    add(std::move(node), std::string(item), segment.type.value_or("") == "stem");
  }
  if (!outside && !items.empty())
    refuse(fmt::format("\"{}\" has more items than the word has segments", token));
}

void StarterTrees::end_verse(const corpus::Verse& verse) {
  if (words_ != 0 && words_ != verse.words.size()) {
    refuse(fmt::format("verse {} has {} words, its trees have {}", verse.ayah, verse.words.size(), words_));
  }
  words_ = 0;
}

std::vector<std::vector<corpus::SyntaxNode>> StarterTrees::finish() {
  std::vector<std::vector<corpus::SyntaxNode>> out;
  for (const std::vector<Node>& sentence : sentences_) {
    std::vector<corpus::SyntaxNode>& nodes = out.emplace_back();
    for (const Node& node : sentence) nodes.push_back(node.syntax);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (nodes[i].attachment() != corpus::Attachment::dependent) continue;
      // What is wanted is looked for from the node back, a word everywhere.
      std::optional<std::size_t> head;
      const Head wanted = sentence[i].head.empty() ? Head{} : read_head(sentence[i].head);
      for (std::size_t j = 0; j < nodes.size(); ++j) {
        const auto& other = nodes[j];
        if (other.attachment() == corpus::Attachment::unrelated) continue;
        if (sentence[i].head.empty()) {
          if (j < i) head = j;
        } else if (!wanted.word) {
          if (!other.place && other.ayah == wanted.ayah.value_or(nodes[i].ayah) && (wanted.ayah || j < i))
            head = j;
        } else if (other.place && other.place->ayah == wanted.ayah.value_or(nodes[i].ayah) &&
                   other.place->word == *wanted.word &&
                   (wanted.suffix ? !sentence[j].stem : sentence[j].stem)) {
          head = j;
        }
      }
      if (!head || *head == i) {
        refuse(
            fmt::format("{} of verse {} has no head \"{}\"", nodes[i].form, nodes[i].ayah, sentence[i].head));
      }
      nodes[i].head = static_cast<std::int64_t>(*head);
    }
    if (!corpus::is_tree(nodes))
      refuse(fmt::format("the sentence that begins in verse {} is not one tree", nodes.front().ayah));
    for (std::size_t i = 0; i < nodes.size(); ++i) nodes[i].phrase = phrase_of(nodes, i);
  }
  return out;
}

}  // namespace kalima::importers
