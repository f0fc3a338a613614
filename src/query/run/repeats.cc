// repeat(): runs of words that occur again, whole or with one other word.
#include <algorithm>
#include <map>
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

// Runs that occur again, length after length: begins(1), find(1), begins(2) …
class Repeats {
 public:
  Repeats(const Corpus& corpus, const PlanNode& node, Guard& guard)
      : node_(node),
        guard_(guard),
        values_(corpus.values_of_words(node.by)),
        surahs_(corpus.values(attributes::Attribute::surah_n)),
        runs_(values_, surahs_, node.differing,
              [&guard](std::ptrdiff_t bytes) {
                return guard.take(bytes) && (bytes > 0 ? !guard.stop_now() : !guard.stop());
              }),
        reach_(values_.size(), 0) {
    for (std::uint32_t word = 0; word < values_.size(); ++word) begins_.push_back(word);
    same_begin_ = begins_;
    note_runs();
  }
  ~Repeats() { guard_.take(-bytes_of(alike_words_)); }
  Repeats(const Repeats&) = delete;
  Repeats& operator=(const Repeats&) = delete;

  // Where runs of so many words begin that may occur again somewhere in the text.
  const Words& begins(std::uint32_t words) {
    while (runs_.length() < words && runs_.kinds() > 0 && runs_.grow()) note_runs();
    if (!node_.differing) {
      if (runs_.length() < words) same_begin_.clear();
      return same_begin_;
    }
    std::erase_if(begins_, [&](std::uint32_t word) { return !may_occur_again(word, words); });
    return begins_;
  }

  // Of runs of so many words. `all`: all that begins() gave are asked about.
  std::vector<Again> find(std::uint32_t words, const Asked& asked, bool all) {
    std::vector<Again> out;
    if (node_.same) out.push_back(with_same_words(words, asked));
    if (!node_.differing) return out;
    std::vector<Bits> alike;
    for (std::uint32_t gap = 0; gap < words && guard_.take(bytes_of(1)) && !guard_.stop_now(); ++gap)
      out.push_back(with_another_at(gap, words, asked, alike.emplace_back(values_.size())));
    guard_.take(-bytes_of(alike_words_));
    alike_ = std::move(alike);
    alike_words_ = words;
    all_were_asked_ = all;
    return out;
  }

 private:
  std::ptrdiff_t bytes_of(std::uint32_t sets) const {
    return static_cast<std::ptrdiff_t>(sets * (values_.size() / 8));
  }

  // After each step of the runs.
  void note_runs() {
    std::erase_if(same_begin_, [this](std::uint32_t word) { return runs_.at()[word] == no_run; });
    for (const std::uint32_t word : same_begin_) reach_[word] = runs_.length();
  }

  // With one other word: as many words as occur again, the other one, and the rest, which must do so too. Where the first
  // part is shorter, the rest begins earlier and does not end later.
  bool may_occur_again(std::uint32_t word, std::uint32_t words) const {
    if (word + words > values_.size() || surahs_[word] != surahs_[word + words - 1]) return false;
    const std::uint32_t before = std::min(reach_[word], words - 1), after = words - 1 - before;
    return after == 0 || reach_[word + before + 1] >= after;
  }

  std::uint32_t run_at(std::size_t word, std::uint32_t words) const {
    if (words == 0) return 0;
    return words > runs_.length() ? no_run : runs_.at(words)[word];
  }

  Again with_same_words(std::uint32_t words, const Asked& asked) const {
    std::vector<std::uint32_t> times(runs_.kinds(), 0);
    for (const std::uint32_t word : asked.to) {
      if (const std::uint32_t run = run_at(word, words); run != no_run) ++times[run];
    }
    Again out{no_gap, {}};
    for (const std::uint32_t word : asked.of) {
      const std::uint32_t run = run_at(word, words);
      if (run != no_run && times[run] > (asked.is_target(word) ? 1U : 0U)) out.words.push_back(word);
    }
    return out;
  }

  // What lies around a gap; runs that are the same there are of one kind.
  struct Around {
    std::uint32_t word, before, after, kind;
  };
  struct Kind {
    std::uint32_t times = 0, value = 0;  // in the gap of the first one
    bool several = false;                // values in the gap
  };

  // Without those of which a part with the gap is known not to occur again.
  std::vector<Around> around(std::uint32_t gap, std::uint32_t words, const Words& begins) const {
    const bool known = all_were_asked_ && alike_words_ + 1 == words && alike_.size() == alike_words_;
    std::vector<Around> out;
    for (const std::uint32_t word : begins) {
      if (guard_.stop()) break;
      if (known && gap + 1 < words && !alike_[gap].test(word)) continue;
      if (known && gap > 0 && !alike_[gap - 1].test(word + std::size_t{1})) continue;
      const std::uint32_t before = run_at(word, gap),
                          after = run_at(word + std::size_t{gap} + 1, words - gap - 1);
      if (before != no_run && after != no_run) out.push_back({word, before, after, 0});
    }
    return out;
  }

