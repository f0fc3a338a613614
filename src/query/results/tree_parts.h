// Parts of trees, for queries that are made of queries.
//
// Threads: pure functions; NewLabels is used by one.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "query/syntax/tree.h"

namespace kalima::query {

inline Node node_of(decltype(Node::what) what) { return {std::move(what), {}}; }
inline Node any_word() { return node_of(WordTest{}); }
inline Node any_region(std::string_view region) {
  return node_of(Tag{std::string(region), false, Tag::Part::whole, {}});
}
inline Node within_of(Node of, Node by) {
  return node_of(Filter{Filter::Kind::within, false, std::move(of), std::move(by)});
}
Node sequence_of(std::vector<Node> parts);
// `label.attribute` compared with a text.
Test compared(const std::string& label, std::string_view attribute, Comparison comparison, std::string text);
Test conjunction(std::vector<Test> parts);
// The rest of a word in which a hit begins (or ends): segments of one word that are not all of it on that side.
std::vector<Node> rest_of_word(bool before);

// Labels that a query does not have.
class NewLabels {
 public:
  explicit NewLabels(const std::vector<std::string>& known) : known_(known) {}
  // `stem` with the first number for which it is new.
  std::string operator()(std::string_view stem);

 private:
  const std::vector<std::string>& known_;
  std::size_t made_ = 0;
};

}  // namespace kalima::query
