#include "query/results/grouping.h"

#include <algorithm>
#include <unordered_map>

#include "query/results/key_values.h"
#include "support/error.h"

namespace kalima::query {
namespace {

using GroupValues = std::array<std::uint32_t, max_group_keys>;

constexpr std::size_t max_groups = 2'000'000;

struct HashOfValues {
  std::size_t operator()(const GroupValues& values) const {
    std::uint64_t out = 0;
    for (const std::uint32_t value : values) out = (out ^ value) * 0x9E3779B97F4A7C15 ^ out >> 32;
    return static_cast<std::size_t>(out ^ out >> 29);
  }
};

struct Counting {
  std::uint64_t hits = 0, verses = 0;
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

}  // namespace

Grouping grouped(const Engine& engine, const Ranks& ranks, const Found& found, const std::vector<Key>& keys,
                 Guard& guard) {
  const Corpus& corpus = engine.corpus();
  std::vector<KeyValues> values;
  values.reserve(keys.size());
  for (const Key& key : keys) values.emplace_back(corpus, key);
  Grouping out;
  // One key is counted in a row of numbers, several in a table.
  std::vector<Counting> row;
  if (keys.size() == 1) row.resize(values.front().max() + std::size_t{1});
  std::unordered_map<GroupValues, Counting, HashOfValues> table;
  found.each(0, UINT64_MAX, [&](const Hit& hit) {
    if (guard.stop()) return false;
    GroupValues of{};
    for (std::size_t i = 0; i < values.size(); ++i) of[i] = values[i].of(hit);
    const std::uint32_t last = std::min(hit.end > hit.begin ? hit.end - 1 : hit.begin,
                                        static_cast<std::uint32_t>(corpus.positions()) - 1);
    const std::uint32_t first_word = corpus.word_of[std::min(hit.begin, last)],
                        last_word = corpus.word_of[last];
    Counting& counting = keys.size() == 1 ? row[of[0]] : table[of];
    counting.add(corpus.verse_of[first_word], corpus.verse_of[last_word]);
    out.inside_words = out.inside_words || corpus.first[first_word] != hit.begin ||
                       (hit.end > hit.begin && corpus.first[last_word + 1] != hit.end);
    ++out.hits;
    return table.size() <= max_groups;
  });
  if (table.size() > max_groups)
    throw Error(ErrorCode::too_large, "too many groups", "group by fewer keys, or narrow the query");
  for (std::uint32_t value = 0; value < row.size(); ++value) {
    if (row[value].hits > 0) out.groups.push_back({{value}, row[value].hits, row[value].verses});
  }
  for (const auto& [of, counting] : table) out.groups.push_back({of, counting.hits, counting.verses});
  const auto rank = [&](const HitGroup& group, std::size_t key) {
    const std::vector<std::uint32_t>& of = ranks.of(keys[key].attribute);
    return of.empty() ? group.values[key] : of[group.values[key]];
  };
  std::ranges::sort(out.groups, [&](const HitGroup& a, const HitGroup& b) {
    if (a.hits != b.hits) return a.hits > b.hits;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (rank(a, i) != rank(b, i)) return rank(a, i) < rank(b, i);
    }
    return false;
  });
  return out;
}

}  // namespace kalima::query
