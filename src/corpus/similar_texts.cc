#include "corpus/similar_texts.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <utility>

namespace kalima::corpus {
namespace {

// One value of the other text, in one block of the text's words.
inline void read_value(std::uint64_t& so_far, std::uint64_t bits, std::uint64_t& carry) {
  const std::uint64_t before = so_far, same = before & bits, sum = before + same;
  so_far = (sum + carry) | (before - same);
  carry = static_cast<std::uint64_t>(sum < before) | static_cast<std::uint64_t>(sum + carry < sum);
}

constexpr std::size_t block_words = 64, words_between_bounds = 16, steps_between_questions = 4096;

}  // namespace

std::vector<std::uint32_t> compared_values(Values values, Values letters) {
  std::vector<std::uint32_t> out(values.begin(), values.end());
  const std::uint32_t last = out.empty() ? 0 : *std::ranges::max_element(out);
  for (std::size_t word = 0; word < out.size(); ++word) {
    if (out[word] == 0) out[word] = last + 1 + letters[word];
  }
  return out;
}

// With one row of lengths.
std::uint32_t length_of_common(Values a, Values b, std::vector<std::uint32_t>& row,
                               const std::function<bool()>& stop) {
  row.assign(b.size() + 1, 0);
  for (const std::uint32_t value : a) {
    if (stop()) return 0;
    std::uint32_t diagonal = 0;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::uint32_t above = row[j + 1];
      row[j + 1] = value == b[j] ? diagonal + 1 : std::max(above, row[j]);
      diagonal = above;
    }
  }
  return row[b.size()];
}

void ComparedText::set(Values text) {
  for (const std::uint32_t value : values_) row_of_[value] = 0;
  values_.clear();
  text_ = text;
  if (text.size() > max_marked) return;
  blocks_ = (text.size() + block_words - 1) / block_words;
  bits_.assign(blocks_, 0);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] >= row_of_.size()) continue;
    std::uint32_t& row = row_of_[text[i]];
    if (row == 0) {
      values_.push_back(text[i]);
      row = static_cast<std::uint32_t>(values_.size());
      bits_.resize(bits_.size() + blocks_, 0);
    }
    bits_[row * blocks_ + i / block_words] |= std::uint64_t{1} << i % block_words;
  }
}

std::size_t ComparedText::length_so_far() const {
  std::size_t out = 0;
  for (const std::uint64_t block : so_far_) out += static_cast<std::size_t>(std::popcount(~block));
  return out;
}

std::size_t ComparedText::common(Values other, std::size_t min_length, const std::function<bool()>& stop) {
  if (text_.size() > max_marked) return length_of_common(text_, other, lengths_, stop);
  if (blocks_ == 1) {
    std::uint64_t so_far = ~std::uint64_t{0};
    for (const std::uint32_t value : other) {
      const std::uint64_t same = so_far & bits_[row_of_[value]];
      so_far = (so_far + same) | (so_far - same);
    }
    return static_cast<std::size_t>(std::popcount(~so_far));
  }
  // Those of the words that the text has too.
  rows_.resize(other.size());
  std::size_t rows = 0;
  for (const std::uint32_t value : other) {
    rows_[rows] = row_of_[value];
    if (rows_[rows] != 0) ++rows;
  }
  if (rows < min_length) return 0;
  switch (blocks_) {
    case 2:
      return common_in<2>(rows, min_length);
    case 3:
      return common_in<3>(rows, min_length);
    case 4:
      return common_in<4>(rows, min_length);
    default:
      return common_in_many(rows, min_length, stop);
  }
}

template <std::size_t blocks>
std::size_t ComparedText::common_in(std::size_t rows, std::size_t min_length) const {
  std::array<std::uint64_t, blocks> so_far;
  so_far.fill(~std::uint64_t{0});
  const auto length = [&] {
    std::size_t out = 0;
    for (const std::uint64_t block : so_far) out += static_cast<std::size_t>(std::popcount(~block));
    return out;
  };
  for (std::size_t k = 0; k < rows; ++k) {
    if (k % words_between_bounds == 0 && length() + (rows - k) < min_length) return 0;
    const std::uint64_t* bits = &bits_[rows_[k] * blocks];
    std::uint64_t carry = 0;
    // Written out, so that they stay in registers.
    [&]<std::size_t... i>(std::index_sequence<i...>) { (read_value(so_far[i], bits[i], carry), ...); }
    (std::make_index_sequence<blocks>());
  }
  return length();
}

std::size_t ComparedText::common_in_many(std::size_t rows, std::size_t min_length,
                                         const std::function<bool()>& stop) {
  so_far_.assign(blocks_, ~std::uint64_t{0});
  std::size_t steps = 0;
  for (std::size_t k = 0; k < rows; ++k) {
    if (k % words_between_bounds == 0 && length_so_far() + (rows - k) < min_length) return 0;
    if ((steps += blocks_) > steps_between_questions) {
      if (stop()) return 0;
      steps = 0;
    }
    const std::uint64_t* bits = &bits_[rows_[k] * blocks_];
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < blocks_; ++i) read_value(so_far_[i], bits[i], carry);
  }
  return length_so_far();
}

