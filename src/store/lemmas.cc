#include "store/lemmas.h"

#include "support/lines.h"
#include "text/buckwalter.h"

namespace kalima::store {

Lemmas::Lemmas(const CorpusReader& database) {
  const std::string lines = database.meta(lemmas_in_other_letters_key).value_or("");
  for (Lines reader(lines, LineEnds::lf); reader.next();) other_letters_.emplace(reader.line());
}

std::string Lemmas::as_written(const corpus::Segment& segment) const {
  // The features of the Quranic Arabic Corpus say it in its transliteration.
  if (!segment.features && other_letters_.contains(*segment.lemma)) return *segment.lemma;
  return text::arabic_from_buckwalter(*segment.lemma).value_or(*segment.lemma);
}

}  // namespace kalima::store
