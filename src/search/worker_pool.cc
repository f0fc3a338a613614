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
  try {
    return Lease(*this, std::make_unique<Worker>(database_, index_));
  } catch (...) {
    give_back(nullptr);
    throw;
  }
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
