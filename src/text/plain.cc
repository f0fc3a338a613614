#include "text/plain.h"

#include <unicode/uchar.h>

#include "support/utf8.h"

namespace kalima::text {

std::string plain(std::string_view utf8) {
  constexpr char32_t alif = U'\u0627', alif_wasla = U'\u0671', tatweel = U'\u0640';
  std::string out;
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = utf8::decode(utf8, at);
    if (c == tatweel || u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK) continue;
    utf8::append(out, c == alif_wasla ? alif : c);
  }
  return out;
}

}  // namespace kalima::text
