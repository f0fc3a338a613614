// The measure (wazn) of a word's dictionary form: its pattern with ف ع ل for the letters of the root.
//
//   كِتَٰب (كتب) فِعَال; أَسْلَمَ (سلم, IV) أَفْعَلَ; مُسْلِم (IV) مُفْعِل; رَّحِيم فَعِيل
//
// Of derived verbs, and of participles and verbal nouns of derived forms, it follows from the form. Of other words root and
// lemma are compared, letter by letter, with what grammar undoes:
//   - a weak letter that is written as another one, or as a hamza, keeps its place: بَاب فَعَل, قَآئِل فَاعِل, سَمَآء فَعَال,
//     مِيزَان مِفْعَال; after a prefix its vowel goes back to it: مَقَام مَفْعَل, مُقِيم مُفْعِل. So قَالَ, رَمَىٰ and خَافَ are فَعَلَ:
//     which of them was فَعِلَ cannot be seen, nor can it of verbs that only occur in the imperfect, يَصِفُ;
//   - a weak letter that became one with the long vowel or the ي beside it: وَلِىّ فَعِيل, عَدُوّ فَعُول, سَيِّد فَيْعِل, قَيُّوم فَيْعُول;
//   - two equal letters in one are two: رَبّ فَعْل, أَشَدّ أَفْعَل, دَآبَّة فَاعِلَة; verbs such as مَسَّ are فَعَلَ;
//   - a letter of the root that is lost is lost in the measure: أَب فَع, ٱسْم ٱفْع, سَنَة فَعَة, سِنِين فِعِين;
//   - one measure has one spelling, that of grammars: with all sukuns and the vowels before long ones, ة and not ت, ى and not ا at
//     the end. عِند is فِعْل.
// A few words that follow no rule are listed in wazn.cc.
// Words without a root have none; nor have ٱللَّه, أَنَّىٰ, كُلَّمَا, nor a word in which root and lemma do not fit.
//
// Threads: pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "attributes/morphology_values.h"

namespace kalima::corpus {

struct Lexeme {
  std::string_view root = {}, lemma = {};  // Arabic, UTF-8
  bool verb = false;
  std::optional<attributes::VerbForm> form = {};
  std::optional<attributes::Derivation> derivation = {};
};

// UTF-8 in NFC; nullopt if it has none.
std::optional<std::string> wazn(const Lexeme& lexeme);

}  // namespace kalima::corpus
