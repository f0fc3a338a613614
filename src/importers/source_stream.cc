#include "importers/source_stream.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "importers/verse_text.h"
#include "support/utf8.h"

namespace kalima::importers {
namespace {

// How the files of common archives begin.
constexpr std::pair<std::string_view, std::string_view> archives[] = {
    {"\x1F\x8B", "a gzip file"},
    {"PK\x03\x04", "a zip file"},
    {"BZh", "a bzip2 file"},
    {"\xFD"
     "7zXZ",
     "an xz file"},
    {"7z\xBC\xAF", "a 7z file"},
    {"Rar!", "a rar file"},
};

// Whether the last two bytes are the first half of a character of UTF-16 that has two.
bool ends_in_half(std::string_view bytes, bool little_endian) {
  const auto high = static_cast<unsigned char>(bytes[bytes.size() - (little_endian ? 1 : 2)]);
  return high >= 0xD8 && high <= 0xDB;
}

std::size_t line_ends(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

}  // namespace

SourceStream::SourceStream(const std::filesystem::path& path, const Limit& limit, InnerMarks marks)
    : Source(path),
      file_(std::in_place, path, limit.file,
            "is this the right file? If it is, `kalima import --max-size` takes a larger one"),
      limit_(limit),
      marks_(marks) {}

SourceStream::SourceStream(const std::filesystem::path& name, std::string bytes, const Limit& limit,
                           InnerMarks marks)
    : Source(name), bytes_(std::move(bytes)), limit_(limit), marks_(marks) {}

void SourceStream::rewind() {
  if (file_) file_->rewind();
  done_ = given_ = lines_ = 0;
  begun_ = ended_ = false;
  for (std::string* part : {&mark_, &half_, &text_}) part->clear();
}

std::optional<std::string_view> SourceStream::next() {
  lines_ += line_ends(std::string_view(text_).substr(0, given_));
  text_.erase(0, given_);
  given_ = 0;
  for (std::size_t looked = 0; given_ == 0 && !ended_;) {
    read_on();
    const std::size_t end = std::string_view(text_).substr(looked).rfind('\n');
    if (end != std::string_view::npos) given_ = looked + end + 1;
    looked = text_.size();
    if (looked - given_ <= limit_.line) continue;
    require_line_ends(text_);
    fail(line_of(given_), fmt::format("a line of more than {} MiB", limit_.line >> 20));
  }
  if (ended_) given_ = text_.size();
  if (given_ == 0) return std::nullopt;
  const std::string_view piece = std::string_view(text_).substr(0, given_);
  check(piece);
  return piece;
}

std::string_view SourceStream::read() {
  const std::string_view got =
      file_ ? file_->read(limit_.block) : std::string_view(bytes_).substr(done_, limit_.block);
  done_ += got.size();
  if (on_block_) on_block_(*this);
  return got;
}

// Adds the next bytes to the text.
void SourceStream::read_on() {
  std::string_view got = read();
  ended_ = got.empty();
  if (!std::exchange(begun_, true)) {
    for (const auto& [start, name_of_kind] : archives) {
      if (got.starts_with(start)) fail(0, fmt::format("this is {}; unpack it first", name_of_kind));
    }
    if (got.size() > 262 && got.substr(257, 5) == "ustar") fail(0, "this is a tar file; unpack it first");
    if (got.starts_with("\xFF\xFE") || got.starts_with("\xFE\xFF")) {
      mark_ = got.substr(0, 2);
      got.remove_prefix(2);
    } else if (got.starts_with(byte_order_mark)) {
      got.remove_prefix(byte_order_mark.size());
    }
  }
  if (mark_.empty()) {
    text_ += got;
  } else {
    add_utf16(got);
  }
}

void SourceStream::add_utf16(std::string_view bytes) {
  std::string all = mark_ + half_;
  all += bytes;
  std::size_t whole = all.size();
  if (!ended_) {
    whole -= whole % 2;
    if (whole > mark_.size() && ends_in_half(std::string_view(all).substr(0, whole), mark_[0] == '\xFF'))
      whole -= 2;
  }
  half_ = all.substr(whole);
  all.resize(whole);
  std::string as_utf8;
  const bool complete = utf8::from_utf16(all, as_utf8);
  text_ += as_utf8;
  if (!complete) fail(line_of(text_.size()), "the UTF-16 text is cut off or damaged here");
}

void SourceStream::check(std::string_view text) const {
  if (const std::size_t bad = utf8::first_invalid(text); bad != std::string_view::npos)
    fail(line_of(bad), "not valid UTF-8; save the file as UTF-8 (or UTF-16 with a byte order mark)");
  if (ended_) require_line_ends(text);
  require_no_marks(text);
  if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos)
    fail(line_of(zero), "has the control character U+0000 in it; the file is damaged, or is not a text file");
}

// `text` is all of the file, or all of it after some lines.
void SourceStream::require_line_ends(std::string_view text) const {
  if (lines_ == 0 && !text.starts_with('<') && text.find('\n') == std::string_view::npos &&
      std::ranges::count(text, '\r') > 1)
    fail(0, "its lines end in CR alone, as on old Macs; save it with the line ends LF or CR LF");
}

// The file's own mark is gone.
void SourceStream::require_no_marks(std::string_view text) const {
  if (lines_ == 0 && text.starts_with(byte_order_mark))
    fail(1, "begins with two byte order marks (U+FEFF)", "remove one of them");
  if (marks_ == InnerMarks::kept) return;
  if (const std::size_t mark = text.find(byte_order_mark); mark != std::string_view::npos) {
    fail(line_of(mark), inner_mark, remove_inner_mark);
  }
}

std::size_t SourceStream::line_of(std::size_t offset) const {
  return lines_ + 1 + line_ends(std::string_view(text_).substr(0, offset));
}

}  // namespace kalima::importers
