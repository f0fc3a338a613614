#include "corpus/similar_runs.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>
#include <span>
#include <utility>

namespace kalima::corpus {
namespace {

constexpr std::size_t places_between_questions = 8192, max_pairs_of_lengths = 1024;

constexpr double too_much = 1e12;

// Of sequences of so many words how many are likely to lie in several runs: in a text most words do, and few long sequences.
double likely_share(std::uint32_t words) {
  constexpr double shares[] = {1, 1, 0.6, 0.3};
  return words < std::size(shares) ? shares[words] : 0.3 * std::pow(0.3, words - 3);
}

// How many ways there are to put up to `gaps` words between so many.
double count_of_forms(std::uint32_t words, std::uint32_t gaps) {
  double out = 1;
  for (std::uint32_t i = 1; i <= gaps; ++i) out *= static_cast<double>(words - 1 + i) / i;
  return out;
}

}  // namespace

SimilarRuns::Runs::Runs(std::uint32_t words, const std::vector<std::uint32_t>& begins, std::size_t text_words)
    : words_(words), next_(text_words + 1, none), before_(text_words + 1, none) {
  for (const std::uint32_t begin : begins) next_[begin] = before_[begin] = begin;
  for (std::size_t word = text_words; word-- > 0;) next_[word] = std::min(next_[word], next_[word + 1]);
  for (std::size_t word = 1; word <= text_words; ++word) {
    if (before_[word] == none) before_[word] = before_[word - 1];
  }
}

SimilarRuns::SimilarRuns(Values text, const RunsByLength& of, const RunsByLength& to, std::uint32_t percent)
    : text_(text), of_(&of), to_(&to) {
  if (of.size() * to.size() > max_pairs_of_lengths) return;
  for (const auto& [m, begins] : of) {
    for (const auto& [n, others] : to) {
      const std::size_t common = min_common(m, n, percent);
      if (common > std::min(m, n)) continue;
      lengths_.push_back({m, n, static_cast<std::uint32_t>(common)});
      max_common_ = std::max(max_common_, lengths_.back().common);
    }
  }
}

std::uint32_t SimilarRuns::max_gaps(std::uint32_t words) const {
  std::uint32_t out = 0;
  for (const Lengths& one : lengths_) {
    if (one.common >= words) out = std::max(out, std::max(one.of, one.to) - one.common);
  }
  return out;
}

double SimilarRuns::work() const {
  if (of_->size() * to_->size() > max_pairs_of_lengths) return std::numeric_limits<double>::infinity();
  double words = 0;
  for (const RunsByLength* runs : {of_, to_}) {
    for (const auto& [length, begins] : *runs)
      words += static_cast<double>(length) * static_cast<double>(begins.size());
  }
  words = std::min(words, static_cast<double>(text_.size()));
  // The tables of runs, too, are made of each length.
  double out = 3 * static_cast<double>(text_.size()) * static_cast<double>(of_->size() + to_->size());
  for (std::uint32_t length = 2; length <= max_common_; ++length) {
    out += words * likely_share(length - 1) * count_of_forms(length, max_gaps(length));
    // Of long runs no number holds how many there are.
    if (out > too_much) return std::numeric_limits<double>::infinity();
  }
  for (const Lengths& one : lengths_)
    out += words * likely_share(one.common) * count_of_forms(one.common, max_gaps(one.common));
  return out;
}

bool SimilarRuns::take(std::size_t bytes) {
  taken_ += static_cast<std::ptrdiff_t>(bytes);
  if (!(*may_go_on_)(static_cast<std::ptrdiff_t>(bytes))) ended_ = true;
  return !ended_;
}

void SimilarRuns::release(std::size_t bytes) {
  taken_ -= static_cast<std::ptrdiff_t>(bytes);
  (*may_go_on_)(-static_cast<std::ptrdiff_t>(bytes));
}

bool SimilarRuns::go_on() {
  if (!ended_ && ++steps_ % places_between_questions == 0) ended_ = !(*may_go_on_)(0);
  return !ended_;
}

std::size_t SimilarRuns::bytes_of(const std::vector<Form>& forms) {
  std::size_t out = 0;
  for (const Form& form : forms) out += form.places.capacity() * sizeof(Place);
  return out;
}

RunsByLength SimilarRuns::find(const MayGoOn& may_go_on) {
  left_ = *of_;
  const std::uint32_t gaps = max_gaps(1);
  if (gaps >= 2) look(gaps / 4, may_go_on);
  if (!ended_ && !left_.empty()) look(gaps, may_go_on);
  return std::move(found_);
}

void SimilarRuns::look(std::uint32_t allowed_gaps, const MayGoOn& may_go_on) {
  allowed_gaps_ = allowed_gaps;
  may_go_on_ = &may_go_on;
  all_left_ = of_ == to_ && found_.empty();
  left_runs_.clear();
  to_runs_.clear();
  last_left_.assign(text_.size(), 0);
  last_.assign(text_.size(), 0);
  if (take((4 * (left_.size() + to_->size()) + 2) * text_.size() * sizeof(std::uint32_t))) {
    if (!all_left_) read(left_, left_runs_, last_left_);
    read(*to_, to_runs_, last_);
    for (std::size_t word = 0; word < text_.size(); ++word)
      last_[word] = std::max(last_[word], last_left_[word]);
    more_.assign(left_.size(), std::vector<std::int32_t>(text_.size() + 1, 0));
    std::vector<Form> forms;
    for (std::uint32_t words = 1; words <= max_common_ && !ended_; ++words) {
      if (words == 1) {
        forms = single_words();
      } else {
        const std::size_t before = bytes_of(forms);
        leave_out_single(forms);
        forms = longer(forms, words);
        release(before);
      }
      if (forms.empty()) break;
      mark(forms, words);
    }
    keep_found();
  }
  may_go_on(-std::exchange(taken_, 0));
}

void SimilarRuns::read(const RunsByLength& lists, std::vector<Runs>& runs, std::vector<std::uint32_t>& last) {
  for (const auto& [words, begins] : lists) {
    const Runs& all = runs.emplace_back(words, begins, text_.size());
    for (std::uint32_t word = 0; word < text_.size(); ++word) {
      const std::uint32_t begin = all.last_with(word, word);
      if (begin != Runs::none) last[word] = std::max(last[word], begin + words - 1);
    }
  }
}

std::vector<SimilarRuns::Form> SimilarRuns::single_words() {
  std::vector<Form> out(1);
  out.front().words = {0};
  sequences_ = 0;
  for (std::uint32_t word = 0; word < text_.size(); ++word) {
    sequences_ = values_ = std::max(sequences_, text_[word] + 1);
    // The first word may be the last one of its run.
    if (last_[word] >= word) out.front().places.push_back({word, text_[word]});
  }
  take(bytes_of(out));
  return out;
}

// Each sequence that goes on: its words without the last one, and without the first one, are two of `forms`.
std::vector<SimilarRuns::Form> SimilarRuns::longer(const std::vector<Form>& forms, std::uint32_t words) {
  const std::vector<Longer> all = longer_forms(forms, words);
  candidates_.clear();
  std::vector<std::size_t> ends;
  std::size_t scratch = 0;
  for (const Longer& one : all) {
    const std::uint32_t last = one.words.back();
    const std::size_t before = candidates_.size();
    each_place(one, [&](const Place& place) {
      const bool asked = all_left_ || place.word + last <= last_left_[place.word];
      candidates_.push_back({place.word, place.sequence, text_[place.word + last], asked});
    });
    ends.push_back(candidates_.size());
    const std::size_t more = (candidates_.size() - before) * (sizeof(Candidate) + sizeof(std::uint32_t));
    scratch += more;
    if (!take(more)) break;
  }
  std::vector<Form> out;
  if (!ended_) {
    number_candidates();
    std::size_t next = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      Form form{all[i].words, {}};
      for (; next < ends[i]; ++next) {
        const Candidate& one = candidates_[next];
        if (one.sequence != Runs::none) form.places.push_back({one.word, one.sequence});
      }
      if (!take(form.places.capacity() * sizeof(Place))) break;
      if (!form.places.empty()) out.push_back(std::move(form));
    }
  }
  release(scratch);
  return out;
}

