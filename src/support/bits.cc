#include "support/bits.h"

#include <algorithm>
#include <array>

namespace kalima {
namespace {

constexpr std::uint64_t every = ~std::uint64_t{0};

}  // namespace

const std::uint64_t Bits::no_blocks[chunk_blocks] = {};
const std::uint64_t Bits::all_blocks[chunk_blocks] = {
    every, every, every, every, every, every, every, every, every, every, every, every, every,
    every, every, every, every, every, every, every, every, every, every, every, every, every,
    every, every, every, every, every, every, every, every, every, every, every, every, every,
    every, every, every, every, every, every, every, every, every, every, every, every, every,
    every, every, every, every, every, every, every, every, every, every, every, every};

Bits::Bits(std::size_t size, bool with_all)
    : size_(size), chunks_((size + chunk_places - 1) / chunk_places, with_all ? full : empty) {
  if (!with_all || chunks_.empty() || is_whole(chunks_.size() - 1)) return;
  chunks_.back() = empty;
  fill(chunks_.size() - 1);
}

const std::uint64_t* Bits::blocks_or_none(std::size_t chunk) const {
  return chunk < chunks_.size() ? blocks_of(chunk) : no_blocks;
}

std::uint64_t* Bits::hold(std::size_t chunk, const std::uint64_t* blocks) {
  // Mostly there are more to come.
  if (held_.empty()) held_.reserve(std::min<std::size_t>(chunks_.size(), 8) * chunk_blocks);
  const std::size_t at = held_.size();
  held_.resize(at + chunk_blocks);
  std::copy_n(blocks, chunk_blocks, held_.begin() + static_cast<std::ptrdiff_t>(at));
  chunks_[chunk] = static_cast<std::uint32_t>(at / chunk_blocks) + first_held;
  return held_.data() + at;
}

void Bits::fill(std::size_t chunk) {
  if (is_whole(chunk)) {
    chunks_[chunk] = full;
    return;
  }
  std::fill_n(held(chunk), chunk_blocks, every);
  cut(chunk);
}

void Bits::cut(std::size_t chunk) {
  if (is_whole(chunk) || chunks_[chunk] < first_held) return;
  std::uint64_t* const blocks = held(chunk);
  const std::size_t places = size_ - chunk * chunk_places;
  for (std::size_t i = places / 64; i < chunk_blocks; ++i)
    blocks[i] &= i * 64 < places ? (std::uint64_t{1} << (places % 64)) - 1 : 0;
}

void Bits::compact() {
  const auto is_held = [](std::uint32_t at) { return at >= first_held; };
  const auto used = static_cast<std::size_t>(std::ranges::count_if(chunks_, is_held));
  if (used * 2 * chunk_blocks >= held_.size()) return;
  const std::vector<std::uint64_t> before = std::move(held_);
  held_.clear();
  held_.reserve(used * chunk_blocks);
  for (std::size_t chunk = 0; chunk < chunks_.size(); ++chunk) {
    if (is_held(chunks_[chunk])) hold(chunk, before.data() + (chunks_[chunk] - first_held) * chunk_blocks);
  }
}

void Bits::set_range(std::size_t begin, std::size_t end) {
  end = std::min(end, size_);
  if (begin < end && begin / 64 == (end - 1) / 64) {
    const std::size_t chunk = begin / chunk_places;
    if (chunks_[chunk] != full)
      held(chunk)[begin / 64 % chunk_blocks] |= every << (begin % 64) & every >> (63 - (end - 1) % 64);
    return;
  }
  while (begin < end) {
    const std::size_t chunk = begin / chunk_places, first = chunk * chunk_places,
                      last = std::min(end, first + chunk_places);
    if (begin == first && last == std::min(size_, first + chunk_places)) {
      fill(chunk);
    } else if (chunks_[chunk] != full) {
      std::uint64_t* const blocks = held(chunk);
      std::size_t at = begin - first;
      const std::size_t stop = last - first;
      for (; at < stop && at % 64 != 0; ++at) blocks[at / 64] |= std::uint64_t{1} << (at % 64);
      for (; at + 64 <= stop; at += 64) blocks[at / 64] = every;
      for (; at < stop; ++at) blocks[at / 64] |= std::uint64_t{1} << (at % 64);
    }
    begin = last;
  }
}

std::size_t Bits::next(std::size_t place) const {
  if (place >= size_) return size_;
  std::size_t i = place / 64 % chunk_blocks;
  std::uint64_t mask = every << (place % 64);
  for (std::size_t chunk = place / chunk_places; chunk < chunks_.size(); ++chunk) {
    if (chunks_[chunk] != empty) {
      const std::uint64_t* const blocks = blocks_of(chunk);
      for (; i < chunk_blocks; ++i) {
        if (const std::uint64_t here = blocks[i] & mask; here != 0)
          return chunk * chunk_places + i * 64 + static_cast<std::size_t>(std::countr_zero(here));
        mask = every;
      }
    }
    i = 0;
    mask = every;
  }
  return size_;
}

std::size_t Bits::count(std::size_t enough) const {
  std::size_t out = 0;
  for (std::size_t chunk = 0; chunk < chunks_.size() && out < enough; ++chunk) {
    if (chunks_[chunk] == full) out += chunk_places;
    if (chunks_[chunk] < first_held) continue;
    const std::uint64_t* const blocks = blocks_of(chunk);
    for (std::size_t i = 0; i < chunk_blocks; ++i) out += static_cast<std::size_t>(std::popcount(blocks[i]));
  }
  return out;
}

Bits& Bits::operator&=(const Bits& other) {
  for (std::size_t chunk = 0; chunk < chunks_.size(); ++chunk) {
    const std::uint32_t its = chunk < other.chunks_.size() ? other.chunks_[chunk] : empty;
    if (chunks_[chunk] == empty || its == full) continue;
    if (its == empty) {
      chunks_[chunk] = empty;
    } else if (chunks_[chunk] == full) {
      hold(chunk, other.blocks_of(chunk));
    } else {
      std::uint64_t* const blocks = held(chunk);
      const std::uint64_t* const there = other.blocks_of(chunk);
      std::uint64_t any = 0;
      for (std::size_t i = 0; i < chunk_blocks; ++i) any |= blocks[i] &= there[i];
      if (any == 0) chunks_[chunk] = empty;
    }
  }
  compact();
  return *this;
}

Bits& Bits::operator|=(const Bits& other) {
  const std::size_t shared = std::min(chunks_.size(), other.chunks_.size());
  for (std::size_t chunk = 0; chunk < shared; ++chunk) {
    if (chunks_[chunk] == full || other.chunks_[chunk] == empty) continue;
    if (other.chunks_[chunk] == full) {
      fill(chunk);
      continue;
    }
    std::uint64_t* const blocks = held(chunk);
    const std::uint64_t* const there = other.blocks_of(chunk);
    for (std::size_t i = 0; i < chunk_blocks; ++i) blocks[i] |= there[i];
    cut(chunk);
  }
  return *this;
}

Bits& Bits::minus(const Bits& other) {
  const std::size_t shared = std::min(chunks_.size(), other.chunks_.size());
  for (std::size_t chunk = 0; chunk < shared; ++chunk) {
    if (chunks_[chunk] == empty || other.chunks_[chunk] == empty) continue;
    if (other.chunks_[chunk] == full) {
      chunks_[chunk] = empty;
      continue;
    }
    std::uint64_t* const blocks = chunks_[chunk] == full ? hold(chunk, all_blocks) : held(chunk);
    const std::uint64_t* const there = other.blocks_of(chunk);
    std::uint64_t any = 0;
    for (std::size_t i = 0; i < chunk_blocks; ++i) any |= blocks[i] &= ~there[i];
    if (any == 0) chunks_[chunk] = empty;
  }
  compact();
  return *this;
}

void Bits::flip() {
  for (std::size_t chunk = 0; chunk < chunks_.size(); ++chunk) {
    if (chunks_[chunk] == empty) {
      fill(chunk);
    } else if (chunks_[chunk] == full) {
      chunks_[chunk] = empty;
    } else {
      std::uint64_t* const blocks = held(chunk);
      for (std::size_t i = 0; i < chunk_blocks; ++i) blocks[i] = ~blocks[i];
      cut(chunk);
    }
  }
}

Bits Bits::where_shifted(const Bits& other, std::size_t offset) const {
  Bits out(size_);
  const std::size_t chunks_on = offset / chunk_places, blocks_on = offset / 64 % chunk_blocks,
                    shift = offset % 64;
  for (std::size_t chunk = 0; chunk < chunks_.size(); ++chunk) {
    if (chunks_[chunk] == empty) continue;
    const std::uint64_t *const low = other.blocks_or_none(chunk + chunks_on),
                               *const high = other.blocks_or_none(chunk + chunks_on + 1),
                               *const own = blocks_of(chunk);
    if (low == no_blocks && (high == no_blocks || offset % chunk_places == 0)) continue;
    if (low == all_blocks && (high == all_blocks || offset % chunk_places == 0)) {
      if (own == all_blocks) {
        out.chunks_[chunk] = full;
      } else {
        out.hold(chunk, own);
      }
      continue;
    }
    std::array<std::uint64_t, chunk_blocks> here;
    std::uint64_t any = 0;
    const auto there = [&](std::size_t i) { return i < chunk_blocks ? low[i] : high[i - chunk_blocks]; };
    if (shift == 0) {
      for (std::size_t i = 0; i < chunk_blocks; ++i) any |= here[i] = own[i] & there(i + blocks_on);
    } else {
      std::uint64_t now = there(blocks_on);
      for (std::size_t i = 0; i < chunk_blocks; ++i) {
        const std::uint64_t after = there(i + blocks_on + 1);
        any |= here[i] = own[i] & (now >> shift | after << (64 - shift));
        now = after;
      }
    }
    if (any != 0) out.hold(chunk, here.data());
  }
  return out;
}

bool Bits::operator==(const Bits& other) const {
  if (size_ != other.size_) return false;
  for (std::size_t chunk = 0; chunk < chunks_.size(); ++chunk) {
    const std::uint64_t *const own = blocks_of(chunk), *const its = other.blocks_of(chunk);
    if (own != its && !std::equal(own, own + chunk_blocks, its)) return false;
  }
  return true;
}

}  // namespace kalima
