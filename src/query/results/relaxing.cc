#include "query/results/relaxing.h"

#include <algorithm>
#include <type_traits>

#include "query/syntax/printer.h"

namespace kalima::query {
namespace {

Node a_node(decltype(Node::what) what) { return {std::move(what), {}}; }

// Walks the clauses of a tree in their order, and takes some out.
class Clauses {
 public:
  Clauses(std::vector<Clause>* found, const std::vector<std::size_t>& left_out)
      : found_(found), left_out_(left_out) {}

  void walk(Node& node) {
    std::visit([&](auto& what) { walk(node, what); }, node.what);
  }

 private:
  // Of the next clause: whether it is to be left out.
  bool leaves_out(std::string text, std::string alone = {}) {
    if (found_ != nullptr) found_->push_back({std::move(text), std::move(alone)});
    return std::ranges::find(left_out_, number_++) != left_out_.end();
  }

  // Takes out parts of a conjunction; `shown` makes a clause of one.
  template <typename Shown>
  void conjuncts(Test& test, Shown shown) {
    if (test.kind == Test::Kind::any) return;
    if (test.kind != Test::Kind::both) {
      const Clause clause = shown(test);
      if (leaves_out(clause.text, clause.alone)) test = Test{};
      return;
    }
    std::vector<Test> kept;
    for (Test& part : test.parts) {
      const Clause clause = shown(part);
      if (!leaves_out(clause.text, clause.alone)) kept.push_back(std::move(part));
    }
    if (kept.empty()) {
      test = Test{};
    } else if (kept.size() == 1) {
      Test only = std::move(kept.front());
      test = std::move(only);
    } else {
      test.parts = std::move(kept);
    }
  }

  void walk(Node&, WordTest& word) {
    const bool quoted = word.quoted;
    conjuncts(word.test, [quoted](const Test& test) {
      const std::string text = print(a_node(WordTest{test, quoted}));
      return Clause{text, text};
    });
    if (word.test.kind == Test::Kind::any) word.quoted = false;
  }
  void walk(Node&, SegmentTest& segment) {
    conjuncts(segment.test, [](const Test& test) {
      const std::string text = print(a_node(SegmentTest{test}));
      return Clause{text, text};
    });
  }
  void walk(Node&, Sequence& sequence) {
    std::vector<Node> kept;
    for (Node& part : sequence.parts) {
      const bool border = std::holds_alternative<Look>(part.what) ||
                          std::holds_alternative<Here>(part.what) || std::holds_alternative<Tag>(part.what);
      if (!border) walk(part);
      if (!border || !leaves_out(print(part))) kept.push_back(std::move(part));
    }
    if (kept.empty()) kept.push_back(a_node(WordTest{}));
    sequence.parts = std::move(kept);
  }
  void walk(Node&, Both& both) {
    for (Node& part : both.parts) walk(part);
  }
  void walk(Node&, Either& either) {
    for (Node& part : either.parts) walk(part);
  }
  void walk(Node&, Repeat& repeat) { walk(*repeat.of); }
  void walk(Node&, Capture& capture) { walk(*capture.of); }
  void walk(Node&, Target& target) { walk(*target.of); }
  void walk(Node&, Meet& meet) {
    walk(*meet.first);
    if (!meet.negated) walk(*meet.second);
  }
  void walk(Node&, Union& both) {
    walk(*both.first);
    walk(*both.second);
  }
  void walk(Node&, SpanCall& call) {
    for (auto& argument : call.arguments) {
      if (auto* const of = std::get_if<Box<Node>>(&argument)) walk(**of);
    }
    std::erase_if(call.options, [this](const SpanCall::Option& option) { return leaves_out(print(option)); });
  }
  void walk(Node& node, Not& negated) {
    const bool segment = std::holds_alternative<SegmentTest>(negated.of->what);
    const std::string text = print(node);
    if (leaves_out(text, text)) node = segment ? a_node(SegmentTest{}) : a_node(WordTest{});
  }
  void walk(Node& node, Filter& filter) {
    walk(*filter.of);
    constexpr std::string_view names[] = {"within ", "containing ", "overlap "};
    std::string text = filter.negated ? "!" : "";
    text += names[static_cast<std::size_t>(filter.kind)];
    text += print(*filter.by);
    if (leaves_out(std::move(text))) replace(node, filter.of);
  }
  void walk(Node& node, Inside& inside) {
    walk(*inside.of);
    std::string text = "within";
    if (inside.region.empty() || inside.count != 1) text += ' ' + std::to_string(inside.count);
    if (!inside.region.empty()) text += ' ' + inside.region;
    if (leaves_out(std::move(text))) replace(node, inside.of);
  }
  void walk(Node& node, Constrained& constrained) {
    walk(*constrained.of);
    conjuncts(constrained.test, [](const Test& test) { return Clause{":: " + print(test), {}}; });
    if (constrained.test.kind == Test::Kind::any) replace(node, constrained.of);
  }
  void walk(Node& node, Tree& tree) {
    if (tree.of) walk(**tree.of);
    std::vector<Edge> kept;
    for (Edge& edge : tree.edges) {
      if (edge.to && !edge.negated) walk(**edge.to);
      Tree only;
      only.of = a_node(AnyNode{});
      only.edges.push_back(edge);
      if (!leaves_out(print(a_node(std::move(only))))) kept.push_back(std::move(edge));
    }
    tree.edges = std::move(kept);
    if (!tree.edges.empty()) return;
    if (tree.of) {
      replace(node, *tree.of);
    } else {
      node = a_node(SegmentTest{});
    }
  }
  // Looks and tags are clauses of their sequence; the others have nothing to leave out.
  template <typename Other>
  void walk(Node&, Other&) {}

