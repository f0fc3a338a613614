// Caches the answers to the latest requests, within a limit on memory: people reload pages, go back and
// forth, and look at the same searches. Threads: any.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "http/message.h"

namespace kalima::http {

class AnswerCache {
 public:
  explicit AnswerCache(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  // The cached answer, or the result of `make`, which is cached if it has status 200, is cacheable, is not
  // too large, and is JSON without headers of its own, since only the body is kept. `make` may throw. Two threads may make the same answer at the same time.
  template <typename Make>
  Response get(const Request& request, Make make) {
    const std::string key = key_of(request);
    if (auto known = find(key)) return response_of(std::move(known));
    const std::uint64_t revision = revision_.load();
    Response response = make();
    if (response.status != 200 || !response.cacheable || response.rest) return response;
    if (response.content_type != json_type || !response.headers.empty()) return response;
    return response_of(put(key, revision, std::move(response.body)));
  }

  // Call when `text`, which answers splice in, has been replaced: evicts the answers that show it, and does
  // not cache those that are being made.
  void forget(std::string_view text);

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const Body> body;
    std::size_t bytes;
  };

  static std::string key_of(const Request& request);
  static Response response_of(std::shared_ptr<const Body> body);
  std::shared_ptr<const Body> find(const std::string& key);
  std::shared_ptr<const Body> put(const std::string& key, std::uint64_t revision, Body body);
  void drop(std::list<Entry>::iterator entry);

  const std::size_t max_bytes_;
  std::atomic<std::uint64_t> revision_ = 0;
  std::mutex mutex_;
  std::list<Entry> entries_;  // most recently used first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key_;
  std::size_t bytes_ = 0;
};

}  // namespace kalima::http
