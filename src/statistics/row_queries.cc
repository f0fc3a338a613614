#include "statistics/row_queries.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "query/results/rewriting.h"
#include "query/results/tree_parts.h"
#include "query/syntax/parser.h"
#include "query/syntax/printer.h"

namespace kalima::statistics {
namespace {

using attributes::Attribute;
using query::Filter;
using query::Node;
using query::node_of;

std::string reason(const Scope& scope, const Hits& hits) {
  if (hits.found.tag_alone()) return "its hits are places between words";
  if (hits.found.reading() != query::Reading::all)
    return "its reading chooses among hits, and would choose others in a part of them";
  if (scope.reading() != query::Reading::all) return "the reading of within cannot be a part of a query";
  if (hits.sensitive) return "sensitive is a parameter, which a query cannot have";
  return {};
}

Node overlapping(Node of, Node by, bool negated = false) {
  return node_of(Filter{Filter::Kind::overlap, negated, std::move(of), std::move(by)});
}

// Words of which nothing lies in a hit.
Node outside(Node query) { return overlapping(query::any_word(), std::move(query), true); }

bool is_any_word(const Node& node) {
  const auto* word = std::get_if<query::WordTest>(&node.what);
  return word != nullptr && word->test.kind == query::Test::Kind::any;
}

// A division of the text, which begins and ends between words.
bool is_division(const Node& node) {
  const auto* tag = std::get_if<query::Tag>(&node.what);
  if (tag == nullptr || tag->part != query::Tag::Part::whole || tag->pattern) return false;
  const auto region = attributes::find_region(tag->region);
  return region && *region != attributes::Region::sentence && *region != attributes::Region::phrase;
}

query::Test has_value(const std::string& label, Attribute attribute, const std::string& value) {
  return query::compared(label, attributes::definition(attribute).name, query::Comparison::same, value);
}

// `of` as `label`, with one of the values.
Node with_values(const std::string& label, Node of, Attribute attribute,
                 const std::vector<std::string>& values) {
  query::Test test;
  test.kind = query::Test::Kind::either;
  for (const std::string& value : values) test.parts.push_back(has_value(label, attribute, value));
  if (test.parts.size() == 1) test = query::Test(test.parts.front());
  return node_of(query::Constrained{node_of(query::Capture{label, std::move(of)}), std::move(test)});
}

Node unit_node(Unit unit) {
  return unit == Unit::segment ? node_of(query::SegmentTest{}) : query::any_word();
}

Node repeated(Node of, std::uint32_t min, std::uint32_t max) {
  return node_of(query::Repeat{std::move(of), {min, max}});
}

// Parts in the order of the text: `parts` are those of a word before a hit, from the word on.
Node in_order(std::vector<Node> parts, bool before) {
  if (!before) std::ranges::reverse(parts);
  return query::sequence_of(std::move(parts));
}

// `near`, which is before the hit or after it, and `hit`, in one verse: the one in which the hit begins, or ends. `rest`:
// the hit begins, or ends, within a word.
Node beside(std::vector<Node> near, Node hit, bool before, bool rest, bool over_verses) {
  Node words = in_order(std::move(near), before);
  std::vector<Node> parts;
  if (over_verses) {
    parts.push_back(query::within_of(std::move(words), query::any_region("verse")));
    query::Tag verse{"verse", false, query::Tag::Part::start, {}};
    parts.push_back(node_of(query::Look{true, true, node_of(std::move(verse))}));
  } else {
    parts.push_back(std::move(words));
  }
  if (rest) {
    std::vector<Node> of_word = query::rest_of_word(before);
    if (!before) std::ranges::reverse(of_word);
    parts.insert(parts.end(), std::make_move_iterator(of_word.begin()),
                 std::make_move_iterator(of_word.end()));
  }
  parts.push_back(std::move(hit));
  Node out = in_order(std::move(parts), before);
  return over_verses ? std::move(out) : query::within_of(std::move(out), query::any_region("verse"));
}

// Whether all that matches has a word, or a part of one; false where that is not certain.
struct HasWords {
  bool operator()(const query::WordTest&) const { return true; }
  bool operator()(const query::SegmentTest&) const { return true; }
  bool operator()(const query::Tree&) const { return true; }
  bool operator()(const query::Not&) const { return true; }
  bool operator()(const query::Sequence& all) const { return std::ranges::any_of(all.parts, *this); }
  bool operator()(const query::Both& all) const { return std::ranges::any_of(all.parts, *this); }
  bool operator()(const query::Either& all) const { return std::ranges::all_of(all.parts, *this); }
  bool operator()(const query::Repeat& one) const { return one.count.min > 0 && (*this)(*one.of); }
  bool operator()(const query::Capture& one) const { return (*this)(*one.of); }
  bool operator()(const query::Target& one) const { return (*this)(*one.of); }
  bool operator()(const query::Filter& one) const { return (*this)(*one.of); }
  bool operator()(const query::Inside& one) const { return (*this)(*one.of); }
  bool operator()(const query::Constrained& one) const { return (*this)(*one.of); }
  bool operator()(const Node& node) const { return std::visit(*this, node.what); }
  template <typename Other>
  bool operator()(const Other&) const {
    return false;
  }
};

// A query alone loses its empty matches; as a part of another one it would have them.
Node without_empty(Node query) {
  if (HasWords()(query)) return query;
  return node_of(Filter{Filter::Kind::containing, false, std::move(query), node_of(query::SegmentTest{})});
}

Node either(std::vector<Node> ways) {
  return ways.size() == 1 ? std::move(ways.front()) : node_of(query::Either{std::move(ways)});
}

}  // namespace

RowQueries::RowQueries(const Source& source, const Scope& scope, const Hits& hits)
    : core_(source.engine.corpus().core()), labels_(hits.found.labels()), why_none_(reason(scope, hits)) {
  if (!any()) return;
  query_ = query::parse(hits.text);
  query_.notes.clear();
  body_ = without_empty(query_.body);
  if (!scope.text().empty()) scope_ = query::parse(scope.text()).body;
}

void RowQueries::explain(Sheet& sheet) const {
  if (!any() && !sheet.rows.empty()) sheet.notes.push_back(fmt::format("rows have no query: {}", why_none_));
}

std::string RowQueries::printed(Node body) const {
  query::Query out = query_;
  out.body = std::move(body);
  return query::print(out);
}

// Those of `each`, such as words, of which a part lies in a hit. None of them overlap.
Node RowQueries::taken(Node each) const {
  if (labels_.empty()) return overlapping(std::move(each), query_.body);
  Node others = overlapping(each, query_.body, true);
  return overlapping(std::move(each), std::move(others), true);
}

// `one`, a word or segment, if its word is in the scope.
Node RowQueries::in_scope(Node one) const {
  if (!scope_) return one;
  return is_division(*scope_) ? query::within_of(std::move(one), *scope_)
                              : overlapping(std::move(one), outside(*scope_), true);
}

std::string RowQueries::of_values_in(Node words, Unit unit, Attribute attribute,
                                     const std::vector<std::string>& values) const {
  const std::string label = query::NewLabels(labels_)("m");
  return printed(
      in_scope(query::within_of(with_values(label, unit_node(unit), attribute, values), std::move(words))));
}

std::string RowQueries::of_group(const std::vector<query::Key>& keys, const query::HitGroup& group,
                                 bool inside_words) const {
  return any() ? query::query_of_group(query_, core_, keys, labels_, group, inside_words) : std::string();
}

std::string RowQueries::of_words(Taken taken_words, Unit unit, Attribute attribute,
                                 const std::vector<std::string>& values) const {
  if (!any()) return {};
  const std::string_view region = taken_words == Taken::verses ? "verse" : "w";
  return of_values_in(taken(query::any_region(region)), unit, attribute, values);
}

std::string RowQueries::around(const Window& window, const WindowCounts& counts, Unit unit,
                               Attribute attribute, const std::string& value) const {
  if (!any()) return {};
  std::vector<Node> sides;
  for (const bool before : {true, false}) {
    const std::uint32_t words = before ? window.left : window.right;
    if (words == 0) continue;
    std::vector<Node> ways;
    for (const bool rest : {false, true}) {
      if (rest && !counts.inside_words) continue;
      std::vector<Node> near;
      near.push_back(repeated(query::any_word(), 1, words));
      ways.push_back(beside(std::move(near), body_, before, rest, counts.over_verses));
    }
    // A look at the hit from the other side of the word.
    Node look = node_of(query::Look{before, !labels_.empty(), either(std::move(ways))});
    if (!labels_.empty()) look = node_of(query::Look{true, true, std::move(look)});
    std::vector<Node> parts;
    parts.push_back(std::move(look));
    parts.push_back(query::any_word());
    sides.push_back(in_order(std::move(parts), before));
  }
  return of_values_in(overlapping(either(std::move(sides)), query_.body, true), unit, attribute, {value});
}

std::string RowQueries::pairs(const Window& window, const WindowCounts& counts, Unit unit,
                              Attribute attribute, const std::string& value) const {
  if (!any()) return {};
  query::NewLabels new_label(labels_);
  const std::string label = new_label("c"), node = new_label("n");
  std::vector<Node> sides;
  for (const bool before : {true, false}) {
    const std::uint32_t words = before ? window.left : window.right;
    if (words == 0) continue;
    for (const bool rest : {false, true}) {
      if (rest && !counts.inside_words) continue;
      Node collocate = in_scope(node_of(query::Capture{label, unit_node(unit)}));
      if (unit == Unit::segment) {
        // With the rest of its word on the side of the hit, up to the border of words.
        std::vector<Node> parts;
        parts.push_back(std::move(collocate));
        parts.push_back(repeated(node_of(query::SegmentTest{}), 0, query::unbounded));
        parts.push_back(
            node_of(query::Tag{"w", false, before ? query::Tag::Part::end : query::Tag::Part::start, {}}));
        collocate = query::within_of(in_order(std::move(parts), before), query::any_region("w"));
      }
      std::vector<Node> near;
      near.push_back(std::move(collocate));
      if (words > 1) near.push_back(repeated(query::any_word(), 0, words - 1));
      // Hits of one end that begin at different places are different ones.
      sides.push_back(
          beside(std::move(near), node_of(query::Capture{node, body_}), before, rest, counts.over_verses));
    }
  }
  return printed(node_of(query::Constrained{either(std::move(sides)), has_value(label, attribute, value)}));
}

std::string RowQueries::of_run(Attribute attribute, const std::vector<std::string>& values,
                               bool over_verses) const {
  if (!any()) return {};
  query::NewLabels new_label(labels_);
  std::vector<Node> words;
  std::vector<query::Test> tests;
  for (const std::string& value : values) {
    if (value.empty()) {
      words.push_back(query::any_word());
      continue;
    }
    const std::string label = new_label("w");
    words.push_back(node_of(query::Capture{label, query::any_word()}));
    tests.push_back(has_value(label, attribute, value));
  }
  Node body =
      node_of(query::Constrained{query::sequence_of(std::move(words)), query::conjunction(std::move(tests))});
  if (!over_verses) body = query::within_of(std::move(body), query::any_region("verse"));
  if (!is_any_word(query_.body)) body = overlapping(std::move(body), outside(query_.body), true);
  return printed(std::move(body));
}

std::string RowQueries::of_verse_ends(Attribute attribute, const std::string& value, const std::string& surah,
                                      std::uint64_t first, std::uint64_t last) const {
  if (!any()) return {};
  const std::string label = query::NewLabels(labels_)("m");
  query::Test verses = query::compared(label, "verse_n", query::Comparison::equal, {});
  query::Value& numbers = std::get<query::Value>(verses.right->what);
  numbers.kind = query::Value::Kind::range;
  numbers.low = static_cast<std::int64_t>(first);
  numbers.high = static_cast<std::int64_t>(last);
  std::vector<query::Test> tests;
  tests.push_back(has_value(label, attribute, value));
  tests.push_back(has_value(label, Attribute::surah_n, surah));
  tests.push_back(std::move(verses));
  std::vector<Node> parts;
  parts.push_back(node_of(query::Capture{label, query::any_word()}));
  parts.push_back(node_of(query::Tag{"verse", false, query::Tag::Part::end, {}}));
  return printed(in_scope(node_of(
      query::Constrained{node_of(query::Sequence{std::move(parts)}), query::conjunction(std::move(tests))})));
}

std::string RowQueries::of_verses_with(Attribute attribute, const std::vector<std::string>& values) const {
  if (!any()) return {};
  const std::string label = query::NewLabels(labels_)("m");
  Node verses = query::any_region("verse");
  for (const std::string& value : values) {
    // Twice negated, so that a verse with several such words counts once.
    Node words = in_scope(with_values(label, query::any_word(), attribute, {value}));
    if (!is_any_word(query_.body)) words = overlapping(std::move(words), outside(query_.body), true);
    verses =
        overlapping(std::move(verses), overlapping(query::any_region("verse"), std::move(words), true), true);
  }
  return printed(std::move(verses));
}

}  // namespace kalima::statistics
