#include "quotations/quotations.h"

#include <algorithm>
#include <cmath>
#include <queue>

#include "quotations/alignment.h"
#include "quotations/chains.h"
#include "quotations/costs.h"
#include "quotations/surroundings.h"
#include "quotations/text_words.h"

namespace kalima::quotations {
namespace {

using text::Step;

// A part of the text beside a part of the corpus.
struct Candidate {
  Alignment alignment;
  double bits;

  std::uint32_t first() const { return alignment.front().word; }
  std::uint32_t end() const { return alignment.back().word + alignment.back().words; }
  std::uint32_t position() const { return alignment.front().position; }
  std::uint32_t last_position() const { return alignment.back().position + alignment.back().positions - 1; }
};

bool agrees(const Pair& pair) {
  return pair.kind == Pair::Kind::same || pair.kind == Pair::Kind::near || pair.kind == Pair::Kind::particle;
}

// The part of an alignment that says most.
Alignment best_part(const Alignment& alignment, const TextWords& text, const CorpusWords& corpus) {
  double best = 0, sum = 0;
  std::size_t begin = 0, best_begin = 0, best_end = 0;
  for (std::size_t i = 0; i < alignment.size(); ++i) {
    const Pair& pair = alignment[i];
    const std::uint32_t before = pair.position - 1;
    const bool breaks = i > begin && pair.words > 0 &&
                        (pair.positions == 0 || corpus.verse(before) == corpus.verse(pair.position));
    if (breaks) sum -= cost_of_break(text.break_before(pair.word));
    if (sum <= 0) {
      sum = 0;
      begin = i;
    }
    sum += pair.bits;
    if (sum <= 0 || (i == begin && !agrees(pair))) {
      sum = 0;
      begin = i + 1;
    } else if (agrees(pair) && sum > best) {
      best = sum;
      best_begin = begin;
      best_end = i + 1;
    }
  }
  return {alignment.begin() + static_cast<std::ptrdiff_t>(best_begin),
          alignment.begin() + static_cast<std::ptrdiff_t>(best_end)};
}

std::optional<Candidate> candidate_of(const Alignment& whole, const TextWords& text,
                                      const CorpusWords& corpus) {
  Alignment alignment = best_part(whole, text, corpus);
  std::uint32_t words = 0;
  for (const Pair& pair : alignment) words += agrees(pair) ? std::max(pair.words, pair.positions) : 0;
  const double bits = bits_of(alignment);
  if (words < 2 || bits < min_bits) return std::nullopt;
  return Candidate{std::move(alignment), words == 2 ? bits - cost_of_two_words : bits};
}

// Of several candidates that begin with the same bits, the one that comes first in the corpus.
struct IsWorse {
  bool operator()(const Candidate& a, const Candidate& b) const {
    if (std::abs(a.bits - b.bits) > 1e-6) return a.bits < b.bits;
    return a.position() > b.position();
  }
};

// Candidates of the same words.
struct Group {
  std::uint32_t first, end;
  std::vector<Candidate> candidates;
};

constexpr std::uint32_t difference(std::uint32_t a, std::uint32_t b) { return a > b ? a - b : b - a; }

// Whether the candidate says of the group's words what the group says: in another verse with the same words.
bool belongs(const Candidate& candidate, const Group& group) {
  constexpr double nearly = 0.85;
  return difference(candidate.first(), group.first) <= 1 && difference(candidate.end(), group.end) <= 1 &&
         candidate.bits >= nearly * group.candidates.front().bits;
}

// The longest part of a candidate that has no word of the groups.
std::optional<Candidate> outside(const Candidate& candidate, const std::vector<bool>& taken,
                                 const TextWords& text, const CorpusWords& corpus) {
  std::optional<Candidate> out;
  const auto is_taken = [&](const Pair& pair) {
    for (std::uint32_t word = pair.word; word < pair.word + pair.words; ++word) {
      if (taken[word]) return true;
    }
    return false;
  };
  Alignment part;
  const auto keep = [&] {
    auto found = candidate_of(part, text, corpus);
    part.clear();
    if (found && (!out || found->bits > out->bits)) out = std::move(found);
  };
  for (const Pair& pair : candidate.alignment) {
    if (is_taken(pair)) {
      keep();
    } else {
      part.push_back(pair);
    }
  }
  keep();
  return out;
}

std::vector<Group> grouped(std::vector<Candidate> candidates, const TextWords& text,
                           const CorpusWords& corpus) {
  std::priority_queue<Candidate, std::vector<Candidate>, IsWorse> queue(IsWorse(), std::move(candidates));
  std::vector<bool> taken(text.size());
  std::vector<Group> groups;
  while (!queue.empty()) {
    Candidate next = queue.top();
    queue.pop();
    const auto same = std::ranges::find_if(groups, [&](const Group& group) { return belongs(next, group); });
    if (same != groups.end()) {
      same->candidates.push_back(std::move(next));
      continue;
    }
    const auto begin = taken.begin() + next.first(), end = taken.begin() + next.end();
    if (std::find(begin, end, true) != end) {
      if (auto part = outside(next, taken, text, corpus)) queue.push(std::move(*part));
      continue;
    }
    std::fill(begin, end, true);
    groups.push_back({next.first(), next.end(), {}});
    groups.back().candidates.push_back(std::move(next));
  }
  std::ranges::sort(groups, {}, &Group::first);
  return groups;
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

}  // namespace

Found Finder::find(std::u32string_view text, const Options& options) const {
  Found found;
  TextWords words(text, file_, words_);
  found.words = words.size();
  const Anchors anchors = find_anchors(words, words_, options.expired);
  found.partial = anchors.partial;
  Aligner aligner(words, words_);
  std::vector<Candidate> candidates;
  for (const Chain& chain : likely_chains(words, find_chains(words, words_, anchors, options.expired))) {
    if (options.expired()) {
      found.partial = true;
      break;
    }
    if (auto candidate = candidate_of(aligner.align(chain), words, words_))
      candidates.push_back(std::move(*candidate));
  }
  for (Group& group : grouped(std::move(candidates), words, words_)) {
    const Candidate& best = group.candidates.front();
    // The more verses have it, the more it is a phrase of the language.
    const double places = static_cast<double>(group.candidates.size());
    const double score =
        score_of(best.bits - std::log2(places) / 2 + bits_around(text, words, group.first, group.end));
    if (score < options.min_score) {
      ++found.weak_left_out;
      continue;
    }
    const bool formula = formulas_.has(words, group.first, group.end);
    if (formula && !options.formulas) {
      ++found.formulas_left_out;
      continue;
    }
    Quotation& quotation = found.quotations.emplace_back();
    quotation.from = words.token(group.first).begin;
    quotation.to = words.token(group.end - 1).end;
    quotation.score = score;
    quotation.formula = formula;
    quotation.all_places = group.candidates.size();
    for (const Candidate& candidate : group.candidates) {
      if (quotation.places.size() == options.max_places) break;
      quotation.places.push_back(place_of(candidate, words));
    }
  }
  return found;
}

}  // namespace kalima::quotations
