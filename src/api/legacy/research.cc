// What users wrote, read back: annotations, hypotheses, translations, connections, pronoun references, tags, patterns.
#include <fmt/format.h>

#include "api/legacy/api.h"
#include "api/legacy/values.h"
#include "support/json.h"
#include "text/unicode.h"

namespace kalima::api::legacy {
namespace {

using http::Body;
using http::PathParts;
using http::Request;
using http::Response;
using snapshot::Snapshot;

Response json_answer(const json::Value& value) { return http::json_response(Body(json::sorted(value))); }

// Answers with what `make` makes of the verse that SURAH:AYAH names.
template <typename Make>
Response for_reference(const Snapshot& snapshot, std::string_view text, Make make) {
  const auto reference = parse_reference(text);
  if (!reference) return http::error_response(400, "Invalid verse reference");
  const bool possible = reference->surah >= 0 && reference->ayah >= 0;
  const auto verse = possible ? snapshot.find_verse(static_cast<std::uint64_t>(reference->surah),
                                                    static_cast<std::uint64_t>(reference->ayah))
                              : std::nullopt;
  if (!verse) return http::error_response(404, "Verse not found");
  return make(*verse);
}

Response verse_member(const Snapshot& snapshot, std::size_t verse, corpus::ResearchKind kind) {
  const json::Value object = json::parse(snapshot.json(verse));
  if (const json::Value* member = object.find(corpus::verse_key(kind))) return json_answer(*member);
  return http::json_response(Body(corpus::is_list(kind) ? "[]" : R"({"external":[],"internal":[]})"));
}

const json::Array& list_member(const json::Value& object, std::string_view key) {
  static const json::Array none;
  const json::Value* value = object.find(key);
  return value != nullptr && value->as_array() != nullptr ? *value->as_array() : none;
}

std::string text_member(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  return value != nullptr && value->as_string() != nullptr ? *value->as_string() : std::string();
}

json::Value member_or_null(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  return value == nullptr ? json::Value() : *value;
}

// As Python prints a value inside an f-string.
std::string printed(const json::Value& value) {
  if (const std::string* text = value.as_string()) return *text;
  return value.is_null() ? "None" : json::ordered(value);
}

bool is_pronoun_tag(const json::Value& object) { return text::upper(text_member(object, "pos")) == "PRON"; }

json::Array pronouns_of(const json::Value& verse) {
  json::Array pronouns;
  for (const json::Value& token : list_member(verse, "tokens")) {
    const json::Value token_id = member_or_null(token, "id"), form = member_or_null(token, "form");
    if (is_pronoun_tag(token)) {
      pronouns.push_back(json::Object{{"pronoun_id", printed(token_id)},
                                      {"token_id", token_id},
                                      {"segment_id", nullptr},
                                      {"token_form", form},
                                      {"form", form},
                                      {"pos", member_or_null(token, "pos")},
                                      {"features", text_member(token, "features")},
                                      {"segment_type", nullptr}});
    }
    for (const json::Value& segment : list_member(token, "segments")) {
      const bool by_features = text::lower(text_member(segment, "features")).find("pron") != std::string::npos;
      if (!is_pronoun_tag(segment) && !by_features) continue;
      const json::Value id = member_or_null(segment, "id"), own_form = member_or_null(segment, "form");
      pronouns.push_back(json::Object{{"pronoun_id", printed(token_id) + ":" + printed(id)},
                                      {"token_id", token_id},
                                      {"segment_id", id},
                                      {"token_form", form},
                                      {"form", truthy(&own_form) ? own_form : form},
                                      {"pos", member_or_null(segment, "pos")},
                                      {"features", member_or_null(segment, "features")},
                                      {"segment_type", member_or_null(segment, "type")}});
    }
  }
  return pronouns;
}

struct Evidence {
  int supporting = 0, counter = 0, total = 0;
};

Evidence evidence_of(const json::Value& reference) {
  Evidence evidence;
  for (const json::Value& entry : list_member(reference, "evidence")) {
    const std::string type = text::lower(text_member(entry, "type"));
    ++evidence.total;
    if (type == "supporting") ++evidence.supporting;
    if (type == "counter") ++evidence.counter;
  }
  return evidence;
}

Response pronouns(const Snapshot& snapshot, std::size_t number) {
  const json::Value verse = json::parse(snapshot.json(number));
  const json::Array found = pronouns_of(verse);
  json::Array references;
  Evidence all;
  for (json::Value reference : list_member(verse, corpus::verse_key(corpus::ResearchKind::pronoun_reference))) {
    const Evidence evidence = evidence_of(reference);
    all.supporting += evidence.supporting;
    all.counter += evidence.counter;
    if (reference.as_object() != nullptr) {
      if (!truthy(reference.find("pronoun_form"))) {
        for (const json::Value& pronoun : found) {
          if (member_or_null(pronoun, "pronoun_id") != member_or_null(reference, "pronoun_id")) continue;
          reference.set("pronoun_form", *pronoun.find("form"));
          break;
        }
      }
      reference.set("evidence_summary", json::Object{{"supporting", evidence.supporting},
                                                     {"counter", evidence.counter},
                                                     {"total", evidence.total}});
    }
    references.push_back(std::move(reference));
  }
  json::Array hypotheses;
  for (const json::Value& hypothesis : list_member(verse, corpus::verse_key(corpus::ResearchKind::hypothesis))) {
    if (text_member(hypothesis, "target_type") == "pronoun") hypotheses.push_back(hypothesis);
  }
  json::Object stats{{"total_pronouns", static_cast<int>(found.size())},
                     {"annotated_pronouns", static_cast<int>(references.size())},
                     {"supporting_evidence", all.supporting},
                     {"counter_evidence", all.counter}};
  json::Object place{{"surah", static_cast<std::int64_t>(snapshot.verse(number).surah)},
                     {"ayah", static_cast<std::int64_t>(snapshot.verse(number).ayah)},
                     {"text", snapshot.text(number)}};
  return json_answer(json::Object{{"verse", std::move(place)},
                                  {"pronouns", found},
                                  {"references", std::move(references)},
                                  {"structure_hypotheses", std::move(hypotheses)},
                                  {"stats", std::move(stats)}});
}

Response registry_entry(search::WorkerPool& workers, std::string_view section, const std::string& name,
                        std::string_view missing) {
  const auto entry = workers.lease()->reader.registry_entry(section, name);
  return entry ? json_answer(*entry) : http::error_response(404, missing);
}

}  // namespace

void add_research_routes(http::Router& router, const Context& context) {
  const Snapshot& snapshot = context.index.snapshot();
  search::WorkerPool& workers = context.workers;
  router.add("GET", "/api/annotations/{int}/{int}", [&snapshot](const Request&, const PathParts& parts) {
    const auto verse = snapshot.find_verse(parts.numbers[0], parts.numbers[1]);
    return verse ? verse_member(snapshot, *verse, corpus::ResearchKind::annotation)
                 : http::error_response(404, "Verse not found");
  });
  for (const auto& [path, kind] : {std::pair("/api/hypotheses/{text}", corpus::ResearchKind::hypothesis),
                                   std::pair("/api/translations/{text}", corpus::ResearchKind::translation),
                                   std::pair("/api/connections/{text}", corpus::ResearchKind::connections)}) {
    router.add("GET", path, [&snapshot, kind](const Request&, const PathParts& parts) {
      return for_reference(snapshot, parts.texts[0],
                           [&](std::size_t verse) { return verse_member(snapshot, verse, kind); });
    });
  }
  router.add("GET", "/api/pronouns/{text}", [&snapshot](const Request&, const PathParts& parts) {
    return for_reference(snapshot, parts.texts[0], [&](std::size_t verse) { return pronouns(snapshot, verse); });
  });
  router.add("GET", "/api/tags", [&workers](const Request&, const PathParts&) {
    return json_answer(workers.lease()->reader.registry_object());
  });
  router.add("GET", "/api/tags/{text}", [&workers](const Request&, const PathParts& parts) {
    return registry_entry(workers, "tags", parts.texts[0], "Tag not found");
  });
  router.add("GET", "/api/patterns", [&workers](const Request&, const PathParts&) {
    return json_answer(workers.lease()->reader.registry_section("patterns"));
  });
  router.add("GET", "/api/patterns/{text}", [&workers](const Request&, const PathParts& parts) {
    return registry_entry(workers, "patterns", parts.texts[0], "Pattern not found");
  });
}

}  // namespace kalima::api::legacy
