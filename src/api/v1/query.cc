// Queries over words, segments, sequences and trees (query/query.h), as lines of a concordance.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>

#include "api/v1/answer.h"
#include "api/v1/parameters.h"
#include "api/v1/routes.h"
#include "api/v1/when_asked.h"
#include "attributes/table.h"
#include "query/query.h"
#include "text/ladder.h"

namespace kalima::api::v1 {
namespace {

using columns::CoreFile;
using http::Call;
using http::Field;
using http::JsonWriter;
using http::Response;
using std::chrono::steady_clock;
namespace shapes = http::shapes;

constexpr std::string_view reading_names[] = {"all", "shortest", "standard", "longest"};
static_assert(static_cast<std::size_t>(query::Reading::longest) == 3);
constexpr auto reading_shape = shapes::one_of(reading_names);
constexpr auto step_shape = shapes::one_of(text::step_names);

constexpr Field capture_fields[] = {
    {"start", &shapes::text, "SURAH:AYAH:WORD:SEGMENT; for a hidden node SURAH:AYAH:hidden"},
    {"end", &shapes::text, "the last segment"},
};
constexpr auto capture_shape = shapes::object(capture_fields, "Capture");
constexpr auto captures_shape = http::Shape{.kind = http::Shape::Kind::map, .items = &capture_shape};
constexpr Field result_fields[] = {
    {"start", &shapes::text, "SURAH:AYAH:WORD:SEGMENT, from 1"},
    {"end", &shapes::text, "the last segment"},
    {"captures", &captures_shape, "what the labels of the query name"},
    {"before", &shapes::texts, "the words before, in the order of the text"},
    {"match", &shapes::texts, "the words of the hit"},
    {"after", &shapes::texts, "the words after"},
};
constexpr auto result_shape = shapes::object(result_fields, "QueryHit");
constexpr auto results_shape = shapes::array(result_shape);
constexpr Field found_step_fields[] = {{"value", &shapes::text}, {"step", &step_shape}};
constexpr auto found_step_shape = shapes::object(found_step_fields);
constexpr auto steps_shape = shapes::array(found_step_shape);
constexpr Field answer_fields[] = {
    {"query", &shapes::text},
    {"reading", &reading_shape, "which of the spans are hits"},
    {"hits", &shapes::integer, "different spans and captures"},
    {"spans", &shapes::integer, "different spans"},
    {"words", &shapes::integer, "words that lie in a hit, in whole or in part"},
    {"verses", &shapes::integer, "verses with such a word"},
    {"without_span", &shapes::integer, "further matches whose first node is not spoken"},
    {"verses_searched", &shapes::integer},
    {"verses_with_tree", &shapes::integer},
    {"steps", &steps_shape, "the step of spelling at which each word of the query was found"},
    {"notes", &shapes::texts, "what to know about how the query was read"},
    {"partial", &shapes::boolean, "time or memory ran out: counts and results are those found until then"},
    {"offset", &shapes::integer},
    {"limit", &shapes::integer},
    {"ms", &shapes::decimal, "how long it took"},
    {"results", &results_shape, "in the order of the corpus"},
};
constexpr auto answer_shape = shapes::object(answer_fields, "QueryAnswer");
constexpr Field plan_fields[] = {{"query", &shapes::text}, {"plan", &shapes::text}};
constexpr auto plan_shape = shapes::object(plan_fields, "QueryPlan");

constexpr auto query_parameter = http::text(
    {.name = "q", .meaning = "the query", .example = "[root=\"رحم\"]", .max = 65'536, .required = true});
constexpr auto reading_parameter = http::choice({.name = "reading",
                                                 .meaning = "which of the spans that match are hits",
                                                 .example = "longest",
                                                 .values = reading_names});
constexpr auto sensitive_parameter =
    http::yes_no({.name = "sensitive",
                  .meaning = "whether values without flags are compared as they are written",
                  .example = "no",
                  .default_value = "no"});
constexpr auto hits_parameter = http::integer({.name = "limit",
                                               .meaning = "how many hits are listed at most",
                                               .example = "10",
                                               .max = 100'000,
                                               .default_value = "50"});
constexpr auto context_parameter = http::integer({.name = "context",
                                                  .meaning = "how many words are shown on each side of a hit",
                                                  .example = "3",
                                                  .max = 50,
                                                  .default_value = "5"});
constexpr const http::Parameter* parameters[] = {
    &query_parameter.row, &reading_parameter.row, &sensitive_parameter.row, &offset_parameter.row,
    &hits_parameter.row,  &context_parameter.row, &timeout_parameter.row};
constexpr std::string_view examples[] = {
    "/api/v1/query?q=%5Broot%3D%22%D8%B1%D8%AD%D9%85%22%5D",
    "/api/v1/query?q=a%3A%5Bpos%3D%22V%22%5D+%5B%5D%7B0%2C2%7D+b%3A%5Bpos%3D%22N%22%5D&limit=3&context=2"};
constexpr ErrorCode errors[] = {ErrorCode::too_large};
constexpr http::Operation operation{.method = "GET",
                                    .path = "/api/v1/query",
                                    .id = "query",
                                    .group = "search",
                                    .summary = "Words, segments, sequences and trees in the query language",
                                    .parameters = parameters,
                                    .answer = &answer_shape,
                                    .errors = errors,
                                    .examples = examples,
                                    .cached = true};

constexpr const http::Parameter* plan_parameters[] = {&query_parameter.row, &reading_parameter.row,
                                                      &sensitive_parameter.row};
constexpr std::string_view plan_examples[] = {"/api/v1/query/plan?q=%5Bpos%3D%22V%22%5D"};
constexpr http::Operation plan_operation{.method = "GET",
                                         .path = "/api/v1/query/plan",
                                         .id = "explainQuery",
                                         .group = "search",
                                         .summary = "How a query is read and what is done for it, for people",
                                         .parameters = plan_parameters,
                                         .answer = &plan_shape,
                                         .errors = errors,
                                         .examples = plan_examples};

void write_place(JsonWriter& out, const query::Engine& engine, std::uint32_t position) {
  const query::SegmentName name = engine.name_of(position);
  out.value(fmt::format("{}:{}:{}:{}", name.surah, name.ayah, name.word, name.segment));
}

void write_words(JsonWriter& out, const CoreFile& core, std::size_t from, std::size_t to) {
  out.begin_array();
  for (std::size_t word = from; word < to; ++word) out.value(core.word_form(word));
  out.end_array();
}

void write_hit(JsonWriter& out, const CoreFile& core, const query::Engine& engine, const query::Found& found,
               const query::Hit& hit, std::size_t context) {
  // Of one that is empty the segment after it; at the very end the last.
  const auto shown = [&engine](std::uint32_t position) {
    return std::min(position, static_cast<std::uint32_t>(engine.positions()) - 1);
  };
  const std::uint32_t first = shown(hit.begin), last = hit.end > hit.begin ? hit.end - 1 : first;
  out.begin_object().key("start");
  write_place(out, engine, first);
  out.key("end");
  write_place(out, engine, last);
  out.key("captures").begin_object();
  for (const query::Captured& captured : hit.captures) {
    out.key(found.labels()[captured.label]).begin_object().key("start");
    if (captured.hidden) {
      const std::string place =
          fmt::format("{}:{}:hidden", core.surah(*captured.hidden), core.ayah(*captured.hidden));
      out.value(place).key("end").value(place).end_object();
      continue;
    }
    write_place(out, engine, shown(captured.begin));
    out.key("end");
    write_place(out, engine, captured.end > captured.begin ? captured.end - 1 : shown(captured.begin));
    out.end_object();
  }
  out.end_object();
  // The context ends where the surah does.
  const std::size_t first_word = engine.word_of(first), end_word = engine.word_of(last) + std::size_t{1};
  const std::uint32_t surah = core.surah(core.verse_of(first_word));
  std::size_t from = first_word, to = end_word;
  while (from > 0 && first_word - from < context && core.surah(core.verse_of(from - 1)) == surah) --from;
  while (to < core.words() && to - end_word < context && core.surah(core.verse_of(to)) == surah) ++to;
  out.key("before");
  write_words(out, core, from, first_word);
  out.key("match");
  write_words(out, core, first_word, end_word);
  out.key("after");
  write_words(out, core, end_word, to);
  out.end_object();
}

query::Options options_of(const Call& call) {
  query::Options options;
  if (const std::size_t* reading = call.find(reading_parameter))
    options.reading = static_cast<query::Reading>(*reading);
  options.sensitive = call[sensitive_parameter];
  return options;
}

// What an Error about the query is about.
ErrorContext of_query() { return {.parameter = std::string(query_parameter.row.name)}; }

Response run(const Context& context, WhenAsked<query::Engine>& when_asked, const Call& call) {
  const auto start = steady_clock::now();
  const std::string& q = call[query_parameter];
  query::Options options = options_of(call);
  options.deadline = start + std::chrono::milliseconds(call[timeout_parameter]);
  // Taken only to wait for its turn among the searches.
  const auto turn = context.workers.lease();
  const query::Engine& engine = when_asked.get();
  const query::Found found = in_context(of_query, [&] { return engine.run(q, options); });
  JsonWriter results;
  results.begin_array();
  found.each(call[offset_parameter], call[hits_parameter], [&](const query::Hit& hit) {
    write_hit(results, context.core, engine, found, hit, call[context_parameter]);
    return true;
  });
  results.end_array();
  const query::Counts& counts = found.counts();
  JsonWriter out;
  out.begin_object();
  out.key("query").value(q);
  out.key("reading").value(reading_names[static_cast<std::size_t>(found.reading())]);
  out.key("hits").value(counts.hits).key("spans").value(counts.spans);
  out.key("words").value(counts.words).key("verses").value(counts.verses);
  out.key("without_span").value(counts.without_span);
  out.key("verses_searched").value(found.verses_searched());
  out.key("verses_with_tree").value(found.verses_with_tree());
  out.key("steps").begin_array();
  for (const query::FoundAt& step : found.steps()) {
    out.begin_object().key("value").value(step.value);
    out.key("step").value(text::step_name(step.step)).end_object();
  }
  out.end_array().key("notes").begin_array();
  for (const std::string& note : found.notes()) out.value(note);
  out.end_array().key("partial").value(found.partial());
  out.key("offset").value(call[offset_parameter]).key("limit").value(call[hits_parameter]);
  const std::chrono::duration<double, std::milli> taken = steady_clock::now() - start;
  out.key("ms").value(taken.count(), 3);
  out.key("results").raw(results.take()).end_object();
  Response response = answer_of(out);
  response.cacheable = !found.partial();
  return response;
}

Response plan(WhenAsked<query::Engine>& when_asked, const Call& call) {
  const std::string& q = call[query_parameter];
  const std::string text =
      in_context(of_query, [&] { return when_asked.get().explain(q, options_of(call)); });
  JsonWriter out;
  out.begin_object().key("query").value(q).key("plan").value(text).end_object();
  return answer_of(out);
}

}  // namespace

Routes query_routes(const Context& context) {
  const auto engine = std::make_shared<WhenAsked<query::Engine>>(context.core);
  return {{&operation, [context, engine](const Call& call) { return run(context, *engine, call); }},
          {&plan_operation, [engine](const Call& call) { return plan(*engine, call); }}};
}

}  // namespace kalima::api::v1
