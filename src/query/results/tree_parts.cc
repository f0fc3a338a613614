#include "query/results/tree_parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "query/syntax/lexer.h"

namespace kalima::query {

Node sequence_of(std::vector<Node> parts) {
  if (parts.size() == 1) return std::move(parts.front());
  return node_of(Sequence{std::move(parts)});
}

Test compared(const std::string& label, std::string_view attribute, Comparison comparison, std::string text) {
  Test test;
  test.kind = Test::Kind::compare;
  test.left = Operand{Name{label, std::string(attribute)}, {}};
  query::Value value;
  value.text = std::move(text);
  test.right = Operand{std::move(value), {}};
  test.comparison = comparison;
  return test;
}

Test conjunction(std::vector<Test> parts) {
  if (parts.size() == 1) return std::move(parts.front());
  Test test;
  test.kind = Test::Kind::both;
  test.parts = std::move(parts);
  return test;
}

std::vector<Node> rest_of_word(bool before) {
  Tag word;
  word.region = "w";
  Tag border = word;
  border.part = before ? Tag::Part::start : Tag::Part::end;
  Node rest =
      node_of(Filter{Filter::Kind::within, false, node_of(Repeat{node_of(SegmentTest{}), {1, unbounded}}),
                     node_of(std::move(word))});
  // The border of words is not at the hit: `(?! <w>)` after the rest, `(?<! </w>)` before it.
  Node inside = node_of(Look{before, true, node_of(std::move(border))});
  std::vector<Node> parts;
  parts.push_back(before ? std::move(rest) : std::move(inside));
  parts.push_back(before ? std::move(inside) : std::move(rest));
  return parts;
}

std::string NewLabels::operator()(std::string_view stem) {
  for (;;) {
    std::string label = made_ == 0 ? std::string(stem) : fmt::format("{}{}", stem, made_);
    ++made_;
    // Labels are compared without regard to case.
    const auto same = [&](const std::string& known) { return same_name(known, label); };
    if (std::ranges::none_of(known_, same)) return label;
  }
}

}  // namespace kalima::query
