// Kalima's own HTTP API, under /api/v1.
#pragma once

#include "corpus/columns/core_file.h"
#include "http/answer_cache.h"
#include "http/router.h"
#include "research/desk.h"
#include "search/word_file.h"
#include "search/worker_pool.h"

namespace kalima::api::v1 {

// All members must outlive the routes.
struct Context {
  const columns::CoreFile& core;
  const search::WordFile& words;
  research::Desk& desk;
  search::WorkerPool& workers;
  http::AnswerCache& answers;  // for searches
};

void add_routes(http::Router& router, const Context& context);

}  // namespace kalima::api::v1
