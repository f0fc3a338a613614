// Translations: files in the formats of the text (tanzil_text.h), verse by verse like the text that they are of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "importers/limits.h"
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
std::vector<Translation> translations_in(const std::filesystem::path& folder, const Limits& limits);

// A translation that was checked, and is read again verse by verse. Threads: one.
class TranslationReader {
 public:
  // Reads all of the translation and of `text`: both must have the same verses. `on_block` is told of what is read of it, now
  // and later. `ids` are those of the translations so far.
  // Throws Error(bad_input) with file and line; also for the Arabic text itself.
  TranslationReader(const Translation& from, SourceStream& text, const Limits& limits,
                    const SourceStream::OnBlock& on_block, std::set<std::string>& ids);

  const std::string& id() const { return id_; }
  const std::string& language() const { return from_.language; }
  const std::string& source() const { return source_; }
  // What the user should know of its language; mostly empty.
  const std::string& note() const { return note_; }
  // Verses that have a text.
  std::size_t with_text() const { return with_text_; }

  // Throws Error(bad_input) if one of those before has the same texts.
  void require_other_than(const std::vector<std::unique_ptr<TranslationReader>>& before) const;
  // The text of this verse. Call it with each verse of the text, in their order. Throws Error(bad_input) if the file has become
  // another one.
  std::string text_of(const TextVerse& verse);

 private:
  void check_alone();
  void check_beside(SourceStream& text);
  void require_expected(const TextVerse& verse, const std::optional<TextVerse>& expected) const;
  void note_language(const std::string& within);

  Translation from_;
  SourceStream file_;
  std::optional<TanzilReader> verses_;  // read again
  std::string id_, source_, note_;
  std::size_t with_text_ = 0;
  std::uint64_t hash_ = 0;  // of the texts
};

}  // namespace kalima::importers
