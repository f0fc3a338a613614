// The answer of a text search, as JSON. Threads: pure functions.
#pragma once

#include "api/v1/search_instead.h"
#include "api/v1/search_request.h"
#include "http/json_writer.h"

namespace kalima::api::v1 {

// The keys that say what was found, without the beginning and the end of the object.
void write_searched(http::JsonWriter& out, const Context& context, const Places& places,
                    const Searched& searched);
void write_search_counts(http::JsonWriter& out, const columns::CoreFile& core, const search::TextFound& found,
                         const std::vector<bool>& wanted);
// The searches that find something instead.
void write_instead(http::JsonWriter& out, const std::vector<OtherSearch>& instead);
void write_search_results(http::JsonWriter& out, const Context& context, const search::TextFound& found);

}  // namespace kalima::api::v1
