// The answer of a query, as JSON or in the format of another program.
#pragma once

#include "api/v1/corpus_hash.h"
#include "api/v1/querying.h"
#include "http/route.h"

namespace kalima::api::v1 {

// Both run the query, and wait for a turn among the searches for it. `context`, `querying` and `hash` must outlive the
// answer.
http::Response query_json(const Context& context, const Querying& querying, CorpusHashWhenAsked& hash,
                          const http::Call& call);
http::Response query_export(const Context& context, const Querying& querying, CorpusHashWhenAsked& hash,
                            const http::Call& call);

}  // namespace kalima::api::v1
