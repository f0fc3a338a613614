// Writes research: one writer at a time. Each write is one transaction that is on the disk before it is
// answered, is kept in the history, and is visible to all readers at once.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "store/database_file.h"
#include "store/history.h"
#include "store/research_edit.h"
#include "store/sqlite.h"

namespace kalima::research {

class Desk {
 public:
  struct Options {
    std::filesystem::path database;
    bool read_only = false;
  };
  // What becomes of the file, also when nothing is written, is seen within this time.
  static constexpr std::chrono::milliseconds watch_interval{250};

  // Called with each verse that was changed, by this process or another, before the write is answered. One call at a time.
  using OnChange = std::function<void(std::int64_t verse)>;

  // `revision`: the latest write that readers have seen; `on_change` is called now for what was changed since. Throws
  // Error.
  Desk(const Options& options, std::int64_t revision, OnChange on_change);
  ~Desk();
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  // Runs `edit` in a transaction; if it returns and changed something, that is committed as one entry of the history
  // under `action`, whose number is returned; 0 if nothing was changed. What it throws undoes all of it and comes through. `verse`: the one it is about. Before `edit`
  // runs, `on_change` was called for all that was written before, by whomever; `written`, if given, runs after it was called
  // for this write, before the next writer, and may read the lists as they are then. Any thread; waits for other writers. Throws Error(forbidden) when read-only, Error(unavailable) or Error(io) when the
  // database cannot be written or is no longer the file that was opened: see store/database_file.h.
  std::int64_t write(std::optional<std::int64_t> verse, const std::string& action,
                     const std::function<void(store::ResearchEdit&)>& edit,
                     const std::function<void(const store::ResearchEdit&)>& written = {});
  // Takes back an entry of the history; returns the number of the new entry. Throws Error(not_found),
  // Error(conflict).
  std::int64_t undo(std::int64_t entry);

  // Shows readers what others wrote to the database. Any thread; waits for writers.
  void catch_up();
  // Takes the log into the file, and runs `replace`, which puts another database at its path, while nobody can write, no
  // other process either. Afterwards nothing can be written here, and what became of the file is not told. Any thread;
  // waits for other writers, and some seconds for those who read. Throws Error(unavailable) when it waits in vain, and what
  // `replace` throws: then this desk writes as before, if its file is at its path as it was.
  void hand_over(const std::function<void()>& replace);
  // Any thread.
  store::DatabaseFile& file() { return file_; }
  const store::DatabaseFile& file() const { return file_; }

  // If the desk is read-only.
  bool read_only() const { return options_.read_only; }

 private:
  void require_writable() const;
  // Tells readers what was written since, also by other processes (commands that run at the same time as the server).
  void take_over_changes();
  void watch();
  // Look at the file and tell the log what became of it; the caller holds the writer's place, or is the destructor.
  void look_at_file();
  void require_same_file();
  // What can be saved when the file turns out not to be the same.
  void save_log(store::FileState state);

  Options options_;
  OnChange on_change_;
  std::mutex mutex_;  // the write lock: the connection and seen_
  store::Connection connection_;
  store::DatabaseFile file_;
  store::FileState told_ = store::FileState::same;  // what the log file was told
  std::int64_t seen_;                               // the latest history entry that readers see

  std::condition_variable stop_watching_;
  bool stopping_ = false, handed_over_ = false;
  std::thread watcher_;
};

}  // namespace kalima::research
