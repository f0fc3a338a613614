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

constexpr char32_t tatweel = 0x640, hamza = 0x621, alif = 0x627, waw = 0x648, maqsura = 0x649, ya = 0x64A,
                   high_hamza = 0x674, wavy_alif = 0x672, new_sukun = 0x6E1, wasla = 0x671, lam = 0x644,
                   allah = 0xFDF2;
constexpr std::uint16_t hamza_or_maddah = hamza_signs | maddah;
// What makes a letter more than the seat of an alif.
constexpr std::uint16_t read_signs = vowel_signs | hamza_signs | shadda | dagger_alif;

// Made once, in the order that the compiler's guard of a static gives; race detectors do not see ICU's own.
struct Normalizer {
  explicit Normalizer(const icu::Normalizer2* (*get)(UErrorCode&)) : how(get(status)) {}
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* how;
};

std::u32string normalized(const Normalizer& normalizer, std::u32string_view text) {
  UErrorCode status = normalizer.status;
  const auto size = static_cast<int32_t>(std::min<std::size_t>(text.size(), 0x3FFFFFFF));
  const auto from = icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(text.data()), size);
  const icu::UnicodeString to = U_SUCCESS(status) ? normalizer.how->normalize(from, status) : from;
  if (U_FAILURE(status)) throw Error(ErrorCode::internal, "the normalization data of ICU cannot be read");
  std::u32string out;
  out.reserve(static_cast<std::size_t>(to.length()));
  for (int32_t i = 0; i < to.length(); i = to.moveIndex32(i, 1))
    out.push_back(static_cast<char32_t>(to.char32At(i)));
  return out;
}

constexpr bool in_arabic_block(char32_t c) { return c >= 0x600 && c <= 0x6FF; }

bool is_seat(const Letter& l) {
  return l.base == alif || l.base == wasla || l.base == waw || l.base == ya || l.base == maqsura;
}
bool is_bare_alif(const Letter& l) { return (l.base == alif || l.base == wasla) && !l.has(hamza_signs); }

// Puts letters together from their code points, in any order of the signs.
class Reader {
 public:
  // `rounded_sukun`: whether U+0652 is a sukun, and not the rounded zero.
  Reader(std::size_t size, bool rounded_sukun) : rounded_sukun_(rounded_sukun) { out_.reserve(size); }

  // A code point of any kind.
  void add(char32_t c, std::uint32_t at) {
    const CodePoint is = code_point(c);
    switch (is.kind) {
      case Kind::letter:
        if (is_presentation_form(c)) return add_presentation_form(c, at);
        if (c == wavy_alif && (is_open_ || !out_.empty())) return sign(dagger_alif, at);
        if (c == high_hamza && is_open_ && (is_seat(open_) || open_.base == tatweel))
          return sign(hamza_above, at);
        return base({is.letter, is.signs, is.small, at, is.small ? is.letter : written(c, is)});
      case Kind::vowel:
        if (c == 0x652 && !rounded_sukun_) return sign(not_read, at);
        return sign(is.signs, at);
      case Kind::sign:
        if (is.small) return small(is.letter, at);
        return is.signs == 0 ? void() : sign(is.signs, at);
      case Kind::pause:
        return is.signs == 0 ? void() : sign(is.signs, at);
      case Kind::ignorable:
        if (c == tatweel) return base({tatweel, 0, false, at});
        [[fallthrough]];
      case Kind::space:
        // It may carry the next sign.
        carrier_ = Carrier{true, at};
        return;
      case Kind::punctuation:
      case Kind::number:
        return base({c, 0, false, at, c});
      case Kind::ornament:
        return;
    }
  }

  Letters finished() {
    finish();
    join_allah();
    move_tanwin();
    move_alifs();
    return std::move(out_);
  }

 private:
  struct Carrier {
    bool is_there = false;
    std::uint32_t at = 0;
  };

  // What is written for the letter, without its hamza, so that NFC and NFD are the same.
  static char32_t written(char32_t c, const CodePoint& is) {
    switch (c) {
      case 0x6C0:
        return 0x6D5;
      case 0x6C2:
        return 0x6C1;
      case 0x6D3:
        return 0x6D2;
      default:
        return is.foreign ? c : is.letter;
    }
  }

