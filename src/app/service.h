// The whole server, put together: database, index, workers, routes.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "http/guard.h"
#include "http/message.h"
#include "http/router.h"
#include "support/progress.h"

namespace kalima::app {

struct ServiceOptions {
  std::filesystem::path database;
  // Who may ask; its bound_host is what the server listens on.
  http::GuardOptions guard;
  // Refuses every write.
  bool read_only = false;
  // Searches that run at one time.
  std::size_t threads = 4;
  // Memory for remembered answers to searches; 0 remembers none.
  std::size_t answer_cache_bytes = 4 * 1024 * 1024;
  // The web frontend's folder; without one `/` shows requests to try.
  std::optional<std::filesystem::path> static_folder;
  // Folders of .md and .txt files; those of the imported data folder when not given.
  std::optional<std::filesystem::path> notes, resources;
};

class Service {
 public:
  // Opens the database and its index; makes the index first when it is missing or stale, after a call of
  // `rebuilding(reason)`. Throws Error.
  Service(const ServiceOptions& options, const std::function<void(const std::string&)>& rebuilding,
          const Progress& progress);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // Any thread; never throws.
  http::Response answer(const http::Request& request) const;
  std::size_t verse_count() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace kalima::app
