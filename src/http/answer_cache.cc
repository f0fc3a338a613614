#include "http/answer_cache.h"

#include <iterator>

namespace kalima::http {

std::string AnswerCache::key_of(const Request& request) {
  // The lengths say where each name and value ends, whatever they contain.
  std::string key = request.method == "HEAD" ? "GET" : request.method;
  key += '\n' + request.path;
  for (const auto& [name, value] : request.query) {
    key += '\n' + std::to_string(name.size()) + ' ' + std::to_string(value.size()) + ' ' + name + value;
  }
  key += '\0';
  return key.append(request.body);
}

Response AnswerCache::response_of(std::shared_ptr<const Body> body) {
  Response response;
  response.body = Body::sharing(std::move(body));
  return response;
}

std::shared_ptr<const Body> AnswerCache::find(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto it = by_key_.find(key);
  if (it == by_key_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, it->second);
  return it->second->body;
}

std::shared_ptr<const Body> AnswerCache::put(const std::string& key, std::uint64_t revision, Body body) {
  auto shared = std::make_shared<const Body>(std::move(body));
  const std::size_t bytes = key.size() + shared->held_bytes();
  if (bytes > max_bytes_ / 8) return shared;
  const std::lock_guard lock(mutex_);
  if (revision != revision_.load() || by_key_.contains(key)) return shared;
  while (bytes_ + bytes > max_bytes_) drop(std::prev(entries_.end()));
  entries_.push_front({key, shared, bytes});
  by_key_.emplace(entries_.front().key, entries_.begin());
  bytes_ += bytes;
  return shared;
}

void AnswerCache::drop(std::list<Entry>::iterator entry) {
  bytes_ -= entry->bytes;
  by_key_.erase(entry->key);
  entries_.erase(entry);
}

void AnswerCache::forget(std::string_view text) {
  const std::lock_guard lock(mutex_);
  ++revision_;
  for (auto next = entries_.begin(); next != entries_.end();) {
    const auto entry = next++;
    if (entry->body->shows(text)) drop(entry);
  }
}

}  // namespace kalima::http
