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
    // Greetings and wishes.
    "السلام عليكم ورحمة الله وبركاته",
    "سلام الله عليكم ورحمة الله وبركاته",
    "وعليكم السلام ورحمة الله وبركاته",
    "رحمة الله عليه",
    "رحمه الله",
    "بارك الله فيكم وعليكم",
    "على بركة الله",
    "في أمان الله",
    // After the names of God and of people.
    "الله سبحانه وتعالى",
    "الله تبارك وتعالى",
    "الله عز وجل",
    "صلى الله عليه وسلم",
    "صلى الله عليه وعلى آله وصحبه وسلم",
    "عليه الصلاة والسلام",
    "عليهم السلام",
    "رضي الله عنه",
    "رضي الله عنها",
    "رضي الله عنهم ورضوا عنه",
    // At the beginning and the end of what is written.
    "بسم الله والصلاة والسلام على رسول الله",
    "الحمد لله وحده",
    "الحمد لله على كل حال",
    "الحمد لله والصلاة والسلام على رسول الله",
    "كما صليت على إبراهيم وعلى آل إبراهيم إنك حميد مجيد",
    "والحمد لله رب العالمين",
    "أما بعد",
    // Praise and prayer.
    "الله أكبر",
    "لا حول ولا قوة إلا بالله",
    "أشهد أن لا إله إلا الله وحده لا شريك له",
    "لا إله إلا الله محمد رسول الله",
    "سبحان الله والحمد لله ولا إله إلا الله والله أكبر",
    "سبحان الله وبحمده",
    "سبحان الله العظيم",
    "سبحان ربي العظيم",
    "أستغفر الله العظيم",
    "توكلت على الله",
    "توكلنا على الله",
    // What else is said every day.
    "من عند الله",
    "من فضل الله",
    "بفضل الله ورحمته",
    "إلى الله ورسوله",
    "الله ورسوله أعلم",
    "كتاب الله وسنة رسوله",
    "والله يعلم",
    "يعلم الله",
    "إن الله يحب",
    "يوم القيامة",
    "السماوات والأرض",
    "الليل والنهار",
    "الدنيا والآخرة",
    "كل شيء",
    "من قبل ومن بعد",
};

// A word of fewer bits beside a set phrase adds nothing to it: من عند الله، وإن.
constexpr double bits_of_common_word = 9;

}  // namespace

Formulas::Formulas() {
  for (const char* formula : table) {
    auto& keys = formulas_.emplace_back();
    for (const text::Token& token : text::tokens(utf8::to_code_points(formula)))
      keys.push_back(text::match_key(text::letters(token.word)));
  }
}

bool Formulas::is_part(const TextWords& text, std::uint32_t first, std::uint32_t end) const {
  std::vector<std::string_view> keys;
  for (std::uint32_t word = first; word < end; ++word) keys.push_back(text.form_of(word).spelled.key);
  const auto in_table = [&] {
    return std::ranges::any_of(formulas_, [&](const std::vector<std::string>& formula) {
      return std::search(formula.begin(), formula.end(), keys.begin(), keys.end()) != formula.end();
    });
  };
  if (in_table()) return true;
  // With و or ف before it.
  constexpr std::size_t letter = 2;  // bytes
  if (keys.front().size() <= letter || !(keys.front().starts_with("و") || keys.front().starts_with("ف")))
    return false;
  keys.front().remove_prefix(letter);
  return in_table();
}

bool Formulas::has(const TextWords& text, std::uint32_t first, std::uint32_t end) const {
  if (is_part(text, first, end)) return true;
  if (end - first < 3) return false;
  const auto is_common = [&](std::uint32_t word) { return text.form_of(word).bits < bits_of_common_word; };
  return (is_common(first) && is_part(text, first + 1, end)) ||
         (is_common(end - 1) && is_part(text, first, end - 1));
}

}  // namespace kalima::quotations
