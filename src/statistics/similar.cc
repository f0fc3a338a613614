#include "statistics/similar.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "corpus/similar_texts.h"
#include "query/results/paging.h"

namespace kalima::statistics {
namespace {

using Words = corpus::Values;

std::vector<std::uint32_t> compared_values(const query::Corpus& corpus, attributes::Attribute attribute) {
  return corpus::compared_values(corpus.values_of_words(attribute),
                                 corpus.values_of_words(attributes::Attribute::plain));
}

// Lengths of the longest common subsequences of all ends of two texts.
class Common {
 public:
  Common(Words a, Words b) : a_(a), b_(b), lengths_((a.size() + 1) * (b.size() + 1), 0) {
    for (std::size_t i = a.size(); i-- > 0;) {
      for (std::size_t j = b.size(); j-- > 0;) {
        lengths_[at(i, j)] = a[i] == b[j] ? lengths_[at(i + 1, j + 1)] + 1
                                          : std::max(lengths_[at(i + 1, j)], lengths_[at(i, j + 1)]);
      }
    }
  }
  std::uint32_t length() const { return lengths_[0]; }

  std::vector<AlignedRun> alignment() const {
    std::vector<AlignedRun> out;
    std::uint32_t i = 0, j = 0;
    const auto add = [&](bool same, std::uint32_t to, std::uint32_t other_to) {
      if (out.empty() || out.back().same != same) out.push_back({same, i, i, j, j});
      out.back().to = i = to;
      out.back().other_to = j = other_to;
    };
    while (i < a_.size() || j < b_.size()) {
      if (i < a_.size() && j < b_.size() && a_[i] == b_[j]) {
        add(true, i + 1, j + 1);
      } else if (j == b_.size() || (i < a_.size() && lengths_[at(i + 1, j)] >= lengths_[at(i, j + 1)])) {
        add(false, i + 1, j);
      } else {
        add(false, i, j + 1);
      }
    }
    return out;
  }

 private:
  std::size_t at(std::size_t i, std::size_t j) const { return i * (b_.size() + 1) + j; }

