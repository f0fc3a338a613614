#include "index/index.h"

#include <fmt/format.h>

#include <random>

#include "index/core.h"
#include "index/seal.h"
#include "index/terms_builder.h"
#include "snapshot/builder.h"
#include "support/error.h"
#include "support/files.h"

namespace kalima::index {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view core_name = "core", snapshot_name = "snapshot", terms_name = "terms";

fs::path core_path(const fs::path& folder) { return folder / core_name; }

fs::path snapshot_file(const fs::path& folder) { return folder / snapshot_name; }
fs::path terms_file(const fs::path& folder) { return folder / terms_name; }

// Checked before the snapshot is read.
const fs::path& sealed(const fs::path& folder) {
  require_sealed(folder, {snapshot_name, terms_name});
  return folder;
}

// A folder beside the final one that no other process uses.
fs::path scratch_of(const fs::path& folder) {
  std::random_device random;
  fs::path scratch = folder;
  scratch += fmt::format(".new-{:08x}", random());
  return scratch;
}

struct RemovedAtEnd {
  fs::path path;
  ~RemovedAtEnd() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
};

void build_snapshot(const store::CorpusReader& database, const fs::path& file, const Progress& progress) {
  const store::CorpusReader::OneState one_state(database);
  const store::Revision revision = database.revision();
  snapshot::Builder builder(database.identity(), revision.number, revision.mark);
  const auto whole = static_cast<std::size_t>(database.verse_count());
  std::size_t done = 0;
  database.each_verse([&](const corpus::Verse& verse) {
    builder.add(verse);
    if (++done % 100 == 0) progress("index: verses", done, whole);
  });
  builder.set_treebank_columns(database.columns(store::Table::treebank));
  database.each_row(store::Table::treebank,
                    [&](const corpus::TableRow& row) { builder.add_treebank_row(row); });
  builder.set_masaq_columns(database.columns(store::Table::masaq));
  database.each_row(store::Table::masaq, [&](const corpus::TableRow& row) { builder.add_masaq_row(row); });
  builder.write(file);
}

}  // namespace

fs::path folder_of(const fs::path& database) {
  fs::path folder = database;
  folder += "-index";
  return folder;
}

void build(const store::CorpusReader& database, const fs::path& folder, const Progress& progress) {
  const RemovedAtEnd scratch{scratch_of(folder)};
  std::error_code error;
  fs::create_directories(scratch.path, error);
  if (error) {
    throw Error(ErrorCode::io,
                fmt::format("cannot make {}: {}", files::to_utf8(scratch.path), error.message()),
                "the index is kept beside the database, in a folder that must be writable");
  }
  build_core(database, core_path(scratch.path), progress);
  build_snapshot(database, snapshot_file(scratch.path), progress);
  {
    const snapshot::Snapshot snapshot(snapshot_file(scratch.path));
    build_terms(snapshot, terms_file(scratch.path), progress);
  }
  seal(scratch.path, {snapshot_name, terms_name});
  files::remove_all(folder);
  files::replace(scratch.path, folder);
}

std::vector<std::string> differences(const store::CorpusReader& database, const fs::path& folder,
                                     const Progress& progress) {
  // In the system's folder for such files where the database's cannot be written to.
  RemovedAtEnd scratch{scratch_of(folder)};
  std::error_code error;
  if (!fs::create_directories(scratch.path, error)) {
    scratch.path = scratch_of(fs::temp_directory_path() / folder.filename());
    fs::create_directories(scratch.path);
  }
  build_snapshot(database, snapshot_file(scratch.path), progress);
  const snapshot::Snapshot made(snapshot_file(scratch.path));
  build_terms(made, terms_file(scratch.path), progress);
  build_core(database, core_path(scratch.path), progress);
  std::vector<std::string> found = columns::CoreFile(core_path(folder)).problems();
  if (files::read(core_path(scratch.path)) != files::read(core_path(folder)))
    found.push_back("index: the core file is not what the database gives");
  // With research written since, the verses differ as they should; the caller compares them one by one.
  const snapshot::Snapshot there(snapshot_file(folder));
  if (made.revision() == there.revision() &&
      files::read(snapshot_file(scratch.path)) != files::read(snapshot_file(folder))) {
    found.push_back("index: the snapshot is not what the database gives");
  }
  for (std::string& problem : term_differences(terms_file(scratch.path), terms_file(folder))) {
    found.push_back(std::move(problem));
  }
  return found;
}

Index::Index(const fs::path& folder, const store::CorpusReader& database)
    : folder_(sealed(folder)), core_(core_path(folder)), snapshot_(snapshot_file(folder)) {
  const std::string identity = database.identity();
  if (!database.holds({snapshot_.revision(), snapshot_.revision_mark()})) {
    throw Error(ErrorCode::bad_input,
                fmt::format("the index {} is of a later state than the database", files::to_utf8(folder)));
  }
  if (core_.identity() != identity || snapshot_.identity() != identity ||
      open_terms()->identity() != identity) {
    throw Error(ErrorCode::bad_input,
                fmt::format("the index {} is of another database", files::to_utf8(folder)));
  }
}

std::unique_ptr<TermIndex> Index::open_terms() const {
  return std::make_unique<TermIndex>(terms_file(folder_));
}

}  // namespace kalima::index
