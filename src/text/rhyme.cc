#include "text/rhyme.h"

#include <algorithm>
#include <array>
#include <vector>

#include "support/utf8.h"
#include "text/letters.h"

namespace kalima::text {
namespace {

constexpr char32_t hamza_letter = U'\u0621', alif_letter = U'\u0627', marbuta = U'\u0629', he = U'\u0647',
                   waw_letter = U'\u0648', maqsura_letter = U'\u0649', ya_letter = U'\u064A',
                   wasla_letter = U'\u0671';

// A consonant and what is heard after it.
struct Syllable {
  char32_t consonant;
  std::optional<EndVowel> vowel = {};
  bool tanwin = false, small = false;
};

std::optional<EndVowel> short_vowel(const Letter& letter) {
  if (letter.has(fatha | fathatan)) return EndVowel::a;
  if (letter.has(kasra | kasratan)) return EndVowel::i;
  if (letter.has(damma | dammatan)) return EndVowel::u;
  return std::nullopt;
}

// Whether the letter only makes the vowel before it long; then it does.
bool lengthens(const Letter& letter, std::vector<Syllable>& heard) {
  if (letter.has(hamza_signs) || letter.base == hamza_letter || heard.empty()) return false;
  std::optional<EndVowel>& before = heard.back().vowel;
  const bool silent = !short_vowel(letter) && !letter.has(shadda);
  const bool alif = letter.base == alif_letter || letter.base == wasla_letter;
  const bool weak = letter.base == waw_letter || letter.base == ya_letter || letter.base == maqsura_letter;
  if (!silent || !(alif || weak)) return false;
  if (alif || letter.base == maqsura_letter || letter.has(dagger_alif)) {
    // A long a already has its dagger alif: هُدَىٰ.
    if (before == EndVowel::a || before == EndVowel::long_a || (alif && !before)) {
      before = EndVowel::long_a;
      return true;
    }
  }
  if (letter.has(sukun)) return false;
  if (letter.base == waw_letter && before == EndVowel::u) {
    before = EndVowel::long_u;
    return true;
  }
  if ((letter.base == ya_letter || letter.base == maqsura_letter) && before == EndVowel::i) {
    before = EndVowel::long_i;
    return true;
  }
  return false;
}

std::vector<Syllable> heard_in(const Letters& word) {
  std::vector<Syllable> out;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const Letter& letter = word[i];
    if (!is_arabic_letter(letter.base) || letter.has(not_read)) continue;
    const bool last = i + 1 == word.size();
    // The length of a pronoun is not heard at a stop.
    if (last && letter.small && !out.empty() && out.back().consonant == he) continue;
    if (lengthens(letter, out)) continue;
    if (out.empty() &&
        (letter.base == wasla_letter || (letter.base == alif_letter && !letter.has(hamza_signs))) &&
        !short_vowel(letter))
      continue;
    Syllable here{letter.base, short_vowel(letter)};
    if (letter.has(hamza_signs)) here.consonant = hamza_letter;
    if (letter.base == maqsura_letter && !letter.has(hamza_signs)) here.consonant = ya_letter;
    if (letter.has(dagger_alif)) here.vowel = EndVowel::long_a;
    here.tanwin = letter.has(tanwin_signs);
    out.push_back(here);
  }
  return out;
}

void stop_after(Syllable& last) {
  if (last.consonant == marbuta) {
    last = {he};
  } else if (last.vowel == EndVowel::a && last.tanwin) {
    last.vowel = EndVowel::long_a;
  } else if (last.vowel == EndVowel::a || last.vowel == EndVowel::i || last.vowel == EndVowel::u) {
    last.vowel.reset();
  }
}

struct Name {
  char32_t letter;
  EndVowel vowel;
  char32_t last;  // 0: the name ends with its vowel
};
constexpr std::array<Name, 14> names{{{U'ا', EndVowel::i, U'ف'},
                                      {U'ل', EndVowel::long_a, U'م'},
                                      {U'م', EndVowel::long_i, U'م'},
                                      {U'ص', EndVowel::long_a, U'د'},
                                      {U'ر', EndVowel::long_a, 0},
                                      {U'ك', EndVowel::long_a, U'ف'},
                                      {U'ه', EndVowel::long_a, 0},
                                      {U'ي', EndVowel::long_a, 0},
                                      {U'ع', EndVowel::ay, U'ن'},
                                      {U'ط', EndVowel::long_a, 0},
                                      {U'س', EndVowel::long_i, U'ن'},
                                      {U'ح', EndVowel::long_a, 0},
                                      {U'ق', EndVowel::long_a, U'ف'},
                                      {U'ن', EndVowel::long_u, U'ن'}}};
constexpr std::u32string_view opening_letters[] = {U"الم", U"المص", U"الر", U"المر", U"كهيعص", U"طه", U"طسم",
                                                   U"طس",  U"يس",   U"ص",   U"حم",   U"عسق",   U"ق",  U"ن"};

// What is heard at the end of letters that are read by their names; empty if the word is another one.
std::vector<Syllable> heard_in_names(const Letters& word) {
  std::u32string bases;
  for (const Letter& letter : word) {
    if (letter.has(vowel_signs | shadda | dagger_alif | hamza_signs)) return {};
    bases += letter.base;
  }
  if (std::ranges::find(opening_letters, bases) == std::end(opening_letters)) return {};
  const auto* const name = std::ranges::find(names, bases.back(), &Name::letter);
  if (name == names.end()) return {};
  std::vector<Syllable> out{{name->letter, name->vowel}};
  if (name->last != 0) out.push_back({name->last});
  return out;
}

constexpr std::u32string_view written_vowels[] = {U"\u0640\u064E",
                                                  U"\u0640\u0650",
                                                  U"\u0640\u064F",
                                                  U"\u0627",
                                                  U"\u064A",
                                                  U"\u0648",
                                                  U"\u0640\u064E\u064A\u0652",
                                                  U"\u0640\u064E\u0648\u0652",
                                                  U"\u0640\u0652"};
std::u32string_view written_as(EndVowel vowel) { return written_vowels[static_cast<std::size_t>(vowel)]; }

std::string as_utf8(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) utf8::append(out, c);
  return out;
}

}  // namespace