  Words a_, b_;
  std::vector<std::uint32_t> lengths_;
};

double similarity_of(std::size_t common, std::size_t a, std::size_t b) {
  return 2.0 * static_cast<double>(common) / static_cast<double>(a + b);
}

}  // namespace

SimilarVerses similar_verses(const query::Corpus& corpus, std::uint32_t verse,
                             attributes::Attribute attribute, double min_similarity, std::uint64_t offset,
                             std::uint64_t limit, query::Guard& guard) {
  const std::vector<std::uint32_t> values = compared_values(corpus, attribute);
  const auto words_of = [&](std::uint32_t of) {
    return Words(values).subspan(corpus.verse_begin[of], corpus.verse_begin[of + 1] - corpus.verse_begin[of]);
  };
  const Words own = words_of(verse);
  std::vector<std::uint32_t> wanted(values.empty() ? 0 : *std::ranges::max_element(values) + std::size_t{1});
  for (const std::uint32_t value : own) ++wanted[value];
  SimilarVerses out;
  std::vector<std::uint32_t> used(wanted.size());
  for (std::uint32_t other = 0; other + 1 < corpus.verse_begin.size() && !guard.stop(); ++other) {
    const Words words = words_of(other);
    if (other == verse || words.empty() || own.empty()) continue;
    // A common subsequence has no more words than both have in any order.
    std::size_t shared = 0;
    for (const std::uint32_t value : words) {
      if (used[value] < wanted[value]) {
        ++used[value];
        ++shared;
      }
    }
    for (const std::uint32_t value : words) used[value] = 0;
    if (shared == 0 || similarity_of(shared, own.size(), words.size()) < min_similarity) continue;
    const auto bytes =
        static_cast<std::ptrdiff_t>((own.size() + 1) * (words.size() + 1) * sizeof(std::uint32_t));
    if (guard.stop_now() || !guard.take(bytes)) break;
    const std::uint32_t common = Common(own, words).length();
    guard.take(-bytes);
    const double similarity = similarity_of(common, own.size(), words.size());
    if (common > 0 && similarity >= min_similarity)
      out.verses.push_back({other, common, static_cast<std::uint32_t>(words.size()), similarity, {}});
  }
  out.total = out.verses.size();
  query::keep_page(out.verses, offset, limit, [](const SimilarVerse& a, const SimilarVerse& b) {
    return a.similarity != b.similarity ? a.similarity > b.similarity : a.verse < b.verse;
  });
  for (SimilarVerse& one : out.verses) {
    if (guard.stop_now()) break;
    one.alignment = Common(own, words_of(one.verse)).alignment();
  }
  return out;
}

namespace {

// Whether all words of a verse are in the scope, and there are so many.
bool is_whole(const query::Corpus& corpus, const Bits& scope, std::uint32_t verse, std::uint64_t min_words) {
  const std::uint32_t begin = corpus.verse_begin[verse], end = corpus.verse_begin[verse + 1];
  bool whole = end > begin && end - begin >= min_words;
  for (std::uint32_t word = begin; word < end && whole; ++word) whole = scope.test(word);
  return whole;
}

std::string name_of(const columns::CoreFile& core, std::uint32_t verse) {
  return fmt::format("{}:{}", core.surah(verse), core.ayah(verse));
}

constexpr std::string_view no_query =
    "rows have no query: each is a verse by itself; similar() finds all of them";

std::string marked_text(const query::Corpus& corpus, std::uint32_t verse, const SimilarVerse& other) {
  std::string out;
  const auto add = [&](std::uint32_t of, std::uint32_t from, std::uint32_t to, std::string_view open,
                       std::string_view close) {
    if (from == to) return;
    if (!out.empty()) out += ' ';
    out += open;
    for (std::uint32_t word = from; word < to; ++word) {
      if (word > from) out += ' ';
      out += corpus.core().word_form(corpus.verse_begin[of] + word);
    }
    out += close;
  };
  for (const AlignedRun& run : other.alignment) {
    if (!run.same) add(verse, run.from, run.to, "[-", "-]");
    add(other.verse, run.other_from, run.other_to, run.same ? "" : "{+", run.same ? "" : "+}");
  }
  return out;
}

}  // namespace

Sheet verses_like(const Source& source, const Scope& scope, const Hits& hits, const LikeRequest& request,
                  query::Guard& guard) {
  const query::Corpus& corpus = source.engine.corpus();
  SimilarVerses found =
      similar_verses(corpus, request.verse, request.attribute, request.min_similarity, 0, UINT64_MAX, guard);
  const std::size_t outside = std::erase_if(found.verses, [&](const SimilarVerse& one) {
    return !is_whole(corpus, scope.words(), one.verse, request.min_words);
  });
  Sheet out;
  out.unit = "verse like " + name_of(corpus.core(), request.verse);
  out.total = found.verses.size();
  out.scope = scope.extent();
  out.notes = hits.found.notes();
  if (outside > 0)
    out.left_out.push_back(
        {"similar verses that are too short or not whole in the text that is searched", outside});
  out.fact_columns = like_facts;
  out.facts = {std::uint64_t{corpus.core().words_of(request.verse).size()}};
  out.keys = {"verse", "text"};
  out.columns = like_columns;
  out.rows_total = found.verses.size();
  for (std::size_t i = 0; i < found.verses.size(); ++i) {
    if (i < request.page.offset || i - request.page.offset >= request.page.limit) continue;
    const SimilarVerse& one = found.verses[i];
    out.rows.push_back({{name_of(corpus.core(), one.verse), marked_text(corpus, request.verse, one)},
                        {cell_of(one.similarity), std::uint64_t{one.common}, std::uint64_t{one.words}},
                        {}});
  }
  if (!out.rows.empty()) out.notes.emplace_back(no_query);
  out.partial = hits.found.partial() || guard.cut() || scope.partial();
  return out;
}

namespace {

// For each value the verses that have it, and how often.
struct Holder {
  std::uint32_t verse, times;
};

class Pairs {
 public:
  Pairs(const query::Corpus& corpus, const Bits& scope, const PairsRequest& request, query::Guard& guard)
      : values_(compared_values(corpus, request.attribute)), request_(request), guard_(guard) {
    for (std::uint32_t verse = 0; verse + 1 < corpus.verse_begin.size(); ++verse) {
      const std::uint32_t begin = corpus.verse_begin[verse], end = corpus.verse_begin[verse + 1];
      if (is_whole(corpus, scope, verse, request.min_words))
        verses_.push_back({verse, Words(values_).subspan(begin, end - begin)});
    }
  }
  std::size_t verses() const { return verses_.size(); }

  // What the guard cuts off is missing.
  std::vector<SimilarPair> all() {
    std::vector<std::vector<Holder>> holders(
        values_.empty() ? 0 : *std::ranges::max_element(values_) + std::size_t{1});
    std::vector<std::uint32_t> shared(verses_.size(), 0), touched;
    std::vector<SimilarPair> out;
    for (std::uint32_t second = 0; second < verses_.size() && !guard_.stop_now(); ++second) {
      touched.clear();
      for (const auto& [value, times] : counted(verses_[second].words)) {
        // Words that verses before this one share with it, in any order.
        for (const Holder& holder : holders[value]) {
          if (shared[holder.verse] == 0) touched.push_back(holder.verse);
          shared[holder.verse] += std::min(holder.times, times);
        }
        holders[value].push_back({second, times});
      }
      for (const std::uint32_t first : touched) {
        if (const auto pair = compare(first, second, std::exchange(shared[first], 0))) {
          if (!guard_.take(sizeof *pair)) return out;
          out.push_back(*pair);
        }
      }
    }
    return out;
  }

