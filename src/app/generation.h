// All that requests read, as it was opened together: the database, its index, and what is kept in memory of them. A
// generation never changes which files it reads. When another index or another way to open the database is to be used, a
// new generation is opened beside the old one and takes its place between two requests (current.h); the old one is closed
// when the last answer that shows something of it is sent.
#pragma once

#include <memory>
#include <string>

#include "app/service.h"
#include "http/answer_cache.h"
#include "http/router.h"
#include "index/index.h"
#include "research/desk.h"
#include "research/live_verses.h"
#include "search/worker_pool.h"

namespace kalima::app {

class Generation {
 public:
  // Opens the database with an index of it that is open already. Throws Error.
  Generation(const ServiceOptions& options, std::shared_ptr<const index::Index> index);
  Generation(const Generation&) = delete;
  Generation& operator=(const Generation&) = delete;

  // Any thread may call any of these.
  const std::shared_ptr<const index::Index>& index() const { return index_; }
  std::size_t verse_count() const { return index_->snapshot().verse_count(); }
  // HTML; see first_page.h.
  const std::string& first_page() const { return first_page_; }
  research::Desk& desk() { return desk_; }
  const store::DatabaseFile& file() const { return desk_.file(); }
  // A request to the API.
  http::Response answer(const http::Request& request);

 private:
  std::shared_ptr<const index::Index> index_;
  http::AnswerCache answers_;
  research::LiveVerses verses_;
  research::Desk desk_;
  search::WorkerPool workers_;
  http::Router router_;
  std::string first_page_;
};

}  // namespace kalima::app
