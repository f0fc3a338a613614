#include "exporters/legacy.h"

#include <fmt/format.h>

#include "api/legacy/verses/layout_tables.h"
#include "api/legacy/verses/verse_json.h"
#include "store/soundness.h"
#include "support/delimited.h"
#include "support/error.h"
#include "support/files.h"
#include "support/folder_files.h"
#include "support/json.h"
#include "support/scratch.h"
#include "support/stop.h"
#include "support/utf8.h"

namespace kalima::exporters {
namespace fs = std::filesystem;
namespace {

std::size_t write_corpus(const store::CorpusReader& database, const fs::path& file,
                         const Progress& progress) {
  std::string text;
  std::size_t verses = 0;
  const auto whole = static_cast<std::size_t>(database.verse_count());
  api::legacy::each_verse(database, [&](const corpus::Verse& verse, const api::legacy::VerseLayout& layout) {
    json::write_spaced(api::legacy::to_json(verse, layout), text);
    text += '\n';
    if (++verses % 100 == 0) progress("verses", verses, whole);
  });
  files::write_durably(file, text);
  return verses;
}

// The rows with their header line; nullopt if the table was not imported.
std::string table_text(const store::CorpusReader& database, store::Table table, char separator,
                       std::size_t& rows) {
  const std::vector<std::string> columns = database.columns(table);
  std::string text;
  if (columns.empty()) return text;
  delimited::write(columns, separator, text);
  database.each_row(table, [&](const corpus::TableRow& row) {
    delimited::write(row.cells, separator, text);
    ++rows;
  });
  return text;
}

void copy_folder(const std::optional<fs::path>& from, const fs::path& to, ExportCounts& counts) {
  if (!from) return;
  files::each_file_below(*from, [&](const fs::directory_entry& entry, const fs::path& relative) {
    stop::check();
    const fs::path target = to / relative;
    files::make_folders(target.parent_path());
    std::error_code error;
    fs::copy_file(entry.path(), target, error);
    if (error) {
      throw Error(ErrorCode::io,
                  fmt::format("cannot copy {}: {}", files::to_utf8(entry.path()), error.message()));
    }
    ++counts.files;
  });
}

}  // namespace

ExportCounts export_legacy(const store::CorpusReader& database, const ExportFolders& folders,
                           const fs::path& folder, const Progress& progress) {
  files::NewFolder made(folder);
  const store::CorpusReader::OneState one_state(database);
  store::require_sound_research(database.connection());
  const fs::path datasets = made.path() / "datasets";
  files::make_folders(datasets / "corpus");
  ExportCounts counts;
  counts.verses = write_corpus(database, datasets / "corpus" / "quran.jsonl", progress);

  const json::Value registry = database.registry_object();
  if (!registry.as_object()->empty()) {
    std::string text;
    json::write_indented(registry, text);
    files::write_durably(datasets / "corpus" / "tags.json", text);
  }
  if (const auto metadata = database.meta("legacy.metadata")) {
    files::write_durably(datasets / "corpus" / "metadata.json", *metadata);
  }
  const std::string treebank = table_text(database, store::Table::treebank, '\t', counts.treebank_rows);
  if (!treebank.empty()) {
    files::make_folders(datasets / "quranic" / "Quranic");
    files::write_durably(datasets / "quranic" / "Quranic" / "Quranic.csv",
                         utf8::to_utf16_with_mark(treebank));
  }
  const std::string masaq = table_text(database, store::Table::masaq, ',', counts.masaq_rows);
  if (!masaq.empty()) {
    files::make_folders(datasets / "masaq");
    files::write_durably(datasets / "masaq" / "MASAQ.csv", "\xEF\xBB\xBF" + masaq);
  }
  copy_folder(folders.notes, made.path() / "notes", counts);
  copy_folder(folders.resources, datasets / "resources", counts);
  made.put_in_place();
  return counts;
}

}  // namespace kalima::exporters
