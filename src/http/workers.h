// The threads that answer requests. There are few while requests are quick; when one has waited for a moment because all
// threads are busy or wait for something else, another is made, up to a limit.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <thread>

#include "http/connection.h"

namespace kalima::http {

class Workers {
 public:
  // `run` is called on the threads, with one connection each, and must not throw. Throws Error(unavailable) if not even one
  // thread can be made.
  Workers(std::size_t first, std::size_t max, std::function<void(std::unique_ptr<Connection>)> run);
  // Ends the threads after their present work; nothing may wait any more.
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // Threads: any.
  void submit(std::unique_ptr<Connection> connection);
  // To be called at least every few milliseconds as long as it returns true: makes threads for what has waited too long. A
  // thread that cannot be made is done without.
  bool grow();

  // Permission for a worker to wait a moment for its client, which spares the way through the poller. Few may do so at once, and only while another thread is free to do what comes.
  class Pause {
   public:
    explicit Pause(Workers& workers);
    ~Pause();
    Pause(const Pause&) = delete;
    Pause& operator=(const Pause&) = delete;
    bool granted() const { return granted_; }

   private:
    Workers& workers_;
    bool granted_ = false;
  };

 private:
  struct Waiting {
    std::unique_ptr<Connection> connection;
    Clock::time_point since;
  };
  using Threads = std::list<std::thread>;

  bool make_thread();  // `mutex_` must be locked
  void work(Threads::iterator self);

  const std::size_t first_, max_;
  const std::function<void(std::unique_ptr<Connection>)> run_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Waiting> queue_;
  Threads threads_, finished_;
  // Atomic, because every request looks at them without the mutex.
  std::atomic<std::size_t> waiting_ = 0;  // as many as in queue_
  std::atomic<std::size_t> idle_ = 0;     // threads without work
  std::atomic<std::size_t> pausing_ = 0;  // connections for whose client a thread waits
  bool ending_ = false, short_of_threads_ = false;
};

}  // namespace kalima::http
