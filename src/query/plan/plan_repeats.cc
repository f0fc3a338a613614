// repeat() and similar(): what occurs again in the text, and what is like something else in it.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "query/plan/planner.h"
#include "query/syntax/lexer.h"
#include "query/syntax/printer.h"

namespace kalima::query {
namespace {

using Kind = PlanNode::Kind;

// The numbers that a comparison leaves, of those from `low` to `high`; nullopt for one that leaves no range.
struct Range {
  std::int64_t low, high;
};
std::optional<Range> range_of(const SpanCall::Option& option, Range all) {
  const Value& value = option.value;
  const bool range = value.kind == Value::Kind::range;
  if (value.kind != Value::Kind::number && !range) return std::nullopt;
  Range out = all;
  switch (option.comparison) {
    case Comparison::equal:
    case Comparison::same:
      out = {value.low, value.high};
      break;
    case Comparison::more:
      out.low = value.low + 1;
      break;
    case Comparison::more_equal:
      out.low = value.low;
      break;
    case Comparison::less:
      out.high = value.low - 1;
      break;
    case Comparison::less_equal:
      out.high = value.low;
      break;
    default:
      return std::nullopt;
  }
  if (range && option.comparison != Comparison::equal && option.comparison != Comparison::same)
    return std::nullopt;
  if (out.low < all.low || out.high > all.high || out.low > out.high) return std::nullopt;
  return out;
}

std::vector<std::string> ways_to_compare() { return {"by=lemma", "by=root", "by=word"}; }

// "2:255"
struct VerseName {
  std::uint64_t surah, ayah;
};
std::optional<VerseName> verse_name(std::string_view text) {
  VerseName out{};
  const char* const end = text.data() + text.size();
  const auto surah = std::from_chars(text.data(), end, out.surah);
  if (surah.ec != std::errc() || surah.ptr == end || *surah.ptr != ':') return std::nullopt;
  const auto ayah = std::from_chars(surah.ptr + 1, end, out.ayah);
  if (ayah.ec != std::errc() || ayah.ptr != end) return std::nullopt;
  return out;
}

}  // namespace

// The parts, and the attribute that words are compared by.
PlanNode Planner::alike(const SpanCall& call, Place place, Kind kind) {
  PlanNode out;
  out.kind = kind;
  for (const auto& argument : call.arguments) {
    const auto* of = std::get_if<Box<Node>>(&argument);
    if (of == nullptr) {
      const auto& value = std::get<Value>(argument);
      refuse(value.place, fmt::format("{} is not what {}() is of", print(value), call.name),
             "options have a name",
             {"a query", "by=lemma", kind == Kind::repeated ? "n>=3" : "similarity>=80"});
    }
    out.parts.push_back(node(**of));
  }
  if (out.parts.size() > 2)
    refuse(place, fmt::format("{}() is of two queries at most", call.name),
           "alternatives are one query: a | b");
  for (auto option = call.options.begin(); option != call.options.end(); ++option) {
    const auto same = [&](const SpanCall::Option& earlier) { return same_name(earlier.name, option->name); };
    if (std::any_of(call.options.begin(), option, same))
      refuse(option->place, fmt::format("{} is given twice", option->name));
  }
  out.by = attributes::Attribute::lemma;
  bool given = false;
  for (const SpanCall::Option& option : call.options) given = set_attribute(option, out) || given;
  if (!given) require(attributes::definition(out.by).source, place, "lemma");
  return out;
}

bool Planner::set_attribute(const SpanCall::Option& option, PlanNode& out) {
  if (!same_name(option.name, "by")) return false;
  if (option.comparison != Comparison::equal || !option.label.empty() ||
      (option.value.kind != Value::Kind::literal && option.value.kind != Value::Kind::pattern))
    refuse(option.place, "'by' names an attribute of words", {}, ways_to_compare());
  out.by = attribute(option.value.text, option.value.place, ways_to_compare());
  const attributes::Level level = attributes::definition(out.by).level;
  if (level == attributes::Level::region)
    refuse(option.value.place, fmt::format("'{}' is not an attribute of words", option.value.text), {},
           ways_to_compare());
  return true;
}

void Planner::refuse_option(const SpanCall::Option& option, const SpanCall& call,
                            const std::vector<std::string_view>& known) const {
  refuse(option.place, fmt::format("{}() has no option '{}'", call.name, option.name),
         did_you_mean(nearest(option.name, known)), {known.begin(), known.end()});
}

void Planner::set_words(const SpanCall::Option& option, PlanNode& out) const {
  const auto range = range_of(option, {1, out.high});
  if (!range || !option.label.empty())
    refuse(option.place, fmt::format("'n' is how many words, from 1 to {}", out.high), {},
           {"n=3", "n>=3", "n=in[3,5]"});
  out.low = static_cast<std::int32_t>(range->low);
  out.high = static_cast<std::int32_t>(range->high);
}

void Planner::set_differences(const SpanCall::Option& option, PlanNode& out) const {
  const auto range = range_of(option, {0, 1});
  if (!range)
    refuse(option.place, "'differ' is how many words may be others, none or one",
           "texts that differ in more are found by similar()", {"differ=0", "differ=1", "differ<=1"});
  out.same = range->low == 0;
  out.differing = range->high == 1;
  if (option.label.empty()) return;
  if (!out.differing)
    refuse(option.place, "a label names the word that differs, and none may", {}, {"d:differ<=1"});
  out.slot = *find_slot(option.label);
}

PlanNode Planner::repeat(const SpanCall& call, Place place) {
  PlanNode out = alike(call, place, Kind::repeated);
  out.low = out.parts.empty() ? shortest_run : 1;
  out.high = out.parts.empty() ? static_cast<std::int32_t>(max_unbounded_words) : longest_hit;
  for (const SpanCall::Option& option : call.options) {
    if (same_name(option.name, "n")) {
      set_words(option, out);
    } else if (same_name(option.name, "differ")) {
      set_differences(option, out);
    } else if (!same_name(option.name, "by")) {
      refuse_option(option, call, {"n", "by", "differ"});
    }
  }
  return out;
}

PlanNode Planner::similar(const SpanCall& call, Place place) {
  // similar("2:47") is about verses.
  SpanCall of = call;
  const auto* const name = call.arguments.size() == 1 ? std::get_if<Value>(&call.arguments.front()) : nullptr;
  if (name != nullptr) of.arguments.clear();
  PlanNode out = alike(of, place, Kind::similar);
  if (out.parts.empty()) out.parts.push_back(whole_verses());
  if (name != nullptr) out.parts.push_back(verse_named(*name));
  out.low = min_similarity;
  for (const SpanCall::Option& option : call.options) {
    if (same_name(option.name, "by")) continue;
    if (!same_name(option.name, "similarity")) refuse_option(option, call, {"by", "similarity"});
    const auto range = range_of(option, {1, 100});
    if (!range || range->high != 100 || !option.label.empty())
      refuse(option.place, "'similarity' is how similar they are at least, from 1 to 100 percent", {},
             {"similarity>=80"});
    out.low = static_cast<std::int32_t>(range->low);
  }
  return out;
}

PlanNode Planner::whole_verses() {
  PlanNode out;
  out.kind = Kind::tag;
  out.regions.push_back({attributes::Region::verse, {}});
  return out;
}

PlanNode Planner::verse_named(const Value& name) {
  const auto verse = verse_name(name.text);
  if (!verse || (name.kind != Value::Kind::pattern && name.kind != Value::Kind::literal))
    refuse(name.place, fmt::format("{} names no verse", print(name)), {}, {"\"2:47\""});
  if (!lexicon_.core().find_verse(verse->surah, verse->ayah))
    refuse(name.place, fmt::format("the corpus has no verse {}:{}", verse->surah, verse->ayah));
  Tag tag, surah;
  tag.region = "verse";
  surah.region = "surah";
  const auto number = [&](std::uint64_t of) {
    Value value = name;
    value.text = std::to_string(of);
    return Tag::Attribute{"n", Comparison::equal, std::move(value), name.place};
  };
  tag.attributes.push_back(number(verse->ayah));
  surah.attributes.push_back(number(verse->surah));
  Node of{std::move(tag), name.place}, by{std::move(surah), name.place};
  made_.push_back({Filter{Filter::Kind::within, false, std::move(of), std::move(by)}, name.place});
  return node(made_.back());
}

}  // namespace kalima::query