std::optional<Rhyme> rhyme(std::string_view word) {
  const Letters written = letters(utf8::to_code_points(word));
  std::vector<Syllable> heard = heard_in_names(written);
  if (heard.empty()) {
    heard = heard_in(written);
    if (heard.empty()) return std::nullopt;
    stop_after(heard.back());
  }
  // هُوَ and هِىَ end with their long vowels at a stop.
  if (heard.size() > 1 && !heard.back().vowel) {
    Syllable& before = heard[heard.size() - 2];
    const bool u = heard.back().consonant == waw_letter && before.vowel == EndVowel::u;
    const bool i = heard.back().consonant == ya_letter && before.vowel == EndVowel::i;
    if (u || i) {
      before.vowel = u ? EndVowel::long_u : EndVowel::long_i;
      heard.pop_back();
    }
  }
  const Syllable& last = heard.back();
  Rhyme out;
  if (last.vowel) {
    out.vowel = last.vowel;
    out.letter = as_utf8(written_as(*last.vowel));
    out.pattern = as_utf8({&last.consonant, 1}) + out.letter;
    return out;
  }
  out.letter = as_utf8({&last.consonant, 1});
  if (heard.size() > 1) {
    const Syllable& before = heard[heard.size() - 2];
    out.vowel = before.vowel;
    if (!before.vowel && heard.size() > 2 && heard[heard.size() - 3].vowel) {
      const bool after_a = heard[heard.size() - 3].vowel == EndVowel::a;
      out.vowel = after_a && before.consonant == ya_letter    ? EndVowel::ay
                  : after_a && before.consonant == waw_letter ? EndVowel::aw
                                                              : EndVowel::none;
    }
  }
  if (out.vowel) out.pattern = as_utf8(written_as(*out.vowel));
  out.pattern += out.letter;
  return out;
}

}  // namespace kalima::text