  static void replace(Node& node, Box<Node>& by) {
    Node of = std::move(*by);
    node = std::move(of);
  }

  std::vector<Clause>* found_;
  const std::vector<std::size_t>& left_out_;
  std::size_t number_ = 0;
};

// nullopt where it cannot be asked (a label that is left out is named elsewhere), or was not counted in time.
std::optional<std::uint64_t> hits_of(const Engine& engine, const std::string& text, const Options& options) {
  try {
    const Found found = engine.run(text, options);
    if (found.partial()) return std::nullopt;
    return found.counts().hits;
  } catch (const QueryError&) {  // of a query that nobody wrote
    return std::nullopt;
  }
}

bool late(const Options& options) {
  return std::chrono::steady_clock::now() >= options.deadline || (options.cancelled && options.cancelled());
}

// Visits the sets of `size` of the numbers below `count`, until it returns false.
template <typename Visit>
void each_set(std::size_t count, std::size_t size, Visit visit) {
  if (size > count) return;
  std::vector<std::size_t> chosen(size);
  for (std::size_t i = 0; i < size; ++i) chosen[i] = i;
  for (;;) {
    if (!visit(chosen)) return;
    std::size_t at = size;
    while (at > 0 && chosen[at - 1] == count - size + at - 1) --at;
    if (at == 0) return;
    ++chosen[at - 1];
    for (std::size_t i = at; i < size; ++i) chosen[i] = chosen[i - 1] + 1;
  }
}

}  // namespace

std::vector<Clause> clauses_of(const Query& query) {
  std::vector<Clause> out;
  Node body = query.body;
  Clauses(&out, {}).walk(body);
  return out;
}

std::string without_clauses(const Query& query, const std::vector<std::size_t>& left_out) {
  Query out = query;
  out.notes.clear();
  Clauses(nullptr, left_out).walk(out.body);
  return print(out);
}

std::vector<ClauseCount> count_clauses(const Engine& engine, const Query& query, const Options& options) {
  std::vector<ClauseCount> out;
  for (Clause& clause : clauses_of(query)) {
    ClauseCount count{std::move(clause.text), std::nullopt};
    if (!clause.alone.empty() && !late(options)) count.hits = hits_of(engine, clause.alone, options);
    out.push_back(std::move(count));
  }
  return out;
}

Relaxed relaxed(const Engine& engine, const Query& query, const Options& options) {
  Relaxed out;
  const std::vector<ClauseCount> clauses = count_clauses(engine, query, options);
  for (const ClauseCount& clause : clauses) {
    if (clause.hits == 0) out.failing.push_back(clause.text);
  }
  std::size_t runs = 0;
  for (std::size_t size = 1; size <= 3 && out.nearest.empty() && !out.cut; ++size) {
    each_set(clauses.size(), size, [&](const std::vector<std::size_t>& left_out) {
      out.cut = out.cut || late(options) || ++runs > max_relaxed_runs;
      if (out.cut) return false;
      std::string text = without_clauses(query, left_out);
      // Of two equal clauses either may be left out.
      if (std::ranges::find(out.nearest, text, &NearQuery::text) != out.nearest.end()) return true;
      const auto hits = hits_of(engine, text, options);
      if (!hits || *hits == 0) return true;
      NearQuery near{{}, std::move(text), *hits};
      for (const std::size_t number : left_out) near.left_out.push_back(clauses[number].text);
      out.nearest.push_back(std::move(near));
      return true;
    });
  }
  std::ranges::stable_sort(out.nearest, {}, &NearQuery::hits);
  if (out.nearest.size() > max_nearest) out.nearest.resize(max_nearest);
  if (out.failing.empty() && !out.nearest.empty()) out.failing = out.nearest.front().left_out;
  return out;
}

}  // namespace kalima::query
