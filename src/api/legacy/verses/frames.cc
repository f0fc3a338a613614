#include "api/legacy/verses/frames.h"

namespace kalima::api::legacy {
namespace {

// Replaces the marker `true` by the part that was there.
json::Value filled(json::Value frame, std::string_view key, json::Value part) {
  json::Value* place = frame.find(key);
  if (place != nullptr && place->as_bool() != nullptr && *place->as_bool()) *place = std::move(part);
  return frame;
}

json::Value marked(json::Value object, std::string_view key) {
  if (json::Value* part = object.find(key)) *part = true;
  return object;
}

json::Value word_in_frames(const corpus::Word& word, std::size_t position, const VerseFrames& frames) {
  json::Array segments;
  for (const corpus::Segment& segment : word.segments) {
    const auto frame = frames.segments.find({position, segments.size()});
    segments.push_back(frame == frames.segments.end() ? to_json(segment) : frame->second);
  }
  json::Value object = to_json(word);
  const auto frame = frames.words.find(position);
  if (frame != frames.words.end()) return filled(frame->second, "segments", std::move(segments));
  object.set("segments", std::move(segments));
  return object;
}

}  // namespace

VerseFrames frames_of(const corpus::Verse& verse, const VerseLayout& layout) {
  VerseFrames frames;
  if (layout.verse) {
    json::Value object = to_json(verse, layout);
    for (const corpus::ResearchKind kind : corpus::all_research_kinds) object.erase(corpus::verse_key(kind));
    if (verse_from_json(object).layout.verse) frames.verse = marked(std::move(object), "tokens");
  }
  for (const auto& [position, of_word] : layout.words) {
    if (position < verse.words.size())
      frames.words.emplace(position, marked(to_json(verse.words[position], position, layout), "segments"));
  }
  for (const auto& [place, of_segment] : layout.segments) {
    const std::size_t word = place.first, segment = place.second;
    if (word >= verse.words.size() || segment >= verse.words[word].segments.size()) continue;
    const json::Value object = to_json(verse.words[word], word, {{}, {}, layout.segments});
    frames.segments.emplace(place, object.find("segments")->as_array()->at(segment));
  }
  return frames;
}

WrittenVerse in_frames(const corpus::Verse& verse, const VerseFrames& frames) {
  json::Array words;
  for (const corpus::Word& word : verse.words) words.push_back(word_in_frames(word, words.size(), frames));
  json::Value object = to_json(verse);
  if (frames.verse) {
    object = filled(*frames.verse, "tokens", std::move(words));
  } else {
    object.set("tokens", std::move(words));
  }
  return verse_from_json(object);
}

}  // namespace kalima::api::legacy
