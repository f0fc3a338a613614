#include "http/workers.h"

#include <system_error>
#include <utility>

#include "support/error.h"
#include "support/log.h"

namespace kalima::http {
namespace {

constexpr std::chrono::milliseconds patience{2};
// A thread beyond the first ones ends when nothing came for so long.
constexpr std::chrono::seconds max_idle{10};
// Made at once: if requests wait because the processor is busy, more threads do not help.
constexpr std::size_t max_made = 4;
constexpr std::size_t max_pausing = 32;

}  // namespace

Workers::Workers(std::size_t first, std::size_t max, std::function<void(std::unique_ptr<Connection>)> run)
    : first_(first), max_(max), run_(std::move(run)) {
  const std::lock_guard lock(mutex_);
  while (threads_.size() < first_ && make_thread()) {
  }
  if (threads_.empty()) {
    throw Error(ErrorCode::unavailable, "cannot start a thread",
                "does the system allow this user no more processes?");
  }
}

Workers::~Workers() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  // They move themselves to finished_.
  for (;;) {
    std::thread one;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return !finished_.empty() || threads_.empty(); });
      if (finished_.empty()) return;
      one = std::move(finished_.front());
      finished_.pop_front();
    }
    one.join();
  }
}

void Workers::submit(std::unique_ptr<Connection> connection) {
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back({std::move(connection), Clock::now()});
    ++waiting_;
  }
  changed_.notify_one();
}

bool Workers::grow() {
  Threads over;
  const std::lock_guard lock(mutex_);
  over.swap(finished_);
  for (std::thread& thread : over) thread.join();  // it ends as soon as it has let go of the mutex
  const Clock::time_point late = Clock::now() - patience;
  std::size_t missing = 0;
  for (const Waiting& waiting : queue_) {
    if (waiting.since > late) break;
    ++missing;
  }
  for (std::size_t made = 0; made < max_made && idle_ < missing && threads_.size() < max_; ++made) {
    if (!make_thread()) break;
  }
  return !queue_.empty();
}

bool Workers::make_thread() {
  const auto self = threads_.emplace(threads_.end());
  try {
    *self = std::thread([this, self] { work(self); });
  } catch (const std::system_error& error) {
    threads_.erase(self);
    if (!std::exchange(short_of_threads_, true))
      log::warning("cannot start another thread, requests wait: {}", error.what());
    return false;
  }
  ++idle_;  // as soon as it runs
  return true;
}

void Workers::work(Threads::iterator self) {
  std::unique_lock lock(mutex_);
  for (;;) {  // counted in idle_ here
    const bool woken = changed_.wait_for(lock, max_idle, [this] { return ending_ || !queue_.empty(); });
    if (!queue_.empty()) {
      std::unique_ptr<Connection> connection = std::move(queue_.front().connection);
      queue_.pop_front();
      --waiting_;
      --idle_;
      lock.unlock();
      run_(std::move(connection));
      lock.lock();
      ++idle_;
    } else if (ending_ || (!woken && threads_.size() > first_)) {
      --idle_;
      finished_.splice(finished_.end(), threads_, self);
      lock.unlock();
      changed_.notify_all();
      return;
    }
  }
}

Workers::Pause::Pause(Workers& workers) : workers_(workers) {
  if (workers_.waiting_ > 0) return;
  granted_ = ++workers_.pausing_ <= max_pausing;
  if (granted_ && workers_.idle_ == 0) {
    const std::lock_guard lock(workers_.mutex_);
    granted_ = workers_.idle_ > 0 || (workers_.threads_.size() < workers_.max_ && workers_.make_thread());
  }
  if (!granted_) --workers_.pausing_;
}

Workers::Pause::~Pause() {
  if (granted_) --workers_.pausing_;
}

}  // namespace kalima::http
