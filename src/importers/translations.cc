#include "importers/translations.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "importers/verse_text.h"
#include "support/error.h"
#include "support/files.h"
#include "support/hash.h"
#include "support/lines.h"
#include "support/stop.h"
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

// All # lines of a translation.
std::string comments_of(const fs::path& path, const Limits& limits) {
  SourceStream file(path, limits.of(Part::translation));
  file.on_block([](const SourceStream&) { stop::check(); });
  TanzilReader verses(file);
  while (verses.next()) {
  }
  return verses.comments();
}

Translation from_name(const fs::path& file, const Limits& limits) {
  const std::string name = files::to_utf8(file.filename());
  const std::string language = name.substr(0, name.find('.'));
  const bool known = name.ends_with(".txt") || name.ends_with(".xml");
  if (known && is_language_tag(language)) return {language, file};
  if (known) {
    // The name may be that of the translator alone.
    const std::string within = language_in(comments_of(file, limits));
    if (!within.empty()) return {within, file, true};
  }
  throw Error(ErrorCode::bad_input,
              fmt::format("{}: the name does not say the language", files::to_utf8(file)),
              std::string(how_to_name));
}

// Whether a translation is the text of the Quran itself, by the letters of the first verses.
class ArabicCheck {
 public:
  void add(std::string_view translation, std::string_view text) {
    constexpr std::size_t compared = 20;
    if (verses_ == compared) return;
    ++verses_;
    same_ += letters(translation) == letters(text) ? 1 : 0;
  }
  bool is_arabic() const { return verses_ > 0 && 2 * same_ > verses_; }

 private:
  static std::string letters(std::string_view of) {
    std::string out;
    for (const kalima::text::Token& token : kalima::text::tokens(utf8::to_code_points(of)))
      out += kalima::text::match_key(kalima::text::letters(token.word));
    return out;
  }

  std::size_t same_ = 0, verses_ = 0;
};

std::pair<int, int> place_of(const TextVerse& verse) { return {verse.surah, verse.ayah}; }

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

std::vector<Translation> translations_in(const fs::path& folder, const Limits& limits) {
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
  for (const fs::path& file : found) out.push_back(from_name(file, limits));
  return out;
}

TranslationReader::TranslationReader(const Translation& from, SourceStream& text, const Limits& limits,
                                     const SourceStream::OnBlock& on_block, std::set<std::string>& ids)
    : from_(from),
      file_(from.file, limits.of(Part::translation)),
      id_(fmt::format("tr-{}", from.language)),
      source_(files::to_utf8(from.file.filename())) {
  file_.on_block(on_block);
  for (int n = 2; !ids.insert(id_).second; ++n) id_ = fmt::format("tr-{}-{}", from.language, n);
  check_alone();
  check_beside(text);
}

// The file itself, before it is compared with the text.
void TranslationReader::check_alone() {
  TanzilReader verses(file_);
  while (const auto verse = verses.next()) {
    if (const auto what = not_plain_text(verse->text)) {
      file_.fail(verse->line, fmt::format("verse {}:{} {}; expected nothing but its translation",
                                          verse->surah, verse->ayah, *what));
    }
  }
  note_language(language_in(verses.comments()));
}

void TranslationReader::check_beside(SourceStream& text) {
  TanzilReader verses(file_);
  ArabicReader expected(text);
  Hasher hasher;
  ArabicCheck arabic;
  std::size_t line = 0;
  for (std::optional<TextVerse> wanted = expected.next();; wanted = expected.next()) {
    const std::optional<TextVerse> verse = verses.next();
    if (!verse && wanted) {
      file_.fail(line, fmt::format("the file ends here; expected verse {}:{}, which the text has",
                                   wanted->surah, wanted->ayah));
    }
    if (!verse) break;
    line = verse->line;
    require_expected(*verse, wanted);
    hasher.add(fmt::format("{}:{}", verse->text.size(), verse->text));
    arabic.add(verse->text, wanted->text);
    with_text_ += verse->text.empty() ? 0 : 1;
  }
  if (arabic.is_arabic()) file_.fail(0, "this is the text of the Quran in Arabic, not a translation");
  hash_ = hasher.value();
}

void TranslationReader::require_expected(const TextVerse& verse,
                                         const std::optional<TextVerse>& expected) const {
  if (expected && place_of(verse) == place_of(*expected)) return;
  const bool lacking = !expected || place_of(verse) < place_of(*expected);
  file_.fail(verse.line, lacking ? fmt::format("the text has no verse {}:{}", verse.surah, verse.ayah)
                                 : fmt::format("verse {}:{} where {}:{} is expected", verse.surah, verse.ayah,
                                               expected->surah, expected->ayah));
}

// `within` is the language that the file names.
void TranslationReader::note_language(const std::string& within) {
  if (from_.language_is_of_file) {
    note_ = fmt::format(
        "{}: taken as a translation into \"{}\", as the file says; for another language give "
        "--translation LANG={}",
        source_, from_.language, source_);
  } else if (!within.empty() && within != from_.language) {
    note_ = fmt::format("{}: imported as a translation into \"{}\", but the file says that it is into \"{}\"",
                        source_, from_.language, within);
  }
}

void TranslationReader::require_other_than(
    const std::vector<std::unique_ptr<TranslationReader>>& before) const {
  for (const auto& other : before) {
    if (other->hash_ != hash_) continue;
    throw Error(ErrorCode::bad_input,
                other->source_ == source_
                    ? fmt::format("the translation {} is given twice", source_)
                    : fmt::format("the translations {} and {} have the same texts", other->source_, source_),
                "give each translation once: with --translation, or in the folder of --translations");
  }
}

std::string TranslationReader::text_of(const TextVerse& verse) {
  if (!verses_) verses_.emplace(file_);
  std::optional<TextVerse> own = verses_->next();
  if (!own || place_of(*own) != place_of(verse)) file_.fail(0, "the file was changed while it was read");
  return std::move(own->text);
}

}  // namespace kalima::importers
