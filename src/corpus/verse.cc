#include "corpus/verse.h"

namespace kalima::corpus {

std::string_view verse_key(ResearchKind kind) {
  switch (kind) {
    case ResearchKind::annotation:
      return "annotations";
    case ResearchKind::connections:
      return "connections";
    case ResearchKind::pronoun_reference:
      return "pronoun_references";
    case ResearchKind::hypothesis:
      return "structure_hypotheses";
    case ResearchKind::translation:
      return "translations";
  }
  return {};
}

bool is_list(ResearchKind kind) { return kind != ResearchKind::connections; }

}  // namespace kalima::corpus
