// repeat(): runs of words that occur again, whole or with one other word.
#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "corpus/longest_runs.h"
#include "corpus/repeated_runs.h"
#include "query/run/reach.h"
#include "query/run/word_runs.h"
#include "support/pair_numbers.h"

namespace kalima::query {
namespace {

using corpus::no_run;
using Words = std::vector<std::uint32_t>;  // ascending

constexpr std::uint32_t no_gap = nothing;

// The runs of one length that are asked about, and those that they may be like, by where they begin.
struct Asked {
  const Words &of, &to;
  bool same_lists() const { return &of == &to; }
  bool is_target(std::uint32_t word) const { return same_lists() || std::ranges::binary_search(to, word); }
};

// Those of one length that occur again in one way: with the same words, or with another one at `gap`.
struct Again {
  std::uint32_t gap;
  Words words;
};

// What is asked about: most likely all runs; of any length, but not all; or of few lengths.
enum class About : std::uint8_t { all, any_length, few_lengths };

// Runs that occur again, length after length: begins(1), find(1), begins(2) …
class Repeats {
 public:
  // Longer runs than `max_words` are not asked for.
  Repeats(const Corpus& corpus, const PlanNode& node, Guard& guard, std::uint32_t max_words, About about)
      : node_(node),
        guard_(guard),
        values_(corpus.values_of_words(node.by)),
        surahs_(corpus.values(attributes::Attribute::surah_n)),
        max_words_(max_words),
        keep_(node.differing || about != About::few_lengths) {
    begin_with_all();
    if (about == About::all && are_different(values_)) {
      look_at(std::min(max_words, usual_words));
    } else {
      number_runs();
    }
  }

  // Of each word: no run of more words that begins there occurs again. Not if few lengths are asked about.
  Words longest() {
    Words out(values_.size());
    if (!longest_) number_up_to(std::min(max_words_, max_unbounded_words));
    for (std::uint32_t word = 0; word < out.size(); ++word) out[word] = longest(word);
    return out;
  }

  // Longer ones are not asked for after all.
  void ask_up_to(std::uint32_t max_words) { max_words_ = std::min(max_words_, max_words); }

  // Where runs of so many words begin that may occur again somewhere in the text.
  const Words& begins(std::uint32_t words) {
    if (longest_) {
      if (words > longest_->max_words()) look_at(max_words_);
      std::erase_if(begins_, [&](std::uint32_t word) { return longest_->nearly_same(word) < words; });
      longest_->leave_out_shorter(words);
    } else {
      number_up_to(words);
      std::erase_if(begins_, [&](std::uint32_t word) { return !may_occur_again(word, words); });
    }
    return begins_;
  }

  // Of runs of so many words. `all`: all that begins() gave are asked about.
  std::vector<Again> find(std::uint32_t words, const Asked& asked, bool all) {
    std::vector<Again> out;
    all = all && longest_;  // then each of them does occur again
    // Without a label for the word that differs, the way does not matter.
    if (all && node_.same && node_.slot == no_slot) {
      out.push_back({no_gap, begins_});
      return out;
    }
    if (node_.same) out.push_back(all ? with_same_words(words) : with_same_words(words, asked));
    for (std::uint32_t gap = 0; node_.differing && gap < words && !guard_.stop_now(); ++gap)
      out.push_back(all ? with_another_at(gap) : with_another_at(gap, words, asked));
    return out;
  }

 private:
  // Whether long runs of few values do not occur again everywhere.
  static bool are_different(const std::vector<std::uint32_t>& values) {
    std::vector<std::size_t> times;
    for (const std::uint32_t value : values) {
      if (value >= times.size()) times.resize(value + std::size_t{1}, 0);
      ++times[value];
    }
    return times.empty() || 4 * *std::ranges::max_element(times) < values.size();
  }

  std::uint32_t longest(std::uint32_t word) const {
    if (longest_) {
      const std::uint32_t words = longest_->nearly_same(word);
      return words < longest_->max_words() ? words : max_words_;
    }
    const std::uint32_t before = reach_[word], other = word + before + 1;
    if (!node_.differing) return before;
    return other < reach_.size() ? before + 1 + reach_[other] : before + 1;
  }

  corpus::MayGoOn may_go_on() const {
    return [&guard = guard_](std::ptrdiff_t bytes) {
      return guard.take(bytes) && (bytes > 0 ? !guard.stop_now() : !guard.stop());
    };
  }

