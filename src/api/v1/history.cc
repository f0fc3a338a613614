// What was changed in research documents, tags and patterns, and how to take it back.
#include <fmt/format.h>

#include "api/v1/answer.h"
#include "api/v1/history_json.h"
#include "api/v1/parameters.h"
#include "api/v1/routes.h"
#include "support/json_check.h"

namespace kalima::api::v1 {

using http::JsonWriter;

void write_history_entry(JsonWriter& out, const store::HistoryEntry& entry, const columns::CoreFile& core) {
  out.begin_object();
  out.key("id").value(entry.id);
  out.key("at").value(entry.at);
  out.key("verse");
  // A damaged database may name any number.
  if (const auto number = static_cast<std::size_t>(entry.verse.value_or(-1)); number < core.verses()) {
    out.value(fmt::format("{}:{}", core.surah(number), core.ayah(number)));
  } else {
    out.null();
  }
  out.key("action").value(entry.action);
  out.key("undoes").value(entry.undoes);
  out.key("undone_by").value(entry.undone_by);
  const bool readable = json::well_formed(entry.changes);
  out.key("changes").raw(readable ? std::string_view(entry.changes) : "[]");
  if (!readable) out.key("unreadable").value(true);
  out.end_object();
}

namespace {

using http::Call;
using http::Field;
using http::Response;
namespace shapes = http::shapes;

constexpr auto entry_parameter = http::integer({.name = "entry",
                                                .place = http::Parameter::Place::path,
                                                .meaning = "the id of the entry that is taken back",
                                                .example = "1",
                                                .min = 1,
                                                .max = 0x7FFFFFFFFFFFFFFF});

constexpr const http::Parameter* list_parameters[] = {&entries_parameter.row, &offset_parameter.row};
constexpr std::string_view list_examples[] = {"/api/v1/history", "/api/v1/history?limit=10"};
constexpr http::Operation list_operation{.method = "GET",
                                         .path = "/api/v1/history",
                                         .id = "listHistory",
                                         .group = "history",
                                         .summary = "All changes, latest first",
                                         .parameters = list_parameters,
                                         .answer = &history_shape,
                                         .examples = list_examples};

constexpr const http::Parameter* verse_parameters[] = {&verse_parameter.row, &entries_parameter.row,
                                                       &offset_parameter.row};
constexpr ErrorCode verse_errors[] = {ErrorCode::not_found};
constexpr std::string_view verse_examples[] = {"/api/v1/history/112:1"};
constexpr http::Operation verse_operation{.method = "GET",
                                          .path = "/api/v1/history/{verse}",
                                          .id = "listVerseHistory",
                                          .group = "history",
                                          .summary = "The changes to one verse, latest first",
                                          .parameters = verse_parameters,
                                          .answer = &history_shape,
                                          .errors = verse_errors,
                                          .examples = verse_examples};

constexpr const http::Parameter* undo_parameters[] = {&entry_parameter.row};
constexpr Field undo_fields[] = {{"id", &shapes::integer, "of the new entry"}};
constexpr auto undo_shape = shapes::object(undo_fields, "Undone");
constexpr ErrorCode undo_errors[] = {ErrorCode::not_found, ErrorCode::conflict, ErrorCode::too_large};
constexpr http::Operation undo_operation{.method = "POST",
                                         .path = "/api/v1/history/{entry}/undo",
                                         .id = "undoChange",
                                         .group = "history",
                                         .summary = "Takes a change back",
                                         .parameters = undo_parameters,
                                         .answer = &undo_shape,
                                         .errors = undo_errors};

// Entries are sent while they are read: a client that asks for all of them, and reads slowly, costs one piece.
class Entries {
 public:
  Entries(const Context& context, store::HistoryListing listing)
      : context_(context), listing_(std::move(listing)) {}

  // Appends the next entries; false with the last ones.
  bool append(std::string& out) {
    std::vector<store::HistoryEntry> entries;
    {
      auto reader = context_.readers.lease();
      entries = listing_.next(reader->connection(), piece_bytes);
    }
    for (const store::HistoryEntry& entry : entries) {
      if (!first_) out += ',';
      first_ = false;
      JsonWriter object;
      write_history_entry(object, entry, context_.core);
      out += object.take();
    }
    if (!listing_.ended()) return true;
    out += "]}\n";
    return false;
  }

 private:
  static constexpr std::size_t piece_bytes = std::size_t{64} * 1024;

  Context context_;
  store::HistoryListing listing_;
  bool first_ = true;
};

Response list_history(const Context& context, const Call& call, std::optional<std::int64_t> verse) {
  const auto entries = std::make_shared<Entries>(
      context, store::HistoryListing(verse, call[entries_parameter], call[offset_parameter]));
  std::string text = "{\"history\":[";
  const bool more = entries->append(text);
  Response response;
  response.body = http::Body(std::move(text));
  if (more) response.rest = [entries](std::string& piece) { return entries->append(piece); };
  return response;
}

}  // namespace

Routes history_routes(const Context& context) {
  return {
      {&list_operation, [context](const Call& call) { return list_history(context, call, std::nullopt); }},
      {&verse_operation,
       [context](const Call& call) {
         const std::size_t verse = verse_number(context.core, call[verse_parameter]);
         return list_history(context, call, static_cast<std::int64_t>(verse));
       }},
      {&undo_operation, [context](const Call& call) {
         JsonWriter out;
         const std::int64_t made = context.desk.undo(static_cast<std::int64_t>(call[entry_parameter]));
         out.begin_object().key("id").value(made).end_object();
         return answer_of(out);
       }}};
}

}  // namespace kalima::api::v1
