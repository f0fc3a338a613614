#include "corpus/measured_letters.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "support/utf8.h"
#include "text/letters.h"

namespace kalima::corpus {
namespace {

constexpr bool is_weak(char32_t radical) { return radical == waw || radical == ya; }

// --- comparing root and lemma ---

constexpr int impossible = 1'000;

// What it costs to read a letter as a radical, in tenths.
int cost_of(char32_t radical, std::size_t place, const Sound& sound) {
  const char32_t letter = sound.letter;
  if (letter == radical) return 0;
  if (radical == hamza) return letter == alif ? 5 : is_weak(letter) || letter == maqsura ? 12 : impossible;
  if (radical == U'س' && letter == U'ص') return 15;   // بَصْطَة
  if (radical == U'ه' && letter == hamza) return 20;  // مَآء
  if (!is_weak(radical)) return impossible;
  if (letter == maqsura) return radical == ya ? 3 : 8;
  if (letter == alif) return 8;
  if (letter == ya && sound.doubled && place == 1) return 5;  // قَيُّوم, سَيِّد
  if (letter == hamza) return place == 0 ? 25 : 8;            // قَآئِل, سَمَآء
  if (is_weak(letter)) return 10;
  return letter == ta && place == 0 ? 10 : impossible;  // أَتْقَى
}

// What it costs to read a letter as added to the root.
int cost_of_added(const std::vector<Sound>& sounds, std::size_t i) {
  const char32_t letter = sounds[i].letter;
  if (letter == ta_marbuta) return 3;
  if (letter == alif || letter == wasla) return 6;
  if (letter == maqsura) return i + 1 == sounds.size() ? 3 : 8;
  if (is_weak(letter))
    return sounds[i].vowel == 0 || sounds[i].vowel == sukun ? 7 : 14;  // heard as a consonant
  if (letter == hamza) return i == 0 || i + 1 == sounds.size() ? 7 : 20;
  if (letter == U'م') return i == 0 ? 6 : 25;
  if (letter == ta || letter == U'ن') return 10;
  return letter == U'ل' || letter == U'ه' || letter == U'س' ? 30 : impossible;
}

enum class Step : std::uint8_t { end, matched, two, added, lost, again };

struct Aligned {
  Step step;
  std::size_t sound, radical;
};

class Alignment {
 public:
  Alignment(const std::vector<Sound>& sounds, const std::u32string& root)
      : sounds_(sounds), root_(root), costs_((sounds.size() + 1) * (root.size() + 1), {-1, Step::end}) {}

  // The cheapest one; empty if none fits.
  std::vector<Aligned> steps() {
    std::vector<Aligned> out;
    if (best(0, 0).first > 60) return out;
    for (std::size_t i = 0, k = 0; i < sounds_.size() || k < root_.size();) {
      const Step step = best(i, k).second;
      out.push_back({step, i, k});
      i += step == Step::lost ? 0 : 1;
      k += step == Step::matched || step == Step::lost ? 1 : step == Step::two ? 2 : 0;
    }
    return out;
  }

 private:
  using Cost = std::pair<int, Step>;

  Cost best(std::size_t i, std::size_t k) {
    Cost& known = costs_[i * (root_.size() + 1) + k];
    if (known.first >= 0) return known;
    Cost out{impossible, Step::end};
    const auto offer = [&out](int cost, Step step) {
      if (cost < out.first) out = {cost, step};
    };
    if (i == sounds_.size() && k == root_.size()) out.first = 0;
    if (i < sounds_.size() && k < root_.size()) {
      const int cost = cost_of(root_[k], k, sounds_[i]);
      offer(cost + best(i + 1, k + 1).first, Step::matched);
      // Two radicals in one doubled letter.
      if (k + 1 < root_.size() && sounds_[i].doubled) {
        const int second = cost_of(root_[k + 1], k + 1, sounds_[i]);
        offer(cost + second + 1 + best(i + 1, k + 2).first, Step::two);
      }
    }
    if (i < sounds_.size()) offer(cost_of_added(sounds_, i) + best(i + 1, k).first, Step::added);
    // The last radical once more: جَلَٰبِيب.
    if (i < sounds_.size() && k == root_.size() && sounds_[i].letter == root_.back())
      offer(20 + best(i + 1, k).first, Step::again);
    if (k < root_.size() && (is_weak(root_[k]) || root_[k] == hamza))
      offer(28 + best(i, k + 1).first, Step::lost);
    return known = out;
  }

