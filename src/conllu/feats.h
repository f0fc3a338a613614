// The column FEATS: a segment's features string (Quranic Arabic Corpus 0.4) as features of Universal
// Dependencies.
//
// Source of names and values: https://universaldependencies.org/u/feat/ and, for the energetic mood, its page
// on Mood=Nrg. What the corpus leaves out because it is the usual case (corpus/features.h) is written out: a
// verb without PASS has Voice=Act, an imperfect verb without MOOD: has Mood=Ind.
#pragma once

#include <string>
#include <string_view>

#include "corpus/features.h"

namespace kalima::conllu {

// "Case=Gen|Definite=Def|Gender=Masc", sorted by name; empty if there are none. `tag` is the part-of-speech
// tag of the segment; `with_article` says that its word has the article, which makes a nominal stem definite.
std::string feats_of(std::string_view features, std::string_view tag, bool with_article);
// The same of features that were read, and that have what is implied.
std::string feats_of(const corpus::Features& features, std::string_view tag, bool with_article);

}  // namespace kalima::conllu
