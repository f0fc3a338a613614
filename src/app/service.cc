#include "app/service.h"

#include <fmt/format.h>

#include <chrono>

#include "app/current.h"
#include "app/keeper.h"
#include "app/metrics.h"
#include "app/version.h"
#include "http/static_files.h"
#include "support/error.h"
#include "support/files.h"
#include "support/json.h"

namespace kalima::app {
namespace {

void require_folder(const std::optional<std::filesystem::path>& folder, std::string_view option) {
  std::error_code error;
  if (folder && !std::filesystem::is_directory(*folder, error)) {
    throw Error(ErrorCode::not_found,
                fmt::format("{}: folder not found: {}", option, files::to_utf8(*folder)),
                "name an existing folder");
  }
}

const ServiceOptions& checked(const ServiceOptions& options) {
  require_folder(options.notes, "--notes");
  require_folder(options.resources, "--resources");
  return options;
}

std::optional<http::StaticFiles> files_of(const std::optional<std::filesystem::path>& folder) {
  if (!folder) return std::nullopt;
  return http::StaticFiles(*folder);
}

bool is_api(const http::Request& request) { return request.path.starts_with("/api/"); }

bool may_write(const http::Request& request) {
  return request.method != "GET" && request.method != "HEAD" && request.method != "OPTIONS";
}

}  // namespace

struct Service::Parts {
  Parts(const ServiceOptions& options, const std::function<void(const std::string&)>& rebuilding,
        const Progress& progress)
      : static_files(files_of(options.static_folder)),
        current(open_generation(checked(options), rebuilding, progress)),
        keeper(options, current),
        guard(options.guard) {
    add_own_routes();
  }

  void add_own_routes() {
    router.add("GET", "/healthz", [this](const http::Request&, const http::PathParts&) { return health(); });
    router.add("GET", "/metrics", [this](const http::Request&, const http::PathParts&) {
      http::Response response;
      response.content_type = "text/plain; version=0.0.4; charset=utf-8";
      response.body.append(metrics.text(current.get()->verse_count()));
      return response;
    });
    router.add("GET", "/", [this](const http::Request& request, const http::PathParts&) {
      if (static_files) return static_files->answer(request, "index.html");
      http::Response response;
      response.content_type = "text/html; charset=utf-8";
      response.body.append(current.get()->first_page());
      return response;
    });
    router.add("GET", "/static/{path}", [this](const http::Request& request, const http::PathParts& parts) {
      if (static_files) return static_files->answer(request, parts.texts[0]);
      return http::error_response(
          {ErrorCode::not_found, "no frontend is served; start with --static FOLDER"});
    });
  }

  // 503 when only a person can help.
  http::Response health() const {
    const std::string problem = keeper.problem();
    const auto generation = current.get();
    std::string text = fmt::format("{{\"status\":\"{}\",\"verses\":{},\"version\":\"{}\"",
                                   problem.empty() ? "ok" : "degraded", generation->verse_count(), version());
    if (!problem.empty()) text += ",\"problem\":" + json::quoted(problem);
    const bool lost = generation->file().seen() != store::FileState::same;
    return http::json_response(http::Body(text + '}'), lost ? 503 : 200);
  }

  http::Response answer(const http::Request& request) {
    if (!is_api(request)) return router.answer(request);
    if (!may_write(request)) return answer(current.get(), request);
    const Current::Writing writing(current);
    return answer(writing.generation(), request);
  }

  static http::Response answer(const std::shared_ptr<Generation>& generation, const http::Request& request) {
    http::Response response = generation->answer(request);
    // Its text lies there until it is sent.
    response.body.keep(generation);
    return response;
  }

  // First, so that nothing is changed when the folder is refused.
  std::optional<http::StaticFiles> static_files;
  Current current;
  Keeper keeper;
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
  http::Response response = refused ? std::move(*refused) : parts_->answer(request);
  parts_->guard.add_headers(request, response);
  parts_->metrics.count(response.status, std::chrono::steady_clock::now() - began);
  if (response.error) parts_->metrics.count(*response.error);
  return response;
}

std::size_t Service::verse_count() const { return parts_->current.get()->verse_count(); }

}  // namespace kalima::app
