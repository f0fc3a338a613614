#include "importers/counts.h"

namespace kalima::importers {

void Counts::add(const corpus::Verse& verse) {
  ++verses;
  words += verse.words.size();
  for (const corpus::Word& word : verse.words) segments += word.segments.size();
  for (const corpus::Research& list : verse.research) {
    (list.kind == corpus::ResearchKind::translation ? translations : research) += list.documents.size();
  }
}

}  // namespace kalima::importers
