// As many searches run at once as there are turns; more wait in a queue, so that long searches cannot take the processors from
// quick requests, which take no turn.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
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

  // Waits until it is the caller's turn, which comes in the order of the calls, or `given_up`, which is asked every few
  // milliseconds and throws nothing, says that it is not wanted any more: then the search should end at once. Threads: any.
  Turn take(const std::function<bool()>& given_up) {
    constexpr std::chrono::milliseconds look{10};
    std::unique_lock lock(mutex_);
    if (free_ > 0) {  // so nobody waits
      --free_;
      return Turn(this);
    }
    Waiter me;
    waiting_.push_back(&me);
    const auto enough = [&]() noexcept { return given_up(); };
    while (!me.has_turn) {
      // Not under the lock: it may ask the system.
      lock.unlock();
      const bool end = enough();
      lock.lock();
      if (end && !me.has_turn) {
        std::erase(waiting_, &me);
        return Turn(nullptr);
      }
      me.called.wait_for(lock, look, [&] { return me.has_turn; });
    }
    return Turn(this);
  }

 private:
  struct Waiter {
    std::condition_variable called;
    bool has_turn = false;
  };

  // The turn goes to the one who has waited longest; nobody who comes later can take it.
  void give_back() {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty()) {
      ++free_;
      return;
    }
    Waiter& next = *waiting_.front();
    waiting_.pop_front();
    next.has_turn = true;
    next.called.notify_one();  // under the lock: without it, the waiter may be gone
  }

  std::mutex mutex_;
  std::size_t free_;
  std::deque<Waiter*> waiting_;
};

}  // namespace kalima::search
