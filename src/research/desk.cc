#include "research/desk.h"

#include <fmt/format.h>

#include "store/log_owner.h"
#include "store/schema.h"
#include "support/error.h"
#include "support/files.h"
#include "support/log.h"

namespace kalima::research {
namespace {

constexpr std::chrono::seconds max_wait_for_readers(20);
constexpr std::chrono::milliseconds pause_for_readers(50);

store::Connection open_database(const Desk::Options& options) {
  store::Connection connection(options.database,
                               options.read_only ? store::OpenMode::read_only : store::OpenMode::read_write);
  if (options.read_only) {
    store::require_current(connection);
  } else {
    // FULL: a commit is on the disk when it returns, and survives a loss of power.
    connection.execute("PRAGMA synchronous=FULL");
    store::migrate(connection);
  }
  return connection;
}

}  // namespace

Desk::Desk(const Options& options, std::int64_t revision, OnChange on_change)
    : options_(options),
      on_change_(std::move(on_change)),
      connection_(open_database(options)),
      file_(options.database, connection_),
      seen_(revision) {
  take_over_changes();
  watcher_ = std::thread([this] { watch(); });
}

Desk::~Desk() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_watching_.notify_all();
  watcher_.join();
  if (handed_over_) {
    connection_.leave_log();  // the one at its path is another's
    return;
  }
  try {
    look_at_file();
  } catch (const Error& e) {  // a destructor cannot do more
    log::error("the latest writes stay in the log: {}", e.what());
  }
  // The end of the last connection takes the log in and removes what has its name; neither may be ours.
  if (file_.seen() == store::FileState::overwritten || file_.has_another_log()) connection_.leave_log();
}

void Desk::require_writable() const {
  if (!options_.read_only) return;
  throw Error(ErrorCode::forbidden, "the server was started with --read-only: nothing can be changed");
}

std::int64_t Desk::write(std::optional<std::int64_t> verse, const std::string& action,
                         const std::function<void(store::ResearchEdit&)>& edit,
                         const std::function<void(const store::ResearchEdit&)>& written) {
  require_writable();
  const std::lock_guard lock(mutex_);
  require_same_file();
  store::Transaction transaction(connection_);
  take_over_changes();
  store::ResearchEdit changes(connection_, verse);
  edit(changes);
  std::int64_t entry = 0;
  if (changes.changed()) {
    entry = store::add_history(connection_, changes, action);
    transaction.commit();
    take_over_changes();
    // The file may have been replaced before or after the commit.
    require_same_file();
  }
  if (written) written(changes);
  return entry;
}

std::int64_t Desk::undo(std::int64_t entry) {
  require_writable();
  const std::lock_guard lock(mutex_);
  require_same_file();
  store::Transaction transaction(connection_);
  const std::int64_t made = store::undo_history(connection_, entry);
  transaction.commit();
  take_over_changes();
  require_same_file();
  return made;
}

// The caller holds the write lock (or is the constructor).
void Desk::take_over_changes() {
  const store::ChangesSince since = store::changes_since(connection_, seen_);
  for (const std::int64_t verse : since.verses) on_change_(verse);
  seen_ = since.latest;
}

void Desk::catch_up() {
  const std::lock_guard lock(mutex_);
  take_over_changes();
}

void Desk::hand_over(const std::function<void()>& replace) {
  require_writable();
  const std::lock_guard lock(mutex_);
  require_same_file();
  const auto end = std::chrono::steady_clock::now() + max_wait_for_readers;
  for (;;) {
    store::take_log_in(connection_);
    const store::Transaction nobody_writes(connection_);
    // Another process may have written in between, and who reads keeps the log.
    if (store::log_is_empty(file_.path())) {
      require_same_file();
      handed_over_ = true;
      try {
        replace();
      } catch (...) {
        handed_over_ = false;
        throw;
      }
      return;
    }
    if (std::chrono::steady_clock::now() > end) break;
    std::this_thread::sleep_for(pause_for_readers);
  }
  throw Error(
      ErrorCode::unavailable,
      fmt::format("{} is being read for long, by a backup or an export", files::to_utf8(file_.path())),
      "try again when that has ended");
}

void Desk::look_at_file() {
  const store::FileState state = file_.look();
  if (state == told_) return;
  told_ = state;
  if (state == store::FileState::same) {
    log::warning("{} is the same file again", files::to_utf8(file_.path()));
    return;
  }
  const Error error = file_.error(state);
  log::error("{}; {}", error.what(), error.cure());
  save_log(state);
}

void Desk::require_same_file() {
  look_at_file();
  if (told_ != store::FileState::same) throw file_.error(told_);
}

void Desk::save_log(store::FileState state) {
  // Pages of two databases, or of two logs, would be mixed.
  if (state == store::FileState::overwritten || file_.has_another_log() || !file_.writable()) return;
  // Writes the log into the file that was opened, whatever its path is now. A deleted log would otherwise be lost, and an
  // empty log does no harm to the new file at the old path.
  connection_.execute("PRAGMA main.wal_checkpoint(TRUNCATE)");
}

void Desk::watch() {
  std::unique_lock lock(mutex_);
  while (!stop_watching_.wait_for(lock, watch_interval, [this] { return stopping_; })) {
    if (handed_over_) return;
    try {
      look_at_file();
      if (told_ != store::FileState::same) continue;
      take_over_changes();
    } catch (...) {  // the thread's top: it tries again at its next turn
      log::error("cannot look for changes of other programs: {}", current_error().detail());
    }
  }
}

}  // namespace kalima::research
