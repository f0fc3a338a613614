// Words and phrases as people write them.
#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <memory>
#include <span>

#include "api/v1/answer.h"
#include "api/v1/parameters.h"
#include "api/v1/reading.h"
#include "api/v1/references.h"
#include "api/v1/routes.h"
#include "api/v1/scope.h"
#include "search/text_search.h"
#include "support/utf8.h"
#include "text/proclitics.h"

namespace kalima::api::v1 {
namespace {

using http::Call;
using http::Field;
using http::JsonWriter;
using http::Response;
using std::chrono::steady_clock;
namespace shapes = http::shapes;

constexpr auto step_shape = shapes::one_of(text::all_step_names);
constexpr std::string_view mode_names[] = {"text"};
constexpr auto mode_shape = shapes::one_of(mode_names);

constexpr Field word_fields[] = {
    {"word", &shapes::integer_or_null, "from 1, as the morphology counts; null outside its words"},
    {"from", &shapes::integer, "where the match begins in `text`, in code points, from 0"},
    {"to", &shapes::integer, "the code point after the last"},
    {"step", &step_shape},
    {"proclitic", &shapes::text,
     "what is before it in the same word: particles, or at the step no_article the "
     "article too; may be empty"},
};
constexpr auto word_shape = shapes::object(word_fields, "FoundWord");
constexpr auto words_shape = shapes::array(word_shape);
constexpr Field next_fields[] = {
    {"surah", &shapes::integer},
    {"ayah", &shapes::integer},
    {"text", &shapes::text},
    {"words", &words_shape, "in this verse"},
};
constexpr auto next_shape = shapes::object(next_fields, "NextVerse");
constexpr auto nexts_shape = shapes::array(next_shape);
constexpr Field hit_fields[] = {
    {"first_word", &shapes::integer_or_null},
    {"last_word", &shapes::integer_or_null, "of this verse"},
    {"step", &step_shape, "the loosest one that it needs"},
    {"words", &words_shape, "of this verse"},
    {"continues", &nexts_shape, "the next verses that it reaches into; missing if none", true},
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
constexpr Field step_count_fields[] = {
    {"step", &step_shape}, {"verses", &shapes::integer}, {"hits", &shapes::integer}};
constexpr auto step_count_shape = shapes::object(step_count_fields, "StepCount");
constexpr auto step_counts_shape = shapes::array(step_count_shape);
constexpr Field suggestion_fields[] = {
    {"word", &shapes::text},
    {"step", &step_shape, "at which it matches: typing or sound"},
    {"mistake", &shapes::text_or_null,
     "neighbour, doubled, missing, swapped, wrong or added; null for a sound"},
    {"uses", &shapes::integer, "how often it is in the text"},
};
constexpr auto suggestion_shape = shapes::object(suggestion_fields, "WordSuggestion");
constexpr auto suggestions_shape = shapes::array(suggestion_shape);
constexpr Field unknown_fields[] = {
    {"word", &shapes::text},
    {"suggestions", &suggestions_shape, "words of the text, the likeliest first"},
};
constexpr auto unknown_shape = shapes::object(unknown_fields, "UnknownWord");
constexpr auto unknowns_shape = shapes::array(unknown_shape);
constexpr auto count_fields_of(const char* what, const http::Shape* shape) {
  return std::array{Field{what, shape}, Field{"verses", &shapes::integer}, Field{"hits", &shapes::integer}};
}
constexpr auto surah_count_fields = count_fields_of("surah", &shapes::integer);
constexpr auto surah_count_shape = shapes::object(surah_count_fields, "SurahCount");
constexpr auto surah_counts_shape = shapes::array(surah_count_shape);
constexpr auto juz_count_fields = count_fields_of("juz", &shapes::integer);
constexpr auto juz_count_shape = shapes::object(juz_count_fields, "JuzCount");
constexpr auto juz_counts_shape = shapes::array(juz_count_shape);
constexpr std::string_view place_names[] = {"meccan", "medinan"};
constexpr auto place_name_shape = shapes::one_of(place_names);
constexpr auto place_count_fields = count_fields_of("place", &place_name_shape);
constexpr auto place_count_shape = shapes::object(place_count_fields, "PlaceCount");
constexpr auto place_counts_shape = shapes::array(place_count_shape);
constexpr Field counts_fields[] = {
    {"surah", &surah_counts_shape, {}, true},
    {"juz", &juz_counts_shape, {}, true},
    {"place", &place_counts_shape, {}, true},
};
constexpr auto counts_shape = shapes::object(counts_fields, "TextCounts");
constexpr std::string_view readings[] = {"text", "reference"};
constexpr auto reading_shape = shapes::one_of(readings);
constexpr Field answer_fields[] = {
    {"query", &shapes::text},
    {"mode", &mode_shape},
    {"read_as", &reading_shape, "whether the results are places of a text, or the verses that `q` names"},
    {"references", &references_shape, "the verses, surah or part that `q` names, if it may"},
    {"step", &step_shape, "the loosest one that was used"},
    {"verses", &shapes::integer, "all verses with a match"},
    {"hits", &shapes::integer, "all matches"},
    {"particles_before", &shapes::integer,
     "matches with a particle before the first word that was not typed"},
    {"particles_between", &shapes::integer, "matches with such a particle between the words"},
    {"steps", &step_counts_shape, "of the matches, the strictest first"},
    {"further", &step_counts_shape, "what looser steps would find beside them, if they were tried"},
    {"unknown", &unknowns_shape, "words that are not in the text as they were typed, and what they may mean"},
    {"counts", &counts_shape, "those that were asked for, where there are matches"},
    {"offset", &shapes::integer},
    {"limit", &shapes::integer},
    {"partial", &shapes::boolean, "the time was over before all was searched: the counts are too small"},
    {"ms", &shapes::decimal, "how long the search took"},
    {"results", &results_shape, "in the order that was asked for"},
};
constexpr auto answer_shape = shapes::object(answer_fields, "TextSearch");

constexpr auto query_parameter = http::text(
    {.name = "q",
     .meaning =
         "the text to search for: words that follow each other; * and ? for letters, * for a word, a b | c, "
         "-word, \"exactly so\"; or a reference, the name of a surah or of a verse",
     .example = "الصلاة",
     .max = search::TextQuery::max_code_points,
     .required = true});
constexpr auto mode_parameter = http::choice({.name = "mode",
                                              .meaning = "how `q` is read",
                                              .example = "text",
                                              .values = mode_names,
                                              .default_value = "text"});
constexpr auto step_parameter = http::choice(
    {.name = "step",
     .meaning =
         "the loosest step at which words may match; without it, the strictest steps that find something",
     .example = "folded",
     .values = text::all_step_names});
constexpr std::string_view proclitics_values[] = {"yes", "no", "first"};
static_assert(static_cast<std::size_t>(search::Proclitics::first) == 2);
constexpr auto proclitics_parameter =
    http::choice({.name = "proclitics",
                  .meaning = "whether words with particles before the sought word match; first: only the "
                             "first word of a phrase",
                  .example = "no",
                  .values = proclitics_values,
                  .default_value = "yes"});
constexpr std::string_view order_names[] = {"mushaf", "relevance"};
static_assert(static_cast<std::size_t>(search::Order::relevance) == 1);
constexpr auto sort_parameter =
    http::choice({.name = "sort",
                  .meaning = "the order of the verses: as in the text, or the nearest to `q` first",
                  .example = "relevance",
                  .values = order_names,
                  .default_value = "mushaf"});
constexpr auto surah_parameter =
    http::parsed<read_surahs>({.name = "surah",
                               .meaning = "only in these surahs: numbers and ranges with commas between them",
                               .example = "2,36-40",
                               .max = max_numbers_length,
                               .pattern = numbers_pattern});
constexpr auto juz_parameter = http::parsed<read_juzs>({.name = "juz",
                                                        .meaning = "only in these of the 30 parts, likewise",
                                                        .example = "30",
                                                        .max = max_numbers_length,
                                                        .pattern = numbers_pattern});
constexpr auto place_parameter = http::choice({.name = "place",
                                               .meaning = "only in surahs that were revealed there",
                                               .example = "meccan",
                                               .values = place_names});
constexpr std::string_view counts_values[] = {"surah", "juz", "place"};
constexpr auto counts_parameter =
    http::choices({.name = "counts",
                   .meaning = "by what the matches are counted too: some of these, with commas between them",
                   .example = "surah,place",
                   .values = counts_values});
constexpr auto results_parameter = http::integer({.name = "limit",
                                                  .meaning = "how many verses are listed at most",
                                                  .example = "10",
                                                  .max = 1000,
                                                  .default_value = "50"});
constexpr const http::Parameter* parameters[] = {
    &query_parameter.row, &mode_parameter.row,   &step_parameter.row,    &proclitics_parameter.row,
    &surah_parameter.row, &juz_parameter.row,    &place_parameter.row,   &counts_parameter.row,
    &sort_parameter.row,  &offset_parameter.row, &results_parameter.row, &timeout_parameter.row};
constexpr std::string_view examples[] = {
    "/api/v1/search?q=%D8%A7%D9%84%D8%B5%D9%84%D8%A7%D8%A9",
    "/api/v1/search?q=%D9%85%D9%86+%D8%B4%D8%B1&step=folded&limit=2",
    "/api/v1/search?q=%D8%A7%D9%84%D9%86*&counts=surah,place&sort=relevance"};
constexpr http::Operation operation{.method = "GET",
                                    .path = "/api/v1/search",
                                    .id = "search",
                                    .group = "search",
                                    .summary = "Words and phrases in any spelling",
                                    .parameters = parameters,
                                    .answer = &answer_shape,
                                    .examples = examples,
                                    .cached = true};

std::string utf8_of(std::u32string_view code_points) {
  std::string out;
  for (const char32_t c : code_points) utf8::append(out, c);
  return out;
}

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
  const std::u32string_view before = file.entry(word.entry).substr(0, word.begin);
  out.key("proclitic");
  if (word.step == text::Step::no_article) {
    out.value(utf8_of(before));
  } else {
    out.value(text::proclitic_name(before));
  }
  out.end_object();
}

using WordSpan = std::span<const search::TextWord>;

// The words at the beginning that are of the first one's verse.
WordSpan in_one_verse(WordSpan words) {
  std::size_t count = 0;
  while (count < words.size() && words[count].verse == words[0].verse) ++count;
  return words.first(count);
}

void write_words(JsonWriter& out, const Context& context, WordSpan words) {
  out.key("words").begin_array();
  for (const search::TextWord& word : words) write_word(out, context.words, word);
  out.end_array();
}

void write_hit(JsonWriter& out, const Context& context, const search::TextHit& hit) {
  WordSpan words = hit.words, own = in_one_verse(words);
  out.begin_object();
  write_number(out, "first_word", own.front());
  write_number(out, "last_word", own.back());
  out.key("step").value(text::step_name(hit.step));
  write_words(out, context, own);
  if (own.size() < words.size()) {
    out.key("continues").begin_array();
    while (own.size() < words.size()) {
      words = words.subspan(own.size());
      own = in_one_verse(words);
      const std::uint32_t verse = own.front().verse;
      out.begin_object().key("surah").value(context.core.surah(verse));
      out.key("ayah").value(context.core.ayah(verse)).key("text").value(context.core.text_of(verse));
      write_words(out, context, own);
      out.end_object();
    }
    out.end_array();
  }
  out.end_object();
}

void write_steps(JsonWriter& out, std::string_view name, const search::StepCounts& counts) {
  out.key(name).begin_array();
  for (std::size_t step = 0; step < counts.size(); ++step) {
    if (counts[step].hits == 0) continue;
    out.begin_object().key("step").value(text::all_step_names[step]);
    out.key("verses").value(counts[step].verses).key("hits").value(counts[step].hits).end_object();
  }
  out.end_array();
}

void write_unknown(JsonWriter& out, const std::vector<search::UnknownWord>& unknown) {
  out.key("unknown").begin_array();
  for (const search::UnknownWord& word : unknown) {
    out.begin_object().key("word").value(utf8_of(word.word));
    out.key("suggestions").begin_array();
    for (const search::Suggestion& s : word.suggestions) {
      out.begin_object().key("word").value(utf8_of(s.word));
      out.key("step").value(text::step_name(s.step)).key("mistake");
      if (s.mistake) {
        out.value(text::mistake_name(*s.mistake));
      } else {
        out.null();
      }
      out.key("uses").value(s.uses).end_object();
    }
    out.end_array().end_object();
  }
  out.end_array();
}

void write_counts(JsonWriter& out, const columns::CoreFile& core, const search::TextFound& found,
                  const std::vector<bool>& wanted) {
  std::map<std::uint32_t, search::Count> of_surah, of_juz, of_place;
  for (std::uint32_t verse = 0; verse < found.by_verse.size(); ++verse) {
    const search::Count& count = found.by_verse[verse];
    if (count.hits == 0) continue;
    const auto add = [&](std::map<std::uint32_t, search::Count>& counts, std::uint32_t part) {
      counts[part].verses += count.verses;
      counts[part].hits += count.hits;
    };
    const corpus::VersePlace place{core.surah(verse), core.ayah(verse)};
    add(of_surah, place.surah);
    add(of_juz, juz_of(place));
    if (const auto revealed = revealed_at(place)) add(of_place, static_cast<std::uint32_t>(*revealed));
  }
  out.key("counts").begin_object();
  const auto write = [&](std::size_t which, const std::map<std::uint32_t, search::Count>& counts) {
    if (!wanted[which]) return;
    out.key(counts_values[which]).begin_array();
    for (const auto& [part, count] : counts) {
      out.begin_object().key(counts_values[which]);
      if (which == 2) {
        out.value(place_names[part]);
      } else {
        out.value(part);
      }
      out.key("verses").value(count.verses).key("hits").value(count.hits).end_object();
    }
    out.end_array();
  };
  write(0, of_surah);
  write(1, of_juz);
  write(2, of_place);
  out.end_object();
}

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

search::TextOptions options_of(const Context& context, const Call& call) {
  search::TextOptions options;
  if (const std::size_t* step = call.find(step_parameter)) options.loosest = static_cast<text::Step>(*step);
  options.proclitics = static_cast<search::Proclitics>(call[proclitics_parameter]);
  options.order = static_cast<search::Order>(call[sort_parameter]);
  options.verses = searched_verses(context.core, call);
  options.offset = call[offset_parameter];
  options.limit = call[results_parameter];
  return options;
}

void write_results(JsonWriter& out, const Context& context, const search::TextFound& found) {
  const columns::CoreFile& core = context.core;
  out.key("results").begin_array();
  for (const search::TextVerse& result : found.results) {
    out.begin_object();
    out.key("surah").value(core.surah(result.verse)).key("ayah").value(core.ayah(result.verse));
    out.key("index").value(result.verse).key("text").value(core.text_of(result.verse));
    out.key("hits").begin_array();
    for (const search::TextHit& hit : result.hits) write_hit(out, context, hit);
    out.end_array().end_object();
  }
  out.end_array();
}

// What was asked for, as it was found: in the text, or by its name.
struct Found {
  search::TextFound text;
  std::vector<Reference> references;
  bool by_reference = false;
};

// The verses that are named, without hits.
search::TextFound named_verses(const Places& places, const std::vector<Reference>& references,
                               const search::TextOptions& options) {
  search::TextFound found;
  for (const Reference& reference : references) {
    std::vector<std::uint32_t> verses;
    if (reference.word) {
      verses.push_back(places.verse(reference.word->verse, query_parameter.row.name));
    } else {
      const auto of_range = places.verses(*reference.range, query_parameter.row.name);
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

Found find(const Context& context, const Places& places, const std::string& q,
           const search::TextOptions& options) {
  Found found;
  for (Reference& reference : find_references(q, false)) {
    if (is_there(places, reference)) found.references.push_back(std::move(reference));
  }
  const bool certain = !found.references.empty() && found.references.front().certain;
  const bool arabic = std::ranges::any_of(utf8::to_code_points(q), text::is_arabic_letter);
  found.by_reference = certain || (!found.references.empty() && !arabic);
  if (!found.by_reference) {
    const auto query =
        in_context([] { return ErrorContext{.parameter = std::string(query_parameter.row.name)}; },
                   [&] { return search::parse_text_query(q); });
    // Taken only to wait for its turn among the searches.
    const auto turn = context.workers.lease();
    found.text = search::search_text(context.core, context.words, query, options);
    found.by_reference = found.text.hits == 0 && !found.text.partial && !found.references.empty();
  }
  if (found.by_reference) found.text = named_verses(places, found.references, options);
  return found;
}

Response text_search(const Context& context, const Places& places, const Call& call) {
  const auto start = steady_clock::now();
  search::TextOptions options = options_of(context, call);
  const auto end = start + std::chrono::milliseconds(call[timeout_parameter]);
  options.expired = [end] { return steady_clock::now() >= end; };

  const Found all = find(context, places, call[query_parameter], options);
  const search::TextFound& found = all.text;
  const std::chrono::duration<double, std::milli> taken = steady_clock::now() - start;
  JsonWriter out;
  out.begin_object();
  out.key("query").value(call[query_parameter]).key("mode").value(mode_names[call[mode_parameter]]);
  out.key("read_as").value(readings[all.by_reference ? 1 : 0]);
  out.key("references").begin_array();
  for (const Reference& reference : all.references) write_reference(out, places, reference);
  out.end_array();
  out.key("step").value(text::step_name(found.loosest));
  out.key("verses").value(found.verses).key("hits").value(found.hits);
  out.key("particles_before").value(found.particles_before);
  out.key("particles_between").value(found.particles_between);
  write_steps(out, "steps", found.steps);
  write_steps(out, "further", found.further);
  write_unknown(out, found.unknown);
  const std::vector<bool>* counts = call.find(counts_parameter);
  write_counts(out, context.core, found,
               counts != nullptr ? *counts : std::vector<bool>(std::size(counts_values)));
  out.key("offset").value(options.offset).key("limit").value(options.limit);
  out.key("partial").value(found.partial).key("ms").value(taken.count(), 3);
  write_results(out, context, found);
  out.end_object();
  Response response = answer_of(out);
  response.cacheable = !found.partial;
  return response;
}

}  // namespace

Routes search_routes(const Context& context, const std::shared_ptr<ReadingWhenAsked>& reading) {
  return {{&operation, [context, reading](const Call& call) {
             return text_search(context, reading->get().places, call);
           }}};
}

}  // namespace kalima::api::v1
