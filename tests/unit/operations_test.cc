#include "api/legacy/operations.h"

#include <set>

#include "api/legacy/api.h"
#include "research/desk.h"
#include "search/worker_pool.h"
#include "small_corpus.h"
#include "testing.h"

using namespace kalima;

TEST_CASE("every route of the old API is described, and no other") {
  // As the router has it: {int} for a number, {text} for any other part.
  std::set<std::string> described;
  for (const http::Operation& operation : api::legacy::operations()) {
    std::string pattern(operation.path);
    for (const http::Parameter* parameter : operation.parameters) {
      if (parameter->place != http::Parameter::Place::path) continue;
      const std::string part = "{" + std::string(parameter->name) + "}";
      const std::size_t at = pattern.find(part);
      REQUIRE(at != std::string::npos);
      pattern.replace(at, part.size(),
                      parameter->type == http::Parameter::Type::integer ? "{int}" : "{text}");
    }
    CHECK(described.insert(std::string(operation.method) + " " + pattern).second);
    CHECK(operation.deprecated);
  }
  testing::Random random(1);
  const testing::IndexedCorpus corpus(testing::random_corpus(random, 3, false));
  const api::legacy::LiveVerses verses(corpus.snapshot(), {});
  research::Desk desk({corpus.database(), true}, corpus.snapshot().revision(), [](std::int64_t) {});
  search::WorkerPool workers(desk.file(), corpus.index().legacy_terms(), 1);
  store::Pool<store::CorpusReader> readers(
      desk.file(), 1, [&] { return std::make_unique<store::CorpusReader>(corpus.database()); });
  http::Router router;
  api::legacy::add_routes(router, {verses, desk, workers, readers, {}, {}});
  std::set<std::string> routed;
  for (const auto& [method, pattern] : router.routes())
    routed.insert(std::string(method) + " " + std::string(pattern));
  CHECK(described == routed);
}
