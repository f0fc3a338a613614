// A root or a lemma: its forms, how often it occurs, and where.
#include <fmt/format.h>

#include "api/v1/answer.h"
#include "api/v1/lexicon.h"
#include "api/v1/parameters.h"
#include "api/v1/reading.h"
#include "api/v1/routes.h"
#include "attributes/table.h"
#include "text/buckwalter.h"

namespace kalima::api::v1 {
namespace {

using attributes::Attribute;
using http::Call;
using http::Field;
using http::JsonWriter;
using http::Parameter;
namespace shapes = http::shapes;

constexpr auto root_parameter =
    http::text({.name = "root",
                .place = Parameter::Place::path,
                .meaning = "the root in Arabic (رحم, ر ح م) or in Buckwalter transliteration (rHm)",
                .example = "رحم",
                .min = 1,
                .max = 60});
constexpr auto lemma_parameter = http::text(
    {.name = "lemma",
     .place = Parameter::Place::path,
     .meaning = "the lemma in Arabic or in Buckwalter transliteration; its bare letters if no other has them",
     .example = "رَبّ",
     .min = 1,
     .max = 60});

constexpr Field used_fields[] = {{"value", &shapes::text}, {"words", &shapes::integer}};
constexpr auto used_shape = shapes::object(used_fields, "Used");
constexpr auto uses_shape = shapes::array(used_shape);

constexpr auto fields_of(const char* own, const char* other, const char* meaning_of_other) {
  return std::array{
      Field{own, &shapes::text},
      Field{"buckwalter", &shapes::text_or_null},
      Field{"segments", &shapes::integer, "how many have it, as the next two"},
      Field{"words", &shapes::integer},
      Field{"verses", &shapes::integer},
      Field{other, &uses_shape, meaning_of_other},
      Field{"pos", &uses_shape, "parts of speech, likewise"},
      Field{"forms", &uses_shape, "the stems as they are written, likewise"},
      Field{"places", &shapes::texts, "SURAH:AYAH:WORD, in the order of the corpus"},
      Field{"total", &shapes::integer, "how many places there are"},
  };
}
constexpr auto root_fields = fields_of("root", "lemmas", "its lemmas, most frequent first");
constexpr auto root_shape = shapes::object(root_fields, "RootEntry");
constexpr auto lemma_fields = fields_of("lemma", "roots", "its roots, most frequent first");
constexpr auto lemma_shape = shapes::object(lemma_fields, "LemmaEntry");

constexpr const Parameter* root_parameters[] = {&root_parameter.row, &limit_parameter.row,
                                                &offset_parameter.row};
constexpr const Parameter* lemma_parameters[] = {&lemma_parameter.row, &limit_parameter.row,
                                                 &offset_parameter.row};
constexpr ErrorCode errors[] = {ErrorCode::not_found};
constexpr std::string_view root_examples[] = {"/api/v1/roots/%D8%B1%D8%AD%D9%85",
                                              "/api/v1/roots/rHm?limit=2"};
constexpr std::string_view lemma_examples[] = {"/api/v1/lemmas/%D8%B1%D9%8E%D8%A8%D9%91"};
constexpr http::Operation root_operation{
    .method = "GET",
    .path = "/api/v1/roots/{root}",
    .id = "getRoot",
    .group = "corpus",
    .summary = "A root: its lemmas and forms, how often it occurs, and where",
    .parameters = root_parameters,
    .answer = &root_shape,
    .errors = errors,
    .examples = root_examples};
constexpr http::Operation lemma_operation{
    .method = "GET",
    .path = "/api/v1/lemmas/{lemma}",
    .id = "getLemma",
    .group = "corpus",
    .summary = "A lemma: its roots and forms, how often it occurs, and where",
    .parameters = lemma_parameters,
    .answer = &lemma_shape,
    .errors = errors,
    .examples = lemma_examples};

void write_used(JsonWriter& out, const columns::CoreFile& core, Attribute attribute, std::uint32_t value,
                Attribute other) {
  out.begin_array();
  for (const Used& used : used_with(core, attribute, value, other)) {
    out.begin_object().key("value").value(core.text(other, used.value));
    out.key("words").value(used.words).end_object();
  }
  out.end_array();
}

http::Response read_lexeme(const columns::CoreFile& core, const Call& call, Attribute attribute,
                           const http::Typed<std::string>& parameter) {
  const bool root = attribute == Attribute::root;
  const std::uint32_t value = lexeme(core, attribute, call[parameter], parameter.row.name);
  const std::string text = core.text(attribute, value);
  const columns::Counts counts = core.counts(attribute, value);
  const std::vector<std::uint32_t> words = core.postings(attribute, value).words();
  const auto [from, to] = page(call, words.size());
  JsonWriter out;
  out.begin_object();
  out.key(root ? "root" : "lemma").value(text).key("buckwalter").value(text::buckwalter_from_arabic(text));
  out.key("segments")
      .value(counts.segments)
      .key("words")
      .value(counts.words)
      .key("verses")
      .value(counts.verses);
  out.key(root ? "lemmas" : "roots");
  write_used(out, core, attribute, value, root ? Attribute::lemma : Attribute::root);
  out.key("pos");
  write_used(out, core, attribute, value, Attribute::pos);
  out.key("forms");
  write_used(out, core, attribute, value, Attribute::segment);
  out.key("places").begin_array();
  for (std::size_t i = from; i < to; ++i) {
    const std::size_t verse = core.verse_of(words[i]);
    out.value(fmt::format("{}:{}:{}", core.surah(verse), core.ayah(verse),
                          words[i] - core.words_of(verse).begin + 1));
  }
  out.end_array().key("total").value(words.size()).end_object();
  return answer_of(out);
}

}  // namespace

Routes lexeme_routes(const Context& context) {
  return {{&root_operation,
           [&core = context.core](const Call& call) {
             return read_lexeme(core, call, Attribute::root, root_parameter);
           }},
          {&lemma_operation, [&core = context.core](const Call& call) {
             return read_lexeme(core, call, Attribute::lemma, lemma_parameter);
           }}};
}

}  // namespace kalima::api::v1
