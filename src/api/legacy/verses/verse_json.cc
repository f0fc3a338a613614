#include "api/legacy/verses/verse_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "support/error.h"

namespace kalima::api::legacy {
namespace {

using corpus::ResearchKind;

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

json::Value* find(json::Object& members, std::string_view key) {
  const auto it = std::ranges::find(members, key, &json::Member::first);
  return it == members.end() ? nullptr : &it->second;
}

const Layout* layout_at(const auto& layouts, const auto& place) {
  const auto it = layouts.find(place);
  return it == layouts.end() ? nullptr : &it->second;
}

// An object by its layout; `lists` of research go before odd values, and at the end where no key names them.
json::Value laid_out(json::Object members, const Layout* layout, json::Object lists = {}) {
  if (layout == nullptr) {
    std::ranges::move(lists, std::back_inserter(members));
    return members;
  }
  json::Object out;
  auto odd = layout->odd.begin();  // they are in the order of the keys, and may be many
  for (const std::string& key : layout->keys) {
    const json::Value* odd_value = odd != layout->odd.end() && odd->first == key ? &odd++->second : nullptr;
    if (json::Value* list = find(lists, key)) {
      out.emplace_back(key, std::move(*list));
    } else if (odd_value != nullptr) {
      out.emplace_back(key, *odd_value);
    } else if (json::Value* member = find(members, key)) {
      out.emplace_back(key, std::move(*member));
    }  // else a list that was removed since
  }
  for (json::Member& list : lists) {
    if (std::ranges::find(layout->keys, list.first) == layout->keys.end()) out.push_back(std::move(list));
  }
  return out;
}

// Nothing if `written`, which has no layout yet, is the object.
std::optional<Layout> layout_of(const json::Value& object, const json::Value& written) {
  if (written == object) return std::nullopt;
  Layout layout;
  for (const auto& [key, value] : *object.as_object()) {
    layout.keys.push_back(key);
    const json::Value* known = written.find(key);
    if (known == nullptr || *known != value) layout.odd.emplace_back(key, value);
  }
  return layout;
}

json::Value segment_json(const corpus::Segment& segment, const Layout* layout) {
  return laid_out({{"id", segment.id},
                   {"form", segment.form},
                   {"type", segment.type},
                   {"pos", segment.pos},
                   {"root", segment.root},
                   {"lemma", segment.lemma},
                   {"features", segment.features}},
                  layout);
}

// A verse is read from the inside out, each part with the layouts of the parts that it has.
class Reader {
 public:
  WrittenVerse read(const json::Value& object) {
    if (object.as_object() == nullptr) bad("a verse is not an object");
    corpus::Verse& verse = made_.verse;
    const json::Value* surah = object.find("surah");
    if (surah == nullptr || surah->as_object() == nullptr)
      bad("no object \"surah\" with a number and a name");
    verse.surah = required_integer(*surah, "number");
    verse.surah_name = required_text(*surah, "name");
    verse.ayah = required_integer(object, "ayah");
    verse.text = required_text(object, "text");
    if (const json::Array* words = list_or_absent(object, "tokens")) {
      for (const json::Value& word : *words) read_word(word);
    }
    for (const auto& [key, value] : *object.as_object()) {
      for (const ResearchKind kind : corpus::all_research_kinds) {
        if (key != corpus::verse_key(kind)) continue;
        // A value of another type is odd, like that of an unknown key.
        if (is_list(kind) && value.as_array() != nullptr) verse.research.push_back({kind, *value.as_array()});
        if (!is_list(kind) && value.as_object() != nullptr) verse.research.push_back({kind, {value}});
      }
    }
    made_.layout.verse = layout_of(object, to_json(verse, made_.layout));
    return std::move(made_);
  }

