#include "query/query.h"

#include <fmt/format.h>

#include <algorithm>

#include "query/plan/plan.h"
#include "query/run/evaluation.h"
#include "query/syntax/parser.h"
#include "query/syntax/printer.h"
#include "support/memory.h"

namespace kalima::query {

struct Engine::Parts {
  Parts(const columns::CoreFile& core, NamesOf source)
      : corpus(core), axes(corpus), lexicon(core), names(std::move(source)) {
    std::vector<bool> in_tree(core.verses(), false);
    const columns::Trees& trees = core.trees();
    for (std::size_t node = 0; node < trees.size(); ++node) {
      if (const auto verse = trees.verse(node); verse && trees.head(node)) in_tree[*verse] = true;
    }
    verses_with_tree = static_cast<std::uint64_t>(std::ranges::count(in_tree, true));
  }
  // With the names that the engine knows, unless the caller gives others.
  Options with_names(const Options& asked) const {
    Options out = asked;
    if (!out.names && names) out.names = names();
    return out;
  }

  Corpus corpus;
  Axes axes;
  Lexicon lexicon;
  NamesOf names;
  std::uint64_t verses_with_tree = 0;
};

struct Found::Parts {
  Parts(const Engine::Parts& engine, const Options& asked, std::string_view text)
      : options(engine.with_names(asked)),
        guard(options),
        plan(query::plan(parse(text), text, engine.lexicon, options, [this] { return guard.stop(); })),
        evaluation(plan, engine.axes, engine.lexicon, guard),
        verses_searched(engine.corpus.core().verses()),
        verses_with_tree(engine.verses_with_tree) {}

  Options options;
  Guard guard;
  Plan plan;
  Evaluation evaluation;
  // Ordered by length, then captures.
  Spans spans;
  Counts counts;
  std::uint64_t verses_searched, verses_with_tree;
};

namespace {

// What a query may leave with the allocator, in bytes. Threads keep what they freed, each its own: after a few large
// queries, each in another thread, the program would hold the largest of each.
constexpr std::ptrdiff_t large_query = 8 << 20;

bool is_end_tag(const PlanNode& node) {
  const PlanNode* const tag = tag_alone(node);
  return tag != nullptr && tag->part == Tag::Part::end;
}

}  // namespace

Found::Found(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Found::Found(Found&&) noexcept = default;
Found::~Found() {
  if (!parts_) return;
  const bool large = parts_->guard.max_used() > large_query;
  parts_.reset();
  if (large) return_freed_memory();
}

const Counts& Found::counts() const { return parts_->counts; }
std::uint64_t Found::verses_searched() const { return parts_->verses_searched; }
std::uint64_t Found::verses_with_tree() const { return parts_->verses_with_tree; }
Reading Found::reading() const { return parts_->plan.reading; }
const std::vector<std::string>& Found::labels() const { return parts_->plan.labels; }
const std::vector<FoundAt>& Found::steps() const { return parts_->plan.steps; }
const std::vector<std::string>& Found::notes() const { return parts_->plan.notes; }
const std::vector<std::string>& Found::names() const { return parts_->plan.names; }
bool Found::partial() const { return parts_->guard.cut(); }
bool Found::tag_alone() const { return query::tag_alone(parts_->plan.root) != nullptr; }
bool Found::can_be_restricted() const { return reading() == Reading::all && !tag_alone(); }

Hits Found::hits() const {
  return {parts_->evaluation.axis(), parts_->evaluation.shapes(), parts_->spans.groups,
          is_end_tag(parts_->plan.root)};
}

Bits Found::words() const {
  return covered_words(parts_->evaluation.axis(), parts_->spans, is_end_tag(parts_->plan.root));
}

Engine::Engine(const columns::CoreFile& core, NamesOf names)
    : parts_(std::make_unique<Parts>(core, std::move(names))) {}
Engine::~Engine() = default;

Found Engine::run(std::string_view text, const Options& options) const {
  Found found(std::make_unique<Found::Parts>(*parts_, options, text));
  const auto& parts = found.parts_;
  Spans spans = parts->evaluation.hits();
  parts->counts = count(parts->evaluation.axis(), spans, is_end_tag(parts->plan.root));
  const Shapes& shapes = parts->evaluation.shapes();
  std::ranges::sort(spans.groups, [&](const Group& a, const Group& b) {
    return a.length != b.length ? a.length < b.length : shapes[a.shape] < shapes[b.shape];
  });
  parts->spans = std::move(spans);
  return found;
}

std::string Engine::explain(std::string_view text, const Options& asked) const {
  const Query query = parse(text);
  const Options options = parts_->with_names(asked);
  Guard guard(options);
  const Plan plan = query::plan(query, text, parts_->lexicon, options, [&guard] { return guard.stop(); });
  std::string out = fmt::format("query: {}\n{}", print(query), print(plan));
  for (const FoundAt& step : plan.steps)
    out += fmt::format("'{}' is found at step {}\n", step.value, text::step_name(step.step));
  for (const std::string& note : plan.notes) out += note + '\n';
  return out;
}

std::shared_ptr<const Names> Engine::names() const { return parts_->with_names({}).names; }
const Corpus& Engine::corpus() const { return parts_->corpus; }
std::size_t Engine::positions() const { return parts_->corpus.positions(); }
std::uint32_t Engine::word_of(std::uint32_t position) const { return parts_->corpus.word_of.at(position); }

SegmentName Engine::name_of(std::uint32_t position) const {
  const Corpus& corpus = parts_->corpus;
  const std::uint32_t word = corpus.word_of.at(position), verse = corpus.verse_of[word];
  const bool alone = corpus.segment_of[position] == nothing;
  return {corpus.core().surah(verse), corpus.core().ayah(verse), word - corpus.verse_begin[verse] + 1,
          alone ? 0 : position - corpus.first[word] + 1};
}

}  // namespace kalima::query
