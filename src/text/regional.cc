#include "text/regional.h"

#include <algorithm>
#include <string>

namespace kalima::text {
namespace {

constexpr bool is_presentation_form(char32_t c) {
  return (c >= 0xFB50 && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC) || (c >= 0x675 && c <= 0x678);
}

constexpr char32_t high_hamza = 0x674;

// Unicode code charts U+0600-06FF (notes on the letters of Persian, Urdu, Kashmiri, Pashto, Uighur, Sindhi
// and Maghribi) and U+08A0-08FF (African).
// clang-format off
constexpr char32_t standard(char32_t c) {
  switch (c) {
    case 0x6A9:                // keheh
    case 0x6AA: return 0x643;  // swash kaf
    case 0x6CC:                // Farsi yeh
    case 0x6CD:                // yeh with tail
    case 0x6CE:                // yeh with small v
    case 0x6D0:                // e
    case 0x6D2: return 0x64A;  // yeh barree
    case 0x6BE:                // heh doachashmee
    case 0x6C1:                // heh goal
    case 0x6D5: return 0x647;  // ae
    case 0x6C3: return 0x629;  // teh marbuta goal
    case 0x6A1:                // dotless feh
    case 0x6A2:                // feh with dot below
    case 0x8BB: return 0x641;  // African feh
    case 0x66F:                // dotless qaf
    case 0x6A7:                // qaf with dot above
    case 0x8BC: return 0x642;  // African qaf
    case 0x6BA:                // noon ghunna
    case 0x8BD: return 0x646;  // African noon
    case 0x672:                // alef with wavy hamza above
    case 0x673: return 0x627;  // alef with wavy hamza below
    default: return c;
  }
}

// clang-format on
constexpr bool is_seat(char32_t base) {
  return base == 0x627 || base == 0x648 || base == 0x649 || base == 0x64A;
}

}  // namespace

std::optional<Letters> standard_letters(std::u32string_view word) {
  const bool any = std::any_of(word.begin(), word.end(), [](char32_t c) {
    // The precomposed ones: heh goal, ae and yeh barree with hamza above.
    return is_presentation_form(c) || standard(c) != c || c == high_hamza || c == 0x6C0 || c == 0x6C2 ||
           c == 0x6D3;
  });
  if (!any) return std::nullopt;
  std::u32string plain_forms;
  for (const char32_t c : word) {
    if (!is_presentation_form(c)) {
      plain_forms += c;
      continue;
    }
    for (const char32_t part : compatibly_decomposed(std::u32string_view(&c, 1))) {
      if (part != U' ') plain_forms += part;  // NFKD gives signs alone a space as their base
    }
  }
  Letters out;
  for (Letter letter : letters(plain_forms)) {
    if (letter.base == 0x672) letter.signs |= hamza_above;
    if (letter.base == 0x673) letter.signs |= hamza_below;
    letter.base = standard(letter.base);
    // Over a ha the hamza is a vowel that joins the word to the next one.
    if (letter.base == 0x647) letter.signs &= static_cast<std::uint16_t>(~hamza_signs);
    if (letter.base == high_hamza && !out.empty() && is_seat(out.back().base)) {
      out.back().signs |= hamza_above;
      continue;
    }
    if (letter.base == high_hamza) letter.base = 0x621;
    out.push_back(letter);
  }
  return out;
}

}  // namespace kalima::text
