#include "app/generation.h"

#include "api/legacy/api.h"
#include "api/legacy/operations.h"
#include "api/v1/api.h"
#include "app/base_path.h"
#include "app/library_folders.h"
#include "http/route.h"
#include "importers/starter.h"
#include "store/corpus_reader.h"
#include "support/error.h"
#include "support/log.h"

namespace kalima::app {
namespace {

// None is held for longer than reading some rows takes.
constexpr std::size_t max_readers = 4;

// Answers of the old API contain text that lies in the index. One that is not longer than this is copied before the index is
// looked at: then it is right, or 503. The connection of a longer one is cut off if the index is changed while it is sent.
constexpr std::size_t max_copied = std::size_t{64} * 1024;

}  // namespace

Generation::Generation(const ServiceOptions& options, std::shared_ptr<const Index> index,
                       api::v1::ImportDesk& imports)
    : base_path_(BasePath(options.base_path).text()),
      index_(std::move(index)),
      answers_(options.answer_cache_bytes),
      verses_(index_->legacy(), [this](const auto& read) { read(*readers_.lease()); }),
      desk_({options.database, options.read_only}, index_->legacy().revision(),
            [this](std::int64_t verse) { answers_.forget(verses_.follow(verse).json); }),
      workers_(desk_.file(), index_->legacy_terms(), options.threads),
      turns_(options.threads),
      readers_(desk_.file(), max_readers,
               [this] { return std::make_unique<store::CorpusReader>(desk_.file().path()); }) {
  auto lease = readers_.lease();
  const store::CorpusReader& reader = *lease;
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
  api::legacy::add_routes(
      router_, {verses_, desk_, workers_, readers_, std::move(folders.notes), std::move(folders.resources)});
  api::v1::add_routes(router_, {index_->core(), index_->words(), desk_, turns_, readers_, imports, starter,
                                base_path_, api::legacy::operations()});
}

bool is_v1(const http::Request& request) { return request.path.starts_with(api::v1::prefix); }

http::Response Generation::answer(const http::Request& request) {
  // What was read before is in memory, but what would be read now would be pages of two databases.
  const auto overwritten = [this] {
    return http::error_response(file().error(store::FileState::overwritten));
  };
  if (file().seen() == store::FileState::overwritten) return overwritten();
  const Index::Files files = is_v1(request) ? Index::Files::columns : Index::Files::legacy;
  const http::Router::Match match = router_.match(request);
  const auto changed = [] { return http::error_response(Index::changed()); };
  const auto make = [&] {
    // Nothing is written because of what another index says, and no search begins in one.
    if ((match.cached() || !match.only_reads()) && !index_->intact(files)) return changed();
    if (!match.only_reads() && !index_->intact(is_v1(request) ? Index::Files::legacy : Index::Files::columns))
      return changed();
    http::Response made = match.answer(request);
    // What is kept was right when it was made.
    return match.cached() && !index_->intact(files) ? changed() : std::move(made);
  };
  http::Response response = match.cached() ? answers_.get(request, make) : make();
  if (is_v1(request)) http::make_conditional(request, response);
  // It may be the first to find that.
  if (response.problem && desk_.file().look() == store::FileState::overwritten) return overwritten();
  // What was written is written, whatever became of the index.
  if (match.only_reads() || response.problem) {
    response = verified(std::move(response), files);
    if (!(match.cached() ? index_->still_intact(files) : index_->intact(files))) response = changed();
  }
  response.route = match.name();
  return response;
}

http::Response Generation::verified(http::Response response, Index::Files files) const {
  if (response.rest && response.content_type == http::events_type)
    return response;  // shows nothing of the index
  if (response.rest) {
    response.rest = [index = index_, files, rest = std::move(response.rest)](std::string& piece) {
      const bool more = rest(piece);
      if (!index->intact(files)) throw Index::changed();
      return more;
    };
  } else if (files == Index::Files::legacy && response.body.borrows()) {
    if (response.body.size() <= max_copied) {
      response.body = http::Body(response.body.flattened());
    } else {
      response.verify = [index = index_, files] {
        if (!index->still_intact(files)) throw Index::changed();
      };
    }
  }
  return response;
}

std::optional<http::Response> Generation::refuse(const http::Request& request) const {
  const http::Router::Match match = router_.match(request);
  if (match.found()) return std::nullopt;
  return match.answer(request);
}

}  // namespace kalima::app
