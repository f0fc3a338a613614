#include "api/legacy/research_answers.h"

#include <fmt/format.h>

#include "api/legacy/values.h"
#include "support/hash.h"
#include "text/unicode.h"

namespace kalima::api::legacy {
namespace {

using corpus::ResearchKind;

const json::Array& list_member(const json::Value& object, std::string_view key) {
  static const json::Array none;
  const json::Value* value = object.find(key);
  return value != nullptr && value->as_array() != nullptr ? *value->as_array() : none;
}

std::string text_member(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  return value != nullptr && value->as_string() != nullptr ? *value->as_string() : std::string();
}

// The text of a member of a rendered verse. Nothing else of the verse is read: its research may have any size.
std::optional<std::string_view> written_member(std::string_view verse, std::string_view key) {
  for (const auto& [name, value] : json::written_members(verse)) {
    if (name == key) return value;
  }
  return std::nullopt;
}

json::Array list_in(std::string_view verse, std::string_view key) {
  const auto text = written_member(verse, key);
  json::Value value = text ? json::parse(*text) : json::Value();
  return value.as_array() != nullptr ? std::move(*value.as_array()) : json::Array{};
}

json::Value member_or_null(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  return value == nullptr ? json::Value() : *value;
}

// Like Python prints a value in an f-string.
std::string printed(const json::Value& value) {
  if (const std::string* text = value.as_string()) return *text;
  return value.is_null() ? "None" : json::ordered(value);
}

bool is_pronoun_tag(const json::Value& object) { return text::upper(text_member(object, "pos")) == "PRON"; }

}  // namespace

json::Array pronouns_of(std::string_view verse) {
  json::Array pronouns;
  for (const json::Value& token : list_in(verse, "tokens")) {
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
      const bool by_features =
          text::lower(text_member(segment, "features")).find("pron") != std::string::npos;
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

namespace {

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

}  // namespace

http::Response pronouns_answer(const LiveVerses& verses, std::size_t number) {
  const Snapshot& snapshot = verses.snapshot();
  const LiveVerses::Written written = verses.written(number, ResearchKind::pronoun_reference);
  const std::string_view verse = written.text.json;
  const json::Array found = pronouns_of(verse);
  json::Array references;
  Evidence all;
  for (json::Value& reference : list_in(verse, corpus::verse_key(ResearchKind::pronoun_reference))) {
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
  for (json::Value& hypothesis : list_in(verse, corpus::verse_key(ResearchKind::hypothesis))) {
    if (text_member(hypothesis, "target_type") == "pronoun") hypotheses.push_back(std::move(hypothesis));
  }
  json::Object stats{{"total_pronouns", static_cast<int>(found.size())},
                     {"annotated_pronouns", static_cast<int>(references.size())},
                     {"supporting_evidence", all.supporting},
                     {"counter_evidence", all.counter}};
  json::Object place{{"surah", static_cast<std::int64_t>(snapshot.verse(number).surah)},
                     {"ayah", static_cast<std::int64_t>(snapshot.verse(number).ayah)},
                     {"text", snapshot.text(number)}};
  http::Response response = http::json_response(
      http::Body(json::sorted(json::Object{{"verse", std::move(place)},
                                           {"pronouns", found},
                                           {"references", std::move(references)},
                                           {"structure_hypotheses", std::move(hypotheses)},
                                           {"stats", std::move(stats)}})));
  response.headers.emplace_back("ETag", quoted_tag(written.tag));
  return response;
}

http::Response list_answer(const LiveVerses& verses, std::size_t number, ResearchKind kind) {
  LiveVerses::Written verse = verses.written(number, kind);
  http::Body body;
  if (const auto member = written_member(verse.text.json, corpus::verse_key(kind))) {
    body.splice(*member);
    if (verse.text.owner) body.keep(std::move(verse.text.owner));
  } else {
    body.append(corpus::is_list(kind) ? "[]" : R"({"external":[],"internal":[]})");
  }
  http::Response response = http::json_response(std::move(body));
  response.headers.emplace_back("ETag", quoted_tag(verse.tag));
  return response;
}

std::string entity_tag(std::string_view answer) {
  return quoted_tag(fmt::format("{:016x}", hash_of(answer)));
}

std::string quoted_tag(std::string_view tag) { return fmt::format("\"{}\"", tag); }

}  // namespace kalima::api::legacy
