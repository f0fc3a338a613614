// openapi.json: the description of all routes, made from their declarations.
#include <memory>

#include "api/v1/routes.h"
#include "http/openapi.h"

namespace kalima::api::v1 {
namespace {

constexpr http::Shape description_shape{.kind = http::Shape::Kind::map, .items = &http::shapes::any};
constexpr std::string_view examples[] = {"/api/v1/openapi.json"};
constexpr http::Operation operation{.method = "GET",
                                    .path = "/api/v1/openapi.json",
                                    .id = "getDescription",
                                    .group = "description",
                                    .summary = "This description: OpenAPI 3.1",
                                    .answer = &description_shape,
                                    .examples = examples};

constexpr http::ApiInfo api_info{
    .title = "Kalima",
    .version = "1",
    .description =
        "Search and read the morphology of the Quran. Every answer of /api/v1 has an ETag; If-None-Match "
        "gives 304. "
        "HEAD and OPTIONS work on every route. An unknown parameter is refused. Errors are problem documents "
        "(RFC 9457). "
        "Deprecated routes will not change; their errors have another form."};

}  // namespace

Routes description_routes(const Context& context, const Routes& others) {
  std::vector<const http::Operation*> described;
  for (const http::Route& route : others) described.push_back(route.operation);
  described.push_back(&operation);
  for (const http::Operation& other : context.others) described.push_back(&other);
  http::ApiInfo info = api_info;
  if (!context.base_path.empty()) info.server = context.base_path;
  const auto text = std::make_shared<const std::string>(http::openapi(info, described) + '\n');
  return {{&operation, [text](const http::Call&) {
             http::Response response;
             response.body.splice(*text);
             response.body.keep(text);
             return response;
           }}};
}

}  // namespace kalima::api::v1
