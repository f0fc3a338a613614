// A worker has what a search needs: a SQLite connection for reading and a Xapian database, each of which
// belongs to one thread at a time. Requests take turns with the workers. As many searches run at once as
// there are workers; more wait, so that long searches cannot take the processors from quick requests, which
// need no worker.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "index/term_index.h"
#include "store/corpus_reader.h"
#include "store/database_file.h"

namespace kalima::search {

struct Worker {
  Worker(const std::filesystem::path& database, const index::TermFile& file)
      : reader(database), terms(file.open()) {}

  store::CorpusReader reader;
  std::unique_ptr<index::TermIndex> terms;
};

class WorkerPool {
 public:
  // Opens the first worker now, so that a broken database is noticed at start, and the others when needed, as
  // long as the file is the same. Both outlive the pool.
  WorkerPool(store::DatabaseFile& file, const index::TermFile& terms, std::size_t size);

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
  // Waits until a worker is free. Throws Error when a new one cannot be opened. Threads: any.
  Lease lease();
  // The same, but nullptr if none is free by then.
  std::unique_ptr<Lease> lease_until(std::chrono::steady_clock::time_point deadline);

 private:
  std::unique_ptr<Worker> open_worker() const;
  // One that was opened before; nullptr when none is idle and another may be opened; nullopt after the deadline.
  std::optional<std::unique_ptr<Worker>> take(std::optional<std::chrono::steady_clock::time_point> deadline);
  void give_back(std::unique_ptr<Worker> worker);

  store::DatabaseFile& file_;
  const index::TermFile& terms_;
  std::mutex mutex_;
  std::condition_variable free_;
  std::vector<std::unique_ptr<Worker>> idle_;
  std::size_t unopened_;
};

}  // namespace kalima::search
