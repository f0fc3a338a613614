// How words sound, and how a text is built: their routes.
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
namespace shapes = http::shapes;
namespace sheets = statistics_shapes;

constexpr ErrorCode errors[] = {ErrorCode::too_large};

// A statistic without a query has these beside its own.
template <std::size_t own>
constexpr auto of_words(const http::Parameter* const (&parameters)[own]) {
  std::array<const http::Parameter*, own + 5> out{};
  std::size_t at = 0;
  for (const http::Parameter* const one : parameters) out[at++] = one;
  for (const http::Parameter* const one : {&within_parameter.row, &offset_parameter.row, &rows_parameter.row,
                                           &timeout_parameter.row, &table_format_parameter.row})
    out[at++] = one;
  return out;
}
// One of a query's hits these.
template <std::size_t own>
constexpr auto of_hits(const http::Parameter* const (&parameters)[own]) {
  std::array<const http::Parameter*, own + 8> out{};
  std::size_t at = 0;
  out[at++] = &subject_parameter.row;
  for (const http::Parameter* const one : of_words(parameters)) out[at++] = one;
  out[at++] = &reading_parameter.row;
  out[at++] = &sensitive_parameter.row;
  return out;
}

constexpr auto rhyme_row = shapes::object(sheets::row_fields<statistics::rhyme_columns>, "RhymeRun");
constexpr auto rhyme_rows = shapes::array(rhyme_row);
constexpr auto rhymes_answer =
    shapes::object(sheets::Answer<statistics::rhyme_facts, rhyme_rows>::fields, "Rhymes");
constexpr auto rhyme_parameters =
    of_words({&rhyme_attribute_parameter.row, &run_verses_parameter.row, &rhyme_sort_parameter.row});
constexpr std::string_view rhyme_examples[] = {
    "/api/v1/statistics/rhymes?within=%3Csurah+n%3D%22112%22%2F%3E"};
constexpr http::Operation rhymes{.method = "GET",
                                 .path = "/api/v1/statistics/rhymes",
                                 .id = "rhymes",
                                 .group = "statistics",
                                 .summary = "Runs of verses of a surah that end alike",
                                 .parameters = rhyme_parameters,
                                 .answer = &rhymes_answer,
                                 .other_answers = table_types,
                                 .errors = errors,
                                 .examples = rhyme_examples,
                                 .cached = true};

constexpr auto letter_row = shapes::object(sheets::row_fields<statistics::letter_columns>, "LetterCount");
constexpr auto letter_rows = shapes::array(letter_row);
constexpr auto letters_answer =
    shapes::object(sheets::Answer<statistics::letter_facts, letter_rows>::fields, "Letters");
constexpr const http::Parameter* letter_parameters[] = {
    &subject_parameter.row, &within_parameter.row, &reading_parameter.row, &sensitive_parameter.row,
    &offset_parameter.row,  &rows_parameter.row,   &timeout_parameter.row, &table_format_parameter.row};
constexpr std::string_view letter_examples[] = {
    "/api/v1/statistics/letters?within=%3Cverse+n%3D%221%22%2F%3E"};
constexpr http::Operation letters{
    .method = "GET",
    .path = "/api/v1/statistics/letters",
    .id = "letters",
    .group = "statistics",
    .summary = "How often each letter is written, with the numbers of letters (abjad)",
    .parameters = letter_parameters,
    .answer = &letters_answer,
    .other_answers = table_types,
    .errors = errors,
    .examples = letter_examples,
    .cached = true};

constexpr auto alike_row = shapes::object(sheets::row_fields<statistics::alike_columns>, "AlikeValues");
constexpr auto alike_rows = shapes::array(alike_row);
constexpr auto alike_answer =
    shapes::object(sheets::Answer<statistics::alike_facts, alike_rows>::fields, "Alike");
constexpr auto alike_parameters = of_hits({&alike_kind_parameter.row, &alike_attribute_parameter.row,
                                           &alike_value_parameter.row, &min_letters_parameter.row});
constexpr std::string_view alike_examples[] = {"/api/v1/statistics/alike?kind=anagrams&limit=5",
                                               "/api/v1/statistics/alike?kind=palindromes&attribute=plain"};