  const std::vector<Sound>& sounds_;
  const std::u32string& root_;
  std::vector<Cost> costs_;
};

// A letter of the measure. `radical` counts from 0; added letters have none.
constexpr std::size_t added = 99;
struct Slot {
  char32_t letter, vowel = 0;
  bool doubled = false;
  std::size_t radical = added;
  char32_t heard = 0;  // as what the radical is heard
};
using Slots = std::vector<Slot>;

constexpr char32_t slot_letter(std::size_t radical) { return radical < 2 ? U"فع"[radical] : U'ل'; }

bool has_vowel(const Slot& slot) { return slot.vowel != 0 && slot.vowel != sukun; }

// A weak radical that is only heard as the length of the vowel before it.
bool is_length(const Sound& sound, char32_t vowel_before) {
  if (sound.letter == alif || sound.letter == maqsura) return true;
  if (sound.vowel != 0 && sound.vowel != sukun) return false;
  return !sound.doubled &&
         ((sound.letter == waw && vowel_before == damma) || (sound.letter == ya && vowel_before == kasra));
}

Slots slots_of(const std::vector<Sound>& sounds, const std::u32string& root) {
  Slots slots;
  std::size_t first = 0;  // the slot of the first radical
  for (const Aligned& one : Alignment(sounds, root).steps()) {
    if (one.step == Step::lost) continue;
    const char32_t letter = slot_letter(one.radical);
    const Sound& sound = sounds[one.sound];
    const bool after_prefix = first > 0 && first + 1 == slots.size() && one.radical == 1 &&
                              has_vowel(slots.back()) && slots[first - 1].vowel != 0;
    const char32_t before = slots.empty() ? 0 : slots.back().vowel;
    if (one.step == Step::added) {
      slots.push_back({sound.letter, sound.vowel, sound.doubled});
      continue;
    }
    if (one.step == Step::again) {
      slots.push_back({U'ل', sound.vowel, sound.doubled});
      continue;
    }
    if (one.radical == 0) first = slots.size();
    if (one.step == Step::two) {
      // The vowel of the first of two equal letters went to the letter before, or was lost after a long vowel.
      Slot same{letter, sukun, false, one.radical, sound.letter};
      if (after_prefix) {
        same.vowel = before;
        slots.back().vowel = sukun;
      } else if (!slots.empty() && slots.back().letter == alif) {
        same.vowel = kasra;
      }
      slots.push_back(same);
      slots.push_back({slot_letter(one.radical + 1), sound.vowel, false, one.radical + 1, sound.letter});
      continue;
    }
    Slot slot{letter, sound.vowel, sound.doubled, one.radical, sound.letter};
    const bool weak = is_weak(root[one.radical]);
    if (weak && one.radical + 1 < root.size() && is_length(sound, before)) {
      slot.vowel = sound.letter == alif && one.radical > 0 ? fatha : sukun;
      if (after_prefix) {
        slot.vowel = before;
        slots.back().vowel = sukun;
      }
    } else if (weak && (sound.letter == alif || sound.letter == maqsura) && before == 0 && !slots.empty() &&
               !sound.doubled && slots.back().letter != alif) {
      slots.back().vowel = fatha;  // مَجْرىٰ
    }
    slots.push_back(slot);
  }
  return slots;
}

// --- what grammar undoes, of letters that were compared ---

// سَيِّد and قَيُّوم: the weak second radical became one with the ي of the measure.
void undo_second(Slots& slots, const std::u32string& root) {
  if (slots.size() < 3 || root.size() != 3 || slots[0].radical != 0 || slots[0].vowel != fatha) return;
  Slot& second = slots[1];
  if (second.radical != 1 || !second.doubled || second.heard != ya) return;
  if (root[1] != waw && (root[1] != ya || second.vowel != kasra)) return;
  second.doubled = false;
  slots.insert(slots.begin() + 1, {ya, sukun});
}

// وَلِىّ, عَدُوّ, بُنَىّ, حُلِيّ, عِتِيّ: the weak third radical became one with the long vowel before it.
void undo_third(Slots& slots, const std::u32string& root) {
  const auto third = std::ranges::find(slots, root.size() - 1, &Slot::radical);
  if (root.size() != 3 || third == slots.end() || third - slots.begin() < 2) return;
  Slot& before = *(third - 1);
  if (!third->doubled || (third->heard != waw && third->heard != ya && third->heard != maqsura)) return;
  if (before.radical != 1 || !has_vowel(before)) return;
  Slot& opening = slots.front();
  if (before.vowel == fatha && opening.vowel != damma) return;
  third->doubled = false;
  // ُوي became ِيّ, and the vowel before that could follow.
  const bool was_u =
      !before.doubled && before.vowel == kasra && (opening.radical != 0 || opening.vowel != fatha);
  if (was_u) {
    before.vowel = damma;
    if (opening.vowel == kasra) opening.vowel = damma;
  }
  slots.insert(third, {before.vowel == damma ? waw : ya, sukun});
}

// سِنِين, أَعْلَوْن: before the ending of a plural the weak third radical is lost.
void undo_ending(Slots& slots, const std::u32string& root) {
  if (slots.size() < 3 || slots.back().letter != U'ن' || slots.back().radical != added) return;
  Slot& before = slots[slots.size() - 2];
  if (before.radical != root.size() - 1 || before.doubled || has_vowel(before)) return;
  if (before.heard == waw || before.heard == ya) before = {before.heard, before.vowel};
}

// The ending ة is often written ت: رَحْمَتَ, مَرْضَات.
void undo_open_ta(Slots& slots) {
  if (slots.size() < 2 || slots.back().letter != ta || slots.back().radical != added) return;
  Slot& before = slots[slots.size() - 2];
  if (before.radical != added && before.heard == alif) {
    if (slots.size() == 4 && slots[0].radical == 0) {
      before = {alif};  // بَنَات: the third radical is lost
    } else {
      slots.back().letter = ta_marbuta;
    }
  } else if (before.letter != alif && before.vowel == fatha) {
    slots.back().letter = ta_marbuta;
  }
}

// The ending ى is written ا after ي, and so are others: دُنْيَا. ي is often written ى: أُمِّىّ, بَرِىٓء.
void undo_final_alif(Slots& slots) {
  Slot& last = slots.back();
  if (last.letter == alif && last.radical == added && slots.size() > 3) {
    if (slots[slots.size() - 3].letter == ya) {
      slots.pop_back();  // قَوَارِيرَا, for the sake of the rhyme
      return;
    }
    last.letter = maqsura;
  }
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (slots[i].letter != maqsura) continue;
    const bool at_end = i + 1 == slots.size() || slots[i + 1].letter == ta_marbuta;
    if (!at_end || slots[i].doubled || (i > 0 && slots[i - 1].vowel == kasra)) slots[i].letter = ya;
  }
}

char32_t seat_of(const Slot& slot, bool first, bool last) {
  if (slot.letter != hamza || last) return slot.letter;
  if (first) return slot.vowel == kasra ? U'إ' : U'أ';
  return slot.vowel == kasra ? U'ئ' : slot.vowel == damma ? U'ؤ' : hamza;
}

// Vowels and sukun by the usual rules.
std::u32string written(Slots slots) {
  std::u32string out;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    Slot& slot = slots[i];
    const bool first = i == 0, last = i + 1 == slots.size();
    out += seat_of(slot, first, last);
    if (slot.doubled) out += shadda;
    if (last || slot.letter == alif) continue;
    const char32_t next = slots[i + 1].letter;
    if ((i + 2 == slots.size() && next == ta_marbuta) || next == alif || next == maqsura) slot.vowel = fatha;
    if (has_vowel(slot)) {
      out += slot.vowel;
    } else if (!first && !slot.doubled) {
      const char32_t before = slots[i - 1].vowel;
      const bool length = (slot.letter == waw && before == damma) || (slot.letter == ya && before == kasra);
      if (!length) out += sukun;
    }
  }
  return out;
}

}  // namespace

