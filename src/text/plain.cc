#include "text/plain.h"

#include <unicode/uchar.h>

#include "support/utf8.h"

namespace kalima::text {

bool is_combining(char32_t c) { return u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK; }

std::string plain(std::string_view utf8) {
  constexpr char32_t alif = U'\u0627', alif_wasla = U'\u0671', tatweel = U'\u0640';
  std::string out;
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = utf8::decode(utf8, at);
    if (c == tatweel || is_combining(c)) continue;
    utf8::append(out, c == alif_wasla ? alif : c);
  }
  return out;
}

std::u32string written_letters(std::string_view plain) {
  constexpr char32_t small_waw = U'\u06E5', small_ya = U'\u06E6';
  std::u32string out = utf8::to_code_points(plain);
  std::erase_if(out, [](char32_t c) { return c == small_waw || c == small_ya; });
  return out;
}

}  // namespace kalima::text
