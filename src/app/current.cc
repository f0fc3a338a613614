#include "app/current.h"

#include <utility>

namespace kalima::app {

std::shared_ptr<Generation> Current::get() const {
  const std::lock_guard lock(mutex_);
  return generation_;
}

Current::Writing::Writing(Current& current) : current_(current) {
  std::unique_lock lock(current_.mutex_);
  current_.changed_.wait(lock, [this] { return !current_.replacing_; });
  ++current_.writing_;
  generation_ = current_.generation_;
}

Current::Writing::~Writing() {
  {
    const std::lock_guard lock(current_.mutex_);
    --current_.writing_;
  }
  current_.changed_.notify_all();
}

Current::Replacing::Replacing(Current& current) : current_(current) {
  std::unique_lock lock(current_.mutex_);
  current_.replacing_ = true;
  current_.changed_.wait(lock, [this] { return current_.writing_ == 0; });
}

Current::Replacing::~Replacing() {
  {
    const std::lock_guard lock(current_.mutex_);
    current_.replacing_ = false;
  }
  current_.changed_.notify_all();
}

void Current::Replacing::put(std::shared_ptr<Generation> next) {
  {
    const std::lock_guard lock(current_.mutex_);
    current_.generation_.swap(next);
  }
  // The former one may be closed here, without the lock.
}

void Current::replace(std::shared_ptr<Generation> next) {
  Replacing replacing(*this);
  next->desk().catch_up();
  replacing.put(std::move(next));
}

}  // namespace kalima::app
