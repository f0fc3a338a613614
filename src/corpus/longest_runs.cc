#include "corpus/longest_runs.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace kalima::corpus {
namespace {

// Above all values. With the place added, each of these occurs once.
constexpr std::uint32_t no_value = 0x80000000, end_of_group = 0xC0000000;
constexpr std::size_t steps_before_question = 8192;

std::uint64_t key_of(std::uint32_t first, std::uint32_t second) {
  return std::uint64_t{first} << 32 | second;
}

}  // namespace

LongestRuns::LongestRuns(std::span<const std::uint32_t> values, std::span<const std::uint32_t> groups,
                         std::uint32_t max_words, bool differing, MayGoOn may_go_on)
    : max_words_(max_words),
      differing_(differing),
      may_go_on_(std::move(may_go_on)),
      same_(values.size(), 0),
      but_one_(differing ? values.size() : 0, 0) {
  // The rows below, what is kept of ranges, and what scratch takes.
  if (!take(12 * values.size())) return;
  read(values, groups);
  put_in_order();
  if (differing_) look_at_gaps();
  for (auto* row : {&text_, &word_at_, &order_, &rank_, &after_, &touched_, &places_})
    *row = std::vector<std::uint32_t>();
  alike_ = {};
  keys_ = {};
  best_ = {};
}

LongestRuns::~LongestRuns() { may_go_on_(-taken_); }

bool LongestRuns::take(std::size_t words) {
  const auto bytes = static_cast<std::ptrdiff_t>(words * sizeof(std::uint32_t));
  taken_ += bytes;
  if (!may_go_on_(bytes)) ended_ = true;
  return !ended_;
}

bool LongestRuns::go_on(std::size_t steps) {
  steps_ += steps;
  if (!ended_ && steps_ >= steps_before_question) {
    steps_ = 0;
    ended_ = !may_go_on_(0);
  }
  return !ended_;
}

void LongestRuns::read(std::span<const std::uint32_t> values, std::span<const std::uint32_t> groups) {
  text_.reserve(values.size() + 256);
  word_at_.reserve(values.size() + 256);
  const auto add = [this](std::uint32_t value, std::uint32_t word) {
    const auto place = static_cast<std::uint32_t>(text_.size());
    text_.push_back(value >= no_value ? value | place : value);
    word_at_.push_back(word);
  };
  for (std::uint32_t word = 0; word < values.size(); ++word) {
    if (word > 0 && groups[word] != groups[word - 1]) add(end_of_group, word);
    add(values[word] == 0 ? no_value : values[word], word);
  }
  add(end_of_group, static_cast<std::uint32_t>(values.size()));
}

// By the first value, then those that have it by the next one, and so on, as long as some are alike.
void LongestRuns::put_in_order() {
  std::uint32_t last = 0;
  for (const std::uint32_t value : text_) {
    if (value < no_value) last = std::max(last, value);
  }
  // Where those of each value begin; what equals nothing comes last.
  std::vector<std::uint32_t> begin(last + std::size_t{3}, 0);
  for (const std::uint32_t value : text_) ++begin[std::min(value, last + 1) + std::size_t{1}];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  order_.resize(text_.size());
  for (std::uint32_t place = 0; place < text_.size(); ++place)
    order_[begin[std::min(text_[place], last + 1)]++] = place;
  // Now begin[v] is where those of v end.
  for (std::uint32_t value = 0, from = 0; value <= last; from = begin[value++]) {
    if (begin[value] - from > 1) open_.push_back({from, begin[value], 1});
  }
  alike_.resize(1);
  while (!open_.empty()) {
    const Range range = open_.back();
    open_.pop_back();
    if (!go_on(range.end - range.begin)) break;
    divide(range.begin, range.end, range.depth);
  }
  open_.clear();
  rank_.resize(order_.size());
  for (std::uint32_t rank = 0; rank < order_.size(); ++rank) rank_[order_[rank]] = rank;
}

// Those of a range have `depth` values in common, and more if the longer ranges within it say so later.
void LongestRuns::divide(std::uint32_t begin, std::uint32_t end, std::uint32_t depth) {
  for (std::uint32_t i = begin; i < end; ++i) same_[word_at_[order_[i]]] = depth;
  if (alike_.size() <= depth) alike_.resize(depth + std::size_t{1});
  if (differing_) alike_[depth].emplace_back(begin, end);
  if (depth == max_words_) return;
  if (end - begin == 2) {
    std::uint32_t &a = order_[begin], &b = order_[begin + 1];
    if (text_[a + depth] == text_[b + depth]) {
      open_.push_back({begin, end, depth + 1});
    } else if (text_[a + depth] > text_[b + depth]) {
      std::swap(a, b);
    }
    return;
  }
  keys_.clear();
  for (std::uint32_t i = begin; i < end; ++i) keys_.push_back(key_of(text_[order_[i] + depth], order_[i]));
  if (std::ranges::all_of(keys_, [&](std::uint64_t key) { return key >> 32 == keys_.front() >> 32; })) {
    open_.push_back({begin, end, depth + 1});
    return;
  }
  std::ranges::sort(keys_);
  for (std::uint32_t i = begin, from = begin; i < end; ++i) {
    order_[i] = static_cast<std::uint32_t>(keys_[i - begin]);
    const bool last = i + 1 == end || keys_[i - begin] >> 32 != keys_[i + 1 - begin] >> 32;
    if (!last) continue;
    if (i > from) open_.push_back({from, i + 1, depth + 1});
    from = i + 1;
  }
}

