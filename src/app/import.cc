#include "app/import.h"

#include <fmt/format.h>

#include <chrono>
#include <random>
#include <string>
#include <thread>

#include "app/index.h"
#include "app/kept_research.h"
#include "app/new_corpus.h"
#include "importers/conllu.h"
#include "importers/legacy.h"
#include "importers/starter.h"
#include "store/companions.h"
#include "store/corpus_reader.h"
#include "store/corpus_writer.h"
#include "store/former_database.h"
#include "support/clock.h"
#include "support/error.h"
#include "support/files.h"
#include "support/scratch.h"
#include "support/stop.h"

namespace kalima::app {
namespace fs = std::filesystem;
namespace {

void require_replaceable(const store::FormerDatabase& former, const Target& target) {
  if (!former.holds_research() || target.replace_research || target.keep_research) return;
  throw Error(
      ErrorCode::bad_input,
      fmt::format("{} holds research, which this import would replace", files::to_utf8(target.database)),
      "give --keep-research, which takes it into the new one, or --replace; both keep a backup next to it");
}

// A look at the database takes it for itself for a moment, so two imports can be in each other's way. One that a
// server has open stays in use. `use` becomes what it was opened for: a check does not need it alone.
store::FormerDatabase former_database(const Target& target, store::FormerDatabase::Use& use) {
  using std::chrono::milliseconds;
  std::random_device random;
  for (milliseconds wait(10);; wait *= 2) {
    try {
      return store::FormerDatabase(target.database, use);
    } catch (const Error& e) {
      if (e.code() != ErrorCode::unavailable || wait > milliseconds(640)) throw;
    }
    if (target.check_only) use = store::FormerDatabase::Use::with_others;
    stop::check();
    std::this_thread::sleep_for(wait + milliseconds(random() % static_cast<unsigned>(wait.count())));
  }
}

store::FormerDatabase former_database(const Target& target) {
  auto use = store::FormerDatabase::Use::alone;
  return former_database(target, use);
}

// Writes that came after the research was read would be lost.
void require_kept(const fs::path& backup, const Target& target, const std::optional<KeptResearch>& kept) {
  if (!target.keep_research) return;
  const store::Connection connection(backup, store::OpenMode::read_only);
  if (kept && store::latest_revision(connection) == kept->revision) return;
  throw Error(ErrorCode::unavailable,
              fmt::format("{} was written while it was imported", files::to_utf8(target.database)),
              "import again; nothing was changed");
}

// Moves a new database and its index to their paths. The existing file was checked before the work, and is
// checked again.
std::optional<fs::path> put_in_place(const fs::path& made, const files::Scratch& scratch,
                                     const Target& target, const std::optional<KeptResearch>& kept) {
  std::optional<fs::path> backup;
  bool first = true;
  {
    const store::FormerDatabase former = former_database(target);
    require_replaceable(former, target);
    first = !former.exists();
    if (former.holds_research()) {
      former.copy_to(scratch / "backup");
      require_kept(scratch / "backup", target, kept);
      backup = backup_name(target.database);
    }
  }
  const fs::path index = index_folder(target.database);
  require_replaceable_index(index);
  stop::check();  // the last chance: from here on it runs to the end
  if (backup) {
    files::move_new(scratch / "backup", *backup);
    files::sync(*backup);
  }
  const auto place_index = [&] {
    files::remove_all(index);
    files::replace(index_folder(made), index);
  };
  // An existing database is replaced first: an index that does not belong to it is rebuilt at the next start,
  // whatever happens between these steps. A first database comes last, so that whoever sees it finds its
  // index too.
  if (first) place_index();
  for (const char* suffix : {"-wal", "-shm", "-owner"})
    files::remove_all(files::with_suffix(target.database, suffix));
  try {
    files::replace(made, target.database);
  } catch (...) {  // nothing was replaced, so the backup is not needed
    if (backup) files::remove_all(*backup);
    throw;
  }
  if (!first) place_index();
  files::sync(target.database);
  return backup;
}

Imported make_database(const files::Scratch& scratch, const Target& target, const Progress& progress,
                       const Fill& fill) {
  Imported imported;
  const fs::path made = scratch / "database";
  imported.counts = make_corpus(made, fill, progress);
  std::optional<KeptResearch> kept;
  if (target.keep_research) {
    bool holds = false;
    {
      const store::FormerDatabase former = former_database(target);
      holds = former.holds_research();
      if (holds) former.copy_to(scratch / "former");
    }
    if (holds) kept = keep_research_of_copy(scratch / "former", made, progress);
  }
  imported.backup = put_in_place(made, scratch, target, kept);
  if (!kept) return imported;
  if (!kept->left_out.empty()) {
    imported.left_out = left_out_name(*imported.backup);
    files::write_durably(*imported.left_out, kept->left_out);
  }
  imported.kept = std::move(kept->done);
  return imported;
}

Imported import_into(const Target& target, const Progress& progress, const Fill& fill) {
  // Before the work, so that nobody waits for something that will be refused.
  bool replaces = false, holds_research = false;
  auto use = store::FormerDatabase::Use::alone;
  {
    const store::FormerDatabase former = former_database(target, use);
    require_replaceable(former, target);
    replaces = former.exists();
    holds_research = former.holds_research();
  }
  require_replaceable_index(index_folder(target.database));
  if (target.check_only) {
    const files::Scratch scratch(fs::temp_directory_path() / "kalima-check");
    Imported checked;
    checked.counts = fill_database(scratch / "database", fill);
    checked.replaced = replaces;
    checked.in_use = use == store::FormerDatabase::Use::with_others;
    if (holds_research) checked.backup = backup_name(target.database);
    return checked;
  }
  const auto scratch = files::Scratch::alone(target.database);
  if (!scratch) {
    throw Error(ErrorCode::unavailable,
                fmt::format("another import is making {}", files::to_utf8(target.database)),
                "wait until that has ended");
  }
  Imported imported = make_database(*scratch, target, progress, fill);
  imported.replaced = replaces;
  return imported;
}

importers::Counts fill_with_starter(store::CorpusWriter& writer, const Progress& progress) {
  const std::string now = local_iso_time(std::chrono::system_clock::now());
  return importers::import_starter(importers::starter_texts(), now, writer, progress);
}

}  // namespace

Imported import_legacy(const fs::path& folder, const Target& target, const Progress& progress) {
  return import_into(target, progress, [&](store::CorpusWriter& writer) {
    return importers::import_legacy(folder, target.limits, writer, progress);
  });
}

Imported import_public(const importers::PublicFiles& files, const Target& target, const Progress& progress) {
  return import_into(target, progress, [&](store::CorpusWriter& writer) {
    return importers::import_public(files, target.limits, writer, progress);
  });
}

Imported import_conllu(const fs::path& file, const Target& target, const Progress& progress) {
  return import_into(target, progress, [&](store::CorpusWriter& writer) {
    return importers::import_conllu(file, target.limits, writer, progress);
  });
}

Imported import_starter(const Target& target, const Progress& progress) {
  return import_into(target, progress,
                     [&](store::CorpusWriter& writer) { return fill_with_starter(writer, progress); });
}

bool import_starter_if_missing(const fs::path& database, const Progress& progress) {
  const auto there = [&] { return files::kind_of(database) != files::Kind::missing; };
  while (!there()) {
    if (const auto scratch = files::Scratch::alone(database)) {
      // Checked again: another process may have made it, and ended, in between.
      if (there()) return false;
      store::FormerDatabase{database};  // refuses writes of a missing database
      make_database(*scratch, {database}, progress,
                    [&](store::CorpusWriter& writer) { return fill_with_starter(writer, progress); });
      return true;
    }
    stop::check();
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

void reindex(const fs::path& database, const Progress& progress) {
  const store::Companions companions(database);
  build_index(store::CorpusReader(database), index_folder(database), progress);
}

}  // namespace kalima::app
