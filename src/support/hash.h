#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

namespace kalima {

// XXH3, 64 bits: the same on every machine and in every version. It distinguishes texts and detects
// accidental changes. It is not for secrets: an attacker can make two texts with the same hash.
std::uint64_t hash_of(std::string_view bytes);

// The same for bytes that come in parts. Threads: one at a time.
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;

  void add(std::string_view bytes);
  // Of everything added so far.
  std::uint64_t value() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kalima
