// The table of attributes, and the values of one attribute, with how often each occurs.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "api/v1/answer.h"
#include "api/v1/parameters.h"
#include "api/v1/routes.h"
#include "attributes/names.h"
#include "support/error.h"

namespace kalima::api::v1 {
namespace {

using attributes::Attribute;
using attributes::Definition;
using attributes::Level;
using columns::CoreFile;
using columns::Counts;
using http::Call;
using http::Field;
using http::JsonWriter;
namespace shapes = http::shapes;

constexpr std::string_view level_names[] = {"segment", "word", "region", "node"};
constexpr std::string_view type_names[] = {"enumerated", "dictionary", "number", "flag"};
constexpr std::string_view source_names[] = {"text",  "morphology", "treebank",
                                             "masaq", "divisions",  "derived"};
constexpr auto level_shape = shapes::one_of(level_names);
constexpr auto type_shape = shapes::one_of(type_names);
constexpr auto source_shape = shapes::one_of(source_names);

constexpr Field count_fields[] = {
    {"regions", &shapes::integer, "only of an attribute of regions", true},
    {"nodes", &shapes::integer, "only of an attribute of nodes", true},
    {"segments", &shapes::integer},
    {"words", &shapes::integer, "a word counts if one segment of it does"},
    {"verses", &shapes::integer, "likewise"},
};
constexpr auto counts_shape = shapes::object(count_fields, "Counts");

constexpr Field definition_fields[] = {
    {"name", &shapes::text},
    {"aliases", &shapes::texts, "further names"},
    {"level", &level_shape, "of what it is an attribute"},
    {"region", &shapes::text, "only of an attribute of regions: of which", true},
    {"type", &type_shape},
    {"source", &source_shape, "who supplies it"},
    {"english", &shapes::text},
    {"arabic", &shapes::text},
    {"meaning", &shapes::text},
    {"example", &shapes::text, "a query"},
    {"values", &shapes::integer, "how many values it has"},
    count_fields[0],
    count_fields[1],
    {"segments", &shapes::integer, "how many have a value"},
    count_fields[3],
    count_fields[4],
};
constexpr auto definition_shape = shapes::object(definition_fields, "Attribute");
constexpr auto definitions_shape = shapes::array(definition_shape);

constexpr Field value_fields[] = {
    {"value", &shapes::text},
    {"english", &shapes::text_or_null, "only of a closed set, as the next two", true},
    {"arabic", &shapes::text_or_null, {}, true},
    {"ud", &shapes::text_or_null, "its name in Universal Dependencies", true},
    count_fields[0],
    count_fields[1],
    count_fields[2],
    count_fields[3],
    count_fields[4],
};
constexpr auto value_shape = shapes::object(value_fields, "AttributeValue");
constexpr auto values_shape = shapes::array(value_shape);

constexpr Field answer_fields[] = {
    {"attributes", &definitions_shape, "all; only without `name`", true},
    {"attribute", &definition_shape, "only with `name`, as the next three", true},
    {"values", &values_shape,
     "of a closed set all in their own order, else those that occur, by their bare letters", true},
    {"missing", &counts_shape, "what has no value", true},
    {"total", &shapes::integer, "how many values there are in all", true},
};
constexpr auto answer_shape = shapes::object(answer_fields, "Attributes");

constexpr auto name_parameter =
    http::text({.name = "name", .meaning = "name or alias of an attribute", .example = "root", .max = 100});
constexpr const http::Parameter* parameters[] = {&name_parameter.row, &limit_parameter.row,
                                                 &offset_parameter.row};
constexpr ErrorCode errors[] = {ErrorCode::not_found};
constexpr std::string_view examples[] = {"/api/v1/attributes", "/api/v1/attributes?name=case",
                                         "/api/v1/attributes?name=lemma&limit=5&offset=3",
                                         "/api/v1/attributes?name=juz_n", "/api/v1/attributes?name=relation"};
constexpr http::Operation operation{.method = "GET",
                                    .path = "/api/v1/attributes",
                                    .id = "listAttributes",
                                    .group = "corpus",
                                    .summary =
                                        "The attributes of the corpus, or with `name` one attribute with its "
                                        "values and how often each occurs",
                                    .parameters = parameters,
                                    .answer = &answer_shape,
                                    .errors = errors,
                                    .examples = examples};

void write_counts(JsonWriter& out, Level level, const Counts& counts) {
  if (level == Level::region) out.key("regions").value(counts.items);
  if (level == Level::node) out.key("nodes").value(counts.items);
  out.key("segments").value(counts.segments);
  out.key("words").value(counts.words);
  out.key("verses").value(counts.verses);
}

void write_words(JsonWriter& out, std::string_view list) {
  out.begin_array();
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    out.value(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  out.end_array();
}

// The values to list: of a closed set all, of another one those that occur.
std::vector<std::uint32_t> values_of(const CoreFile& core, const Definition& row) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t value = 1; value <= core.values(row.attribute); ++value) {
    if (row.type == attributes::Type::number && core.counts(row.attribute, value).items == 0) continue;
    out.push_back(value);
  }
  return out;
}

void write_definition(JsonWriter& out, const CoreFile& core, const Definition& row, std::size_t values) {
  out.begin_object();
  out.key("name").value(row.name);
  out.key("aliases");
  write_words(out, row.aliases);
  out.key("level").value(attributes::name(row.level));
  if (row.level == Level::region)
    out.key("region").value(attributes::regions[static_cast<std::size_t>(row.region)].name);
  out.key("type").value(attributes::name(row.type));
  out.key("source").value(attributes::name(row.source));
  out.key("english").value(row.english);
  out.key("arabic").value(row.arabic);
  out.key("meaning").value(row.meaning);
  out.key("example").value(row.example);
  out.key("values").value(values);
  write_counts(out, row.level, core.counts_of_any(row.attribute));
  out.end_object();
}

void write_value(JsonWriter& out, const CoreFile& core, const Definition& row, std::uint32_t value) {
  const std::string text = core.text(row.attribute, value);
  out.begin_object();
  out.key("value").value(text);
  if (!row.values.empty()) {
    const auto known = std::ranges::find(row.values, std::string_view(text), &attributes::Value::name);
    const attributes::Value label = known != row.values.end() ? *known : attributes::Value{};
    out.key("english").value_or_null(label.english);
    out.key("arabic").value_or_null(label.arabic);
    out.key("ud").value_or_null(label.ud);
  }
  write_counts(out, row.level, core.counts(row.attribute, value));
  out.end_object();
}

http::Response all_attributes(const CoreFile& core) {
  JsonWriter out;
  out.begin_object().key("attributes").begin_array();
  for (const Definition& row : attributes::table)
    write_definition(out, core, row, values_of(core, row).size());
  out.end_array().end_object();
  return answer_of(out);
}

http::Response one_attribute(const CoreFile& core, const std::string& name, const Call& call) {
  const auto attribute = attributes::find(name);
  if (!attribute) {
    throw Error(ErrorCode::not_found, fmt::format("attribute \"{}\" not found", name),
                "/api/v1/attributes lists them")
        .with({.parameter = "name"});
  }
  const Definition& row = attributes::definition(*attribute);
  const std::vector<std::uint32_t> values = values_of(core, row);
  const auto [from, to] = page(call, values.size());
  JsonWriter out;
  out.begin_object().key("attribute");
  write_definition(out, core, row, values.size());
  out.key("values").begin_array();
  for (std::size_t i = from; i < to; ++i) write_value(out, core, row, values[i]);
  out.end_array();
  out.key("missing").begin_object();
  write_counts(out, row.level, core.counts(*attribute, 0));
  out.end_object();
  out.key("total").value(values.size()).end_object();
  return answer_of(out);
}

}  // namespace

Routes attribute_routes(const Context& context) {
  return {{&operation, [&core = context.core](const Call& call) {
             const std::string* name = call.find(name_parameter);
             if (name != nullptr) return one_attribute(core, *name, call);
             for (const auto& [given, value] : call.given()) {
               if (given != limit_parameter.row.name && given != offset_parameter.row.name) continue;
               throw Error(ErrorCode::bad_input,
                           fmt::format("{} is of the values of an attribute, and none is named", given),
                           "add name=NAME, or leave it out")
                   .with({.parameter = given});
             }
             return all_attributes(core);
           }}};
}

}  // namespace kalima::api::v1