  // Of a ligature, the first letter is written with it, the others with nothing.
  void add_presentation_form(char32_t c, std::uint32_t at) {
    char32_t form = c;
    for (const char32_t part : compatibly_decomposed(std::u32string_view(&c, 1))) {
      if (part == U' ') continue;  // NFKD gives signs alone a space as their base
      const CodePoint is = code_point(part);
      if (is.kind == Kind::letter) {
        base({is.letter, is.signs, is.small, at, std::exchange(form, 0)});
      } else {
        add(part, at);
      }
    }
  }

  void base(Letter letter) {
    finish();
    carrier_ = {};
    open_ = letter;
    is_open_ = true;
  }
  void sign(std::uint16_t sign, std::uint32_t at) {
    if (carrier_.is_there && (sign & (vowel_signs | shadda | dagger_alif | hamza_signs)) != 0) {
      base({tatweel, 0, false, carrier_.at});
    }
    need_letter(at);
    open_.signs = static_cast<std::uint16_t>(open_.signs | sign);
  }
  // A small letter that combines: over a tatweel it takes the other signs of the tatweel.
  void small(char32_t letter, std::uint32_t at) {
    need_letter(at);
    small_ = letter;
    small_at_ = at;
  }
  void need_letter(std::uint32_t at) {
    if (!is_open_) base({tatweel, 0, false, at});
  }

  void finish() {
    if (!is_open_) return;
    is_open_ = false;
    const char32_t small = std::exchange(small_, 0);
    settle(open_);
    if (open_.base == hamza) open_.signs &= static_cast<std::uint16_t>(~hamza_signs);
    if (open_.base == 0x647) open_.signs &= static_cast<std::uint16_t>(~hamza_signs);  // joins two words
    if (open_.base != tatweel) {
      append_letter();
    } else if (open_.has(hamza_signs)) {
      append({hamza, without(open_.signs, hamza_signs), false, open_.begin, hamza});
    } else if (small != 0) {
      append({small, open_.signs, true, open_.begin, small});
      return;
    } else if (!out_.empty()) {
      // A tatweel without a letter; its signs belong to the letter before.
      out_.back().signs |= open_.signs;
      settle(out_.back());
    }
    if (small != 0) append({small, 0, true, small_at_, small});
  }

  void append_letter() {
    // أٓ, and آ at the beginning: the maddah makes the alif a hamza and an alif.
    if (open_.written == alif && open_.has(maddah) && (open_.has(hamza_above) || out_.empty())) {
      const std::uint16_t vowel = open_.has(hamza_above) ? std::uint16_t{fatha} : std::uint16_t{0};
      append({hamza, vowel, false, open_.begin, hamza});
      Letter rest{alif, without(open_.signs, hamza_or_maddah), false, open_.begin, alif};
      settle(rest);
      append(rest);
    } else if (open_.has(hamza_signs) && !is_seat(open_) && is_arabic_letter(open_.base)) {
      // ٱدَّٰرَْٰٔتُمْ: the sukun is that of the hamza, and the dagger alif its seat.
      const bool two = open_.has(vowel_signs & ~sukun) && open_.has(sukun);
      const std::uint16_t own = without(open_.signs, hamza_signs | dagger_alif | (two ? sukun : 0));
      const std::uint16_t of_hamza = two ? std::uint16_t{sukun} : std::uint16_t{0};
      append({open_.base, own, open_.small, open_.begin, open_.written});
      append({hamza, of_hamza, false, open_.begin, hamza});
    } else {
      // ىٔ is ئ.
      if (open_.base == maqsura && open_.has(hamza_signs)) open_.base = open_.written = ya;
      append(open_);
    }
  }

  void append(Letter letter) { out_.push_back(letter); }

  static std::uint16_t without(std::uint16_t signs, int these) {
    return static_cast<std::uint16_t>(signs & ~these);
  }

  // When all signs of a letter are known.
  static void settle(Letter& letter) {
    read_meem(letter);
    // An alif without hamza is not a consonant.
    if (is_bare_alif(letter) && letter.has(sukun))
      letter.signs = static_cast<std::uint16_t>(without(letter.signs, sukun) | not_read);
  }

  // A short vowel with a small meem is the tanwin that is read as meem. Over a noon it is only a hint.
  static void read_meem(Letter& letter) {
    if (!letter.has(small_meem)) return;
    letter.signs = without(letter.signs, small_meem);
    if (letter.has(tanwin_signs | sukun)) return;
    constexpr std::pair<std::uint16_t, std::uint16_t> pairs[] = {
        {fatha, fathatan}, {damma, dammatan}, {kasra, kasratan}};
    for (const auto& [vowel, tanwin] : pairs) {
      if (!letter.has(vowel)) continue;
      letter.signs = static_cast<std::uint16_t>(without(letter.signs, vowel) | tanwin);
      return;
    }
  }

