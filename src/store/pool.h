// A pool of what reads a database: connections with what belongs to them. Each belongs to one thread at a time; who needs one
// while all are in use waits.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "store/database_file.h"

namespace kalima::store {

template <typename Item>
class Pool {
 public:
  using Open = std::function<std::unique_ptr<Item>()>;

  // Opens the first now, so that a broken database is noticed at start, and the others when needed, as long as the file
  // is the same. The file outlives the pool.
  Pool(DatabaseFile& file, std::size_t size, Open open)
      : file_(file), open_(std::move(open)), unopened_(std::max<std::size_t>(size, 1) - 1) {
    idle_.push_back(open_one());
  }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // Holds one as long as this object lives.
  class Lease {
   public:
    ~Lease() { pool_.give_back(std::move(item_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Item* operator->() { return item_.get(); }
    Item& operator*() { return *item_; }

   private:
    friend class Pool;
    Lease(Pool& pool, std::unique_ptr<Item> item) : pool_(pool), item_(std::move(item)) {}
    // Opens one for a place that has none yet.
    explicit Lease(Pool& pool) : Lease(pool, nullptr) {
      // The object is complete by now: should it not open, its destructor gives the place back.
      item_ = pool.open_one();
    }

    Pool& pool_;
    std::unique_ptr<Item> item_;
  };

  // Waits until one is free. Throws Error when a new one cannot be opened. Threads: any.
  Lease lease() {
    if (auto item = take()) return Lease(*this, std::move(item));
    return Lease(*this);
  }

 private:
  std::unique_ptr<Item> open_one() const {
    auto item = open_();
    // Another file may have come while it was opened.
    file_.require_same();
    return item;
  }

  // One that was opened before; nullptr when none is idle and another may be opened.
  std::unique_ptr<Item> take() {
    std::unique_lock lock(mutex_);
    bool may_open = false;
    if (idle_.empty() && unopened_ > 0) {
      lock.unlock();
      // A new file at the path is another database; what is open continues with the old one.
      may_open = file_.look() == FileState::same;
      lock.lock();
    }
    free_.wait(lock, [&] { return !idle_.empty() || (may_open && unopened_ > 0); });
    if (idle_.empty()) {
      --unopened_;
      return nullptr;
    }
    // The most recently used one: its pages are still in the processor's caches.
    std::unique_ptr<Item> item = std::move(idle_.back());
    idle_.pop_back();
    return item;
  }

  void give_back(std::unique_ptr<Item> item) {
    {
      const std::lock_guard lock(mutex_);
      if (item) {
        idle_.push_back(std::move(item));
      } else {
        ++unopened_;
      }
    }
    free_.notify_one();
  }

  DatabaseFile& file_;
  Open open_;
  std::mutex mutex_;
  std::condition_variable free_;
  std::vector<std::unique_ptr<Item>> idle_;
  std::size_t unopened_;
};

}  // namespace kalima::store
