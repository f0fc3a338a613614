#include "quotations/formulas.h"

#include <algorithm>

#include "support/utf8.h"
#include "text/ladder.h"
#include "text/tokens.h"

namespace kalima::quotations {
namespace {

constexpr const char* table[] = {
    "بسم الله الرحمن الرحيم",
    "الحمد لله رب العالمين",
    "لا إله إلا الله",
    "لا إله إلا هو",
    "إن شاء الله",
    "ما شاء الله",
    "ما شاء الله لا قوة إلا بالله",
    "سبحان الله",
    "سبحان الله رب العالمين",
    "سبحانه وتعالى",
    "أعوذ بالله من الشيطان الرجيم",
    "إنا لله وإنا إليه راجعون",
    "حسبنا الله ونعم الوكيل",
    "والله أعلم",
    "رب العالمين",
    "بإذن الله",
    "في سبيل الله",
    "رسول الله",
    "محمد رسول الله",
};

}  // namespace

Formulas::Formulas() {
  for (const char* formula : table) {
    auto& keys = formulas_.emplace_back();
    for (const text::Token& token : text::tokens(utf8::to_code_points(formula)))
      keys.push_back(text::match_key(text::letters(token.word)));
  }
}

bool Formulas::has(const TextWords& text, std::uint32_t first, std::uint32_t end) const {
  std::vector<std::string> keys;
  for (std::uint32_t word = first; word < end; ++word) keys.push_back(text.form_of(word).spelled.key);
  return std::ranges::any_of(formulas_, [&](const std::vector<std::string>& formula) {
    return std::search(formula.begin(), formula.end(), keys.begin(), keys.end()) != formula.end();
  });
}

}  // namespace kalima::quotations
