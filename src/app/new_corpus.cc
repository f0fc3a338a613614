#include "app/new_corpus.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string>

#include "app/index.h"
#include "app/library_folders.h"
#include "store/corpus_reader.h"
#include "support/clock.h"
#include "support/files.h"

namespace kalima::app {
namespace fs = std::filesystem;

importers::Counts fill_database(const fs::path& made, const Fill& fill) {
  store::CorpusWriter writer(made);
  importers::Counts counts = fill(writer);
  writer.finish();
  return counts;
}

void complete_corpus(const fs::path& made, const Progress& progress) {
  const store::CorpusReader reader(made);
  build_index(reader, index_folder(made), progress);
  remember_library_folders(reader);
}

importers::Counts make_corpus(const fs::path& made, const Fill& fill, const Progress& progress) {
  importers::Counts counts = fill_database(made, fill);
  complete_corpus(made, progress);
  return counts;
}

fs::path backup_name(const fs::path& database) {
  std::string time = local_iso_time(std::chrono::system_clock::now()).substr(0, 16);  // 2026-11-28T07:40
  std::erase_if(time, [](char c) { return c == '-' || c == ':'; });
  std::replace(time.begin(), time.end(), 'T', '-');
  const fs::path first = files::with_suffix(database, ".backup-" + time);
  fs::path name = first;
  for (int number = 2; files::kind_of(name) != files::Kind::missing; ++number) {
    name = files::with_suffix(first, fmt::format("-{}", number));
  }
  return name;
}

fs::path left_out_name(const fs::path& backup) { return files::with_suffix(backup, ".left-out.jsonl"); }

}  // namespace kalima::app
