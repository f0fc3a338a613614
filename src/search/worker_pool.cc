#include "search/worker_pool.h"

#include <algorithm>

namespace kalima::search {

WorkerPool::WorkerPool(std::filesystem::path database, const index::Index& index, std::size_t size)
    : database_(std::move(database)), index_(index), unopened_(std::max<std::size_t>(size, 1) - 1) {
  idle_.push_back(std::make_unique<Worker>(database_, index_));
}

WorkerPool::Lease WorkerPool::lease() {
  {
    std::unique_lock lock(mutex_);
    free_.wait(lock, [this] { return !idle_.empty() || unopened_ > 0; });
    if (!idle_.empty()) {
      // The most recently used one: its pages are still in the processor's caches.
      std::unique_ptr<Worker> worker = std::move(idle_.back());
      idle_.pop_back();
      return Lease(*this, std::move(worker));
    }
    --unopened_;
  }
  return Lease(*this);
}

WorkerPool::Lease::Lease(WorkerPool& pool) : Lease(pool, nullptr) {
  // The object is complete by now: should the worker not open, its destructor gives the place back.
  worker_ = std::make_unique<Worker>(pool.database_, pool.index_);
}

void WorkerPool::give_back(std::unique_ptr<Worker> worker) {
  {
    const std::lock_guard lock(mutex_);
    if (worker) {
      idle_.push_back(std::move(worker));
    } else {
      ++unopened_;
    }
  }
  free_.notify_one();
}

}  // namespace kalima::search
