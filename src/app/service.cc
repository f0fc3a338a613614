#include "app/service.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "app/base_path.h"
#include "app/current.h"
#include "app/imports.h"
#include "app/keeper.h"
#include "app/metrics.h"
#include "app/page.h"
#include "app/version.h"
#include "http/compression.h"
#include "http/route.h"
#include "http/static_files.h"
#include "support/error.h"
#include "support/files.h"
#include "support/json.h"
#include "support/json_parsed.h"

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

http::GuardOptions with_imports(http::GuardOptions options) {
  options.upload_path = api::v1::imports_path;
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

// Counts the JSON that this thread parses as long as the object lives.
class CountParsed {
 public:
  CountParsed(Metrics& metrics, bool counts) : metrics_(metrics), counts_(counts) {}
  ~CountParsed() {
    if (const std::uint64_t parsed = json::parsed_by_this_thread() - before_; counts_ && parsed > 0)
      metrics_.count_parsed(parsed);
  }
  CountParsed(const CountParsed&) = delete;
  CountParsed& operator=(const CountParsed&) = delete;

 private:
  Metrics& metrics_;
  const bool counts_;
  const std::uint64_t before_ = json::parsed_by_this_thread();
};

}  // namespace

struct Service::Parts {
  Parts(const ServiceOptions& options, const std::function<void(const std::string&)>& rebuilding,
        const Progress& progress)
      : base(options.base_path),
        static_files(files_of(options.static_folder)),
        imports(checked(options)),
        current(open_generation(options, imports, rebuilding, progress)),
        keeper(options, current, imports),
        guard(with_imports(options.guard)),
        page(ask, base.text()) {
    imports.serve(current, [this, options](std::shared_ptr<const Index> index) {
      return open_generation(options, imports, std::move(index));
    });
    add_own_routes();
  }
  ~Parts() { imports.end(); }

  void add_own_routes() {
    router.add("GET", "/healthz", [this](const http::Request&, const http::PathParts&) { return health(); });
    router.add("GET", "/metrics", [this](const http::Request&, const http::PathParts&) {
      http::Response response;
      response.content_type = "text/plain; version=0.0.4; charset=utf-8";
      response.body.append(metrics.text(current.get()->verse_count()));
      return response;
    });
    if (static_files) {
      add_frontend_routes();
    } else {
      page.add_routes(router);
    }
  }

  // A folder's files instead of the page.
  void add_frontend_routes() {
    router.add("GET", "/", [this](const http::Request& request, const http::PathParts&) {
      return static_files->answer(request, "index.html");
    });
    router.add("GET", "/static/{path}", [this](const http::Request& request, const http::PathParts& parts) {
      return static_files->answer(request, parts.texts[0]);
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
    if (!is_api(request)) {
      const http::Router::Match match = router.match(request);
      http::Response response =
          !static_files && match.missing() ? page.elsewhere(request) : match.answer(request);
      response.route = match.name();
      return response;
    }
    if (!may_write(request)) {
      const CountParsed count(metrics, is_v1(request));
      http::Response response = answer(current.get(), request);
      if (response.rest && is_v1(request)) {
        response.rest = [this, rest = std::move(response.rest)](std::string& piece) {
          const CountParsed count_of_piece(metrics, true);
          return rest(piece);
        };
      }
      return response;
    }
    const Current::Writing writing(current);
    return answer(writing.generation(), request);
  }

  // The refusal of a request that no route takes.
  std::optional<http::Response> refuse(const http::Request& request) {
    if (is_api(request)) return current.get()->refuse(request);
    const http::Router::Match match = router.match(request);
    if (match.found()) return std::nullopt;
    return match.answer(request);
  }

  static http::Response answer(const std::shared_ptr<Generation>& generation, const http::Request& request) {
    http::Response response = generation->answer(request);
    // Its text lies there until it is sent.
    response.body.keep(generation);
    return response;
  }

  // What every answer gets in the end.
  void finish(const http::Request& request, http::Response& response,
              std::chrono::steady_clock::duration took) {
    base.complete(response);
    if (is_v1(request)) http::make_problem_document(response);
    const bool tagged =
        std::ranges::any_of(response.headers, [](const auto& h) { return h.first == "ETag"; });
    if (tagged) http::make_conditional(request, response);
    if (is_v1(request)) http::compress(request, response);
    guard.add_headers(request, response);
    metrics.count(response, took);
  }

  // For the page.
  const AskApi ask = [this](const http::Request& request) { return answer(current.get(), request); };
  // These first, so that nothing is changed when one of them is refused.
  const BasePath base;
  std::optional<http::StaticFiles> static_files;
  Imports imports;
  Current current;
  Keeper keeper;
  http::Guard guard;
  const Page page;
  http::Router router;
  Metrics metrics;
};

Service::Service(const ServiceOptions& options, const std::function<void(const std::string&)>& rebuilding,
                 const Progress& progress)
    : parts_(std::make_unique<Parts>(options, rebuilding, progress)) {}

Service::~Service() = default;

http::Response Service::answer(const http::Request& request) const {
  const auto began = std::chrono::steady_clock::now();
  const auto inner = parts_->base.without(request);
  const http::Request& asked = inner ? *inner : request;
  http::Response response = [&] {
    if (asked.refused) return http::error_response(*asked.refused);
    auto refused = parts_->guard.refuse(asked);
    return refused ? std::move(*refused) : parts_->answer(asked);
  }();
  parts_->finish(asked, response, std::chrono::steady_clock::now() - began);
  return response;
}

http::Admission Service::admit(const http::Request& request) const {
  const auto inner = parts_->base.without(request);
  const http::Request& asked = inner ? *inner : request;
  http::Admission out{parts_->guard.refuse(asked), nullptr};
  if (!out.refusal) out.refusal = parts_->refuse(asked);
  if (!out.refusal && asked.method == "POST" && asked.path == api::v1::imports_path) {
    try {
      out.upload = parts_->imports.receive(asked);
    } catch (...) {  // like a handler's
      out.refusal = http::error_response(current_error());
    }
  }
  if (out.refusal) parts_->finish(asked, *out.refusal, {});
  return out;
}

std::size_t Service::verse_count() const { return parts_->current.get()->verse_count(); }

}  // namespace kalima::app
