#include "query/results/grouping.h"

#include <algorithm>
#include <bit>

#include "query/results/key_values.h"
#include "support/error.h"

namespace kalima::query {
namespace {

using GroupValues = std::array<std::uint32_t, max_group_keys>;

constexpr std::size_t max_groups = 2'000'000;

struct CountedGroup {
  std::uint64_t hits = 0;
  std::uint32_t verses = 0;
  std::uint32_t next_verse = 0;  // the verses before it are counted

  // Hits come by where they begin, so that a verse before the last one counted was counted too, or lies before this hit.
  void add(std::uint32_t first_verse, std::uint32_t last_verse) {
    ++hits;
    const std::uint32_t from = std::max(first_verse, next_verse);
    if (last_verse >= from) {
      verses += last_verse - from + 1;
      next_verse = last_verse + 1;
    }
  }
};

// The groups of one key: a row with a place for each value.
class RowOfGroups {
 public:
  explicit RowOfGroups(std::uint32_t max) : row_(max + std::size_t{1}) {}

  CountedGroup& of(const GroupValues& values) { return row_[values[0]]; }
  bool full() const { return false; }
  template <typename Visit>
  void each(Visit visit) const {
    for (std::uint32_t value = 0; value < row_.size(); ++value) {
      if (row_[value].hits > 0) visit(GroupValues{value}, row_[value]);
    }
  }

 private:
  std::vector<CountedGroup> row_;
};

// Those of several keys: a table of those that occur, with open addressing.
class TableOfGroups {
 public:
  CountedGroup& of(const GroupValues& values) {
    if (groups_.size() * 2 >= places_.size()) grow();
    const std::size_t place = place_of(values);
    if (places_[place] == 0) {
      groups_.emplace_back(values, CountedGroup());
      places_[place] = static_cast<std::uint32_t>(groups_.size());
    }
    return groups_[places_[place] - 1].second;
  }
  bool full() const { return groups_.size() > max_groups; }
  template <typename Visit>
  void each(Visit visit) const {
    for (const auto& [values, counting] : groups_) visit(values, counting);
  }

 private:
  // Where they are, or are to be.
  std::size_t place_of(const GroupValues& values) const {
    std::uint64_t hash = 0;
    for (const std::uint32_t value : values) {
      hash = (hash ^ value) * 0x9E3779B97F4A7C15;
      hash ^= hash >> 32;
    }
    std::size_t place = hash & (places_.size() - 1);
    while (places_[place] != 0 && groups_[places_[place] - 1].first != values)
      place = (place + 1) & (places_.size() - 1);
    return place;
  }
  void grow() {
    places_.assign(std::max<std::size_t>(1024, places_.size() * 2), 0);
    for (std::uint32_t i = 0; i < groups_.size(); ++i) places_[place_of(groups_[i].first)] = i + 1;
  }

  std::vector<std::pair<GroupValues, CountedGroup>> groups_;
  std::vector<std::uint32_t> places_;  // in groups_, from 1; 0 is free; a power of two of them
};

template <typename Groups>
void count_hits(const Corpus& corpus, const Found& found, const std::vector<KeyValues>& keys, Guard& guard,
                Groups& groups, Grouping& out) {
  const bool captures = std::ranges::any_of(keys, &KeyValues::uses_captures);
  const auto last_position = static_cast<std::uint32_t>(corpus.positions()) - 1;
  for (Hits hits = found.hits(); !groups.full() && !guard.stop() && hits.next();) {
    const Hit hit = captures ? hits.hit() : hits.without_captures();
    GroupValues values{};
    for (std::size_t i = 0; i < keys.size(); ++i) values[i] = keys[i].of(hit);
    const std::uint32_t last = std::min(hit.end > hit.begin ? hit.end - 1 : hit.begin, last_position);
    const std::uint32_t first_word = corpus.word_of[std::min(hit.begin, last)],
                        last_word = corpus.word_of[last];
    groups.of(values).add(corpus.verse_of[first_word], corpus.verse_of[last_word]);
    out.inside_words = out.inside_words || corpus.first[first_word] != hit.begin ||
                       (hit.end > hit.begin && corpus.first[last_word + 1] != hit.end);
    ++out.hits;
  }
  if (groups.full())
    throw Error(ErrorCode::too_large, "too many groups", "group by fewer keys, or narrow the query");
  groups.each([&](const GroupValues& values, const CountedGroup& counting) {
    out.groups.push_back({values, counting.hits, counting.verses});
  });
}

}  // namespace

Grouping grouped(const Engine& engine, const Ranks& ranks, const Found& found, const std::vector<Key>& keys,
                 std::uint64_t offset, std::uint64_t limit, Guard& guard) {
  const Corpus& corpus = engine.corpus();
  std::vector<KeyValues> values;
  values.reserve(keys.size());
  for (const Key& key : keys) values.emplace_back(corpus, key);
  Grouping out;
  if (keys.size() == 1) {
    RowOfGroups row(values.front().max());
    count_hits(corpus, found, values, guard, row, out);
  } else {
    TableOfGroups table;
    count_hits(corpus, found, values, guard, table, out);
  }
  std::array<const std::vector<std::uint32_t>*, max_group_keys> ranks_of{};
  for (std::size_t i = 0; i < keys.size(); ++i) ranks_of[i] = &ranks.of(keys[i].attribute);
  const auto before = [&](const HitGroup& a, const HitGroup& b) {
    if (a.hits != b.hits) return a.hits > b.hits;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (a.values[i] == b.values[i]) continue;
      const std::vector<std::uint32_t>& rank = *ranks_of[i];
      if (rank.empty()) return a.values[i] < b.values[i];
      if (rank[a.values[i]] != rank[b.values[i]]) return rank[a.values[i]] < rank[b.values[i]];
    }
    return false;
  };
  out.total = out.groups.size();
  const auto begin =
      out.groups.begin() + static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(offset, out.total));
  const auto end = begin + static_cast<std::ptrdiff_t>(
                               std::min(limit, static_cast<std::uint64_t>(out.groups.end() - begin)));
  // Only the page is sorted.
  if (begin < end) {
    std::nth_element(out.groups.begin(), begin, out.groups.end(), before);
    if (end < out.groups.end()) std::nth_element(begin, end, out.groups.end(), before);
    std::sort(begin, end, before);
  }
  out.groups.erase(end, out.groups.end());
  out.groups.erase(out.groups.begin(), begin);
  return out;
}

}  // namespace kalima::query
