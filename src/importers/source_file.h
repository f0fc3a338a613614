// A text file that is imported: its text in memory as checked UTF-8. U+FEFF may be inside, as in the strings of JSON.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "importers/limits.h"
#include "importers/source.h"

namespace kalima::importers {

class SourceFile : public Source {
 public:
  // Reads the file and checks it as a SourceStream does.
  SourceFile(const std::filesystem::path& path, const Limit& limit);
  // The same for bytes in memory; `name` names the file in messages.
  SourceFile(const std::filesystem::path& name, std::string bytes);

  std::string_view text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace kalima::importers
