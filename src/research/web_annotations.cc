// Web Annotation Data Model, W3C Recommendation of 23 February 2017.
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <ctime>
#include <optional>
#include <utility>

#include "research/exchange.h"
#include "research/incoming.h"
#include "support/clock.h"
#include "support/numbers.h"

namespace kalima::research {
namespace {

// The standard wants UTC; documents have local times, "2026-11-21T07:25:19.855250".
std::optional<std::string> utc_of(std::string_view local) {
  constexpr std::array<std::pair<std::size_t, std::size_t>, 6> parts = {
      {{0, 4}, {5, 2}, {8, 2}, {11, 2}, {14, 2}, {17, 2}}};
  if (local.size() < 19) return std::nullopt;
  std::array<int, 6> values{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto value = numbers::parse<int>(local.substr(parts[i].first, parts[i].second));
    if (!value) return std::nullopt;
    values[i] = *value;
  }
  std::tm time{};
  time.tm_year = values[0] - 1900;
  time.tm_mon = values[1] - 1;
  time.tm_mday = values[2];
  time.tm_hour = values[3];
  time.tm_min = values[4];
  time.tm_sec = values[5];
  time.tm_isdst = -1;
  const std::time_t moment = std::mktime(&time);
  if (moment == static_cast<std::time_t>(-1)) return std::nullopt;
  return utc_iso_time(std::chrono::system_clock::from_time_t(moment));
}

std::string iri(std::string_view kind, std::string_view id) {
  std::string out = fmt::format("urn:kalima:{}:", kind);
  for (const char c : id) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._:").find(c) != std::string_view::npos;
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

json::Value target_of(const AnchorSpan& span, const columns::CoreFile& core) {
  std::string place = written(span.from);
  if (span.from != span.to) place += "-" + written(span.to);
  json::Array selectors = {json::Object{{"type", "FragmentSelector"}, {"value", place}}};
  if (const auto words = words_of(Anchor::of(span), core))
    selectors.push_back(json::Object{{"type", "TextQuoteSelector"}, {"exact", *words}});
  return json::Object{{"source", iri("verse", written(WordOrVerse{span.from.verse}))},
                      {"selector", std::move(selectors)}};
}

json::Object text_body(std::string_view text, std::string_view purpose, std::string_view language) {
  json::Object out{{"type", "TextualBody"}, {"value", text}, {"purpose", purpose}};
  if (!language.empty()) out.emplace_back("language", language);
  return out;
}

json::Array bodies_of(const Document& document) {
  json::Array out;
  for (const DocumentField& field : document.type->fields) {
    const std::string_view text = text_member(document.kept, field.name);
    if (!field.searched || text.empty()) continue;
    json::Object body = text_body(text, document.type->motivation, text_member(document.kept, "language"));
    body.emplace_back("label", field.name);
    out.emplace_back(std::move(body));
  }
  if (const json::Value* tags = document.kept.find("tags"); tags != nullptr && tags->as_array() != nullptr) {
    for (const json::Value& tag : *tags->as_array()) {
      if (tag.as_string() != nullptr) out.emplace_back(text_body(*tag.as_string(), "tagging", {}));
    }
  }
  return out;
}

}  // namespace

json::Value web_annotation(const Document& document, const columns::CoreFile& core) {
  const DocumentType& type = *document.type;
  json::Object item{
      {"id", iri(type.name, document.id)}, {"type", "Annotation"}, {"motivation", type.motivation}};
  for (const auto& [name, member] :
       {std::pair("created", type.created), std::pair("modified", type.modified)}) {
    if (const auto time = utc_of(text_member(document.kept, member))) item.emplace_back(name, *time);
  }
  if (const std::string_view author = text_member(document.kept, "author"); !author.empty())
    item.emplace_back("creator", json::Object{{"type", "Person"}, {"name", author}});
  if (json::Array bodies = bodies_of(document); !bodies.empty()) item.emplace_back("body", std::move(bodies));
  json::Array targets;
  for (const AnchorSpan& span : document.anchor->spans()) targets.push_back(target_of(span, core));
  item.emplace_back("target", std::move(targets));
  return item;
}

std::string web_annotations(const std::vector<Document>& documents, const columns::CoreFile& core) {
  json::Array items;
  for (const Document& document : documents) {
    if (document.anchor && !document.type->motivation.empty())
      items.push_back(web_annotation(document, core));
  }
  return json::ordered(json::Object{{"@context", "http://www.w3.org/ns/anno.jsonld"},
                                    {"id", "urn:kalima:research"},
                                    {"type", "AnnotationPage"},
                                    {"items", std::move(items)}});
}

}  // namespace kalima::research
