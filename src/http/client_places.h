// Clients behind a proxy share its connections: a header that the proxy sets says who asks. Counts the requests of each
// that are being answered at the same time.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kalima::http {

struct TrustedProxies {
  std::string header;                  // empty: no proxy is trusted
  std::vector<std::string> addresses;  // beside those of this machine

  // `network`: see Accepted.
  bool is_one(const std::string& network) const;
  // Whom the header's value names: the last of a list, which is the one that the proxy has seen; as in Accepted::network. A
  // name that is not an address stays as it is, 64 bytes of it.
  static std::string client_of(std::string_view value);
};

// Threads: any.
class ClientPlaces {
 public:
  // Held until the answer is sent, or its connection closed.
  using Place = std::shared_ptr<const void>;

  // It must outlive its places.
  explicit ClientPlaces(std::size_t max) : max_(max) {}
  ClientPlaces(const ClientPlaces&) = delete;
  ClientPlaces& operator=(const ClientPlaces&) = delete;

  // nullptr if that client has as many as it may have.
  Place take(const std::string& client);

 private:
  void leave(const std::string& client);

  const std::size_t max_;
  std::mutex mutex_;
  std::unordered_map<std::string, std::size_t> taken_;
};

}  // namespace kalima::http
