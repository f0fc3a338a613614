#include "quotations/surroundings.h"

#include <algorithm>
#include <array>
#include <vector>

#include "quotations/costs.h"
#include "support/utf8.h"
#include "text/ladder.h"
#include "text/unicode.h"

namespace kalima::quotations {
namespace {

// Those that are the same on both sides would also be around what is between two quotations.
constexpr std::u32string_view opening = U"\uFD3F{«“‹[(", closing = U"\uFD3E}»”›])";

// Words that authors write before a verse: قال تعالى, قال الله عز وجل, قوله سبحانه.
constexpr std::array announcements = {"تعالى", "وجل", "سبحانه", "قوله", "الآية"};
constexpr std::uint32_t words_before = 3;

bool is_announced(const TextWords& words, std::uint32_t first) {
  static const std::vector<Spelled> announcing = [] {
    std::vector<Spelled> out;
    for (const char* word : announcements) out.emplace_back(utf8::to_code_points(word));
    return out;
  }();
  for (std::uint32_t word = first > words_before ? first - words_before : 0; word < first; ++word) {
    const Spelled& written = words.form_of(word).spelled;
    if (!written.comparable()) continue;
    const auto is = [&](const Spelled& a) {
      return a.key == written.key && text::match(written.word, a.word);
    };
    if (std::ranges::any_of(announcing, is)) return true;
  }
  return false;
}

bool is_one_of(char32_t c, std::u32string_view of) { return of.find(c) != std::u32string_view::npos; }

}  // namespace

double bits_around(std::u32string_view text, const TextWords& words, std::uint32_t first, std::uint32_t end) {
  const auto ignored = [](char32_t c) {
    return text::is_space(c) || c == U':' || c == U'.' || c == U'\u2026';
  };
  std::size_t before = words.token(first).begin, after = words.token(end - 1).end;
  while (before > 0 && ignored(text[before - 1])) --before;
  while (after < text.size() && ignored(text[after])) ++after;
  const bool opened = before > 0 && is_one_of(text[before - 1], opening);
  const bool closed = after < text.size() && is_one_of(text[after], closing);
  double out = 0;
  if (opened && closed) out += bits_of_brackets;
  if (is_announced(words, first)) out += bits_of_announcement;
  return out;
}

}  // namespace kalima::quotations
