#include "text/sounds.h"

#include <algorithm>
#include <string_view>

namespace kalima::text {
namespace {

constexpr char32_t hamza = 0x621, ta_marbuta = 0x629, bare_alif = 0x627, ayn = 0x639, waw = 0x648,
                   maqsura = 0x649, yeh = 0x64A, alif_wasla = 0x671;

// The names of the letters that begin surahs.
struct LetterName {
  char32_t letter;
  std::u32string_view name;
};
constexpr LetterName letter_names[] = {
    {U'ا', U"أَلِف"}, {U'ل', U"لَام"}, {U'م', U"مِيم"}, {U'ص', U"صَاد"}, {U'ر', U"رَا"},
    {U'ك', U"كَاف"}, {U'ه', U"هَا"},  {U'ي', U"يَا"},  {U'ى', U"يَا"},  {U'ع', U"عَيْن"},
    {U'ط', U"طَا"},  {U'س', U"سِين"}, {U'ح', U"حَا"},  {U'ق', U"قَاف"}, {U'ن', U"نُون"},
};

std::uint8_t vowels_of(const Letter& letter) {
  std::uint8_t out = 0;
  if (letter.has(fatha | fathatan)) out |= vowel_a;
  if (letter.has(kasra | kasratan)) out |= vowel_i;
  if (letter.has(damma | dammatan)) out |= vowel_u;
  return out;
}

class Reader {
 public:
  explicit Reader(const Letters& word) : word_(word) {}

  std::vector<Sound> read() {
    for (at_ = 0; at_ < word_.size(); ++at_) {
      const Letter& letter = word_[at_];
      if (letter.has(not_read)) continue;
      if (letter.base == hamza || letter.has(hamza_signs)) {
        consonant(hamza, letter, true);
      } else if (letter.base == bare_alif || letter.base == alif_wasla) {
        read_alif(letter);
      } else if (letter.base == waw) {
        read_weak(letter, vowel_u);
      } else if (letter.base == yeh || letter.base == maqsura) {
        read_weak(letter, vowel_i);
      } else if (letter.base == ta_marbuta) {
        out_.push_back({.kind = Sound::Kind::ta_marbuta, .begin = letter.begin});
        vowel(letter);
      } else {
        consonant(letter.base, letter, letter.base == ayn || is_assimilated());
      }
    }
    return std::move(out_);
  }

 private:
  // A letter without signs before one with a shadda.
  bool is_assimilated() const {
    return !word_[at_].has(vowel_signs | shadda) && at_ + 1 < word_.size() && word_[at_ + 1].has(shadda);
  }

  void consonant(char32_t letter, const Letter& written, bool optional) {
    out_.push_back({.kind = Sound::Kind::consonant,
                    .letter = letter,
                    .optional = optional,
                    .doubled = written.has(shadda),
                    .begin = written.begin});
    vowel(written);
  }

  void vowel(const Letter& letter) {
    Sound sound{.kind = Sound::Kind::vowel, .vowels = vowels_of(letter), .begin = letter.begin};
    if (letter.has(tanwin_signs)) {
      sound.kind = Sound::Kind::tanwin;
    } else if (letter.has(dagger_alif)) {
      sound.vowels = vowel_a;
      sound.is_long = true;
    } else if (sound.vowels == 0) {
      if (letter.has(sukun) || is_assimilated()) return;
      sound.vowels = any_vowel;
      sound.optional = true;
    }
    out_.push_back(sound);
  }

  Sound* vowel_before() {
    return !out_.empty() && out_.back().kind == Sound::Kind::vowel ? &out_.back() : nullptr;
  }
  bool lengthen(std::uint8_t quality) {
    Sound* before = vowel_before();
    if (before == nullptr || (before->vowels & quality) == 0) return false;
    before->vowels = quality;
    before->is_long = true;
    before->optional = false;
    return true;
  }

  void read_alif(const Letter& letter) {
    if (letter.has(vowel_signs)) return consonant(hamza, letter, true);
    if (letter.base != alif_wasla && !out_.empty()) {
      // After a tanwin or another vowel it is only written.
      if (lengthen(vowel_a) || out_.back().kind != Sound::Kind::consonant) return;
      out_.push_back({.kind = Sound::Kind::vowel, .vowels = vowel_a, .is_long = true, .begin = letter.begin});
      return;
    }
    out_.push_back(
        {.kind = Sound::Kind::vowel, .vowels = any_vowel, .optional = true, .begin = letter.begin});
  }

  void read_weak(const Letter& letter, std::uint8_t quality) {
    const bool marked = letter.has(vowel_signs | shadda);
    if (!marked && letter.has(dagger_alif)) {
      if (!lengthen(vowel_a)) vowel(letter);
      return;
    }
    const bool after_tanwin = !out_.empty() && out_.back().kind == Sound::Kind::tanwin;
    if (!marked && (after_tanwin || lengthen(quality))) return;
    if (!marked && letter.base == maqsura && lengthen(vowel_a)) return;
    // "nabi" for nabiyy: not heard after its own vowel.
    const Sound* before = vowel_before();
    const bool after_own = letter.has(shadda) && before != nullptr && before->vowels == quality;
    const char32_t base = quality == vowel_u ? waw : yeh;
    out_.push_back({.kind = Sound::Kind::consonant,
                    .letter = base,
                    .vowels = letter.has(vowels_but_sukun) ? std::uint8_t{0} : quality,
                    .optional = after_own,
                    .doubled = letter.has(shadda),
                    .begin = letter.begin});
    vowel(letter);
  }
  static constexpr int vowels_but_sukun = vowel_signs & ~sukun;

  const Letters& word_;
  std::size_t at_ = 0;
  std::vector<Sound> out_;
};

}  // namespace

std::vector<Sound> sounds(const Letters& word) {
  const auto has = [](int signs) { return [signs](const Letter& l) { return l.has(signs); }; };
  const bool by_names = std::ranges::any_of(word, has(maddah)) &&
                        std::ranges::none_of(word, has(vowel_signs | shadda | dagger_alif));
  if (!by_names) return Reader(word).read();
  std::vector<Sound> out;
  for (const Letter& letter : word) {
    for (const auto& [named, name] : letter_names) {
      if (named != letter.base) continue;
      for (Sound sound : sounds(letters(name))) {
        sound.begin = letter.begin;
        out.push_back(sound);
      }
    }
  }
  return out;
}

}  // namespace kalima::text
