#include "statistics/ngrams.h"

#include <fmt/format.h>

#include <algorithm>

#include "query/results/paging.h"
#include "statistics/row_queries.h"
#include "support/pair_numbers.h"

namespace kalima::statistics {
namespace {

constexpr std::uint32_t no_gram = query::nothing;

struct Gram {
  std::uint32_t first, n;  // the first word of its first place
  std::uint32_t hits = 0, verses = 0, surahs = 0;
  std::uint32_t last_verse = no_gram, last_surah = no_gram;
  bool longer = false;  // a longer one has as many hits
};

// Runs of one length after the other. A run of n words is two of n - 1 words that begin at words next to each other, and
// has no more hits than these: where one of them is too rare, the run is not looked at.
class Counting {
 public:
  Counting(const query::Corpus& corpus, const Bits& words, const NgramRequest& request, query::Guard& guard)
      : corpus_(corpus),
        request_(request),
        guard_(guard),
        surahs_(corpus.values(attributes::Attribute::surah_n)),
        group_(request.over_verses ? surahs_ : corpus.verse_of),
        at_(corpus.words(), no_gram) {
    const std::vector<std::uint32_t>& values = corpus.values_of_words(request.attribute);
    words.each([&](std::size_t word) {
      if (values[word] != 0) at_[word] = values[word];
    });
    // The same step as for pairs, with the values themselves.
    next(1, [&](std::uint32_t word) { return std::pair(at_[word], 0U); });
  }

  // All runs that are asked for, listed or not.
  std::vector<Gram> all() {
    std::vector<Gram> out;
    const std::uint32_t last = request_.max_n + (request_.maximal ? 1 : 0);
    for (std::uint32_t n = 2; n <= last && !guard_.stop_now(); ++n) {
      std::vector<Gram> shorter = std::move(grams_);
      next(n, [&](std::uint32_t word) {
        const bool whole =
            word + 1 < at_.size() && at_[word + 1] != no_gram && group_[word] == group_[word + 1];
        return whole ? std::pair(at_[word], at_[word + 1]) : std::pair(no_gram, 0U);
      });
      if (request_.maximal) {
        for (std::size_t i = 0; i < grams_.size(); ++i) {
          for (const std::uint32_t part : {parts_[i].first, parts_[i].second}) {
            if (grams_[i].hits == shorter[part].hits) shorter[part].longer = true;
          }
        }
      }
      keep(shorter, out);
      if (grams_.empty()) break;
    }
    if (!grams_.empty() && grams_.front().n <= request_.max_n) keep(grams_, out);
    return out;
  }

 private:
  // Counts the runs of `n` words; `parts_of` gives the two parts of that which begins at a word.
  template <typename PartsOf>
  void next(std::uint32_t n, PartsOf parts_of) {
    const std::size_t begun = static_cast<std::size_t>(
        std::ranges::count_if(at_, [](std::uint32_t gram) { return gram != no_gram; }));
    const auto bytes = static_cast<std::ptrdiff_t>(PairNumbers::bytes(begun) + begun * sizeof(Gram));
    grams_.clear();
    parts_.clear();
    if (!guard_.take(bytes)) return;
    PairNumbers numbers(begun);
    std::vector<std::uint32_t> at(at_.size(), no_gram);
    for (std::uint32_t word = 0; word < at_.size() && !guard_.stop(); ++word) {
      if (at_[word] == no_gram) continue;
      const std::pair<std::uint32_t, std::uint32_t> parts = parts_of(word);
      if (parts.first == no_gram) continue;
      const std::pair<std::uint32_t, bool> number = numbers.of(parts.first, parts.second);
      if (number.second) {
        grams_.push_back({.first = word, .n = n});
        parts_.push_back(parts);
      }
      add(grams_[number.first], word);
      at[word] = number.first;
    }
    leave_out_rare(at);
    at_ = std::move(at);
    guard_.take(-bytes);
  }

  void add(Gram& gram, std::uint32_t word) const {
    ++gram.hits;
    if (gram.last_verse != corpus_.verse_of[word]) ++gram.verses;
    gram.last_verse = corpus_.verse_of[word];
    if (gram.last_surah != surahs_[word]) ++gram.surahs;
    gram.last_surah = surahs_[word];
  }

