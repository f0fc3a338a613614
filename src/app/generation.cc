#include "app/generation.h"

#include "api/legacy/api.h"
#include "api/legacy/operations.h"
#include "api/v1/api.h"
#include "app/library_folders.h"
#include "http/route.h"
#include "importers/starter.h"
#include "store/corpus_reader.h"
#include "support/error.h"
#include "support/log.h"

namespace kalima::app {

Generation::Generation(const ServiceOptions& options, std::shared_ptr<const Index> index)
    : index_(std::move(index)),
      answers_(options.answer_cache_bytes),
      verses_(index_->legacy()),
      desk_({options.database, options.read_only}, index_->legacy().revision(),
            [this](const store::Connection& database, std::int64_t verse) {
              answers_.forget(verses_.follow(database, verse).json);
            }),
      workers_(desk_.file(), index_->legacy_terms(), options.threads) {
  auto worker = workers_.lease();
  const store::CorpusReader& reader = worker->reader;
  index_->require_of(reader);  // another database may have come since the index was opened
  const bool starter = reader.meta(importers::source_key) == importers::starter_source;
  LibraryFolders folders = library_folders(reader, options.notes, options.resources);
  for (const std::string& folder : folders.foreign) {
    log::warning(
        "the database names {} for notes or resources; it is not read, because this user did not import it: "
        "name it with "
        "--notes or --resources",
        folder);
  }
  api::legacy::add_routes(router_,
                          {verses_, desk_, workers_, std::move(folders.notes), std::move(folders.resources)});
  api::v1::add_routes(router_,
                      {index_->core(), index_->words(), desk_, workers_, starter, api::legacy::operations()});
}

bool is_v1(const http::Request& request) { return request.path.starts_with(api::v1::prefix); }

http::Response Generation::answer(const http::Request& request) {
  // What was read before is in memory, but what would be read now would be pages of two databases.
  const auto overwritten = [this] {
    return http::error_response(file().error(store::FileState::overwritten));
  };
  if (file().seen() == store::FileState::overwritten) return overwritten();
  const http::Router::Match match = router_.match(request);
  http::Response response =
      match.cached() ? answers_.get(request, [&] { return match.answer(request); }) : match.answer(request);
  response.route = match.name();
  if (is_v1(request)) http::make_conditional(request, response);
  // It may be the first to find that.
  if (response.problem && desk_.file().look() == store::FileState::overwritten) return overwritten();
  return response;
}

std::optional<http::Response> Generation::refuse(const http::Request& request) const {
  const http::Router::Match match = router_.match(request);
  if (match.found()) return std::nullopt;
  return match.answer(request);
}

}  // namespace kalima::app
