#include "importers/translations.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "importers/source_file.h"
#include "support/error.h"
#include "support/files.h"

namespace kalima::importers {
namespace fs = std::filesystem;
namespace {

Translation from_name(const fs::path& file) {
  const std::string name = files::to_utf8(file.filename());
  const std::string language = name.substr(0, name.find('.'));
  const bool known = name.ends_with(".txt") || name.ends_with(".xml");
  if (!known || !is_language_tag(language)) {
    throw Error(ErrorCode::bad_input,
                fmt::format("{}: the name does not say the language", files::to_utf8(file)),
                "name translations LANG.NAME.txt or LANG.NAME.xml, such as en.sahih.txt");
  }
  return {language, file};
}

}  // namespace

bool is_language_tag(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto in_tag = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-'; };
  return text.size() >= 2 && text.size() <= 35 && letter(text.front()) && std::ranges::all_of(text, in_tag);
}

std::vector<Translation> translations_in(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> found;
  fs::directory_iterator at(folder, error);
  for (; !error && at != fs::directory_iterator(); at.increment(error)) {
    const fs::path file = at->path();
    if (!files::to_utf8(file.filename()).starts_with('.') && files::kind_of(file) != files::Kind::folder)
      found.push_back(file);
  }
  if (error) {
    throw Error(ErrorCode::not_found,
                fmt::format("cannot read the folder {}: {}", files::to_utf8(folder), error.message()));
  }
  if (found.empty()) {
    throw Error(ErrorCode::bad_input,
                fmt::format("{}: the folder has no translation", files::to_utf8(folder)),
                "name translations LANG.NAME.txt or LANG.NAME.xml, such as en.sahih.txt");
  }
  std::ranges::sort(found);
  std::vector<Translation> out;
  for (const fs::path& file : found) out.push_back(from_name(file));
  return out;
}

TranslationTexts read_translation(const Translation& from, const TanzilText& text,
                                  std::set<std::string>& ids) {
  const SourceFile file(from.file, max_text_bytes);
  TanzilText read = read_tanzil(file);
  finish_translation(file, read);
  TranslationTexts out;
  out.language = from.language;
  out.source = files::to_utf8(from.file.filename());
  out.id = fmt::format("tr-{}", from.language);
  for (int n = 2; !ids.insert(out.id).second; ++n) out.id = fmt::format("tr-{}-{}", from.language, n);
  for (std::size_t i = 0; i < read.verses.size(); ++i) {
    TextVerse& verse = read.verses[i];
    if (i >= text.verses.size() || verse.surah != text.verses[i].surah || verse.ayah != text.verses[i].ayah) {
      const auto place = [](const TextVerse& v) { return std::pair(v.surah, v.ayah); };
      const bool lacking = i >= text.verses.size() || place(verse) < place(text.verses[i]);
      file.fail(verse.line, lacking ? fmt::format("the text has no verse {}:{}", verse.surah, verse.ayah)
                                    : fmt::format("verse {}:{} where {}:{} is expected", verse.surah,
                                                  verse.ayah, text.verses[i].surah, text.verses[i].ayah));
    }
    out.texts.push_back(std::move(verse.text));
  }
  if (read.verses.size() < text.verses.size()) {
    const TextVerse& missing = text.verses[read.verses.size()];
    file.fail(read.verses.back().line,
              fmt::format("the file ends here; expected verse {}:{}, which the text has", missing.surah,
                          missing.ayah));
  }
  return out;
}

}  // namespace kalima::importers
