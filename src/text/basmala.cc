#include "text/basmala.h"

#include <array>
#include <span>
#include <vector>

#include "text/ladder.h"
#include "text/tokens.h"

namespace kalima::text {
namespace {

constexpr std::size_t formula_size = 4;

bool begins_with_formula(std::span<const Token> words) {
  static const std::array<Word, formula_size> formula = {Word(U"بسم"), Word(U"الله"), Word(U"الرحمن"),
                                                         Word(U"الرحيم")};
  if (words.size() < formula_size) return false;
  for (std::size_t i = 0; i < formula_size; ++i) {
    if (words[i].word.size() > longest_word || !match(Word(words[i].word), formula[i])) return false;
  }
  return true;
}

}  // namespace

std::size_t basmala_end(std::u32string_view text) {
  const std::vector<Token> words = tokens(text);
  return words.size() > formula_size && begins_with_formula(words) ? words[formula_size].begin : 0;
}

bool has_basmala(std::u32string_view text) {
  const std::vector<Token> words = tokens(text);
  for (std::size_t i = 0; i + formula_size <= words.size(); ++i) {
    if (begins_with_formula(std::span(words).subspan(i))) return true;
  }
  return false;
}

bool is_basmala(std::u32string_view text) {
  const std::vector<Token> words = tokens(text);
  return words.size() == formula_size && begins_with_formula(words);
}

}  // namespace kalima::text
