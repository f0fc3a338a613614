// What people write, as the types of research/document_types.h have it. The routes come from
// document_operations.h; what is done is in research/.
#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <optional>

#include "api/v1/answer.h"
#include "api/v1/document_operations.h"
#include "api/v1/patience.h"
#include "api/v1/query_parameters.h"
#include "api/v1/routes.h"
#include "http/address.h"
#include "research/library.h"
#include "research/limits.h"
#include "research/writing.h"
#include "saved/counts.h"
#include "store/stored_json.h"
#include "support/error.h"
#include "support/hash.h"

namespace kalima::api::v1 {
namespace {

using http::Call;
using http::Field;
using http::JsonWriter;
using http::Response;
using research::Document;
using research::DocumentType;
namespace shapes = http::shapes;

// The documents of all types in one list.
constexpr std::string_view kind_names[] = {"annotation",  "hypothesis", "pronoun", "connections",
                                           "translation", "tag",        "pattern", "query",
                                           "subcorpus",   "list"};
constexpr auto kinds_parameter = http::choices({.name = "kinds",
                                                .meaning = "only these, with commas between them",
                                                .example = "annotation,hypothesis",
                                                .values = kind_names});
constexpr const http::Parameter* all_parameters[] = {
    &kinds_parameter.row,           &notes::within_parameter.row, &notes::field_type_parameter.row,
    &notes::tag_parameter.row,      &notes::status_parameter.row, &notes::author_parameter.row,
    &notes::language_parameter.row, &notes::marked_parameter.row, &notes::since_parameter.row,
    &notes::until_parameter.row,    &notes::text_parameter.row,   &notes::order_parameter.row,
    &notes::page_parameter.row,     &notes::cursor_parameter.row,
};
constexpr auto any_documents_shape = shapes::array(shapes::any);
constexpr Field all_fields[] = {
    {"total", &shapes::integer, "on all pages together"},
    {"documents", &any_documents_shape, "each as the route of its kind shows it"},
    {"next", &shapes::text_or_null, "`cursor` of the next page; null if this is the last"},
    {"unreadable", &notes::unreadable_shape, notes::unreadable_meaning, true},
};
constexpr auto all_shape = shapes::object(all_fields, "NoteList");
constexpr std::string_view all_examples[] = {"/api/v1/notes",
                                             "/api/v1/notes?kinds=annotation,translation&verses=112"};
constexpr http::Operation all_operation{.method = "GET",
                                        .path = "/api/v1/notes",
                                        .id = "listNotes",
                                        .group = "research",
                                        .summary = "What people wrote, of all kinds",
                                        .parameters = all_parameters,
                                        .answer = &all_shape,
                                        .examples = all_examples};

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~:@").find(c) != std::string_view::npos;
    plain ? void(out += c) : void(out += fmt::format("%{:02X}", static_cast<unsigned char>(c)));
  }
  return out;
}

class Documents {
 public:
  Documents(const Context& context, std::shared_ptr<CorpusHashWhenAsked> hash,
            std::shared_ptr<QueryingWhenAsked> querying, std::shared_ptr<SavedLibrary> saved)
      : context_(context),
        hash_(std::move(hash)),
        querying_(std::move(querying)),
        saved_(std::move(saved)),
        writing_(context.desk, context.core) {}

  Response list(const Call& call, std::vector<const DocumentType*> types) {
    research::Wanted wanted;
    wanted.types = std::move(types);
    if (const VerseRange* range = call.find(notes::within_parameter))
      wanted.verses = {range->begin, range->end};
    const auto take = [&](const auto& parameter, std::string& into) {
      if (const std::string* text = call.find(parameter)) into = *text;
    };
    take(notes::field_type_parameter, wanted.type);
    take(notes::tag_parameter, wanted.tag);
    take(notes::status_parameter, wanted.status);
    take(notes::author_parameter, wanted.author);
    take(notes::language_parameter, wanted.language);
    take(notes::text_parameter, wanted.text);
    take(notes::cursor_parameter, wanted.after);
    if (const bool* marked = call.find(notes::marked_parameter)) wanted.marked = *marked;
    if (const TimePrefix* time = call.find(notes::since_parameter)) wanted.since = time->text;
    if (const TimePrefix* time = call.find(notes::until_parameter)) wanted.until = time->text;
    wanted.order = static_cast<research::Order>(call[notes::order_parameter]);
    wanted.limit = call[notes::page_parameter];
    const research::Listing found = [&] {
      auto reader = context_.readers.lease();
      return saved_->library().list(*reader, wanted);
    }();
    JsonWriter out;
    out.begin_object().key("total").value(found.total).key("documents").begin_array();
    for (const auto& entry : found.entries) out.raw(plain(saved_->library().document(*entry)));
    out.end_array().key("next").value_or_null(found.next);
    if (!found.unreadable.empty()) {
      out.key("unreadable").begin_array();
      for (const auto& entry : found.unreadable)
        out.begin_object().key("kind").value(entry->type->name).key("id").value(entry->id).end_object();
      out.end_array();
    }
    out.end_object();
    return answer_of(out);
  }

