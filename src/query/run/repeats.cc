// repeat(): runs of words that occur again, whole or with one other word.
#include <algorithm>
#include <bit>
#include <functional>
#include <map>
#include <numeric>
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
        runs_(values_, surahs_, node.differing, may_go_on()),
        reach_(values_.size(), 0) {
    if (!node.differing) return;
    begins_.resize(values_.size());
    std::iota(begins_.begin(), begins_.end(), 0U);
    note_runs();
  }
  ~Repeats() { guard_.take(-bytes_of(again_) - bytes_of(alike_)); }
  Repeats(const Repeats&) = delete;
  Repeats& operator=(const Repeats&) = delete;

  // No run of more words than this occurs again, of those up to `limit`.
  std::uint32_t longest(std::uint32_t limit) const {
    // Runs of one length after another are asked for later; here none are kept.
    corpus::RepeatedRuns runs(values_, surahs_, false, may_go_on());
    const auto reached = [&] { return node_.differing ? 2 * runs.length() + 1 : runs.length(); };
    while (reached() < limit && runs.kinds() > 0 && runs.grow()) {
    }
    return std::min(limit, reached());
  }

  // Where runs of so many words begin that may occur again somewhere in the text.
  const Words& begins(std::uint32_t words) {
    while (runs_.length() < words && grow()) {
    }
    if (!node_.differing) return runs_.length() < words ? begins_ : runs_.words();
    std::erase_if(begins_, [&](std::uint32_t word) { return !may_occur_again(word, words); });
    return begins_;
  }

  // Of runs of so many words. `all`: all that begins() gave are asked about.
  std::vector<Again> find(std::uint32_t words, const Asked& asked, bool all) {
    std::vector<Again> out;
    if (node_.same) out.push_back(with_same_words(words, asked));
    if (!node_.differing) return out;
    const bool same_lists = asked.same_lists();
    const Bits of = set_of(asked.of), to = same_lists ? Bits() : set_of(asked.to);
    std::vector<Bits> alike;
    for (std::uint32_t gap = 0; gap < words && !guard_.stop_now(); ++gap) {
      if (!keep(alike, Bits(values_.size()))) break;
      const Words there = around(gap, words, same_lists ? of : to);
      const Words here = same_lists ? Words() : around(gap, words, of);
      out.push_back(with_another_at(gap, words, {same_lists ? there : here, there}, alike.back()));
    }
    guard_.take(-bytes_of(alike_));
    alike_ = std::move(alike);
    all_were_asked_ = all;
    return out;
  }

 private:
  std::ptrdiff_t bytes_of(const std::vector<Bits>& sets) const {
    return static_cast<std::ptrdiff_t>(sets.size() * (values_.size() / 8));
  }
  bool keep(std::vector<Bits>& sets, Bits set) {
    sets.push_back(std::move(set));
    return guard_.take(static_cast<std::ptrdiff_t>(values_.size() / 8));
  }
  Bits set_of(const Words& words) const {
    Bits out(values_.size());
    for (const std::uint32_t word : words) out.set(word);
    return out;
  }

  corpus::MayGoOn may_go_on() const {
    return [&guard = guard_](std::ptrdiff_t bytes) {
      return guard.take(bytes) && (bytes > 0 ? !guard.stop_now() : !guard.stop());
    };
  }

  // False if there are no longer ones.
  bool grow() {
    if (runs_.kinds() == 0 || !runs_.grow()) return false;
    if (node_.differing) note_runs();
    return true;
  }
  void note_runs() {
    for (const std::uint32_t word : runs_.words()) reach_[word] = runs_.length();
    keep(again_, set_of(runs_.words()));
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
    Again out{no_gap, {}};
    if (words > runs_.length()) return out;
    std::vector<std::uint32_t> times(runs_.kinds(words), 0);
    for (const std::uint32_t word : asked.to) {
      if (const std::uint32_t run = run_at(word, words); run != no_run) ++times[run];
    }
    for (const std::uint32_t word : asked.of) {
      const std::uint32_t run = run_at(word, words);
      if (run != no_run && times[run] > (asked.is_target(word) ? 1U : 0U)) out.words.push_back(word);
    }
    return out;
  }

  // Those of which what lies before and after a gap occurs again, without those of which a part with the gap is known not to.
  Words around(std::uint32_t gap, std::uint32_t words, const Bits& begins) const {
    const bool known = all_were_asked_ && alike_.size() + 1 == words;
    const std::uint32_t after = words - gap - 1;
    Words out;
    if (std::max(gap, after) > again_.size()) return out;
    for (std::size_t i = 0; i < begins.blocks() && !guard_.stop(); ++i) {
      std::uint64_t left = begins.block(i);
      if (left == 0) continue;
      if (gap > 0) left &= again_[gap - 1].block(i);
      if (after > 0) left &= again_[after - 1].from(i * 64 + gap + 1);
      if (known && after > 0) left &= alike_[gap].block(i);
      if (known && gap > 0) left &= alike_[gap - 1].from(i * 64 + 1);
      for (; left != 0; left &= left - 1)
        out.push_back(static_cast<std::uint32_t>(i * 64 + static_cast<std::size_t>(std::countr_zero(left))));
    }
    return out;
  }

  // Runs that are the same around the gap.
  struct Kind {
    std::uint32_t times = 0, value = 0;  // in the gap of the first one
    bool several = false;                // values in the gap
  };

  // Of those that around() gives. `alike` becomes the set of what is the same around the gap.
  Again with_another_at(std::uint32_t gap, std::uint32_t words, const Asked& asked, Bits& alike) {
    Again out{gap, {}};
    // At either end of the run the other part is the kind.
    const bool at_end = gap == 0 || gap + 1 == words;
    const std::size_t listed =
        (asked.to.size() + (asked.same_lists() ? 0 : asked.of.size())) * sizeof(std::uint32_t);
    Memory memory(guard_);
    if (memory.hold(listed)) {
      PairNumbers numbers;
      const auto kinds_of = [&](const Words& words_there) {
        std::vector<std::uint32_t> kinds;
        kinds.reserve(words_there.size());
        for (const std::uint32_t word : words_there) {
          const std::uint32_t before = run_at(word, gap),
                              after = run_at(word + std::size_t{gap} + 1, words - gap - 1);
          kinds.push_back(at_end ? std::max(before, after) : numbers.of(before, after).first);
        }
        memory.hold(numbers.bytes() + listed);
        return kinds;
      };
      const std::vector<std::uint32_t> kinds_to = kinds_of(asked.to);
      std::vector<Kind> kinds(kinds_to.empty() ? 0 : *std::ranges::max_element(kinds_to) + std::size_t{1});
      memory.hold(numbers.bytes() + listed + kinds.size() * sizeof(Kind));
      for (std::size_t i = 0; i < asked.to.size(); ++i) {
        Kind& kind = kinds[kinds_to[i]];
        const std::uint32_t value = value_in_gap(asked.to[i] + gap);
        if (kind.times++ == 0) kind.value = value;
        kind.several = kind.several || kind.value != value;
      }
      const std::vector<std::uint32_t> kinds_here =
          asked.same_lists() ? std::vector<std::uint32_t>() : kinds_of(asked.of);
      const std::vector<std::uint32_t>& kinds_of_asked = asked.same_lists() ? kinds_to : kinds_here;
      for (std::size_t i = 0; i < asked.of.size() && !guard_.stop(); ++i) {
        const std::uint32_t word = asked.of[i], number = kinds_of_asked[i];
        if (number >= kinds.size() || kinds[number].times <= (asked.is_target(word) ? 1U : 0U)) continue;
        alike.set(word);
        if (kinds[number].several || kinds[number].value != value_in_gap(word + gap))
          out.words.push_back(word);
      }
    }
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
  // With one other word: of each word how long the longest run is so far that begins there and occurs again, of each length
  // where such runs begin, and where those begin that may occur again but for one word.
  Words reach_;
  std::vector<Bits> again_;
  Words begins_;
  // Of the runs that find() was asked about last, for each gap those that are the same around it.
  std::vector<Bits> alike_;
  bool all_were_asked_ = false;
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

// Whether an automaton reads spans of any length.
bool may_be_endless(const PlanNode& node) {
  if (!is_regular(node)) return false;
  return (node.kind == PlanNode::Kind::repeat && node.count.max == unbounded) ||
         std::ranges::any_of(node.parts, may_be_endless);
}

Words runs_among(const Axis& axis, const Spans& spans, std::uint32_t words, const Words& begins) {
  Bits out(axis.corpus().words());
  each_run(axis, spans, words, begins, [&](const Group&, const WordRun& run) { out.set(run.word); });
  return words_of(out);
}

}  // namespace

