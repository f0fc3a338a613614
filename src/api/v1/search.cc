// Words and phrases as people write them.
#include <chrono>

#include "api/v1/answer.h"
#include "api/v1/parameters.h"
#include "api/v1/routes.h"
#include "search/text_search.h"
#include "text/proclitics.h"

namespace kalima::api::v1 {
namespace {

using http::Call;
using http::Field;
using http::JsonWriter;
using http::Response;
using std::chrono::steady_clock;
namespace shapes = http::shapes;

constexpr auto step_shape = shapes::one_of(text::step_names);
constexpr std::string_view mode_names[] = {"text"};
constexpr auto mode_shape = shapes::one_of(mode_names);

constexpr Field word_fields[] = {
    {"word", &shapes::integer_or_null, "from 1, as the morphology counts; null outside its words"},
    {"from", &shapes::integer, "where the match begins in `text`, in code points, from 0"},
    {"to", &shapes::integer, "the code point after the last"},
    {"step", &step_shape},
    {"proclitic", &shapes::text, "particles before what matches; may be empty"},
};
constexpr auto word_shape = shapes::object(word_fields, "FoundWord");
constexpr auto words_shape = shapes::array(word_shape);
constexpr Field hit_fields[] = {
    {"first_word", &shapes::integer_or_null},
    {"last_word", &shapes::integer_or_null},
    {"step", &step_shape, "the loosest one of its words"},
    {"words", &words_shape},
};
constexpr auto hit_shape = shapes::object(hit_fields, "TextHit");
constexpr auto hits_shape = shapes::array(hit_shape);
constexpr Field result_fields[] = {
    {"surah", &shapes::integer},
    {"ayah", &shapes::integer},
    {"index", &shapes::integer, "of the verse in the corpus, from 0"},
    {"text", &shapes::text},
    {"hits", &hits_shape},
};
constexpr auto result_shape = shapes::object(result_fields, "FoundVerse");
constexpr auto results_shape = shapes::array(result_shape);
constexpr Field answer_fields[] = {
    {"query", &shapes::text},
    {"mode", &mode_shape},
    {"step", &step_shape, "the loosest one that was allowed"},
    {"verses", &shapes::integer, "all verses with a match"},
    {"hits", &shapes::integer, "all matches"},
    {"offset", &shapes::integer},
    {"limit", &shapes::integer},
    {"partial", &shapes::boolean, "the time was over before all was searched: the counts are too small"},
    {"ms", &shapes::decimal, "how long the search took"},
    {"results", &results_shape, "in the order of the corpus"},
};
constexpr auto answer_shape = shapes::object(answer_fields, "TextSearch");

struct Query {
  std::string text;
  search::TextQuery parsed;
};
Query read_query(std::string_view text) { return {std::string(text), search::parse_text_query(text)}; }

constexpr auto query_parameter = http::parsed<read_query>({.name = "q",
                                                           .meaning = "the text to search for",
                                                           .example = "الصلاة",
                                                           .max = search::TextQuery::max_code_points,
                                                           .required = true});
constexpr auto mode_parameter = http::choice({.name = "mode",
                                              .meaning = "how `q` is read",
                                              .example = "text",
                                              .values = mode_names,
                                              .default_value = "text"});
constexpr auto step_parameter = http::choice({.name = "step",
                                              .meaning = "the loosest step at which two words may match",
                                              .example = "folded",
                                              .values = text::step_names,
                                              .default_value = text::step_name(text::loosest_step)});
constexpr auto proclitics_parameter =
    http::yes_no({.name = "proclitics",
                  .meaning = "whether words with particles before the sought word match",
                  .example = "no",
                  .default_value = "yes"});
constexpr auto results_parameter = http::integer({.name = "limit",
                                                  .meaning = "how many verses are listed at most",
                                                  .example = "10",
                                                  .max = 1000,
                                                  .default_value = "50"});
constexpr const http::Parameter* parameters[] = {
    &query_parameter.row,  &mode_parameter.row,    &step_parameter.row,   &proclitics_parameter.row,
    &offset_parameter.row, &results_parameter.row, &timeout_parameter.row};
constexpr std::string_view examples[] = {"/api/v1/search?q=%D8%A7%D9%84%D8%B5%D9%84%D8%A7%D8%A9",
                                         "/api/v1/search?q=%D9%85%D9%86+%D8%B4%D8%B1&step=folded&limit=2"};
constexpr http::Operation operation{.method = "GET",
                                    .path = "/api/v1/search",
                                    .id = "search",
                                    .group = "search",
                                    .summary = "Words and phrases in any spelling",
                                    .parameters = parameters,
                                    .answer = &answer_shape,
                                    .examples = examples,
                                    .cached = true};

// The text may have pieces outside the words of the morphology.
void write_number(JsonWriter& out, std::string_view name, const search::TextWord& word) {
  out.key(name);
  if (word.word == 0) {
    out.null();
  } else {
    out.value(word.word);
  }
}

void write_word(JsonWriter& out, const search::WordFile& file, const search::TextWord& word) {
  out.begin_object();
  write_number(out, "word", word);
  out.key("from").value(word.from).key("to").value(word.to);
  out.key("step").value(text::step_name(word.step));
  out.key("proclitic").value(text::proclitic_name(file.entry(word.entry).substr(0, word.begin)));
  out.end_object();
}

void write_hit(JsonWriter& out, const search::WordFile& file, const search::TextHit& hit) {
  out.begin_object();
  write_number(out, "first_word", hit.words.front());
  write_number(out, "last_word", hit.words.back());
  out.key("step").value(text::step_name(hit.step)).key("words").begin_array();
  for (const search::TextWord& word : hit.words) write_word(out, file, word);
  out.end_array().end_object();
}

Response text_search(const Context& context, const Call& call) {
  const auto start = steady_clock::now();
  const Query& query = call[query_parameter];
  search::TextOptions options;
  options.loosest = static_cast<text::Step>(call[step_parameter]);
  options.proclitics = call[proclitics_parameter];
  options.offset = call[offset_parameter];
  options.limit = call[results_parameter];
  const auto end = start + std::chrono::milliseconds(call[timeout_parameter]);
  options.expired = [end] { return steady_clock::now() >= end; };

  search::TextFound found;
  {
    // Taken only to wait for its turn among the searches.
    const auto turn = context.workers.lease();
    found = search::search_text(context.words, query.parsed, options);
  }
  JsonWriter results;
  results.begin_array();
  for (const search::TextVerse& result : found.results) {
    const columns::CoreFile& core = context.core;
    results.begin_object();
    results.key("surah").value(core.surah(result.verse)).key("ayah").value(core.ayah(result.verse));
    results.key("index").value(result.verse).key("text").value(core.text_of(result.verse));
    results.key("hits").begin_array();
    for (const search::TextHit& hit : result.hits) write_hit(results, context.words, hit);
    results.end_array().end_object();
  }
  results.end_array();
  const std::chrono::duration<double, std::milli> taken = steady_clock::now() - start;
  JsonWriter out;
  out.begin_object();
  out.key("query").value(query.text).key("mode").value(mode_names[call[mode_parameter]]);
  out.key("step").value(text::step_name(options.loosest));
  out.key("verses").value(found.verses).key("hits").value(found.hits);
  out.key("offset").value(options.offset).key("limit").value(options.limit);
  out.key("partial").value(found.partial).key("ms").value(taken.count(), 3);
  out.key("results").raw(results.take()).end_object();
  Response response = answer_of(out);
  response.cacheable = !found.partial;
  return response;
}

}  // namespace

Routes search_routes(const Context& context) {
  return {{&operation, [context](const Call& call) { return text_search(context, call); }}};
}

}  // namespace kalima::api::v1
