// The routes of /api/v1, one function for each file.
#pragma once

#include "api/v1/api.h"

namespace kalima::api::v1 {

void add_attribute_routes(http::Router& router, const Context& context);
void add_history_routes(http::Router& router, const Context& context);
void add_morphology_routes(http::Router& router, const Context& context);
void add_root_routes(http::Router& router, const Context& context);
void add_search_routes(http::Router& router, const Context& context);

}  // namespace kalima::api::v1
