// A file of numbered sections, each an array of plain values, written once and then mapped into memory.
//
//   header   what kind of file it is, byte order mark, format version, number of sections, identity of the corpus
//   entries  for each section: its number, where it starts, how many bytes; there is room for more of them
//   sections aligned to 8 bytes
//
// It is derived from the database: if its format version or identity is not the expected one, it is rebuilt,
// never converted.
#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "support/error.h"
#include "support/files.h"
#include "support/mapped.h"

namespace kalima {

// What a file holds: its first eight bytes, and the version of its contents.
struct ContainerKind {
  char magic[8];
  std::uint32_t version;
};

// Where a section is, as the file says it.
struct ContainerEntry {
  std::uint64_t section, offset, size;
};

// Threads: one.
class ContainerWriter {
 public:
  // Begins a new file, which is one only after finish(). Throws Error(unavailable), as all that writes, when it cannot be
  // written.
  ContainerWriter(const std::filesystem::path& path, const ContainerKind& kind, std::string_view identity);

  // Each section once.
  template <typename T>
  void add(std::uint32_t section, const std::vector<T>& values) {
    static_assert(std::is_trivially_copyable_v<T>);
    add_bytes(section, {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)});
  }
  void add_bytes(std::uint32_t section, std::string_view bytes) {
    begin(section);
    append(bytes);
  }
  // A section whose bytes come in parts; the next section ends it.
  void begin(std::uint32_t section);
  void append(std::string_view bytes);

  // Completes the file and has it on the disk.
  void finish();

 private:
  void end_section();
  void put(const void* data, std::size_t size);

  std::filesystem::path path_;
  ContainerKind kind_;
  std::string identity_;
  std::ofstream out_;
  std::uint64_t written_ = 0;
  std::vector<ContainerEntry> entries_;
};

class Container {
 public:
  // Throws Error(bad_input) if the file is damaged, or of another kind or version; given a path, Error(not_found) if it
  // is missing. The header is read once; what it says of the sections is checked.
  Container(files::Mapped file, const ContainerKind& kind);
  Container(const std::filesystem::path& path, const ContainerKind& kind)
      : Container(files::Mapped(path), kind) {}

  const std::string& identity() const { return identity_; }
  // False once a part of the file could not be read (mapped.h).
  bool complete() const { return file_.complete(); }
  std::string_view bytes(std::uint32_t section) const;
  template <typename T>
  std::span<const T> values(std::uint32_t section) const {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 8);
    const std::string_view raw = bytes(section);
    if (raw.size() % sizeof(T) != 0) throw Error(ErrorCode::bad_input, "a section has a wrong size");
    return {reinterpret_cast<const T*>(raw.data()), raw.size() / sizeof(T)};
  }
  // A section of code points.
  std::u32string_view text(std::uint32_t section) const {
    const auto letters = values<char32_t>(section);
    return {letters.data(), letters.size()};
  }

 private:
  files::Mapped file_;
  std::string identity_;
  std::map<std::uint32_t, std::string_view> sections_;
};

}  // namespace kalima
