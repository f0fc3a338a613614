// repeat(): runs of words that occur again, whole or with one other word.
#include <algorithm>
#include <utility>

#include "corpus/repeated_runs.h"
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

class Repeats {
 public:
  Repeats(const Corpus& corpus, const PlanNode& node, Guard& guard)
      : node_(node),
        guard_(guard),
        values_(corpus.values_of_words(node.by)),
        surahs_(corpus.values(attributes::Attribute::surah_n)),
        runs_(values_, surahs_, node.differing, [&guard](std::ptrdiff_t bytes) {
          return guard.take(bytes) && (bytes > 0 ? !guard.stop_now() : !guard.stop());
        }) {}

  // All runs of so many words that may occur again: after find() for one word less, where both shorter ones do.
  Words candidates(std::uint32_t words) const {
    Words out;
    for (std::uint32_t word = 0; word + words <= values_.size(); ++word) {
      if (surahs_[word] != surahs_[word + words - 1]) continue;
      if (alike_.size() == 0 || (alike_.test(word) && alike_.test(word + std::size_t{1})))
        out.push_back(word);
    }
    return out;
  }

  std::vector<Again> find(std::uint32_t words, const Asked& asked) {
    while (runs_.length() < words && runs_.kinds() > 0 && runs_.grow()) {
    }
    alike_ = Bits(values_.size());
    std::vector<Again> out;
    if (node_.same) out.push_back(with_same_words(words, asked));
    for (std::uint32_t gap = 0; node_.differing && gap < words && !guard_.stop_now(); ++gap)
      out.push_back(with_another_at(gap, words, asked));
    return out;
  }
  // Whether runs of so many words cannot occur again.
  bool too_long(std::uint32_t words) const {
    if (runs_.kinds() > 0) return false;
    const std::uint32_t longest = runs_.length() - 1;
    return words > (node_.differing ? 2 * longest + 1 : longest);
  }

 private:
  std::uint32_t run_at(std::size_t word, std::uint32_t words) const {
    if (words == 0) return 0;
    return words > runs_.length() ? no_run : runs_.at(words)[word];
  }

  Again with_same_words(std::uint32_t words, const Asked& asked) {
    std::vector<std::uint32_t> times(runs_.kinds(), 0);
    for (const std::uint32_t word : asked.to) {
      if (const std::uint32_t run = run_at(word, words); run != no_run) ++times[run];
    }
    Again out{no_gap, {}};
    for (const std::uint32_t word : asked.of) {
      const std::uint32_t run = run_at(word, words);
      if (run == no_run || times[run] <= (asked.is_target(word) ? 1U : 0U)) continue;
      alike_.set(word);
      out.words.push_back(word);
    }
    return out;
  }

  // Runs that are the same before and after the gap.
  struct Kind {
    std::uint32_t times = 0, value = 0;  // in the gap of the first one
    bool several = false;                // values in the gap
  };

  Again with_another_at(std::uint32_t gap, std::uint32_t words, const Asked& asked) {
    Again out{gap, {}};
    const std::size_t most = asked.of.size() + (asked.same_lists() ? 0 : asked.to.size());
    const auto bytes = static_cast<std::ptrdiff_t>(PairNumbers::bytes(most) + most * sizeof(Kind) +
                                                   asked.to.size() * sizeof(std::uint32_t));
    if (guard_.take(bytes)) {
      PairNumbers numbers(most);
      std::vector<Kind> kinds;
      // Of the runs that begin at words, the number of the kind of each; no_run for none.
      const auto kinds_of = [&](const Words& begins) {
        std::vector<std::uint32_t> of;
        for (const std::uint32_t word : begins) {
          const std::uint32_t before = run_at(word, gap),
                              after = run_at(word + std::size_t{gap} + 1, words - gap - 1);
          const bool none = before == no_run || after == no_run || guard_.stop();
          of.push_back(none ? no_run : numbers.of(before, after).first);
          if (of.back() == kinds.size()) kinds.emplace_back();
        }
        return of;
      };
      const std::vector<std::uint32_t> of_targets = kinds_of(asked.to);
      for (std::size_t i = 0; i < of_targets.size(); ++i) {
        if (of_targets[i] == no_run) continue;
        Kind& kind = kinds[of_targets[i]];
        const std::uint32_t value = value_in_gap(asked.to[i] + gap);
        if (kind.times++ == 0) kind.value = value;
        kind.several = kind.several || kind.value != value;
      }
      const std::vector<std::uint32_t> of_asked = asked.same_lists() ? of_targets : kinds_of(asked.of);
      for (std::size_t i = 0; i < of_asked.size(); ++i) {
        const std::uint32_t word = asked.of[i];
        if (of_asked[i] == no_run || kinds[of_asked[i]].times <= (asked.is_target(word) ? 1U : 0U)) continue;
        alike_.set(word);
        const Kind& kind = kinds[of_asked[i]];
        if (kind.several || kind.value != value_in_gap(word + gap)) out.words.push_back(word);
      }
    }
    guard_.take(-bytes);
    return out;
  }

