// The regular expression of the old API's pattern_word by plain backtracking over single characters, with
// nothing cached and nothing left out: search/word_pattern.h must agree with it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "api/legacy/search/word_pattern.h"
#include "text/unicode.h"

namespace kalima::testing {

class NaivePattern {
 public:
  NaivePattern(const std::vector<api::legacy::WordPattern::Letter>& letters, bool allow_prefix,
               bool allow_suffix)
      : allow_prefix_(allow_prefix), allow_suffix_(allow_suffix) {
    for (const auto& l : letters) {
      if (l.letter.empty()) {
        atoms_.push_back({[](char32_t c) {
                            return in(c, U"\u0671\u0672\u0673\u0675") || (c >= U'\u0621' && c <= U'\u064A');
                          },
                          false});
      }
      for (const char32_t wanted : l.letter) add_one(wanted);
      for (const char32_t wanted : l.signs) add_one(wanted);
      atoms_.push_back({[](char32_t c) {
                          return in(
                              c, U"\u064B\u064C\u064D\u064E\u064F\u0650\u0651\u0652\u0670\u0653\u0654\u0655");
                        },
                        true});
      atoms_.push_back({[](char32_t c) { return c == U'\u0640'; }, true});
    }
  }

  // How many matches re.finditer gives.
  std::size_t count(std::u32string_view text) const {
    std::size_t matches = 0;
    for (std::size_t at = 0; at < text.size();) {
      const bool starts = allow_prefix_ || at == 0 || text::is_space(text[at - 1]);
      const auto end = starts ? match(0, text, at) : std::nullopt;
      matches += end ? 1 : 0;
      at = end ? *end : at + 1;
    }
    return matches;
  }

 private:
  struct Atom {
    std::function<bool(char32_t)> takes;
    bool repeated;
  };
  static bool in(char32_t c, std::u32string_view all) { return all.find(c) != std::u32string_view::npos; }
  void add_one(char32_t wanted) {
    atoms_.push_back({[wanted](char32_t c) { return c == wanted; }, false});
  }

  std::optional<std::size_t> match(std::size_t atom, std::u32string_view text, std::size_t at) const {
    if (atom == atoms_.size()) {
      const bool ends = allow_suffix_ || at == text.size() || text::is_space(text[at]);
      return ends ? std::optional(at) : std::nullopt;
    }
    const bool fits = at < text.size() && atoms_[atom].takes(text[at]);
    if (fits) {
      // The greedy way first.
      if (const auto end = match(atoms_[atom].repeated ? atom : atom + 1, text, at + 1)) return end;
    }
    return atoms_[atom].repeated ? match(atom + 1, text, at) : std::nullopt;
  }

  std::vector<Atom> atoms_;
  bool allow_prefix_, allow_suffix_;
};

}  // namespace kalima::testing
