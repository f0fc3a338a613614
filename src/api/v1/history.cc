// GET /api/v1/history, GET /api/v1/history/SURAH:AYAH, POST /api/v1/history/ID/undo
#include <fmt/format.h>

#include "api/v1/parameters.h"
#include "api/v1/routes.h"
#include "support/json.h"

namespace kalima::api::v1 {
namespace {

using http::Body;
using http::PathParts;
using http::Request;
using http::Response;

json::Value entry_json(const store::HistoryEntry& entry, const columns::CoreFile& core) {
  json::Value verse;
  if (entry.verse) {
    const auto number = static_cast<std::size_t>(*entry.verse);
    verse = fmt::format("{}:{}", core.surah(number), core.ayah(number));
  }
  const auto optional_number = [](const std::optional<std::int64_t>& n) {
    return n ? json::Value(*n) : json::Value();
  };
  return json::Object{{"id", entry.id},
                      {"at", entry.at},
                      {"verse", verse},
                      {"action", entry.action},
                      {"undoes", optional_number(entry.undoes)},
                      {"undone_by", optional_number(entry.undone_by)},
                      {"changes", entry.changes}};
}

Response list_history(const Context& context, const Request& request, std::optional<std::int64_t> verse) {
  const std::size_t limit = count_parameter(request, "limit", 100),
                    offset = count_parameter(request, "offset", 0);
  json::Array entries;
  for (const store::HistoryEntry& entry : context.workers.lease()->reader.history(verse, limit, offset)) {
    entries.push_back(entry_json(entry, context.core));
  }
  return http::json_response(Body(json::ordered(json::Object{{"history", std::move(entries)}})));
}

}  // namespace

void add_history_routes(http::Router& router, const Context& context) {
  router.add("GET", "/api/v1/history", [context](const Request& request, const PathParts&) {
    return list_history(context, request, std::nullopt);
  });
  router.add("GET", "/api/v1/history/{text}", [context](const Request& request, const PathParts& parts) {
    const std::size_t verse = verse_of(context.core, parts.texts[0]);
    return list_history(context, request, static_cast<std::int64_t>(verse));
  });
  router.add("POST", "/api/v1/history/{int}/undo", [context](const Request&, const PathParts& parts) {
    const std::uint64_t most = 0x7FFFFFFFFFFFFFFF;
    const std::int64_t made = context.desk.undo(static_cast<std::int64_t>(std::min(parts.numbers[0], most)));
    return http::json_response(Body(fmt::format("{{\"id\":{}}}", made)));
  });
}

}  // namespace kalima::api::v1
