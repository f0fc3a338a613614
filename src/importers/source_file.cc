#include "importers/source_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "support/files.h"
#include "support/utf8.h"

namespace kalima::importers {

namespace {

[[noreturn]] void fail_at(const std::filesystem::path& path, std::size_t line, const std::string& message,
                          std::size_t column = 0) {
  throw Error(ErrorCode::bad_input, message, {},
              {.file = files::to_utf8(path), .line = line, .column = column});
}

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

}  // namespace

SourceFile::SourceFile(const std::filesystem::path& path, std::size_t max_bytes)
    : SourceFile(path, files::read(path, max_bytes)) {}

SourceFile::SourceFile(const std::filesystem::path& name, std::string bytes)
    : path_(name), text_(std::move(bytes)) {
  for (const auto& [start, name_of_kind] : archives) {
    if (text_.starts_with(start)) fail(0, fmt::format("this is {}; unpack it first", name_of_kind));
  }
  if (text_.size() > 262 && text_.compare(257, 5, "ustar") == 0)
    fail(0, "this is a tar file; unpack it first");
  if (text_.starts_with("\xFF\xFE") || text_.starts_with("\xFE\xFF")) {
    std::string utf8_text;
    const bool whole = utf8::from_utf16(text_, utf8_text);
    text_ = std::move(utf8_text);
    if (!whole) fail(line_of(text_.size()), "the UTF-16 text is cut off or damaged here");
    check_signs();
    return;
  }
  if (text_.starts_with("\xEF\xBB\xBF")) text_.erase(0, 3);
  if (const std::size_t bad = utf8::first_invalid(text_); bad != std::string_view::npos) {
    fail(line_of(bad), "not valid UTF-8; save the file as UTF-8 (or UTF-16 with a byte order mark)");
  }
  check_signs();
}

std::size_t SourceFile::line_of(std::size_t offset) const {
  return 1 + static_cast<std::size_t>(
                 std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

void SourceFile::check_signs() const {
  if (!text_.starts_with('<') && text_.find('\n') == std::string::npos && std::ranges::count(text_, '\r') > 1)
    fail(0, "its lines end in CR alone, as on old Macs; save it with the line ends LF or CR LF");
  if (const std::size_t zero = text_.find('\0'); zero != std::string::npos)
    fail(line_of(zero), "has the control character U+0000 in it; the file is damaged, or is not a text file");
}

void SourceFile::fail(std::size_t line, const std::string& message) const { fail_at(path_, line, message); }

void SourceFile::fail(std::size_t line, std::size_t column, const std::string& message) const {
  fail_at(path_, line, message, column);
}

Place SourceFile::place(std::size_t line) const { return {.file = files::to_utf8(path_), .line = line}; }

}  // namespace kalima::importers
