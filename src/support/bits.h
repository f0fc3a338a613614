// A row of bits.
//
// It is divided into chunks of 4,096 places, of which only those with some but not all of their places take room. So a
// set of a few places costs little more than these, however long the row is, and what is everywhere costs as little.
//
// Places are 0-based. Threads: values.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace kalima {

class Bits {
 public:
  Bits() = default;
  explicit Bits(std::size_t size, bool all = false);

  std::size_t size() const { return size_; }
  // How many times 64 places it has.
  std::size_t blocks() const { return (size_ + 63) / 64; }
  // The room that it takes.
  std::size_t bytes() const {
    return chunks_.size() * sizeof(std::uint32_t) + held_.size() * sizeof(std::uint64_t);
  }

  bool test(std::size_t place) const {
    return place < size_ &&
           (blocks_of(place / chunk_places)[place / 64 % chunk_blocks] >> (place % 64) & 1) != 0;
  }
  void set(std::size_t place) {
    if (chunks_[place / chunk_places] != full)
      held(place / chunk_places)[place / 64 % chunk_blocks] |= std::uint64_t{1} << (place % 64);
  }
  // All that are below the size.
  void set_range(std::size_t begin, std::size_t end);

  std::uint64_t block(std::size_t i) const { return blocks_of(i / chunk_blocks)[i % chunk_blocks]; }
  // The 64 bits from `place` on; 0 beyond the end.
  std::uint64_t from(std::size_t place) const {
    const std::size_t i = place / 64, shift = place % 64;
    const std::uint64_t low = i < blocks() ? block(i) >> shift : 0;
    if (shift == 0 || i + 1 >= blocks()) return low;
    return low | block(i + 1) << (64 - shift);
  }
  // The first one that is not before `place`; the size if there is none.
  std::size_t next(std::size_t place) const;
  // How many there are; where so many are enough, perhaps no more than these are counted.
  std::size_t count(std::size_t enough = SIZE_MAX) const;

  // Of another size too: what lies beyond its end is not in it, and what lies beyond the own end is left out.
  Bits& operator&=(const Bits& other);
  Bits& operator|=(const Bits& other);
  Bits& minus(const Bits& other);
  void flip();
  // Those of which the place so much further is in the other one.
  Bits where_shifted(const Bits& other, std::size_t offset) const;
  // Those for which it is true.
  template <typename Keep>
  Bits where(Keep keep) const;
  // The same places of the same size.
  bool operator==(const Bits& other) const;

  template <typename Visit>
  void each(Visit visit) const {
    for (std::size_t chunk = 0; chunk < chunks_.size(); ++chunk) {
      if (chunks_[chunk] == empty) continue;
      for (std::size_t i = 0; i < chunk_blocks; ++i) {
        // The visitor may set further places, so that the row may move.
        for (std::uint64_t left = blocks_of(chunk)[i]; left != 0; left &= left - 1)
          visit(chunk * chunk_places + i * 64 + static_cast<std::size_t>(std::countr_zero(left)));
      }
    }
  }

 private:
  static constexpr std::size_t chunk_blocks = 64, chunk_places = chunk_blocks * 64;
  // What chunks_ says of a chunk; from first_held on it is the number of its blocks in held_. Only a chunk that lies
  // below the size as a whole is full.
  static constexpr std::uint32_t empty = 0, full = 1, first_held = 2;

  // Valid until the set changes.
  const std::uint64_t* blocks_of(std::size_t chunk) const;
  // The same of a chunk that may be beyond the end.
  const std::uint64_t* blocks_or_none(std::size_t chunk) const;
  // Room for a chunk that is not full.
  std::uint64_t* held(std::size_t chunk);
  std::uint64_t* hold(std::size_t chunk, const std::uint64_t* blocks);
  bool is_whole(std::size_t chunk) const { return (chunk + 1) * chunk_places <= size_; }
  // Sets all places of a chunk that are below the size.
  void fill(std::size_t chunk);
  // Without the places of a chunk beyond the size.
  void cut(std::size_t chunk);
  // Without room that is not used any more, if it is much.
  void compact();

  std::size_t size_ = 0;
  std::vector<std::uint32_t> chunks_;
  std::vector<std::uint64_t> held_;

  static const std::uint64_t no_blocks[chunk_blocks], all_blocks[chunk_blocks];
};

inline const std::uint64_t* Bits::blocks_of(std::size_t chunk) const {
  const std::uint32_t at = chunks_[chunk];
  if (at >= first_held) return held_.data() + (at - first_held) * chunk_blocks;
  return at == full ? all_blocks : no_blocks;
}

inline std::uint64_t* Bits::held(std::size_t chunk) {
  const std::uint32_t at = chunks_[chunk];
  return at >= first_held ? held_.data() + (at - first_held) * chunk_blocks : hold(chunk, no_blocks);
}

template <typename Keep>
Bits Bits::where(Keep keep) const {
  Bits out(size_);
  for (std::size_t chunk = 0; chunk < chunks_.size(); ++chunk) {
    if (chunks_[chunk] == empty) continue;
    const std::uint64_t* const blocks = blocks_of(chunk);
    std::array<std::uint64_t, chunk_blocks> kept{};
    std::uint64_t any = 0;
    for (std::size_t i = 0; i < chunk_blocks; ++i) {
      for (std::uint64_t left = blocks[i]; left != 0; left &= left - 1) {
        if (keep(chunk * chunk_places + i * 64 + static_cast<std::size_t>(std::countr_zero(left))))
          kept[i] |= left & (~left + 1);
      }
      any |= kept[i];
    }
    if (any != 0) out.hold(chunk, kept.data());
  }
  return out;
}

}  // namespace kalima
