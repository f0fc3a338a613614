// As many searches run at once as there are turns; more wait, so that long searches cannot take the processors from quick
// requests, which take no turn.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <utility>

namespace kalima::search {

class Turns {
 public:
  explicit Turns(std::size_t count) : free_(count > 0 ? count : 1) {}
  Turns(const Turns&) = delete;
  Turns& operator=(const Turns&) = delete;

  // Held as long as the search runs.
  class Turn {
   public:
    explicit Turn(Turns* turns) : turns_(turns) {}
    Turn(Turn&& other) noexcept : turns_(std::exchange(other.turns_, nullptr)) {}
    Turn& operator=(Turn&&) = delete;
    ~Turn() {
      if (turns_ != nullptr) turns_->give_back();
    }

   private:
    Turns* turns_;  // nullptr: it did not come to be
  };

  // Waits until it is the caller's turn, or `given_up`, which is asked every few milliseconds, says that it is not wanted
  // any more: then the search should end at once. Threads: any.
  Turn take(const std::function<bool()>& given_up) {
    constexpr std::chrono::milliseconds look{10};
    std::unique_lock lock(mutex_);
    while (free_ == 0) {
      // Not under the lock: it may ask the system.
      lock.unlock();
      const bool enough = given_up();
      lock.lock();
      if (enough) return Turn(nullptr);
      freed_.wait_for(lock, look, [this] { return free_ > 0; });
    }
    --free_;
    return Turn(this);
  }

 private:
  void give_back() {
    {
      const std::lock_guard lock(mutex_);
      ++free_;
    }
    freed_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable freed_;
  std::size_t free_;
};

}  // namespace kalima::search
