// A file that is read from memory.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>
#include <utility>

namespace kalima::files {

class HeldFile;

// A read-only file mapped into memory; the mapping lives as long as the object and may be read from every
// thread. The view of an empty file is empty.
class Mapped {
 public:
  explicit Mapped(const std::filesystem::path& path);
  // What is held; the mapping may live longer.
  explicit Mapped(const HeldFile& file);
  ~Mapped();
  Mapped(Mapped&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  Mapped& operator=(Mapped&&) = delete;
  Mapped(const Mapped&) = delete;
  Mapped& operator=(const Mapped&) = delete;

  std::string_view bytes() const { return {static_cast<const char*>(data_), size_}; }

 private:
  void* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace kalima::files