Spans Evaluation::repeated(const PlanNode& node, const Fence& fence, bool partial) {
  const bool any_run = node.parts.empty();
  Repeats repeats(corpus_, node, guard_);
  std::uint32_t high = static_cast<std::uint32_t>(node.high);
  Spans of, others;
  if (!any_run) {
    // Others have an end of their own, which is mostly nearer.
    if (std::ranges::any_of(node.parts, may_be_endless)) high = repeats.longest(high);
    of = short_spans(node.parts[0], high);
    if (node.parts.size() == 2) others = short_spans(node.parts[1], high);
    high = std::min(high, of.groups.empty() ? 0 : of.groups.back().length);
  }
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
    const Words asked = runs_among(axis_, of, words, begins);
    if (asked.empty()) continue;
    const Words to = node.parts.size() == 2 ? runs_among(axis_, others, words, begins) : Words();
    const Words& targets = node.parts.size() == 2 ? to : asked;
    const bool all = &targets == &asked && asked.size() == begins.size();
    for (const Again& way : ways_of(node, repeats.find(words, {asked, targets}, all), corpus_.words())) {
      if (guard_.stop_now()) break;
      each_run(axis_, of, words, way.words,
               [&](const Group& group, const WordRun& run) { found.add(group, run, way.gap); });
    }
  }
  if (guard_.cut() && !partial) throw Cut();
  return found.spans();
}

}  // namespace kalima::query
