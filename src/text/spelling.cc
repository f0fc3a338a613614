#include "text/spelling.h"

#include <algorithm>
#include <array>
#include <vector>

namespace kalima::text {
namespace {

constexpr char32_t hamza = 0x621, alif = 0x627, ta_marbuta = 0x629, ta = 0x62A, seen = 0x633, sad = 0x635,
                   lam = 0x644, noon = 0x646, ha = 0x647, waw = 0x648, maqsura = 0x649, ya = 0x64A,
                   wasla = 0x671, fa = 0x641;

bool is_weak(char32_t folded) { return folded == alif || folded == waw || folded == ya || folded == hamza; }

bool bears_hamza(const Letter& l) {
  return l.base == hamza || (l.has(hamza_signs) && is_weak(folded_base(l)));
}

// An alif that is read as such, with or without a maddah.
bool is_plain_alif(const Letter& l) { return folded_base(l) == alif && !l.has(hamza_signs) && !l.small; }

// Words in which the text writes alif where modern spelling writes alif maqsura. No rule predicts them.
constexpr std::array<std::u32string_view, 4> alif_for_maqsura = {U"اقصا", U"تترا", U"طغا", U"لدا"};

// Tries all ways through two words at once. Each rule takes one word as the Uthmani one and is applied both
// ways.
class Alignment {
 public:
  Alignment(const Letters& a, const Letters& b)
      : a_(a), b_(b), reached_((a.size() + 1) * (b.size() + 1), 0) {}

  bool holds() {
    reach(0, 0);
    for (std::size_t i = 0; i <= a_.size(); ++i) {
      for (std::size_t j = 0; j <= b_.size(); ++j) {
        if (!reached_[i * (b_.size() + 1) + j]) continue;
        if (i < a_.size() && j < b_.size() && same_letter(i, j)) reach(i + 1, j + 1);
        swapped_ = false;
        rules(a_, i, b_, j);
        swapped_ = true;
        rules(b_, j, a_, i);
      }
    }
    return reached_.back() != 0;
  }

 private:
  bool same_letter(std::size_t i, std::size_t j) const {
    if (folded_base(a_[i]) != folded_base(b_[j])) return false;
    // نُـۨجِى: a small noon after a noon is a full letter.
    const auto stray_noon = [](const Letters& word, std::size_t at) {
      return word[at].small && word[at].base == noon && (at == 0 || word[at - 1].base != noon);
    };
    return a_[i].small == b_[j].small || !(stray_noon(a_, i) || stray_noon(b_, j));
  }

  void reach(std::size_t i, std::size_t j) { reached_[i * (b_.size() + 1) + j] = 1; }
  // From (u, m) on, of the Uthmani and the modern word.
  void step(std::size_t u, std::size_t m) { swapped_ ? reach(m, u) : reach(u, m); }

  void rules(const Letters& uthmani, std::size_t u, const Letters& modern, std::size_t m) {
    const bool u_there = u < uthmani.size(), m_there = m < modern.size();
    const auto modern_has_alif = [&](std::size_t at) {
      return at < modern.size() && is_plain_alif(modern[at]);
    };
    if (u_there) {
      const Letter& t = uthmani[u];
      // Small letters and letters that are not read may be missing. أُو۟لِى and its like have their waw in
      // modern spelling too.
      const bool silent = t.has(not_read) && is_weak(folded_base(t)) && !(t.base == waw && u == 1);
      if (t.small || silent) step(u + 1, m);
      if (m_there) letters_for(uthmani, u, modern, m);
    }
    if (!modern_has_alif(m)) return;
    const bool m_last = m + 1 == modern.size();
    // جَآءُو: the alif after the waw of the plural.
    if (!u_there && m_last && m > 0 && folded_base(modern[m - 1]) == waw) step(u, m + 1);
    if (!u_there) return;
    // لْـَٔيْكَةِ: the article's alif.
    if (u == 0 && m == 0 && uthmani[0].base == lam && uthmani[0].has(sukun)) step(u, m + 1);
    // وَسْـَٔلِ, فَسْـَٔلُوا۟: the joining alif, after a proclitic.
    if (u == 1 && m == 1 && (uthmani[0].base == waw || uthmani[0].base == fa) && uthmani[1].has(sukun))
      step(u, m + 1);
  }

