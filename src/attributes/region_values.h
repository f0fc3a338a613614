// Regions: the parts into which the text is divided, each a run of words that does not overlap another region
// of its kind, and the values of their closed attributes.
#pragma once

#include <cstdint>

#include "attributes/value.h"

namespace kalima::attributes {

// `english` says what one is, `aliases` what users of other systems write in a tag such as <verse/>.
enum class Region : std::uint8_t {
  word,
  verse,
  surah,
  juz,
  hizb,
  quarter,
  manzil,
  ruku,
  page,
  sentence,
  phrase,
};
inline constexpr auto regions = in_order<Region>({
    {Region::word, {"w", "word", "كلمة", "", "word token"}},
    {Region::verse, {"verse", "verse (ayah)", "آية", "", "ayah aya"}},
    {Region::surah, {"surah", "surah", "سورة", "", "sura chapter"}},
    {Region::juz, {"juz", "juz, one of 30 parts", "جزء", "", "juz' part"}},
    {Region::hizb, {"hizb", "hizb, half of a juz", "حزب", "", ""}},
    {Region::quarter, {"quarter", "quarter of a hizb", "ربع", "", "rub hizb_quarter"}},
    {Region::manzil, {"manzil", "manzil, one of seven stations", "منزل", "", ""}},
    {Region::ruku, {"ruku", "rukuʿ, a passage for recitation", "ركوع", "", "section"}},
    {Region::page, {"page", "page of the Madani mushaf", "صفحة", "", ""}},
    {Region::sentence, {"s", "sentence of the treebank", "جملة", "", "sentence"}},
    {Region::phrase, {"phrase", "phrase of the treebank", "مركب", "", "constituent"}},
});

enum class Place : std::uint8_t { meccan, medinan };
inline constexpr auto places = in_order<Place>({
    {Place::meccan, {"Meccan", "revealed at Mecca", "مكية", "", "makki mecca makkan"}},
    {Place::medinan, {"Medinan", "revealed at Medina", "مدنية", "", "madani medina"}},
});

}  // namespace kalima::attributes
