#include "query/syntax/printer.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "query/syntax/lexer.h"

namespace kalima::query {
namespace {

// What binds tighter is larger; a part of a lower level than its place allows is put in parentheses.
enum Level : std::uint8_t {
  l_constrained,
  l_spans,
  l_tree,
  l_either,
  l_both,
  l_sequence,
  l_piece,
  l_repeat,
  l_atom
};

template <typename... Of>
struct Overloaded : Of... {
  using Of::operator()...;
};
template <typename... Of>
Overloaded(Of...) -> Overloaded<Of...>;

Level level(const Node& node) {
  return std::visit(Overloaded{[](const Constrained&) { return l_constrained; },
                               [](const Inside&) { return l_constrained; },
                               [](const Filter&) { return l_spans; }, [](const Tree&) { return l_tree; },
                               [](const Either&) { return l_either; }, [](const Both&) { return l_both; },
                               [](const Sequence&) { return l_sequence; }, [](const Not&) { return l_piece; },
                               [](const Capture&) { return l_piece; }, [](const Target&) { return l_piece; },
                               [](const Repeat&) { return l_repeat; }, [](const auto&) { return l_atom; }},
                    node.what);
}

std::string of_count(Count count) {
  if (count.min == count.max) return fmt::format("{{{}}}", count.min);
  if (count.max == unbounded) return fmt::format("{{{},}}", count.min);
  return fmt::format("{{{},{}}}", count.min, count.max);
}

std::string of_repeat(Count count) {
  if (count.min == 0 && count.max == 1) return "?";
  if (count.min == 0 && count.max == unbounded) return "*";
  if (count.min == 1 && count.max == unbounded) return "+";
  return of_count(count);
}

std::string of_type(std::string_view type) {
  const bool plain = std::ranges::all_of(type, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_:.*|()+\\").find(c) != std::string_view::npos ||
           static_cast<unsigned char>(c) >= 0x80;
  });
  return plain ? std::string(type) : in_quotes(type);
}

std::string printed(const Node& node, Level min_level) {
  std::string out = print(node);
  return level(node) < min_level ? '(' + out + ')' : out;
}

std::string joined(const std::vector<Node>& parts, std::string_view sign, Level min_level) {
  std::string out;
  for (const Node& part : parts) {
    if (!out.empty()) out += sign;
    out += printed(part, min_level);
  }
  return out;
}

std::string of_edge(const Edge& edge, bool last) {
  std::string out;
  if (!edge.label.empty()) out += edge.label + ':';
  if (edge.negated) out += '!';
  const std::string type = of_type(edge.type);
  if (edge.up) {
    out += fmt::format("{}{}-", edge.path ? "<<-" : "<-", type);
  } else {
    out += fmt::format("-{}->{}", type, edge.path ? ">" : "");
  }
  if (edge.path && (edge.length.min != 1 || edge.length.max != unbounded)) out += of_count(edge.length);
  if (edge.optional) out += '?';
  // A semicolon belongs to the innermost tree.
  return out + ' ' + printed(**edge.to, last ? l_tree : l_either);
}

std::string of_tree(const Tree& tree) {
  if (!tree.of) {
    Edge edge = tree.edges.front();
    const std::string label = edge.label.empty() ? "" : std::exchange(edge.label, {}) + ':';
    return label + '^' + of_edge(edge, true);
  }
  std::string out = printed(**tree.of, l_either);
  for (std::size_t i = 0; i < tree.edges.size(); ++i) {
    out += i == 0 ? " " : " ; ";
    out += of_edge(tree.edges[i], i + 1 == tree.edges.size());
  }
  return out;
}

std::string of_tag(const Tag& tag) {
  std::string out = tag.part == Tag::Part::end ? "</" : "<";
  out += tag.pattern ? in_quotes(tag.region) : tag.region;
  for (const Tag::Attribute& attribute : tag.attributes) {
    const std::string_view sign = sign_of(attribute.comparison);
    const bool word = sign.front() >= 'a';
    out += fmt::format(" {}{}{}{}{}", attribute.name, word ? " " : "", sign, word ? " " : "",
                       print(attribute.value));
  }
  return out += tag.part == Tag::Part::whole ? "/>" : ">";
}

std::string of_call(const SpanCall& call) {
  std::vector<std::string> parts;
  for (const auto& argument : call.arguments) {
    const auto* value = std::get_if<query::Value>(&argument);
    parts.push_back(value != nullptr ? print(*value) : print(*std::get<Box<Node>>(argument)));
  }
  for (const SpanCall::Option& option : call.options) parts.push_back(print(option));
  return fmt::format("{}({})", call.name, fmt::join(parts, ", "));
}

std::string of_look(const Look& look) {
  return fmt::format("(?{}{} {})", look.ahead ? "" : "<", look.negated ? "!" : "=", print(*look.of));
}

std::string of_meet(const Meet& meet) {
  return fmt::format("(meet {} {}{} {})", printed(*meet.first, l_piece), meet.negated ? "not " : "",
                     printed(*meet.second, l_piece),
                     meet.region.empty() ? fmt::format("{} {}", meet.low, meet.high) : meet.region);
}

std::string of_filter(const Filter& filter) {
  constexpr std::string_view names[] = {"within", "containing", "overlap"};
  return fmt::format("{} {}{} {}", printed(*filter.of, l_tree), filter.negated ? "!" : "",
                     names[static_cast<std::size_t>(filter.kind)], printed(*filter.by, l_spans));
}

std::string of_inside(const Inside& inside) {
  std::string out = printed(*inside.of, l_constrained) + " within";
  if (inside.region.empty() || inside.count != 1) out += fmt::format(" {}", inside.count);
  return inside.region.empty() ? out : out + ' ' + inside.region;
}

std::string of_capture(const Capture& capture) {
  const bool chain = std::holds_alternative<Capture>(capture.of->what);
  return capture.label + ':' + printed(*capture.of, chain ? l_piece : l_repeat);
}

std::string of_segment(const Test& test) {
  std::string inner = test.kind == Test::Kind::any ? "" : print(test);
  // After an atom it would be a count.
  if (!inner.empty() && inner.front() >= '0' && inner.front() <= '9') inner = '(' + inner + ')';
  return '{' + inner + '}';
}

}  // namespace

