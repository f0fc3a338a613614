// A new corpus for the running server. The work is done by app/imports.h.
#include "api/v1/imports.h"

#include <fmt/format.h>

#include <chrono>

#include "api/v1/answer.h"
#include "api/v1/routes.h"
#include "support/error.h"

namespace kalima::api::v1 {
namespace {

using http::Call;
using http::Field;
using http::JsonWriter;
using http::Operation;
using http::Response;
namespace shapes = http::shapes;

constexpr auto id_parameter = http::text({.name = "id",
                                          .place = http::Parameter::Place::path,
                                          .meaning = "the import, as the answer that began it names it",
                                          .example = "1",
                                          .max = 20});
constexpr const http::Parameter* id_parameters[] = {&id_parameter.row};

constexpr std::string_view file_kinds[] = {"text",  "morphology",  "treebank",
                                           "masaq", "translation", "conllu"};
constexpr auto kind_shape = shapes::one_of(file_kinds);
constexpr auto state_shape = shapes::one_of(import_state_names);
constexpr Field file_fields[] = {
    {"name", &shapes::text, "as the client called it"},
    {"kind", &kind_shape, "found from its first lines, and a translation from its name"},
    {"bytes", &shapes::integer},
};
constexpr auto file_shape = shapes::object(file_fields, "ImportFile");
constexpr auto files_shape = shapes::array(file_shape);
constexpr Field problem_fields[] = {
    {"code", &shapes::text, "for programs: it never changes"},
    {"status", &shapes::integer, "what a request that failed so would have been answered with"},
    {"detail", &shapes::text, "what is wrong"},
    {"cure", &shapes::text, "what to do about it", true},
    {"file", &shapes::text, "in which it is wrong", true},
    {"line", &shapes::integer, "of the file, from 1", true},
    {"column", &shapes::integer, "likewise", true},
};
constexpr auto problem_shape = shapes::object(problem_fields, "ImportProblem");
constexpr auto problem_or_null = shapes::or_null(problem_shape);
constexpr Field note_fields[] = {
    {"kind", &shapes::text}, {"id", &shapes::text}, {"reason", &shapes::text, "why it is listed"}};
constexpr auto note_shape = shapes::object(note_fields, "ImportedNote");
constexpr auto notes_shape = shapes::array(note_shape);
constexpr Field kept_fields[] = {
    {"documents", &shapes::integer, "that the new corpus has of those of the former one"},
    {"marked", &shapes::integer, "of these, those whose words are others now, or missing"},
    {"left_out", &shapes::integer, "whose verse the new corpus has not"},
    {"left_out_file", &shapes::text_or_null, "the file next to the database that has them"},
    {"list", &notes_shape, "those that are marked or left out"},
};
constexpr auto kept_shape = shapes::object(kept_fields, "KeptResearch");
constexpr auto kept_or_null = shapes::or_null(kept_shape);
constexpr Field result_fields[] = {
    {"replaces", &shapes::boolean, "another corpus"},
    {"surahs", &shapes::integer},
    {"verses", &shapes::integer},
    {"words", &shapes::integer},
    {"segments", &shapes::integer},
    {"translations", &shapes::integer, "of verses"},
    {"treebank_rows", &shapes::integer},
    {"treebank_verses", &shapes::integer},
    {"masaq_rows", &shapes::integer},
    {"masaq_verses", &shapes::integer},
    {"backup", &shapes::text_or_null, "the file next to the database that is the former one"},
    {"kept", &kept_or_null, "what became of the research of the former corpus; null without any"},
};
constexpr auto result_shape = shapes::object(result_fields, "ImportResult");
constexpr auto result_or_null = shapes::or_null(result_shape);
constexpr Field import_fields[] = {
    {"id", &shapes::text},
    {"state", &state_shape, "the last three are final"},
    {"check", &shapes::boolean, "nothing is made or changed"},
    {"files", &files_shape},
    {"progress", &shapes::decimal, "from 0 to 1"},
    {"step", &shapes::text, "what is being done"},
    {"messages", &shapes::texts, "what is worth knowing about the files"},
    {"error", &problem_or_null, "why it failed; nothing was changed then"},
    {"result", &result_or_null, "null until it is done"},
};
constexpr auto import_shape = shapes::object(import_fields, "Import");
constexpr auto imports_shape = shapes::array(import_shape);
constexpr Field list_fields[] = {
    {"imports", &imports_shape, "of this run of the server, latest first"},
    {"max_bytes", &shapes::integer, "of all files of an import together"},
    {"allowed", &shapes::boolean, "whether who asks may import"},
    {"why_not", &shapes::text_or_null},
};
constexpr auto list_shape = shapes::object(list_fields, "ImportList");
constexpr Field body_fields[] = {
    {"file", &shapes::texts, "the files, each a part with its name"},
    {"check", &shapes::text,
     "true: only say what would be done; keep: the same, and keep it for POST /api/v1/imports/{id}", true},
};
constexpr auto body_shape = shapes::object(body_fields);

constexpr std::string_view list_examples[] = {"/api/v1/imports"};
constexpr std::string_view one_examples[] = {"/api/v1/imports/1"};
constexpr std::string_view events_examples[] = {"/api/v1/imports/1/events"};
constexpr ErrorCode start_errors[] = {ErrorCode::conflict, ErrorCode::io};
constexpr ErrorCode one_errors[] = {ErrorCode::not_found};
constexpr ErrorCode checked_errors[] = {ErrorCode::not_found, ErrorCode::conflict, ErrorCode::io};
constexpr ErrorCode cancel_errors[] = {ErrorCode::not_found, ErrorCode::conflict};

constexpr Operation start_operation{.method = "POST",
                                    .path = imports_path,
                                    .id = "startImport",
                                    .group = "imports",
                                    .summary = "Replace the corpus by one of these files",
                                    .answer = &import_shape,
                                    .status = 202,
                                    .body = &body_shape,
                                    .body_type = "multipart/form-data",
                                    .errors = start_errors};
constexpr Operation checked_operation{.method = "POST",
                                      .path = "/api/v1/imports/{id}",
                                      .id = "importChecked",
                                      .group = "imports",
                                      .summary = "Replace the corpus by what a check has kept",
                                      .parameters = id_parameters,
                                      .answer = &import_shape,
                                      .status = 202,
                                      .errors = checked_errors};
constexpr Operation list_operation{.method = "GET",
                                   .path = imports_path,
                                   .id = "listImports",
                                   .group = "imports",
                                   .summary = "Imports of this run of the server",
                                   .answer = &list_shape,
                                   .examples = list_examples};
constexpr Operation one_operation{.method = "GET",
                                  .path = "/api/v1/imports/{id}",
                                  .id = "getImport",
                                  .group = "imports",
                                  .summary = "How far an import is",
                                  .parameters = id_parameters,
                                  .answer = &import_shape,
                                  .errors = one_errors,
                                  .examples = one_examples};
constexpr Operation cancel_operation{.method = "DELETE",
                                     .path = "/api/v1/imports/{id}",
                                     .id = "cancelImport",
                                     .group = "imports",
                                     .summary = "End an import; nothing is changed then",
                                     .parameters = id_parameters,
                                     .answer = &import_shape,
                                     .errors = cancel_errors};
constexpr Operation events_operation{
    .method = "GET",
    .path = "/api/v1/imports/{id}/events",
    .id = "followImport",
    .group = "imports",
    .summary =
        "Each state of an import as a server-sent event; the connection ends with the import, or before",
    .parameters = id_parameters,
    .answer = &shapes::text,
    .media_type = http::events_type,
    .errors = one_errors,
    .examples = events_examples};

// A connection for events is given up after this time, since an answer has a bound; who listens connects again.
constexpr std::chrono::seconds max_listening{45};
constexpr std::chrono::seconds heartbeat{10};
constexpr std::size_t max_listeners = 16;

void write_counts(JsonWriter& out, const Import::Result& result) {
  const auto count = [&](std::string_view key, std::size_t value) { out.key(key).value(value); };
  count("surahs", result.surahs);
  count("verses", result.verses);
  count("words", result.words);
  count("segments", result.segments);
  count("translations", result.translations);
  count("treebank_rows", result.treebank_rows);
  count("treebank_verses", result.treebank_verses);
  count("masaq_rows", result.masaq_rows);
  count("masaq_verses", result.masaq_verses);
}

void write_kept(JsonWriter& out, const Import::Kept& kept) {
  out.begin_object().key("documents").value(kept.documents).key("marked").value(kept.marked);
  out.key("left_out").value(kept.left_out).key("left_out_file").value_or_null(kept.left_out_file);
  out.key("list").begin_array();
  for (const Import::Note& note : kept.list) {
    out.begin_object().key("kind").value(note.kind).key("id").value(note.id);
    out.key("reason").value(note.reason).end_object();
  }
  out.end_array().end_object();
}

void write_problem(JsonWriter& out, const http::Problem& problem) {
  out.begin_object().key("code").value(http::code_name(problem)).key("status").value(problem.status);
  out.key("detail").value(problem.message);
  if (!problem.cure.empty()) out.key("cure").value(problem.cure);
  if (!problem.place.file.empty()) out.key("file").value(problem.place.file);
  if (problem.place.line != 0) out.key("line").value(problem.place.line);
  if (problem.place.column != 0) out.key("column").value(problem.place.column);
  out.end_object();
}

void write(JsonWriter& out, const Import& import) {
  out.begin_object().key("id").value(import.id);
  out.key("state").value(import_state_names[static_cast<std::size_t>(import.state)]);
  out.key("check").value(import.check).key("files").begin_array();
  for (const Import::File& file : import.files) {
    out.begin_object().key("name").value(file.name).key("kind").value(file.kind);
    out.key("bytes").value(file.bytes).end_object();
  }
  out.end_array().key("progress").value(import.progress, 3).key("step").value(import.step);
  out.key("messages").begin_array();
  for (const std::string& message : import.messages) out.value(message);
  out.end_array().key("error");
  import.error ? write_problem(out, *import.error) : void(out.null());
  out.key("result");
  if (!import.result) {
    out.null();
  } else {
    out.begin_object().key("replaces").value(import.result->replaces);
    write_counts(out, *import.result);
    out.key("backup").value_or_null(import.result->backup).key("kept");
    import.result->kept ? write_kept(out, *import.result->kept) : void(out.null());
    out.end_object();
  }
  out.end_object();
}

Response answer_of_import(const Import& import, int status = 200) {
  JsonWriter out;
  write(out, import);
  return http::json_response(http::Body(out.take()), status);
}

Response answer_of_begun(const Import& import) {
  Response response = answer_of_import(import, 202);
  response.headers.emplace_back("Location", fmt::format("{}/{}", imports_path, import.id));
  return response;
}

Response list_of(const ImportDesk& desk, const Call& call) {
  JsonWriter out;
  out.begin_object().key("imports").begin_array();
  for (const Import& import : desk.list()) write(out, import);
  out.end_array().key("max_bytes").value(desk.max_bytes());
  const auto refusal = desk.refusal(call.request());
  out.key("allowed").value(!refusal).key("why_not");
  refusal ? out.value(refusal->message() + (refusal->cure().empty() ? "" : "; " + refusal->cure()))
          : out.null();
  out.end_object();
  return answer_of(out);
}

// One who follows an import, until it ends or the time is over.
class Follower {
 public:
  Follower(ImportDesk& desk, std::string id, std::shared_ptr<void> place)
      : desk_(desk), id_(std::move(id)), place_(std::move(place)) {}