  void begin_with_all() {
    begins_.resize(values_.size());
    std::iota(begins_.begin(), begins_.end(), 0U);
  }

  void look_at(std::uint32_t max_words) {
    begin_with_all();
    longest_.emplace(values_, surahs_, max_words, node_.differing, may_go_on());
  }

  void number_runs() {
    runs_.emplace(values_, surahs_, keep_, may_go_on());
    reach_.assign(values_.size(), 0);
    note_reach();
  }
  void number_up_to(std::uint32_t words) {
    if (!runs_) number_runs();
    while (runs_->length() < words && runs_->kinds() > 0 && runs_->grow()) note_reach();
  }
  void note_reach() {
    for (const std::uint32_t word : runs_->words()) reach_[word] = runs_->length();
  }

  // With one other word: as many words as occur again, the other one, and the rest, which must do so too. Where the first
  // part is shorter, the rest begins earlier and does not end later.
  bool may_occur_again(std::uint32_t word, std::uint32_t words) const {
    if (!node_.differing) return reach_[word] >= words;
    if (word + words > values_.size() || surahs_[word] != surahs_[word + words - 1]) return false;
    const std::uint32_t before = std::min(reach_[word], words - 1), after = words - 1 - before;
    return after == 0 || reach_[word + before + 1] >= after;
  }

  // All those of begins().
  Again with_same_words(std::uint32_t words) const {
    Again out{no_gap, {}};
    std::ranges::copy_if(begins_, std::back_inserter(out.words),
                         [&](std::uint32_t word) { return longest_->same(word) >= words; });
    return out;
  }
  Again with_another_at(std::uint32_t gap) const {
    Again out{gap, {}};
    for (const auto& one : longest_->with_gap(gap)) out.words.push_back(one.word);
    return out;
  }

  // The number of the run of so many words that begins at one; the same for no words.
  std::uint32_t run_at(std::size_t word, std::uint32_t words) {
    if (words == 0) return 0;
    if (!runs_ || runs_->length() < words) number_up_to(words);
    return words > runs_->length() ? no_run : runs_->at(words)[word];
  }

  Again with_same_words(std::uint32_t words, const Asked& asked) {
    Again out{no_gap, {}};
    std::vector<std::uint32_t> times;
    for (const std::uint32_t word : asked.to) {
      const std::uint32_t run = run_at(word, words);
      if (run == no_run) continue;
      if (run >= times.size()) times.resize(run + std::size_t{1}, 0);
      ++times[run];
    }
    for (const std::uint32_t word : asked.of) {
      const std::uint32_t run = run_at(word, words);
      if (run < times.size() && times[run] > (asked.is_target(word) ? 1U : 0U)) out.words.push_back(word);
    }
    if (guard_.cut()) out.words.clear();  // not all runs were told apart
    return out;
  }

  // Those of which what lies before and after a gap occurs again.
  Words around(std::uint32_t gap, std::uint32_t words, const Words& begins) {
    Words out;
    if (!longest_) {
      std::ranges::copy_if(begins, std::back_inserter(out), [&](std::uint32_t word) {
        return run_at(word, gap) != no_run && run_at(word + std::size_t{gap} + 1, words - gap - 1) != no_run;
      });
      return out;
    }
    auto word = begins.begin();
    for (const auto& one : longest_->with_gap(gap)) {
      word = std::lower_bound(word, begins.end(), one.word);
      if (word == begins.end()) break;
      if (*word == one.word) out.push_back(one.word);
    }
    return out;
  }

  // Runs that are the same around the gap.
  struct Kind {
    std::uint32_t times = 0, value = 0;  // in the gap of the first one
    bool several = false;                // values in the gap
  };

