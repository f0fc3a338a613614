// What a file that was given without a name of its kind is: found from its first lines, and a translation from its name.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "importers/public.h"

namespace kalima::importers {

enum class FileKind : std::uint8_t { text, morphology, treebank, masaq, translation, conllu };
inline constexpr std::string_view file_kind_names[] = {"text",  "morphology",  "treebank",
                                                       "masaq", "translation", "conllu"};
constexpr std::string_view name_of(FileKind kind) { return file_kind_names[static_cast<std::size_t>(kind)]; }

// Reads the comments at the beginning of the file, and the first lines after them. A translation is a text whose name begins
// with its language: en.sahih.txt. Throws Error(bad_input), which names the file, for an archive, another encoding, and
// anything else that cannot be imported.
FileKind kind_of_file(const std::filesystem::path& file);

// The first part of the name of a translation: "en" of en.sahih.txt.
std::string language_of_name(const std::filesystem::path& translation);

struct KnownFile {
  std::filesystem::path path;
  FileKind kind;
};

// Files that make one corpus: either a CoNLL-U file alone, or a text and what belongs to it. Throws Error(bad_input) when
// they do not: two of a kind (of translations there may be many), or no text.
void require_one_corpus(const std::vector<KnownFile>& files);
// The files of a corpus that is not CoNLL-U.
PublicFiles public_files(const std::vector<KnownFile>& files);

}  // namespace kalima::importers
