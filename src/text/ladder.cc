#include "text/ladder.h"

#include <algorithm>

#include "support/utf8.h"
#include "text/spelling.h"

namespace kalima::text {
namespace {

constexpr char32_t alif = 0x627, wasla = 0x671;
constexpr std::uint16_t plain_signs = vowel_signs | hamza_signs | shadda | dagger_alif;

char32_t plain_base(const Letter& l) { return l.base == wasla ? alif : l.base; }

// Compares the letters of two words pairwise, without the small ones.
template <typename Same>
bool all_same(const Letters& a, const Letters& b, Same same) {
  for (std::size_t i = 0, j = 0;; ++i, ++j) {
    while (i < a.size() && a[i].small) ++i;
    while (j < b.size() && b[j].small) ++j;
    if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
    if (!same(a[i], b[j])) return false;
  }
}

bool all_agree(const Letters& a, const Letters& b) {
  const bool either_alif = leaves_alif_out(a) || leaves_alif_out(b);
  return all_same(a, b, [&](const Letter& x, const Letter& y) {
    const auto i = static_cast<std::size_t>(&x - a.data()), j = static_cast<std::size_t>(&y - b.data());
    // The first letter of a word may follow a small one.
    const bool first = std::all_of(a.data(), &x, [](const Letter& l) { return l.small; });
    return vowels_agree(x, y, first || are_assimilated(a, i, b, j)) && (either_alif || alifs_agree(x, y));
  });
}

bool same_written(const Letter& a, const Letter& b) {
  return a.written == b.written || (a.written == a.base && b.written == b.base);
}
bool same_plain(const Letter& a, const Letter& b) {
  return plain_base(a) == plain_base(b) && (a.signs & plain_signs) == (b.signs & plain_signs);
}
bool same_letter(const Letter& a, const Letter& b) {
  return plain_base(a) == plain_base(b) && (a.signs & hamza_signs) == (b.signs & hamza_signs);
}
bool same_folded(const Letter& a, const Letter& b) { return folded_base(a) == folded_base(b); }

// The step of words that are the same after letters of other languages were replaced; nullopt if they differ.
std::optional<Step> step_of_letters(const Word& a, const Word& b) {
  if (all_same(a.letters, b.letters, same_folded)) {
    if (!all_agree(a.letters, b.letters)) {
      // What one word has as a letter, the other may have as a sign.
      return same_word(a.letters, b.letters, Vowels::agree) ? Step::modern_spelling : Step::no_vowels;
    }
    if (!all_same(a.letters, b.letters, same_letter)) return Step::folded;
    if (!all_same(a.letters, b.letters, same_plain)) return Step::partial_vowels;
    return a.written == b.written || decomposed(a.written) == decomposed(b.written) ? Step::exact
                                                                                    : Step::plain;
  }
  if (same_word(a.letters, b.letters, Vowels::agree)) return Step::modern_spelling;
  if (same_word(a.letters, b.letters, Vowels::ignored)) return Step::no_vowels;
  return std::nullopt;
}

// Signs in the order in which NFC and NFD have them.
void append_plain(const Letter& letter, std::u32string& out) {
  if (letter.written != 0) out += letter.written == wasla ? alif : letter.written;
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

Word::Word(std::u32string_view code_points) : written(code_points), letters(text::letters(code_points)) {}

Word Word::with_prefix(char32_t first, std::u32string_view rest) {
  std::u32string whole(1, first);
  return Word(whole.append(rest));
}

std::optional<Step> match(const Word& a, const Word& b, Step loosest) {
  auto step = step_of_letters(a, b);
  if (!step || *step == Step::no_vowels) return step && *step <= loosest ? step : std::nullopt;
  // What is written alike in both words does not count.
  const bool foreign = has_foreign(a.letters) || has_foreign(b.letters);
  if (foreign && !all_same(a.letters, b.letters, same_written)) step = Step::regional;
  return *step <= loosest ? step : std::nullopt;
}

std::u32string normal_form(Step step, std::u32string_view word) {
  switch (step) {
    case Step::exact:
      return decomposed(word);
    case Step::plain:
    case Step::partial_vowels:
      return form_of(letters(word), append_plain);
    case Step::folded:
      return form_of(letters(word),
                     [](const Letter& letter, std::u32string& out) { out += folded_base(letter); });
    default:
      return consonants(letters(word));
  }
}

std::string match_key(const Letters& letters) {
  std::string out;
  for (const char32_t c : consonants(letters)) utf8::append(out, c);
  return out;
}

}  // namespace kalima::text
