#include "app/current.h"

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

void Current::replace(std::shared_ptr<Generation> next) {
  {
    std::unique_lock lock(mutex_);
    replacing_ = true;
    changed_.wait(lock, [this] { return writing_ == 0; });
  }
  const auto finish = [this](std::shared_ptr<Generation>* with) {
    {
      const std::lock_guard lock(mutex_);
      replacing_ = false;
      if (with != nullptr) generation_.swap(*with);
    }
    changed_.notify_all();
  };
  try {
    next->desk().catch_up();
  } catch (...) {  // the previous generation stays
    finish(nullptr);
    throw;
  }
  // The former one, which may be closed with this, has the lock no more.
  finish(&next);
}

}  // namespace kalima::app