constexpr http::Operation alike{.method = "GET",
                                .path = "/api/v1/statistics/alike",
                                .id = "alike",
                                .group = "statistics",
                                .summary = "Anagrams, words that sound alike, reversals and palindromes",
                                .parameters = alike_parameters,
                                .answer = &alike_answer,
                                .other_answers = table_types,
                                .errors = errors,
                                .examples = alike_examples,
                                .cached = true};

constexpr auto shift_row = shapes::object(sheets::row_fields<statistics::shift_columns>, "PersonShift");
constexpr auto shift_rows = shapes::array(shift_row);
constexpr auto shifts_answer =
    shapes::object(sheets::Answer<statistics::shift_facts, shift_rows>::fields, "PersonShifts");
constexpr std::string_view shift_examples[] = {"/api/v1/statistics/shifts"};
constexpr http::Operation shifts{
    .method = "GET",
    .path = "/api/v1/statistics/shifts",
    .id = "personShifts",
    .group = "statistics",
    .summary = "Verbs followed by a verb of another person: candidates for iltifat, a heuristic",
    .parameters = letter_parameters,
    .answer = &shifts_answer,
    .other_answers = table_types,
    .errors = errors,
    .examples = shift_examples,
    .cached = true};

constexpr auto ring_row = shapes::object(sheets::row_fields<statistics::ring_columns>, "MirroredVerses");
constexpr auto ring_rows = shapes::array(ring_row);
constexpr auto ring_answer =
    shapes::object(sheets::Answer<statistics::ring_facts, ring_rows>::fields, "Ring");
constexpr auto ring_parameters =
    of_words({&ring_surah_parameter.row, &root_attribute_parameter.row, &ring_sort_parameter.row});
constexpr std::string_view ring_examples[] = {"/api/v1/statistics/ring?surah=101"};
constexpr http::Operation rings{
    .method = "GET",
    .path = "/api/v1/statistics/ring",
    .id = "ringStructure",
    .group = "statistics",
    .summary = "What the verses of a surah share with those that mirror them: a heuristic",
    .parameters = ring_parameters,
    .answer = &ring_answer,
    .other_answers = table_types,
    .errors = errors,
    .examples = ring_examples,
    .cached = true};

constexpr auto network_row = shapes::object(sheets::row_fields<statistics::network_columns>, "NetworkEdge");
constexpr auto network_rows = shapes::array(network_row);
constexpr auto network_answer =
    shapes::object(sheets::Answer<statistics::network_facts, network_rows>::fields, "Network");
constexpr auto network_parameters =
    of_hits({&root_attribute_parameter.row, &min_verses_parameter.row, &network_sort_parameter.row});
constexpr std::string_view network_examples[] = {"/api/v1/statistics/network?min=3&limit=5"};
constexpr http::Operation network{.method = "GET",
                                  .path = "/api/v1/statistics/network",
                                  .id = "network",
                                  .group = "statistics",
                                  .summary = "Which roots, or other values, occur in the same verses",
                                  .parameters = network_parameters,
                                  .answer = &network_answer,
                                  .other_answers = table_types,
                                  .errors = errors,
                                  .examples = network_examples,
                                  .cached = true};
constexpr const http::Parameter* graph_parameters[] = {
    &subject_parameter.row,      &root_attribute_parameter.row, &min_verses_parameter.row,
    &network_sort_parameter.row, &within_parameter.row,         &reading_parameter.row,
    &sensitive_parameter.row,    &rows_parameter.row,           &timeout_parameter.row};
constexpr std::string_view graph_examples[] = {"/api/v1/statistics/network/graphml?min=3&limit=5"};
constexpr http::Operation graph{.method = "GET",
                                .path = "/api/v1/statistics/network/graphml",
                                .id = "networkGraph",
                                .group = "statistics",
                                .summary = "The network as a graph in GraphML",
                                .parameters = graph_parameters,
                                .answer = &shapes::text,
                                .media_type = "application/xml",
                                .errors = errors,
                                .examples = graph_examples};

attributes::Attribute attribute_of(const Call& call, const http::Typed<std::string>& parameter) {
  return in_context(about(parameter), [&] { return query::read_attribute(call[parameter]); });
}

