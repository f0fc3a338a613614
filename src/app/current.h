// The generation that answers requests now.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>

#include "app/generation.h"

namespace kalima::app {

class Current {
 public:
  explicit Current(std::shared_ptr<Generation> first) : generation_(std::move(first)) {}

  // For a request that reads. Any thread; waits for nobody.
  std::shared_ptr<Generation> get() const;

  // For a request that may write: while it lives the generation is not replaced. Any thread.
  class Writing {
   public:
    explicit Writing(Current& current);
    ~Writing();
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;
    const std::shared_ptr<Generation>& generation() const { return generation_; }

   private:
    Current& current_;
    std::shared_ptr<Generation> generation_;
  };

  // Requests from now on get `next`, which shows all that was written through the one before. Waits for requests that
  // write; those that come meanwhile wait too. One thread at a time. Throws Error; then nothing is replaced.
  void replace(std::shared_ptr<Generation> next);

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::shared_ptr<Generation> generation_;
  std::size_t writing_ = 0;  // requests
  bool replacing_ = false;
};

}  // namespace kalima::app
