#include "corpus/similar_texts.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace kalima::corpus {

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

SimilarTexts::SimilarTexts(std::vector<Values> texts, std::uint32_t percent,
                           const std::function<bool()>& stop)
    : texts_(std::move(texts)), percent_(percent), shared_(texts_.size(), 0) {
  for (std::size_t place = 0; place < texts_.size() && !stop(); ++place) {
    for (const auto& [value, times] : counted(texts_[place])) {
      if (value >= held_by_.size()) held_by_.resize(value + std::size_t{1});
      ++held_by_[value];
    }
  }
  holders_.resize(held_by_.size());
  for (std::uint32_t place = 0; place < texts_.size() && !stop(); ++place) {
    for (const auto& [value, times] : rare(texts_[place])) holders_[value].push_back({place, times});
  }
}

std::vector<SimilarTexts::Counted> SimilarTexts::counted(Values text) {
  std::vector<std::uint32_t> sorted(text.begin(), text.end());
  std::ranges::sort(sorted);
  std::vector<Counted> out;
  for (const std::uint32_t value : sorted) {
    if (out.empty() || out.back().value != value) out.push_back({value, 0});
    ++out.back().times;
  }
  return out;
}

// The rare words of a text. Similar texts have one of the rare words of both in common: the shortest that is similar has
// `shortest` words, and shares at least `least`, which is more than there are other words.
std::vector<SimilarTexts::Counted> SimilarTexts::rare(Values text) const {
  const std::size_t size = text.size();
  const std::size_t shortest = (size * percent_ + (200 - percent_) - 1) / (200 - percent_);
  const std::size_t least = ((size + shortest) * percent_ + 199) / 200;
  std::vector<Counted> out = counted(text);
  std::ranges::sort(out, {}, [this](const Counted& one) { return std::pair(held_by(one.value), one.value); });
  std::size_t words = 0, used = 0;
  while (used < out.size() && words + least <= size) words += out[used++].times;
  out.resize(used);
  return out;
}

// Before and after a text is compared with others.
void SimilarTexts::mark(Values text, bool set) {
  if (text.size() > max_marked) return;
  places_.resize(holders_.size(), 0);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] >= places_.size()) continue;
    places_[text[i]] = set ? places_[text[i]] | std::uint64_t{1} << i : 0;
  }
}

// The text must be marked. With one bit for each of its words (Hyyrö 2004), or a row of lengths where it has too many.
std::uint32_t SimilarTexts::common(Values text, Values other, const std::function<bool()>& stop) {
  if (text.size() > max_marked) return length_of_common(text, other, row_, stop);
  std::uint64_t row = ~std::uint64_t{0};
  for (const std::uint32_t value : other) {
    const std::uint64_t same = row & places_[value];
    row = (row + same) | (row - same);
  }
  const std::uint64_t own = ~std::uint64_t{0} >> (max_marked - text.size());
  return static_cast<std::uint32_t>(std::popcount(~row & own));
}

void SimilarTexts::each(Values text, const std::function<bool(std::size_t)>& may_be,
                        const std::function<void(std::size_t)>& visit, const std::function<bool()>& stop) {
  const std::size_t size = text.size();
  if (size == 0) return;
  touched_.clear();
  for (const auto& [value, times] : rare(text)) {
    if (value >= holders_.size()) continue;
    for (const Holder& holder : holders_[value]) {
      if (std::exchange(shared_[holder.text], 1) == 0) touched_.push_back(holder.text);
    }
  }
  mark(text, true);
  for (const std::uint32_t other : touched_) {
    shared_[other] = 0;
    const Values words_there = texts_[other];
    if (!are_similar(std::min(size, words_there.size()), size, words_there.size(), percent_) ||
        !may_be(other) || stop())
      continue;
    if (are_similar(common(text, words_there, stop), size, words_there.size(), percent_)) visit(other);
  }
  mark(text, false);
}

std::uint32_t SimilarTexts::best_of_others(std::size_t place, const std::function<bool()>& stop) {
  const Values text = texts_[place];
  touched_.clear();
  std::size_t in_many = 0;
  for (const auto& [value, times] : counted(text)) {
    if (held_by(value) > max_holders) {
      in_many += times;
      continue;
    }
    for (const Holder& holder : holders_[value]) {
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
  mark(text, true);
  while (!most.empty() && most.front().first > best) {
    std::ranges::pop_heap(most);
    const std::uint32_t other = most.back().second;
    most.pop_back();
    best = std::max(best, percent(common(text, texts_[other], stop), other));
  }
  mark(text, false);
  return best;
}

}  // namespace kalima::corpus
