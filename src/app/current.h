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

  // For a request that only reads. Threads: any, without waiting.
  std::shared_ptr<Generation> get() const;

  // For a request that may write: the generation is not replaced while this object lives. Threads: any.
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

  // From now on requests get `next`, which shows everything written through the previous generation. Waits for requests
  // that write; new ones wait until this has returned. Throws Error; then nothing is replaced. Threads: one at a time.
  void replace(std::shared_ptr<Generation> next);

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::shared_ptr<Generation> generation_;
  std::size_t writing_ = 0;  // requests
  bool replacing_ = false;
};

}  // namespace kalima::app
