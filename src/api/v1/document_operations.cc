#include "api/v1/document_operations.h"

#include <fmt/format.h>

#include <algorithm>

#include "support/error.h"

namespace kalima::api::v1 {
namespace {

using http::Field;
using http::Shape;
using research::DocumentField;
using research::DocumentType;
namespace shapes = http::shapes;

constexpr Field span_fields[] = {
    {"from", &shapes::text, "SURAH:AYAH:WORD, or SURAH:AYAH for a whole verse"},
    {"to", &shapes::text, "included"},
};
constexpr auto span_shape = shapes::object(span_fields, "AnchorSpan");
constexpr auto spans_shape = shapes::array(span_shape);
constexpr Field anchor_fields[] = {
    {"from", &shapes::text, "the first place of all"},
    {"to", &shapes::text, "the last one"},
    {"spans", &spans_shape, "in the order of the text"},
};
constexpr auto anchor_shape = shapes::or_null(shapes::object(anchor_fields, "Anchor"));
constexpr Shape more_shape{.kind = Shape::Kind::map, .items = &shapes::any};
constexpr std::string_view named_by_meaning =
    "saved queries and sub-corpora that named it, and cannot be asked now";
constexpr Field removed_fields[] = {
    {"change", &shapes::integer, "the entry of the history, to undo it"},
    {"named_by", &shapes::texts, named_by_meaning, true},
};
constexpr auto removed_shape = shapes::object(removed_fields, "DocumentRemoved");

// What saved/counts.h says of a saved query.
constexpr Field counts_fields[] = {
    {"date", &shapes::text, "UTC"},
    {"corpus", &shapes::text, "the hash of its content, as /api/v1/corpus has it"},
    {"hits", &shapes::integer},
    {"spans", &shapes::integer},
    {"words", &shapes::integer},
    {"verses", &shapes::integer},
    {"without_span", &shapes::integer},
    {"names", &more_shape, "the lists and saved queries that it names, with their versions"},
};
constexpr auto counts_shape = shapes::or_null(shapes::object(counts_fields, "SavedCounts"));
constexpr Field error_fields[] = {
    {"message", &shapes::text}, {"shown", &shapes::text, "with its place"}, {"cure", &shapes::text}};
constexpr auto error_shape = shapes::or_null(shapes::object(error_fields, "SavedQueryError"));
constexpr Field run_fields[] = {
    {"id", &shapes::text},
    {"kind", &shapes::text},
    {"query", &shapes::text, "that was asked"},
    {"saved", &shapes::any, "its counts when it was saved; null if they are not known"},
    {"now", &counts_shape, "null if it cannot be asked"},
    {"changed", &shapes::texts,
     "which of the counts differ; \"corpus\"; $NAME and @NAME that mean something else"},
    {"partial", &shapes::boolean, "time or memory ran out"},
    {"error", &error_shape, "why it cannot be asked: the language, its names or the corpus may have changed"},
    {"address", &shapes::text_or_null, "of its hits; null if it would be too long"},
};
constexpr auto run_shape = shapes::object(run_fields, "SavedQueryRun");

constexpr std::string_view anchor_meaning =
    "where it belongs: 2:255, 2:255:1, 2:255:1-2:255:3, with commas between several; or as answers have it";

// The same for all types.
constexpr const http::Parameter* list_parameters[] = {
    &notes::within_parameter.row, &notes::field_type_parameter.row, &notes::tag_parameter.row,
    &notes::status_parameter.row, &notes::author_parameter.row,     &notes::language_parameter.row,
    &notes::marked_parameter.row, &notes::since_parameter.row,      &notes::until_parameter.row,
    &notes::text_parameter.row,   &notes::order_parameter.row,      &notes::page_parameter.row,
    &notes::cursor_parameter.row,
};
constexpr ErrorCode read_errors[] = {ErrorCode::not_found};
constexpr ErrorCode create_errors[] = {ErrorCode::not_found, ErrorCode::conflict};
constexpr ErrorCode change_errors[] = {ErrorCode::not_found, ErrorCode::stale};

const Shape* shape_of(const DocumentField& field) {
  switch (field.kind) {
    case DocumentField::Kind::text:
      return &shapes::text_or_null;
    case DocumentField::Kind::texts:
      return &shapes::texts;
    case DocumentField::Kind::any:
      break;
  }
  return &shapes::any;
}

std::string with_article(const DocumentType& type) {
  const bool vowel = std::string_view("aeiou").find(type.name.front()) != std::string_view::npos;
  return type.single() ? fmt::format("the {} of a verse", type.name)
                       : fmt::format("{} {}", vowel ? "an" : "a", type.name);
}

}  // namespace

SeenVersion read_seen_version(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  if (text.empty() || text.find('"') != std::string_view::npos)
    throw Error(ErrorCode::bad_input, "If-Match must be one entity tag or *");
  return {std::string(text)};
}

TimePrefix read_time_prefix(std::string_view text) {
  constexpr std::string_view form = "dddd-dd-ddTdd:dd:dd.dddddd";
  bool good = text.size() <= form.size() &&
              (text.size() == 4 || text.size() == 7 || text.size() == 10 || text.size() > 10);
  for (std::size_t i = 0; good && i < text.size(); ++i)
    good = form[i] == 'd' ? text[i] >= '0' && text[i] <= '9' : text[i] == form[i];
  if (good) return {std::string(text)};
  throw Error(ErrorCode::bad_input, "is not a time", "write a year, 2026-11, 2026-11-28 or 2026-11-28T22:15");
}

const Shape* DocumentOperations::shape(const std::vector<Field>& fields, std::string_view name) {
  const std::vector<Field>& kept = fields_.emplace_back(fields);
  return &shapes_.emplace_back(shapes::object(kept, name));
}

std::span<const std::string_view> DocumentOperations::examples(std::vector<std::string_view> addresses) {
  return examples_.emplace_back(std::move(addresses));
}

DocumentOperations::DocumentOperations(const DocumentType& of) : type(of) {
  const std::string_view plural = type.plural, title = type.title;
  const std::string_view path = keep(fmt::format("/api/v1/{}", plural));
  const std::string_view path_of_one = keep(fmt::format("{}/{{id}}", path));
  const std::string_view path_of_history = keep(fmt::format("{}/history", path_of_one));
  const std::string_view example = type.single()    ? "112:1"
                                   : type.kind      ? "112:1:example"
                                   : type.sign != 0 ? keep(fmt::format("my-{}", type.name))
                                                    : "example";
  id = http::text({.name = "id",
                   .place = http::Parameter::Place::path,
                   .meaning = type.single() ? "the verse"
                              : type.kind   ? "SURAH:AYAH:NAME, as `id` of answers"
                                            : "its name",
                   .example = example,
                   .min = 1,
                   .max = 300});

  std::vector<Field> fields = {
      {"id", &shapes::text, "of this document, in addresses"},
      {"kind", &shapes::text, type.name},
      {"anchor", &anchor_shape, type.kind ? "where it belongs" : "null"},
      {"words", &shapes::text_or_null,
       "of the anchor, as the corpus has them now; null if it has not all of them"},
  };
  std::vector<Field> input = {
      {"id", &shapes::text, "a name that it is to have; otherwise one is made", true},
      {"anchor", &shapes::any, type.kind ? anchor_meaning : "null", true},
  };
  for (const DocumentField& field : type.fields) {
    fields.push_back({field.name, shape_of(field), field.meaning});
    input.push_back({field.name, shape_of(field), field.meaning, true});
  }
  constexpr Field ends[] = {
      {"created", &shapes::text_or_null, "local time"},
      {"modified", &shapes::text_or_null, "local time"},
      {"version", &shapes::text, "for If-Match"},
  };
  for (Field end : ends) {
    fields.push_back(end);
    end.optional = true;
    input.push_back(end);
  }
  fields.push_back({"more", &more_shape, "members that are not fields of the type"});
  input.push_back({"more", &more_shape, "members that are not fields of the type", true});
  for (const std::string_view ignored : {"kind", "words"}) {
    input.push_back({ignored, &shapes::text_or_null, "as answers have it; ignored", true});
  }
  const Shape* document = shape(fields, title);
  const Shape* body = shape(input, keep(fmt::format("{}Input", title)));
  const Shape* documents = &shapes_.emplace_back(shapes::array(*document));
  const Shape* page =
      shape({{"total", &shapes::integer, "on all pages together"},
             {"documents", documents},
             {"next", &shapes::text_or_null, "`cursor` of the next page; null if this is the last"},
             {"unreadable", &notes::unreadable_shape, notes::unreadable_meaning, true}},
            keep(fmt::format("{}List", title)));
  const Shape* written = shape({{"change", &shapes::integer_or_null,
                                 "the entry of the history, to undo it; null if it was so already"},
                                {"document", document},
                                {"named_by", &shapes::texts, named_by_meaning, true}},
                               keep(fmt::format("{}Written", title)));

  one_parameters_ = {&id.row};
  write_parameters_ = {&id.row, &notes::seen_parameter.row};
  history_parameters_ = {&id.row, &entries_parameter.row};
  const std::string_view group = "research";
  std::string titled(plural);
  titled.front() = title.front();
  const std::string_view list_id = type.single() ? title : keep(std::move(titled));
  list = {.method = "GET",
          .path = path,
          .id = keep(fmt::format("list{}", list_id)),
          .group = group,
          .summary = keep(fmt::format("The {} of all verses: each is {}", plural, type.meaning)),
          .parameters = list_parameters,
          .answer = page,
          .examples = examples({path, keep(fmt::format("{}?verses=112&sort=-modified", path))})};
  one = {.method = "GET",
         .path = path_of_one,
         .id = keep(fmt::format("get{}", title)),
         .group = group,
         .summary = keep(fmt::format("One of the {}", plural)),
         .parameters = one_parameters_,
         .answer = document,
         .errors = read_errors,
         .examples = examples({keep(fmt::format("{}/{}", path, example))})};
  create = {.method = "POST",
            .path = path,
            .id = keep(fmt::format("create{}", title)),
            .group = group,
            .summary = keep(fmt::format("Writes {}", with_article(type))),
            .answer = written,
            .status = 201,
            .body = body,
            .errors = create_errors};
  replace = {
      .method = "PUT",
      .path = path_of_one,
      .id = keep(fmt::format("replace{}", title)),
      .group = group,
      .summary = keep(fmt::format("Replaces {}; fields that are not given are emptied", with_article(type))),
      .parameters = write_parameters_,
      .answer = written,
      .body = body,
      .errors = change_errors};
  remove = {.method = "DELETE",
            .path = path_of_one,
            .id = keep(fmt::format("delete{}", title)),
            .group = group,
            .summary = keep(fmt::format("Removes {}", with_article(type))),
            .parameters = write_parameters_,
            .answer = &removed_shape,
            .errors = change_errors};
  run = {
      .method = "GET",
      .path = keep(fmt::format("{}/run", path_of_one)),
      .id = keep(fmt::format("run{}", title)),
      .group = group,
      .summary = keep(fmt::format("Asks {} again: what it finds now, and what has changed since it was saved",
                                  with_article(type))),
      .parameters = one_parameters_,
      .answer = &run_shape,
      .errors = read_errors,
      .examples = examples({keep(fmt::format("{}/{}/run", path, example))})};
  history = {.method = "GET",
             .path = path_of_history,
             .id = keep(fmt::format("list{}History", title)),
             .group = group,
             .summary = keep(fmt::format("The changes to one of the {}, latest first", plural)),
             .parameters = history_parameters_,
             .answer = &history_shape,
             .errors = read_errors,
             .examples = examples({keep(fmt::format("{}/{}/history", path, example))})};
}

const std::deque<DocumentOperations>& document_operations() {
  static const std::deque<DocumentOperations> made = [] {
    std::deque<DocumentOperations> out;
    for (const DocumentType& type : research::document_types()) out.emplace_back(type);
    return out;
  }();
  return made;
}

}  // namespace kalima::api::v1