std::vector<Sound> sounds_of(std::string_view lemma) {
  std::vector<Sound> out;
  bool tanwin = false;  // of the letter before
  for (const text::Letter& letter : text::letters(utf8::to_code_points(lemma))) {
    if (!text::is_arabic_letter(letter.base) && letter.base != hamza) continue;  // the number of a homonym
    if (letter.has(text::not_read)) continue;
    // Written, but not heard: the alif of أَبَدًا and of رِّبَوٰا.
    const bool after_length = out.size() > 2 && out.back().letter == alif;
    if (letter.base == alif && letter.signs == 0 && ((tanwin && out.size() > 2) || after_length)) continue;
    tanwin = letter.has(text::fathatan | text::dammatan | text::kasratan);
    Sound sound{letter.base};
    if (letter.has(text::hamza_signs)) sound.letter = hamza;
    sound.doubled = letter.has(text::shadda);
    if (letter.has(text::fatha | text::fathatan)) sound.vowel = fatha;
    if (letter.has(text::damma | text::dammatan)) sound.vowel = damma;
    if (letter.has(text::kasra | text::kasratan)) sound.vowel = kasra;
    if (letter.has(text::sukun)) sound.vowel = sukun;
    if (letter.has(text::dagger_alif)) {
      const bool weak = letter.base == waw || letter.base == ya || letter.base == maqsura;
      if (weak && sound.vowel == 0 && !sound.doubled) {
        sound.letter = letter.base == maqsura ? maqsura : alif;
        out.push_back(sound);
        continue;
      }
      if (sound.vowel == 0) sound.vowel = fatha;
      out.push_back(sound);
      out.push_back({alif});
      continue;
    }
    out.push_back(sound);
  }
  // صَىٰحِب: inside a word it is an alif.
  for (std::size_t i = 0; i + 1 < out.size(); ++i)
    if (out[i].letter == maqsura && out[i].vowel == 0 && !out[i].doubled && out[i + 1].letter != ta_marbuta)
      out[i].letter = i > 0 && out[i - 1].vowel == kasra ? ya : alif;
  // The article is gone, and its effect on the first letter with it.
  if (!out.empty()) out.front().doubled = false;
  return out;
}

std::u32string radicals_of(std::string_view root) {
  std::u32string out;
  for (const text::Letter& letter : text::letters(utf8::to_code_points(root)))
    out += letter.base == alif || letter.base == wasla || letter.has(text::hamza_signs) ? hamza
           : letter.base == maqsura                                                     ? ya
                                                                                        : letter.base;
  return out;
}

std::optional<std::u32string> compared(const std::vector<Sound>& sounds, const std::u32string& root) {
  Slots slots = slots_of(sounds, root);
  if (slots.empty()) return std::nullopt;
  undo_second(slots, root);
  undo_third(slots, root);
  undo_ending(slots, root);
  undo_open_ta(slots);
  undo_final_alif(slots);
  std::u32string out = written(std::move(slots));
  // ءَاخَر and ءَابَآء: a hamza before a hamza became its length.
  if (root.front() == hamza && (out.starts_with(U"فَاعَل") || out.starts_with(U"فَاعَال")))
    out.replace(0, 5, U"أَفْعَ");
  return out;
}

}  // namespace kalima::corpus
