#include "query/results/rewriting.h"

#include <algorithm>

#include "query/results/tree_parts.h"
#include "query/syntax/parser.h"
#include "query/syntax/printer.h"

namespace kalima::query {
namespace {

// A look at the word `distance` words away: its value is that, or missing.
Node look_at(const Key& key, const std::string& label, const std::string& text, bool inside_words) {
  const bool before = key.where == Key::Where::before;
  const auto words = [&] {
    std::vector<Node> parts;
    parts.push_back(node_of(Capture{label, any_word()}));
    for (std::uint32_t i = 1; i < key.distance; ++i)
      parts.insert(before ? parts.end() : parts.begin(), any_word());
    return parts;
  };
  Node of = sequence_of(words());
  if (inside_words) {
    std::vector<Node> with_rest = words();
    std::vector<Node> rest = rest_of_word(before);
    with_rest.insert(before ? with_rest.end() : with_rest.begin(), std::make_move_iterator(rest.begin()),
                     std::make_move_iterator(rest.end()));
    std::vector<Node> ways;
    ways.push_back(std::move(of));
    ways.push_back(sequence_of(std::move(with_rest)));
    of = node_of(Either{std::move(ways)});
  }
  const std::string_view attribute = attributes::definition(key.attribute).name;
  // A missing word has no value either.
  const bool missing = text.empty();
  Test test = compared(label, attribute, missing ? Comparison::not_equal : Comparison::same, text);
  return node_of(Look{!before, missing, node_of(Constrained{std::move(of), std::move(test)})});
}

}  // namespace

std::string restricted(std::string_view query, std::string_view within) {
  Query parsed = parse(query);
  // A bare region is a tag without attributes; anything else after `within` is a query of its own.
  const auto region = attributes::find_region(within);
  Node by = region ? any_region(within) : parse(within).body;
  Node of = std::move(parsed.body);
  parsed.body = node_of(Filter{Filter::Kind::within, false, std::move(of), std::move(by)});
  return print(parsed);
}

std::string query_of_group(const Query& query, const columns::CoreFile& core, const std::vector<Key>& keys,
                           const std::vector<std::string>& labels, const HitGroup& group, bool inside_words) {
  NewLabels new_label(labels);
  Query out = query;
  out.notes.clear();
  std::string match_label;
  std::vector<Node> before, after;
  std::vector<Test> tests;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const Key& key = keys[i];
    const std::string text = core.text(key.attribute, group.values[i]);
    if (key.where == Key::Where::before || key.where == Key::Where::after) {
      std::vector<Node>& side = key.where == Key::Where::before ? before : after;
      side.push_back(look_at(key, new_label("w"), text, inside_words));
      continue;
    }
    if (key.where == Key::Where::match && match_label.empty()) match_label = new_label("m");
    const std::string& label = key.where == Key::Where::match ? match_label : labels.at(key.label);
    tests.push_back(compared(label, attributes::definition(key.attribute).name,
                             text.empty() ? Comparison::equal : Comparison::same, text));
  }
  Node body = std::move(out.body);
  if (!match_label.empty()) body = node_of(Capture{match_label, std::move(body)});
  if (!before.empty() || !after.empty()) {
    std::vector<Node> parts = std::move(before);
    parts.push_back(std::move(body));
    parts.insert(parts.end(), std::make_move_iterator(after.begin()), std::make_move_iterator(after.end()));
    body = node_of(Sequence{std::move(parts)});
  }
  if (!tests.empty()) body = node_of(Constrained{std::move(body), conjunction(std::move(tests))});
  out.body = std::move(body);
  return print(out);
}

}  // namespace kalima::query
