#include "api/v1/routes.h"

namespace kalima::api::v1 {

void add_routes(http::Router& router, const Context& context) {
  add_attribute_routes(router, context);
  add_history_routes(router, context);
  add_morphology_routes(router, context);
  add_root_routes(router, context);
  add_search_routes(router, context);
}

}  // namespace kalima::api::v1
