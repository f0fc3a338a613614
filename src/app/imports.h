// Imports over HTTP: files come in, become a new corpus beside the one that answers, and take its place. One at a time, on a
// thread of its own that gives way to requests. What a check has read may wait beside the database, so that its import need not
// read it again.
//
// A killed server leaves a scratch folder (support/scratch.h) next to the database, and perhaps one with what a check has read;
// the next start removes them.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "api/v1/imports.h"
#include "app/current.h"
#include "app/received.h"
#include "app/service.h"
#include "app/succession.h"
#include "importers/counts.h"
#include "importers/kinds.h"
#include "support/progress.h"
#include "support/scratch.h"

namespace kalima::app {

class Imports final : public api::v1::ImportDesk {
 public:
  explicit Imports(const ServiceOptions& options);
  ~Imports() override { end(); }

  // Call once, before the first request.
  void serve(Current& current, Reopen reopen);
  // Ends the import that is going on, and takes no other. Call before `current` ends.
  void end();

  std::optional<Error> refusal(const http::Request& request) const override;
  std::uint64_t max_bytes() const override { return max_bytes_; }
  std::shared_ptr<http::Upload> receive(const http::Request& request) override;
  api::v1::Import start(const http::Request& request) override;
  api::v1::Import start_checked(const http::Request& request, std::string_view id) override;
  std::vector<api::v1::Import> list() const override;
  api::v1::Import find(std::string_view id) const override;
  api::v1::Import next(std::string_view id, std::uint64_t seen,
                       std::chrono::milliseconds time) const override;
  api::v1::Import cancel(std::string_view id) override;

 private:
  struct Job {
    api::v1::Import shown;
    bool cancelled = false;
  };
  // The place of the import that is going on, with the folder that it works in.
  struct Place {
    std::shared_ptr<void> taken;
    files::Scratch scratch;
  };
  // The database that a check has kept, without an index, in a folder of its own: whoever imports otherwise is not held up.
  struct Checked {
    std::filesystem::path database() const { return scratch / "database"; }

    api::v1::Import check;
    importers::Counts counts;
    files::Scratch scratch;
  };
  // What the thread works with.
  struct Work {
    const files::Scratch& scratch() const { return received ? received->scratch() : place->scratch; }

    std::shared_ptr<Job> job;
    std::shared_ptr<Received> received;  // null, and `place` set, if a check has kept the database
    std::vector<importers::KnownFile> files;
    std::optional<Place> place;
    importers::Counts counts;
  };

  std::shared_ptr<Job> find_job(std::string_view id) const;
  void change(Job& job, const std::function<void(api::v1::Import&)>& edit);
  Place take_place();
  api::v1::Import begin(Work work);
  void run(Work work);
  void work_on(Work& work, api::v1::Import::Result& result);
  void read_files(Work& work, const std::filesystem::path& made, const Progress& progress);
  void keep(const Work& work, const std::filesystem::path& made);
  void hold(const Checked* kept);
  void show_progress(Job& job, std::string_view step, std::size_t done, std::size_t whole);

  const std::filesystem::path database_;
  const bool read_only_, has_token_;
  const std::uint64_t max_bytes_;
  Current* current_ = nullptr;
  Reopen reopen_;

  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::weak_ptr<void> place_;              // of the import that is going on
  std::unique_ptr<Checked> checked_;       // that waits to be imported
  std::deque<std::shared_ptr<Job>> jobs_;  // latest first
  std::uint64_t last_id_ = 0;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace kalima::app
