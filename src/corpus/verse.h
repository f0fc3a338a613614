// The corpus as values: a verse (ayah) of words, a word of segments, as the old server's corpus file has
// them (one JSON object a line), without losing anything of that object.
//
// `layout` keeps what the typed members cannot: unknown keys, keys in another order, absent keys. It is empty
// when the object is written exactly as `to_json` writes it from the typed members, which is nearly always.
// Else it is the object itself, with `true` standing for each part that is stored elsewhere (a word's
// segments; a verse's words and research documents).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/json.h"

namespace kalima::corpus {

// A morphological part of a word: prefix, stem or suffix.
struct Segment {
  std::string id;  // "WORD.SEGMENT", both 1-based
  std::optional<std::string> form, type, pos, root, lemma, features;
  std::optional<json::Value> layout;
};

// What stands between blanks in the text (the old API calls it a token).
struct Word {
  std::int64_t id = 0;  // 1-based place in the verse
  std::optional<std::string> form;
  std::vector<Segment> segments;
  std::optional<json::Value> layout;
};

// The kinds of research documents that hang on a verse, and the key each has there.
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
  std::optional<json::Value> layout;
};

// Reads a verse object. Throws Error(bad_input) that says which member is wrong and what was expected.
Verse verse_from_json(const json::Value& object);
// The object as it was read: keys in their order, with what the typed members hold now.
json::Value to_json(const Verse& verse);
json::Value to_json(const Word& word);
json::Value to_json(const Segment& segment);

// A verse's JSON with sorted keys, with these research documents in the place of those that it has: what
// json::sorted(to_json(verse)) gives for a verse without a layout.
std::string with_research(std::string_view verse, const std::vector<Research>& research);

}  // namespace kalima::corpus
