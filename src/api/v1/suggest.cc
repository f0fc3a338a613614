// Completion for the box of the query language and for forms.
#include "api/v1/answer.h"
#include "api/v1/routes.h"
#include "api/v1/saved_library.h"
#include "api/v1/when_asked.h"
#include "attributes/table.h"
#include "query/suggest/suggester.h"
#include "support/error.h"
#include "support/nearest.h"
#include "support/utf8.h"

namespace kalima::api::v1 {
namespace {

using http::Call;
using http::Field;
using http::JsonWriter;
using http::Response;
namespace shapes = http::shapes;

// In the order of query::CompletionPlace::Kind.
constexpr std::string_view place_names[] = {"start", "attribute", "value",  "region",
                                            "list",  "query",     "nothing"};
constexpr auto place_shape = shapes::one_of(place_names);
constexpr auto kind_shape = shapes::one_of(query::suggestion_kinds);
constexpr Field suggestion_fields[] = {
    {"kind", &kind_shape},
    {"text", &shapes::text, "as people know it"},
    {"insert", &shapes::text, "instead of what was typed"},
    {"english", &shapes::text_or_null},
    {"arabic", &shapes::text_or_null},
    {"words", &shapes::integer_or_null, "in how many words it occurs"},
    {"corrected", &shapes::boolean, "nothing begins with what was typed; this is near to it"},
};
constexpr auto suggestion_shape = shapes::object(suggestion_fields, "Suggestion");
constexpr auto suggestions_shape = shapes::array(suggestion_shape);
constexpr Field answer_fields[] = {
    {"q", &shapes::text},
    {"expects", &place_shape, "what can come at the end of the text"},
    {"attribute", &shapes::text_or_null, "of a value"},
    {"from", &shapes::integer, "the code point of q, from 0, where what is being typed begins"},
    {"suggestions", &suggestions_shape, "of each kind those that match best, then the most frequent first"},
};
constexpr auto answer_shape = shapes::object(answer_fields, "Suggestions");

constexpr auto typed_parameter =
    http::text({.name = "q",
                .meaning = "the query up to the cursor; with attribute= a value, or "
                           "its beginning",
                .example = "[lemma=\"قا",
                .max = 65'536,
                .default_value = ""});
constexpr auto attribute_parameter = http::text({.name = "attribute",
                                                 .meaning = "values of this attribute are wanted",
                                                 .example = "lemma",
                                                 .min = 1,
                                                 .max = 40});
constexpr auto suggestions_parameter = http::integer({.name = "limit",
                                                      .meaning = "how many of each kind are listed at most",
                                                      .example = "10",
                                                      .min = 1,
                                                      .max = 100,
                                                      .default_value = "10"});
constexpr const http::Parameter* parameters[] = {&typed_parameter.row, &attribute_parameter.row,
                                                 &suggestions_parameter.row};
constexpr std::string_view examples[] = {"/api/v1/suggest?q=%5Blemma%3D%22%D9%82%D8%A7",
                                         "/api/v1/suggest?q=%D8%A7%D9%84%D9%84%D9%87",
                                         "/api/v1/suggest?attribute=pos&q=n"};
constexpr http::Operation operation{.method = "GET",
                                    .path = "/api/v1/suggest",
                                    .id = "suggest",
                                    .group = "search",
                                    .summary = "What could be typed next in a query, with counts",
                                    .parameters = parameters,
                                    .answer = &answer_shape,
                                    .examples = examples,
                                    .cached = true};

attributes::Attribute attribute_of(const std::string& name) {
  if (const auto known = attributes::find(name)) return *known;
  std::vector<std::string_view> names;
  for (const attributes::Definition& row : attributes::table) names.push_back(row.name);
  throw Error(ErrorCode::bad_input, "attribute '" + name + "' not found", did_you_mean(nearest(name, names)))
      .with({.parameter = std::string(attribute_parameter.row.name)});
}

Response suggest(const query::Suggester& suggester, const SavedLibrary& saved, const Call& call) {
  const std::string& typed = call[typed_parameter];
  query::Suggestions suggestions;
  if (const std::string* name = call.find(attribute_parameter)) {
    suggestions.place.kind = query::CompletionPlace::Kind::value;
    suggestions.place.attribute = attribute_of(*name);
    suggestions.found = suggester.values(suggestions.place.attribute, typed, call[suggestions_parameter]);
  } else {
    suggestions = suggester.after(typed, call[suggestions_parameter], saved.names().get());
  }
  const query::CompletionPlace& place = suggestions.place;
  JsonWriter out;
  out.begin_object().key("q").value(typed);
  out.key("expects").value(place_names[static_cast<std::size_t>(place.kind)]).key("attribute");
  if (place.kind == query::CompletionPlace::Kind::value && !place.names_attribute) {
    out.value(attributes::definition(place.attribute).name);
  } else {
    out.null();
  }
  out.key("from").value(utf8::to_code_points(std::string_view(typed).substr(0, place.begin)).size());
  out.key("suggestions").begin_array();
  for (const query::Suggestion& one : suggestions.found) {
    out.begin_object().key("kind").value(query::suggestion_kinds[static_cast<std::size_t>(one.kind)]);
    out.key("text").value(one.text).key("insert").value(one.insert);
    out.key("english").value_or_null(one.english).key("arabic").value_or_null(one.arabic);
    out.key("words").value(one.words).key("corrected").value(one.corrected).end_object();
  }
  out.end_array().end_object();
  Response response = answer_of(out);
  // What people save changes.
  response.cacheable =
      place.kind != query::CompletionPlace::Kind::list && place.kind != query::CompletionPlace::Kind::query;
  return response;
}

}  // namespace

Routes suggest_routes(const Context& context, const std::shared_ptr<SavedLibrary>& saved) {
  const auto suggester = std::make_shared<WhenAsked<query::Suggester>>(context.core);
  return {
      {&operation, [suggester, saved](const Call& call) { return suggest(suggester->get(), *saved, call); }}};
}

}  // namespace kalima::api::v1