// Gives each of candidates_ the number of its sequence, instead of that without the last word; none to those that lie in no run that is
// asked about. Sequence after sequence, so that only the last values are to be told apart.
void SimilarRuns::number_candidates() {
  std::vector<std::uint32_t> ends(sequences_ + std::size_t{1}, 0);
  for (const Candidate& one : candidates_) ++ends[one.sequence + std::size_t{1}];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  order_.resize(candidates_.size());
  for (std::uint32_t i = 0; i < candidates_.size(); ++i) order_[ends[candidates_[i].sequence]++] = i;
  struct Numbered {
    std::uint32_t sequence = Runs::none, number = 0;
  };
  std::vector<Numbered> of_value(values_);
  std::uint32_t count = 0;
  for (std::uint32_t sequence = 0, begin = 0; sequence < sequences_; begin = ends[sequence++]) {
    const auto those = std::span(order_).subspan(begin, ends[sequence] - begin);
    for (const std::uint32_t i : those) {
      Numbered& known = of_value[candidates_[i].last_value];
      if (candidates_[i].asked && known.sequence != sequence) known = {sequence, count++};
    }
    for (const std::uint32_t i : those) {
      const Numbered& known = of_value[candidates_[i].last_value];
      candidates_[i].sequence = known.sequence == sequence ? known.number : Runs::none;
    }
  }
  sequences_ = count;
}

