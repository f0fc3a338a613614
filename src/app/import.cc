#include "app/import.h"

#include <fmt/format.h>

#include <chrono>
#include <functional>
#include <random>

#include "importers/conllu.h"
#include "importers/legacy.h"
#include "importers/starter.h"
#include "index/index.h"
#include "store/corpus_reader.h"
#include "store/corpus_writer.h"
#include "store/schema.h"
#include "support/clock.h"
#include "support/error.h"
#include "support/files.h"

namespace kalima::app {
namespace fs = std::filesystem;
namespace {

// The files that SQLite keeps beside a database.
fs::path with_suffix(const fs::path& path, const char* suffix) {
  fs::path out = path;
  out += suffix;
  return out;
}

// A database in the making, under a name that no other process uses; gone again unless it was moved.
class Scratch {
 public:
  explicit Scratch(const fs::path& database) : path_(database) {
    std::random_device random;
    path_ += fmt::format(".new-{:08x}", random());
  }
  ~Scratch() {
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(with_suffix(path_, suffix), ignored);
    fs::remove_all(index::folder_of(path_), ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// What may not be looked at is not there; the work that follows says why it cannot be done.
bool there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

fs::path folder_of(const fs::path& database) { return fs::absolute(database).parent_path(); }

void make_folder_of(const fs::path& database) {
  const fs::path folder = folder_of(database);
  if (there(folder)) return;
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    throw Error(ErrorCode::io, fmt::format("cannot make {}: {}", files::to_utf8(folder), error.message()));
}

// Makes a database by `fill`, with its index, and puts both in their places.
importers::Counts make_database(const fs::path& database, const Progress& progress,
                                const std::function<importers::Counts(store::CorpusWriter&)>& fill) {
  make_folder_of(database);
  store::require_replaceable(database);
  const Scratch scratch(database);
  importers::Counts counts;
  {
    store::CorpusWriter writer(scratch.path());
    counts = fill(writer);
    writer.finish();
  }
  index::build(store::CorpusReader(scratch.path()), index::folder_of(scratch.path()), progress);
  store::require_replaceable(database);
  const auto place_index = [&] {
    files::remove_all(index::folder_of(database));
    files::replace(index::folder_of(scratch.path()), index::folder_of(database));
  };
  // A former database is replaced first: an index that does not belong to it is made anew at the next start,
  // whatever happens between these steps. A first one comes last, so that who sees it finds its index too.
  const bool first = !there(database);
  if (first) place_index();
  for (const char* suffix : {"-wal", "-shm"}) files::remove_all(with_suffix(database, suffix));
  files::replace(scratch.path(), database);
  if (!first) place_index();
  files::sync(database);
  return counts;
}

}  // namespace

importers::Counts import_legacy(const fs::path& folder, const fs::path& database, const Progress& progress) {
  return make_database(database, progress, [&](store::CorpusWriter& writer) {
    return importers::import_legacy(folder, writer, progress);
  });
}

importers::Counts import_public(const importers::PublicFiles& files, const fs::path& database,
                                const Progress& progress) {
  return make_database(database, progress, [&](store::CorpusWriter& writer) {
    return importers::import_public(files, writer, progress);
  });
}

importers::Counts import_starter(const fs::path& database, const Progress& progress) {
  return make_database(database, progress, [&](store::CorpusWriter& writer) {
    const std::string now = local_iso_time(std::chrono::system_clock::now());
    return importers::import_starter(importers::starter_texts(), now, writer, progress);
  });
}

bool import_starter_if_missing(const fs::path& database, const Progress& progress) {
  if (there(database)) return false;
  make_folder_of(database);
  const files::FolderLock alone(folder_of(database));
  if (there(database)) return false;
  if (const fs::path log = with_suffix(database, "-wal"); there(log)) {
    // An import would remove it.
    throw Error(ErrorCode::bad_input,
                fmt::format("there is no database {}, but its latest writes may be in {}",
                            files::to_utf8(database), files::to_utf8(log)),
                "put the database back to that file, or move the file away");
  }
  import_starter(database, progress);
  return true;
}

importers::Counts import_conllu(const fs::path& file, const fs::path& database, const Progress& progress) {
  return make_database(database, progress, [&](store::CorpusWriter& writer) {
    return importers::import_conllu(importers::SourceFile(file), writer, progress);
  });
}

void reindex(const fs::path& database, const Progress& progress) {
  index::build(store::CorpusReader(database), index::folder_of(database), progress);
}

}  // namespace kalima::app