SimilarTexts::SimilarTexts(std::vector<Values> texts, std::uint32_t percent,
                           const std::function<bool()>& stop)
    : texts_(std::move(texts)), percent_(percent), seen_(texts_.size(), 0), shared_(texts_.size(), 0) {
  rank_values(stop);
  for (std::uint32_t place = 0; place < texts_.size() && !stop(); ++place) {
    const auto words = static_cast<std::uint32_t>(texts_[place].size());
    std::uint32_t rarer = 0;
    for (const auto& [rank, times] : counted(texts_[place])) {
      if (!may_be_similar(words, rarer)) break;
      holders_[begin_[rank] + kept_[rank]++] = {place, words, times, rarer};
      rarer += times;
    }
  }
}

void SimilarTexts::rank_values(const std::function<bool()>& stop) {
  std::vector<std::uint32_t> holders, last;  // of each value: how many, and the last of them, from 1
  for (std::uint32_t place = 0; place < texts_.size() && !stop(); ++place) {
    for (const std::uint32_t value : texts_[place]) {
      if (value >= holders.size()) {
        holders.resize(value + std::size_t{1});
        last.resize(holders.size());
      }
      if (std::exchange(last[value], place + 1) != place + 1) ++holders[value];
    }
  }
  std::vector<std::uint32_t> values(holders.size());
  std::iota(values.begin(), values.end(), 0U);
  std::ranges::stable_sort(values, {}, [&](std::uint32_t value) { return holders[value]; });
  rank_of_.resize(values.size());
  begin_.assign(1, 0);
  for (const std::uint32_t value : values) {
    rank_of_[value] = static_cast<std::uint32_t>(begin_.size() - 1);
    begin_.push_back(begin_.back() + holders[value]);
  }
  kept_.assign(values.size(), 0);
  holders_.resize(begin_.back());
  compared_ = ComparedText(values.size());
}

std::span<const SimilarTexts::Counted> SimilarTexts::counted(Values text) {
  ranks_.clear();
  for (const std::uint32_t value : text) {
    if (value < rank_of_.size()) ranks_.push_back(rank_of_[value]);
  }
  std::ranges::sort(ranks_);
  counted_.clear();
  for (const std::uint32_t rank : ranks_) {
    if (counted_.empty() || counted_.back().rank != rank) counted_.push_back({rank, 0});
    ++counted_.back().times;
  }
  return counted_;
}

// Whether a text of so many words, of which it shares none of the `rarer` ones, may be similar to any: the shortest that is
// similar to it has `shortest` words.
bool SimilarTexts::may_be_similar(std::size_t words, std::size_t rarer) const {
  const std::size_t shortest = (words * percent_ + (200 - percent_) - 1) / (200 - percent_);
  return rarer + min_common(words, shortest, percent_) <= words;
}

std::optional<std::size_t> SimilarTexts::find(Values text, const std::function<bool(std::size_t)>& may_be,
                                              const std::function<bool()>& stop) {
  ++searches_;
  bool is_set = false;
  const std::span<const Counted> values = counted(text);
  std::size_t rarer = text.size() - ranks_.size();
  for (const auto& [rank, times] : values) {
    if (!may_be_similar(text.size(), rarer)) break;
    for (const Holder& holder : holders(rank)) {
      // They share none of the words that are rarer, unless they were compared before.
      const std::size_t max_shared = std::min<std::size_t>(text.size() - rarer, holder.words - holder.rarer);
      const std::size_t min_shared = min_common(text.size(), holder.words, percent_);
      if (max_shared < min_shared || std::exchange(seen_[holder.text], searches_) == searches_ ||
          !may_be(holder.text))
        continue;
      if (stop()) return std::nullopt;
      if (!std::exchange(is_set, true)) compared_.set(text);
      if (compared_.common(texts_[holder.text], min_shared, stop) >= min_shared) return holder.text;
    }
    rarer += times;
  }
  return std::nullopt;
}

std::uint32_t SimilarTexts::best_of_others(std::size_t place, const std::function<bool()>& stop) {
  const Values text = texts_[place];
  touched_.clear();
  std::size_t in_many = 0;
  for (const auto& [rank, times] : counted(text)) {
    if (begin_[rank + 1] - begin_[rank] > max_holders) {
      in_many += times;
      continue;
    }
    for (const Holder& holder : holders(rank)) {
      if (holder.text == place) continue;
      if (shared_[holder.text] == 0) touched_.push_back(holder.text);
      shared_[holder.text] += std::min(holder.times, times);
    }
  }
  const auto percent = [&](std::size_t common, std::uint32_t other) {
    return static_cast<std::uint32_t>(200 * common / (text.size() + texts_[other].size()));
  };
  // The most that each may be; the likely ones first.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> most;
  for (const std::uint32_t other : touched_)
    most.emplace_back(percent(std::exchange(shared_[other], 0) + in_many, other), other);
  std::ranges::make_heap(most);
  std::uint32_t best = 0;
  compared_.set(text);
  while (!most.empty() && most.front().first > best) {
    std::ranges::pop_heap(most);
    const std::uint32_t other = most.back().second;
    most.pop_back();
    best = std::max(best, percent(compared_.common(texts_[other], 0, stop), other));
  }
  return best;
}

}  // namespace kalima::corpus
