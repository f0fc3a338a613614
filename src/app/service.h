// The whole server, put together: what it serves (generation.h), who may ask, and what is not of the API.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "http/guard.h"
#include "http/message.h"
#include "http/upload.h"
#include "support/progress.h"

namespace kalima::app {

struct ServiceOptions {
  std::filesystem::path database;
  // Which requests are allowed; bound_host is the address the server listens on.
  http::GuardOptions guard;
  // Refuses every write.
  bool read_only = false;
  // Searches that run at the same time.
  std::size_t threads = 4;
  // Memory for cached answers to searches, in bytes; 0 caches none.
  std::size_t answer_cache_bytes = 4 * 1024 * 1024;
  // The largest body of an import over HTTP, in bytes.
  std::uint64_t max_import_bytes = std::uint64_t{512} << 20;
  // The path at which a proxy shows the server, or empty (base_path.h).
  std::string base_path;
  // Another frontend's folder, whose files are served instead of the page.
  std::optional<std::filesystem::path> static_folder;
  // Folders of .md and .txt files; default: those of the imported data folder.
  std::optional<std::filesystem::path> notes, resources;
};

class Service {
 public:
  // Opens the database and its index; first makes the index if it is missing or stale, after a call of
  // `rebuilding(reason)`. Throws Error.
  Service(const ServiceOptions& options, const std::function<void(const std::string&)>& rebuilding,
          const Progress& progress);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // Threads: any. Never throws.
  http::Response answer(const http::Request& request) const;
  // What becomes of a request whose body has not come yet. Threads: any. Never throws.
  http::Admission admit(const http::Request& request) const;
  std::size_t verse_count() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace kalima::app
