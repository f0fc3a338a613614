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

SourceFile::SourceFile(const std::filesystem::path& path, const Limit& limit)
    : Source(path), text_(text_of(SourceStream(path, limit, InnerMarks::kept))) {}

SourceFile::SourceFile(const std::filesystem::path& name, std::string bytes)
    : Source(name), text_(text_of(SourceStream(name, std::move(bytes), {}, InnerMarks::kept))) {}

}  // namespace kalima::importers
