#include "research/desk.h"

#include <fmt/format.h>

#include <chrono>

#include "store/corpus_reader.h"
#include "store/schema.h"
#include "support/error.h"
#include "support/log.h"

namespace kalima::research {
namespace {

// How soon changes by other processes show.
constexpr auto watch_interval = std::chrono::milliseconds(250);

store::Connection open_database(const Desk::Options& options) {
  store::Connection connection(options.database,
                               options.read_only ? store::OpenMode::read_only : store::OpenMode::read_write);
  if (options.read_only) {
    store::require_current(connection);
  } else {
    // FULL: a commit is on the disk when it returns, also after a loss of power.
    connection.execute("PRAGMA synchronous=FULL");
    store::migrate(connection);
  }
  return connection;
}

}  // namespace

Desk::Desk(const Options& options, LiveVerses& verses, std::function<void(std::string_view)> on_change)
    : options_(options),
      verses_(verses),
      on_change_(std::move(on_change)),
      connection_(open_database(options)),
      seen_(verses.snapshot().revision()) {
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
}

void Desk::require_writable() const {
  if (!options_.read_only) return;
  throw Error(ErrorCode::forbidden, "the server was started with --read-only: nothing can be changed");
}

void Desk::write(std::optional<std::int64_t> verse, const std::string& action,
                 const std::function<void(store::ResearchEdit&)>& edit,
                 const std::function<void()>& written) {
  require_writable();
  const std::lock_guard lock(mutex_);
  store::Transaction transaction(connection_);
  take_over_changes();
  store::ResearchEdit changes(connection_, verse);
  edit(changes);
  if (changes.changed()) {
    store::add_history(connection_,
                       {.verse = verse, .action = action, .undoes = {}, .changes = changes.changes()});
    transaction.commit();
    take_over_changes();
  }
  if (written) written();
}

std::int64_t Desk::undo(std::int64_t entry) {
  require_writable();
  const std::lock_guard lock(mutex_);
  store::Transaction transaction(connection_);
  const std::int64_t made = store::undo_history(connection_, entry);
  transaction.commit();
  take_over_changes();
  return made;
}

std::string Desk::rendered(std::int64_t verse, std::string_view before) const {
  // Words do not change: reading them again would be most of the work of a write.
  if (const auto research = store::load_research_alone(connection_, verse))
    return corpus::with_research(before, *research);
  return json::sorted(corpus::to_json(store::load_verse(connection_, verse)));
}

// The caller holds the writer's place (or is the constructor).
void Desk::take_over_changes() {
  const store::ChangesSince since = store::changes_since(connection_, seen_);
  for (const std::int64_t verse : since.verses) {
    const auto number = static_cast<std::size_t>(verse);
    const VerseText before = verses_.verse(number);
    verses_.replace(number, rendered(verse, before.json));
    on_change_(before.json);
  }
  seen_ = since.latest;
}

void Desk::watch() {
  std::unique_lock lock(mutex_);
  while (!stop_watching_.wait_for(lock, watch_interval, [this] { return stopping_; })) {
    try {
      take_over_changes();
    } catch (...) {  // the thread's top: it tries again at its next turn
      log::error("cannot look for changes of other programs: {}", current_error().detail());
    }
  }
}

}  // namespace kalima::research