  // A missing value is another one than any.
  std::uint32_t value_in_gap(std::uint32_t word) const {
    return values_[word] != 0 ? values_[word] : 0x80000000 | word;
  }

  const PlanNode& node_;
  Guard& guard_;
  const std::vector<std::uint32_t>&values_, &surahs_;
  corpus::RepeatedRuns runs_;
  Bits alike_;  // where a run of the last length begins that occurs again
};

// Without a label for the word that differs, the way does not matter.
std::vector<Again> ways_of(const PlanNode& node, std::vector<Again> found) {
  if (node.slot != no_slot) return found;
  Words all;
  for (const Again& one : found) all.insert(all.end(), one.words.begin(), one.words.end());
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  std::vector<Again> out;
  out.push_back({no_gap, std::move(all)});
  return out;
}

}  // namespace

Spans Evaluation::repeated(const PlanNode& node, const Fence& fence, bool partial) {
  const auto low = static_cast<std::uint32_t>(node.low), high = static_cast<std::uint32_t>(node.high);
  std::map<std::pair<std::uint32_t, ShapeId>, Words> found;
  const auto add = [&](std::uint32_t begin, std::uint32_t length, ShapeId shape, const WordRun& run,
                       std::uint32_t gap) {
    if (gap != no_gap) {
      const auto at = [&](std::uint32_t word) {
        return static_cast<std::int32_t>(axis_.of_word(run.word + word) - begin);
      };
      shape = shapes_.joined(shape, shapes_.number_of({{node.slot, at(gap), at(gap + 1)}}), 0);
    }
    if (fence.holds(begin, begin + length) && guard_.take(sizeof(begin)))
      found[{length, shape}].push_back(begin);
  };
  Repeats repeats(corpus_, node, guard_);
  if (node.parts.empty()) {
    for (std::uint32_t words = low; words <= high && !guard_.stop_now(); ++words) {
      const Words runs = repeats.candidates(words);
      if (runs.empty()) break;
      for (const Again& way : ways_of(node, repeats.find(words, {runs, runs}))) {
        for (const std::uint32_t word : way.words) {
          if (guard_.stop()) break;
          const std::uint32_t begin = axis_.of_word(word);
          add(begin, axis_.of_word(word + words) - begin, 0, {word, words}, way.gap);
        }
      }
    }
  } else {
    const Spans of = spans(node.parts.front(), surahs_);
    const WordRuns asked = word_runs(axis_, of, low, high, guard_);
    const bool of_two = node.parts.size() == 2;
    const WordRuns others =
        of_two ? word_runs(axis_, spans(node.parts[1], surahs_), low, high, guard_) : WordRuns();
    const WordRuns& targets = of_two ? others : asked;
    std::map<std::uint32_t, std::vector<Again>> ways;
    for (const auto& [words, runs] : asked) {
      if (guard_.stop_now() || repeats.too_long(words)) break;
      if (const auto to = targets.find(words); to != targets.end())
        ways[words] = ways_of(node, repeats.find(words, {runs, to->second}));
    }
    for (const Group& group : of.groups) {
      if (guard_.stop_now()) break;
      group.starts.each([&](std::uint32_t begin) {
        const auto run = guard_.stop() ? std::nullopt : word_run(axis_, begin, group.length);
        const auto ways_here = run ? ways.find(run->words) : ways.end();
        if (ways_here == ways.end()) return;
        for (const Again& way : ways_here->second) {
          if (std::ranges::binary_search(way.words, run->word))
            add(begin, group.length, group.shape, *run, way.gap);
        }
      });
    }
  }
  if (guard_.cut() && !partial) throw Cut();
  Spans out;
  for (auto& [of, starts] : found) {
    std::ranges::sort(starts);
    out.groups.push_back({of.first, of.second, Starts(std::move(starts))});
  }
  return out;
}

}  // namespace kalima::query
