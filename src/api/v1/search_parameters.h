// The parameters of a text search, and the names of their values.
#pragma once

#include "api/v1/parameters.h"
#include "api/v1/scope.h"
#include "search/text_search.h"
#include "text/steps.h"

namespace kalima::api::v1 {

inline constexpr std::string_view search_mode_names[] = {"text"};
inline constexpr std::string_view revelation_names[] = {"meccan", "medinan"};
inline constexpr std::string_view counts_values[] = {"surah", "juz", "place"};

inline constexpr auto text_parameter = http::text(
    {.name = "q",
     .meaning =
         "the text to search for: words that follow each other; * and ? for letters, * for a word, a b | c, "
         "-word, \"exactly so\", root:X, lemma:X; in Latin letters Arabic in transliteration, or words of a "
         "translation; or a reference, the name of a surah or of a verse",
     .example = "الصلاة",
     .max = search::TextQuery::max_code_points,
     .required = true});
inline constexpr auto mode_parameter = http::choice({.name = "mode",
                                                     .meaning = "how `q` is read",
                                                     .example = "text",
                                                     .values = search_mode_names,
                                                     .default_value = "text"});
inline constexpr auto step_parameter = http::choice(
    {.name = "step",
     .meaning =
         "the loosest step at which words may match; without it, the strictest steps that find something",
     .example = "translation",
     .values = text::all_step_names});
inline constexpr std::string_view proclitics_values[] = {"yes", "no", "first"};
static_assert(static_cast<std::size_t>(search::Proclitics::first) == 2);
inline constexpr auto proclitics_parameter =
    http::choice({.name = "proclitics",
                  .meaning = "whether words with particles before the sought word match; first: only the "
                             "first word of a phrase",
                  .example = "no",
                  .values = proclitics_values,
                  .default_value = "yes"});
inline constexpr std::string_view order_names[] = {"mushaf", "relevance"};
static_assert(static_cast<std::size_t>(search::Order::relevance) == 1);
inline constexpr auto order_parameter =
    http::choice({.name = "sort",
                  .meaning = "the order of the verses: as in the text, or the nearest to `q` first",
                  .example = "relevance",
                  .values = order_names,
                  .default_value = "mushaf"});
inline constexpr auto language_parameter =
    http::text({.name = "lang",
                .meaning = "searches translations into this language; of en also the glosses of the words",
                .example = "en",
                .min = 1,
                .max = 40});
inline constexpr std::string_view nearness_values[] = {"phrase", "verse"};
inline constexpr auto nearness_parameter = http::choice(
    {.name = "nearness",
     .meaning =
         "how near to each other the words of a phrase are. phrase: they follow each other; by meaning, "
         "they may also be in one verse where they never do. verse: all are in one verse, in any order",
     .example = "verse",
     .values = nearness_values,
     .default_value = "phrase"});
inline constexpr auto surah_parameter =
    http::parsed<read_surahs>({.name = "surah",
                               .meaning = "only in these surahs: numbers and ranges with commas between them",
                               .example = "2,36-40",
                               .max = max_numbers_length,
                               .pattern = numbers_pattern});
inline constexpr auto juz_parameter =
    http::parsed<read_juzs>({.name = "juz",
                             .meaning = "only in these of the 30 parts, likewise",
                             .example = "30",
                             .max = max_numbers_length,
                             .pattern = numbers_pattern});
inline constexpr auto place_parameter = http::choice({.name = "place",
                                                      .meaning = "only in surahs that were revealed there",
                                                      .example = "meccan",
                                                      .values = revelation_names});
inline constexpr auto counts_parameter =
    http::choices({.name = "counts",
                   .meaning = "by what the matches are counted too: some of these, with commas between them",
                   .example = "surah,place",
                   .values = counts_values});
inline constexpr auto verses_parameter = http::integer({.name = "limit",
                                                        .meaning = "how many verses are listed at most",
                                                        .example = "10",
                                                        .max = 1000,
                                                        .default_value = "50"});

}  // namespace kalima::api::v1