std::string_view name_of(Reading reading) {
  constexpr std::string_view names[] = {"all", "shortest", "standard", "longest"};
  return names[static_cast<std::size_t>(reading)];
}

std::string print(const SpanCall::Option& option) {
  // A name needs no quotes.
  const bool bare = option.value.kind == query::Value::Kind::literal && is_name(option.value.text);
  return fmt::format("{}{}{}{}", option.label.empty() ? "" : option.label + ':', option.name,
                     sign_of(option.comparison), bare ? option.value.text : print(option.value));
}

std::string print(const Node& node) {
  return std::visit(
      Overloaded{[](const WordTest& word) {
                   return word.quoted ? print(std::get<query::Value>(word.test.right->what))
                                      : '[' + print(word.test) + ']';
                 },
                 [](const SegmentTest& segment) { return of_segment(segment.test); },
                 [](const AnyNode&) { return std::string("_"); },
                 [](const NamedQuery& named) { return '@' + named.name; },
                 [](const Tag& tag) { return of_tag(tag); },
                 [](const Look& look) { return of_look(look); },
                 [](const Here& here) { return "[: " + print(here.test) + " :]"; },
                 [](const Meet& meet) { return of_meet(meet); },
                 [](const Union& both) {
                   return fmt::format("(union {} {})", printed(*both.first, l_piece),
                                      printed(*both.second, l_piece));
                 },
                 [](const SpanCall& call) { return of_call(call); },
                 [](const Sequence& sequence) { return joined(sequence.parts, " ", l_piece); },
                 [](const Both& both) { return joined(both.parts, " & ", l_sequence); },
                 [](const Either& either) { return joined(either.parts, " | ", l_both); },
                 [](const Repeat& repeat) { return printed(*repeat.of, l_repeat) + of_repeat(repeat.count); },
                 [](const Capture& capture) { return of_capture(capture); },
                 [](const Target& target) {
                   const bool capture = std::holds_alternative<Capture>(target.of->what);
                   return '@' + printed(*target.of, capture ? l_piece : l_repeat);
                 },
                 [](const Not& negated) { return '!' + printed(*negated.of, l_piece); },
                 [](const Filter& filter) { return of_filter(filter); },
                 [](const Inside& inside) { return of_inside(inside); },
                 [](const Constrained& constrained) {
                   return printed(*constrained.of, l_constrained) + " :: " + print(constrained.test);
                 },
                 [](const Tree& tree) { return of_tree(tree); }},
      node.what);
}

std::string print(const Query& query) {
  std::string out;
  if (query.reading) out += fmt::format("(?{}) ", name_of(*query.reading));
  for (const auto& setting : query.settings) out += fmt::format("@{}={} ", setting.first, setting.second);
  return out + print(query.body);
}

}  // namespace kalima::query