// How many values are the same from two places on.
std::uint32_t LongestRuns::alike(std::uint32_t a, std::uint32_t b, std::uint32_t max_words) const {
  std::uint32_t words = 0;
  while (words < max_words && text_[a + words] == text_[b + words]) ++words;
  return words;
}

void LongestRuns::look_at_gaps() {
  after_.assign(text_.size(), 0);
  best_.resize(text_.size());
  with_gap_.resize(std::min<std::size_t>(alike_.size(), max_words_));
  for (std::uint32_t gap = 0; gap < with_gap_.size() && !ended_; ++gap) {
    if (gap == 0) {
      // Those after all others are in order already.
      places_.clear();
      for (const std::uint32_t place : order_) {
        if (place > 0 && text_[place - 1] < end_of_group) places_.push_back(place - 1);
      }
      compare_after(gap, places_);
    } else {
      for (const auto& [begin, end] : alike_[gap]) {
        if (!go_on(end - begin)) break;
        keys_.clear();
        for (std::uint32_t i = begin; i < end; ++i) {
          const std::uint32_t place = order_[i];
          if (text_[place + gap] < end_of_group) keys_.push_back(key_of(rank_[place + gap + 1], place));
        }
        if (keys_.size() < 2) continue;
        std::ranges::sort(keys_);
        places_.resize(keys_.size());
        std::ranges::transform(keys_, places_.begin(),
                               [](std::uint64_t key) { return static_cast<std::uint32_t>(key); });
        compare_after(gap, places_);
      }
    }
    keep_gap(gap);
  }
}

// Of places that have `gap` values in common, in the order of what comes after the gap: for each how many words after it, at most,
// are the same for one that differs in the gap. That is the nearest such one before it or after it.
void LongestRuns::compare_after(std::uint32_t gap, std::span<const std::uint32_t> places) {
  const std::uint32_t max_after = max_words_ - gap - 1;
  // From the place before: -1 for none that differs.
  const auto onwards = [&](std::int64_t before, std::uint32_t a, std::uint32_t b) -> std::int64_t {
    if (text_[a + gap] == text_[b + gap] && before <= 0) return before;
    const std::int64_t same = alike(a + gap + 1, b + gap + 1, max_after);
    return text_[a + gap] == text_[b + gap] ? std::min(before, same) : same;
  };
  std::int64_t best = -1;
  best_[0] = -1;
  for (std::size_t i = 1; i < places.size(); ++i) best_[i] = best = onwards(best, places[i - 1], places[i]);
  best = -1;
  for (std::size_t i = places.size(); i-- > 0;) {
    if (i + 1 < places.size()) best = onwards(best, places[i + 1], places[i]);
    const std::int64_t longest = std::max(best, best_[i]);
    if (longest < 0) continue;
    after_[places[i]] = static_cast<std::uint32_t>(longest) + gap + 1;
    touched_.push_back(places[i]);
  }
}

// Moves what compare_after() found to a list, in the order of the text.
void LongestRuns::keep_gap(std::uint32_t gap) {
  std::vector<WithGap>& out = with_gap_[gap];
  take(2 * touched_.size());
  out.reserve(touched_.size());
  const auto keep = [&](std::uint32_t place) {
    const std::uint32_t word = word_at_[place], words = std::exchange(after_[place], 0);
    out.push_back({word, words});
    but_one_[word] = std::max(but_one_[word], words);
  };
  if (touched_.size() > text_.size() / 16) {
    for (std::uint32_t place = 0; place < text_.size(); ++place) {
      if (after_[place] != 0) keep(place);
    }
  } else {
    std::ranges::sort(touched_);
    for (const std::uint32_t place : touched_) keep(place);
  }
  touched_.clear();
}

void LongestRuns::leave_out_shorter(std::uint32_t words) {
  for (std::vector<WithGap>& some : with_gap_)
    std::erase_if(some, [&](const WithGap& one) { return one.words < words; });
}

}  // namespace kalima::corpus
