#include "corpus/surah_names.h"

#include <algorithm>

#include "support/utf8.h"
#include "text/letters.h"
#include "text/unicode.h"

namespace kalima::corpus {

std::string surah_key(std::string_view name) {
  std::string key;
  for (const char32_t c : text::decomposed(utf8::to_code_points(text::lower(name)))) {
    const bool latin = (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9') || c == U'-' || c == U' ';
    if (latin || text::is_arabic_letter(c)) utf8::append(key, c);
  }
  // What is before the first hyphen, if it is as long as an article and begins with its letter.
  const std::size_t hyphen = key.find('-');
  if (key.starts_with('a') && hyphen != std::string::npos && hyphen <= 3) key.erase(0, hyphen);
  constexpr std::string_view article = "\u0627\u0644";
  if (key.starts_with(article)) key.erase(0, article.size());
  std::erase_if(key, [](char c) { return c == '-' || c == ' '; });
  return key;
}

}  // namespace kalima::corpus