  Again with_another_at(std::uint32_t gap, std::uint32_t words, const Asked& asked) {
    Again out{gap, {}};
    const Words of = around(gap, words, asked.of),
                others = asked.same_lists() ? Words() : around(gap, words, asked.to);
    const Words& to = asked.same_lists() ? of : others;
    Memory memory(guard_);
    if (memory.hold((of.size() + others.size()) * sizeof(std::uint32_t))) {
      PairNumbers numbers;
      std::vector<Kind> kinds;
      const auto kind_of = [&](std::uint32_t word) {
        const auto [number, is_new] =
            numbers.of(run_at(word, gap), run_at(word + std::size_t{gap} + 1, words - gap - 1));
        if (is_new)
          memory.hold(numbers.bytes() + kinds.capacity() * sizeof(Kind) +
                      (of.size() + others.size()) * sizeof(std::uint32_t));
        return number;
      };
      for (const std::uint32_t word : to) {
        if (guard_.stop()) break;
        const std::uint32_t number = kind_of(word), value = value_in_gap(word + gap);
        if (number >= kinds.size()) kinds.resize(number + std::size_t{1});
        Kind& kind = kinds[number];
        if (kind.times++ == 0) kind.value = value;
        kind.several = kind.several || kind.value != value;
      }
      for (const std::uint32_t word : of) {
        if (guard_.stop()) break;
        const std::uint32_t number = kind_of(word);
        if (number < kinds.size() &&
            (kinds[number].several || kinds[number].value != value_in_gap(word + gap)))
          out.words.push_back(word);
      }
    }
    if (guard_.cut()) out.words.clear();  // not all runs were told apart
    return out;
  }

  // A missing value is another one than any.
  std::uint32_t value_in_gap(std::uint32_t word) const {
    return values_[word] != 0 ? values_[word] : 0x80000000 | word;
  }

  // Longer runs hardly ever occur again.
  static constexpr std::uint32_t usual_words = 64;

  const PlanNode& node_;
  Guard& guard_;
  const std::vector<std::uint32_t>&values_, &surahs_;
  std::uint32_t max_words_;
  bool keep_;  // the numbers of runs of all lengths
  std::optional<corpus::LongestRuns> longest_;
  Words begins_;
  // What tells those apart that are asked about, when these are not all; and of each word how long the longest of these is.
  std::optional<corpus::RepeatedRuns> runs_;
  Words reach_;
};

Words words_of(const Bits& words) {
  Words out;
  words.each([&](std::size_t word) { out.push_back(static_cast<std::uint32_t>(word)); });
  return out;
}

// Without a label for the word that differs, the way does not matter.
std::vector<Again> ways_of(const PlanNode& node, std::vector<Again> found, std::size_t size) {
  if (node.slot != no_slot || found.size() < 2) {
    if (node.slot == no_slot && !found.empty()) found.front().gap = no_gap;
    return found;
  }
  Bits all(size);
  for (const Again& one : found) {
    for (const std::uint32_t word : one.words) all.set(word);
  }
  return {{no_gap, words_of(all)}};
}

// The hits, by their length and captures.
class Gathered {
 public:
  Gathered(Evaluation& evaluation, const PlanNode& node, const Fence& fence)
      : evaluation_(evaluation), node_(node), fence_(fence) {}

  void add(const Group& group, const WordRun& run, std::uint32_t gap) {
    const Axis& axis = evaluation_.axis();
    const std::uint32_t begin = axis.of_word(run.word);
    if (!fence_.holds(begin, begin + group.length) || !evaluation_.guard().take(sizeof(begin))) return;
    ShapeId shape = group.shape;
    if (gap != no_gap) {
      const Placed differing = {node_.slot, static_cast<std::int32_t>(axis.of_word(run.word + gap) - begin),
                                static_cast<std::int32_t>(axis.of_word(run.word + gap + 1) - begin)};
      shape = with(shape, differing);
    }
    if (last_ == nullptr || last_key_ != std::pair(group.length, shape)) {
      last_key_ = {group.length, shape};
      last_ = &found_[last_key_];
    }
    last_->push_back(begin);
  }

  Spans spans() {
    Spans out;
    for (auto& [of, starts] : found_) out.groups.push_back({of.first, of.second, set_of(std::move(starts))});
    return out;
  }

 private:
  // Those of one number of words are in order.
  Starts set_of(Words starts) const {
    const std::size_t size = evaluation_.axis().size();
    if (std::ranges::adjacent_find(starts, std::ranges::greater_equal()) == starts.end())
      return Starts(std::move(starts));
    if (starts.size() > size / 64) {
      Bits all(size);
      for (const std::uint32_t start : starts) all.set(start);
      return Starts(std::move(all));
    }
    std::ranges::sort(starts);
    starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
    return Starts(std::move(starts));
  }

  // Most hits in a row are captured alike.
  ShapeId with(ShapeId shape, const Placed& differing) {
    if (shape != bare_ || differing != differing_) {
      Shapes& shapes = evaluation_.shapes();
      bare_ = shape;
      differing_ = differing;
      joined_ = shapes.joined(shape, shapes.number_of({differing}), 0);
    }
    return joined_;
  }

