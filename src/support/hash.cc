#include "support/hash.h"

#define XXH_INLINE_ALL  // the header is the library
#include <xxhash.h>

namespace kalima {

std::uint64_t hash_of(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

struct Hasher::State {
  XXH3_state_t xxh3;
};

Hasher::Hasher() : state_(std::make_unique<State>()) { XXH3_64bits_reset(&state_->xxh3); }
Hasher::~Hasher() = default;

void Hasher::add(std::string_view bytes) { XXH3_64bits_update(&state_->xxh3, bytes.data(), bytes.size()); }

std::uint64_t Hasher::value() const { return XXH3_64bits_digest(&state_->xxh3); }

}  // namespace kalima
