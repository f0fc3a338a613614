#include "query/results/grouping.h"

#include <algorithm>
#include <bit>

#include "query/results/key_values.h"
#include "query/results/paging.h"
#include "support/error.h"

namespace kalima::query {
namespace {

using GroupValues = std::array<std::uint32_t, max_group_keys>;

constexpr std::size_t max_groups = 2'000'000;

struct CountedGroup {
  std::uint64_t hits = 0;
  std::uint32_t verses = 0;
  std::uint32_t next_verse = 0;  // the verses before it are counted
  std::uint32_t surahs = 0, last_surah = nothing;

  // Hits come by where they begin, so that a verse before the last one counted was counted too, or lies before this hit.
  void add(std::uint32_t first_verse, std::uint32_t last_verse, std::uint32_t surah) {
    // Without branches, of which nobody could foretell the way.
    ++hits;
    surahs += surah != last_surah ? 1 : 0;
    last_surah = surah;
    const std::uint32_t end = std::max(last_verse + 1, next_verse);
    verses += end - std::max(first_verse, next_verse);
    next_verse = end;
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

// Hits that are each a whole word, by one key.
void count_word_hits(const Corpus& corpus, Hits& hits, const std::vector<std::uint32_t>& values, Guard& guard,
                     RowOfGroups& groups, Grouping& out) {
  const std::vector<std::uint32_t>& surahs = corpus.values(attributes::Attribute::surah_n);
  while (!guard.stop() && hits.next()) {
    const std::uint32_t word = hits.word(), verse = corpus.verse_of[word];
    groups.of({values[word]}).add(verse, verse, surahs[word]);
    ++out.hits;
  }
}

template <typename Groups>
void count_hits(const Corpus& corpus, const Found& found, const std::vector<KeyValues>& keys, Guard& guard,
                Groups& groups, Grouping& out) {
  const bool captures = std::ranges::any_of(keys, &KeyValues::uses_captures);
  const std::vector<std::uint32_t>& surahs = corpus.values(attributes::Attribute::surah_n);
  for (Hits hits = found.hits(); !groups.full() && !guard.stop() && hits.next();) {
    const Hit hit = captures ? hits.hit() : hits.without_captures();
    GroupValues values{};
    for (std::size_t i = 0; i < keys.size(); ++i) values[i] = keys[i].of(hit);
    const std::uint32_t first_word = corpus.word_of[hit.first()], last_word = corpus.word_of[hit.last()];
    groups.of(values).add(corpus.verse_of[first_word], corpus.verse_of[last_word], surahs[first_word]);
    out.inside_words = out.inside_words || corpus.first[first_word] != hit.begin ||
                       (hit.end > hit.begin && corpus.first[last_word + 1] != hit.end);
    ++out.hits;
  }
  if (groups.full())
    throw Error(ErrorCode::too_large, "too many groups", "group by fewer keys, or narrow the query");
}

template <typename Groups>
void list_groups(const Groups& groups, Grouping& out) {
  groups.each([&](const GroupValues& values, const CountedGroup& counting) {
    out.groups.push_back({values, counting.hits, counting.verses, counting.surahs});
  });
}

// Counts all groups, and removes those that are not listed.
void choose(const GroupChoice& choice, std::size_t keys, Grouping& out) {
  std::erase_if(out.groups, [&](const HitGroup& group) {
    const auto end = group.values.begin() + static_cast<std::ptrdiff_t>(keys);
    if (!choice.missing && std::find(group.values.begin(), end, 0U) != end) {
      out.missing_hits += group.hits;
      return true;
    }
    ++out.kinds;
    if (group.hits == 1) ++out.once;
    if (group.surahs == 1) ++out.in_one_surah;
    return group.hits < choice.min_hits || group.hits > choice.max_hits || group.surahs > choice.max_surahs;
  });
}

}  // namespace

Grouping grouped(const Engine& engine, const Ranks& ranks, const Found& found, const std::vector<Key>& keys,
                 std::uint64_t offset, std::uint64_t limit, Guard& guard, const GroupChoice& choice) {
  const Corpus& corpus = engine.corpus();
  std::vector<KeyValues> values;
  values.reserve(keys.size());
  for (const Key& key : keys) values.emplace_back(corpus, key);
  Grouping out;
  if (keys.size() == 1) {
    RowOfGroups row(values.front().max());
    const std::vector<std::uint32_t>* const of_words = values.front().of_words();
    if (Hits hits = found.hits(); of_words != nullptr && hits.are_words()) {
      count_word_hits(corpus, hits, *of_words, guard, row, out);
    } else {
      count_hits(corpus, found, values, guard, row, out);
    }
    list_groups(row, out);
  } else {
    TableOfGroups table;
    count_hits(corpus, found, values, guard, table, out);
    list_groups(table, out);
  }
  choose(choice, keys.size(), out);
  std::array<const std::vector<std::uint32_t>*, max_group_keys> ranks_of{};
  for (std::size_t i = 0; i < keys.size(); ++i) ranks_of[i] = &ranks.of(keys[i].attribute);
  const auto before = [&](const HitGroup& a, const HitGroup& b) {
    if (choice.order == GroupChoice::Order::verses && a.verses != b.verses) return a.verses > b.verses;
    if (choice.order == GroupChoice::Order::surahs && a.surahs != b.surahs) return a.surahs > b.surahs;
    if (choice.order != GroupChoice::Order::value && a.hits != b.hits) return a.hits > b.hits;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (a.values[i] == b.values[i]) continue;
      const std::vector<std::uint32_t>& rank = *ranks_of[i];
      if (rank.empty()) return a.values[i] < b.values[i];
      if (rank[a.values[i]] != rank[b.values[i]]) return rank[a.values[i]] < rank[b.values[i]];
    }
    return false;
  };
  out.total = out.groups.size();
  keep_page(out.groups, offset, limit, before);
  return out;
}

}  // namespace kalima::query
