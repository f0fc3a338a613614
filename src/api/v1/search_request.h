// A text search that was asked for: read from the request, and done.
#pragma once

#include <vector>

#include "api/v1/api.h"
#include "api/v1/references.h"
#include "http/route.h"
#include "search/text_search.h"

namespace kalima::api::v1 {

search::TextOptions search_options(const Context& context, const http::Call& call);

// What was asked for, as it was found: in the text, or by its name.
struct Searched {
  search::TextFound text;
  std::vector<Reference> references;
  bool by_reference = false;
};

// Waits for its turn among the searches. Throws Error(bad_input) about the parameter `q`.
Searched search_for(const Context& context, const Places& places, const std::string& q,
                    const search::TextOptions& options);

}  // namespace kalima::api::v1
