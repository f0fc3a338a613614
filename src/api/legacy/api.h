// The old server's HTTP API, byte for byte. What it promises is written in tests/compat/README.md; where an answer
// differs on purpose, CHANGELOG.md says so.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "http/answer_cache.h"
#include "http/router.h"
#include "research/desk.h"
#include "research/live_verses.h"
#include "search/worker_pool.h"

namespace kalima::api::legacy {

// All members outlive the routes.
struct Context {
  const research::LiveVerses& verses;
  research::Desk& desk;
  search::WorkerPool& workers;
  http::AnswerCache& answers;  // to searches and other requests that take some work
  // Folders of .md and .txt files; none when there are no such folders.
  std::optional<std::filesystem::path> notes, resources;
};

void add_read_routes(http::Router& router, const Context& context);
void add_search_routes(http::Router& router, const Context& context);
void add_research_routes(http::Router& router, const Context& context);
void add_write_routes(http::Router& router, const Context& context);
void add_library_routes(http::Router& router, const Context& context);

inline void add_routes(http::Router& router, const Context& context) {
  add_read_routes(router, context);
  add_search_routes(router, context);
  add_research_routes(router, context);
  add_write_routes(router, context);
  add_library_routes(router, context);
}

}  // namespace kalima::api::legacy