  Response one(const DocumentType& type, const std::string& id) {
    const Document document = present(type, id);
    return tagged(http::json_response(http::Body(plain(document))), document);
  }

  Response create(const DocumentType& type, const Call& call) {
    json::Value body = body_of(call);
    complete(type, {}, body, call);
    const research::Outcome made = writing_.create(type, body, action_of(call));
    Response response = written(made, 201);
    response.headers.emplace_back(
        "Location", fmt::format("/api/v1/{}/{}", type.plural, percent_encoded(made.document->id)));
    return response;
  }

  Response replace(const DocumentType& type, const std::string& id, const Call& call) {
    json::Value body = body_of(call);
    complete(type, id, body, call);
    const research::Outcome made =
        writing_.replace(type, id, call[notes::seen_parameter].text, body, action_of(call));
    return made.stale ? stale(*made.document) : written(made, 200, id);
  }

  Response remove(const DocumentType& type, const std::string& id, const Call& call) {
    const research::Outcome made =
        writing_.remove(type, id, call[notes::seen_parameter].text, action_of(call));
    if (made.stale) return stale(*made.document);
    JsonWriter out;
    out.begin_object().key("change").value(made.entry);
    write_named_by(out, type, id);
    out.end_object();
    return answer_of(out);
  }

  // Asks a saved query again.
  Response run(const DocumentType& type, const std::string& id, const Call& call) {
    const Document document = present(type, id);
    const auto turn = context_.turns.take(Patience(call.request(), deadline()));
    json::Value out = saved::asked_again(document, source(call));
    const std::string& text = *out.find("query")->as_string();
    const std::string address = std::string(context_.base_path) + http::address(query_path, {{"q", text}});
    out.set("address", address.size() > max_shown_address ? json::Value() : json::Value(address));
    Response response = http::json_response(http::Body(json::ordered(out)));
    // The time of asking does not count.
    if (json::Value* now = out.find("now")) now->erase("date");
    response.headers.emplace_back("ETag", fmt::format("\"{:016x}\"", hash_of(json::ordered(out))));
    response.headers.emplace_back("Cache-Control", "no-cache");
    return response;
  }

  Response history(const DocumentType& type, const std::string& id, const Call& call) {
    const auto parsed = research::parse_id(type, id);
    std::optional<std::int64_t> verse;
    if (parsed && parsed->verse) {
      if (const auto number = context_.core.find_verse(parsed->verse->surah, parsed->verse->ayah))
        verse = static_cast<std::int64_t>(*number);
    }
    if (!parsed || parsed->verse.has_value() != verse.has_value()) throw not_found(type, id);
    auto reader = context_.readers.lease();
    const auto entries = reader->history_of(verse, call[entries_parameter], [&](std::string_view changes) {
      const auto value = store::readable_json(changes, store::changes_limits);
      return value && research::is_about(type, parsed->name, *value);
    });
    if (entries.empty() && !find(type, id)) throw not_found(type, id);
    JsonWriter out;
    out.begin_object().key("history").begin_array();
    for (const store::HistoryEntry& entry : entries) write_history_entry(out, entry, context_.core);
    out.end_array().end_object();
    return answer_of(out);
  }

