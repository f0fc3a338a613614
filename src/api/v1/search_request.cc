#include "api/v1/search_request.h"

#include <algorithm>
#include <utility>

#include "api/v1/search_parameters.h"
#include "support/utf8.h"

namespace kalima::api::v1 {
namespace {

using http::Call;

// Which verses are searched; empty if all are.
std::vector<std::uint8_t> searched_verses(const columns::CoreFile& core, const Call& call) {
  const NumberSet* surahs = call.find(surah_parameter);
  const NumberSet* juzs = call.find(juz_parameter);
  const std::size_t* place = call.find(place_parameter);
  if (surahs == nullptr && juzs == nullptr && place == nullptr) return {};
  std::vector<std::uint8_t> out(core.verses());
  for (std::size_t verse = 0; verse < out.size(); ++verse) {
    const corpus::VersePlace at{core.surah(verse), core.ayah(verse)};
    const bool in = (surahs == nullptr || surahs->has(at.surah)) &&
                    (juzs == nullptr || juzs->has(juz_of(at))) &&
                    (place == nullptr || revealed_at(at) == static_cast<attributes::Place>(*place));
    out[verse] = in ? 1 : 0;
  }
  return out;
}

// The verses that are named, without hits.
search::TextFound named_verses(const Places& places, const std::vector<Reference>& references,
                               const search::TextOptions& options) {
  search::TextFound found;
  for (const Reference& reference : references) {
    std::vector<std::uint32_t> verses;
    if (reference.word) {
      verses.push_back(places.verse(reference.word->verse, text_parameter.row.name));
    } else {
      const auto of_range = places.verses(*reference.range, text_parameter.row.name);
      verses.assign(of_range.begin(), of_range.end());
    }
    for (const std::uint32_t verse : verses) {
      if (!options.verses.empty() && options.verses[verse] == 0) continue;
      ++found.verses;
      if (found.verses > options.offset && found.results.size() < options.limit)
        found.results.push_back({verse, {}});
    }
  }
  return found;
}

}  // namespace

search::TextOptions search_options(const Context& context, const Call& call) {
  search::TextOptions options;
  if (const std::size_t* step = call.find(step_parameter)) options.loosest = static_cast<text::Step>(*step);
  options.proclitics = static_cast<search::Proclitics>(call[proclitics_parameter]);
  options.order = static_cast<search::Order>(call[order_parameter]);
  options.verses = searched_verses(context.core, call);
  options.offset = call[offset_parameter];
  options.limit = call[verses_parameter];
  return options;
}

Searched search_for(const Context& context, const Places& places, const std::string& q,
                    const search::TextOptions& options) {
  Searched found;
  for (Reference& reference : find_references(q, false)) {
    if (is_there(places, reference)) found.references.push_back(std::move(reference));
  }
  const bool certain = !found.references.empty() && found.references.front().certain;
  const bool arabic = std::ranges::any_of(utf8::to_code_points(q), text::is_arabic_letter);
  found.by_reference = certain || (!found.references.empty() && !arabic);
  if (!found.by_reference) {
    const auto query =
        in_context([] { return ErrorContext{.parameter = std::string(text_parameter.row.name)}; },
                   [&] { return search::parse_text_query(q); });
    // Taken only to wait for its turn among the searches.
    const auto turn = context.workers.lease();
    found.text = search::search_text(context.core, context.words, query, options);
    found.by_reference = found.text.hits == 0 && !found.text.partial && !found.references.empty();
  }
  if (found.by_reference) found.text = named_verses(places, found.references, options);
  return found;
}

}  // namespace kalima::api::v1
