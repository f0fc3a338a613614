// What occurs again: runs of words, and verses like a verse.
#include <chrono>
#include <memory>

#include "api/v1/answer.h"
#include "api/v1/parameters.h"
#include "api/v1/patience.h"
#include "api/v1/query_request.h"
#include "api/v1/routes.h"
#include "api/v1/statistics_answer.h"
#include "api/v1/statistics_parameters.h"
#include "api/v1/statistics_shapes.h"
#include "statistics/similar.h"

namespace kalima::api::v1 {
namespace {

using http::Call;
using http::Field;
using http::JsonWriter;
using http::Response;
namespace shapes = http::shapes;
namespace sheets = statistics_shapes;
using std::chrono::steady_clock;

constexpr auto run_row = shapes::object(sheets::row_fields<statistics::ngram_columns>, "RepeatedRun");
constexpr auto run_rows = shapes::array(run_row);
constexpr auto runs_answer =
    shapes::object(sheets::Answer<statistics::ngram_facts, run_rows>::fields, "RepeatedRuns");

constexpr ErrorCode errors[] = {ErrorCode::too_large};
constexpr const http::Parameter* run_parameters[] = {
    &subject_parameter.row,     &attribute_parameter.row,   &min_words_parameter.row,
    &max_words_parameter.row,   &run_hits_parameter.row,    &run_surahs_parameter.row,
    &maximal_parameter.row,     &over_verses_parameter.row, &within_parameter.row,
    &reading_parameter.row,     &sensitive_parameter.row,   &run_sort_parameter.row,
    &offset_parameter.row,      &rows_parameter.row,        &timeout_parameter.row,
    &table_format_parameter.row};
constexpr std::string_view run_examples[] = {"/api/v1/statistics/ngrams?min_n=3&max_n=8&maximal=yes&limit=5"};
constexpr http::Operation runs{.method = "GET",
                               .path = "/api/v1/statistics/ngrams",
                               .id = "repeatedRuns",
                               .group = "statistics",
                               .summary = "Runs of words that occur again, by any attribute",
                               .parameters = run_parameters,
                               .answer = &runs_answer,
                               .other_answers = table_types,
                               .errors = errors,
                               .examples = run_examples,
                               .cached = true};

statistics::NgramRequest run_request(const Call& call) {
  statistics::NgramRequest out;
  out.attribute = in_context(about(attribute_parameter),
                             [&] { return query::read_attribute(call[attribute_parameter]); });
  out.min_n = static_cast<std::uint32_t>(call[min_words_parameter]);
  out.max_n = static_cast<std::uint32_t>(call[max_words_parameter]);
  if (out.max_n < out.min_n) {
    throw Error(ErrorCode::bad_input, "max_n is less than min_n")
        .with({.parameter = std::string(max_words_parameter.row.name)});
  }
  out.min_hits = call[run_hits_parameter];
  out.over_verses = call[over_verses_parameter];
  return out;
}

AskedStatistic asked_runs(const Call& call, const query::Engine& engine) {
  AskedStatistic out = asked_statistic(call, call[subject_parameter], engine);
  statistics::NgramRequest request = run_request(call);
  request.min_surahs = call[run_surahs_parameter];
  request.maximal = call[maximal_parameter];
  request.order = call[run_sort_parameter];
  out.make = [request](const auto& source, const auto& scope, const auto& hits, const auto& page, const auto&,
                       auto& guard) {
    statistics::NgramRequest of_page = request;
    of_page.page = page;
    return statistics::ngrams(source, scope, hits, of_page, guard);
  };
  return out;
}

constexpr auto skip_row = shapes::object(sheets::row_fields<statistics::skipgram_columns>, "SkipGram");
constexpr auto skip_rows = shapes::array(skip_row);
constexpr auto skips_answer =
    shapes::object(sheets::Answer<statistics::skipgram_facts, skip_rows>::fields, "SkipGrams");
constexpr const http::Parameter* skip_parameters[] = {
    &subject_parameter.row,   &attribute_parameter.row,   &min_words_parameter.row, &max_words_parameter.row,
    &run_hits_parameter.row,  &over_verses_parameter.row, &within_parameter.row,    &reading_parameter.row,
    &sensitive_parameter.row, &skip_sort_parameter.row,   &offset_parameter.row,    &rows_parameter.row,
    &timeout_parameter.row,   &table_format_parameter.row};
constexpr std::string_view skip_examples[] = {"/api/v1/statistics/skipgrams?min_n=3&max_n=5&limit=5"};
constexpr http::Operation skips{.method = "GET",
                                .path = "/api/v1/statistics/skipgrams",
                                .id = "skipGrams",
                                .group = "statistics",
                                .summary = "Runs of words that occur again with another word in one place",
                                .parameters = skip_parameters,
                                .answer = &skips_answer,
                                .other_answers = table_types,
                                .errors = errors,
                                .examples = skip_examples,
                                .cached = true};

AskedStatistic asked_skips(const Call& call, const query::Engine& engine) {
  AskedStatistic out = asked_statistic(call, call[subject_parameter], engine);
  statistics::NgramRequest request = run_request(call);
  request.order = call[skip_sort_parameter];
  out.make = [request](const auto& source, const auto& scope, const auto& hits, const auto& page, const auto&,
                       auto& guard) {
    statistics::NgramRequest of_page = request;
    of_page.page = page;
    return statistics::skipgrams(source, scope, hits, of_page, guard);
  };
  return out;
}

constexpr auto pair_row = shapes::object(sheets::row_fields<statistics::pair_columns>, "SimilarPair");
constexpr auto pair_rows = shapes::array(pair_row);
constexpr auto pairs_answer =
    shapes::object(sheets::Answer<statistics::pair_facts, pair_rows>::fields, "SimilarPairs");
constexpr const http::Parameter* pair_parameters[] = {
    &attribute_parameter.row, &pair_similarity_parameter.row, &pair_words_parameter.row,
    &within_parameter.row,    &pair_sort_parameter.row,       &offset_parameter.row,
    &rows_parameter.row,      &timeout_parameter.row,         &table_format_parameter.row};
constexpr std::string_view pair_examples[] = {"/api/v1/statistics/similar?min=80&limit=5"};
constexpr http::Operation pairs{.method = "GET",
                                .path = "/api/v1/statistics/similar",
                                .id = "similarPairs",
                                .group = "statistics",
                                .summary = "All pairs of verses that are so similar",
                                .parameters = pair_parameters,
                                .answer = &pairs_answer,
                                .other_answers = table_types,
                                .errors = errors,
                                .examples = pair_examples,
                                .cached = true};

AskedStatistic asked_pairs(const Call& call, const query::Engine& engine) {
  AskedStatistic out = asked_statistic_of_words(call, engine);
  statistics::PairsRequest request;
  request.attribute = in_context(about(attribute_parameter),
                                 [&] { return query::read_attribute(call[attribute_parameter]); });
  request.min_similarity = static_cast<double>(call[pair_similarity_parameter]) / 100;
  request.min_words = call[pair_words_parameter];
  request.order = call[pair_sort_parameter];
  out.make = [request](const auto& source, const auto& scope, const auto& hits, const auto& page, const auto&,
                       auto& guard) {
    statistics::PairsRequest of_page = request;
    of_page.page = page;
    return statistics::similar_pairs(source, scope, hits, of_page, guard);
  };
  return out;
}

constexpr Field aligned_fields[] = {
    {"same", &shapes::boolean, "whether both verses have the same here"},
    {"words", &shapes::texts, "of the verse that was asked about"},
    {"other_words", &shapes::texts, "of the other one, in their place"},
};
constexpr auto aligned_shape = shapes::object(aligned_fields, "AlignedRun");
constexpr auto aligned_list = shapes::array(aligned_shape);
constexpr Field similar_fields[] = {
    {"surah", &shapes::integer},
    {"ayah", &shapes::integer},
    {"similarity", &shapes::decimal, "2 common / (the words of both verses), from 0 to 1"},
    {"common", &shapes::integer, "words of the longest sequence that both have, with gaps"},
    {"words", &shapes::integer, "of the other verse"},
    {"alignment", &aligned_list},
};
constexpr auto similar_shape = shapes::object(similar_fields, "SimilarVerse");
constexpr auto similar_list = shapes::array(similar_shape);
constexpr Field answer_fields[] = {
    {"surah", &shapes::integer},
    {"ayah", &shapes::integer},
    {"attribute", &shapes::text, "whose values are compared; of a word without one its letters"},
    {"words", &shapes::integer, "of the verse"},
    {"total", &shapes::integer, "how many verses are similar enough"},
    {"partial", &shapes::boolean, "time ran out: these are those found until then"},
    {"verses", &similar_list, "the most similar first"},
    {"ms", &shapes::decimal, "how long it took"},
};
constexpr auto answer_shape = shapes::object(answer_fields, "SimilarVerses");
constexpr const http::Parameter* similar_parameters[] = {&verse_parameter.row,      &attribute_parameter.row,
                                                         &similarity_parameter.row, &offset_parameter.row,
                                                         &limit_parameter.row,      &timeout_parameter.row};
constexpr std::string_view similar_examples[] = {"/api/v1/statistics/similar/109:3?attribute=word"};
constexpr ErrorCode similar_errors[] = {ErrorCode::not_found};
constexpr http::Operation similar{.method = "GET",
                                  .path = "/api/v1/statistics/similar/{verse}",
                                  .id = "similarVerses",
                                  .group = "statistics",
                                  .summary = "Verses like a verse, with what differs",
                                  .parameters = similar_parameters,
                                  .answer = &answer_shape,
                                  .errors = similar_errors,
                                  .examples = similar_examples,
                                  .cached = true};

void write_alignment(JsonWriter& out, const query::Corpus& corpus, std::uint32_t verse,
                     const statistics::SimilarVerse& other) {
  const auto write_words = [&](std::string_view key, std::uint32_t of, std::uint32_t from, std::uint32_t to) {
    out.key(key).begin_array();
    for (std::uint32_t word = from; word < to; ++word)
      out.value(corpus.core().word_form(corpus.verse_begin[of] + word));
    out.end_array();
  };
  out.key("alignment").begin_array();
  for (const statistics::AlignedRun& run : other.alignment) {
    out.begin_object().key("same").value(run.same);
    write_words("words", verse, run.from, run.to);
    write_words("other_words", other.verse, run.other_from, run.other_to);
    out.end_object();
  }
  out.end_array();
}

Response list_similar(const Context& context, const Querying& querying, const Call& call) {
  const auto start = steady_clock::now();
  const attributes::Attribute attribute = in_context(
      about(attribute_parameter), [&] { return query::read_attribute(call[attribute_parameter]); });
  const columns::CoreFile& core = context.core;
  const auto verse = static_cast<std::uint32_t>(verse_number(core, call[verse_parameter]));
  query::Options options;
  options.deadline = start + std::chrono::milliseconds(call[timeout_parameter]);
  options.cancelled = client_is_gone(call.request());
  const auto turn = context.turns.take(Patience(call.request(), options.deadline));
  query::Guard guard(options);
  const query::Corpus& corpus = querying.engine.corpus();
  const statistics::SimilarVerses found = statistics::similar_verses(
      corpus, verse, attribute, static_cast<double>(call[similarity_parameter]) / 100, call[offset_parameter],
      call[limit_parameter], guard);
  JsonWriter out;
  out.begin_object().key("surah").value(core.surah(verse)).key("ayah").value(core.ayah(verse));
  out.key("attribute").value(attributes::definition(attribute).name);
  out.key("words").value(core.words_of(verse).size()).key("total").value(found.total);
  out.key("partial").value(guard.cut()).key("verses").begin_array();
  for (const statistics::SimilarVerse& one : found.verses) {
    out.begin_object().key("surah").value(core.surah(one.verse)).key("ayah").value(core.ayah(one.verse));
    out.key("similarity").value(one.similarity, 12).key("common").value(one.common);
    out.key("words").value(one.words);
    write_alignment(out, corpus, verse, one);
    out.end_object();
  }
  const std::chrono::duration<double, std::milli> taken = steady_clock::now() - start;
  out.end_array().key("ms").value(taken.count(), 3).end_object();
  Response response = answer_of(out);
  response.cacheable = !guard.cut();
  return response;
}

}  // namespace

Routes repetition_routes(const Context& context, const std::shared_ptr<CorpusHashWhenAsked>& hash,
                         const std::shared_ptr<QueryingWhenAsked>& querying) {
  using Asking = AskedStatistic (*)(const Call&, const query::Engine&);
  const auto route = [&](const http::Operation& operation, Asking asked) {
    return http::Route{&operation, [context, querying, hash, asked](const Call& call) {
                         const Querying& made = querying->get();
                         return statistic_answer(context, made, *hash, call, asked(call, made.engine));
                       }};
  };
  return {route(runs, asked_runs),
          route(skips, asked_skips),
          route(pairs, asked_pairs),
          {&similar,
           [context, querying](const Call& call) { return list_similar(context, querying->get(), call); }}};
}

}  // namespace kalima::api::v1
