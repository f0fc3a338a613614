#include "importers/source_file.h"

#include <utility>

#include "importers/source_stream.h"

namespace kalima::importers {
namespace {

std::string text_of(SourceStream stream) {
  std::string text;
  text.reserve(stream.size());
  while (const auto lines = stream.next()) text += *lines;
  return text;
}

}  // namespace

SourceFile::SourceFile(const std::filesystem::path& path, std::size_t max_bytes)
    : Source(path), text_(text_of(SourceStream(path, max_bytes, files::no_limit))) {}

SourceFile::SourceFile(const std::filesystem::path& name, std::string bytes)
    : Source(name), text_(text_of(SourceStream(name, std::move(bytes), files::no_limit))) {}

}  // namespace kalima::importers
