#include "corpus/columns/file.h"

#include <fmt/format.h>

#include <algorithm>

#include "support/error.h"
#include "support/files.h"

namespace kalima::columns {
namespace {

constexpr std::string_view magic = "KALIMA-C";
constexpr std::size_t header_size = 88, entry_size = 32;

[[noreturn]] void refuse(const char* what) {
  throw Error(ErrorCode::bad_input, fmt::format("the core file is damaged or of another kind ({})", what));
}

constexpr std::uint64_t aligned(std::uint64_t offset) { return (offset + 7) & ~std::uint64_t{7}; }

template <typename Number>
std::uint32_t width_of(std::span<const Number> numbers) {
  const Number max = numbers.empty() ? 0 : std::ranges::max(numbers);
  if (max <= 0xFF) return 1;
  if (max <= 0xFFFF) return 2;
  return max <= 0xFFFFFFFF ? 4 : 8;
}

template <typename Number>
std::string packed(std::span<const Number> numbers, std::uint32_t width) {
  std::string out;
  out.reserve(numbers.size() * width);
  for (const Number number : numbers) {
    for (std::uint32_t i = 0; i < width; ++i) out += static_cast<char>(number >> (8 * i));
  }
  return out;
}

}  // namespace

void damaged(const char* what) {
  throw Error(ErrorCode::unavailable, fmt::format("the core file is damaged ({})", what),
              "kalima reindex rebuilds it");
}

Numbers::Numbers(std::string_view bytes, std::size_t width)
    : bytes_(bytes.data()), size_(bytes.size() / width), width_(width) {}

Range range_in(const Numbers& ends, std::size_t place, std::size_t bound) {
  const std::uint64_t begin = place == 0 ? 0 : ends[place - 1], end = ends[place];
  if (begin > end || end > bound) damaged("a range is wrong");
  return {static_cast<std::size_t>(begin), static_cast<std::size_t>(end)};
}

FileWriter::FileWriter(const std::filesystem::path& path, std::uint64_t table_hash, std::string_view identity)
    : path_(path),
      out_(path, std::ios::binary | std::ios::trunc),
      table_hash_(table_hash),
      identity_(identity.substr(0, max_identity)) {
  put(std::string(header_size, '\0'));
}

void FileWriter::put(std::string_view bytes) {
  out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  written_ += bytes.size();
  static constexpr char zeros[8] = {};
  const std::uint64_t pad = aligned(written_) - written_;
  out_.write(zeros, static_cast<std::streamsize>(pad));
  written_ += pad;
}

void FileWriter::add(SectionKey key, std::uint32_t width, std::string_view bytes) {
  entries_.push_back({key, width, written_, bytes.size(), hash_of(bytes)});
  put(bytes);
}

void FileWriter::add_numbers(SectionKey key, std::span<const std::uint64_t> numbers) {
  const std::uint32_t width = width_of(numbers);
  add(key, width, packed(numbers, width));
}

void FileWriter::add_numbers(SectionKey key, std::span<const std::uint32_t> numbers) {
  const std::uint32_t width = width_of(numbers);
  add(key, width, packed(numbers, width));
}

std::string FileWriter::header(std::string_view table) const {
  std::string out(magic);
  store(out, format_version);
  store(out, static_cast<std::uint32_t>(entries_.size()));
  store(out, table_hash_);
  out += identity_;
  out.resize(out.size() + max_identity - identity_.size(), '\0');
  store(out, written_);
  store(out, table_offset_);
  store(out, hash_of(table));
  store(out, hash_of(out));
  return out;
}

void FileWriter::finish() {
  std::string table;
  for (const Entry& entry : entries_) {
    store(table, static_cast<std::uint16_t>(entry.key.part));
    store(table, entry.key.of);
    store(table, entry.width);
    store(table, entry.offset);
    store(table, entry.size);
    store(table, entry.checksum);
  }
  table_offset_ = written_;
  put(table);
  const std::string head = header(table);
  out_.seekp(0);
  out_.write(head.data(), static_cast<std::streamsize>(head.size()));
  out_.close();
  if (!out_) {
    throw Error(ErrorCode::unavailable, fmt::format("cannot write {}", files::to_utf8(path_)),
                "is the disk full?");
  }
  files::sync(path_);
}

File::File(files::Mapped file, std::uint64_t table_hash) : mapped_(std::move(file)) {
  const std::string_view all = mapped_.bytes();
  if (all.size() < header_size) refuse("too short");
  const char* const head = all.data();
  if (!all.starts_with(magic)) refuse("no core file");
  if (load<std::uint32_t>(head + 8) != format_version) refuse("another version");
  if (load<std::uint64_t>(head + 80) != hash_of(all.substr(0, 80))) refuse("header");
  if (load<std::uint64_t>(head + 16) != table_hash) refuse("made for other attributes");
  const std::uint32_t count = load<std::uint32_t>(head + 12);
  identity_ = all.substr(24, max_identity);
  identity_.resize(std::min(identity_.find('\0'), identity_.size()));
  if (load<std::uint64_t>(head + 56) != all.size()) refuse("cut off");
  const std::uint64_t table = load<std::uint64_t>(head + 64);
  if (table < header_size || table > all.size() || count > (all.size() - table) / entry_size)
    refuse("table of sections");
  if (load<std::uint64_t>(head + 72) != hash_of(all.substr(table, count * entry_size)))
    refuse("table of sections");
  for (std::uint32_t i = 0; i < count; ++i) {
    const char* const entry = head + table + i * entry_size;
    const SectionKey key{static_cast<Part>(load<std::uint16_t>(entry)), load<std::uint16_t>(entry + 2)};
    const std::uint32_t width = load<std::uint32_t>(entry + 4);
    const std::uint64_t offset = load<std::uint64_t>(entry + 8), size = load<std::uint64_t>(entry + 16);
    if (offset < header_size || offset > table || size > table - offset) refuse("a section is outside");
    if (!(width == 1 || width == 2 || width == 4 || width == 8) || size % width != 0) refuse("a width");
    sections_[key] = {all.substr(offset, size), width, load<std::uint64_t>(entry + 24)};
  }
}

std::string_view File::bytes(SectionKey key) const {
  const auto it = sections_.find(key);
  return it != sections_.end() ? it->second.bytes : std::string_view();
}

Numbers File::numbers(SectionKey key) const {
  const auto it = sections_.find(key);
  return it != sections_.end() ? Numbers(it->second.bytes, it->second.width) : Numbers();
}

std::vector<SectionKey> File::changed() const {
  std::vector<SectionKey> out;
  for (const auto& [key, section] : sections_) {
    if (hash_of(section.bytes) != section.checksum) out.push_back(key);
  }
  return out;
}

}  // namespace kalima::columns
