#include "app/index.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "api/legacy/derived/from_database.h"
#include "api/legacy/derived/terms.h"
#include "api/legacy/derived/terms_builder.h"
#include "app/seal.h"
#include "index/core.h"
#include "index/term_writer.h"
#include "store/corpus_hash.h"
#include "support/error.h"
#include "support/files.h"
#include "support/mapped.h"
#include "support/scratch.h"
#include "support/stop.h"

namespace kalima::app {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view core_name = "core", words_name = "words", legacy_name = "legacy",
                           terms_name = "legacy-terms";
constexpr std::array known_names = {core_name, words_name, legacy_name, terms_name};
// Of earlier versions.
constexpr std::array<std::string_view, 2> former_names = {"snapshot", "terms"};

// Checked before anything is read.
files::Mapped sealed(const fs::path& folder, const files::OpenFile& core, const files::OpenFile& words,
                     const files::OpenFile& legacy, const index::TermFile& terms, Verification verification) {
  require_sealed(folder,
                 {{core_name, core}, {words_name, words}, {legacy_name, legacy}, {terms_name, terms.file()}},
                 verification);
  return files::Mapped(core);
}

// All files but the seal.
void build_files(const store::CorpusReader& database, const fs::path& folder, const Progress& progress) {
  index::build_core(database, folder / core_name, progress);
  search::build_words(columns::CoreFile(folder / core_name), folder / words_name);
  api::legacy::build_snapshot(database, folder / legacy_name, progress);
  api::legacy::build_terms(api::legacy::Snapshot(folder / legacy_name), folder / terms_name, progress);
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

void require_replaceable_index(const fs::path& folder) {
  const files::Kind kind = files::kind_of(folder);
  if (kind == files::Kind::missing) return;
  if (kind != files::Kind::folder) {
    throw Error(ErrorCode::bad_input,
                fmt::format("{} is not a folder, and is not replaced", files::to_utf8(folder)),
                "the index is kept in a folder of that name: move what is there away");
  }
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const std::string name = files::to_utf8(entry.path().filename());
    const bool part = is_seal(name) || std::ranges::find(known_names, name) != known_names.end() ||
                      std::ranges::find(former_names, name) != former_names.end();
    std::error_code ignored;
    if (part && !fs::is_directory(entry.symlink_status(ignored))) continue;
    throw Error(ErrorCode::bad_input,
                fmt::format("{} contains {}, which is not part of an index, and is not replaced",
                            files::to_utf8(folder), name),
                "the index is kept in that folder: move what is in it away");
  }
}

fs::path index_folder(const fs::path& database) { return files::with_suffix(database, "-index"); }

void build_index(const store::CorpusReader& database, const fs::path& folder, const Progress& progress) {
  require_replaceable_index(folder);
  // An index of a changed corpus would give wrong answers, and the one that may be there still has the right ones.
  store::require_imported_corpus(database.connection());
  const files::Scratch scratch(folder);
  const fs::path made = scratch / "index";
  files::make_folder(made);
  build_files(database, made, progress);
  seal(made, {core_name, words_name, legacy_name, terms_name});
  stop::check();
  files::remove_all(folder);
  files::replace(made, folder);
}

std::vector<std::string> index_differences(const store::CorpusReader& database, const fs::path& folder,
                                           const Progress& progress) {
  const files::Scratch scratch = scratch_for(folder);
  const fs::path made = scratch.path();
  build_files(database, made, progress);
  std::vector<std::string> found = columns::CoreFile(folder / core_name).problems();
  const auto compare = [&](std::string_view name, std::string_view what) {
    if (!files::same_bytes(made / name, folder / name))
      found.push_back(fmt::format("index: the {} differs from the database", what));
  };
  compare(core_name, "core file");
  compare(words_name, "file of words");
  // If research was written since, the old API's verses differ as expected; the caller compares them one by one.
  if (api::legacy::Snapshot(made / legacy_name).revision() ==
      api::legacy::Snapshot(folder / legacy_name).revision()) {
    compare(legacy_name, "snapshot");
  }
  for (std::string& problem : index::term_differences(made / terms_name, folder / terms_name)) {
    found.push_back(std::move(problem));
  }
  return found;
}

columns::CoreFile open_core(const fs::path& database) {
  const store::CorpusReader reader(database);
  return in_context(
      [] { return ErrorContext{.cure = "`kalima reindex` makes the index again"}; },
      [&] {
        const fs::path folder = index_folder(database);
        if (!fs::exists(folder / core_name)) {
          throw Error(ErrorCode::not_found, fmt::format("the index {} is missing", files::to_utf8(folder)));
        }
        columns::CoreFile core(folder / core_name);
        if (core.identity() != reader.identity()) {
          throw Error(ErrorCode::bad_input,
                      fmt::format("the index {} is of another database", files::to_utf8(folder)));
        }
        return core;
      });
}

Index::Index(const fs::path& folder, const store::CorpusReader& database, Verification verification)
    : folder_(folder),
      seal_(files::mark_of(seal_file(folder))),
      core_file_(folder / core_name),
      words_file_(folder / words_name),
      legacy_file_(folder / legacy_name),
      terms_(folder / terms_name, api::legacy::terms_version),
      core_(sealed(folder, core_file_, words_file_, legacy_file_, terms_, verification)),
      words_(files::Mapped(words_file_)),
      legacy_(files::Mapped(legacy_file_)) {
  require_of(database);
  const std::string& identity = legacy_.identity();
  if (core_.identity() != identity || words_.identity() != identity ||
      terms_.open()->identity() != identity || words_.verses() != core_.verses()) {
    throw Error(ErrorCode::bad_input,
                fmt::format("the index {} is of another database", files::to_utf8(folder)));
  }
}

void Index::require_of(const store::CorpusReader& database) const {
  if (legacy_.identity() != database.identity()) {
    throw Error(ErrorCode::bad_input,
                fmt::format("the index {} is of another database", files::to_utf8(folder_)));
  }
  if (!database.holds({legacy_.revision(), legacy_.revision_mark()})) {
    throw Error(ErrorCode::bad_input,
                fmt::format("the index {} is of a later state than the database", files::to_utf8(folder_)));
  }
}

bool Index::files_changed() const {
  return files::mark_of(folder_ / core_name) != core_file_.mark() ||
         files::mark_of(folder_ / words_name) != words_file_.mark() ||
         files::mark_of(folder_ / legacy_name) != legacy_file_.mark() ||
         files::mark_of(folder_ / terms_name) != terms_.file().mark() ||
         files::mark_of(seal_file(folder_)) != seal_;
}

bool Index::unreadable() const {
  return terms_.unreadable() || !core_.complete() || !words_.complete() || !legacy_.complete();
}

bool Index::intact(Files files) const {
  if (files == Files::columns)
    return core_file_.unchanged() && words_file_.unchanged() && core_.complete() && words_.complete();
  return legacy_file_.unchanged() && terms_.file().unchanged() && legacy_.complete();
}

bool Index::still_intact(Files files) const {
  if (files == Files::columns) return !core_file_.seen_changed() && !words_file_.seen_changed();
  return legacy_file_.unchanged() && !terms_.file().seen_changed() && legacy_.complete();
}

Error Index::changed() {
  return {ErrorCode::unavailable, "the files of the index were changed by another program",
          "they are being verified or made again; try again in a moment"};
}

}  // namespace kalima::app
