// The corpus as values: a verse (ayah) of words, a word of segments, as in the old server's corpus file (one
// JSON object on each line), without losing anything of that object.
//
// `layout` keeps what the typed members cannot: unknown keys, keys in another order, absent keys. It is empty
// if `to_json` writes exactly that object from the typed members, which is nearly always the case. Otherwise
// it is the object itself, with `true` in place of each part that is stored elsewhere (a word's segments; a
// verse's words and research documents).
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

// A word of the text (the old API calls it a token).
struct Word {
  std::int64_t id = 0;  // 1-based position in the verse
  std::optional<std::string> form;
  std::vector<Segment> segments;
  std::optional<json::Value> layout;
};

// The kinds of research documents of a verse, and the key of each in the verse object.
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
// The object that was read: keys in their order, with the current values of the typed members.
json::Value to_json(const Verse& verse);
json::Value to_json(const Word& word);
json::Value to_json(const Segment& segment);

// A verse's JSON with sorted keys and with these research documents instead of its own. For a verse without a
// layout it is json::sorted(to_json(verse)).
std::string with_research(std::string_view verse, const std::vector<Research>& research);

}  // namespace kalima::corpus
