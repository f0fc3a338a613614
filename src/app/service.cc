#include "app/service.h"

#include <fmt/format.h>

#include <chrono>

#include "api/legacy/api.h"
#include "api/v1/api.h"
#include "app/first_page.h"
#include "app/metrics.h"
#include "app/version.h"
#include "http/static_files.h"
#include "importers/starter.h"
#include "index/index.h"
#include "research/desk.h"
#include "research/live_verses.h"
#include "search/worker_pool.h"
#include "store/corpus_reader.h"
#include "store/schema.h"
#include "support/error.h"
#include "support/files.h"
#include "support/json.h"

namespace kalima::app {
namespace fs = std::filesystem;
namespace {

index::Index open_index(const ServiceOptions& options,
                        const std::function<void(const std::string&)>& rebuilding, const Progress& progress) {
  if (!options.read_only) store::bring_up_to_date(options.database);
  const store::CorpusReader reader(options.database);
  const fs::path folder = index::folder_of(options.database);
  try {
    return index::Index(folder, reader);
  } catch (const Error& e) {  // whatever is wrong with an index, a new one is right
    rebuilding(e.what());
  }
  index::build(reader, folder, progress);
  return index::Index(folder, reader);
}

// The folder that was asked for, or the one that the import remembered if it is still there.
std::optional<fs::path> library_folder(const std::optional<fs::path>& given,
                                       const store::CorpusReader& reader, std::string_view key,
                                       std::string_view option) {
  if (given) {
    std::error_code error;
    if (!fs::is_directory(*given, error)) {
      throw Error(ErrorCode::not_found,
                  fmt::format("{}: there is no folder {}", option, files::to_utf8(*given)),
                  "name a folder that is there");
    }
    return given;
  }
  const auto remembered = reader.meta(key);
  std::error_code error;  // a folder that may not be looked at is one that is not there
  if (!remembered || !fs::is_directory(files::path_from_utf8(*remembered), error)) return std::nullopt;
  return files::path_from_utf8(*remembered);
}

}  // namespace

struct Service::Parts {
  Parts(const ServiceOptions& options, const std::function<void(const std::string&)>& rebuilding,
        const Progress& progress)
      : index(open_index(options, rebuilding, progress)),
        answers(options.answer_cache_bytes),
        verses(index.snapshot()),
        desk({options.database, options.read_only}, verses,
             [this](std::string_view replaced) { answers.forget(replaced); }),
        workers(options.database, index, options.threads),
        guard(options.guard) {
    if (options.static_folder) static_files.emplace(*options.static_folder);
    const store::CorpusReader& reader = workers.lease()->reader;
    api::legacy::add_routes(
        router,
        {verses, desk, workers, answers, library_folder(options.notes, reader, "folder.notes", "--notes"),
         library_folder(options.resources, reader, "folder.resources", "--resources")});
    api::v1::add_routes(router, {index.core(), verses, desk, workers, answers});
    add_own_routes(reader.meta(importers::source_key) == importers::starter_source);
  }

  void add_own_routes(bool starter) {
    router.add("GET", "/healthz", [this](const http::Request&, const http::PathParts&) {
      return http::json_response(
          http::Body(fmt::format("{{\"status\":\"ok\",\"verses\":{},\"version\":\"{}\"}}",
                                 index.snapshot().verse_count(), version())));
    });
    router.add("GET", "/metrics", [this](const http::Request&, const http::PathParts&) {
      http::Response response;
      response.content_type = "text/plain; version=0.0.4; charset=utf-8";
      response.body.append(metrics.text(index.snapshot().verse_count()));
      return response;
    });
    router.add("GET", "/",
               [this, page = first_page(index.snapshot().verse_count(), starter)](
                   const http::Request& request, const http::PathParts&) {
                 if (static_files) return static_files->answer(request, "index.html");
                 http::Response response;
                 response.content_type = "text/html; charset=utf-8";
                 response.body.append(page);
                 return response;
               });
    router.add("GET", "/static/{path}", [this](const http::Request& request, const http::PathParts& parts) {
      if (static_files) return static_files->answer(request, parts.texts[0]);
      return http::error_response(
          {ErrorCode::not_found, "no frontend is served; start with --static FOLDER"});
    });
  }

  index::Index index;
  http::AnswerCache answers;
  research::LiveVerses verses;
  research::Desk desk;
  search::WorkerPool workers;
  std::optional<http::StaticFiles> static_files;
  http::Guard guard;
  http::Router router;
  Metrics metrics;
};

Service::Service(const ServiceOptions& options, const std::function<void(const std::string&)>& rebuilding,
                 const Progress& progress)
    : parts_(std::make_unique<Parts>(options, rebuilding, progress)) {}

Service::~Service() = default;

http::Response Service::answer(const http::Request& request) const {
  const auto began = std::chrono::steady_clock::now();
  auto refused = parts_->guard.refuse(request);
  http::Response response = refused ? std::move(*refused) : parts_->router.answer(request);
  parts_->guard.add_headers(request, response);
  parts_->metrics.count(response.status, std::chrono::steady_clock::now() - began);
  if (response.error) parts_->metrics.count(*response.error);
  return response;
}

std::size_t Service::verse_count() const { return parts_->index.snapshot().verse_count(); }

}  // namespace kalima::app
