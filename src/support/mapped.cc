#include "support/mapped.h"

#include "support/held_file.h"
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

struct Mapping {
  void* data;
  std::size_t size;
};

#ifdef _WIN32
Mapping map(HANDLE file, const fs::path& path) {
  LARGE_INTEGER size;
  if (!GetFileSizeEx(file, &size)) fail("cannot read", path, last_error());
  if (size.QuadPart == 0) return {nullptr, 0};
  const Handle mapping(CreateFileMappingW(file, nullptr, PAGE_READONLY, 0, 0, nullptr));
  if (!mapping.valid()) fail("cannot map", path, last_error());
  void* data = MapViewOfFile(mapping.get(), FILE_MAP_READ, 0, 0, 0);
  if (data == nullptr) fail("cannot map", path, last_error());
  return {data, static_cast<std::size_t>(size.QuadPart)};
}
#else
Mapping map(int file, const fs::path& path) {
  struct stat status {};
  if (::fstat(file, &status) != 0) fail("cannot read", path, last_error());
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size == 0) return {nullptr, 0};
  void* address = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file, 0);
  if (address == MAP_FAILED) fail("cannot map", path, last_error());
  return {address, size};
}
#endif

Mapping map(const fs::path& path) {
#ifdef _WIN32
  const Handle file(CreateFileW(path.c_str(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, nullptr,
                                OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr));
#else
  const Descriptor file = open_ordinary(path);
#endif
  if (!file.valid()) fail("cannot read", path, last_error());
  return map(file.get(), path);
}

Mapping map(const HeldFile& file) {
#ifdef _WIN32
  return map(static_cast<HANDLE>(file.handle()), file.path());
#else
  return map(file.descriptor(), file.path());
#endif
}

}  // namespace

Mapped::Mapped(const fs::path& path) {
  const Mapping mapping = map(path);
  data_ = mapping.data;
  size_ = mapping.size;
}

Mapped::Mapped(const HeldFile& file) {
  const Mapping mapping = map(file);
  data_ = mapping.data;
  size_ = mapping.size;
}

Mapped::~Mapped() {
  if (data_ == nullptr) return;
#ifdef _WIN32
  UnmapViewOfFile(data_);
#else
  ::munmap(data_, size_);
#endif
}

}  // namespace kalima::files
