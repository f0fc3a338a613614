#include "importers/translations.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "importers/source_file.h"
#include "support/error.h"
#include "support/files.h"
#include "support/lines.h"
#include "support/utf8.h"
#include "text/ladder.h"
#include "text/tokens.h"

namespace kalima::importers {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view how_to_name =
    "name translations LANG.NAME.txt or LANG.NAME.xml, such as en.sahih.txt";

// The language that the comments of a translation name, as Tanzil's do: "#  ID: en.sahih". Empty if they name none.
std::string language_in(std::string_view comments) {
  for (Lines lines(comments); lines.next();) {
    std::string_view line = lines.line();
    line.remove_prefix(std::min(line.find_first_not_of("# \t"), line.size()));
    if (!line.starts_with("ID:")) continue;
    line.remove_prefix(3);
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    const std::string_view language = line.substr(0, line.find('.'));
    if (language.size() < line.size() && is_language_tag(language)) return std::string(language);
  }
  return {};
}

Translation from_name(const fs::path& file) {
  const std::string name = files::to_utf8(file.filename());
  const std::string language = name.substr(0, name.find('.'));
  const bool known = name.ends_with(".txt") || name.ends_with(".xml");
  if (known && is_language_tag(language)) return {language, file};
  if (known) {
    // The name may be that of the translator alone.
    const std::string within = language_in(read_tanzil(SourceFile(file, max_text_bytes)).comments);
    if (!within.empty()) return {within, file, true};
  }
  throw Error(ErrorCode::bad_input,
              fmt::format("{}: the name does not say the language", files::to_utf8(file)),
              std::string(how_to_name));
}

// Whether the texts are those of the Quran itself.
bool is_arabic_text(const std::vector<std::string>& texts, const TanzilText& text) {
  const auto letters = [](std::string_view of) {
    std::string out;
    for (const kalima::text::Token& token : kalima::text::tokens(utf8::to_code_points(of)))
      out += kalima::text::match_key(kalima::text::letters(token.word));
    return out;
  };
  constexpr std::size_t compared = 20;
  std::size_t same = 0, verses = 0;
  for (; verses < std::min(compared, texts.size()); ++verses)
    same += letters(texts[verses]) == letters(text.verses[verses].text) ? 1 : 0;
  return verses > 0 && 2 * same > verses;
}

}  // namespace

bool is_language_tag(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto letter_or_digit = [&](char c) { return letter(c) || (c >= '0' && c <= '9'); };
  if (text.size() > 35) return false;
  for (bool first = true;; first = false) {
    const std::string_view part = text.substr(0, text.find('-'));
    const bool fits = first ? (part.size() == 2 || part.size() == 3) && std::ranges::all_of(part, letter)
                            : !part.empty() && part.size() <= 8 && std::ranges::all_of(part, letter_or_digit);
    if (!fits) return false;
    if (part.size() == text.size()) return true;
    text.remove_prefix(part.size() + 1);
  }
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
                std::string(how_to_name));
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
  const std::string within = language_in(read.comments);
  if (from.language_is_of_file) {
    out.note = fmt::format(
        "{}: taken as a translation into \"{}\", as the file says; for another language give "
        "--translation LANG={}",
        out.source, from.language, out.source);
  } else if (!within.empty() && within != from.language) {
    out.note =
        fmt::format("{}: imported as a translation into \"{}\", but the file says that it is into \"{}\"",
                    out.source, from.language, within);
  }
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
  if (is_arabic_text(out.texts, text))
    file.fail(0, "this is the text of the Quran in Arabic, not a translation");
  return out;
}

void require_other(const TranslationTexts& translation, const std::vector<TranslationTexts>& before) {
  for (const TranslationTexts& other : before) {
    if (other.texts != translation.texts) continue;
    throw Error(
        ErrorCode::bad_input,
        other.source == translation.source
            ? fmt::format("the translation {} is given twice", translation.source)
            : fmt::format("the translations {} and {} have the same texts", other.source, translation.source),
        "give each translation once: with --translation, or in the folder of --translations");
  }
}

}  // namespace kalima::importers
