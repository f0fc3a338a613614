#include "quotations/quotations.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "quotations/alignment.h"
#include "quotations/candidates.h"
#include "quotations/chains.h"
#include "quotations/costs.h"
#include "quotations/prose.h"
#include "quotations/readings.h"
#include "quotations/surroundings.h"
#include "quotations/text_words.h"

namespace kalima::quotations {
namespace {

using text::Step;

// The candidates with what their words say in this text.
std::vector<Candidate> judged(const std::vector<Candidate>& candidates, const Prose& prose,
                              const TextWords& text, const CorpusWords& corpus) {
  std::vector<Candidate> out;
  for (const Candidate& candidate : candidates) {
    if (auto found = candidate_of(prose.judged(candidate.alignment), text, corpus))
      out.push_back(std::move(*found));
  }
  return out;
}

// For each word whether it is certainly quoted: of candidates, and of chains for whose alignment the time was too short.
std::vector<bool> certainly_quoted(const std::vector<Candidate>& candidates, std::span<const Chain> chains,
                                   const TextWords& text) {
  std::vector<bool> out(text.size());
  for (const Chain& chain : chains) {
    if (chain.bits < bits_beyond_doubt) continue;
    const Item &first = text.items()[chain.anchors.front().item],
               &last = text.items()[chain.anchors.back().item];
    std::fill(out.begin() + first.first, out.begin() + last.first + last.size, true);
  }
  for (const Candidate& candidate : candidates) {
    if (candidate.bits < bits_beyond_doubt) continue;
    std::fill(out.begin() + candidate.first(), out.begin() + candidate.end(), true);
  }
  return out;
}

// Nothing if the words are spelled as the same word is today or in the text.
std::optional<Difference::Kind> kind_of(const Pair& pair) {
  switch (pair.kind) {
    case Pair::Kind::same:
      if (pair.step < Step::no_vowels) return std::nullopt;
      return Difference::Kind::other_spelling;
    case Pair::Kind::near:
      return Difference::Kind::other_spelling;
    case Pair::Kind::missing:
      return Difference::Kind::missing;
    case Pair::Kind::added:
      return Difference::Kind::added;
    case Pair::Kind::particle:
    case Pair::Kind::other:
      break;
  }
  return Difference::Kind::other_word;
}

Place place_of(const Candidate& candidate, const TextWords& words) {
  Place place{candidate.position(), candidate.last_position(), Step::exact, candidate.bits, {}};
  for (const Pair& pair : candidate.alignment) {
    if (agrees(pair)) place.step = std::max(place.step, pair.step);
    const auto kind = kind_of(pair);
    if (!kind) continue;
    const std::uint32_t from = words.token(pair.word).begin;
    const Difference found{*kind, from, pair.words == 0 ? from : words.token(pair.word + pair.words - 1).end,
                           pair.position, pair.position + (pair.positions == 0 ? 0 : pair.positions - 1)};
    const bool goes_on =
        !place.differences.empty() && place.differences.back().kind == found.kind &&
        ((found.kind == Difference::Kind::missing && place.differences.back().last + 1 == found.first) ||
         (found.kind == Difference::Kind::added && place.differences.back().first == found.first));
    if (goes_on) {
      place.differences.back().to = found.to;
      place.differences.back().last = found.last;
    } else {
      place.differences.push_back(found);
    }
  }
  return place;
}

// Chains by the word that they begin with.
class ChainsByWord {
 public:
  ChainsByWord(const std::vector<Chain>& chains, const TextWords& text) : chains_(chains) {
    for (std::uint32_t i = 0; i < chains.size(); ++i)
      order_.emplace_back(text.items()[chains[i].anchors.front().item].first, i);
    std::ranges::sort(order_);
  }
  // Calls visit(chain) for those that begin with the words [first, end), the best ones first for each word.
  template <class Visit>
  void each(std::uint32_t first, std::uint32_t end, std::size_t max, Visit visit) const {
    auto at = std::ranges::lower_bound(order_, std::pair(first, 0U));
    for (std::size_t count = 0; at != order_.end() && at->first < end && count < max; ++at, ++count)
      visit(chains_[at->second]);
  }

 private:
  const std::vector<Chain>& chains_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> order_;  // word, chain
};

}  // namespace

Found Finder::find(std::u32string_view text, const Options& options) const {
  // Each stage leaves time to the next ones, so that what is found is always answered.
  const auto until = [&](double share) { return [&options, share] { return options.expired(share); }; };
  Found found;
  TextWords words(text, file_, words_);
  found.words = words.size();
  const Anchors anchors = find_anchors(words, words_, until(0.35));
  FoundChains chained = find_chains(words, words_, anchors, until(0.6));
  const Chains chains = likely_chains(words, std::move(chained.list));
  found.partial = anchors.partial || chained.partial;
  Aligner aligner(words, words_);
  std::vector<Candidate> candidates;
  std::size_t aligned = 0;
  // Even when the time is over the best ones are looked at: that takes some milliseconds.
  constexpr std::size_t always_aligned = 100;
  for (; aligned < chains.likely.size(); ++aligned) {
    if (aligned >= always_aligned && options.expired(0.8)) break;
    if (auto candidate = candidate_of(aligner.align(chains.likely[aligned]), words, words_))
      candidates.push_back(std::move(*candidate));
  }
  found.partial = found.partial || aligned < chains.likely.size();
  const std::vector<bool> quoted =
      certainly_quoted(candidates, std::span(chains.likely).subspan(aligned), words);
  const Prose prose(words, quoted);
  std::vector<Readings> all = readings(judged(candidates, prose, words, words_), words, words_);
  // Of words that another quotation left over, other verses may say the same, though they had few of all its words.
  const ChainsByWord others(chains.others, words);
  constexpr std::uint32_t words_before = 2;
  constexpr std::size_t max_others = 200;
  for (Readings& rest : all) {
    if (!rest.is_rest) continue;
    if (options.expired(0.95)) {
      found.partial = true;
      break;
    }
    const std::uint32_t first = rest.first > words_before ? rest.first - words_before : 0;
    others.each(first, rest.end, max_others, [&](const Chain& chain) {
      auto candidate = candidate_of(prose.judged(aligner.align(chain)), words, words_);
      if (candidate) add_reading(rest, std::move(*candidate));
    });
  }
  prefer_what_goes_on(all, words_);
  for (const Readings& reading : all) {
    const Candidate& best = reading.candidates.front();
    // The more verses have it, the more it is a phrase of the language.
    const double places = static_cast<double>(reading.candidates.size());
    const double score =
        score_of(best.bits - std::log2(places) / 2 + bits_around(text, words, reading.first, reading.end));
    if (score < options.min_score) {
      ++found.weak_left_out;
      continue;
    }
    const bool formula = !reading.goes_on && formulas_.has(words, reading.first, reading.end);
    if (formula && !options.formulas) {
      ++found.formulas_left_out;
      continue;
    }
    Quotation& quotation = found.quotations.emplace_back();
    quotation.from = words.token(reading.first).begin;
    quotation.to = words.token(reading.end - 1).end;
    quotation.score = score;
    quotation.formula = formula;
    quotation.all_places = reading.candidates.size();
    for (const Candidate& candidate : reading.candidates) {
      if (quotation.places.size() == options.max_places) break;
      quotation.places.push_back(place_of(candidate, words));
    }
  }
  return found;
}

}  // namespace kalima::quotations
