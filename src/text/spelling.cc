#include "text/spelling.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>
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

// Words that the text writes with an open ت where modern spelling has ة, as the books on the spelling of the
// Quran list them, without particles and article.
constexpr std::u32string_view open_ta[] = {U"رحمت",  U"نعمت", U"سنت",   U"امرات", U"كلمت",  U"بقيت", U"قرت",
                                           U"فطرت",  U"شجرت", U"لعنت",  U"جنت",   U"معصيت", U"ابنت", U"بينت",
                                           U"مرضات", U"غيبت", U"غيابت", U"جملت",  U"جمالت"};
// Letters that are read as the next one: the first as the second.
constexpr std::pair<char32_t, char32_t> assimilations[] = {{0x62F, 0x62A}, {0x637, 0x62A}, {0x62A, 0x637},
                                                           {0x62A, 0x62F}, {0x62B, 0x630}, {0x630, 0x638},
                                                           {0x642, 0x643}, {0x628, 0x645}, {0x646, 0x645}};

// Stems that are written today without the alif that is read in them. Many other words were once.
constexpr std::u32string_view without_alif[] = {
    U"اله",   U"رحمن", U"هذ",   U"هاذ",   U"هولا",  U"هاهن",   U"ههن",    U"هكذا", U"ذلك",  U"اولئك",
    U"اوليك", U"لكن",  U"سموت", U"سموات", U"سماوت", U"ابرهيم", U"اسمعيل", U"اسحق", U"هرون", U"سليمن",
    U"لقمن",  U"عمرن", U"ثلث",  U"ملئك",  U"مليك",  U"طه",     U"يايه",   U"يااي", U"ياي"};

std::u32string folded_letters(const Letters& word) {
  std::u32string out;
  for (const Letter& l : word) {
    if (!l.small) out += folded_base(l) == hamza ? alif : folded_base(l);
  }
  return out;
}

// Tries all ways through two words at once. Each rule takes one word as the Uthmani one and is applied both
// ways.
class Alignment {
 public:
  Alignment(const Letters& a, const Letters& b, Vowels vowels)
      : a_(a),
        b_(b),
        reached_((a.size() + 1) * (b.size() + 1), 0),
        compared_(vowels == Vowels::agree),
        alif_left_out_(compared_ && (leaves_alif_out(a) || leaves_alif_out(b))) {}

