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

  // While it lives, requests that write wait; it waits for those that have begun. Who has it has locked renewal().
  class Replacing {
   public:
    explicit Replacing(Current& current);
    ~Replacing();
    Replacing(const Replacing&) = delete;
    Replacing& operator=(const Replacing&) = delete;
    // The present one.
    std::shared_ptr<Generation> generation() const { return current_.get(); }
    // From now on requests get `next`.
    void put(std::shared_ptr<Generation> next);

   private:
    Current& current_;
  };

  // To be locked by who looks whether the generation is to be replaced, until it is. Threads: any.
  std::mutex& renewal() { return renewal_; }
  // From now on requests get `next`, which shows everything written through the previous generation. Throws Error; then
  // nothing is replaced. The caller has locked renewal().
  void replace(std::shared_ptr<Generation> next);

 private:
  std::mutex renewal_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::shared_ptr<Generation> generation_;
  std::size_t writing_ = 0;  // requests
  bool replacing_ = false;
};

}  // namespace kalima::app
