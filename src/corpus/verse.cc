#include "corpus/verse.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "support/error.h"

namespace kalima::corpus {
namespace {

[[noreturn]] void bad(const std::string& what) { throw Error(ErrorCode::bad_input, what); }

std::optional<std::string> text_or_null(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  if (value == nullptr || value->is_null()) return std::nullopt;
  if (const std::string* text = value->as_string()) return *text;
  bad(fmt::format("\"{}\" is neither a string nor null", key));
}

std::string required_text(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  if (value == nullptr || value->as_string() == nullptr) bad(fmt::format("no string \"{}\"", key));
  return *value->as_string();
}

std::int64_t required_integer(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  const auto number = value == nullptr ? std::nullopt : value->as_integer();
  if (!number) bad(fmt::format("no integer \"{}\"", key));
  return *number;
}

const json::Array* list_or_absent(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  if (value == nullptr) return nullptr;
  if (value->as_array() == nullptr) bad(fmt::format("\"{}\" is not a list", key));
  return value->as_array();
}

Segment segment_from_json(const json::Value& object) {
  if (object.as_object() == nullptr) bad("a segment is not an object");
  Segment segment;
  segment.id = text_or_null(object, "id").value_or("");
  segment.form = text_or_null(object, "form");
  segment.type = text_or_null(object, "type");
  segment.pos = text_or_null(object, "pos");
  segment.root = text_or_null(object, "root");
  segment.lemma = text_or_null(object, "lemma");
  segment.features = text_or_null(object, "features");
  if (to_json(segment) != object) segment.layout = object;
  return segment;
}

Word word_from_json(const json::Value& object) {
  if (object.as_object() == nullptr) bad("a token is not an object");
  Word word;
  const json::Value* id = object.find("id");
  word.id = id == nullptr ? 0 : id->as_integer().value_or(0);
  word.form = text_or_null(object, "form");
  if (const json::Array* segments = list_or_absent(object, "segments")) {
    for (const json::Value& segment : *segments) word.segments.push_back(segment_from_json(segment));
  }
  if (to_json(word) != object) {
    word.layout = object;
    if (object.find("segments") != nullptr) word.layout->set("segments", true);
  }
  return word;
}

json::Value research_to_json(const Research& research) {
  if (is_list(research.kind)) return json::Value(json::Array(research.documents));
  return research.documents.empty() ? json::Value(json::Object{}) : research.documents.front();
}

// Replaces the marker `true` of a layout by the part that is stored elsewhere.
void fill(json::Value& layout, std::string_view key, json::Value part) {
  json::Value* place = layout.find(key);
  if (place != nullptr && place->as_bool() != nullptr && *place->as_bool()) *place = std::move(part);
}

json::Value words_to_json(const Verse& verse) {
  json::Array words;
  words.reserve(verse.words.size());
  for (const Word& word : verse.words) words.push_back(to_json(word));
  return json::Value(std::move(words));
}

}  // namespace

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

json::Value to_json(const Segment& segment) {
  if (segment.layout) return *segment.layout;
  return json::Object{
      {"id", segment.id},     {"form", segment.form},   {"type", segment.type},        {"pos", segment.pos},
      {"root", segment.root}, {"lemma", segment.lemma}, {"features", segment.features}};
}

json::Value to_json(const Word& word) {
  json::Array segments;
  segments.reserve(word.segments.size());
  for (const Segment& segment : word.segments) segments.push_back(to_json(segment));
  if (word.layout) {
    json::Value object = *word.layout;
    fill(object, "segments", json::Value(std::move(segments)));
    return object;
  }
  return json::Object{{"id", word.id}, {"form", word.form}, {"segments", std::move(segments)}};
}

json::Value to_json(const Verse& verse) {
  if (verse.layout) {
    json::Value object = *verse.layout;
    fill(object, "tokens", words_to_json(verse));
    for (const Research& research : verse.research) {
      fill(object, verse_key(research.kind), research_to_json(research));
    }
    return object;
  }
  json::Object object{{"surah", json::Object{{"number", verse.surah}, {"name", verse.surah_name}}},
                      {"ayah", verse.ayah},
                      {"text", verse.text},
                      {"tokens", words_to_json(verse)}};
  for (const Research& research : verse.research) {
    object.emplace_back(std::string(verse_key(research.kind)), research_to_json(research));
  }
  return object;
}

std::string with_research(std::string_view verse, const std::vector<Research>& research) {
  std::map<std::string_view, std::string_view> members;
  for (const auto& [key, value] : json::written_members(verse)) members.emplace(key, value);
  for (const ResearchKind kind : all_research_kinds) members.erase(verse_key(kind));
  std::vector<std::string> texts;
  texts.reserve(research.size());  // so that the views stay valid
  for (const Research& list : research) {
    members[verse_key(list.kind)] = texts.emplace_back(json::sorted(research_to_json(list)));
  }
  std::string out;
  for (const auto& [key, value] : members) {
    out += out.empty() ? "{\"" : ",\"";
    out.append(key).append("\":").append(value);
  }
  return out += '}';
}

Verse verse_from_json(const json::Value& object) {
  if (object.as_object() == nullptr) bad("a verse is not an object");
  Verse verse;
  const json::Value* surah = object.find("surah");
  if (surah == nullptr || surah->as_object() == nullptr) bad("no object \"surah\" with a number and a name");
  verse.surah = required_integer(*surah, "number");
  verse.surah_name = required_text(*surah, "name");
  verse.ayah = required_integer(object, "ayah");
  verse.text = required_text(object, "text");
  if (const json::Array* words = list_or_absent(object, "tokens")) {
    for (const json::Value& word : *words) verse.words.push_back(word_from_json(word));
  }
  for (const auto& [key, value] : *object.as_object()) {
    for (const ResearchKind kind : all_research_kinds) {
      if (key != verse_key(kind)) continue;
      // A value of another type stays in the layout, like an unknown key.
      if (is_list(kind) && value.as_array() != nullptr) verse.research.push_back({kind, *value.as_array()});
      if (!is_list(kind) && value.as_object() != nullptr) verse.research.push_back({kind, {value}});
    }
  }
  if (to_json(verse) != object) {
    verse.layout = object;
    if (object.find("tokens") != nullptr) verse.layout->set("tokens", true);
    for (const Research& research : verse.research) verse.layout->set(verse_key(research.kind), true);
  }
  return verse;
}

}  // namespace kalima::corpus
