#include "text/skeleton.h"

#include "support/utf8.h"

namespace kalima::text {
namespace {

// A namespace of its own: other files of this folder have some of these names too.
namespace code {
constexpr char32_t hamza = 0x0621, alif_madda = 0x0622, alif_hamza = 0x0623, waw_hamza = 0x0624,
                   alif_hamza_below = 0x0625, ya_hamza = 0x0626, alif = 0x0627, ghain = 0x063A, fa = 0x0641,
                   waw = 0x0648, alif_maqsura = 0x0649, ya = 0x064A, alif_wasla = 0x0671,
                   last_letter = 0x06D3;
}  // namespace code

bool is_letter(char32_t c) {
  return (c >= code::hamza && c <= code::ghain) || (c >= code::fa && c <= code::ya) ||
         (c >= code::alif_wasla && c <= code::last_letter);
}

// The letter that replaces `c` in a skeleton; 0 if `c` is left out.
char32_t bare(char32_t c) {
  switch (c) {
    case code::hamza:
    case code::alif_madda:
    case code::alif_hamza:
    case code::alif_hamza_below:
    case code::alif:
    case code::alif_wasla:
      return 0;
    case code::waw_hamza:
      return code::waw;
    case code::ya_hamza:
    case code::alif_maqsura:
      return code::ya;
    default:
      return is_letter(c) ? c : 0;
  }
}

}  // namespace

std::string skeleton(std::string_view arabic) {
  std::string out;
  for (std::size_t at = 0; at < arabic.size();) {
    if (const char32_t c = bare(utf8::decode(arabic, at)); c != 0) utf8::append(out, c);
  }
  return out;
}

bool has_letters(std::string_view arabic) {
  for (std::size_t at = 0; at < arabic.size();) {
    if (is_letter(utf8::decode(arabic, at))) return true;
  }
  return false;
}

}  // namespace kalima::text