  bool holds() {
    reach(0, 0);
    for (std::size_t i = 0; i <= a_.size(); ++i) {
      for (std::size_t j = 0; j <= b_.size(); ++j) {
        if (!reached_[i * (b_.size() + 1) + j]) continue;
        swapped_ = false;
        if (i < a_.size() && j < b_.size() && same_letter(i, j) && agree(a_[i], b_[j], i, j) &&
            same_alif(i, j))
          reach(i + 1, j + 1);
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
    if (a_[i].small == b_[j].small) return true;
    // لَهُۥ, بِهِۦ: only read long.
    const auto pronoun = [](const Letters& word, std::size_t at) {
      return word[at].small && at + 1 == word.size() && at > 0 && word[at - 1].base == ha;
    };
    return !(stray_noon(a_, i) || stray_noon(b_, j) || pronoun(a_, i) || pronoun(b_, j));
  }

  bool agree(const Letter& a, const Letter& b, std::size_t i, std::size_t j) const {
    return !compared_ ||
           vowels_agree(a, b, swapped_ ? are_assimilated(a_, j, b_, i) : are_assimilated(a_, i, b_, j));
  }

  bool same_alif(std::size_t i, std::size_t j) const {
    return !compared_ || alif_left_out_ || alifs_agree(a_[i], b_[j]);
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
      // modern spelling too, and وَلَّوْا۟ its alif.
      const bool silent =
          t.has(not_read) && is_weak(folded_base(t)) && !(t.base == waw && u == 1) &&
          !(is_plain_alif(t) && u > 0 && uthmani[u - 1].base == waw && uthmani[u - 1].has(sukun));
      if (t.small || silent) step(u + 1, m);
      if (m_there) letters_for(uthmani, u, modern, m);
    }
    if (!modern_has_alif(m)) return;
    const bool m_last = m + 1 == modern.size();
    if (!u_there && m_last && m > 0) {
      // جَآءُو, سَعَوْ: the alif after the waw of the plural.
      if (folded_base(modern[m - 1]) == waw && u > 1 &&
          (bears_hamza(uthmani[u - 2]) || waw_without_alif(uthmani)))
        step(u, m + 1);
      // أَيُّهَ
      if (u > 0 && uthmani[u - 1].base == ha && uthmani[u - 1].has(fatha) &&
          folded_letters(uthmani).ends_with(U"ايه"))
        step(u, m + 1);
      // بِنَآءً: many write an alif after this hamza too.
      if (u > 0 && bears_hamza(uthmani[u - 1]) && uthmani[u - 1].has(fathatan)) step(u, m + 1);
    }
    if (!u_there) return;
    // لْـَٔيْكَةِ: the article's alif.
    if (u == 0 && m == 0 && uthmani[0].base == lam && uthmani[0].has(sukun)) step(u, m + 1);
    // وَسْـَٔلِ, فَسْـَٔلُوا۟, لَتَّخَذْتَ: the joining alif, after a proclitic.
    if (u != 1 || m != 1) return;
    const bool conjunction = uthmani[0].base == waw || uthmani[0].base == fa;
    if (conjunction ? uthmani[1].has(sukun) : uthmani[0].base == lam && uthmani[1].has(shadda))
      step(u, m + 1);
  }

  void letters_for(const Letters& uthmani, std::size_t u, const Letters& modern, std::size_t m) {
    const Letter &t = uthmani[u], &q = modern[m];
    const char32_t t_base = folded_base(t), q_base = folded_base(q);
    const bool u_last = u + 1 == uthmani.size(), m_last = m + 1 == modern.size();
    const auto alif_at = [](const Letters& word, std::size_t at) {
      return at < word.size() && is_plain_alif(word[at]);
    };
    const bool agreeing = agree(t, q, u, m);
    // ٱلْعَـٰلَمِينَ: an alif over the letter, and over a hamza.
    if (t.has(dagger_alif)) {
      const bool same = t_base == q_base || (bears_hamza(t) && bears_hamza(q));
      const bool read = !is_weak(t_base) || t.has(vowel_signs | hamza_signs) || t_base == hamza;
      if (same && read && agreeing && alif_at(modern, m + 1)) step(u + 1, m + 2);
      // ٱلصَّلَوٰةَ, ٱلتَّوْرَىٰةَ: over a waw or ya that is not read itself.
      const bool seat = t_base == waw || (t_base == ya && !u_last);
      if (seat && !t.has(vowel_signs | hamza_signs) && is_plain_alif(q)) step(u + 1, m + 1);
    }
    // شَىْءٌ: many write ئ for the last two letters, شئ.
    if ((t_base == waw || t_base == ya) && q.has(hamza_signs) && q_base == t_base && !t.has(hamza_signs) &&
        u + 1 < uthmani.size() && uthmani[u + 1].base == hamza) {
      const bool at_end = u + 2 == uthmani.size() || (u + 3 == uthmani.size() && alif_at(uthmani, u + 2));
      if (at_end && agree(uthmani[u + 1], q, u + 1, m)) step(u + 2, m + 1);
    }
    // يُحْىِ, لَمُحْىِ: the last ya written twice.
    if (t_base == ya && q_base == ya && u_last && u > 1 && !t.has(vowel_signs & ~kasra) && agreeing &&
        m + 2 == modern.size() && folded_base(modern[m + 1]) == ya) {
      step(u + 1, m + 2);
    }
    if (!agreeing) return letters_of_other_vowels(uthmani, u, modern, m);
    // Every hamza is the same, whatever its seat.
    if (bears_hamza(t) && bears_hamza(q)) step(u + 1, m + 1);
    if (t.base == hamza) {
      // ءَامَنُوا۟, ٱلْقُرْءَانُ: آ, for which many write أ, is two letters; or one, the alif over the hamza.
      const bool alif_or_hamza = q.base == alif && !q.has(hamza_below) && !q.small;
      if (alif_or_hamza && alif_at(uthmani, u + 1) && !asks(uthmani, u + 1)) step(u + 2, m + 1);
      if (q.base == alif && q.has(maddah) && t.has(dagger_alif)) step(u + 1, m + 1);
      // يَسْـَٔلُونَكَ: the seat alone, in the middle of a word.
      const bool inside = u > 0 && !u_last && m > 0 && !m_last;
      if (inside && is_weak(q_base) && q.base != hamza) step(u + 1, m + 1);
    }
    // رَحْمَتَ: ta marbuta written open; not the ending of a verb.
    if (t.base == ta && !t.has(sukun) && q.base == ta_marbuta && u_last && m_last && ends_in_open_ta(uthmani))
      step(u + 1, m + 1);
    // وَيَبْصُۜطُ
    if (t.base == sad && t.has(read_as_seen) && q.base == seen) step(u + 1, m + 1);
    // رَءَا, ٱلْأَقْصَا
    if (u_last && m_last && is_plain_alif(t) && (q.base == maqsura || q.base == ya) &&
        maqsura_as_alif(uthmani)) {
      step(u + 1, m + 1);
    }
    letters_of_other_vowels(uthmani, u, modern, m);
  }

  // ٱلَّيْلِ: lam written once after the article's alif. The vowel is that of the second lam.
  void letters_of_other_vowels(const Letters& uthmani, std::size_t u, const Letters& modern, std::size_t m) {
    const Letter& t = uthmani[u];
    const auto lam_at = [&](std::size_t at) { return at < modern.size() && folded_base(modern[at]) == lam; };
    if (folded_base(t) != lam || !t.has(shadda) || u == 0 || !is_plain_alif(uthmani[u - 1]) || !lam_at(m) ||
        !lam_at(m + 1) || !agree(t, modern[m + 1], u, m + 1)) {
      return;
    }
    step(u + 1, m + 2);
    if (t.has(dagger_alif) && m + 2 < modern.size() && is_plain_alif(modern[m + 2]))
      step(u + 1, m + 3);  // ٱلَّـٰتِى
  }

  // ءَآللَّهُ, ءَآلذَّكَرَيْنِ: whether the alif is that of the article, after the hamza of a question.
  static bool asks(const Letters& word, std::size_t at) {
    if (at + 2 >= word.size() || word[at + 1].base != lam) return false;
    return word[at + 2].base == lam || word[at + 2].has(shadda) || word[at + 1].has(sukun);
  }

  static bool ends_in_open_ta(const Letters& word) {
    // ءَايَـٰت is a plural.
    if (word.size() > 1 && word[word.size() - 2].has(dagger_alif)) return false;
    const std::u32string folded = folded_letters(word);
    const auto is_noun = [&](std::u32string_view noun) {
      if (!std::u32string_view(folded).ends_with(noun)) return false;
      // و ف ب ك ل and ال.
      const std::u32string_view before = std::u32string_view(folded).substr(0, folded.size() - noun.size());
      return before.size() <= 4 && before.find_first_not_of(U"وفبكلا") == std::u32string_view::npos;
    };
    return std::any_of(std::begin(open_ta), std::end(open_ta), is_noun);
  }

  static bool waw_without_alif(const Letters& word) {
    const std::u32string folded = folded_letters(word);
    return folded.ends_with(U"سعو") || folded.ends_with(U"عتو");
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
  const bool compared_;       // whether vowels are
  const bool alif_left_out_;  // whether a dagger alif may be missing
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

bool are_assimilated(const Letters& a, std::size_t i, const Letters& b, std::size_t j) {
  const auto at = [](const Letters& word, std::size_t place) {
    if (place == 0) return true;
    const Letter &before = word[place - 1], &letter = word[place];
    if (before.signs != 0 || !letter.has(shadda)) return false;
    if (before.base == lam || before.base == letter.base) return true;
    return std::find(std::begin(assimilations), std::end(assimilations),
                     std::pair(before.base, letter.base)) != std::end(assimilations);
  };
  return at(a, i) || at(b, j);
}

bool vowels_agree(const Letter& a, const Letter& b, bool assimilated) {
  constexpr int doubled = shadda;
  const int x = a.signs & vowel_signs, y = b.signs & vowel_signs;
  const int x_shadda = a.signs & doubled, y_shadda = b.signs & doubled;
  if ((x | x_shadda) == 0 || (y | y_shadda) == 0) return true;
  // A letter with two vowels has one of them.
  return (x == 0 || y == 0 || (x & y) != 0) && (assimilated || x_shadda == y_shadda);
}

bool alifs_agree(const Letter& a, const Letter& b) {
  return a.has(dagger_alif) == b.has(dagger_alif) || is_weak(folded_base(a));
}

bool leaves_alif_out(const Letters& word) {
  const std::u32string folded = folded_letters(word);
  return std::any_of(std::begin(without_alif), std::end(without_alif),
                     [&](std::u32string_view stem) { return folded.find(stem) != std::u32string::npos; });
}

bool same_word(const Letters& a, const Letters& b, Vowels vowels) { return Alignment(a, b, vowels).holds(); }

}  // namespace kalima::text
