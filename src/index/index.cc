#include "index/index.h"

#include <fmt/format.h>

#include "index/core.h"
#include "index/seal.h"
#include "index/terms_builder.h"
#include "snapshot/builder.h"
#include "support/error.h"
#include "support/files.h"
#include "support/scratch.h"
#include "support/stop.h"

namespace kalima::index {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view core_name = "core", snapshot_name = "snapshot", terms_name = "terms";

fs::path core_path(const fs::path& folder) { return folder / core_name; }

fs::path snapshot_file(const fs::path& folder) { return folder / snapshot_name; }
fs::path terms_file(const fs::path& folder) { return folder / terms_name; }

// Checked before the snapshot is read. The core file checks what is read of it itself.
files::Mapped sealed_snapshot(const fs::path& folder, const files::HeldFile& snapshot,
                              const files::HeldFile& terms) {
  require_sealed(folder, {{snapshot_name, snapshot}, {terms_name, terms}});
  return files::Mapped(snapshot);
}

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

// Beside the index, or in the system's folder for such files where that cannot be written to.
files::Scratch scratch_for(const fs::path& folder) {
  try {
    return files::Scratch(folder);
  } catch (const Error&) {  // if the other place fails too, its error is reported
    return files::Scratch(fs::temp_directory_path() / folder.filename());
  }
}

}  // namespace

void require_replaceable(const fs::path& folder) {
  const files::Kind kind = files::kind_of(folder);
  if (kind == files::Kind::missing) return;
  if (kind != files::Kind::folder) {
    throw Error(ErrorCode::bad_input,
                fmt::format("{} is not a folder, and is not replaced", files::to_utf8(folder)),
                "the index is kept in a folder of that name: move what is there away");
  }
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const std::string name = files::to_utf8(entry.path().filename());
    const bool part = name == core_name || name == snapshot_name || name == terms_name || is_seal(name);
    std::error_code ignored;
    if (part && !fs::is_directory(entry.symlink_status(ignored))) continue;
    throw Error(ErrorCode::bad_input,
                fmt::format("{} contains {}, which is not part of an index, and is not replaced",
                            files::to_utf8(folder), name),
                "the index is kept in that folder: move what is in it away");
  }
}

fs::path folder_of(const fs::path& database) {
  fs::path folder = database;
  folder += "-index";
  return folder;
}

void build(const store::CorpusReader& database, const fs::path& folder, const Progress& progress) {
  require_replaceable(folder);
  const files::Scratch scratch(folder);
  const fs::path made = scratch / "index";
  files::make_folder(made);
  build_core(database, core_path(made), progress);
  build_snapshot(database, snapshot_file(made), progress);
  {
    const snapshot::Snapshot snapshot(snapshot_file(made));
    build_terms(snapshot, terms_file(made), progress);
  }
  seal(made, {snapshot_name, terms_name});
  stop::check();
  files::remove_all(folder);
  files::replace(made, folder);
}

std::vector<std::string> differences(const store::CorpusReader& database, const fs::path& folder,
                                     const Progress& progress) {
  const files::Scratch scratch = scratch_for(folder);
  build_snapshot(database, snapshot_file(scratch.path()), progress);
  const snapshot::Snapshot made(snapshot_file(scratch.path()));
  build_terms(made, terms_file(scratch.path()), progress);
  build_core(database, core_path(scratch.path()), progress);
  std::vector<std::string> found = columns::CoreFile(core_path(folder)).problems();
  if (files::read(core_path(scratch.path())) != files::read(core_path(folder)))
    found.push_back("index: the core file differs from the database");
  // If research was written since, the verses differ as expected; the caller compares them one by one.
  const snapshot::Snapshot there(snapshot_file(folder));
  if (made.revision() == there.revision() &&
      files::read(snapshot_file(scratch.path())) != files::read(snapshot_file(folder))) {
    found.push_back("index: the snapshot differs from the database");
  }
  for (std::string& problem : term_differences(terms_file(scratch.path()), terms_file(folder))) {
    found.push_back(std::move(problem));
  }
  return found;
}

Index::Index(const fs::path& folder, const store::CorpusReader& database)
    : folder_(folder),
      seal_(files::mark_of(seal_file(folder))),
      held_core_(core_path(folder)),
      held_snapshot_(snapshot_file(folder)),
      held_terms_(terms_file(folder)),
      core_(files::Mapped(held_core_)),
      snapshot_(sealed_snapshot(folder, held_snapshot_, held_terms_)) {
  require_of(database);
  if (core_.identity() != snapshot_.identity() || open_terms()->identity() != snapshot_.identity()) {
    throw Error(ErrorCode::bad_input,
                fmt::format("the index {} is of another database", files::to_utf8(folder)));
  }
}

void Index::require_of(const store::CorpusReader& database) const {
  if (snapshot_.identity() != database.identity()) {
    throw Error(ErrorCode::bad_input,
                fmt::format("the index {} is of another database", files::to_utf8(folder_)));
  }
  if (!database.holds({snapshot_.revision(), snapshot_.revision_mark()})) {
    throw Error(ErrorCode::bad_input,
                fmt::format("the index {} is of a later state than the database", files::to_utf8(folder_)));
  }
}

std::unique_ptr<TermIndex> Index::open_terms() const {
  const std::lock_guard lock(opening_);
  return std::make_unique<TermIndex>(held_terms_, unreadable_);
}

bool Index::files_changed() const {
  return files::mark_of(core_path(folder_)) != held_core_.mark() ||
         files::mark_of(snapshot_file(folder_)) != held_snapshot_.mark() ||
         files::mark_of(terms_file(folder_)) != held_terms_.mark() ||
         files::mark_of(seal_file(folder_)) != seal_;
}

}  // namespace kalima::index
