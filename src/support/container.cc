#include "support/container.h"

#include <fmt/format.h>

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
struct Entry {
  std::uint64_t section, offset, size;
};
static_assert(sizeof(Header) % 8 == 0 && sizeof(Entry) % 8 == 0);

constexpr std::uint64_t aligned(std::uint64_t offset) { return (offset + 7) & ~std::uint64_t{7}; }

[[noreturn]] void damaged(const char* what) {
  throw Error(ErrorCode::bad_input, fmt::format("the index file is damaged or of another kind ({})", what));
}

}  // namespace

void ContainerWriter::write(const std::filesystem::path& path) const {
  Header header{};
  std::memcpy(header.magic, kind_.magic, sizeof header.magic);
  header.byte_order = byte_order;
  header.format_version = kind_.version;
  header.section_count = static_cast<std::uint32_t>(sections_.size());
  std::memcpy(header.identity, identity_.data(), std::min(identity_.size(), identity_size));
  std::vector<Entry> entries;
  std::uint64_t offset = aligned(sizeof(Header) + sections_.size() * sizeof(Entry));
  for (const auto& [section, bytes] : sections_) {
    entries.push_back({section, offset, bytes.size()});
    offset = aligned(offset + bytes.size());
  }
  header.file_size = offset;

  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  std::uint64_t written = 0;
  const auto put = [&](const void* data, std::size_t size) {
    out.write(static_cast<const char*>(data), static_cast<std::streamsize>(size));
    written += size;
    static constexpr char zeros[8] = {};
    const std::uint64_t pad = aligned(written) - written;
    out.write(zeros, static_cast<std::streamsize>(pad));
    written += pad;
  };
  put(&header, sizeof header);
  put(entries.data(), entries.size() * sizeof(Entry));
  for (const auto& [section, bytes] : sections_) put(bytes.data(), bytes.size());
  out.close();
  if (!out) {
    throw Error(ErrorCode::unavailable, fmt::format("cannot write {}", files::to_utf8(path)),
                "is the disk full?");
  }
  files::sync(path);
}

Container::Container(files::Mapped file, const ContainerKind& kind) : file_(std::move(file)) {
  const std::string_view all = file_.bytes();
  if (all.size() < sizeof(Header)) damaged("too short");
  Header header;
  std::memcpy(&header, all.data(), sizeof header);
  if (std::memcmp(header.magic, kind.magic, sizeof header.magic) != 0) damaged("not an index");
  if (header.byte_order != byte_order || header.format_version != kind.version) damaged("another version");
  if (header.file_size != all.size()) damaged("cut off");
  identity_ = all.substr(offsetof(Header, identity), identity_size);
  identity_ = identity_.substr(0, identity_.find('\0'));
  if (header.section_count > (all.size() - sizeof(Header)) / sizeof(Entry)) damaged("too many sections");
  for (std::uint32_t i = 0; i < header.section_count; ++i) {
    Entry entry;
    std::memcpy(&entry, all.data() + sizeof(Header) + i * sizeof(Entry), sizeof entry);
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
