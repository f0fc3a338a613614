#include "importers/kinds.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "importers/limits.h"
#include "importers/source_stream.h"
#include "support/error.h"
#include "support/files.h"
#include "support/utf8.h"
#include "text/letters.h"
#include "text/unicode.h"

namespace kalima::importers {
namespace fs = std::filesystem;
namespace {

// Enough for the notice of those who published it, and the first verses.
constexpr std::size_t head_bytes = 4 * MiB;
// Lines, apart from comments, that are looked at before a file is given up.
constexpr std::size_t max_head_lines = 400;

// A line may be all of a text in XML.
constexpr Limit head_limit{.line = default_limits[static_cast<std::size_t>(Part::text)].limit.line,
                           .block = 64 * KiB};

std::vector<std::string_view> cells(std::string_view line, char separator) {
  std::vector<std::string_view> out;
  for (;;) {
    const std::size_t end = std::min(line.find(separator), line.size());
    std::string_view cell = kalima::text::stripped(line.substr(0, end));
    if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
    out.push_back(cell);
    if (end == line.size()) return out;
    line.remove_prefix(end + 1);
  }
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool same_letters(std::string_view a, std::string_view lower) {
  return std::ranges::equal(
      a, lower, {}, [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
}

// A header line that has both names.
bool has_columns(std::string_view line, std::string_view first, std::string_view second) {
  return std::ranges::any_of(std::array{'\t', ',', ';'}, [&](char separator) {
    const auto names = cells(line, separator);
    const auto has = [&](std::string_view name) {
      return std::ranges::any_of(names, [&](std::string_view cell) { return same_letters(cell, name); });
    };
    return has(first) && has(second);
  });
}

// "(1:1:1:1)" or "1:1:1:1", or the header of that column.
bool is_location(std::string_view cell) {
  if (cell == "LOCATION") return true;
  if (cell.starts_with('(') && cell.ends_with(')')) cell = cell.substr(1, cell.size() - 2);
  return std::ranges::count(cell, ':') == 3 && is_digit(cell.front()) && is_digit(cell.back()) &&
         std::ranges::all_of(cell, [](char c) { return c == ':' || is_digit(c); });
}

// What a line of a table says; nullopt for one of a text.
std::optional<FileKind> kind_of_row(std::string_view line) {
  const auto columns = cells(line, '\t');
  if (columns.size() == 10 && !columns[0].empty() && is_digit(columns[0].front())) return FileKind::conllu;
  if (columns.size() >= 3 && !columns[0].empty() && is_location(columns[0])) return FileKind::morphology;
  if (has_columns(line, "chapter_id", "verse_id")) return FileKind::treebank;
  if (has_columns(line, "sura_no", "verse_no")) return FileKind::masaq;
  return std::nullopt;
}

// "en.sahih.txt", "zh-Hans.xml": the first part is a language tag with a language of two or three letters.
bool is_named_as_translation(const fs::path& file) {
  const std::string name = files::to_utf8(file.filename());
  if (!name.ends_with(".txt") && !name.ends_with(".xml")) return false;
  const std::string language = language_of_name(file);
  const std::size_t primary = std::min(language.find('-'), language.size());
  return (primary == 2 || primary == 3) && is_language_tag(language);
}

bool has_arabic(std::string_view line) {
  for (std::size_t at = 0; at < line.size();) {
    const auto next = utf8::decode(line, at);
    if (kalima::text::is_arabic_letter(next)) return true;
  }
  return false;
}

[[noreturn]] void refuse(const fs::path& file, std::string message, std::string cure) {
  throw Error(ErrorCode::bad_input, std::move(message), std::move(cure), {.file = files::to_utf8(file)});
}

FileKind kind_of_text(const fs::path& file, bool arabic, bool any_verse) {
  if (is_named_as_translation(file)) {
    // bad.txt need not be a translation into the language bad.
    if (any_verse) return FileKind::translation;
    refuse(file, "this is not a file that can be imported: no line begins with the number of a verse",
           "a translation has lines SURAH|AYAH|text, or all verses in order, one in each line");
  }
  if (arabic) return FileKind::text;
  refuse(file,
         "this is not a file that can be imported, or a translation whose name does not say its language",
         "name translations LANG.NAME.txt or LANG.NAME.xml, such as en.sahih.txt");
}

}  // namespace

FileKind kind_of_file(const fs::path& file) {
  SourceStream stream(file, head_limit);
  bool any = false, arabic = false, xml = false, numbers = false;
  std::size_t looked = 0;
  SourceLines lines(stream);
  const auto more = [&] { return looked < max_head_lines && stream.done() < head_bytes; };
  while (more() && lines.next()) {
    const std::string_view line = kalima::text::stripped(lines.line());
    if (line.empty() || line.starts_with('#')) continue;
    if (!any) {
      any = true;
      xml = line.starts_with('<');
      // The line with its white space: a cell of a table may be empty.
      if (const auto table = xml ? std::nullopt : kind_of_row(lines.line())) return *table;
    }
    ++looked;
    numbers = numbers || is_digit(line.front());
    if (!xml || line.find("text=") != std::string_view::npos) arabic = arabic || has_arabic(line);
  }
  if (!any) {
    refuse(file,
           lines.number() == 0
               ? "the file is empty"
               : fmt::format("nothing but comments and empty lines in its first {} lines", lines.number()),
           "choose another file");
  }
  // All verses in order need no numbers: they are more lines than were looked at.
  return kind_of_text(file, arabic, xml || numbers || !more());
}

std::string language_of_name(const fs::path& translation) {
  const std::string name = files::to_utf8(translation.filename());
  return name.substr(0, name.find('.'));
}

void require_one_corpus(const std::vector<KnownFile>& files) {
  const KnownFile* first_of[std::size(file_kind_names)] = {};
  for (const KnownFile& file : files) {
    const KnownFile*& first = first_of[static_cast<std::size_t>(file.kind)];
    if (first != nullptr && file.kind != FileKind::translation) {
      throw Error(ErrorCode::bad_input,
                  fmt::format("{} and {} are of the same kind: {}", files::to_utf8(first->path.filename()),
                              files::to_utf8(file.path.filename()), name_of(file.kind)),
                  "give one of them; the name of a translation begins with its language: en.sahih.txt");
    }
    if (first == nullptr) first = &file;
  }
  const auto has = [&](FileKind kind) { return first_of[static_cast<std::size_t>(kind)] != nullptr; };
  if (has(FileKind::conllu)) {
    if (files.size() == 1) return;
    throw Error(ErrorCode::bad_input,
                "a CoNLL-U file is a whole corpus; the other files cannot be added to it",
                "give it alone, or leave it out");
  }
  if (!has(FileKind::text)) {
    throw Error(ErrorCode::bad_input, "a text of the Quran is missing among the files",
                "add one of https://tanzil.net, such as quran-uthmani.txt: the other files belong to a text");
  }
}

PublicFiles public_files(const std::vector<KnownFile>& files) {
  PublicFiles out;
  for (const KnownFile& file : files) {
    switch (file.kind) {
      case FileKind::text:
        out.text = file.path;
        break;
      case FileKind::morphology:
        out.morphology = file.path;
        break;
      case FileKind::treebank:
        out.treebank = file.path;
        break;
      case FileKind::masaq:
        out.masaq = file.path;
        break;
      case FileKind::translation:
        out.translations.push_back({language_of_name(file.path), file.path});
        break;
      case FileKind::conllu:
        break;  // require_one_corpus() lets none be here
    }
  }
  return out;
}

}  // namespace kalima::importers
