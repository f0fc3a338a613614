#include "app/keeper.h"

#include "app/seal.h"
#include "store/corpus_reader.h"
#include "store/log_owner.h"
#include "store/schema.h"
#include "store/soundness.h"
#include "support/error.h"
#include "support/log.h"
#include "support/stop.h"

namespace kalima::app {
namespace {

constexpr auto interval = std::chrono::seconds(1);
// After something failed: to make an index takes the processor for some seconds.
constexpr auto interval_after_failure = std::chrono::seconds(10);
constexpr int max_openings = 3;

// Claimed only when it is up to date: one of a newer program stays as it is.
void prepare_for_writing(const std::filesystem::path& database) {
  store::require_own_log(database);
  store::require_one_name(database);
  store::share_permissions(database);
  store::bring_up_to_date(database);
  store::claim(database);
}

bool can_be_written(const std::filesystem::path& database) {
  try {
    store::Connection connection(database, store::OpenMode::read_write);
    if (!connection.writable()) return false;
    const store::Transaction transaction(connection);
    return true;
  } catch (const Error&) {  // whatever it is, it is tried again
    return false;
  }
}

void prepare(const ServiceOptions& options) {
  if (!options.read_only) prepare_for_writing(options.database);
  store::require_sound_research(store::CorpusReader(options.database).connection());
}

std::string text_of(const Error& e) { return e.cure().empty() ? e.what() : e.what() + ("; " + e.cure()); }

}  // namespace

std::shared_ptr<const Index> open_index(const std::filesystem::path& database,
                                        const std::function<void(const std::string&)>& rebuilding,
                                        const Progress& progress) {
  const store::CorpusReader reader(database);
  const auto folder = index_folder(database);
  for (int opening = 1;; ++opening) {
    try {
      return std::make_shared<const Index>(folder, reader);
    } catch (const Error& e) {  // only what a new index cures
      // Another program wrote to the files or touched them; what it leaves may be right.
      const bool changed = e.code() == ErrorCode::conflict;
      if (changed && opening < max_openings) continue;
      if (!changed && e.code() != ErrorCode::not_found && e.code() != ErrorCode::bad_input) throw;
      rebuilding(e.what());
      break;
    }
  }
  build_index(reader, folder, progress);
  return std::make_shared<const Index>(folder, reader);
}

std::shared_ptr<Generation> open_generation(const ServiceOptions& options, api::v1::ImportDesk& imports,
                                            const std::function<void(const std::string&)>& rebuilding,
                                            const Progress& progress) {
  prepare(options);
  return std::make_shared<Generation>(options, open_index(options.database, rebuilding, progress), imports);
}

std::shared_ptr<Generation> open_generation(const ServiceOptions& options, api::v1::ImportDesk& imports,
                                            std::shared_ptr<const Index> index) {
  prepare(options);
  return std::make_shared<Generation>(options, std::move(index), imports);
}

Keeper::Keeper(ServiceOptions options, Current& current, api::v1::ImportDesk& imports)
    : options_(std::move(options)), current_(current), imports_(imports), thread_([this] { run(); }) {}

Keeper::~Keeper() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_all();
  thread_.join();
}

std::string Keeper::problem() const {
  const auto generation = current_.get();
  const store::FileState state = generation->file().seen();
  if (state != store::FileState::same) return text_of(generation->file().error(state));
  const std::lock_guard lock(mutex_);
  return problem_;
}

void Keeper::set_problem(std::string problem) {
  {
    const std::lock_guard lock(mutex_);
    if (problem == problem_) return;
    problem_ = problem;
  }
  if (!problem.empty()) log::warning("{}", problem);
}

void Keeper::run() {
  std::unique_lock lock(mutex_);
  while (!stop_.wait_for(lock, interval, [this] { return stopping_; })) {
    if (std::chrono::steady_clock::now() < next_try_) continue;
    lock.unlock();
    try {
      look();
    } catch (const stop::Stopped&) {  // the server ends
    } catch (...) {                   // the thread's top
      set_problem(text_of(current_error()));
      next_try_ = std::chrono::steady_clock::now() + interval_after_failure;
    }
    lock.lock();
  }
}

void Keeper::look() {
  // An import is putting another database in the place of this one.
  const std::unique_lock renewal(current_.renewal(), std::try_to_lock);
  if (!renewal.owns_lock()) return;
  const auto now = current_.get();
  // First, because an immutable file does not show what happened to it.
  const bool frozen = !options_.read_only && now->file().frozen();
  if (frozen && open_for_writing()) return;
  // The index of another database would not help.
  if (now->file().seen() != store::FileState::same) return;
  // Asked before others take their place: a file that is removed does not show any more that it was changed.
  const bool changed =
      !now->index()->intact(Index::Files::columns) || !now->index()->intact(Index::Files::legacy);
  if (changed || now->index()->files_changed() || now->index()->unreadable()) {
    renew_index(*now);
  } else if (frozen) {
    set_problem("the database cannot be written to: its disk is full, or its folder is read-only");
  } else if (!options_.read_only && !now->file().writable()) {
    // SQLite shares what it opened for reading only among all connections of a process.
    set_problem(
        "the database's file could not be written to when the server started; restart it when it can be");
  } else {
    set_problem("");
  }
}

void Keeper::renew_index(const Generation& now) {
  const auto rebuilding = [this](const std::string& reason) {
    set_problem("the index is being rebuilt: " + reason);
  };
  const Progress until_stopped = [this](std::string_view, std::size_t, std::size_t) {
    const std::lock_guard lock(mutex_);
    if (stopping_) throw stop::Stopped();
  };
  // Its marks do not tell what is wrong with it.
  if (now.index()->unreadable()) forget_marks(index_folder(options_.database));
  auto index = open_index(options_.database, rebuilding, until_stopped);
  if (now.file().seen() != store::FileState::same) return;
  current_.replace(std::make_shared<Generation>(options_, std::move(index), imports_));
  log::warning("the index was replaced");
  set_problem("");
}

bool Keeper::open_for_writing() {
  if (!can_be_written(options_.database)) return false;
  prepare_for_writing(options_.database);
  current_.replace(std::make_shared<Generation>(options_, current_.get()->index(), imports_));
  log::warning("the database can be written to again");
  set_problem("");
  return true;
}

}  // namespace kalima::app
