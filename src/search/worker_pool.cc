#include "search/worker_pool.h"

#include <algorithm>

namespace kalima::search {

WorkerPool::WorkerPool(store::DatabaseFile& file, const index::TermFile& terms, std::size_t size)
    : file_(file), terms_(terms), unopened_(std::max<std::size_t>(size, 1) - 1) {
  idle_.push_back(open_worker());
}

std::unique_ptr<Worker> WorkerPool::open_worker() const {
  auto worker = std::make_unique<Worker>(file_.path(), terms_);
  // Another file may have come while it was opened.
  file_.require_same();
  return worker;
}

std::optional<std::unique_ptr<Worker>> WorkerPool::take(
    std::optional<std::chrono::steady_clock::time_point> deadline) {
  std::unique_lock lock(mutex_);
  bool may_open = false;
  if (idle_.empty() && unopened_ > 0) {
    lock.unlock();
    // A new file at the path is another database; open workers continue with the old one.
    may_open = file_.look() == store::FileState::same;
    lock.lock();
  }
  const auto free = [&] { return !idle_.empty() || (may_open && unopened_ > 0); };
  if (!deadline) {
    free_.wait(lock, free);
  } else if (!free_.wait_until(lock, *deadline, free)) {
    return std::nullopt;
  }
  if (idle_.empty()) {
    --unopened_;
    return std::unique_ptr<Worker>();
  }
  // The most recently used one: its pages are still in the processor's caches.
  std::unique_ptr<Worker> worker = std::move(idle_.back());
  idle_.pop_back();
  return worker;
}

WorkerPool::Lease WorkerPool::lease() {
  if (auto worker = *take(std::nullopt)) return Lease(*this, std::move(worker));
  return Lease(*this);
}

std::unique_ptr<WorkerPool::Lease> WorkerPool::lease_until(std::chrono::steady_clock::time_point deadline) {
  auto worker = take(deadline);
  if (!worker) return nullptr;
  auto out = std::make_unique<Lease>(*this, std::move(*worker));
  if (!out->worker_) out->worker_ = open_worker();
  return out;
}

WorkerPool::Lease::Lease(WorkerPool& pool) : Lease(pool, nullptr) {
  // The object is complete by now: should the worker not open, its destructor gives the place back.
  worker_ = pool.open_worker();
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
