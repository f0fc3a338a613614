// The corpus as values: a verse (ayah) of words, a word of segments, and what users wrote about the verse.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/json.h"

namespace kalima::corpus {

// A morphological part of a word: prefix, stem or suffix.
struct Segment {
  std::string id;  // "WORD.SEGMENT", both 1-based
  std::optional<std::string> form, type, pos, root, lemma, features;
};

struct Word {
  std::int64_t id = 0;  // 1-based position in the verse
  std::optional<std::string> form;
  std::vector<Segment> segments;
};

// The kinds of research documents of a verse.
enum class ResearchKind { annotation, connections, pronoun_reference, hypothesis, translation };
inline constexpr ResearchKind all_research_kinds[] = {ResearchKind::annotation, ResearchKind::connections,
                                                      ResearchKind::pronoun_reference,
                                                      ResearchKind::hypothesis, ResearchKind::translation};
// "annotations", "connections", "pronoun_references", "structure_hypotheses", "translations".
std::string_view verse_key(ResearchKind kind);
// True for the kinds that are lists of documents; connections are one object.
bool is_list(ResearchKind kind);

struct Research {
  ResearchKind kind;
  // For a list: its documents in order. For connections: exactly one.
  std::vector<json::Value> documents;
};

struct Verse {
  std::int64_t surah = 0, ayah = 0;  // 1-based
  std::string surah_name;
  std::string text;
  std::vector<Word> words;
  std::vector<Research> research;  // at most one of each kind; present also when its list is empty
};

}  // namespace kalima::corpus
