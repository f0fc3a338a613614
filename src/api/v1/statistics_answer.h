// How a statistic is asked for and answered, whichever it is: as JSON, or as a table for other programs.
#pragma once

#include <chrono>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

#include "api/v1/corpus_hash.h"
#include "api/v1/querying.h"
#include "http/route.h"
#include "statistics/scope.h"

namespace kalima::api::v1 {

// What is asked, without the request that it came in: a table that is sent while it is made is made again for each part.
struct AskedStatistic {
  std::string query, within;  // as they were asked, apart; within is empty for all
  std::string text;           // to run
  query::Options options;     // the deadline is set for each run
  std::chrono::milliseconds timeout{};
  std::function<statistics::Sheet(const statistics::Source&, const statistics::Scope&,
                                  const statistics::Hits&, const statistics::Page&, const query::Options&,
                                  query::Guard&)>
      make;
};

bool is_given(const http::Call& call, const http::Parameter& parameter);
// Refuses a request in which one of these is given: it would change nothing, for this reason, unless the cure is left out.
void refuse_idle(const http::Call& call, std::initializer_list<const http::Parameter*> parameters,
                 std::string_view why, std::string_view cure);

// All but `make`; `query` is the value of the parameter q.
AskedStatistic asked_statistic(const http::Call& call, const std::string& query, const query::Engine& engine);
// Of a route without a query: of all words of `within`.
AskedStatistic asked_statistic_of_words(const http::Call& call, const query::Engine& engine);
// Runs it for one page, and waits for a turn.
statistics::Sheet sheet_of(const Context& context, const Querying& querying, const AskedStatistic& asked,
                           const statistics::Page& page, std::chrono::steady_clock::time_point start);
// Runs it, and waits for a turn among the searches. `context`, `querying` and `hash` must outlive the answer.
http::Response statistic_answer(const Context& context, const Querying& querying, CorpusHashWhenAsked& hash,
                                const http::Call& call, AskedStatistic asked);

}  // namespace kalima::api::v1
