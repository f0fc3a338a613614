// What is in the corpus that is served, and what is not.
#include <fmt/format.h>

#include <mutex>

#include "api/v1/answer.h"
#include "api/v1/reading.h"
#include "api/v1/routes.h"
#include "attributes/names.h"
#include "corpus/surahs.h"

namespace kalima::api::v1 {
namespace {

using attributes::Source;
using http::Call;
using http::Field;
using http::JsonWriter;
namespace shapes = http::shapes;

constexpr std::string_view source_names[] = {"text", "morphology", "treebank", "masaq"};
constexpr auto source_name_shape = shapes::one_of(source_names);
constexpr Field source_fields[] = {
    {"source", &source_name_shape},
    {"title", &shapes::text},
    {"licence", &shapes::text, "of the published file; the starter corpus has the licence of the program"},
    {"address", &shapes::text_or_null},
    {"present", &shapes::boolean, "the corpus has values from it"},
};
constexpr auto source_shape = shapes::object(source_fields, "Source");
constexpr auto sources_shape = shapes::array(source_shape);
constexpr Field counts_fields[] = {
    {"surahs", &shapes::integer},    {"verses", &shapes::integer}, {"words", &shapes::integer},
    {"segments", &shapes::integer},  {"roots", &shapes::integer},  {"lemmas", &shapes::integer},
    {"sentences", &shapes::integer}, {"nodes", &shapes::integer},
};
constexpr auto counts_shape = shapes::object(counts_fields);
constexpr Field missing_fields[] = {
    {"verses", &shapes::integer, "of the 6,236 verses of the Quran"},
    {"surahs", &shapes::texts, "numbers of surahs of which verses are missing"},
    {"attributes", &shapes::texts, "names of attributes that nothing has a value of"},
};
constexpr auto missing_shape = shapes::object(missing_fields);
constexpr Field answer_fields[] = {
    {"identity", &shapes::text, "of the database: another import gives another one"},
    {"hash", &shapes::text, "of the text and its analyses: the same corpus has the same"},
    {"starter", &shapes::boolean, "the surahs that come with the program"},
    {"counts", &counts_shape},
    {"sources", &sources_shape},
    {"missing", &missing_shape},
};
constexpr auto answer_shape = shapes::object(answer_fields, "Corpus");
constexpr std::string_view examples[] = {"/api/v1/corpus"};
constexpr http::Operation operation{
    .method = "GET",
    .path = "/api/v1/corpus",
    .id = "getCorpus",
    .group = "corpus",
    .summary = "What is in the corpus, from whom, under which licence, and what is missing",
    .answer = &answer_shape,
    .examples = examples};

struct Publication {
  Source source;
  std::string_view title, licence, address;
};
constexpr Publication publications[] = {
    {Source::text, "Tanzil Quran text", "CC BY 3.0, verbatim copies only", "https://tanzil.net"},
    {Source::morphology, "Quranic Arabic Corpus 0.4, K. Dukes", "GNU GPL", "https://corpus.quran.com"},
    {Source::treebank, "Quranic Treebank (NoorBayan)", "MIT", ""},
    {Source::masaq, "MASAQ", "CC BY 4.0", ""},
};

bool has_values(const columns::CoreFile& core, const attributes::Definition& row) {
  const columns::Counts any = core.counts_of_any(row.attribute);
  return any.items != 0 || any.words != 0;
}

std::string describe(const columns::CoreFile& core, std::string_view hash, bool starter) {
  std::vector<std::size_t> present(corpus::surahs().size() + 1);
  std::size_t verses = 0;
  for (std::size_t verse = 0; verse < core.verses(); ++verse) {
    if (core.surah(verse) >= present.size()) continue;
    ++present[core.surah(verse)];
    ++verses;
  }
  std::size_t surahs = 0;
  for (const std::size_t count : present) surahs += count > 0 ? 1 : 0;
  JsonWriter out;
  out.begin_object().key("identity").value(core.identity()).key("hash").value(hash);
  out.key("starter").value(starter);
  out.key("counts").begin_object();
  out.key("surahs").value(surahs).key("verses").value(core.verses()).key("words").value(core.words());
  out.key("segments").value(core.segments());
  out.key("roots").value(core.values(attributes::Attribute::root));
  out.key("lemmas").value(core.values(attributes::Attribute::lemma));
  out.key("sentences").value(core.trees().sentences()).key("nodes").value(core.trees().size());
  out.end_object();
  out.key("sources").begin_array();
  for (const Publication& publication : publications) {
    bool any = false;
    for (const attributes::Definition& row : attributes::table)
      any = any || (row.source == publication.source && row.column != attributes::Column::implied &&
                    row.type != attributes::Type::flag && has_values(core, row));
    out.begin_object().key("source").value(attributes::name(publication.source));
    out.key("title").value(publication.title).key("licence").value(publication.licence);
    out.key("address").value_or_null(publication.address).key("present").value(any).end_object();
  }
  out.end_array().key("missing").begin_object();
  out.key("verses").value(corpus::all_verses - std::min(verses, corpus::all_verses));
  out.key("surahs").begin_array();
  for (std::size_t i = 0; i < corpus::surahs().size(); ++i) {
    if (present[i + 1] < static_cast<std::size_t>(corpus::surahs()[i].verses))
      out.value(std::to_string(i + 1));
  }
  out.end_array().key("attributes").begin_array();
  for (const attributes::Definition& row : attributes::table) {
    if (!has_values(core, row)) out.value(row.name);
  }
  out.end_array().end_object().end_object();
  return out.take() + '\n';
}

struct Described {
  std::once_flag made;
  std::string text;
};

}  // namespace

Routes corpus_routes(const Context& context, const std::shared_ptr<CorpusHashWhenAsked>& hash) {
  const auto described = std::make_shared<Described>();
  return {{&operation, [&core = context.core, starter = context.starter, hash, described](const Call&) {
             std::call_once(described->made,
                            [&] { described->text = describe(core, hash->get().text, starter); });
             http::Response response;
             response.body.splice(described->text);
             response.body.keep(described);
             return response;
           }}};
}

}  // namespace kalima::api::v1
