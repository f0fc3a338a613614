// Words and phrases as people write them: the route.
#include <chrono>
#include <memory>

#include "api/v1/answer.h"
#include "api/v1/reading.h"
#include "api/v1/routes.h"
#include "api/v1/search_json.h"
#include "api/v1/search_parameters.h"
#include "api/v1/search_shapes.h"

namespace kalima::api::v1 {
namespace {

using http::Call;
using http::JsonWriter;
using http::Response;
using std::chrono::steady_clock;

constexpr const http::Parameter* parameters[] = {
    &text_parameter.row,  &mode_parameter.row,   &step_parameter.row,   &proclitics_parameter.row,
    &surah_parameter.row, &juz_parameter.row,    &place_parameter.row,  &counts_parameter.row,
    &order_parameter.row, &offset_parameter.row, &verses_parameter.row, &timeout_parameter.row};
constexpr std::string_view examples[] = {
    "/api/v1/search?q=%D8%A7%D9%84%D8%B5%D9%84%D8%A7%D8%A9",
    "/api/v1/search?q=%D9%85%D9%86+%D8%B4%D8%B1&step=folded&limit=2",
    "/api/v1/search?q=%D8%A7%D9%84%D9%86*&counts=surah,place&sort=relevance"};
constexpr http::Operation operation{.method = "GET",
                                    .path = "/api/v1/search",
                                    .id = "search",
                                    .group = "search",
                                    .summary = "Words and phrases in any spelling",
                                    .parameters = parameters,
                                    .answer = &search_shapes::answer_shape,
                                    .examples = examples,
                                    .cached = true};

Response text_search(const Context& context, const Places& places, const Call& call) {
  const auto start = steady_clock::now();
  search::TextOptions options = search_options(context, call);
  const auto end = start + std::chrono::milliseconds(call[timeout_parameter]);
  options.expired = [end] { return steady_clock::now() >= end; };

  const Searched searched = search_for(context, places, call[text_parameter], options);
  const std::chrono::duration<double, std::milli> taken = steady_clock::now() - start;
  JsonWriter out;
  out.begin_object();
  out.key("query").value(call[text_parameter]).key("mode").value(search_mode_names[call[mode_parameter]]);
  write_searched(out, context, places, searched);
  const std::vector<bool>* counts = call.find(counts_parameter);
  write_search_counts(out, context.core, searched.text,
                      counts != nullptr ? *counts : std::vector<bool>(std::size(counts_values)));
  out.key("offset").value(options.offset).key("limit").value(options.limit);
  out.key("partial").value(searched.text.partial).key("ms").value(taken.count(), 3);
  write_search_results(out, context, searched.text);
  out.end_object();
  Response response = answer_of(out);
  response.cacheable = !searched.text.partial;
  return response;
}

}  // namespace

Routes search_routes(const Context& context, const std::shared_ptr<ReadingWhenAsked>& reading) {
  return {{&operation, [context, reading](const Call& call) {
             return text_search(context, reading->get().places, call);
           }}};
}

}  // namespace kalima::api::v1