 private:
  // Counting for one document takes no longer.
  static constexpr std::chrono::milliseconds max_counting{2'000};
  static constexpr std::size_t max_shown_address = 60'000;

  std::shared_ptr<const research::Entry> find(const DocumentType& type, const std::string& id) {
    auto reader = context_.readers.lease();
    return saved_->library().find(*reader, type, id);
  }
  Document present(const DocumentType& type, const std::string& id) {
    const auto entry = find(type, id);
    if (!entry) throw not_found(type, id);
    return saved_->library().document(*entry);
  }

  static std::chrono::steady_clock::time_point deadline() {
    return std::chrono::steady_clock::now() + max_counting;
  }
  saved::Source source(const Call& call) const {
    query::Options options;
    options.deadline = deadline();
    options.cancelled = client_is_gone(call.request());
    return {querying_->get().engine, hash_->get().text, saved_->names(), std::move(options)};
  }
  // With what it finds, if queries can name it. `id`: of the document that it replaces.
  void complete(const DocumentType& type, const std::string& id, json::Value& body, const Call& call) {
    if (type.sign == 0) return;
    const auto entry = id.empty() ? nullptr : find(type, id);
    std::optional<Document> before;
    if (entry) before = saved_->library().document(*entry);
    const auto turn = context_.turns.take(Patience(call.request(), deadline()));
    saved::complete(type, id, body, before ? &before->kept : nullptr, source(call));
  }

  std::string plain(const Document& document) const {
    return json::ordered(research::plain_document(document, context_.core));
  }

  static json::Value body_of(const Call& call) {
    const std::string_view body = call.request().body;
    if (body.size() > research::max_document_bytes) {
      throw Error(ErrorCode::too_large, fmt::format("the body has {} bytes; at most {} are allowed",
                                                    body.size(), research::max_document_bytes));
    }
    return in_context([] { return ErrorContext{.message = "the body is not acceptable JSON"}; },
                      [&] { return json::parse(body, research::document_limits); });
  }

  static std::string action_of(const Call& call) {
    return fmt::format("{} {}", call.request().method, call.request().path);
  }

  static Error not_found(const DocumentType& type, std::string_view id) {
    return Error(ErrorCode::not_found, fmt::format("{} \"{}\" not found", type.name, utf8::prefix(id, 100)))
        .with({.parameter = "id"});
  }

  static Response tagged(Response response, const Document& document) {
    response.headers.emplace_back("ETag", fmt::format("\"{}\"", document.version));
    response.headers.emplace_back("Cache-Control", "no-cache");
    return response;
  }

  // Which saved queries named what is not called so any more.
  void write_named_by(JsonWriter& out, const DocumentType& type, const std::string& former_name) const {
    if (type.sign == 0) return;
    out.key("named_by").begin_array();
    auto reader = context_.readers.lease();
    for (const std::string& name : saved::named_by(*saved_->library().now(*reader), type, former_name))
      out.value(name);
    out.end_array();
  }

  // `former_name`: empty if it is new.
  Response written(const research::Outcome& made, int status, const std::string& former_name = {}) const {
    JsonWriter out;
    out.begin_object().key("change");
    made.entry == 0 ? out.null() : out.value(made.entry);
    out.key("document").raw(plain(*made.document));
    if (!former_name.empty() && former_name != made.document->id)
      write_named_by(out, *made.document->type, former_name);
    out.end_object();
    return tagged(http::json_response(http::Body(out.take()), status), *made.document);
  }

  static Response stale(const Document& present) {
    http::Problem problem =
        http::problem_of(Error(ErrorCode::stale, "it was changed since that version", "read it again")
                             .with({.parameter = "If-Match"}));
    problem.version = present.version;
    return tagged(http::error_response(std::move(problem)), present);
  }

  const Context context_;
  const std::shared_ptr<CorpusHashWhenAsked> hash_;
  const std::shared_ptr<QueryingWhenAsked> querying_;
  const std::shared_ptr<SavedLibrary> saved_;
  const research::Writing writing_;
};

}  // namespace

Routes document_routes(const Context& context, const std::shared_ptr<CorpusHashWhenAsked>& hash,
                       const std::shared_ptr<QueryingWhenAsked>& querying,
                       const std::shared_ptr<SavedLibrary>& saved) {
  const auto documents = std::make_shared<Documents>(context, hash, querying, saved);
  Routes routes = {{&all_operation, [documents](const Call& call) {
                      std::vector<const DocumentType*> types;
                      if (const std::vector<bool>* kinds = call.find(kinds_parameter)) {
                        for (std::size_t i = 0; i < kinds->size(); ++i) {
                          if ((*kinds)[i]) types.push_back(research::find_document_type(kind_names[i]));
                        }
                      }
                      return documents->list(call, std::move(types));
                    }}};
  for (const DocumentOperations& of : document_operations()) {
    const DocumentType& type = of.type;
    const auto* id = &of.id;
    routes.push_back(
        {&of.list, [documents, &type](const Call& call) { return documents->list(call, {&type}); }});
    routes.push_back(
        {&of.create, [documents, &type](const Call& call) { return documents->create(type, call); }});
    routes.push_back(
        {&of.one, [documents, &type, id](const Call& call) { return documents->one(type, call[*id]); }});
    routes.push_back({&of.replace, [documents, &type, id](const Call& call) {
                        return documents->replace(type, call[*id], call);
                      }});
    routes.push_back({&of.remove, [documents, &type, id](const Call& call) {
                        return documents->remove(type, call[*id], call);
                      }});
    if (type.sign != 0) {
      routes.push_back({&of.run, [documents, &type, id](const Call& call) {
                          return documents->run(type, call[*id], call);
                        }});
    }
    routes.push_back({&of.history, [documents, &type, id](const Call& call) {
                        return documents->history(type, call[*id], call);
                      }});
  }
  return routes;
}

}  // namespace kalima::api::v1
