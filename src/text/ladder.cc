#include "text/ladder.h"

#include <algorithm>

#include "support/utf8.h"
#include "text/regional.h"
#include "text/spelling.h"

namespace kalima::text {
namespace {

constexpr char32_t alif = 0x627, wasla = 0x671;
constexpr std::uint16_t plain_signs = vowel_signs | hamza_signs | shadda | dagger_alif;

char32_t plain_base(const Letter& l) { return l.base == wasla ? alif : l.base; }

// Compares the letters of two words pairwise, without the small ones. `same` learns which pair is the first.
template <typename Same>
bool all_same(const Letters& a, const Letters& b, Same same) {
  std::size_t i = 0, j = 0;
  for (bool first = true;; ++i, ++j, first = false) {
    while (i < a.size() && a[i].small) ++i;
    while (j < b.size() && b[j].small) ++j;
    if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
    if (!same(a[i], b[j], first)) return false;
  }
}

bool same_plain(const Letter& a, const Letter& b, bool) {
  return plain_base(a) == plain_base(b) && (a.signs & plain_signs) == (b.signs & plain_signs);
}
bool same_letter(const Letter& a, const Letter& b, bool) {
  return plain_base(a) == plain_base(b) && (a.signs & hamza_signs) == (b.signs & hamza_signs);
}
// Compares vowels where both have one. A shadda may be missing only together with its vowel, or on the first
// letter, where it comes from the word before. A dagger alif is often left out next to its fatha.
bool signs_agree(const Letter& a, const Letter& b, bool first) {
  constexpr int doubled = shadda;
  const int x = a.signs & vowel_signs, y = b.signs & vowel_signs;
  const int x_shadda = a.signs & doubled, y_shadda = b.signs & doubled;
  if ((x | x_shadda) == 0 || (y | y_shadda) == 0) return true;
  return (x == 0 || y == 0 || x == y) && (first || x_shadda == y_shadda);
}
bool same_folded(const Letter& a, const Letter& b, bool) { return folded_base(a) == folded_base(b); }

// Signs in the order in which NFC and NFD have them.
void append_plain(const Letter& letter, std::u32string& out) {
  out += plain_base(letter);
  constexpr std::pair<std::uint16_t, char32_t> order[] = {
      {fathatan, 0x64B},    {dammatan, 0x64C},    {kasratan, 0x64D},   {fatha, 0x64E},
      {damma, 0x64F},       {kasra, 0x650},       {shadda, 0x651},     {sukun, 0x652},
      {dagger_alif, 0x670}, {hamza_below, 0x655}, {hamza_above, 0x654}};
  for (const auto& [sign, c] : order) {
    if (letter.has(sign)) out += c;
  }
}

template <typename Append>
std::u32string form_of(const Letters& letters, Append append) {
  std::u32string out;
  for (const Letter& letter : letters) {
    if (!letter.small) append(letter, out);
  }
  return out;
}

}  // namespace

Word::Word(std::u32string_view code_points) : written(code_points), letters(text::letters(code_points)) {
  auto replaced = standard_letters(code_points);
  is_regional = replaced.has_value();
  standard = is_regional ? std::move(*replaced) : letters;
}

Word Word::with_prefix(char32_t first, std::u32string_view rest) {
  std::u32string whole(1, first);
  return Word(whole.append(rest));
}

std::optional<Step> match(const Word& a, const Word& b, Step loosest) {
  const auto at = [&](Step step) { return step <= loosest ? std::optional(step) : std::nullopt; };
  if (all_same(a.letters, b.letters, same_folded)) {
    if (all_same(a.letters, b.letters, same_letter)) {
      if (all_same(a.letters, b.letters, same_plain)) {
        const bool exact = a.written == b.written || decomposed(a.written) == decomposed(b.written);
        return at(exact ? Step::exact : Step::plain);
      }
      return at(all_same(a.letters, b.letters, signs_agree) ? Step::partial_vowels : Step::no_vowels);
    }
    return at(Step::folded);
  }
  if (loosest < Step::modern_spelling) return std::nullopt;
  if (same_word(a.letters, b.letters)) return Step::modern_spelling;
  if (loosest < Step::regional || !(a.is_regional || b.is_regional)) return std::nullopt;
  return same_word(a.standard, b.standard) ? at(Step::regional) : std::nullopt;
}

std::u32string normal_form(Step step, std::u32string_view word) {
  switch (step) {
    case Step::exact:
      return decomposed(word);
    case Step::plain:
    case Step::partial_vowels:
      return form_of(letters(word), append_plain);
    case Step::no_vowels:
      return form_of(letters(word), [](Letter letter, std::u32string& out) {
        letter.signs &= hamza_signs;
        append_plain(letter, out);
      });
    case Step::folded:
      return form_of(letters(word),
                     [](const Letter& letter, std::u32string& out) { out += folded_base(letter); });
    case Step::modern_spelling:
      return consonants(letters(word));
    case Step::regional:
      break;
  }
  return consonants(Word(word).standard);
}

std::string match_key(const Letters& standard) {
  std::string out;
  for (const char32_t c : consonants(standard)) utf8::append(out, c);
  return out;
}

}  // namespace kalima::text
