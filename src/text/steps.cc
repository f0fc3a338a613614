#include "text/steps.h"

#include <iterator>

namespace kalima::text {
namespace {

// clang-format off
constexpr StepInfo table[] = {
  {Step::exact, "exact", Use::always,
   "everything that is written is the same; NFC and NFD are",
   "قُلْ", "قُلْ"},
  {Step::plain, "plain", Use::always,
   "letters and vowel signs are the same, in any encoding; tatweel, pause marks and signs of recitation are left out",
   "لَهُ", "لَهُۥ"},
  {Step::partial_vowels, "partial_vowels", Use::always,
   "letters are the same, and vowels wherever both words have them",
   "من", "مَنْ"},
  {Step::folded, "folded", Use::always,
   "likewise, and the seat of a hamza, ى or ي, ة or ه do not matter",
   "في", "فِى"},
  {Step::modern_spelling, "modern_spelling", Use::always,
   "likewise, and Uthmani and modern spelling of a word are the same",
   "الصلاة", "ٱلصَّلَوٰةَ"},
  {Step::regional, "regional", Use::always,
   "likewise, and letters of other languages and keyboards, and presentation forms, are those of Arabic",
   "موسی", "مُوسَىٰ"},
  {Step::no_vowels, "no_vowels", Use::always,
   "as at any step before, but vowels that were typed contradict those of the word",
   "مَن", "مِن"},
  {Step::split, "split", Use::fallback,
   "a typed word is two words of the text",
   "انشاء", "إِن شَآءَ"},
  {Step::joined, "joined", Use::offered,
   "typed words are one word of the text",
   "إن هم", "إِنَّهُمْ"},
  {Step::no_article, "no_article", Use::fallback,
   "one of the words has the article",
   "قبور", "ٱلْقُبُورِ"},
  {Step::typing, "typing", Use::offered,
   "a letter is wrong, missing, doubled, added or swapped with its neighbour",
   "الحمذ", "ٱلْحَمْدُ"},
  {Step::sound, "sound", Use::offered,
   "letters that sound alike are the same: ذ ز ظ ض, س ص ث, ت ط, ه ح, د ض, ق ك, ا ع",
   "السراط", "ٱلصِّرَٰطَ"},
  {Step::lemma, "lemma", Use::offered,
   "a form of the same lemma",
   "كتاب", "كُتُبٌ"},
  {Step::root, "root", Use::offered,
   "a word of the same root",
   "كتاب", "كَتَبَ"},
  {Step::transliteration, "transliteration", Use::offered,
   "what is typed in Latin letters sounds so; short vowels at the end may be missing",
   "rahima", "رَحِمَ"},
  {Step::consonants, "consonants", Use::offered,
   "likewise, but vowels do not matter",
   "ktb", "كِتَـٰبٌ"},
  {Step::gloss, "gloss", Use::offered,
   "it means what is typed: the English of the treebank, word by word",
   "mercy", "رَحْمَةً"},
  {Step::translation, "translation", Use::offered,
   "a translation of the verse has what is typed",
   "mercy", "رَحْمَةً"},
};
// clang-format on

constexpr bool steps_are_in_order() {
  if (std::size(table) != all_step_names.size()) return false;
  for (std::size_t i = 0; i < std::size(table); ++i) {
    if (static_cast<std::size_t>(table[i].step) != i) return false;
    if (table[i].name != all_step_names[i] || (i < step_count && table[i].name != step_names[i]))
      return false;
  }
  return table[step_count - 1].step == loosest_step;
}
static_assert(steps_are_in_order());

}  // namespace

std::span<const StepInfo> steps() { return table; }

}  // namespace kalima::text
