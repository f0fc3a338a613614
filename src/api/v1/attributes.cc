// GET /api/v1/attributes?name=&limit=&offset=
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "api/v1/parameters.h"
#include "api/v1/routes.h"
#include "attributes/names.h"
#include "support/error.h"
#include "support/json.h"

namespace kalima::api::v1 {
namespace {

using attributes::Attribute;
using attributes::Definition;
using attributes::Level;
using columns::CoreFile;
using columns::Counts;
using http::Body;
using http::PathParts;
using http::Request;

json::Value whole(std::uint64_t number) { return static_cast<std::int64_t>(number); }

void add_counts(json::Object& object, Level level, const Counts& counts) {
  if (level == Level::region) object.emplace_back("regions", whole(counts.items));
  if (level == Level::node) object.emplace_back("nodes", whole(counts.items));
  object.emplace_back("segments", whole(counts.segments));
  object.emplace_back("words", whole(counts.words));
  object.emplace_back("verses", whole(counts.verses));
}

json::Array words_of(std::string_view list) {
  json::Array out;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    out.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return out;
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

json::Object definition_json(const CoreFile& core, const Definition& row, std::size_t values) {
  json::Object out{
      {"name", row.name}, {"aliases", words_of(row.aliases)}, {"level", attributes::name(row.level)}};
  if (row.level == Level::region)
    out.emplace_back("region", attributes::regions[static_cast<std::size_t>(row.region)].name);
  out.emplace_back("type", attributes::name(row.type));
  out.emplace_back("source", attributes::name(row.source));
  out.emplace_back("english", row.english);
  out.emplace_back("arabic", row.arabic);
  out.emplace_back("meaning", row.meaning);
  out.emplace_back("example", row.example);
  out.emplace_back("values", whole(values));
  add_counts(out, row.level, core.counts_of_any(row.attribute));
  return out;
}

json::Object value_json(const CoreFile& core, const Definition& row, std::uint32_t value) {
  const std::string text = core.text(row.attribute, value);
  json::Object out{{"value", text}};
  if (!row.values.empty()) {
    const auto known = std::ranges::find(row.values, std::string_view(text), &attributes::Value::name);
    const attributes::Value label = known != row.values.end() ? *known : attributes::Value{};
    const auto add = [&](std::string_view name, std::string_view content) {
      out.emplace_back(name, content.empty() ? json::Value() : json::Value(content));
    };
    add("english", label.english);
    add("arabic", label.arabic);
    add("ud", label.ud);
  }
  add_counts(out, row.level, core.counts(row.attribute, value));
  return out;
}

http::Response list_attributes(const CoreFile& core) {
  json::Array listed;
  for (const Definition& row : attributes::table)
    listed.push_back(definition_json(core, row, values_of(core, row).size()));
  return http::json_response(Body(json::ordered(json::Object{{"attributes", std::move(listed)}})));
}

http::Response one_attribute(const CoreFile& core, const std::string& name, const Request& request) {
  const auto attribute = attributes::find(name);
  if (!attribute) throw Error(ErrorCode::not_found, fmt::format("attribute \"{}\" not found", name));
  const Definition& row = attributes::definition(*attribute);
  const std::vector<std::uint32_t> values = values_of(core, row);
  const std::size_t limit = count_parameter(request, "limit", 100),
                    offset = count_parameter(request, "offset", 0);
  const std::size_t from = std::min(offset, values.size()), to = from + std::min(limit, values.size() - from);
  json::Array listed;
  for (std::size_t i = from; i < to; ++i) listed.push_back(value_json(core, row, values[i]));
  json::Object missing;
  add_counts(missing, row.level, core.counts(*attribute, 0));
  return http::json_response(
      Body(json::ordered(json::Object{{"attribute", definition_json(core, row, values.size())},
                                      {"values", std::move(listed)},
                                      {"missing", std::move(missing)},
                                      {"total", whole(values.size())}})));
}

}  // namespace

void add_attribute_routes(http::Router& router, const Context& context) {
  router.add("GET", "/api/v1/attributes", [&core = context.core](const Request& request, const PathParts&) {
    const auto name = request.parameter("name");
    return name ? one_attribute(core, *name, request) : list_attributes(core);
  });
}

}  // namespace kalima::api::v1