// `make(source, scope, hits, request, guard)` of a request with the page in it.
template <typename Request, typename Make>
auto of_page(Request request, Make make) {
  return [request, make](const auto& source, const auto& scope, const auto& hits, const auto& page,
                         const auto&, auto& guard) {
    Request of_page = request;
    of_page.page = page;
    return make(source, scope, hits, of_page, guard);
  };
}

AskedStatistic asked_rhymes(const Call& call, const query::Engine& engine) {
  AskedStatistic out = asked_statistic_of_words(call, engine);
  statistics::RhymeRequest request;
  request.attribute = call[rhyme_attribute_parameter];
  request.min_verses = call[run_verses_parameter];
  request.by_length = call[rhyme_sort_parameter] == 0;
  out.make = of_page(request, statistics::rhymes);
  return out;
}

AskedStatistic asked_letters(const Call& call, const query::Engine& engine) {
  AskedStatistic out = asked_statistic(call, call[subject_parameter], engine);
  out.make = [](const auto& source, const auto& scope, const auto& hits, const auto& page, const auto&,
                auto& guard) { return statistics::letters(source, scope, hits, page, guard); };
  return out;
}

AskedStatistic asked_alike(const Call& call, const query::Engine& engine) {
  AskedStatistic out = asked_statistic(call, call[subject_parameter], engine);
  statistics::AlikeRequest request;
  request.kind = static_cast<statistics::Alike>(call[alike_kind_parameter]);
  request.attribute = attribute_of(call, alike_attribute_parameter);
  request.min_letters = call[min_letters_parameter];
  if (const std::string* value = call.find(alike_value_parameter)) request.value = *value;
  out.make = of_page(request, statistics::alike);
  return out;
}

AskedStatistic asked_shifts(const Call& call, const query::Engine& engine) {
  AskedStatistic out = asked_statistic(call, call[subject_parameter], engine);
  out.make = [](const auto& source, const auto& scope, const auto& hits, const auto& page, const auto&,
                auto& guard) { return statistics::person_shifts(source, scope, hits, page, guard); };
  return out;
}

AskedStatistic asked_ring(const Call& call, const query::Engine& engine) {
  AskedStatistic out = asked_statistic_of_words(call, engine);
  statistics::RingRequest request;
  request.surah = static_cast<std::uint32_t>(call[ring_surah_parameter]);
  request.attribute = attribute_of(call, root_attribute_parameter);
  request.by_verse = call[ring_sort_parameter] == 0;
  out.make = of_page(request, statistics::ring);
  return out;
}

AskedStatistic asked_network(const Call& call, const query::Engine& engine) {
  AskedStatistic out = asked_statistic(call, call[subject_parameter], engine);
  statistics::NetworkRequest request;
  request.attribute = attribute_of(call, root_attribute_parameter);
  request.min_together = call[min_verses_parameter];
  request.order = call[network_sort_parameter];
  out.make = of_page(request, statistics::network);
  return out;
}

http::Response network_graph(const Context& context, const Querying& querying, const Call& call) {
  const AskedStatistic asked = asked_network(call, querying.engine);
  const statistics::Sheet sheet =
      sheet_of(context, querying, asked, {0, call[rows_parameter]}, std::chrono::steady_clock::now());
  http::Response response;
  response.content_type = "application/xml";
  response.body.append(statistics::graphml_of(sheet));
  response.cacheable = false;  // the cache keeps JSON
  return response;
}

}  // namespace

Routes sound_routes(const Context& context, const std::shared_ptr<CorpusHashWhenAsked>& hash,
                    const std::shared_ptr<QueryingWhenAsked>& querying) {
  using Asking = AskedStatistic (*)(const Call&, const query::Engine&);
  const auto route = [&](const http::Operation& operation, Asking asked) {
    return http::Route{&operation, [context, querying, hash, asked](const Call& call) {
                         const Querying& made = querying->get();
                         return statistic_answer(context, made, *hash, call, asked(call, made.engine));
                       }};
  };
  return {route(rhymes, asked_rhymes),
          route(letters, asked_letters),
          route(alike, asked_alike),
          route(shifts, asked_shifts),
          route(rings, asked_ring),
          route(network, asked_network),
          {&graph,
           [context, querying](const Call& call) { return network_graph(context, querying->get(), call); }}};
}

}  // namespace kalima::api::v1