  // Fonts that draw ﷲ without its alif made people write اﷲ; and لﷲ is لله. It is not a ligature of these letters then.
  void join_allah() {
    std::size_t before = out_.size();  // the letter before; small ones do not count
    for (std::size_t i = 0; i < out_.size(); ++i) {
      if (out_[i].small) continue;
      if (out_[i].written == allah && before < i) {
        const std::ptrdiff_t twice = is_bare_alif(out_[before]) ? 1 : out_[before].base == lam ? 2 : 0;
        const auto at = out_.begin() + static_cast<std::ptrdiff_t>(i);
        out_.erase(at, at + twice);
        for (std::size_t k = i; twice > 0 && k < out_.size() && (k == i || out_[k].written == 0); ++k)
          out_[k].written = out_[k].base;
      }
      before = i;
    }
  }

  // كتاباً: where many write it.
  void move_tanwin() {
    const auto is_full = [](const Letter& l) { return !l.small; };
    const auto end = std::find_if(out_.rbegin(), out_.rend(), is_full);
    const auto previous = end == out_.rend() ? end : std::find_if(end + 1, out_.rend(), is_full);
    if (previous == out_.rend()) return;
    Letter &last = *end, &before = *previous;
    if (!(is_bare_alif(last) || last.base == maqsura) || !last.has(fathatan)) return;
    if (before.has(vowel_signs)) return;
    last.signs = without(last.signs, fathatan);
    before.signs = static_cast<std::uint16_t>(before.signs | fathatan);
  }

  // صَلٰوة, مُوسٰى: South Asian editions write the dagger alif over the letter before the one that it is read for.
  void move_alifs() {
    const auto full_from = [&](std::size_t at) {
      while (at < out_.size() && out_[at].small) ++at;
      return at;
    };
    for (std::size_t i = full_from(0), n = full_from(i + 1); n < out_.size(); i = n, n = full_from(n + 1)) {
      Letter &letter = out_[i], &next = out_[n];
      const bool last = full_from(n + 1) == out_.size();
      const bool seat = (next.base == waw && !last) || ((next.base == ya || next.base == maqsura) && last);
      if (!letter.has(dagger_alif) || !seat || next.has(read_signs) || is_seat(letter)) continue;
      letter.signs = without(letter.signs, dagger_alif);
      next.signs = static_cast<std::uint16_t>(next.signs | dagger_alif);
    }
  }

  Letters out_;
  Letter open_{tatweel};
  bool is_open_ = false;
  char32_t small_ = 0;
  std::uint32_t small_at_ = 0;
  Carrier carrier_;
  bool rounded_sukun_;
};

}  // namespace

std::u32string decomposed(std::u32string_view text) {
  static const Normalizer normalizer(
      [](UErrorCode& status) { return icu::Normalizer2::getNFDInstance(status); });
  return normalized(normalizer, text);
}

std::u32string compatibly_decomposed(std::u32string_view text) {
  static const Normalizer normalizer(
      [](UErrorCode& status) { return icu::Normalizer2::getNFKDInstance(status); });
  return normalized(normalizer, text);
}

Letters letters(std::u32string_view word) {
  // The table of code points has the precomposed letters of the Arabic block; other scripts have more.
  const bool known =
      std::all_of(word.begin(), word.end(), [](char32_t c) { return c < 0x80 || in_arabic_block(c); });
  std::u32string copy;
  if (!known) word = copy = decomposed(word);
  Reader reader(word.size(), word.find(new_sukun) == std::u32string_view::npos);
  for (std::size_t i = 0; i < word.size(); ++i) reader.add(word[i], static_cast<std::uint32_t>(i));
  return reader.finished();
}

bool has_foreign(const Letters& word) {
  return std::any_of(word.begin(), word.end(), [](const Letter& l) { return l.written != l.base; });
}

bool is_arabic_letter(char32_t c) {
  if (c < 0x600) return false;
  const auto code = static_cast<UChar32>(c);
  UErrorCode status = U_ZERO_ERROR;
  return code_point(c).kind == Kind::letter && !code_point(c).small && u_isalpha(code) &&
         uscript_getScript(code, &status) == USCRIPT_ARABIC && U_SUCCESS(status);
}

bool is_punctuation(char32_t c) { return u_ispunct(static_cast<UChar32>(c)) != 0; }

}  // namespace kalima::text
