#include "api/legacy/search/word_pattern.h"

#include <algorithm>
#include <utility>

#include "text/unicode.h"

namespace kalima::api::legacy {
namespace {

bool is_letter(char32_t c) { return (c >= 0x621 && c <= 0x64A) || (c >= 0x671 && c <= 0x673) || c == 0x675; }
bool is_sign(char32_t c) { return (c >= 0x64B && c <= 0x655) || c == 0x670; }
constexpr char32_t tatweel = 0x640;

// Steps in one text before failed positions are recorded.
constexpr std::size_t free_steps = 256;

}  // namespace

WordPattern::WordPattern(std::vector<Letter> letters, bool allow_prefix, bool allow_suffix)
    : letters_(std::move(letters)), allow_prefix_(allow_prefix), allow_suffix_(allow_suffix) {
  backtracking_.resize(letters_.size());
  for (std::size_t i = 0; i + 1 < letters_.size(); ++i) {
    const std::u32string& next = letters_[i + 1].letter;
    backtracking_[i].signs = !next.empty() && is_sign(next.front());
    backtracking_[i].tatweels = next.empty() || next.front() == tatweel;
  }
  for (const Letter& l : letters_) {
    min_length_ += std::max<std::size_t>(l.letter.size(), 1) + l.signs.size();
    for (const std::u32string* part : {&l.letter, &l.signs}) {
      for (const char32_t c : *part) {
        required_ |= std::uint64_t{1} << (c % 64);
        spans_words_ = spans_words_ || text::is_space(c);
      }
    }
  }
}

bool WordPattern::known_to_fail(std::size_t letter, std::size_t at) {
  if (steps_ < free_steps) return false;
  const std::size_t places = letters_.size() * (text_.size() + 1);
  if (failed_.size() < places) failed_.resize(places);
  return failed_[letter * (text_.size() + 1) + at] == round_;
}

void WordPattern::remember_failure(std::size_t letter, std::size_t at) {
  if (steps_ >= free_steps && !failed_.empty()) failed_[letter * (text_.size() + 1) + at] = round_;
}

// The end of the match of letters_[letter..] at `at`.
std::size_t WordPattern::match(std::size_t letter, std::size_t at) {
  if (letter == letters_.size()) {
    return allow_suffix_ || at == text_.size() || text::is_space(text_[at]) ? at : no_match;
  }
  ++steps_;
  if (known_to_fail(letter, at)) return no_match;
  const Letter& l = letters_[letter];
  std::size_t end = at;
  bool fits = false;
  if (l.letter.empty()) {
    fits = at < text_.size() && is_letter(text_[at]);
    end = at + 1;
  } else {
    fits = text_.substr(at).starts_with(l.letter);
    end = at + l.letter.size();
  }
  if (fits && text_.substr(end).starts_with(l.signs)) {
    end += l.signs.size();
    std::size_t signs_end = end;
    while (signs_end < text_.size() && is_sign(text_[signs_end])) ++signs_end;
    for (;; --signs_end) {
      std::size_t next = signs_end;
      while (next < text_.size() && text_[next] == tatweel) ++next;
      for (;; --next) {
        const std::size_t found = match(letter + 1, next);
        if (found != no_match) return found;
        if (next == signs_end || !backtracking_[letter].tatweels) break;
      }
      if (signs_end == end || !backtracking_[letter].signs) break;
    }
  }
  remember_failure(letter, at);
  return no_match;
}

std::size_t WordPattern::count(std::u32string_view text) {
  if (letters_.empty() || text.size() < min_length_) return 0;
  text_ = text;
  steps_ = 0;
  if (++round_ == 0) {
    std::fill(failed_.begin(), failed_.end(), 0u);
    round_ = 1;
  }
  std::size_t matches = 0;
  for (std::size_t at = 0; at + min_length_ <= text.size();) {
    const bool may_start = allow_prefix_ || at == 0 || text::is_space(text[at - 1]);
    const std::size_t end = may_start ? match(0, at) : no_match;
    if (end == no_match) {
      ++at;
    } else {
      ++matches;
      at = end;
    }
  }
  return matches;
}

}  // namespace kalima::api::legacy
