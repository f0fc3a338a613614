// Sees to it that a server goes on: looks at its files once a second, and opens a new generation when the index was
// damaged, removed or made anew, or when the database can be written to at last.
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

// Opens the database's index; makes it first when it is missing, damaged, of another version or of another database, after a
// call of `rebuilding(reason)`. Throws Error, also when the index is there and the system does not let it be read.
std::shared_ptr<const index::Index> open_index(const std::filesystem::path& database,
                                               const std::function<void(const std::string&)>& rebuilding,
                                               const Progress& progress);
// The first generation: brings the database up to date, unless it is served to be read only. Throws Error.
std::shared_ptr<Generation> open_generation(const ServiceOptions& options,
                                            const std::function<void(const std::string&)>& rebuilding,
                                            const Progress& progress);

class Keeper {
 public:
  Keeper(ServiceOptions options, Current& current);
  ~Keeper();
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;

  // What is not as it should be; empty when all is well. Any thread.
  std::string problem() const;

 private:
  void run();
  void look();
  void renew_index(const Generation& now);
  void open_for_writing();
  void set_problem(std::string problem);

  const ServiceOptions options_;
  Current& current_;
  mutable std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;
  std::string problem_;
  std::chrono::steady_clock::time_point next_try_;  // of the thread alone
  std::thread thread_;
};

}  // namespace kalima::app
