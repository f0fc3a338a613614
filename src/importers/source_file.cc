#include "importers/source_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "support/files.h"
#include "support/utf8.h"

namespace kalima::importers {

namespace {

[[noreturn]] void fail_at(const std::filesystem::path& path, std::size_t line, const std::string& message,
                          std::size_t column = 0) {
  throw Error(ErrorCode::bad_input, message, {},
              {.file = files::to_utf8(path), .line = line, .column = column});
}

}  // namespace

SourceFile::SourceFile(const std::filesystem::path& path, std::size_t max_bytes)
    : SourceFile(path, files::read(path, max_bytes)) {}

SourceFile::SourceFile(const std::filesystem::path& name, std::string bytes)
    : path_(name), text_(std::move(bytes)) {
  const auto line_of = [this](std::size_t offset) {
    return 1 + static_cast<std::size_t>(
                   std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
  };
  if (text_.starts_with("\xFF\xFE") || text_.starts_with("\xFE\xFF")) {
    std::string utf8_text;
    const bool whole = utf8::from_utf16(text_, utf8_text);
    text_ = std::move(utf8_text);
    if (!whole) fail(line_of(text_.size()), "the UTF-16 text is cut off or damaged here");
    return;
  }
  if (text_.starts_with("\xEF\xBB\xBF")) text_.erase(0, 3);
  if (const std::size_t bad = utf8::first_invalid(text_); bad != std::string_view::npos) {
    fail(line_of(bad), "not valid UTF-8; save the file as UTF-8 (or UTF-16 with a byte order mark)");
  }
}

void SourceFile::fail(std::size_t line, const std::string& message) const { fail_at(path_, line, message); }

void SourceFile::fail(std::size_t line, std::size_t column, const std::string& message) const {
  fail_at(path_, line, message, column);
}

Place SourceFile::place(std::size_t line) const { return {.file = files::to_utf8(path_), .line = line}; }

}  // namespace kalima::importers
