// What a caller asks of a query beside its text, and how it is cut off.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

#include "query/plan/names.h"
#include "query/syntax/tree.h"

namespace kalima::query {

struct Options {
  std::optional<Reading> reading;      // instead of the one in the query; Reading::all by default
  bool sensitive = false;              // values without flags are compared as they are written
  std::shared_ptr<const Names> names;  // what $name and @name are; may be empty

  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  std::function<bool()> cancelled;      // asked from time to time; may be empty
  std::size_t max_memory = 256u << 20;  // for what is found on the way, in bytes, about
};

// Time, memory and the user's patience in one: every loop asks it. Threads: one.
class Guard {
 public:
  // What begins after its deadline is cut off already.
  explicit Guard(const Options& options) : options_(options) { stop_now(); }

  // Whether to stop. Cheap: the clock is read once in a while.
  bool stop() {
    if (cut_) return true;
    if (++asked_ % 256 != 0) return false;
    return stop_now();
  }
  bool stop_now() {
    if (!cut_ && ((options_.cancelled && options_.cancelled()) ||
                  std::chrono::steady_clock::now() >= options_.deadline))
      cut_ = true;
    return cut_;
  }
  // Before so many bytes are kept; what was released may be negative.
  bool take(std::ptrdiff_t bytes) {
    used_ += bytes;
    max_used_ = std::max(max_used_, used_);
    if (used_ > static_cast<std::ptrdiff_t>(options_.max_memory)) cut_ = out_of_memory_ = true;
    return !cut_;
  }
  bool cut() const { return cut_; }
  bool out_of_memory() const { return out_of_memory_; }
  // The most that was kept at a time, in bytes.
  std::ptrdiff_t max_used() const { return max_used_; }

 private:
  const Options& options_;
  std::size_t asked_ = 0;
  std::ptrdiff_t used_ = 0, max_used_ = 0;
  bool cut_ = false, out_of_memory_ = false;
};

// What one step keeps of a guard's memory, given back when the step ends. Threads: one.
class Memory {
 public:
  explicit Memory(Guard& guard) : guard_(guard) {}
  ~Memory() { guard_.take(-held_); }
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

  // From now on so many bytes in all; false when that is too much.
  bool hold(std::size_t bytes) {
    const std::ptrdiff_t more = static_cast<std::ptrdiff_t>(bytes) - held_;
    held_ += more;
    return guard_.take(more);
  }

 private:
  Guard& guard_;
  std::ptrdiff_t held_ = 0;
};

}  // namespace kalima::query
