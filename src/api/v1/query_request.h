// A request for a query, read: what is to be run, and what is to be shown.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/v1/query_parameters.h"
#include "api/v1/querying.h"
#include "http/route.h"
#include "query/results/keys.h"
#include "support/error.h"

namespace kalima::api::v1 {

// What an Error about a parameter is about.
template <typename T>
auto about(const http::Typed<T>& parameter) {
  return [&parameter] { return ErrorContext{.parameter = std::string(parameter.row.name)}; };
}

// How a query is run, but for its deadline; it ends when the client has gone.
query::Options query_options(const http::Call& call);

// The query to run: with `within` (nullptr for none) another text than the one that was asked. Throws QueryError about the
// parameter that is wrong, with its place in what the user wrote.
std::string text_to_run(const std::string& query, const std::string* within, const query::Engine& engine,
                        const query::Options& options);

// Everything but the keys, which name labels that only a run knows. Throws Error(bad_input) for what does not fit
// together, and what is wrong with the query.
AskedQuery asked_query(const http::Call& call, const query::Engine& engine,
                       std::chrono::steady_clock::time_point start);
query::Found run(const AskedQuery& asked, const query::Engine& engine);

std::vector<attributes::Attribute> asked_columns(const http::Call& call);
std::vector<query::Key> asked_sort(const http::Call& call, const query::Found& found);
std::vector<query::Key> asked_groups(const http::Call& call, const query::Found& found);

// The same request, naming the corpus by its hash, and so what it names (empty for nothing); nullopt if the address would be
// refused.
std::optional<std::string> permalink(const Context& context, const http::Call& call, const std::string& hash,
                                     const std::string& names);

}  // namespace kalima::api::v1
