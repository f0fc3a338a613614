// The old server's HTTP API, byte for byte. tests/compat/README.md says what it promises; CHANGELOG.md lists
// the answers that differ on purpose.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "api/legacy/live_verses.h"
#include "http/router.h"
#include "research/desk.h"
#include "search/worker_pool.h"
#include "store/corpus_reader.h"
#include "store/pool.h"

namespace kalima::api::legacy {

// All members must outlive the routes.
struct Context {
  const LiveVerses& verses;
  research::Desk& desk;
  search::WorkerPool& workers;
  // For what is read at once, however long searches take.
  store::Pool<store::CorpusReader>& readers;
  // Folders of .md and .txt files; nullopt if there are none.
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
