#include "http/client_places.h"

#include <algorithm>

#include "http/guard.h"
#include "http/socket.h"

namespace kalima::http {

bool TrustedProxies::is_one(const std::string& network) const {
  if (header.empty()) return false;
  return is_loopback(network) || std::ranges::find(addresses, network) != addresses.end();
}

std::string TrustedProxies::client_of(std::string_view value) {
  constexpr std::string_view white_space = " \t";
  constexpr std::size_t max_bytes = 64;
  if (const std::size_t comma = value.rfind(','); comma != std::string_view::npos)
    value.remove_prefix(comma + 1);
  value.remove_prefix(std::min(value.find_first_not_of(white_space), value.size()));
  value = value.substr(0, value.find_last_not_of(white_space) + 1);
  return network_of(value.substr(0, max_bytes));
}

ClientPlaces::Place ClientPlaces::take(const std::string& client) {
  {
    const std::lock_guard lock(mutex_);
    std::size_t& taken = taken_[client];
    if (taken >= max_) return nullptr;
    ++taken;
  }
  return {this, [this, client](const void*) { leave(client); }};
}

void ClientPlaces::leave(const std::string& client) {
  const std::lock_guard lock(mutex_);
  const auto found = taken_.find(client);
  if (found != taken_.end() && --found->second == 0) taken_.erase(found);
}

}  // namespace kalima::http
