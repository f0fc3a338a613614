// Verses, surahs, lists of values, the tables of the treebank and of MASAQ.
#include <fmt/format.h>

#include "api/legacy/api.h"
#include "api/legacy/reading_json.h"
#include "api/legacy/splice.h"
#include "api/legacy/values.h"
#include "api/legacy/verse_path.h"
#include "support/error.h"
#include "support/json.h"

namespace kalima::api::legacy {
namespace {

using http::Body;
using http::PathParts;
using http::Request;
using http::Response;

Response one_verse(const LiveVerses& verses, std::size_t verse) {
  Body body;
  splice_verse(verses.whole_verse(verse), body);
  return http::json_response(std::move(body));
}

// The verses [from, to), with commas between them.
void splice_run(const LiveVerses& verses, std::size_t from, std::size_t to, Body& body) {
  if (from == to) return;
  if (verses.unchanged(from, to)) {
    std::string_view run = verses.snapshot().json_run(from, to);
    run.remove_suffix(1);
    body.splice(run);
    return;
  }
  for (std::size_t verse = from; verse < to; ++verse) {
    if (verse > from) body.append(',');
    splice_verse(verses, verse, body);
  }
}

Response verse_page(const LiveVerses& verses, const Request& request) {
  const std::size_t start = count_parameter(request, "start", 0);
  const std::size_t limit = count_parameter(request, "limit", 50);
  const std::size_t total = verses.snapshot().verse_count();
  const std::size_t from = std::min(start, total), to = from + std::min(limit, total - from);
  Body body;
  body.append(fmt::format("{{\"limit\":{},\"start\":{},\"total\":{},\"verses\":[", limit, start, total));
  splice_run(verses, from, to, body);
  body.append("]}");
  return http::json_response(std::move(body));
}

Response surah(const LiveVerses& verses, std::uint64_t number) {
  const Snapshot& snapshot = verses.snapshot();
  const auto in_surah = [&](std::size_t v) { return snapshot.verse(v).surah == number; };
  const std::size_t count = snapshot.verse_count();
  std::size_t from = 0;
  while (from < count && !in_surah(from)) ++from;
  if (from == count) return http::error_response({ErrorCode::not_found, "Surah not found"});
  Body body;
  const json::Value first = json::parse(snapshot.json(from));
  const json::Value* const head = first.find("surah");
  if (head == nullptr) damaged_index("a verse is without its surah");
  body.append("{\"surah\":" + json::sorted(*head) + ",\"verses\":[");
  // A corpus file may have a surah in several runs.
  for (bool more = false; from < count; more = true) {
    std::size_t to = from;
    while (to < count && in_surah(to)) ++to;
    if (more) body.append(',');
    splice_run(verses, from, to, body);
    for (from = to; from < count && !in_surah(from);) ++from;
  }
  body.append("]}");
  return http::json_response(std::move(body));
}

Response list(const Snapshot& snapshot, List which) {
  Body body;
  body.splice(snapshot.list(which));
  return http::json_response(std::move(body));
}

Response stats(const Snapshot& snapshot, const store::CorpusReader& reader) {
  std::size_t with_tokens = 0;
  for (std::size_t v = 0; v < snapshot.verse_count(); ++v) {
    if (snapshot.verse(v).first_word < snapshot.verse(v + 1).first_word) ++with_tokens;
  }
  return http::json_response(
      Body(fmt::format("{{\"total_annotations\":{},\"total_hypothesis_tags\":{},\"total_verses\":{},\"verses_"
                       "with_tokens\":{}}}",
                       reader.research_count(corpus::ResearchKind::annotation), reader.registry_count("tags"),
                       snapshot.verse_count(), with_tokens)));
}

// {"ayah":A,NAME:[rows],"surah":S}, or 404 with `missing` if the verse has no rows.
Response rows_of_verse(const Snapshot& snapshot, const RowTable& table, std::string_view name,
                       const PathParts& parts, std::string_view missing) {
  const auto verse = snapshot.find_verse(parts.numbers[0], parts.numbers[1]);
  std::string rows;
  if (verse) table.write_all(*verse, rows);
  if (rows.empty()) return http::error_response({ErrorCode::not_found, std::string(missing)});
  return http::json_response(Body(fmt::format("{{\"ayah\":{},\"{}\":[{}],\"surah\":{}}}", parts.numbers[1],
                                              name, rows, parts.numbers[0])));
}

std::optional<std::string_view> text_member(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  if (value == nullptr || value->as_string() == nullptr) return std::nullopt;
  return *value->as_string();
}

void write_member(const json::Value& object, std::string_view key, std::string& out) {
  const json::Value* value = object.find(key);
  if (value == nullptr) {
    out += "null";
  } else {
    json::write_sorted(*value, out);
  }
}

// Each segment as stored, and as the old server read it.
Response parsed_verse(const Snapshot& snapshot, const PathParts& parts) {
  const auto number = snapshot.find_verse(parts.numbers[0], parts.numbers[1]);
  if (!number) return verse_not_found();
  const json::Value verse = json::parse(snapshot.json(*number));
  std::string out = fmt::format("{{\"ayah\":{},\"surah\":{},\"text\":", parts.numbers[1], parts.numbers[0]);
  json::write_string(snapshot.text(*number), out);
  out += ",\"tokens\":[";
  const json::Value* tokens = verse.find("tokens");
  bool first_token = true;
  for (const json::Value& token :
       tokens != nullptr && tokens->as_array() ? *tokens->as_array() : json::Array{}) {
    out += first_token ? "{\"form\":" : ",{\"form\":";
    first_token = false;
    write_member(token, "form", out);
    out += ",\"id\":";
    write_member(token, "id", out);
    out += ",\"segments\":[";
    const json::Value* segments = token.find("segments");
    bool first_segment = true;
    for (const json::Value& s :
         segments != nullptr && segments->as_array() ? *segments->as_array() : json::Array{}) {
      out += first_segment ? "{\"original\":" : ",{\"original\":";
      first_segment = false;
      json::write_sorted(s, out);
      out += ",\"parsed\":";
      write_reading({text_member(s, "type"), text_member(s, "pos"), text_member(s, "root"),
                     text_member(s, "lemma"), text_member(s, "features")},
                    out);
      out += '}';
    }
    out += "]}";
  }
  return http::json_response(Body(out + "]}"));
}

}  // namespace

void add_read_routes(http::Router& router, const Context& context) {
  const LiveVerses& verses = context.verses;
  const Snapshot& snapshot = verses.snapshot();
  router.add("GET", "/api/verses",
             [&verses](const Request& request, const PathParts&) { return verse_page(verses, request); });
  router.add("GET", "/api/verse/index/{int}", [&verses](const Request&, const PathParts& parts) {
    return parts.numbers[0] < verses.snapshot().verse_count() ? one_verse(verses, parts.numbers[0])
                                                              : verse_not_found();
  });
  router.add("GET", "/api/verse/{int}/{int}", [&verses](const Request&, const PathParts& parts) {
    const auto verse = verses.snapshot().find_verse(parts.numbers[0], parts.numbers[1]);
    return verse ? one_verse(verses, *verse) : verse_not_found();
  });
  router.add("GET", "/api/surah/{int}",
             [&verses](const Request&, const PathParts& parts) { return surah(verses, parts.numbers[0]); });
  for (const auto& [path, which] :
       {std::pair("/api/surahs", List::surahs), std::pair("/api/roots", List::roots),
        std::pair("/api/morph_patterns", List::morph_patterns),
        std::pair("/api/syntax_patterns", List::syntax_patterns),
        std::pair("/api/morphology/features", List::masaq_features),
        std::pair("/api/dependency/relations", List::relations)}) {
    router.add("GET", path, [&snapshot, which = which](const Request&, const PathParts&) {
      return list(snapshot, which);
    });
  }
  router.add("GET", "/api/stats", [&snapshot, &readers = context.readers](const Request&, const PathParts&) {
    return stats(snapshot, *readers.lease());
  });
  // These are put together from many pieces, so caching them pays.
  const auto cached = [&](std::string_view path, auto make) {
    const auto handler = [&snapshot, make](const Request&, const PathParts& parts) {
      return make(snapshot, parts);
    };
    router.add("GET", path, handler, {.cached = true});
  };
  cached("/api/morphology/parsed/{int}/{int}", parsed_verse);
  cached("/api/morphology/{int}/{int}", [](const Snapshot& s, const PathParts& parts) {
    return rows_of_verse(s, s.masaq(), "morphology", parts, "MASAQ data not found for this verse");
  });
  cached("/api/dependency/{int}/{int}", [](const Snapshot& s, const PathParts& parts) {
    return rows_of_verse(s, s.treebank(), "dependency_tree", parts,
                         "Dependency tree not found for this verse");
  });
}

}  // namespace kalima::api::legacy
