// The routes of /api/v1, one function for each file.
#pragma once

#include <memory>
#include <vector>

#include "api/v1/api.h"
#include "api/v1/corpus_hash.h"
#include "api/v1/querying.h"
#include "api/v1/reading.h"
#include "api/v1/saved_library.h"

namespace kalima::api::v1 {

using Routes = std::vector<http::Route>;

Routes attribute_routes(const Context& context);
Routes history_routes(const Context& context);
Routes import_routes(const Context& context);
Routes morphology_routes(const Context& context);
Routes root_routes(const Context& context);
Routes lexeme_routes(const Context& context);
Routes quotation_routes(const Context& context);
Routes surah_routes(const Context& context);
// These share the hash of the corpus.
Routes corpus_routes(const Context& context, const std::shared_ptr<CorpusHashWhenAsked>& hash);
Routes query_routes(const Context& context, const std::shared_ptr<CorpusHashWhenAsked>& hash,
                    const std::shared_ptr<QueryingWhenAsked>& querying);
Routes statistics_routes(const Context& context, const std::shared_ptr<CorpusHashWhenAsked>& hash,
                         const std::shared_ptr<QueryingWhenAsked>& querying);
Routes repetition_routes(const Context& context, const std::shared_ptr<CorpusHashWhenAsked>& hash,
                         const std::shared_ptr<QueryingWhenAsked>& querying);
Routes sound_routes(const Context& context, const std::shared_ptr<CorpusHashWhenAsked>& hash,
                    const std::shared_ptr<QueryingWhenAsked>& querying);
// These share what people wrote, as queries name it; the first keep it for those of queries.
Routes document_routes(const Context& context, const std::shared_ptr<CorpusHashWhenAsked>& hash,
                       const std::shared_ptr<QueryingWhenAsked>& querying,
                       const std::shared_ptr<SavedLibrary>& saved);
Routes suggest_routes(const Context& context, const std::shared_ptr<SavedLibrary>& saved);
// These share what they read with.
Routes verse_routes(const Context& context, const std::shared_ptr<ReadingWhenAsked>& reading);
Routes tree_routes(const std::shared_ptr<ReadingWhenAsked>& reading);
Routes search_routes(const Context& context, const std::shared_ptr<ReadingWhenAsked>& reading);
Routes resolve_routes(const std::shared_ptr<ReadingWhenAsked>& reading);
// Describes all others: those of `others`, and context.others.
Routes description_routes(const Context& context, const Routes& others);

}  // namespace kalima::api::v1
