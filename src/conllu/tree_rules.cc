#include "conllu/tree_rules.h"

#include <fmt/format.h>

#include <algorithm>

namespace kalima::conllu {
namespace {

[[noreturn]] void fail(const Line& line, std::string message) { conllu::fail(line.at, std::move(message)); }

std::uint32_t word_count(const Sentence& sentence) {
  std::uint32_t count = 0;
  for (const Line& line : sentence.lines) {
    if (line.kind == Line::Kind::word) count = line.id.word;
  }
  return count;
}

// The empty nodes' ids, which are in order.
std::vector<NodeId> empty_nodes(const Sentence& sentence) {
  std::vector<NodeId> ids;
  for (const Line& line : sentence.lines) {
    if (line.kind == Line::Kind::empty_node) ids.push_back(line.id);
  }
  return ids;
}

void require_one_tree(const Sentence& sentence, std::uint32_t words) {
  std::vector<std::size_t> heads;
  std::vector<const Line*> lines;
  const Line* root = nullptr;
  heads.reserve(words);
  bool any = false;
  for (const Line& line : sentence.lines) {
    if (line.kind != Line::Kind::word) continue;
    any = any || line.head;
    lines.push_back(&line);
    heads.push_back(line.head.value_or(0) == 0 ? no_head : std::size_t{*line.head} - 1);
  }
  if (!any) return;
  for (const Line* line : lines) {
    if (!line->head) fail(*line, "no head, while other words of the sentence have one");
    if (*line->head != 0) continue;
    if (root != nullptr) fail(*line, fmt::format("a second root; the first is word {}", root->id.word));
    root = line;
  }
  if (root == nullptr) fail(*lines.front(), "no word of the sentence has the head 0");
  const std::vector<bool> lost = without_root(heads);
  if (const auto at = std::find(lost.begin(), lost.end(), true); at != lost.end()) {
    fail(*lines[static_cast<std::size_t>(at - lost.begin())], "its heads lead in a cycle, not to the root");
  }
}

}  // namespace

void IdOrder::require_next(const Line& line) {
  const bool empty = line.kind == Line::Kind::empty_node;
  const NodeId expected = empty ? NodeId{last_.word, last_.empty + 1} : NodeId{last_.word + 1, 0};
  if (line.id != expected) {
    fail(line, fmt::format("the id {} is out of order or repeated; expected {}", to_text(line.id),
                           to_text(expected)));
  }
  if (after_range_ && line.kind != Line::Kind::word) fail(line, "after a range its first word is expected");
  if (line.kind == Line::Kind::range) {
    if (line.id.word <= range_end_) fail(line, "two ranges overlap");
    range_end_ = line.last;
    after_range_ = true;
    return;
  }
  last_ = line.id;
  after_range_ = false;
}

void require_format(const Sentence& sentence) {
  const std::uint32_t words = word_count(sentence);
  if (words == 0) fail(sentence.lines.back(), "a sentence without a word");
  const std::vector<NodeId> empty = empty_nodes(sentence);
  const auto is_there = [&](NodeId id) {
    return id.empty == 0 ? id.word <= words : std::binary_search(empty.begin(), empty.end(), id);
  };
  for (const Line& line : sentence.lines) {
    if (line.kind == Line::Kind::range && line.last > words) {
      fail(line, fmt::format("the range ends at word {}, the sentence at {}", line.last, words));
    }
    if (line.head && *line.head > words) {
      fail(line, fmt::format("the head {} is not a word of the sentence, which has {}", *line.head, words));
    }
    for (const Edge& edge : line.deps) {
      if (!is_there(edge.head)) {
        fail(line,
             fmt::format("the head {} in the column DEPS is not a node of the sentence", to_text(edge.head)));
      }
      if (edge.head == line.id) fail(line, "an edge in the column DEPS leads from a node to itself");
    }
  }
  require_one_tree(sentence, words);
}

std::vector<bool> without_root(const std::vector<std::size_t>& heads) {
  enum class State : unsigned char { unknown, on_the_way, rooted, lost };
  std::vector<State> states(heads.size(), State::unknown);
  std::vector<std::size_t> way;
  for (std::size_t start = 0; start < heads.size(); ++start) {
    way.clear();
    std::size_t node = start;
    while (node != no_head && states[node] == State::unknown) {
      states[node] = State::on_the_way;
      way.push_back(node);
      node = heads[node];
    }
    const bool rooted = node == no_head || states[node] == State::rooted;
    for (const std::size_t passed : way) states[passed] = rooted ? State::rooted : State::lost;
  }
  std::vector<bool> lost(heads.size());
  for (std::size_t i = 0; i < heads.size(); ++i) lost[i] = states[i] == State::lost;
  return lost;
}

}  // namespace kalima::conllu
