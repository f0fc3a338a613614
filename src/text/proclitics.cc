#include "text/proclitics.h"

#include <algorithm>

#include "support/utf8.h"

namespace kalima::text {
namespace {

constexpr char32_t hamza = 0x621, alif = 0x627, ba = 0x628, seen = 0x633, fa = 0x641, kaf = 0x643,
                   lam = 0x644, waw = 0x648, ya = 0x64A, wasla = 0x671;

// If the letter has a vowel, it is one of these, and inside the word it has no shadda.
bool has_vowel(const Letter& l, std::uint16_t allowed) {
  return (l.signs & vowel_signs & ~allowed) == 0 && (l.begin == 0 || !l.has(shadda)) && !l.small;
}

bool is_question(const Letter& l) {
  return (l.base == hamza || (l.base == alif && l.has(hamza_above))) && has_vowel(l, fatha);
}
bool is_conjunction(const Letter& l) {
  return (l.base == waw || l.base == fa) && !l.has(hamza_signs | dagger_alif) && has_vowel(l, fatha);
}
bool is_vocative(const Letter& l) { return l.base == ya && l.has(dagger_alif) && has_vowel(l, fatha); }
bool is_lam(const Letter& l) {
  return l.base == lam && !l.has(dagger_alif) && has_vowel(l, fatha | kasra | sukun);
}
bool is_preposition(const Letter& l) {
  if (l.has(dagger_alif)) return false;
  return (l.base == ba && has_vowel(l, kasra)) || ((l.base == kaf || l.base == seen) && has_vowel(l, fatha));
}

// Whether the offsets of letters() are those of the word: whether it has nothing that NFD decomposes.
bool has_own_offsets(std::u32string_view word) {
  return std::all_of(word.begin(), word.end(), [](char32_t c) {
    return c < 0x80 || (c >= 0x600 && c <= 0x6FF) || (c >= 0x870 && c <= 0x8FF) ||
           (c >= 0x2000 && c <= 0x206F);
  });
}

class Reading {
 public:
  explicit Reading(const Letters& word) : word_(word) {}

  std::vector<Proclitic> all() {
    std::size_t at = 0;
    if (take(is_question, at)) add(at);
    if (take(is_conjunction, at)) add(at);
    std::size_t after_vocative = at;
    if (take(is_vocative, after_vocative)) {
      add(after_vocative);
      return std::move(found_);
    }
    if (take(is_lam, at)) add_after_lam(at);
    if (take(is_preposition, at)) add(at);
    return std::move(found_);
  }

 private:
  template <typename Is>
  bool take(Is is, std::size_t& at) {
    if (at >= word_.size() || !is(word_[at])) return false;
    ++at;
    ++particles_;
    return true;
  }

  void add(std::size_t rest, bool elided_article = false) {
    const auto letters = std::count_if(word_.begin() + static_cast<std::ptrdiff_t>(rest), word_.end(),
                                       [](const Letter& l) { return !l.small && is_arabic_letter(l.base); });
    if (letters < 2) return;
    found_.push_back({word_[rest].begin, particles_, elided_article});
  }

  // لِلْمُتَّقِينَ is ل and ٱلْمُتَّقِينَ, لِلَّهِ is ل and ٱللَّهِ. Without signs it may also be ل and a word that begins with
  // lam.
  void add_after_lam(std::size_t rest) {
    const bool second = rest < word_.size() && word_[rest].base == lam;
    if (second) add(rest, true);
    if (!second || !word_[rest].has(shadda | sukun)) add(rest);
  }

  const Letters& word_;
  std::vector<Proclitic> found_;
  std::uint8_t particles_ = 0;
};

}  // namespace

std::vector<Proclitic> proclitics(std::u32string_view word) {
  if (!has_own_offsets(word)) return {};
  return Reading(letters(word)).all();
}

std::optional<std::uint32_t> after_article(std::u32string_view word, std::uint32_t begin) {
  if (!has_own_offsets(word) || begin >= word.size()) return std::nullopt;
  const Letters read = letters(word.substr(begin));
  const auto is_article_alif = [](const Letter& l) {
    return (l.base == alif || l.base == wasla) && !l.has(hamza_signs | maddah | dagger_alif) &&
           (l.signs & vowel_signs & ~fatha) == 0;
  };
  if (read.size() < 4 || !is_article_alif(read[0]) || read[1].base != lam) return std::nullopt;
  if (read[1].has(shadda | dagger_alif) || (read[1].signs & vowel_signs & ~sukun) != 0) return std::nullopt;
  // The name of God is one word.
  const bool god = read.size() == 4 && read[2].base == lam && read[3].base == 0x647;
  if (god) return std::nullopt;
  return begin + read[2].begin;
}

std::string proclitic_name(std::u32string_view beginning) {
  std::string out;
  for (const Letter& letter : letters(beginning)) {
    const bool question = letter.base == hamza || letter.base == alif || letter.base == wasla;
    utf8::append(out, question ? 0x623 : letter.base);
    if (letter.base == ya) utf8::append(out, alif);
  }
  return out;
}

}  // namespace kalima::text
