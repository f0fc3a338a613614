// Translations: files in the formats of the text (tanzil_text.h), verse by verse like the text that they are of.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "importers/tanzil_text.h"

namespace kalima::importers {

struct Translation {
  std::string language;  // a language tag such as "en" or "zh-Hans"
  std::filesystem::path file;
};

// Whether it could be a language tag (BCP 47): it becomes part of an id.
bool is_language_tag(std::string_view text);

// The translations in a folder, by name. Their names begin with the language, as Tanzil's do: en.sahih.txt, zh-Hans.xml.
// Folders and hidden files are ignored. Throws Error(bad_input) for any other name and if the folder has none,
// Error(not_found) if the folder is missing.
std::vector<Translation> translations_in(const std::filesystem::path& folder);

struct TranslationTexts {
  std::string id, language, source;
  std::vector<std::string> texts;
};

// The translation's texts in the order of the verses of `text`; it must have exactly these verses. `ids` are those of the
// translations so far. Throws Error(bad_input) with file and line.
TranslationTexts read_translation(const Translation& from, const TanzilText& text,
                                  std::set<std::string>& ids);

}  // namespace kalima::importers
