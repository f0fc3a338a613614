// Statistics of the hits of a query (statistics/): their routes.
#include <algorithm>
#include <memory>

#include "api/v1/answer.h"
#include "api/v1/query_request.h"
#include "api/v1/routes.h"
#include "api/v1/statistics_answer.h"
#include "api/v1/statistics_parameters.h"
#include "api/v1/statistics_shapes.h"

namespace kalima::api::v1 {
namespace {

using http::Call;
using http::Field;
using http::JsonWriter;
using http::Response;
namespace shapes = http::shapes;
namespace sheets = statistics_shapes;

constexpr auto frequency_row =
    shapes::object(sheets::row_fields<statistics::frequency_columns>, "FrequencyRow");
constexpr auto frequency_rows = shapes::array(frequency_row);
constexpr auto frequency_answer =
    shapes::object(sheets::Answer<statistics::frequency_facts, frequency_rows>::fields, "Frequencies");
constexpr auto cell_row = shapes::object(sheets::row_fields<statistics::cell_columns>, "CrossTableCell");
constexpr auto cell_rows = shapes::array(cell_row);
constexpr auto table_answer =
    shapes::object(sheets::Answer<statistics::table_facts, cell_rows>::fields, "CrossTable");
constexpr auto collocation_row =
    shapes::object(sheets::row_fields<statistics::collocation_columns>, "Collocation");
constexpr auto collocation_rows = shapes::array(collocation_row);
constexpr auto collocation_answer =
    shapes::object(sheets::Answer<statistics::collocation_facts, collocation_rows>::fields, "Collocations");
constexpr auto keyness_row = shapes::object(sheets::row_fields<statistics::keyness_columns>, "KeyWord");
constexpr auto keyness_rows = shapes::array(keyness_row);
constexpr auto keyness_answer =
    shapes::object(sheets::Answer<statistics::keyness_facts, keyness_rows>::fields, "Keyness");
constexpr auto spread_row = shapes::object(sheets::row_fields<statistics::spread_columns>, "SpreadPart");
constexpr auto spread_rows = shapes::array(spread_row);
constexpr auto spread_answer =
    shapes::object(sheets::Answer<statistics::spread_facts, spread_rows>::fields, "Spread");

constexpr Field measure_fields[] = {{"name", &shapes::text, "of its column"},
                                    {"label", &shapes::text},
                                    {"formula", &shapes::text},
                                    {"source", &shapes::text, "who defined it"}};
constexpr auto measure_shape = shapes::object(measure_fields, "Measure");
constexpr auto measure_list = shapes::array(measure_shape);
constexpr Field measures_fields[] = {{"collocations", &measure_list,
                                      "O11, R1, C1, N: together, node_total, "
                                      "frequency, text_total; E11 = R1 C1 / N"},
                                     {"keyness", &measure_list,
                                      "a, n1, b, n2: hits, words_total, other_hits, "
                                      "other_total"},
                                     {"spread", &measure_list}};
constexpr auto measures_shape = shapes::object(measures_fields, "Measures");

constexpr ErrorCode errors[] = {ErrorCode::too_large};

constexpr const http::Parameter* frequency_parameters[] = {
    &subject_parameter.row,  &by_parameter.row,          &within_parameter.row,
    &reading_parameter.row,  &sensitive_parameter.row,   &frequency_sort_parameter.row,
    &min_hits_parameter.row, &max_hits_parameter.row,    &max_surahs_parameter.row,
    &missing_parameter.row,  &offset_parameter.row,      &rows_parameter.row,
    &timeout_parameter.row,  &table_format_parameter.row};
constexpr std::string_view frequency_examples[] = {
    "/api/v1/statistics/frequencies?limit=5",
    "/api/v1/statistics/frequencies?q=%5Bpos%3D%22V%22%5D&by=lemma,aspect&limit=5",
    "/api/v1/statistics/frequencies?by=root&max=1&sort=value&limit=5"};
constexpr http::Operation frequencies{
    .method = "GET",
    .path = "/api/v1/statistics/frequencies",
    .id = "frequencies",
    .group = "statistics",
    .summary =
        "How often values of one to three attributes occur: word lists, hapax legomena, words of one surah",
    .parameters = frequency_parameters,
    .answer = &frequency_answer,
    .other_answers = table_types,
    .errors = errors,
    .examples = frequency_examples,
    .cached = true};

constexpr const http::Parameter* table_parameters[] = {
    &subject_parameter.row,     &two_keys_parameter.row,  &within_parameter.row,
    &reading_parameter.row,     &sensitive_parameter.row, &frequency_sort_parameter.row,
    &min_hits_parameter.row,    &max_hits_parameter.row,  &max_surahs_parameter.row,
    &offset_parameter.row,      &rows_parameter.row,      &timeout_parameter.row,
    &table_format_parameter.row};
constexpr std::string_view table_examples[] = {"/api/v1/statistics/table?by=pos,surah_place&limit=5"};
constexpr http::Operation table{
    .method = "GET",
    .path = "/api/v1/statistics/table",
    .id = "crossTable",
    .group = "statistics",
    .summary = "Two attributes against each other, with expected counts and residuals",
    .parameters = table_parameters,
    .answer = &table_answer,
    .other_answers = table_types,
    .errors = errors,
    .examples = table_examples,
    .cached = true};

constexpr const http::Parameter* collocation_parameters[] = {
    &query_parameter.row,        &attribute_parameter.row,
    &unit_parameter.row,         &left_parameter.row,
    &right_parameter.row,        &convention_parameter.row,
    &relation_parameter.row,     &ends_parameter.row,
    &min_together_parameter.row, &min_frequency_parameter.row,
    &within_parameter.row,       &reading_parameter.row,
    &sensitive_parameter.row,    &collocation_sort_parameter.row,
    &offset_parameter.row,       &rows_parameter.row,
    &timeout_parameter.row,      &table_format_parameter.row};
constexpr std::string_view collocation_examples[] = {
    "/api/v1/statistics/collocations?q=%5Broot%3D%22%D8%B1%D8%AD%D9%85%22%5D&min=1&limit=5",
    "/api/v1/statistics/"
    "collocations?q=%5Bpos%3D%22V%22%5D&left=0&right=2&attribute=pos&unit=segment&convention=hits"};
constexpr http::Operation collocations{
    .method = "GET",
    .path = "/api/v1/statistics/collocations",
    .id = "collocations",
    .group = "statistics",
    .summary = "What occurs near the hits of a query, or joined with them by a relation, and how strongly",
    .parameters = collocation_parameters,
    .answer = &collocation_answer,
    .other_answers = table_types,
    .errors = errors,
    .examples = collocation_examples,
    .cached = true};

constexpr const http::Parameter* keyness_parameters[] = {
    &key_query_parameter.row, &against_parameter.row,      &taken_parameter.row,  &attribute_parameter.row,
    &unit_parameter.row,      &key_min_parameter.row,      &within_parameter.row, &reading_parameter.row,
    &sensitive_parameter.row, &keyness_sort_parameter.row, &offset_parameter.row, &rows_parameter.row,
    &timeout_parameter.row,   &table_format_parameter.row};
constexpr std::string_view keyness_examples[] = {
    "/api/v1/statistics/keyness?q=%3Csurah+n%3D%221%22%2F%3E&limit=5"};
constexpr http::Operation keyness{
    .method = "GET",
    .path = "/api/v1/statistics/keyness",
    .id = "keyness",
    .group = "statistics",
    .summary = "Which words are typical of a part of the text, compared with another",
    .parameters = keyness_parameters,
    .answer = &keyness_answer,
    .other_answers = table_types,
    .errors = errors,
    .examples = keyness_examples,
    .cached = true};

constexpr const http::Parameter* spread_parameters[] = {
    &query_parameter.row,   &parts_parameter.row,       &part_order_parameter.row, &within_parameter.row,
    &reading_parameter.row, &sensitive_parameter.row,   &offset_parameter.row,     &rows_parameter.row,
    &timeout_parameter.row, &table_format_parameter.row};
constexpr std::string_view spread_examples[] = {
    "/api/v1/statistics/spread?q=%5Broot%3D%22%D8%B1%D8%AD%D9%85%22%5D&order=revelation"};
constexpr http::Operation spread{.method = "GET",
                                 .path = "/api/v1/statistics/spread",
                                 .id = "spread",
                                 .group = "statistics",
                                 .summary = "How evenly the hits of a query are spread over the text",
                                 .parameters = spread_parameters,
                                 .answer = &spread_answer,
                                 .other_answers = table_types,
                                 .errors = errors,
                                 .examples = spread_examples,
                                 .cached = true};

constexpr std::string_view measure_examples[] = {"/api/v1/statistics/measures"};
constexpr http::Operation measures{.method = "GET",
                                   .path = "/api/v1/statistics/measures",
                                   .id = "listMeasures",
                                   .group = "statistics",
                                   .summary = "The measures of statistics, with formulas and sources",
                                   .answer = &measures_shape,
                                   .examples = measure_examples};

Response list_measures() {
  JsonWriter out;
  const auto write = [&out](std::string_view key, const auto& all) {
    out.key(key).begin_array();
    for (const auto& one : all) {
      out.begin_object().key("name").value(one.name).key("label").value(one.label);
      out.key("formula").value(one.formula).key("source").value(one.source).end_object();
    }
    out.end_array();
  };
  out.begin_object();
  write("collocations", statistics::associations);
  write("keyness", statistics::keynesses);
  write("spread", statistics::spreads);
  out.end_object();
  return answer_of(out);
}

query::GroupChoice choice_of(const Call& call) {
  query::GroupChoice out;
  out.order = static_cast<query::GroupChoice::Order>(call[frequency_sort_parameter]);
  out.min_hits = call[min_hits_parameter];
  if (const std::uint64_t* max = call.find(max_hits_parameter)) out.max_hits = *max;
  if (const std::uint64_t* max = call.find(max_surahs_parameter)) out.max_surahs = *max;
  return out;
}

attributes::Attribute attribute_of(const Call& call) {
  return in_context(about(attribute_parameter),
                    [&] { return query::read_attribute(call[attribute_parameter]); });
}

using Answering = std::function<AskedStatistic(const Call&, const query::Engine&)>;

AskedStatistic asked_frequencies(const Call& call, const query::Engine& engine) {
  AskedStatistic out = asked_statistic(call, call[subject_parameter], engine);
  query::GroupChoice choice = choice_of(call);
  choice.missing = call[missing_parameter];
  out.make = [by = call[by_parameter], choice](const auto& source, const auto& scope, const auto& hits,
                                               const auto& page, const auto&, auto& guard) {
    const auto keys = in_context(about(by_parameter), [&] {
      return query::read_keys(by, hits.found.labels(), query::max_group_keys, false);
    });
    return statistics::frequencies(source, scope, hits, keys, choice, page, guard);
  };
  return out;
}

AskedStatistic asked_table(const Call& call, const query::Engine& engine) {
  AskedStatistic out = asked_statistic(call, call[subject_parameter], engine);
  out.make = [by = call[two_keys_parameter], choice = choice_of(call)](const auto& source, const auto& scope,
                                                                       const auto& hits, const auto& page,
                                                                       const auto&, auto& guard) {
    const auto keys = in_context(about(two_keys_parameter),
                                 [&] { return query::read_keys(by, hits.found.labels(), 2, false); });
    if (keys.size() != 2) {
      throw Error(ErrorCode::bad_input, "a table needs 2 keys",
                  "write two attributes with a comma between them")
          .with({.parameter = std::string(two_keys_parameter.row.name)});
    }
    return statistics::cross_table(source, scope, hits, keys, choice, page, guard);
  };
  return out;
}

statistics::NearRequest near_request(const Call& call) {
  statistics::NearRequest out;
  out.attribute = attribute_of(call);
  out.min_together = call[min_together_parameter];
  out.min_frequency = call[min_frequency_parameter];
  out.order = call[collocation_sort_parameter];
  return out;
}

AskedStatistic asked_collocations(const Call& call, const query::Engine& engine) {
  AskedStatistic out = asked_statistic(call, call[query_parameter], engine);
  if (const std::string* relation = call.find(relation_parameter)) {
    refuse_idle(call,
                {&left_parameter.row, &right_parameter.row, &convention_parameter.row, &unit_parameter.row},
                "on the edges of a relation", "relation");
    statistics::EdgeRequest request;
    request.query = out.query;
    request.within = out.within;
    static_cast<statistics::NearRequest&>(request) = near_request(call);
    request.relation = *relation;
    request.up = call[ends_parameter] == 1;
    if (std::ranges::count(statistics::sides, statistics::collocation_orders[request.order]) > 0) {
      throw Error(ErrorCode::bad_input, "edges have no sides to be in order of", "choose another column")
          .with({.parameter = std::string(collocation_sort_parameter.row.name)});
    }
    out.make = [request](const auto& source, const auto& scope, const auto& hits, const auto& page,
                         const auto& options, auto& guard) {
      statistics::EdgeRequest of_page = request;
      of_page.page = page;
      return in_context(about(relation_parameter),
                        [&] { return statistics::related(source, scope, hits, of_page, options, guard); });
    };
    return out;
  }
  refuse_idle(call, {&ends_parameter.row}, "without a relation", "add relation");
  statistics::WindowRequest request;
  static_cast<statistics::NearRequest&>(request) = near_request(call);
  request.unit = static_cast<statistics::Unit>(call[unit_parameter]);
  request.window = {static_cast<std::uint32_t>(call[left_parameter]),
                    static_cast<std::uint32_t>(call[right_parameter])};
  request.convention = static_cast<statistics::Convention>(call[convention_parameter]);
  out.make = [request](const auto& source, const auto& scope, const auto& hits, const auto& page, const auto&,
                       auto& guard) {
    statistics::WindowRequest of_page = request;
    of_page.page = page;
    return in_context(about(attribute_parameter),
                      [&] { return statistics::collocations(source, scope, hits, of_page, guard); });
  };
  return out;
}

AskedStatistic asked_keyness(const Call& call, const query::Engine& engine) {
  AskedStatistic out = asked_statistic(call, call[key_query_parameter], engine);
  statistics::KeynessRequest request;
  request.taken = static_cast<statistics::Taken>(call[taken_parameter]);
  request.attribute = attribute_of(call);
  request.unit = static_cast<statistics::Unit>(call[unit_parameter]);
  request.min_hits = call[key_min_parameter];
  request.order = call[keyness_sort_parameter];
  std::optional<std::string> against;
  if (const std::string* text = call.find(against_parameter)) against = *text;
  out.make = [request, against, &engine](const auto& source, const auto& scope, const auto& hits,
                                         const auto& page, const auto& options, auto& guard) {
    statistics::KeynessRequest of_page = request;
    of_page.page = page;
    std::optional<query::Found> found;
    std::optional<statistics::Hits> other;
    if (against) {
      found.emplace(in_context(about(against_parameter), [&] { return engine.run(*against, options); }));
      other.emplace(statistics::Hits{*found, *against});
    }
    return in_context(about(attribute_parameter), [&] {
      return statistics::keyness(source, scope, hits, other ? &*other : nullptr, of_page, guard);
    });
  };
  return out;
}

AskedStatistic asked_spread(const Call& call, const query::Engine& engine) {
  AskedStatistic out = asked_statistic(call, call[query_parameter], engine);
  statistics::SpreadRequest request;
  request.parts = call[parts_parameter];
  request.order = static_cast<statistics::PartOrder>(call[part_order_parameter]);
  out.make = [request](const auto& source, const auto& scope, const auto& hits, const auto& page, const auto&,
                       auto& guard) {
    statistics::SpreadRequest of_page = request;
    of_page.page = page;
    return in_context(about(part_order_parameter),
                      [&] { return statistics::spread(source, scope, hits, of_page, guard); });
  };
  return out;
}

}  // namespace

Routes statistics_routes(const Context& context, const std::shared_ptr<CorpusHashWhenAsked>& hash,
                         const std::shared_ptr<QueryingWhenAsked>& querying) {
  const auto route = [&](const http::Operation& operation, Answering asked) {
    return http::Route{&operation, [context, querying, hash, asked = std::move(asked)](const Call& call) {
                         const Querying& made = querying->get();
                         return statistic_answer(context, made, *hash, call, asked(call, made.engine));
                       }};
  };
  return {route(frequencies, asked_frequencies),
          route(table, asked_table),
          route(collocations, asked_collocations),
          route(keyness, asked_keyness),
          route(spread, asked_spread),
          {&measures, [](const Call&) { return list_measures(); }}};
}

}  // namespace kalima::api::v1
