// The hits of sets of spans, one after the other.
//
// Threads: one object is used by one.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "query/run/axis.h"
#include "query/run/paged.h"
#include "query/run/spans.h"
#include "support/bits.h"

namespace kalima::query {

struct Captured {
  std::uint32_t label;                  // in Found::labels()
  std::uint32_t begin, end;             // positions; of an empty capture and of a hidden node the same
  std::optional<std::uint32_t> hidden;  // the verse of a node that is not spoken
  std::uint32_t node = 0;               // that node; only if `hidden`
};

struct Hit {
  std::uint32_t begin, end;            // positions; the same for a tag alone
  std::span<const Captured> captures;  // by label; those of optional parts may be missing
  bool closing = false;                // a tag alone that ends a region

  // The positions that name it: of a tag alone that of the segment that begins, or ends, there.
  std::uint32_t first() const { return closing ? begin - 1 : begin; }
  std::uint32_t last() const { return end > begin ? end - 1 : first(); }
};

// By where they begin, then end, then their captures:
//
//   for (Hits hits = found.hits(); hits.next();) use(hits.hit());
//
// Takes time in proportion to the hits that are visited; those that are skipped cost much less.
class Hits {
 public:
  // The groups are ordered by length, then captures. All must outlive it. `closing`: they are those of an end tag alone.
  Hits(const Axis& axis, const Shapes& shapes, const std::vector<Group>& groups, bool closing);

  // Goes to the next hit, at first to the first one; false after the last.
  bool next() {
    for (;;) {
      for (; at_ < here_.size(); ++at_) {
        if ((here_[at_].first >> bit_ & 1) == 0) continue;
        group_ = &groups_[here_[at_].second];
        ++at_;
        return true;
      }
      starts_ &= starts_ - 1;
      if (starts_ == 0) {
        if (!next_block()) return false;
      } else {
        bit_ = static_cast<unsigned>(std::countr_zero(starts_));
        at_ = 0;
      }
    }
  }
  // As so many calls of next(), of which the results do not matter.
  void skip(std::uint64_t count);

  // Of the hit that next() found:
  std::uint32_t begin() const { return axis_.position_at(start()); }
  std::uint32_t end() const { return axis_.position_at(start() + group_->length); }
  Hit without_captures() const { return {begin(), end(), {}, closing_}; }
  // If each hit is one whole word, its number.
  bool are_words() const;
  std::uint32_t word() const { return start(); }
  // The captures are valid until the next call.
  Hit hit();

 private:
  std::uint32_t start() const { return static_cast<std::uint32_t>(block_ * 64 + bit_); }
  // Goes before the first hit of the next block that has one, or after the last block.
  bool next_block();
  void read_block();
  std::uint64_t left_in_block() const;
  void put_into_bucket(std::size_t group);

  static constexpr std::uint32_t end_of_bucket = 0xFFFFFFFF;
  static constexpr std::size_t before_first = static_cast<std::size_t>(-1);

  const Axis& axis_;
  const Shapes& shapes_;
  const std::vector<Group>& groups_;
  bool closing_;
  std::vector<std::size_t> dense_;
  // Groups with a list, each in the bucket of the block that its next place is in: so many short lists take no time in
  // blocks where nothing of them begins.
  Paged<std::uint32_t> buckets_;
  Bits with_bucket_;  // blocks
  std::vector<std::uint32_t> next_in_bucket_;
  std::vector<std::size_t> places_;  // in the lists

  // 64 places of the axis: which groups have a hit there, and where any has.
  std::size_t blocks_, block_;
  std::vector<std::pair<std::uint64_t, std::size_t>> here_;
  std::uint64_t starts_ = 0;
  unsigned bit_ = 0;
  std::size_t at_ = 0;  // in here_, of the next hit
  const Group* group_ = nullptr;
  std::vector<Captured> captures_;
};

}  // namespace kalima::query