  bool next(std::string& piece) {
    const Import import = desk_.next(id_, seen_, heartbeat);
    const bool late = std::chrono::steady_clock::now() >= end_;
    if (import.version == seen_) {
      piece += ": still going on\n\n";
      return !late;
    }
    seen_ = import.version;
    JsonWriter out;
    write(out, import);
    piece += fmt::format("event: import\nid: {}\ndata: {}\n\n", import.version, out.take());
    return !late && !import.ended();
  }

 private:
  ImportDesk& desk_;
  const std::string id_;
  const std::shared_ptr<void> place_;
  std::uint64_t seen_ = 0;
  const std::chrono::steady_clock::time_point end_ = std::chrono::steady_clock::now() + max_listening;
};

// Each follower keeps a thread waiting.
class Listeners {
 public:
  std::shared_ptr<void> enter() {
    const auto count = count_;
    if (count->fetch_add(1) >= max_listeners) {
      count->fetch_sub(1);
      throw Error(ErrorCode::unavailable, "too many follow imports already", "ask for the import itself");
    }
    return {nullptr, [count](void*) { count->fetch_sub(1); }};
  }

 private:
  const std::shared_ptr<std::atomic<std::size_t>> count_ = std::make_shared<std::atomic<std::size_t>>(0);
};

}  // namespace

Routes import_routes(const Context& context) {
  ImportDesk& desk = context.imports;
  const auto listeners = std::make_shared<Listeners>();
  return {
      {&start_operation, [&desk](const Call& call) { return answer_of_begun(desk.start(call.request())); }},
      {&checked_operation,
       [&desk](const Call& call) {
         return answer_of_begun(desk.start_checked(call.request(), call[id_parameter]));
       }},
      {&list_operation, [&desk](const Call& call) { return list_of(desk, call); }},
      {&one_operation, [&desk](const Call& call) { return answer_of_import(desk.find(call[id_parameter])); }},
      {&cancel_operation,
       [&desk](const Call& call) { return answer_of_import(desk.cancel(call[id_parameter])); }},
      {&events_operation, [&desk, listeners](const Call& call) {
         const std::string& id = call[id_parameter];
         desk.find(id);
         const auto follower = std::make_shared<Follower>(desk, id, listeners->enter());
         Response response;
         response.content_type = http::events_type;
         response.headers.emplace_back("Cache-Control", "no-store");
         response.rest = [follower](std::string& piece) { return follower->next(piece); };
         return response;
       }}};
}

}  // namespace kalima::api::v1
