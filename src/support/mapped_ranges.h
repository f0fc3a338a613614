// Keeps the program alive when a part of a mapped file cannot be read: because another program cut the file off, or because
// the disk fails. The system then sends SIGBUS to the thread that reads, which would end the process. A handler puts a page
// of zeros in the place of the missing one instead, and notes that: whoever adds a range asks complete() before it gives
// away what was read. SIGBUS of any other memory has the effect that it had before.
//
// On Windows this does nothing: nobody can cut off a file that is mapped.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace kalima::files {

// Memory of a mapped file. Threads: any; the handler interrupts them anywhere.
class MappedRange {
 public:
  // From before the first read of the mapping until remove(), which must come before it is unmapped.
  // Not of an empty one.
  static MappedRange* add(const void* data, std::size_t size);
  static void remove(MappedRange* range);

  // False once a page of zeros has taken the place of one that could not be read.
  bool complete() const { return complete_.load(std::memory_order_acquire); }

  // For the handler: the range of an address, nullptr if there is none.
  static MappedRange* of(std::uintptr_t address);
  void note_missing() { complete_.store(false, std::memory_order_release); }

 private:
  std::atomic<std::uintptr_t> begin_ = 0, end_ = 0;  // both 0: it may be used for another mapping
  std::atomic<bool> complete_ = true;
  MappedRange* next_ = nullptr;
};

}  // namespace kalima::files