 private:
  struct Verse {
    std::uint32_t number;
    Words words;
  };

  std::vector<std::pair<std::uint32_t, std::uint32_t>> counted(Words words) {
    std::vector<std::uint32_t> sorted(words.begin(), words.end());
    std::ranges::sort(sorted);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
    for (const std::uint32_t value : sorted) {
      if (out.empty() || out.back().first != value) out.emplace_back(value, 0);
      ++out.back().second;
    }
    return out;
  }

  std::optional<SimilarPair> compare(std::uint32_t first, std::uint32_t second, std::uint32_t shared) {
    const Words a = verses_[first].words, b = verses_[second].words;
    if (similarity_of(shared, a.size(), b.size()) < request_.min_similarity || guard_.stop())
      return std::nullopt;
    const std::uint32_t common = corpus::length_of_common(a, b, row_, [this] { return guard_.stop(); });
    if (common == 0 || similarity_of(common, a.size(), b.size()) < request_.min_similarity)
      return std::nullopt;
    return SimilarPair{verses_[first].number, verses_[second].number, common};
  }

  std::vector<std::uint32_t> values_;
  const PairsRequest& request_;
  query::Guard& guard_;
  std::vector<Verse> verses_;
  std::vector<std::uint32_t> row_;
};

// Of the cache, or found and kept there.
std::shared_ptr<const SimilarPairs> pairs_of(const Source& source, const Scope& scope,
                                             const PairsRequest& request, query::Guard& guard) {
  const PairCache::Key key{request.attribute, request.min_similarity, request.min_words, scope.words()};
  if (auto known = source.pairs.find(key)) return known;
  Pairs pairs(source.engine.corpus(), scope.words(), request, guard);
  std::vector<SimilarPair> all = pairs.all();
  all.shrink_to_fit();
  const auto found = std::make_shared<const SimilarPairs>(SimilarPairs{std::move(all), pairs.verses()});
  if (!guard.cut() && !scope.partial()) source.pairs.keep(key, found);
  return found;
}

}  // namespace

Sheet similar_pairs(const Source& source, const Scope& scope, const Hits& hits, const PairsRequest& request,
                    query::Guard& guard) {
  const columns::CoreFile& core = source.engine.corpus().core();
  const auto pairs = pairs_of(source, scope, request, guard);
  std::vector<SimilarPair> found = pairs->pairs;
  Sheet out;
  out.unit = "pair of verses";
  out.total = found.size();
  out.scope = scope.extent();
  out.notes = hits.found.notes();
  if (out.scope.verses > pairs->compared)
    out.left_out.push_back({"verses that are too short or not whole in the text that is searched",
                            out.scope.verses - pairs->compared});
  std::vector<std::uint32_t> verses;
  for (const SimilarPair& pair : found) verses.insert(verses.end(), {pair.first, pair.second});
  std::ranges::sort(verses);
  verses.erase(std::unique(verses.begin(), verses.end()), verses.end());
  out.fact_columns = pair_facts;
  out.facts = {std::uint64_t{verses.size()}};
  out.keys = {"verse", "other"};
  out.columns = pair_columns;
  out.rows_total = found.size();
  const auto words_of = [&](std::uint32_t verse) { return std::uint64_t{core.words_of(verse).size()}; };
  const auto similarity = [&](const SimilarPair& pair) {
    return similarity_of(pair.common, words_of(pair.first), words_of(pair.second));
  };
  query::keep_page(found, request.page.offset, request.page.limit,
                   [&](const SimilarPair& a, const SimilarPair& b) {
                     if (request.order == 1 && a.common != b.common) return a.common > b.common;
                     const double of_a = similarity(a), of_b = similarity(b);
                     if (of_a != of_b) return of_a > of_b;
                     if (a.common != b.common) return a.common > b.common;
                     return a.first != b.first ? a.first < b.first : a.second < b.second;
                   });
  for (const SimilarPair& pair : found) {
    out.rows.push_back(
        {{name_of(core, pair.first), name_of(core, pair.second)},
         {cell_of(similarity(pair)), std::uint64_t{pair.common}, words_of(pair.first), words_of(pair.second)},
         {}});
  }
  if (!found.empty()) out.notes.emplace_back(no_query);
  out.partial = hits.found.partial() || guard.cut() || scope.partial();
  return out;
}

}  // namespace kalima::statistics
