#include "text/letters.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <utility>

#include "support/error.h"

namespace kalima::text {
namespace {

constexpr char32_t tatweel = 0x640;

std::u32string normalized(const icu::Normalizer2* how, UErrorCode status, std::u32string_view text) {
  const auto size = static_cast<int32_t>(std::min<std::size_t>(text.size(), 0x3FFFFFFF));
  const auto from = icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(text.data()), size);
  const icu::UnicodeString to = U_SUCCESS(status) ? how->normalize(from, status) : from;
  if (U_FAILURE(status)) throw Error(ErrorCode::internal, "the normalization data of ICU cannot be read");
  std::u32string out;
  out.reserve(static_cast<std::size_t>(to.length()));
  for (int32_t i = 0; i < to.length(); i = to.moveIndex32(i, 1))
    out.push_back(static_cast<char32_t>(to.char32At(i)));
  return out;
}

// clang-format off
// The sign that a combining code point is; 0 if that sign is ignored.
constexpr std::uint16_t sign_of(char32_t c) {
  switch (c) {
    case 0x64B: return fathatan;
    case 0x64C: return dammatan;
    case 0x64D: return kasratan;
    case 0x64E: return fatha;
    case 0x64F: return damma;
    case 0x650: return kasra;
    case 0x651: return shadda;
    case 0x652: return sukun;
    case 0x653: return maddah;
    case 0x654: return hamza_above;
    case 0x655: return hamza_below;
    case 0x670: return dagger_alif;
    case 0x6DC:
    case 0x6E3: return read_as_seen;
    case 0x6DF: return not_read;
    default: return 0;
  }
}

// Precomposed letters of the Arabic block: their canonical decompositions.
constexpr Letter composed(char32_t c) {
  switch (c) {
    case 0x622: return {0x627, maddah};
    case 0x623: return {0x627, hamza_above};
    case 0x624: return {0x648, hamza_above};
    case 0x625: return {0x627, hamza_below};
    case 0x626: return {0x64A, hamza_above};
    case 0x6C0: return {0x6D5, hamza_above};
    case 0x6C2: return {0x6C1, hamza_above};
    case 0x6D3: return {0x6D2, hamza_above};
    default: return {c};
  }
}

// clang-format on
constexpr bool in_arabic_block(char32_t c) { return c >= 0x600 && c <= 0x6FF; }

// Code points on or between letters that do not change which letters they are.
bool is_ignored(char32_t c) {
  if (c >= 0x20 && c < 0x7F) return false;
  if (in_arabic_block(c)) {
    return (c >= 0x610 && c <= 0x61A) || c == 0x61C || (c >= 0x656 && c <= 0x65F) ||
           (c >= 0x6D6 && c <= 0x6E4) || (c >= 0x6E9 && c <= 0x6ED) || c <= 0x605;
  }
  const auto type = u_charType(static_cast<UChar32>(c));
  return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR;
}

// Puts letters together from their code points, in any order of the signs.
class Reader {
 public:
  explicit Reader(std::size_t size) { out_.reserve(size); }

  void base(Letter letter) {
    finish();
    open_ = letter;
    is_open_ = true;
  }
  void sign(std::uint16_t sign, std::uint32_t at) {
    need_letter(at);
    open_.signs = static_cast<std::uint16_t>(open_.signs | sign);
  }
  // A small yeh or noon that combines: over a tatweel it takes the other signs of the tatweel.
  void small(char32_t letter, std::uint32_t at) {
    need_letter(at);
    small_ = letter;
    small_at_ = at;
  }
  Letters finished() {
    finish();
    return std::move(out_);
  }

 private:
  void need_letter(std::uint32_t at) {
    if (!is_open_) base({tatweel, 0, false, at});
  }

  void finish() {
    if (!is_open_) return;
    is_open_ = false;
    const char32_t small = std::exchange(small_, 0);
    if (open_.base == 0x621) open_.signs &= static_cast<std::uint16_t>(~hamza_signs);
    if (open_.base != tatweel) {
      out_.push_back(open_);
    } else if (open_.has(hamza_signs)) {
      out_.push_back({0x621, static_cast<std::uint16_t>(open_.signs & ~hamza_signs), false, open_.begin});
    } else if (small != 0) {
      out_.push_back({small, open_.signs, true, open_.begin});
      return;
    } else if (!out_.empty()) {
      // A tatweel without a letter; its signs belong to the letter before.
      out_.back().signs |= open_.signs;
    }
    if (small != 0) out_.push_back({small, 0, true, small_at_});
  }

  Letters out_;
  Letter open_{tatweel};
  bool is_open_ = false;
  char32_t small_ = 0;
  std::uint32_t small_at_ = 0;
};

}  // namespace

std::u32string decomposed(std::u32string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* how = icu::Normalizer2::getNFDInstance(status);
  return normalized(how, status, text);
}

std::u32string compatibly_decomposed(std::u32string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* how = icu::Normalizer2::getNFKDInstance(status);
  return normalized(how, status, text);
}

Letters letters(std::u32string_view word) {
  // The table above is complete for the Arabic block; other scripts have more.
  const bool known =
      std::all_of(word.begin(), word.end(), [](char32_t c) { return c < 0x80 || in_arabic_block(c); });
  std::u32string copy;
  if (!known) word = copy = decomposed(word);
  Reader reader(word.size());
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char32_t c = word[i];
    const auto at = static_cast<std::uint32_t>(i);
    if (const std::uint16_t sign = sign_of(c); sign != 0) {
      reader.sign(sign, at);
    } else if (c == 0x6E5) {
      reader.base({0x648, 0, true, at});
    } else if (c == 0x6E6) {
      reader.base({0x64A, 0, true, at});
    } else if (c == 0x6E7) {
      reader.small(0x64A, at);
    } else if (c == 0x6E8) {
      reader.small(0x646, at);
    } else if (!is_ignored(c)) {
      Letter letter = composed(c);
      letter.begin = at;
      reader.base(letter);
    }
  }
  return reader.finished();
}

bool is_arabic_letter(char32_t c) {
  if (in_arabic_block(c)) {
    return (c >= 0x620 && c <= 0x64A && c != tatweel) || c == 0x66E || c == 0x66F ||
           (c >= 0x671 && c <= 0x6D3) || c == 0x6D5 || c == 0x6EE || c == 0x6EF ||
           (c >= 0x6FA && c <= 0x6FC) || c == 0x6FF;
  }
  if (c < 0x700) return false;
  const auto code = static_cast<UChar32>(c);
  UErrorCode status = U_ZERO_ERROR;
  return u_isalpha(code) && uscript_getScript(code, &status) == USCRIPT_ARABIC && U_SUCCESS(status);
}

bool is_punctuation(char32_t c) { return u_ispunct(static_cast<UChar32>(c)) != 0; }

}  // namespace kalima::text
