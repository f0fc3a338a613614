// A file that is read from memory.
#pragma once

#include <filesystem>
#include <span>
#include <string_view>
#include <utility>

namespace kalima::files {

class OpenFile;
class MappedRange;

// A read-only file mapped into memory; the mapping lives as long as the object and may be read from every
// thread. The view of an empty file is empty.
//
// Another program can write into the file: then other bytes are read. So every number that is taken from it is checked
// where it is used, and who must know whether the bytes were right asks OpenFile::unchanged() and complete() afterwards.
class Mapped {
 public:
  // For who does not ask: when another program cuts the file off, or the disk fails, the system ends the program.
  explicit Mapped(const std::filesystem::path& path);
  // For who asks: zeros are read then instead of what is missing (mapped_ranges.h). The mapping may live longer than the
  // object.
  explicit Mapped(const OpenFile& file);
  ~Mapped();
  Mapped(Mapped&& other) noexcept
      : memory_(std::exchange(other.memory_, {})), range_(std::exchange(other.range_, nullptr)) {}
  Mapped& operator=(Mapped&&) = delete;
  Mapped(const Mapped&) = delete;
  Mapped& operator=(const Mapped&) = delete;

  std::string_view bytes() const { return {memory_.data(), memory_.size()}; }
  // False once zeros were read instead of what the file had.
  bool complete() const;

 private:
  std::span<const char> memory_;
  MappedRange* range_ = nullptr;
};

}  // namespace kalima::files