  Evaluation& evaluation_;
  const PlanNode& node_;
  const Fence& fence_;
  std::map<std::pair<std::uint32_t, ShapeId>, Words> found_;
  Words* last_ = nullptr;
  std::pair<std::uint32_t, ShapeId> last_key_;
  ShapeId bare_ = 0, joined_ = 0;
  Placed differing_ = {no_slot, 0, 0};
};

// Of each place: of the words from there on that may occur again.
Reach reach_of(const Words& longest, const Axis& axis) {
  const auto words = static_cast<std::uint32_t>(longest.size());
  std::vector<std::uint32_t> out(axis.size(), 0);
  for (std::uint32_t word = 0; word < words; ++word) {
    const std::uint32_t begin = axis.of_word(word), end = std::min(words, word + longest[word]);
    out[begin] = axis.of_word(end) - begin;
  }
  return Reach(std::move(out));
}

// Whether it reads any words: then all runs are asked about, or all of some lengths.
bool reads_any(const PlanNode& node) {
  switch (node.kind) {
    case PlanNode::Kind::word:
    case PlanNode::Kind::segment:
      return node.condition.kind == Condition::Kind::always;
    case PlanNode::Kind::repeat:
    case PlanNode::Kind::capture:
    case PlanNode::Kind::sequence:
      return std::ranges::all_of(node.parts, reads_any);
    default:
      return false;
  }
}

Words runs_among(const Axis& axis, const Spans& spans, std::uint32_t words, const Words& begins) {
  Bits out(axis.corpus().words());
  each_run(axis, spans, words, begins, [&](const Group&, const WordRun& run) { out.set(run.word); });
  return words_of(out);
}

}  // namespace

Spans Evaluation::repeated(const PlanNode& node, const Fence& fence, bool partial) {
  const bool any_run = node.parts.empty();
  std::uint32_t high = static_cast<std::uint32_t>(node.high);
  Spans of, others;
  std::optional<Repeats> repeats;
  if (any_run || std::ranges::any_of(node.parts, may_be_endless)) {
    const bool all = any_run || (node.parts.size() == 1 && reads_any(node.parts.front()));
    repeats.emplace(corpus_, node, guard_, high, all ? About::all : About::any_length);
    if (!any_run) {
      const Reach reach = reach_of(repeats->longest(), axis_);
      of = spans_within(node.parts[0], surahs(), reach);
      if (node.parts.size() == 2) others = spans_within(node.parts[1], surahs(), reach);
    }
  } else {
    of = spans(node.parts[0], surahs());
    if (node.parts.size() == 2) others = spans(node.parts[1], surahs());
  }
  if (!any_run) high = std::min(high, of.groups.empty() ? 0 : of.groups.back().length);
  if (!repeats) repeats.emplace(corpus_, node, guard_, high, About::few_lengths);
  repeats->ask_up_to(high);
  Gathered found(*this, node, fence);
  for (std::uint32_t words = static_cast<std::uint32_t>(node.low); words <= high && !guard_.stop_now();
       ++words) {
    const Words& begins = repeats->begins(words);
    if (begins.empty()) break;
    if (any_run) {
      for (const Again& way : ways_of(node, repeats->find(words, {begins, begins}, true), corpus_.words())) {
        for (const std::uint32_t word : way.words) {
          if (guard_.stop()) break;
          const Group group{axis_.of_word(word + words) - axis_.of_word(word), 0, {}};
          found.add(group, {word, words}, way.gap);
        }
      }
      continue;
    }
    const Words asked = runs_among(axis_, of, words, begins);
    if (asked.empty()) continue;
    const Words to = node.parts.size() == 2 ? runs_among(axis_, others, words, begins) : Words();
    const Words& targets = node.parts.size() == 2 ? to : asked;
    const bool all = &targets == &asked && asked.size() == begins.size();
    for (const Again& way : ways_of(node, repeats->find(words, {asked, targets}, all), corpus_.words())) {
      if (guard_.stop_now()) break;
      each_run(axis_, of, words, way.words,
               [&](const Group& group, const WordRun& run) { found.add(group, run, way.gap); });
    }
  }
  if (guard_.cut() && !partial) throw Cut();
  return found.spans();
}

}  // namespace kalima::query
