#include "api/legacy/research_documents.h"

#include <fmt/format.h>

#include "api/legacy/values.h"
#include "support/error.h"
#include "text/unicode.h"

namespace kalima::api::legacy {
namespace {

// The first of these members that does not count as missing, else `otherwise`.
json::Value first_of(const json::Value& body, std::initializer_list<std::string_view> names,
                     json::Value otherwise) {
  for (const std::string_view name : names) {
    if (const json::Value* value = body.find(name); truthy(value)) return *value;
  }
  return otherwise;
}

std::string text_of(const json::Value& value, std::string_view name) {
  if (value.as_string() != nullptr) return *value.as_string();
  throw Error(ErrorCode::bad_input, fmt::format("\"{}\" must be a string", name));
}

std::string trimmed_member(const json::Value& body, std::string_view name) {
  const json::Value* value = body.find(name);
  if (!truthy(value)) return {};
  return std::string(text::stripped(text_of(*value, name)));
}

json::Value evidence_object(const json::Value& id, std::string type, std::string note, std::string verse,
                            const Stamp& stamp) {
  return json::Object{{"id", id},
                      {"type", std::move(type)},
                      {"note", std::move(note)},
                      {"verse", verse.empty() ? json::Value() : json::Value(std::move(verse))},
                      {"created_at", stamp.now()}};
}

// The evidence given by members of the body itself.
json::Value single_evidence(const json::Value& body, bool trim_type, const Stamp& stamp) {
  std::string type = text_of(first_of(body, {"evidence_type"}, "supporting"), "evidence_type");
  if (trim_type) type = text::stripped(type);
  return evidence_object(stamp.new_id("ev"), text::lower(type), trimmed_member(body, "evidence_note"),
                         trimmed_member(body, "evidence_verse"), stamp);
}

// The body's list `evidence`; empty when it is missing.
json::Array evidence_list(const json::Value& body, const Stamp& stamp) {
  const json::Value* list = body.find("evidence");
  if (!truthy(list)) return {};
  if (list->as_array() == nullptr) throw Error(ErrorCode::bad_input, "\"evidence\" must be a list");
  json::Array out;
  for (const json::Value& entry : *list->as_array()) out.push_back(make_evidence(entry, stamp));
  return out;
}

}  // namespace

json::Value make_evidence(const json::Value& entry, const Stamp& stamp) {
  if (entry.as_object() == nullptr) throw Error(ErrorCode::bad_input, "an evidence entry must be an object");
  json::Value id = first_of(entry, {"id"}, nullptr);
  if (id.is_null()) id = stamp.new_id("ev");
  const std::string type = text_of(first_of(entry, {"type"}, "supporting"), "type");
  return evidence_object(id, text::lower(type), trimmed_member(entry, "note"), trimmed_member(entry, "verse"),
                         stamp);
}

json::Value make_hypothesis(const json::Value& body, const Stamp& stamp) {
  json::Array evidence = evidence_list(body, stamp);
  if (evidence.empty() && truthy(body.find("evidence_note")))
    evidence.push_back(single_evidence(body, false, stamp));
  json::Value id = first_of(body, {"id"}, nullptr);
  if (id.is_null()) id = stamp.new_id("hyp");
  return json::Object{{"id", std::move(id)},
                      {"target_type", first_of(body, {"target_type", "type"}, "unknown")},
                      {"target_id", first_of(body, {"target_id", "pronoun_id"}, nullptr)},
                      {"target_meta", first_of(body, {"target_meta"}, json::Object{})},
                      {"hypothesis", first_of(body, {"hypothesis", "referent"}, nullptr)},
                      {"status", first_of(body, {"status"}, "hypothesis")},
                      {"note", first_of(body, {"note"}, "")},
                      {"evidence", std::move(evidence)},
                      {"created_at", stamp.now()},
                      {"updated_at", stamp.now()}};
}

void update_document(json::Value& document, const json::Value& body,
                     std::initializer_list<std::string_view> names, const Stamp& stamp) {
  for (const std::string_view name : names) {
    const json::Value* value = body.find(name);
    if (value != nullptr && !value->is_null()) document.set(name, *value);
  }
  if (const json::Value* entry = body.find("evidence_entry"); truthy(entry)) {
    json::Value* evidence = document.find("evidence");
    json::Array list =
        evidence != nullptr && evidence->as_array() != nullptr ? *evidence->as_array() : json::Array{};
    list.push_back(make_evidence(*entry, stamp));
    document.set("evidence", std::move(list));
  }
  document.set("updated_at", stamp.now());
}

PronounDocuments make_pronoun_documents(const json::Value& body, const json::Array& pronouns,
                                        const Stamp& stamp) {
  const auto given = [&](std::string_view name) { return first_of(body, {name}, nullptr); };
  const json::Value pronoun_id = given("pronoun_id");
  json::Value token_id = given("token_id"), segment_id = given("segment_id"), form = given("pronoun_form");
  for (const json::Value& pronoun : pronouns) {
    if (*pronoun.find("pronoun_id") != pronoun_id) continue;
    if (token_id.is_null()) token_id = *pronoun.find("token_id");
    if (segment_id.is_null()) segment_id = *pronoun.find("segment_id");
    if (form.is_null()) form = *pronoun.find("form");
    break;
  }
  // Both documents have the evidence, each with its own times but the same ids.
  const auto evidence = [&] {
    if (!trimmed_member(body, "evidence_note").empty())
      return json::Array{single_evidence(body, true, stamp)};
    return evidence_list(body, stamp);
  };
  const json::Array of_reference = evidence();
  json::Array of_hypothesis = of_reference;
  for (json::Value& entry : of_hypothesis) entry.set("created_at", stamp.now());

  json::Value id = given("id");
  if (id.is_null()) id = stamp.new_id("pr");
  const json::Value referent = given("referent"), status = first_of(body, {"status"}, "hypothesis");
  const json::Value note = first_of(body, {"note", "rationale"}, nullptr);
  PronounDocuments made;
  made.reference = json::Object{{"id", id},
                                {"pronoun_id", pronoun_id},
                                {"token_id", token_id},
                                {"segment_id", segment_id},
                                {"pronoun_form", form},
                                {"referent", referent},
                                {"referent_type", first_of(body, {"referent_type"}, "entity")},
                                {"status", status},
                                {"note", note},
                                {"evidence", of_reference},
                                {"created_at", stamp.now()},
                                {"updated_at", stamp.now()}};
  made.hypothesis = json::Object{
      {"id", id},
      {"target_type", "pronoun"},
      {"target_id", pronoun_id},
      {"target_meta", json::Object{{"token_id", token_id}, {"segment_id", segment_id}, {"form", form}}},
      {"hypothesis", referent},
      {"status", status},
      {"note", note.is_null() ? json::Value("") : note},
      {"evidence", std::move(of_hypothesis)},
      {"created_at", stamp.now()},
      {"updated_at", stamp.now()}};
  return made;
}

json::Value make_annotation(const json::Value& body, const Stamp& stamp) {
  json::Value document = body;
  if (document.find("id") == nullptr) document.set("id", stamp.new_id("a"));
  if (document.find("created_at") == nullptr) document.set("created_at", stamp.now());
  document.set("updated_at", stamp.now());
  return document;
}

json::Value make_translation(const json::Value& body, std::string_view next_id, const Stamp& stamp) {
  json::Value document = body;
  if (document.find("id") == nullptr) document.set("id", next_id);
  document.set("created_at", stamp.now());
  return document;
}

}  // namespace kalima::api::legacy
