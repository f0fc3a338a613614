#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

namespace kalima {

// XXH3, 64 bits: the same on every machine and in every version. It tells texts apart and finds accidents; it is not
// for secrets, and who tries can make two texts with one hash.
std::uint64_t hash_of(std::string_view bytes);

// The same for bytes that come in parts. For one thread at a time.
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;

  void add(std::string_view bytes);
  // Of all that was added so far.
  std::uint64_t value() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kalima
