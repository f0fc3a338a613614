// What users wrote, read back: annotations, hypotheses, translations, connections, pronoun references, tags, patterns.
#include "api/legacy/api.h"
#include "api/legacy/research_answers.h"
#include "api/legacy/verse_path.h"
#include "support/error.h"
#include "support/json.h"
#include "support/log.h"

namespace kalima::api::legacy {
namespace {

using http::Body;
using http::PathParts;
using http::Request;
using http::Response;

// With an ETag, so that a client can make a later write conditional on nothing having changed.
Response tagged(const std::string& answer) {
  Response response = http::json_response(Body(answer));
  response.headers.emplace_back("ETag", entity_tag(answer));
  return response;
}

// The old API has no place to say so.
void log_left_out(std::string_view name) {
  log::error("\"{}\": the database is damaged: a document cannot be read; it is left out", name);
}

// An entry that cannot be read is not found by its name either.
Response registry_entry(store::Pool<store::CorpusReader>& readers, std::string_view section,
                        const std::string& name, std::string_view missing) {
  std::optional<json::Value> entry;
  try {
    entry = readers.lease()->registry_entry(section, name);
  } catch (const Error& e) {
    if (e.code() != ErrorCode::damaged) throw;
    log_left_out(name);
  }
  return entry ? tagged(json::sorted(*entry))
               : http::error_response({ErrorCode::not_found, std::string(missing)});
}

}  // namespace

void add_research_routes(http::Router& router, const Context& context) {
  const LiveVerses& verses = context.verses;
  store::Pool<store::CorpusReader>& readers = context.readers;
  router.add("GET", "/api/annotations/{int}/{int}", [&verses](const Request&, const PathParts& parts) {
    const auto verse = verses.snapshot().find_verse(parts.numbers[0], parts.numbers[1]);
    return verse ? list_answer(verses, *verse, corpus::ResearchKind::annotation) : verse_not_found();
  });
  for (const auto& [path, kind] : {std::pair("/api/hypotheses/{text}", corpus::ResearchKind::hypothesis),
                                   std::pair("/api/translations/{text}", corpus::ResearchKind::translation),
                                   std::pair("/api/connections/{text}", corpus::ResearchKind::connections)}) {
    router.add("GET", path, [&verses, kind = kind](const Request&, const PathParts& parts) {
      return for_reference(verses.snapshot(), parts.texts[0],
                           [&](std::size_t verse) { return list_answer(verses, verse, kind); });
    });
  }
  router.add("GET", "/api/pronouns/{text}", [&verses](const Request&, const PathParts& parts) {
    return for_reference(verses.snapshot(), parts.texts[0],
                         [&](std::size_t verse) { return pronouns_answer(verses, verse); });
  });
  router.add("GET", "/api/tags", [&readers](const Request&, const PathParts&) {
    return tagged(json::sorted(readers.lease()->registry_object(log_left_out)));
  });
  router.add("GET", "/api/tags/{text}", [&readers](const Request&, const PathParts& parts) {
    return registry_entry(readers, "tags", parts.texts[0], "Tag not found");
  });
  router.add("GET", "/api/patterns", [&readers](const Request&, const PathParts&) {
    return tagged(json::sorted(readers.lease()->registry_section("patterns", log_left_out)));
  });
  router.add("GET", "/api/patterns/{text}", [&readers](const Request&, const PathParts& parts) {
    return registry_entry(readers, "patterns", parts.texts[0], "Pattern not found");
  });
}

}  // namespace kalima::api::legacy
