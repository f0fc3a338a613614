#include "quotations/readings.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <queue>
#include <utility>

namespace kalima::quotations {
namespace {

// A candidate in the queue.
struct Waiting {
  Candidate candidate;
  bool is_rest = false;
};

// Of several candidates that begin with the same bits, the one that comes first in the corpus.
struct IsWorse {
  bool operator()(const Waiting& a, const Waiting& b) const {
    if (std::abs(a.candidate.bits - b.candidate.bits) > 1e-6) return a.candidate.bits < b.candidate.bits;
    return a.candidate.position() > b.candidate.position();
  }
};

constexpr std::uint32_t distance(std::uint32_t a, std::uint32_t b) { return a > b ? a - b : b - a; }

// Whether the candidate says of the same words what these readings say: in another verse with the same words.
bool belongs(const Candidate& candidate, const Readings& to) {
  constexpr double nearly = 0.85;
  return distance(candidate.first(), to.first) <= 1 && distance(candidate.end(), to.end) <= 1 &&
         candidate.bits >= nearly * to.candidates.front().bits;
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

// The quotation goes on after so few words of the text, and of the corpus if it is not in the same verse.
constexpr std::uint32_t max_words_between = 12, max_positions_between = 40;

bool goes_on(const Candidate& after, const Candidate& before, const CorpusWords& corpus) {
  const std::uint32_t from = before.last_position(), to = after.position();
  if (to <= from || corpus.run(from) != corpus.run(to)) return false;
  return corpus.verse(from) == corpus.verse(to) || to - from <= max_positions_between;
}

// Puts the nth place first and leaves the others in their order.
void put_first(std::vector<Candidate>& candidates, std::size_t nth) {
  const auto at = candidates.begin() + static_cast<std::ptrdiff_t>(nth);
  std::rotate(candidates.begin(), at, at + 1);
}

}  // namespace

std::vector<Readings> readings(std::vector<Candidate> candidates, const TextWords& text,
                               const CorpusWords& corpus) {
  std::vector<Waiting> waiting;
  waiting.reserve(candidates.size());
  for (Candidate& candidate : candidates) waiting.push_back({std::move(candidate)});
  std::priority_queue<Waiting, std::vector<Waiting>, IsWorse> queue(IsWorse(), std::move(waiting));
  std::vector<bool> taken(text.size());
  std::vector<Readings> out;
  constexpr std::uint32_t none = UINT32_MAX;
  std::vector<std::uint32_t> beginning(text.size() + 2, none);  // the readings that begin with a word
  const auto of_same_words = [&](const Candidate& candidate) -> Readings* {
    const std::uint32_t first = candidate.first();
    for (std::uint32_t word = first == 0 ? 0 : first - 1; word <= first + 1; ++word) {
      if (beginning[word] != none && belongs(candidate, out[beginning[word]])) return &out[beginning[word]];
    }
    return nullptr;
  };
  while (!queue.empty()) {
    Waiting next = queue.top();
    queue.pop();
    Candidate& candidate = next.candidate;
    if (Readings* same = of_same_words(candidate)) {
      same->candidates.push_back(std::move(candidate));
      continue;
    }
    const auto begin = taken.begin() + candidate.first(), end = taken.begin() + candidate.end();
    if (std::find(begin, end, true) != end) {
      if (auto part = outside(candidate, taken, text, corpus)) queue.push({std::move(*part), true});
      continue;
    }
    std::fill(begin, end, true);
    beginning[candidate.first()] = static_cast<std::uint32_t>(out.size());
    out.push_back({candidate.first(), candidate.end(), {}, next.is_rest});
    out.back().candidates.push_back(std::move(candidate));
  }
  std::ranges::sort(out, {}, &Readings::first);
  return out;
}

void add_reading(Readings& to, Candidate candidate) {
  if (!belongs(candidate, to)) return;
  const auto is_there = [&](const Candidate& other) { return other.position() == candidate.position(); };
  if (std::ranges::any_of(to.candidates, is_there)) return;
  const auto worse = [&](const Candidate& other) { return IsWorse()({other}, {candidate}); };
  to.candidates.insert(std::ranges::find_if(to.candidates, worse), std::move(candidate));
}

void prefer_what_goes_on(std::vector<Readings>& all, const CorpusWords& corpus) {
  bool is_settled = false;  // the place of the one before follows from what is before that
  for (std::size_t i = 1; i < all.size(); ++i) {
    std::vector<Candidate>&before = all[i - 1].candidates, &own = all[i].candidates;
    bool found = false;
    if (all[i].first - all[i - 1].end <= max_words_between) {
      const std::size_t choices = is_settled ? 1 : before.size();
      for (std::size_t a = 0; a < choices && !found; ++a) {
        for (std::size_t b = 0; b < own.size() && !found; ++b) {
          if (!goes_on(own[b], before[a], corpus)) continue;
          put_first(before, a);
          put_first(own, b);
          found = all[i - 1].goes_on = all[i].goes_on = true;
        }
      }
    }
    is_settled = found;
  }
}

}  // namespace kalima::quotations
