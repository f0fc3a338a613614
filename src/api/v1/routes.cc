#include "api/v1/routes.h"

#include <iterator>

namespace kalima::api::v1 {

void add_routes(http::Router& router, const Context& context) {
  const auto reading = std::make_shared<ReadingWhenAsked>(context.core);
  const auto hash = std::make_shared<CorpusHashWhenAsked>(context.core);
  const auto saved = std::make_shared<SavedLibrary>(context);
  const auto querying = std::make_shared<QueryingWhenAsked>(context.core, *saved);
  Routes routes;
  const auto add = [&](Routes group) {
    routes.insert(routes.end(), std::make_move_iterator(group.begin()), std::make_move_iterator(group.end()));
  };
  add(surah_routes(context));
  add(verse_routes(context, reading));
  add(tree_routes(reading));
  add(resolve_routes(reading));
  add(query_routes(context, hash, querying));
  add(statistics_routes(context, hash, querying));
  add(repetition_routes(context, hash, querying));
  add(sound_routes(context, hash, querying));
  add(suggest_routes(context, saved));
  add(search_routes(context, reading));
  add(quotation_routes(context));
  add(attribute_routes(context));
  add(corpus_routes(context, hash));
  add(root_routes(context));
  add(lexeme_routes(context));
  add(morphology_routes(context));
  add(document_routes(context, hash, querying, saved));
  add(history_routes(context));
  add(import_routes(context));
  add(description_routes(context, routes));
  for (const http::Route& route : routes) http::add_route(router, route);
}

}  // namespace kalima::api::v1
