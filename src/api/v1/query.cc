// Queries over words, segments, sequences and trees (query/query.h): their routes.
#include <memory>

#include "api/v1/answer.h"
#include "api/v1/query_answer.h"
#include "api/v1/query_request.h"
#include "api/v1/query_shapes.h"
#include "api/v1/routes.h"

namespace kalima::api::v1 {
namespace {

using http::Call;
using http::Field;
using http::JsonWriter;
using http::Response;
namespace shapes = http::shapes;

static_assert(static_cast<std::size_t>(query::Reading::longest) + 1 == std::size(reading_names));

constexpr Field plan_fields[] = {{"query", &shapes::text}, {"plan", &shapes::text}};
constexpr auto plan_shape = shapes::object(plan_fields, "QueryPlan");

constexpr const http::Parameter* parameters[] = {
    &query_parameter.row,   &reading_parameter.row, &sensitive_parameter.row, &within_parameter.row,
    &offset_parameter.row,  &hits_parameter.row,    &context_parameter.row,   &sort_parameter.row,
    &columns_parameter.row, &group_parameter.row,   &sample_parameter.row,    &seed_parameter.row,
    &timeout_parameter.row, &explain_parameter.row, &format_parameter.row,    &corpus_parameter.row,
    &names_parameter.row};
constexpr std::string_view examples[] = {
    "/api/v1/query?q=%5Broot%3D%22%D8%B1%D8%AD%D9%85%22%5D",
    "/api/v1/query?q=a%3A%5Bpos%3D%22V%22%5D+%5B%5D%7B0%2C2%7D+b%3A%5Bpos%3D%22N%22%5D&limit=3&context=2",
    "/api/v1/query?q=%5Bpos%3D%22N%22%5D&group=match.lemma,before.pos&limit=5",
    "/api/v1/query?q=%5Bpos%3D%22N%22%5D&sort=-match.lemma,before&columns=lemma,pos&limit=5"};
constexpr ErrorCode errors[] = {ErrorCode::too_large};
constexpr http::Operation operation{.method = "GET",
                                    .path = query_path,
                                    .id = "query",
                                    .group = "search",
                                    .summary = "Words, segments, sequences and trees in the query language",
                                    .parameters = parameters,
                                    .answer = &query_shapes::answer_shape,
                                    .other_answers = export_types,
                                    .errors = errors,
                                    .examples = examples,
                                    .cached = true};

// The same for queries that are too long for an address.
constexpr http::Operation post_operation{
    .method = "POST",
    .path = query_path,
    .id = "postQuery",
    .group = "search",
    .summary = "The same, with the parameters as members of a JSON object",
    .parameters = parameters,
    .answer = &query_shapes::answer_shape,
    .other_answers = export_types,
    .parameters_in_body = true,
    .errors = errors};

constexpr const http::Parameter* plan_parameters[] = {&query_parameter.row, &reading_parameter.row,
                                                      &sensitive_parameter.row};
constexpr std::string_view plan_examples[] = {"/api/v1/query/plan?q=%5Bpos%3D%22V%22%5D"};
constexpr http::Operation plan_operation{.method = "GET",
                                         .path = "/api/v1/query/plan",
                                         .id = "explainQuery",
                                         .group = "search",
                                         .summary = "How a query is read and what is done for it, for people",
                                         .parameters = plan_parameters,
                                         .answer = &plan_shape,
                                         .errors = errors,
                                         .examples = plan_examples};

Response plan(QueryingWhenAsked& when_asked, const Call& call) {
  const std::string& q = call[query_parameter];
  const std::string text = in_context(
      about(query_parameter), [&] { return when_asked.get().engine.explain(q, query_options(call)); });
  JsonWriter out;
  out.begin_object().key("query").value(q).key("plan").value(text).end_object();
  return answer_of(out);
}

}  // namespace

Routes query_routes(const Context& context, const std::shared_ptr<CorpusHashWhenAsked>& hash,
                    const std::shared_ptr<QueryingWhenAsked>& querying) {
  const auto answer = [context, querying, hash](const Call& call) {
    return call[format_parameter] == 0 ? query_json(context, querying->get(), *hash, call)
                                       : query_export(context, querying->get(), *hash, call);
  };
  return {{&operation, answer}, {&post_operation, answer}, {&plan_operation, [querying](const Call& call) {
                                                              return plan(*querying, call);
                                                            }}};
}

}  // namespace kalima::api::v1
