// GET /api/v1/morphology/SURAH:AYAH
#include <algorithm>

#include "api/v1/parameters.h"
#include "api/v1/routes.h"
#include "corpus/features.h"
#include "corpus/verse.h"
#include "support/json.h"

namespace kalima::api::v1 {
namespace {

using corpus::Features;
using http::Body;
using http::PathParts;
using http::Request;

json::Value pos_json(const std::optional<std::string>& tag) {
  if (!tag) return {};
  const auto pos = corpus::from_written<corpus::PartOfSpeech>(*tag);
  return json::Object{{"tag", *tag},
                      {"name", pos ? json::Value(attributes::value(*pos).english) : json::Value()}};
}

json::Value segment_json(const corpus::Segment& segment) {
  const Features written =
      corpus::read_features(segment.features ? std::string_view(*segment.features) : std::string_view());
  const auto values = corpus::named_values(written);
  json::Object as_written, implied;
  for (const auto& [property, value] : values) as_written.emplace_back(property, value);
  // Implied features complement the written ones; they never replace them.
  for (const auto& value : corpus::named_values(corpus::with_implied(written))) {
    if (std::find(values.begin(), values.end(), value) == values.end())
      implied.emplace_back(value.first, value.second);
  }
  json::Object object{{"id", segment.id},
                      {"form", segment.form},
                      {"type", segment.type},
                      {"pos", pos_json(segment.pos)},
                      {"root", segment.root},
                      {"lemma", segment.lemma},
                      {"features_text", segment.features},
                      {"features", std::move(as_written)},
                      {"implied", std::move(implied)}};
  if (!written.leftovers.empty()) {
    object.emplace_back("leftovers", json::Array(written.leftovers.begin(), written.leftovers.end()));
  }
  return object;
}

http::Response morphology(const corpus::Verse& verse) {
  json::Array words;
  for (const corpus::Word& word : verse.words) {
    json::Array segments;
    for (const corpus::Segment& segment : word.segments) segments.push_back(segment_json(segment));
    words.push_back(json::Object{{"id", word.id}, {"form", word.form}, {"segments", std::move(segments)}});
  }
  return http::json_response(Body(json::ordered(json::Object{
      {"surah", verse.surah}, {"ayah", verse.ayah}, {"text", verse.text}, {"words", std::move(words)}})));
}

}  // namespace

void add_morphology_routes(http::Router& router, const Context& context) {
  router.add("GET", "/api/v1/morphology/{text}", [context](const Request&, const PathParts& parts) {
    const auto verse = static_cast<std::int64_t>(verse_of(context.core, parts.texts[0]));
    return morphology(context.workers.lease()->reader.verse(verse));
  });
}

}  // namespace kalima::api::v1
