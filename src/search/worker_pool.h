// A worker has what a search needs: a SQLite connection for reading and a Xapian database, each of which
// belongs to one thread at a time. Requests take turns with the workers. As many searches run at once as
// there are workers; more wait, so that long searches cannot take the processors from quick requests, which
// need no worker.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "index/index.h"
#include "search/searcher.h"
#include "store/corpus_reader.h"

namespace kalima::search {

struct Worker {
  Worker(const std::filesystem::path& database, const index::Index& index)
      : reader(database), terms(index.open_terms()), searcher(index.snapshot(), *terms) {}

  store::CorpusReader reader;
  std::unique_ptr<index::TermIndex> terms;
  Searcher searcher;
};

class WorkerPool {
 public:
  // Opens the first worker now, so that a broken database is noticed at start, and the others when needed.
  WorkerPool(std::filesystem::path database, const index::Index& index, std::size_t size);

  // Holds a worker as long as this object lives.
  class Lease {
   public:
    Lease(WorkerPool& pool, std::unique_ptr<Worker> worker) : pool_(pool), worker_(std::move(worker)) {}
    ~Lease() { pool_.give_back(std::move(worker_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Worker* operator->() { return worker_.get(); }

   private:
    friend class WorkerPool;
    explicit Lease(WorkerPool& pool);  // opens a worker for a place that has none yet

    WorkerPool& pool_;
    std::unique_ptr<Worker> worker_;
  };
  // Waits until a worker is free. Threads: any.
  Lease lease();

 private:
  void give_back(std::unique_ptr<Worker> worker);

  std::filesystem::path database_;
  const index::Index& index_;
  std::mutex mutex_;
  std::condition_variable free_;
  std::vector<std::unique_ptr<Worker>> idle_;
  std::size_t unopened_;
};

}  // namespace kalima::search
