// Hits that are kept, of which one has its captures in a row with those of the others.
//
// Threads: values.
#pragma once

#include <cstdint>
#include <vector>

#include "query/query.h"

namespace kalima::query {

class HitList {
 public:
  void add(const Hit& hit) {
    hits_.push_back({hit.begin, hit.end, captures_.size(), hit.closing});
    captures_.insert(captures_.end(), hit.captures.begin(), hit.captures.end());
  }
  std::size_t size() const { return hits_.size(); }
  bool empty() const { return hits_.empty(); }
  // Valid until the list changes.
  Hit operator[](std::size_t i) const {
    const std::size_t end = i + 1 < hits_.size() ? hits_[i + 1].first_capture : captures_.size();
    const std::size_t first = hits_[i].first_capture;
    return {hits_[i].begin, hits_[i].end, std::span(captures_).subspan(first, end - first), hits_[i].closing};
  }
  std::size_t bytes() const { return hits_.size() * sizeof(Kept) + captures_.size() * sizeof(Captured); }

 private:
  struct Kept {
    std::uint32_t begin, end;
    std::size_t first_capture;
    bool closing;
  };
  std::vector<Kept> hits_;
  std::vector<Captured> captures_;
};

}  // namespace kalima::query
