// Words and phrases as people write them: the route.
#include <chrono>
#include <memory>

#include "api/v1/answer.h"
#include "api/v1/patience.h"
#include "api/v1/reading.h"
#include "api/v1/routes.h"
#include "api/v1/search_instead.h"
#include "api/v1/search_json.h"
#include "api/v1/search_parameters.h"
#include "api/v1/search_request.h"
#include "api/v1/search_shapes.h"
#include "api/v1/searching.h"

namespace kalima::api::v1 {
namespace {

using http::Call;
using http::JsonWriter;
using http::Response;
using std::chrono::steady_clock;

constexpr const http::Parameter* parameters[] = {
    &text_parameter.row,       &mode_parameter.row,     &step_parameter.row,  &language_parameter.row,
    &proclitics_parameter.row, &nearness_parameter.row, &surah_parameter.row, &juz_parameter.row,
    &place_parameter.row,      &counts_parameter.row,   &order_parameter.row, &offset_parameter.row,
    &verses_parameter.row,     &timeout_parameter.row};
constexpr ErrorCode errors[] = {ErrorCode::not_found};
constexpr std::string_view examples[] = {
    "/api/v1/search?q=%D8%A7%D9%84%D8%B5%D9%84%D8%A7%D8%A9",
    "/api/v1/search?q=%D9%85%D9%86+%D8%B4%D8%B1&step=folded&limit=2",
    "/api/v1/search?q=%D8%A7%D9%84%D9%86*&counts=surah,place&sort=relevance",
    "/api/v1/search?q=root:rHm&limit=2",
    "/api/v1/search?q=root:rHm+%D8%A7%D9%84%D9%84%D9%87&nearness=verse&limit=2",
    "/api/v1/search?q=bismillah&limit=2",
    "/api/v1/search?q=mercy&lang=en&limit=2"};
constexpr http::Operation operation{.method = "GET",
                                    .path = "/api/v1/search",
                                    .id = "search",
                                    .group = "search",
                                    .summary = "Words and phrases in any spelling",
                                    .parameters = parameters,
                                    .answer = &search_shapes::answer_shape,
                                    .errors = errors,
                                    .examples = examples,
                                    .cached = true};

Response text_search(const SearchTools& tools, const Call& call) {
  const Context& context = tools.context;
  const Places& places = tools.places;
  const auto start = steady_clock::now();
  TextRequest request = text_request(places, context.core.verses(), call);
  const auto end = start + std::chrono::milliseconds(call[timeout_parameter]);
  // Whatever was cut short is partial, wherever that was.
  bool cut_short = false;
  request.options.expired = [&cut_short, patience = Patience(call.request(), end)]() mutable {
    return cut_short = cut_short || patience();
  };

  Searched searched = search_for(tools, request);
  const bool found = searched.text.verses > 0;
  std::vector<OtherSearch> instead;
  if (!found && !cut_short) instead = other_searches(tools, request, call.given(), searched.text.unknown);
  searched.text.partial = searched.text.partial || cut_short;
  const std::chrono::duration<double, std::milli> taken = steady_clock::now() - start;
  JsonWriter out;
  out.begin_object();
  out.key("query").value(call[text_parameter]).key("mode").value(search_mode_names[call[mode_parameter]]);
  write_searched(out, context, places, searched);
  const std::vector<bool>* counts = call.find(counts_parameter);
  write_search_counts(out, context.core, searched.text,
                      counts != nullptr ? *counts : std::vector<bool>(std::size(counts_values)));
  if (!found) write_instead(out, instead);
  out.key("offset").value(call[offset_parameter]).key("limit").value(call[verses_parameter]);
  out.key("partial").value(searched.text.partial).key("ms").value(taken.count(), 3);
  write_search_results(out, context, searched.text);
  out.end_object();
  Response response = answer_of(out);
  response.cacheable = searched.of_corpus_alone && !searched.text.partial;
  return response;
}

}  // namespace

Routes search_routes(const Context& context, const std::shared_ptr<ReadingWhenAsked>& reading) {
  const auto searching = std::make_shared<Searching>(context.core, context.words);
  return {{&operation, [context, reading, searching](const Call& call) {
             return text_search({context, reading->get().places, *searching}, call);
           }}};
}

}  // namespace kalima::api::v1
