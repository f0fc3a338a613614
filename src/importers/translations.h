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
  bool language_is_of_file = false;  // its comments name the language; its name does not
};

// Whether it has the form of a language tag (BCP 47) for a language of ISO 639, of two or three letters: en, zh-Hans. It
// becomes part of an id.
bool is_language_tag(std::string_view text);

// The translations in a folder, by name. Their names begin with the language, as Tanzil's do: en.sahih.txt, zh-Hans.xml.
// The language of another name, sahih.txt, is that of the comment "ID: en.sahih" in the file. Folders and hidden files are
// ignored. Throws Error(bad_input) if neither says the language and if the folder has none, Error(not_found) if the
// folder is missing.
std::vector<Translation> translations_in(const std::filesystem::path& folder);

struct TranslationTexts {
  std::string id, language, source;
  std::string note;  // what the user should know of its language; mostly empty
  std::vector<std::string> texts;
};

// The translation's texts in the order of the verses of `text`; it must have exactly these verses. `ids` are those of the
// translations so far. Throws Error(bad_input) with file and line; also for the Arabic text itself.
TranslationTexts read_translation(const Translation& from, const TanzilText& text,
                                  std::set<std::string>& ids);

// Throws Error(bad_input) if one of those before has the same texts.
void require_other(const TranslationTexts& translation, const std::vector<TranslationTexts>& before);

}  // namespace kalima::importers
