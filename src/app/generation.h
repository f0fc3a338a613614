// Everything that requests read, opened together: the database, its index, and what is kept in memory of them. A
// generation never changes which files it reads. To use another index, or to open the database in another way, a new
// generation is opened and replaces the old one between two requests (current.h). The old one is closed when the last
// answer that contains parts of it is sent.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "api/legacy/live_verses.h"
#include "api/v1/imports.h"
#include "app/index.h"
#include "app/service.h"
#include "http/answer_cache.h"
#include "http/router.h"
#include "research/desk.h"
#include "search/turns.h"
#include "search/worker_pool.h"

namespace kalima::app {

// Of Kalima's own API, whose errors are problem documents and whose answers have entity tags.
bool is_v1(const http::Request& request);

class Generation {
 public:
  // Opens the database with an index of it that is open already. Throws Error.
  Generation(const ServiceOptions& options, std::shared_ptr<const Index> index, api::v1::ImportDesk& imports);
  Generation(const Generation&) = delete;
  Generation& operator=(const Generation&) = delete;

  // Threads: any.
  const std::shared_ptr<const Index>& index() const { return index_; }
  std::size_t verse_count() const { return index_->core().verses(); }
  research::Desk& desk() { return desk_; }
  const store::DatabaseFile& file() const { return desk_.file(); }
  // A request to the API.
  http::Response answer(const http::Request& request);
  // The answer to a request that no route takes.
  std::optional<http::Response> refuse(const http::Request& request) const;

 private:
  // The answer without texts that lie in the index, or so that these are verified while it is sent.
  http::Response verified(http::Response response, Index::Files files) const;

  const std::string base_path_;
  std::shared_ptr<const Index> index_;
  http::AnswerCache answers_;
  api::legacy::LiveVerses verses_;
  research::Desk desk_;
  search::WorkerPool workers_;
  search::Turns turns_;
  store::Pool<store::CorpusReader> readers_;  // for what is read at once
  http::Router router_;
};

}  // namespace kalima::app
