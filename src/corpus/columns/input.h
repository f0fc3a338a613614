// What the core file is made from: the corpus as typed values, without any trace of where it is stored.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attributes/morphology_values.h"
#include "corpus/word_places.h"

namespace kalima::columns {

// All texts are UTF-8; a missing one is nullopt or, for features, empty.
struct Segment {
  std::optional<std::string> form;  // as the morphology spells it
  std::optional<std::string> tag;   // part of speech, mostly one of attributes::parts_of_speech
  std::optional<attributes::SegmentType> type;
  std::optional<std::string> root, lemma;  // Arabic in NFC; as they are where they are in other letters
  std::string features;                    // as corpus/features.h reads them
};

struct Word {
  std::optional<std::string> form;  // as the text has it
  std::vector<Segment> segments;
  std::optional<corpus::TextPlace> place = {};  // in the verse's text, after those of the words before
};

// The n-th word of a verse, and the n-th segment of a word, have the number n, 1-based.
struct Verse {
  std::uint32_t surah = 0, ayah = 0;  // 1-based
  std::vector<Word> words;
  std::string text = {};
};

}  // namespace kalima::columns