  void leave_out_rare(std::vector<std::uint32_t>& at) {
    std::vector<std::uint32_t> moved(grams_.size(), no_gram);
    std::uint32_t kept = 0;
    for (std::uint32_t i = 0; i < grams_.size(); ++i) {
      if (grams_[i].hits < request_.min_hits) continue;
      grams_[kept] = grams_[i];
      parts_[kept] = parts_[i];
      moved[i] = kept++;
    }
    grams_.resize(kept);
    parts_.resize(kept);
    for (std::uint32_t& gram : at) {
      if (gram != no_gram) gram = moved[gram];
    }
  }

  void keep(const std::vector<Gram>& grams, std::vector<Gram>& out) {
    if (grams.empty() || grams.front().n < request_.min_n || grams.front().n > request_.max_n) return;
    if (guard_.take(static_cast<std::ptrdiff_t>(grams.size() * sizeof(Gram))))
      out.insert(out.end(), grams.begin(), grams.end());
  }

  const query::Corpus& corpus_;
  const NgramRequest& request_;
  query::Guard& guard_;
  const std::vector<std::uint32_t>&surahs_, &group_;
  std::vector<std::uint32_t> at_;  // of each word the run that begins there, or no_gram
  std::vector<Gram> grams_;        // of the length that was counted last
  std::vector<std::pair<std::uint32_t, std::uint32_t>> parts_;  // of each, in the runs before
};

std::uint32_t number_of(const Gram& gram, std::size_t order) {
  const std::uint32_t numbers[] = {gram.hits, gram.n, gram.verses, gram.surahs};
  return numbers[order];
}

}  // namespace

Sheet ngrams(const Source& source, const Scope& scope, const Hits& hits, const NgramRequest& request,
             query::Guard& guard) {
  const query::Corpus& corpus = source.engine.corpus();
  const columns::CoreFile& core = corpus.core();
  const std::vector<std::uint32_t>& values = corpus.values_of_words(request.attribute);
  const std::string_view attribute = attributes::definition(request.attribute).name;
  Bits words = words_of(corpus, hits);
  words &= scope.words();
  std::uint64_t missing = 0, counted = 0;
  words.each([&](std::size_t word) {
    ++counted;
    if (values[word] == 0) ++missing;
  });
  std::vector<Gram> grams = Counting(corpus, words, request, guard).all();
  Sheet out;
  out.unit = "word";
  out.total = counted;
  out.scope = scope.extent();
  if (missing > 0) out.left_out.push_back({fmt::format("words whose {} is missing", attribute), missing});
  add_left_out(hits, out);
  out.notes = hits.found.notes();
  out.fact_columns = ngram_facts;
  out.facts = {std::uint64_t{grams.size()}};
  if (request.maximal) {
    const std::size_t shorter = std::erase_if(grams, [](const Gram& gram) { return gram.longer; });
    if (shorter > 0) out.left_out.push_back({"runs of which a longer one has as many hits", shorter});
  }
  if (request.min_surahs > 1) {
    const std::size_t of_fewer =
        std::erase_if(grams, [&](const Gram& gram) { return gram.surahs < request.min_surahs; });
    if (of_fewer > 0)
      out.left_out.push_back({fmt::format("runs in fewer than {} surahs", request.min_surahs), of_fewer});
  }
  out.keys.emplace_back(attribute);
  out.columns = ngram_columns;
  out.rows_total = grams.size();
  query::keep_page(grams, request.page.offset, request.page.limit, [&](const Gram& a, const Gram& b) {
    if (number_of(a, request.order) != number_of(b, request.order))
      return number_of(a, request.order) > number_of(b, request.order);
    if (a.hits != b.hits) return a.hits > b.hits;
    return a.n != b.n ? a.n > b.n : a.first < b.first;
  });
  const RowQueries queries(source, scope, hits);
  for (const Gram& gram : grams) {
    if (guard.stop()) break;
    Row row;
    std::string& text = row.values.emplace_back();
    std::vector<std::string> texts;
    for (std::uint32_t i = 0; i < gram.n; ++i) {
      texts.push_back(core.text(request.attribute, values[gram.first + i]));
      (text += i == 0 ? "" : " ") += texts.back();
    }
    row.cells = {std::uint64_t{gram.n}, std::uint64_t{gram.hits},
                 cell_of(1e4 * gram.hits / static_cast<double>(out.scope.words)), std::uint64_t{gram.verses},
                 std::uint64_t{gram.surahs}};
    row.query = queries.of_run(request.attribute, texts, request.over_verses);
    out.rows.push_back(std::move(row));
  }
  queries.explain(out);
  out.partial = hits.found.partial() || guard.cut() || scope.partial();
  return out;
}

}  // namespace kalima::statistics
