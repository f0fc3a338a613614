#include "text/skeleton.h"

#include "support/utf8.h"

namespace kalima::text {
namespace {

constexpr char32_t hamza = 0x0621, alif_madda = 0x0622, alif_hamza = 0x0623, waw_hamza = 0x0624,
                   alif_hamza_below = 0x0625, ya_hamza = 0x0626, alif = 0x0627, ghain = 0x063A, fa = 0x0641,
                   waw = 0x0648, alif_maqsura = 0x0649, ya = 0x064A, alif_wasla = 0x0671,
                   last_letter = 0x06D3;

bool is_letter(char32_t c) {
  return (c >= hamza && c <= ghain) || (c >= fa && c <= ya) || (c >= alif_wasla && c <= last_letter);
}

// The letter that replaces `c` in a skeleton; 0 if `c` is left out.
char32_t bare(char32_t c) {
  switch (c) {
    case hamza:
    case alif_madda:
    case alif_hamza:
    case alif_hamza_below:
    case alif:
    case alif_wasla:
      return 0;
    case waw_hamza:
      return waw;
    case ya_hamza:
    case alif_maqsura:
      return ya;
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
