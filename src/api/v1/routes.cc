#include "api/v1/routes.h"

#include <iterator>

namespace kalima::api::v1 {

void add_routes(http::Router& router, const Context& context) {
  Routes routes;
  for (const auto group :
       {query_routes, search_routes, attribute_routes, root_routes, morphology_routes, history_routes}) {
    Routes more = group(context);
    routes.insert(routes.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }
  Routes description = description_routes(context, routes);
  routes.insert(routes.end(), std::make_move_iterator(description.begin()),
                std::make_move_iterator(description.end()));
  for (const http::Route& route : routes) http::add_route(router, route);
}

}  // namespace kalima::api::v1