std::vector<SimilarRuns::Longer> SimilarRuns::longer_forms(const std::vector<Form>& forms,
                                                           std::uint32_t words) const {
  std::map<std::vector<std::uint32_t>, const Form*> by_words;
  for (const Form& form : forms) by_words.emplace(form.words, &form);
  std::vector<Longer> out;
  const std::uint32_t gaps = std::min(max_gaps(words), allowed_gaps_);
  for (const Form& form : forms) {
    for (std::uint32_t last = form.words.back() + 1; last < words + gaps; ++last) {
      std::vector<std::uint32_t> all = form.words;
      all.push_back(last);
      std::vector<std::uint32_t> rest;
      for (std::size_t i = 1; i < all.size(); ++i) rest.push_back(all[i] - all[1]);
      const auto found = by_words.find(rest);
      if (found != by_words.end()) out.push_back({&form, found->second, std::move(all)});
    }
  }
  return out;
}

// Visits the places of `longer.form` that go on so, within a run.
template <typename Visit>
void SimilarRuns::each_place(const Longer& longer, Visit visit) {
  const std::uint32_t second = longer.words[1], end = longer.words.back();
  auto rest = longer.rest->places.begin();
  for (const Place& place : longer.form->places) {
    if (place.word + end > last_[place.word]) continue;
    while (rest != longer.rest->places.end() && rest->word < place.word + second) ++rest;
    if (rest == longer.rest->places.end() || !go_on()) break;
    if (rest->word == place.word + second) visit(place);
  }
}

// Those of which no two places are apart from each other, one of them in a run that is asked about.
void SimilarRuns::leave_out_single(std::vector<Form>& forms) {
  const std::size_t scratch = 2 * sequences_ * sizeof(Held);
  if (take(scratch)) {
    std::vector<Held> of(all_left_ ? 0 : sequences_), to(sequences_);
    for (const Form& form : forms) {
      for (const Place& place : form.places) {
        const std::uint32_t last = form.last(place);
        to[place.sequence].add(place.word, last + 1);
        if (!all_left_ && last <= last_left_[place.word]) of[place.sequence].add(place.word, last + 1);
      }
    }
    const std::vector<Held>& asked = all_left_ ? to : of;
    for (Form& form : forms) {
      std::erase_if(form.places, [&](const Place& place) {
        return !asked[place.sequence].apart_from(to[place.sequence]);
      });
    }
    std::erase_if(forms, [](const Form& form) { return form.places.empty(); });
  }
  release(scratch);
}

// The runs that have a sequence of so many words in common with one that is similar thereby.
void SimilarRuns::mark(const std::vector<Form>& forms, std::uint32_t words) {
  for (std::size_t i = 0; i < of_runs().size() && !ended_; ++i) {
    std::vector<const Runs*> others;
    for (const Lengths& one : lengths_) {
      if (one.common != words || one.of != of_runs()[i].words()) continue;
      const auto same = [&](const Runs& runs) { return runs.words() == one.to; };
      others.push_back(&*std::ranges::find_if(to_runs_, same));
    }
    if (others.empty()) continue;
    const std::size_t scratch = sequences_ * sizeof(Held);
    if (take(scratch)) {
      std::vector<Held> held(sequences_);
      for (const Form& form : forms) {
        for (const Place& place : form.places) {
          for (const Runs* runs : others) {
            const std::uint32_t last = form.last(place), begin = runs->first_with(place.word, last);
            if (begin == Runs::none) continue;
            held[place.sequence].add(runs->last_with(place.word, last), begin + runs->words());
          }
        }
      }
      mark(forms, of_runs()[i].words(), held, more_[i]);
    }
    release(scratch);
  }
}

void SimilarRuns::mark(const std::vector<Form>& forms, std::uint32_t words, const std::vector<Held>& held,
                       std::vector<std::int32_t>& more) {
  const auto add = [&](std::uint32_t first, std::uint32_t last) {
    if (first > last) return;
    ++more[first];
    --more[last + 1];
  };
  for (const Form& form : forms) {
    for (const Place& place : form.places) {
      const Held& to = held[place.sequence];
      if (to.first_end == Runs::none) continue;
      // Of the runs that hold it those that end before the last of the others begins, and those that begin after the first
      // one ends.
      const std::uint32_t end = form.last(place) + 1, first = end > words ? end - words : 0;
      if (to.last_begin >= words) add(first, std::min(place.word, to.last_begin - words));
      add(std::max(first, to.first_end), place.word);
    }
  }
}

void SimilarRuns::keep_found() {
  std::size_t i = 0;
  for (auto& [words, begins] : left_) {
    std::vector<std::uint32_t> similar;
    std::int32_t sequences = 0;
    std::uint32_t word = 0;
    for (const std::uint32_t begin : begins) {
      for (; word <= begin; ++word) sequences += more_[i][word];
      if (sequences > 0) similar.push_back(begin);
    }
    ++i;
    if (similar.empty()) continue;
    std::vector<std::uint32_t> rest;
    std::ranges::set_difference(begins, similar, std::back_inserter(rest));
    begins = std::move(rest);
    std::vector<std::uint32_t>& found = found_[words];
    const auto before = static_cast<std::ptrdiff_t>(found.size());
    found.insert(found.end(), similar.begin(), similar.end());
    std::ranges::inplace_merge(found, found.begin() + before);
  }
  std::erase_if(left_, [](const auto& runs) { return runs.second.empty(); });
}

}  // namespace kalima::corpus
