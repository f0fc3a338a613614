#include "query/run/hits.h"

#include <algorithm>

namespace kalima::query {

Hits::Hits(const Axis& axis, const Shapes& shapes, const std::vector<Group>& groups, bool closing)
    : axis_(axis),
      shapes_(shapes),
      groups_(groups),
      closing_(closing),
      buckets_((axis.size() + 64) / 64, end_of_bucket),
      with_bucket_((axis.size() + 64) / 64),
      next_in_bucket_(groups.size(), end_of_bucket),
      places_(groups.size(), 0),
      blocks_((axis.size() + 64) / 64),  // what is empty may begin at the end
      block_(before_first) {
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i].starts.dense()) {
      dense_.push_back(i);
    } else {
      put_into_bucket(i);
    }
  }
}

bool Hits::are_words() const {
  return axis_.words() && std::ranges::all_of(groups_, [](const Group& group) { return group.length == 1; });
}

void Hits::put_into_bucket(std::size_t group) {
  const auto list = groups_[group].starts.list();
  if (places_[group] == list.size()) return;
  const std::size_t block = list[places_[group]] / 64;
  with_bucket_.set(block);
  std::uint32_t& bucket = buckets_.at(block);
  next_in_bucket_[group] = std::exchange(bucket, static_cast<std::uint32_t>(group));
}

bool Hits::next_block() {
  if (block_ != blocks_) ++block_;
  // Blocks where nothing begins are not looked at.
  std::size_t next = with_bucket_.next(block_);
  for (const std::size_t i : dense_) {
    const Bits& bits = groups_[i].starts.bits();
    if (const std::size_t place = bits.next(block_ * 64); place < bits.size())
      next = std::min(next, place / 64);
  }
  block_ = next;
  here_.clear();
  starts_ = 0;
  at_ = 0;
  if (block_ == blocks_) return false;  // and stays there
  read_block();
  bit_ = static_cast<unsigned>(std::countr_zero(starts_));
  return true;
}

void Hits::read_block() {
  for (const std::size_t i : dense_) {
    const Bits& bits = groups_[i].starts.bits();
    const std::uint64_t block = block_ < bits.blocks() ? bits.block(block_) : 0;
    if (block != 0) here_.emplace_back(block, i);
  }
  const bool lists = buckets_[block_] != end_of_bucket;
  for (std::uint32_t i = buckets_[block_]; i != end_of_bucket;) {
    const std::uint32_t following = next_in_bucket_[i];
    const auto list = groups_[i].starts.list();
    std::uint64_t block = 0;
    for (std::size_t& place = places_[i]; place < list.size() && list[place] / 64 == block_; ++place)
      block |= std::uint64_t{1} << (list[place] % 64);
    here_.emplace_back(block, i);
    put_into_bucket(i);
    i = following;
  }
  if (lists) std::ranges::sort(here_, {}, &std::pair<std::uint64_t, std::size_t>::second);
  for (const auto& [block, group] : here_) starts_ |= block;
}

std::uint64_t Hits::left_in_block() const {
  const std::uint64_t after = bit_ == 63 ? 0 : ~std::uint64_t{0} << (bit_ + 1);
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < here_.size(); ++i) {
    out += static_cast<std::uint64_t>(std::popcount(here_[i].first & after));
    if (i >= at_) out += here_[i].first >> bit_ & 1;
  }
  return out;
}

void Hits::skip(std::uint64_t count) {
  for (std::uint64_t left = left_in_block(); left <= count; left = left_in_block()) {
    count -= left;
    if (!next_block()) return;
  }
  for (; count > 0; --count) next();
}

Hit Hits::hit() {
  captures_.clear();
  for (const Placed& placed : shapes_[group_->shape]) {
    const auto at = [&](std::int32_t by) {
      return axis_.position_at(static_cast<std::uint32_t>(static_cast<std::int64_t>(start()) + by));
    };
    Captured& captured = captures_.emplace_back();
    captured = {placed.slot, at(placed.begin), at(placed.end), std::nullopt};
    if (placed.hidden != 0) {
      const Corpus& corpus = axis_.corpus();
      captured.hidden = corpus.verse_of_hidden(captured.begin, placed.hidden);
      captured.node = corpus.forest().hidden_at(captured.begin)[placed.hidden - 1];
    }
  }
  return {begin(), end(), captures_, closing_};
}

}  // namespace kalima::query
