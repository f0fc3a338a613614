#include "app/import.h"

#include <fmt/format.h>

#include <functional>
#include <random>

#include "importers/legacy.h"
#include "index/index.h"
#include "store/corpus_reader.h"
#include "store/corpus_writer.h"
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

// Fills a new database, makes its index and puts both at their place.
importers::Counts make_database(const fs::path& database, const Progress& progress,
                                const std::function<importers::Counts(store::CorpusWriter&)>& fill) {
  if (const fs::path parent = fs::absolute(database).parent_path(); !fs::exists(parent)) {
    std::error_code error;
    fs::create_directories(parent, error);
    if (error)
      throw Error(ErrorCode::io, fmt::format("cannot make {}: {}", files::to_utf8(parent), error.message()));
  }
  const Scratch scratch(database);
  importers::Counts counts;
  {
    store::CorpusWriter writer(scratch.path());
    counts = fill(writer);
    writer.finish();
  }
  index::build(store::CorpusReader(scratch.path()), index::folder_of(scratch.path()), progress);
  // The database goes first: an index that does not belong to it is made anew at the next start, whatever
  // happens between these steps.
  for (const char* suffix : {"-wal", "-shm"}) files::remove_all(with_suffix(database, suffix));
  files::replace(scratch.path(), database);
  files::remove_all(index::folder_of(database));
  files::replace(index::folder_of(scratch.path()), index::folder_of(database));
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

void reindex(const fs::path& database, const Progress& progress) {
  index::build(store::CorpusReader(database), index::folder_of(database), progress);
}

}  // namespace kalima::app
