#include "query/results/ordinals.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <numeric>
#include <unordered_set>

#include "query/results/key_values.h"
#include "support/error.h"

namespace kalima::query {
namespace {

// SplitMix64 (public domain, S. Vigna).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  // Evenly below `bound`, which is not 0.
  std::uint64_t below(std::uint64_t bound) {
    const std::uint64_t biased =
        (0 - bound) % bound;  // so many numbers would make the first ones more frequent
    for (;;) {
      const std::uint64_t number = next();
      if (number >= biased) return number % bound;
    }
  }

 private:
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    return z ^ z >> 31;
  }

  std::uint64_t state_;
};

// The ranks of a hit by all keys: as many as fit in the head, which decides nearly always, and the others in a row.
class Rows {
 public:
  Rows(const Corpus& corpus, const Ranks& ranks, const std::vector<Key>& keys) {
    int free = 64;
    for (const Key& key : keys) {
      Column& column = columns_.emplace_back(KeyValues(corpus, key), &ranks.of(key.attribute));
      column.max =
          column.ranks->empty() ? column.values.max() : static_cast<std::uint32_t>(column.ranks->size());
      column.bits = static_cast<int>(std::bit_width(column.max));
      if (in_head_ + 1 == columns_.size() && column.bits <= free) {
        free -= column.bits;
        ++in_head_;
      }
    }
  }

  bool uses_captures() const {
    return std::ranges::any_of(columns_, [](const Column& column) { return column.values.uses_captures(); });
  }

  void add(const Hit& hit) {
    RankedHit row{0, static_cast<std::uint32_t>(rows_.size())};
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const Column& column = columns_[i];
      std::uint32_t rank = column.values.of(hit);
      if (!column.ranks->empty()) rank = (*column.ranks)[rank];
      if (column.values.key().descending) rank = column.max - rank;
      if (i < in_head_) {
        row.head = row.head << column.bits | rank;
      } else {
        tails_.push_back(rank);
      }
    }
    rows_.push_back(row);
  }

  // Those from `offset` to `offset + limit` in their order, by when they were added. Call once.
  std::vector<std::uint32_t> select(std::uint64_t offset, std::uint64_t limit) {
    const std::uint64_t size = rows_.size();
    const auto begin = static_cast<std::ptrdiff_t>(std::min(offset, size));
    const auto end = static_cast<std::ptrdiff_t>(std::min(offset + limit, size));
    const auto before = [this](const RankedHit& a, const RankedHit& b) {
      if (a.head != b.head) return a.head < b.head;
      const std::size_t width = columns_.size() - in_head_;
      for (std::size_t i = 0; i < width; ++i) {
        const std::uint32_t left = tails_[a.number * width + i], right = tails_[b.number * width + i];
        if (left != right) return left < right;
      }
      return a.number < b.number;
    };
    if (begin > 0) std::nth_element(rows_.begin(), rows_.begin() + begin, rows_.end(), before);
    std::partial_sort(rows_.begin() + begin, rows_.begin() + end, rows_.end(), before);
    std::vector<std::uint32_t> out;
    for (std::ptrdiff_t i = begin; i < end; ++i) out.push_back(rows_[static_cast<std::size_t>(i)].number);
    return out;
  }

 private:
  struct Column {
    Column(KeyValues given, const std::vector<std::uint32_t>* of) : values(std::move(given)), ranks(of) {}
    KeyValues values;
    const std::vector<std::uint32_t>* ranks;
    std::uint32_t max = 0;
    int bits = 0;
  };
  struct RankedHit {
    std::uint64_t head;
    std::uint32_t number;
  };
  std::vector<Column> columns_;
  std::size_t in_head_ = 0;
  std::vector<RankedHit> rows_;
  std::vector<std::uint32_t> tails_;
};

// Goes through the hits with these ordinals, which ascend, or through all if there are none given.
template <typename Visit>
void each_of(const Found& found, const std::vector<std::uint64_t>* ordinals, Guard& guard, Visit visit) {
  Hits hits = found.hits();
  if (ordinals == nullptr) {
    while (!guard.stop() && hits.next()) visit(hits);
    return;
  }
  std::uint64_t next = 0;
  for (const std::uint64_t ordinal : *ordinals) {
    hits.skip(ordinal - next);
    next = ordinal + 1;
    if (guard.stop() || !hits.next()) return;
    visit(hits);
  }
}

}  // namespace

std::vector<std::uint64_t> sampled(const Sample& sample, std::uint64_t of) {
  std::vector<std::uint64_t> out;
  if (sample.size >= of) {
    out.resize(of);
    std::iota(out.begin(), out.end(), std::uint64_t{0});
    return out;
  }
  Random random(sample.seed);
  std::unordered_set<std::uint64_t> chosen;
  for (std::uint64_t top = of - sample.size; top < of; ++top) {
    const std::uint64_t number = random.below(top + 1);
    out.push_back(chosen.insert(number).second ? number : (chosen.insert(top), top));
  }
  std::ranges::sort(out);
  return out;
}

std::uint64_t listed(const Found& found, const Wanted& wanted) {
  const std::uint64_t hits = found.counts().hits;
  return wanted.sample ? std::min(hits, wanted.sample->size) : hits;
}

HitList page_of(const Engine& engine, const Ranks& ranks, const Found& found, const Wanted& wanted,
                std::uint64_t offset, std::uint64_t limit, std::size_t max_bytes, Guard& guard) {
  const std::uint64_t all = listed(found, wanted);
  HitList out;
  if (offset >= all || limit == 0) return out;
  limit = std::min(limit, all - offset);
  if (!wanted.sample && wanted.sort.empty()) {
    Hits hits = found.hits();
    for (hits.skip(offset); limit > 0 && out.bytes() < max_bytes && !guard.stop() && hits.next(); --limit)
      out.add(hits.hit());
    return out;
  }
  std::optional<std::vector<std::uint64_t>> chosen;
  if (wanted.sample) chosen = sampled(*wanted.sample, found.counts().hits);
  std::vector<std::uint64_t> order;
  // At least so many fit.
  limit = std::min<std::uint64_t>(limit, std::max<std::size_t>(1, max_bytes / 32));
  if (wanted.sort.empty()) {
    order.assign(chosen->begin() + static_cast<std::ptrdiff_t>(offset),
                 chosen->begin() + static_cast<std::ptrdiff_t>(offset + limit));
  } else {
    if (all > max_sorted) {
      throw Error(ErrorCode::too_large, fmt::format("{} hits are too many to be sorted", all),
                  "ask for a sample, or narrow the query");
    }
    Rows rows(engine.corpus(), ranks, wanted.sort);
    const bool captures = rows.uses_captures();
    each_of(found, chosen ? &*chosen : nullptr, guard,
            [&](Hits& hits) { rows.add(captures ? hits.hit() : hits.without_captures()); });
    for (const std::uint32_t number : rows.select(offset, limit))
      order.push_back(chosen ? (*chosen)[number] : number);
  }
  std::vector<std::uint64_t> ascending = order;
  std::ranges::sort(ascending);
  HitList picked;
  each_of(found, &ascending, guard, [&](Hits& hits) { picked.add(hits.hit()); });
  for (const std::uint64_t ordinal : order) {
    const auto at =
        static_cast<std::size_t>(std::ranges::lower_bound(ascending, ordinal) - ascending.begin());
    if (at >= picked.size()) continue;  // cut off
    out.add(picked[at]);
    if (out.bytes() >= max_bytes) break;
  }
  return out;
}

}  // namespace kalima::query
