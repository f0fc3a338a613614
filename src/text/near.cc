#include "text/near.h"

#include <algorithm>
#include <array>

#include "support/utf8.h"
#include "text/spelling.h"

namespace kalima::text {
namespace {

constexpr char32_t near_alif = 0x627, near_hamza = 0x621, near_waw = 0x648, near_ya = 0x64A;

// Keys of the Arabic 101 keyboard, as the fingers have them. The space is the key of لا.
constexpr std::array<std::u32string_view, 3> keys = {U"ضصثقفغعهخحجد", U"شسيبلاتنمكط", U"ئءؤر ىةوزظ"};

bool are_neighbours(char32_t a, char32_t b) {
  for (std::size_t row = 0; row < keys.size(); ++row) {
    const std::size_t at = keys[row].find(a);
    if (at == std::u32string_view::npos) continue;
    for (std::size_t other = row == 0 ? 0 : row - 1; other < std::min(row + 2, keys.size()); ++other) {
      const std::size_t to = keys[other].find(b);
      if (to != std::u32string_view::npos && (to > at ? to - at : at - to) <= 1) return true;
    }
    return false;
  }
  return false;
}

// Letters that many pronounce alike, as one of them.
constexpr char32_t sound_of(char32_t c) {
  switch (c) {
    case 0x630:  // ذ
    case 0x638:  // ظ
    case 0x636:  // ض
    case 0x62F:
      return 0x632;  // د
    case 0x635:      // ص
    case 0x62B:
      return 0x633;  // ث
    case 0x637:
      return 0x62A;  // ط
    case 0x62D:
      return 0x647;  // ح
    case 0x642:
      return 0x643;  // ق
    case 0x639:      // ع
    case 0x621:
      return 0x627;  // ء
    default:
      return c;
  }
}

bool is_silent(const Letters& word, std::size_t at) {
  const Letter& l = word[at];
  const char32_t base = folded_base(l);
  const bool weak = base == near_alif || base == near_waw || base == near_ya;
  return weak && l.has(not_read) && !(base == near_waw && at == 1) &&
         // قَالُوا۟: this alif is written today too.
         !(base == near_alif && at + 1 == word.size() && at > 0 && folded_base(word[at - 1]) == near_waw);
}

std::u32string modern_letters(const Letters& word, bool alifs) {
  std::u32string out;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const Letter& l = word[i];
    if (is_silent(word, i)) continue;
    char32_t base = folded_base(l);
    const bool seat = (base == near_waw || (base == near_ya && i + 1 < word.size())) && l.has(dagger_alif) &&
                      !l.has(vowel_signs | hamza_signs);
    // ءَا is آ.
    if (base == near_hamza && i + 1 < word.size() && folded_base(word[i + 1]) == near_alif &&
        !word[i + 1].has(hamza_signs)) {
      continue;
    }
    if (seat) base = near_alif;
    out += base;
    if (alifs && l.has(dagger_alif) && !seat && base != near_ya && base != near_alif) out += near_alif;
  }
  return out;
}

}  // namespace

std::string_view mistake_name(Mistake mistake) {
  constexpr std::array<std::string_view, 6> names = {"neighbour", "doubled", "missing",
                                                     "swapped",   "wrong",   "added"};
  return names[static_cast<std::size_t>(mistake)];
}

std::optional<Mistake> mistake_in_letters(std::u32string_view typed, std::u32string_view right) {
  if (typed.size() < min_near_letters || right.size() < min_near_letters || typed == right)
    return std::nullopt;
  const auto [t, r] = std::mismatch(typed.begin(), typed.end(), right.begin(), right.end());
  const auto begin = static_cast<std::size_t>(t - typed.begin());
  const std::u32string_view x = typed.substr(begin), y = right.substr(begin);
  if (x.size() == y.size()) {
    if (x.substr(1) == y.substr(1)) return are_neighbours(x[0], y[0]) ? Mistake::neighbour : Mistake::wrong;
    const bool swapped = x.size() > 1 && x[0] == y[1] && x[1] == y[0] && x.substr(2) == y.substr(2);
    return swapped ? std::optional(Mistake::swapped) : std::nullopt;
  }
  if (x.size() == y.size() + 1 && x.substr(1) == y) {
    const bool twice = begin > 0 && typed[begin - 1] == x[0];
    return twice ? Mistake::doubled : Mistake::added;
  }
  if (x.size() + 1 == y.size() && x == y.substr(1)) return Mistake::missing;
  return std::nullopt;
}

std::u32string sound_of_letters(std::u32string_view form) {
  std::u32string out(form);
  std::transform(out.begin(), out.end(), out.begin(), sound_of);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

NearForm::NearForm(const Letters& word)
    : with_alifs(modern_letters(word, true)),
      without_alifs(modern_letters(word, false)),
      sound(sound_of_letters(with_alifs)) {}

std::optional<Mistake> mistake(const NearForm& typed, const NearForm& in_text) {
  if (typed.with_alifs == in_text.with_alifs || typed.with_alifs == in_text.without_alifs)
    return std::nullopt;
  const auto one = mistake_in_letters(typed.with_alifs, in_text.with_alifs);
  const auto two = mistake_in_letters(typed.with_alifs, in_text.without_alifs);
  if (!one || !two) return one ? one : two;
  return std::min(*one, *two);
}

std::string sound_key(const NearForm& word) {
  std::string out;
  if (word.sound.size() < min_near_letters) return out;
  for (const char32_t c : word.sound) utf8::append(out, c);
  return out;
}

}  // namespace kalima::text
