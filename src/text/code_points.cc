#include "text/code_points.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "text/unicode.h"

namespace kalima::text {
namespace {

struct Row {
  char32_t first, last;
  CodePoint is;  // letter 0 with kind letter: the code point itself
};

constexpr CodePoint letter{Kind::letter}, sign{Kind::sign}, pause{Kind::pause}, number{Kind::number},
    ornament{Kind::ornament}, punctuation{Kind::punctuation}, ignorable{Kind::ignorable};
constexpr CodePoint seat(char32_t base, std::uint16_t signs) { return {Kind::letter, base, signs}; }
constexpr CodePoint other(char32_t base, std::uint16_t signs = 0) {
  return {Kind::letter, base, signs, true};
}
constexpr CodePoint vowel(int signs) { return {Kind::vowel, 0, static_cast<std::uint16_t>(signs)}; }
constexpr CodePoint marked(std::uint16_t signs) { return {Kind::sign, 0, signs}; }
constexpr CodePoint small_letter(char32_t base) { return {Kind::letter, base, 0, false, true}; }
constexpr CodePoint small_sign(char32_t base) { return {Kind::sign, base, 0, false, true}; }

// clang-format off
constexpr Row rows[] = {
  {0x00AD, 0x00AD, ignorable},                // soft hyphen
  {0x034F, 0x034F, ignorable},                // grapheme joiner
  {0x0600, 0x0605, ornament},                 // number signs
  {0x0606, 0x060F, punctuation},
  {0x0610, 0x0614, sign},                     // honorifics
  {0x0615, 0x0615, pause},                    // small high tah
  {0x0616, 0x0616, sign},
  {0x0617, 0x0617, pause},                    // small high zain
  {0x0618, 0x061A, sign},                     // small vowels
  {0x061B, 0x061B, punctuation},
  {0x061C, 0x061C, ignorable},                // Arabic letter mark
  {0x061D, 0x061F, punctuation},
  {0x0620, 0x0620, other(0x64A)},             // Kashmiri yeh
  {0x0621, 0x0621, letter},
  {0x0622, 0x0622, seat(0x627, maddah)},
  {0x0623, 0x0623, seat(0x627, hamza_above)},
  {0x0624, 0x0624, seat(0x648, hamza_above)},
  {0x0625, 0x0625, seat(0x627, hamza_below)},
  {0x0626, 0x0626, seat(0x64A, hamza_above)},
  {0x0627, 0x063A, letter},
  {0x063B, 0x063C, other(0x643)},             // keheh with dots
  {0x063D, 0x063F, other(0x64A)},             // Farsi yeh with signs
  {0x0640, 0x0640, ignorable},                // tatweel
  {0x0641, 0x064A, letter},
  {0x064B, 0x064B, vowel(fathatan)},
  {0x064C, 0x064C, vowel(dammatan)},
  {0x064D, 0x064D, vowel(kasratan)},
  {0x064E, 0x064E, vowel(fatha)},
  {0x064F, 0x064F, vowel(damma)},
  {0x0650, 0x0650, vowel(kasra)},
  {0x0651, 0x0651, vowel(shadda)},
  {0x0652, 0x0652, vowel(sukun)},
  {0x0653, 0x0653, marked(maddah)},
  {0x0654, 0x0654, marked(hamza_above)},
  {0x0655, 0x0655, marked(hamza_below)},
  {0x0656, 0x0656, vowel(kasra | kasratan)},  // IndoPak; King Fahd Complex
  {0x0657, 0x0657, vowel(damma | fathatan)},  // IndoPak; King Fahd Complex
  {0x0658, 0x065C, sign},
  {0x065D, 0x065D, vowel(damma)},             // reversed damma
  {0x065E, 0x065E, vowel(dammatan)},          // King Fahd Complex
  {0x065F, 0x065F, marked(hamza_below)},      // wavy hamza below
  {0x0660, 0x0669, number},
  {0x066A, 0x066D, punctuation},
  {0x066E, 0x066E, other(0x628)},             // dotless beh
  {0x066F, 0x066F, other(0x642)},             // dotless qaf
  {0x0670, 0x0670, vowel(dagger_alif)},
  {0x0671, 0x0671, letter},
  {0x0672, 0x0672, other(0x627, hamza_above)},  // inside a word: the dagger alif, see letters.cc
  {0x0673, 0x0673, other(0x627, hamza_below)},
  {0x0674, 0x0674, other(0x621)},             // high hamza: over a seat before it, see letters.cc
  {0x0675, 0x0675, other(0x627, hamza_above)},
  {0x0676, 0x0677, other(0x648, hamza_above)},
  {0x0678, 0x0678, other(0x64A, hamza_above)},
  {0x0679, 0x06A0, letter},
  {0x06A1, 0x06A2, other(0x641)},             // feh without dot and with dot below
  {0x06A3, 0x06A6, letter},
  {0x06A7, 0x06A7, other(0x642)},             // qaf with dot above
  {0x06A8, 0x06A8, letter},
  {0x06A9, 0x06AA, other(0x643)},             // keheh, swash kaf
  {0x06AB, 0x06B9, letter},
  {0x06BA, 0x06BA, other(0x646)},             // noon ghunna
  {0x06BB, 0x06BD, letter},
  {0x06BE, 0x06BE, other(0x647)},             // heh doachashmee
  {0x06BF, 0x06BF, letter},
  {0x06C0, 0x06C2, other(0x647)},             // over a ha the hamza joins the word to the next one
  {0x06C3, 0x06C3, other(0x629)},
  {0x06C4, 0x06CB, letter},
  {0x06CC, 0x06CE, other(0x64A)},             // Farsi yeh, yeh with tail, yeh with small v
  {0x06CF, 0x06CF, letter},
  {0x06D0, 0x06D0, other(0x64A)},             // e
  {0x06D1, 0x06D1, letter},
  {0x06D2, 0x06D2, other(0x64A)},             // yeh barree
  {0x06D3, 0x06D3, other(0x64A, hamza_above)},
  {0x06D4, 0x06D4, punctuation},
  {0x06D5, 0x06D5, other(0x647)},             // ae
  {0x06D6, 0x06DB, pause},
  {0x06DC, 0x06DC, {Kind::pause, 0, read_as_seen}},
  {0x06DD, 0x06DE, ornament},
  {0x06DF, 0x06DF, marked(not_read)},
  {0x06E0, 0x06E0, sign},
  {0x06E1, 0x06E1, vowel(sukun)},             // King Fahd Complex, IndoPak
  {0x06E2, 0x06E2, marked(small_meem)},
  {0x06E3, 0x06E3, marked(read_as_seen)},
  {0x06E4, 0x06E4, marked(maddah)},
  {0x06E5, 0x06E5, small_letter(0x648)},
  {0x06E6, 0x06E6, small_letter(0x64A)},
  {0x06E7, 0x06E7, small_sign(0x64A)},
  {0x06E8, 0x06E8, small_sign(0x646)},
  {0x06E9, 0x06E9, ornament},
  {0x06EA, 0x06EC, sign},
  {0x06ED, 0x06ED, marked(small_meem)},
  {0x06EE, 0x06EF, letter},
  {0x06F0, 0x06F9, number},
  {0x06FA, 0x06FC, letter},
  {0x06FD, 0x06FE, ornament},
  {0x06FF, 0x06FF, letter},
  {0x0750, 0x077F, letter},
  {0x0870, 0x0882, other(0x671)},             // alef with attached signs: the joining alif of Maghribi editions
  {0x0883, 0x0887, ignorable},                // tatweels with signs
  {0x0888, 0x0888, punctuation},
  {0x0889, 0x088E, letter},
  {0x0890, 0x0891, ornament},
  {0x0897, 0x089F, sign},
  {0x08A0, 0x08BA, letter},
  {0x08BB, 0x08BB, other(0x641)},             // African feh
  {0x08BC, 0x08BC, other(0x642)},             // African qaf
  {0x08BD, 0x08BD, other(0x646)},             // African noon
  {0x08BE, 0x08C9, letter},
  {0x08CA, 0x08CA, small_sign(0x64A)},        // small high Farsi yeh
  {0x08CB, 0x08D2, sign},
  {0x08D3, 0x08D3, small_sign(0x648)},        // small low waw
  {0x08D4, 0x08E1, pause},
  {0x08E2, 0x08E2, ornament},
  {0x08E3, 0x08E3, vowel(damma)},
  {0x08E4, 0x08E4, vowel(fatha)},             // curly
  {0x08E5, 0x08E5, vowel(damma)},
  {0x08E6, 0x08E6, vowel(kasra)},
  {0x08E7, 0x08E7, vowel(fathatan)},
  {0x08E8, 0x08E8, vowel(dammatan)},
  {0x08E9, 0x08E9, vowel(kasratan)},
  {0x08EA, 0x08EF, sign},
  {0x08F0, 0x08F0, vowel(fathatan)},          // open
  {0x08F1, 0x08F1, vowel(dammatan)},
  {0x08F2, 0x08F2, vowel(kasratan)},
  {0x08F3, 0x08F3, small_sign(0x648)},        // small high waw
  {0x08F4, 0x08F5, vowel(fatha)},
  {0x08F6, 0x08F6, vowel(kasra)},
  {0x08F7, 0x08FD, sign},
  {0x08FE, 0x08FE, vowel(damma)},
  {0x08FF, 0x08FF, sign},
  {0x200B, 0x200F, ignorable},                // zero width space and joiners, marks of direction
  {0x202A, 0x202E, ignorable},
  {0x2060, 0x206F, ignorable},
  {0x25CC, 0x25CC, ignorable},                // U+25CC carries a mark
  {0xFBB2, 0xFBC2, sign},                     // dots of letters
  {0xFBC3, 0xFBD2, ornament},                 // honorific phrases
  {0xFD3E, 0xFD3F, punctuation},              // brackets of ayah numbers
  {0xFD40, 0xFD4F, ornament},                 // honorific phrases
  {0xFD90, 0xFD91, ornament},
  {0xFDC8, 0xFDCF, ornament},
  {0xFDFA, 0xFDFF, ornament},                 // ﷺ ﷻ, the sign of a currency, ﷽
  {0xFEFF, 0xFEFF, ignorable},
};
// clang-format on

constexpr bool in_order() {
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    if (rows[i].first > rows[i].last || (i > 0 && rows[i - 1].last >= rows[i].first)) return false;
  }
  return true;
}
static_assert(in_order());

constexpr CodePoint from(const Row& row, char32_t c) {
  CodePoint out = row.is;
  if (out.kind == Kind::letter && out.letter == 0) out.letter = c;
  return out;
}

// The Arabic block, where nearly all of a text is, by code point.
constexpr char32_t block_begin = 0x600, block_end = 0x700;
constexpr auto block = [] {
  std::array<CodePoint, block_end - block_begin> out{};
  for (const Row& row : rows) {
    for (char32_t c = row.first; c <= row.last; ++c) {
      if (c >= block_begin && c < block_end) out[c - block_begin] = from(row, c);
    }
  }
  return out;
}();

// Other scripts, by what Unicode says of them.
CodePoint by_category(char32_t c) {
  if (is_space(c)) return {Kind::space};
  const auto code = static_cast<UChar32>(c);
  const std::uint32_t category = U_MASK(u_charType(code));
  if ((category & U_GC_N_MASK) != 0) return number;
  if ((category & (U_GC_P_MASK | U_GC_S_MASK)) != 0) return punctuation;
  if ((category & (U_GC_MN_MASK | U_GC_ME_MASK)) != 0) return sign;
  if ((category & (U_GC_CF_MASK | U_GC_CC_MASK)) != 0) return ignorable;
  return {Kind::letter, c};
}

}  // namespace

CodePoint code_point(char32_t c) {
  if (c >= block_begin && c < block_end) return block[c - block_begin];
  if (c >= 0x80) {
    const auto* row = std::upper_bound(std::begin(rows), std::end(rows), c,
                                       [](char32_t code, const Row& r) { return code < r.first; });
    if (row != std::begin(rows) && c <= std::prev(row)->last) return from(*std::prev(row), c);
  }
  return by_category(c);
}

}  // namespace kalima::text