  // `alike` becomes the set of what is the same around the gap.
  Again with_another_at(std::uint32_t gap, std::uint32_t words, const Asked& asked, Bits& alike) {
    Again out{gap, {}};
    std::vector<Around> to = around(gap, words, asked.to), others;
    if (!asked.same_lists()) others = around(gap, words, asked.of);
    std::vector<Around>& of = asked.same_lists() ? to : others;
    // At either end of the run the other part is the kind.
    const bool at_end = gap == 0 || gap + 1 == words;
    const std::size_t most = to.size() + others.size(), pairs = at_end ? 0 : most;
    const auto bytes = static_cast<std::ptrdiff_t>(PairNumbers::bytes(pairs) + most * sizeof(Around) +
                                                   std::max(most, values_.size()) * sizeof(Kind));
    if (guard_.take(bytes)) {
      PairNumbers numbers(pairs);
      std::vector<Kind> kinds;
      for (std::vector<Around>* list : {&to, &others}) {
        for (Around& one : *list) {
          one.kind = at_end ? std::max(one.before, one.after) : numbers.of(one.before, one.after).first;
          if (one.kind >= kinds.size()) kinds.resize(one.kind + std::size_t{1});
        }
      }
      for (const Around& one : to) {
        Kind& kind = kinds[one.kind];
        const std::uint32_t value = value_in_gap(one.word + gap);
        if (kind.times++ == 0) kind.value = value;
        kind.several = kind.several || kind.value != value;
      }
      for (const Around& one : of) {
        const Kind& kind = kinds[one.kind];
        if (kind.times <= (asked.is_target(one.word) ? 1U : 0U)) continue;
        alike.set(one.word);
        if (kind.several || kind.value != value_in_gap(one.word + gap)) out.words.push_back(one.word);
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
  Words same_begin_;  // where runs of the last length begin that occur again
  Words reach_;       // of each word how long the longest such run is so far
  Words begins_;      // with one other word: where those begin that may occur again
  // Of the runs that find() was asked about last, for each gap those that are the same around it.
  std::vector<Bits> alike_;
  std::uint32_t alike_words_ = 0;
  bool all_were_asked_ = false;
};

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
  Again out{no_gap, {}};
  all.each([&](std::size_t word) { out.words.push_back(static_cast<std::uint32_t>(word)); });
  return {std::move(out)};
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
    for (auto& [of, starts] : found_) {
      if (!std::ranges::is_sorted(starts)) std::ranges::sort(starts);
      starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
      out.groups.push_back({of.first, of.second, Starts(std::move(starts))});
    }
    return out;
  }

 private:
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

Starts places_of(const Axis& axis, const Words& words) {
  Bits out(axis.size());
  for (const std::uint32_t word : words) out.set(axis.of_word(word));
  return Starts(std::move(out));
}

Words runs_among(const Axis& axis, const Spans& spans, std::uint32_t words, const Starts& places) {
  Words out;
  each_run(axis, spans, words, places, [&](const Group&, const WordRun& run) { out.push_back(run.word); });
  // Those of one group are in order.
  if (!std::ranges::is_sorted(out)) std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

Spans Evaluation::repeated(const PlanNode& node, const Fence& fence, bool partial) {
  const bool any_run = node.parts.empty();
  const Spans of = any_run ? Spans() : spans(node.parts[0], surahs_);
  const Spans others = node.parts.size() == 2 ? spans(node.parts[1], surahs_) : Spans();
  std::uint32_t high = static_cast<std::uint32_t>(node.high);
  if (!any_run) high = std::min(high, of.groups.empty() ? 0 : of.groups.back().length);
  Repeats repeats(corpus_, node, guard_);
  Gathered found(*this, node, fence);
  for (std::uint32_t words = static_cast<std::uint32_t>(node.low); words <= high && !guard_.stop_now();
       ++words) {
    const Words& begins = repeats.begins(words);
    if (begins.empty()) break;
    if (any_run) {
      for (const Again& way : ways_of(node, repeats.find(words, {begins, begins}, true), corpus_.words())) {
        for (const std::uint32_t word : way.words) {
          if (guard_.stop()) break;
          const Group group{axis_.of_word(word + words) - axis_.of_word(word), 0, {}};
          found.add(group, {word, words}, way.gap);
        }
      }
      continue;
    }
    const Starts places = places_of(axis_, begins);
    const Words asked = runs_among(axis_, of, words, places);
    if (asked.empty()) continue;
    const Words to = node.parts.size() == 2 ? runs_among(axis_, others, words, places) : Words();
    const Words& targets = node.parts.size() == 2 ? to : asked;
    const bool all = &targets == &asked && asked.size() == begins.size();
    for (const Again& way : ways_of(node, repeats.find(words, {asked, targets}, all), corpus_.words())) {
      if (guard_.stop_now()) break;
      each_run(axis_, of, words, places_of(axis_, way.words),
               [&](const Group& group, const WordRun& run) { found.add(group, run, way.gap); });
    }
  }
  if (guard_.cut() && !partial) throw Cut();
  return found.spans();
}

}  // namespace kalima::query
