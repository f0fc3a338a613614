#include "support/mapped.h"

#include "support/mapped_ranges.h"
#include "support/open_file.h"
#include "support/system_file.h"

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#else
#include <sys/mman.h>
#include <sys/stat.h>
#endif

namespace kalima::files {
namespace fs = std::filesystem;

namespace {

#ifdef _WIN32
std::span<const char> map(HANDLE file, const fs::path& path) {
  LARGE_INTEGER size;
  if (!GetFileSizeEx(file, &size)) fail("cannot read", path, last_error());
  if (size.QuadPart == 0) return {};
  const Handle mapping(CreateFileMappingW(file, nullptr, PAGE_READONLY, 0, 0, nullptr));
  if (!mapping.valid()) fail("cannot map", path, last_error());
  const void* data = MapViewOfFile(mapping.get(), FILE_MAP_READ, 0, 0, 0);
  if (data == nullptr) fail("cannot map", path, last_error());
  return {static_cast<const char*>(data), static_cast<std::size_t>(size.QuadPart)};
}
#else
std::span<const char> map(int file, const fs::path& path) {
  struct stat status {};
  if (::fstat(file, &status) != 0) fail("cannot read", path, last_error());
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size == 0) return {};
  const void* address = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file, 0);
  if (address == MAP_FAILED) fail("cannot map", path, last_error());
  return {static_cast<const char*>(address), size};
}
#endif

std::span<const char> map(const fs::path& path) {
#ifdef _WIN32
  const Handle file(CreateFileW(path.c_str(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, nullptr,
                                OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr));
#else
  const Descriptor file = open_ordinary(path);
#endif
  if (!file.valid()) fail("cannot read", path, last_error());
  return map(file.get(), path);
}

std::span<const char> map(const OpenFile& file) {
#ifdef _WIN32
  return map(static_cast<HANDLE>(file.handle()), file.path());
#else
  return map(file.descriptor(), file.path());
#endif
}

}  // namespace

Mapped::Mapped(const fs::path& path) : memory_(map(path)) {}

Mapped::Mapped(const OpenFile& file) : memory_(map(file)) {
  if (!memory_.empty()) range_ = MappedRange::add(memory_.data(), memory_.size());
}

Mapped::~Mapped() {
  if (memory_.empty()) return;
  if (range_ != nullptr) MappedRange::remove(range_);
#ifdef _WIN32
  UnmapViewOfFile(memory_.data());
#else
  ::munmap(const_cast<char*>(memory_.data()), memory_.size());
#endif
}

bool Mapped::complete() const { return range_ == nullptr || range_->complete(); }

}  // namespace kalima::files