 private:
  void read_word(const json::Value& object) {
    if (object.as_object() == nullptr) bad("a token is not an object");
    const std::size_t position = made_.verse.words.size();
    corpus::Word& word = made_.verse.words.emplace_back();
    const json::Value* id = object.find("id");
    word.id = id == nullptr ? 0 : id->as_integer().value_or(0);
    word.form = text_or_null(object, "form");
    if (const json::Array* segments = list_or_absent(object, "segments")) {
      for (const json::Value& segment : *segments) read_segment(segment, position, word);
    }
    if (auto layout = layout_of(object, to_json(word, position, made_.layout)))
      made_.layout.words.emplace(position, std::move(*layout));
  }

  void read_segment(const json::Value& object, std::size_t word_position, corpus::Word& word) {
    if (object.as_object() == nullptr) bad("a segment is not an object");
    const std::size_t position = word.segments.size();
    corpus::Segment& segment = word.segments.emplace_back();
    segment.id = text_or_null(object, "id").value_or("");
    segment.form = text_or_null(object, "form");
    segment.type = text_or_null(object, "type");
    segment.pos = text_or_null(object, "pos");
    segment.root = text_or_null(object, "root");
    segment.lemma = text_or_null(object, "lemma");
    segment.features = text_or_null(object, "features");
    if (auto layout = layout_of(object, to_json(segment)))
      made_.layout.segments.emplace(std::pair(word_position, position), std::move(*layout));
  }

  WrittenVerse made_;
};

}  // namespace

WrittenVerse verse_from_json(const json::Value& object) { return Reader().read(object); }

json::Value to_json(const corpus::Segment& segment) { return segment_json(segment, nullptr); }

json::Value to_json(const corpus::Word& word, std::size_t position, const VerseLayout& layout) {
  json::Array segments;
  segments.reserve(word.segments.size());
  for (const corpus::Segment& segment : word.segments)
    segments.push_back(
        segment_json(segment, layout_at(layout.segments, std::pair(position, segments.size()))));
  return laid_out({{"id", word.id}, {"form", word.form}, {"segments", std::move(segments)}},
                  layout_at(layout.words, position));
}

json::Value to_json(const corpus::Research& research) {
  if (is_list(research.kind)) return json::Value(json::Array(research.documents));
  return research.documents.empty() ? json::Value(json::Object{}) : research.documents.front();
}

json::Value to_json(const corpus::Verse& verse, const VerseLayout& layout) {
  json::Array words;
  words.reserve(verse.words.size());
  for (const corpus::Word& word : verse.words) words.push_back(to_json(word, words.size(), layout));
  json::Object lists;
  for (const corpus::Research& research : verse.research)
    lists.emplace_back(std::string(corpus::verse_key(research.kind)), to_json(research));
  return laid_out({{"surah", json::Object{{"number", verse.surah}, {"name", verse.surah_name}}},
                   {"ayah", verse.ayah},
                   {"text", verse.text},
                   {"tokens", std::move(words)}},
                  layout.verse ? &*layout.verse : nullptr, std::move(lists));
}

json::Value to_json(const WrittenVerse& written) { return to_json(written.verse, written.layout); }

std::string with_research(std::string_view verse, const std::vector<ListText>& lists,
                          const json::Object& odd) {
  std::map<std::string_view, std::string_view> members;
  for (const auto& [key, value] : json::written_members(verse)) members.emplace(key, value);
  std::vector<std::string> texts;
  texts.reserve(odd.size());  // so that the views stay valid
  for (const ResearchKind kind : corpus::all_research_kinds) {
    const std::string_view key = corpus::verse_key(kind);
    members.erase(key);
    const auto value = std::ranges::find(odd, key, &json::Member::first);
    if (value != odd.end()) members[key] = texts.emplace_back(json::sorted(value->second));
  }
  for (const ListText& list : lists) members[corpus::verse_key(list.kind)] = list.json;
  std::size_t bytes = 2;
  for (const auto& [key, value] : members) bytes += key.size() + value.size() + 4;
  std::string out;
  out.reserve(bytes);
  for (const auto& [key, value] : members) {
    out += out.empty() ? "{\"" : ",\"";
    out.append(key).append("\":").append(value);
  }
  return out += '}';
}

}  // namespace kalima::api::legacy
