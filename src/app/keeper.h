// Checks the files of a server once a second. Opens a new generation if the index was damaged, removed or rebuilt, or if
// the database can be written to again.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "app/current.h"
#include "app/service.h"
#include "support/progress.h"

namespace kalima::app {

// Opens the index of a database. If it is missing, damaged, of another version or of another database, calls
// `rebuilding(reason)` and rebuilds it first. Throws Error; an index that the system cannot read now is not rebuilt.
std::shared_ptr<const Index> open_index(const std::filesystem::path& database,
                                        const std::function<void(const std::string&)>& rebuilding,
                                        const Progress& progress);
// A generation of the database as it is now: the first one, or that of another database at its path. Brings it up to date,
// unless it is read-only. `index`: opened already; without it, open_index() opens it. Throws Error.
std::shared_ptr<Generation> open_generation(const ServiceOptions& options, api::v1::ImportDesk& imports,
                                            const std::function<void(const std::string&)>& rebuilding,
                                            const Progress& progress);
std::shared_ptr<Generation> open_generation(const ServiceOptions& options, api::v1::ImportDesk& imports,
                                            std::shared_ptr<const Index> index);

class Keeper {
 public:
  Keeper(ServiceOptions options, Current& current, api::v1::ImportDesk& imports);
  ~Keeper();
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;

  // What is wrong; empty if all is well. Threads: any.
  std::string problem() const;

 private:
  void run();
  void look();
  void renew_index(const Generation& now);
  // False as long as it cannot be written to.
  bool open_for_writing();
  void set_problem(std::string problem);

  const ServiceOptions options_;
  Current& current_;
  api::v1::ImportDesk& imports_;
  mutable std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;
  std::string problem_;
  std::chrono::steady_clock::time_point next_try_;  // of the thread alone
  std::thread thread_;
};

}  // namespace kalima::app