  void letters_for(const Letters& uthmani, std::size_t u, const Letters& modern, std::size_t m) {
    const Letter &t = uthmani[u], &q = modern[m];
    const char32_t t_base = folded_base(t), q_base = folded_base(q);
    const bool u_last = u + 1 == uthmani.size(), m_last = m + 1 == modern.size();
    const auto alif_at = [](const Letters& word, std::size_t at) {
      return at < word.size() && is_plain_alif(word[at]);
    };
    // ٱلْعَـٰلَمِينَ: an alif over the letter, and over a hamza.
    if (t.has(dagger_alif)) {
      const bool same = t_base == q_base || (bears_hamza(t) && bears_hamza(q));
      if (same && alif_at(modern, m + 1)) step(u + 1, m + 2);
      // ٱلصَّلَوٰةَ, ٱلتَّوْرَىٰةَ: over a waw or ya that is not read itself.
      const bool seat = t_base == waw || (t_base == ya && !u_last);
      if (seat && !t.has(vowel_signs | hamza_signs) && is_plain_alif(q)) step(u + 1, m + 1);
    }
    // Every hamza is the same, whatever its seat.
    if (bears_hamza(t) && bears_hamza(q)) step(u + 1, m + 1);
    if (t.base == hamza) {
      // ءَامَنُوا۟, ٱلْقُرْءَانُ: آ is two letters; or one, the alif over the hamza.
      if (is_plain_alif(q) && alif_at(uthmani, u + 1)) step(u + 2, m + 1);
      if (q.base == alif && q.has(maddah) && t.has(dagger_alif)) step(u + 1, m + 1);
      // يَسْـَٔلُونَكَ: the seat alone, in the middle of a word.
      const bool inside = u > 0 && !u_last && m > 0 && !m_last;
      if (inside && is_weak(q_base) && q.base != hamza) step(u + 1, m + 1);
    }
    // ٱلَّيْلِ: lam written once after the article's alif.
    if (t_base == lam && t.has(shadda) && u > 0 && is_plain_alif(uthmani[u - 1]) && q_base == lam &&
        !m_last && folded_base(modern[m + 1]) == lam) {
      step(u + 1, m + 2);
      if (t.has(dagger_alif) && alif_at(modern, m + 2)) step(u + 1, m + 3);  // ٱلَّـٰتِى
    }
    // رَحْمَتَ: ta marbuta written open; not the ending of a verb.
    if (t.base == ta && !t.has(sukun) && q.base == ta_marbuta && u_last && m_last) step(u + 1, m + 1);
    // وَيَبْصُۜطُ
    if (t.base == sad && t.has(read_as_seen) && q.base == seen) step(u + 1, m + 1);
    // رَءَا, ٱلْأَقْصَا
    if (u_last && m_last && is_plain_alif(t) && (q.base == maqsura || q.base == ya) &&
        maqsura_as_alif(uthmani)) {
      step(u + 1, m + 1);
    }
  }

  static bool maqsura_as_alif(const Letters& word) {
    if (word.size() < 2) return false;
    const Letter& before = word[word.size() - 2];
    if (before.base == hamza) return true;
    return std::any_of(alif_for_maqsura.begin(), alif_for_maqsura.end(), [&](std::u32string_view end) {
      if (before.has(fathatan) || word.size() < end.size()) return false;
      return std::equal(end.begin(), end.end(), word.end() - static_cast<std::ptrdiff_t>(end.size()),
                        [](char32_t c, const Letter& l) { return c == folded_base(l); });
    });
  }

  const Letters &a_, &b_;
  std::vector<std::uint8_t> reached_;
  bool swapped_ = false;
};

}  // namespace

char32_t folded_base(const Letter& letter) {
  switch (letter.base) {
    case wasla:
      return alif;
    case maqsura:
      return ya;
    case ta_marbuta:
      return ha;
    default:
      return letter.base;
  }
}

std::u32string consonants(const Letters& word) {
  std::u32string out;
  for (const Letter& letter : word) {
    const char32_t c = folded_base(letter);
    if (!letter.small && !is_weak(c)) out += c == sad ? seen : c;
  }
  if (!out.empty() && out.back() == ta) out.back() = ha;
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

bool same_word(const Letters& a, const Letters& b) { return Alignment(a, b).holds(); }

}  // namespace kalima::text
