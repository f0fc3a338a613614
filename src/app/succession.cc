#include "app/succession.h"

#include <fmt/format.h>

#include <mutex>
#include <utility>

#include "app/index.h"
#include "app/new_corpus.h"
#include "store/copy.h"
#include "store/corpus_reader.h"
#include "store/former_database.h"
#include "support/error.h"
#include "support/files.h"
#include "support/log.h"

namespace kalima::app {
namespace fs = std::filesystem;
namespace {

// Another name of the file, so that it stays when its path is taken; a copy where the disk knows no such names.
void keep_file(const fs::path& database, const fs::path& kept) {
  std::error_code error;
  fs::create_hard_link(database, kept, error);
  if (error) store::write_copy(store::Connection(database, store::OpenMode::read_only), kept);
}

// What is next to a database while it is open, and says whose it is.
constexpr const char* companions[] = {"-wal", "-shm", "-owner"};

// Processes that have them open keep them.
void remove_companions(const fs::path& database) {
  for (const char* suffix : companions) files::remove_all(files::with_suffix(database, suffix));
}

// The files of both databases, while one takes the other's place.
class Places {
 public:
  Places(const fs::path& database, const fs::path& made, const files::Scratch& scratch)
      : database_(database),
        made_(made),
        former_(scratch / "former"),
        former_index_(scratch / "former-index") {}

  // What must be there before the former database has lost its path.
  void keep_former(const std::optional<KeptResearch>& kept, Succeeded& out) {
    keep_file(database_, former_);
    for (const char* suffix : companions) {
      std::error_code ignored;  // without them it is opened again, if it must come back
      fs::create_hard_link(files::with_suffix(database_, suffix), files::with_suffix(former_, suffix),
                           ignored);
    }
    if (!kept) return;
    out.backup = backup_name(database_);
    keep_file(database_, *out.backup);
    if (kept->left_out.empty()) return;
    out.left_out = left_out_name(*out.backup);
    files::write_durably(*out.left_out, kept->left_out);
  }

  void put_new() {
    files::sync(made_);
    begun_ = true;
    remove_companions(database_);
    files::replace(made_, database_);
    replaced_ = true;
    // An index that does not belong to the database is rebuilt at the next start, whatever happens here.
    exchange_index(index_folder(made_), former_index_);
    files::sync(database_);
  }

  // After put_new() or a part of it. Those who have the former database open see it as it was.
  void put_former_back() {
    if (!begun_) return;
    remove_companions(database_);
    if (replaced_) files::replace(former_, database_);
    for (const char* suffix : companions) {
      const fs::path kept = files::with_suffix(former_, suffix);
      if (files::kind_of(kept) != files::Kind::missing)
        files::replace(kept, files::with_suffix(database_, suffix));
    }
    if (files::kind_of(former_index_) != files::Kind::missing)
      exchange_index(former_index_, index_folder(made_));
    // It is not opened to be synced: to close it would end the locks of those who read it in this process.
  }

 private:
  void exchange_index(const fs::path& next, const fs::path& away) const {
    const fs::path index = index_folder(database_);
    require_replaceable_index(index);
    if (files::kind_of(index) != files::Kind::missing) files::replace(index, away);
    files::replace(next, index);
  }

  const fs::path database_, made_, former_, former_index_;
  bool begun_ = false, replaced_ = false;
};

}  // namespace

Succeeded succeed(const fs::path& database, Current& current, const Reopen& reopen, const fs::path& made,
                  const files::Scratch& scratch) {
  const std::lock_guard renewal(current.renewal());
  // Before anybody waits: it reads some hundred MB.
  const auto index = std::make_shared<Index>(index_folder(made), store::CorpusReader(made));
  index->move_to(index_folder(database));
  Current::Replacing replacing(current);
  const std::shared_ptr<Generation> former = replacing.generation();
  Succeeded out;
  std::shared_ptr<Generation> next;
  Places places(database, made, scratch);
  const auto exchange = [&] {
    {
      const store::CorpusReader reader(database);
      if (store::holds_research(reader.connection()))
        out.kept = keep_research(reader, former->index()->core(), made);
    }
    places.keep_former(out.kept, out);
    try {
      places.put_new();
      next = reopen(index);
    } catch (...) {
      places.put_former_back();
      throw;
    }
  };
  try {
    former->desk().hand_over(exchange);
  } catch (...) {  // the former database is at its path; nobody needs what was kept of it
    for (const auto& kept : {out.backup, out.left_out}) {
      if (kept) files::remove_all(*kept);
    }
    // Where the disk knows no second names, its file is another one now.
    if (former->desk().file().look() != store::FileState::same) replacing.put(reopen(former->index()));
    throw;
  }
  replacing.put(std::move(next));
  return out;
}

}  // namespace kalima::app
