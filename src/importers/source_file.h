// A text file that is imported: its text in memory as checked UTF-8.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "importers/source.h"

namespace kalima::importers {

// The largest size of a file, in bytes; texts, morphology and CoNLL-U have their own limits (tanzil_text.h,
// qac_morphology.h, conllu.h).
inline constexpr std::size_t max_corpus_bytes = 1u << 30, max_registry_bytes = 256u << 20,
                             max_metadata_bytes = 16u << 20, max_table_bytes = 512u << 20;

class SourceFile : public Source {
 public:
  // Reads the file and checks it as a SourceStream does.
  SourceFile(const std::filesystem::path& path, std::size_t max_bytes);
  // The same for bytes in memory; `name` names the file in messages.
  SourceFile(const std::filesystem::path& name, std::string bytes);

  std::string_view text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace kalima::importers
