// What an attribute of the corpus is: the shape of a row of attributes/table.h.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "attributes/region_values.h"
#include "attributes/value.h"

namespace kalima::attributes {

// Of what it is an attribute.
enum class Level : std::uint8_t {
  segment,  // a prefix, stem or suffix
  word,     // of the morphology
  region,   // a verse, surah, juz ..., see Region
  node,     // of the treebank: a segment, or a hidden node that is not spoken
};

enum class Type : std::uint8_t {
  enumerated,  // one of `values`
  dictionary,  // any text; `values` has labels of some
  number,      // a whole number, 0 to 4,294,967,294
  flag,        // yes or no; never missing
};

// Who supplies it.
enum class Source : std::uint8_t {
  text,        // the text of the verses
  morphology,  // the Quranic Arabic Corpus' morphology file, or a data folder's segments
  treebank,    // the Quranic Treebank
  masaq,       // MASAQ
  divisions,   // data/divisions
  derived,     // computed from the others
};

// Where the core file keeps its values.
enum class Column : std::uint8_t {
  analysis,       // once for each distinct analysis of a segment
  segment,        // for each segment
  word_analysis,  // once for each distinct analysis of a word
  word,           // for each word
  region,         // for each region of its kind
  node,           // for each node
  implied,        // nowhere: it follows from the position (the number of a word in its verse)
};

// In the order of the table. `position` is the attribute `n` of a word; region attributes are named after their
// region.
enum class Attribute : std::uint8_t {
  // of a segment
  segment,
  type,
  pos,
  root,
  lemma,
  form,
  aspect,
  voice,
  mood,
  person,
  gender,
  number,
  case_,
  state,
  derivation,
  clitic,
  group,
  wazn,
  masaq_tag,
  masaq_type,
  masaq_punctuation,
  masaq_declension,
  masaq_role,
  masaq_construct,
  masaq_case,
  masaq_marker,
  masaq_phrase,
  masaq_function,
  masaq_note,
  // of a word
  word,
  plain,
  letters,
  abjad,
  rhyme,
  rhyme_letter,
  rhyme_vowel,
  sound,
  repetition,
  position,
  stem_root,
  stem_lemma,
  stem_pos,
  gloss,
  transliteration,
  // of a region
  verse_n,
  verse_sajda,
  verse_similarity,
  surah_n,
  surah_name,
  surah_place,
  surah_order,
  juz_n,
  hizb_n,
  quarter_n,
  manzil_n,
  ruku_n,
  page_n,
  sentence_n,
  phrase_kind,
  // of a node
  relation,
  hidden,
  depth,
};

struct Definition {
  Attribute attribute;
  Level level;
  Region region;             // for Level::region
  std::string_view name;     // unique; lower case, as in queries, CSV headers and JSON
  std::string_view aliases;  // further names that users may type, separated by spaces; also unique
  Type type;
  std::span<const Value> values;
  std::string_view english, arabic;  // labels
  std::string_view meaning;          // one line
  std::string_view example;          // a query that finds something in the starter corpus
  Source source;
  Column column;
};

}  // namespace kalima::attributes
