#include "support/container.h"

#include <fmt/format.h>

#include <algorithm>

namespace kalima {
namespace {

// Reads as a different number on a machine of the other byte order.
constexpr std::uint32_t byte_order = 0x01020304;
constexpr std::size_t identity_size = 32;

struct Header {
  char magic[8];
  std::uint32_t byte_order;
  std::uint32_t format_version;
  std::uint32_t section_count;
  std::uint32_t reserved;
  char identity[identity_size];
  std::uint64_t file_size;
};
static_assert(sizeof(Header) % 8 == 0 && sizeof(ContainerEntry) % 8 == 0);
// For which there is room between the header and the first of them.
constexpr std::size_t max_sections = 64;

constexpr std::uint64_t aligned(std::uint64_t offset) { return (offset + 7) & ~std::uint64_t{7}; }

[[noreturn]] void cannot_write(const std::filesystem::path& path) {
  throw Error(ErrorCode::unavailable, fmt::format("cannot write {}", files::to_utf8(path)),
              "is the disk full?");
}

[[noreturn]] void damaged(const char* what) {
  throw Error(ErrorCode::bad_input, fmt::format("the index file is damaged or of another kind ({})", what));
}

}  // namespace

ContainerWriter::ContainerWriter(const std::filesystem::path& path, const ContainerKind& kind,
                                 std::string_view identity)
    : path_(path),
      kind_(kind),
      identity_(identity.substr(0, identity_size)),
      out_(path, std::ios::binary | std::ios::trunc) {
  const std::string room(sizeof(Header) + max_sections * sizeof(ContainerEntry), '\0');
  put(room.data(), room.size());
}

void ContainerWriter::begin(std::uint32_t section) {
  end_section();
  if (entries_.size() == max_sections) throw Error(ErrorCode::internal, "an index file of too many sections");
  entries_.push_back({section, written_, 0});
}

void ContainerWriter::append(std::string_view bytes) {
  put(bytes.data(), bytes.size());
  entries_.back().size += bytes.size();
}

void ContainerWriter::finish() {
  end_section();
  Header header{};
  std::memcpy(header.magic, kind_.magic, sizeof header.magic);
  header.byte_order = byte_order;
  header.format_version = kind_.version;
  header.section_count = static_cast<std::uint32_t>(entries_.size());
  std::memcpy(header.identity, identity_.data(), identity_.size());
  header.file_size = written_;
  out_.seekp(0);
  put(&header, sizeof header);
  put(entries_.data(), entries_.size() * sizeof(ContainerEntry));
  out_.close();
  if (!out_) cannot_write(path_);
  files::sync(path_);
}

void ContainerWriter::end_section() {
  static constexpr char zeros[8] = {};
  put(zeros, aligned(written_) - written_);
}

void ContainerWriter::put(const void* data, std::size_t size) {
  out_.write(static_cast<const char*>(data), static_cast<std::streamsize>(size));
  if (!out_) cannot_write(path_);
  written_ += size;
}

Container::Container(files::Mapped file, const ContainerKind& kind) : file_(std::move(file)) {
  const std::string_view all = file_.bytes();
  if (all.size() < sizeof(Header)) damaged("too short");
  Header header;
  std::memcpy(&header, all.data(), sizeof header);
  if (std::memcmp(header.magic, kind.magic, sizeof header.magic) != 0) damaged("not an index");
  if (header.byte_order != byte_order || header.format_version != kind.version) damaged("another version");
  if (header.file_size != all.size()) damaged("cut off");
  identity_ = std::string_view(header.identity, identity_size);
  identity_.resize(std::min(identity_.find('\0'), identity_.size()));
  if (header.section_count > (all.size() - sizeof(Header)) / sizeof(ContainerEntry))
    damaged("too many sections");
  for (std::uint32_t i = 0; i < header.section_count; ++i) {
    ContainerEntry entry;
    std::memcpy(&entry, all.data() + sizeof(Header) + i * sizeof(ContainerEntry), sizeof entry);
    if (entry.offset % 8 != 0 || entry.offset > all.size() || entry.size > all.size() - entry.offset) {
      damaged("a section lies outside the file");
    }
    sections_[static_cast<std::uint32_t>(entry.section)] = all.substr(entry.offset, entry.size);
  }
}

std::string_view Container::bytes(std::uint32_t section) const {
  const auto it = sections_.find(section);
  if (it == sections_.end()) damaged("a section is missing");
  return it->second;
}

}  // namespace kalima
