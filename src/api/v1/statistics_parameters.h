// The parameters of statistics, beside those that they share with queries.
#pragma once

#include <span>

#include "api/v1/query_parameters.h"
#include "statistics/collocations.h"
#include "statistics/keyness.h"
#include "statistics/ngrams.h"
#include "statistics/similar.h"
#include "statistics/skipgrams.h"
#include "statistics/sound.h"
#include "statistics/spread.h"
#include "statistics/structure.h"

namespace kalima::api::v1 {

// In the order of query::GroupChoice::Order.
inline constexpr std::string_view frequency_orders[] = {"hits", "verses", "surahs", "value"};
inline constexpr auto table_formats = query::format_names_after<query::table_formats>("json");
inline constexpr auto table_types = query::media_types<query::table_formats>();

inline constexpr auto subject_parameter =
    http::text({.name = "q",
                .meaning = "the query whose hits are counted; all words by default",
                .example = "[pos=\"N\"]",
                .min = 1,
                .max = 65'536,
                .default_value = "[]"});
inline constexpr auto rows_parameter = http::integer(
    {.name = "limit",
     .meaning = "how many rows are listed at most; the other formats than json have all by default",
     .example = "10",
     .max = 10'000,
     .default_value = "50"});
inline constexpr auto table_format_parameter =
    http::choice({.name = "format",
                  .meaning = "the others than json are for other programs",
                  .example = "json",
                  .values = table_formats,
                  .default_value = "json"});
inline constexpr auto by_parameter = http::text(
    {.name = "by",
     .meaning =
         "up to 3 keys PLACE.ATTRIBUTE with commas between them, whose values are counted; places are match, "
         "before, after (before2 for the second word, and so on) and the labels of the query",
     .example = "lemma",
     .min = 1,
     .max = 1'000,
     .default_value = "lemma"});
inline constexpr auto two_keys_parameter =
    http::text({.name = "by",
                .meaning = "2 keys PLACE.ATTRIBUTE with a comma between them, as those of frequencies",
                .example = "pos,surah_place",
                .min = 1,
                .max = 1'000,
                .required = true});
inline constexpr auto frequency_sort_parameter =
    http::choice({.name = "sort",
                  .meaning = "what the rows are in order of: numbers from the largest, values from the first",
                  .example = "hits",
                  .values = frequency_orders,
                  .default_value = "hits"});
inline constexpr auto min_hits_parameter = http::integer({.name = "min",
                                                          .meaning = "only values with so many hits, or more",
                                                          .example = "1",
                                                          .min = 1,
                                                          .max = 1'000'000'000,
                                                          .default_value = "1"});
inline constexpr auto max_hits_parameter =
    http::integer({.name = "max",
                   .meaning = "only values with so many hits, or fewer: 1 for those that occur once",
                   .min = 1,
                   .max = 1'000'000'000});
inline constexpr auto max_surahs_parameter =
    http::integer({.name = "max_surahs",
                   .meaning = "only values with hits in so many surahs, or fewer: 1 for those of one surah",
                   .min = 1,
                   .max = 1'000});
inline constexpr auto missing_parameter =
    http::yes_no({.name = "missing",
                  .meaning = "whether rows with a missing value are listed too",
                  .example = "no",
                  .default_value = "no"});

inline constexpr auto attribute_parameter = http::text({.name = "attribute",
                                                        .meaning = "the attribute whose values are counted",
                                                        .example = "lemma",
                                                        .min = 1,
                                                        .max = 100,
                                                        .default_value = "lemma"});
inline constexpr auto unit_parameter =
    http::choice({.name = "unit",
                  .meaning = "whether words are counted, each with the value of its stem, or their segments",
                  .example = "word",
                  .values = statistics::unit_names,
                  .default_value = "word"});
inline constexpr auto left_parameter = http::integer({.name = "left",
                                                      .meaning = "words before a hit, in its verse",
                                                      .example = "5",
                                                      .max = query::max_distance,
                                                      .default_value = "5"});
inline constexpr auto right_parameter = http::integer({.name = "right",
                                                       .meaning = "words after a hit, in its verse",
                                                       .example = "5",
                                                       .max = query::max_distance,
                                                       .default_value = "5"});
inline constexpr auto convention_parameter = http::choice(
    {.name = "convention",
     .meaning = "surface: each word around hits once, hits left out, as in UCS and cwb-ccc; hits: each word "
                "around each hit, as in Sketch Engine",
     .example = "surface",
     .values = statistics::convention_names,
     .default_value = "surface"});
inline constexpr auto relation_parameter = http::text(
    {.name = "relation",
     .meaning =
         "instead of a window, the nodes that such an edge of the treebank joins with the hit: a name or "
         "regular expression of relations; .* for any",
     .min = 1,
     .max = 1'000});
inline constexpr auto ends_parameter =
    http::choice({.name = "ends",
                  .meaning = "with relation, which end of the edge is counted; the hit is the other",
                  .values = statistics::end_names,
                  .default_value = "dependents"});
inline constexpr auto min_together_parameter =
    http::integer({.name = "min",
                   .meaning = "only values that occur together with hits so often",
                   .example = "2",
                   .min = 1,
                   .max = 1'000'000'000,
                   .default_value = "3"});
inline constexpr auto min_frequency_parameter =
    http::integer({.name = "min_frequency",
                   .meaning = "only values that occur so often in all",
                   .example = "2",
                   .min = 1,
                   .max = 1'000'000'000,
                   .default_value = "1"});
inline constexpr auto collocation_sort_parameter =
    http::choice({.name = "sort",
                  .meaning = "what the rows are in order of: numbers from the largest, values from the first",
                  .example = "log_likelihood",
                  .values = statistics::collocation_orders,
                  .default_value = "log_dice"});

inline constexpr auto against_parameter =
    http::text({.name = "against",
                .meaning = "the query that q is compared with; the rest of the text without it",
                .example = "<surah n=\"112\"/>",
                .min = 1,
                .max = 10'000});
inline constexpr auto taken_parameter = http::choice(
    {.name = "of",
     .meaning = "whether all words of the verses with a hit are compared, or only those of the hits",
     .example = "verses",
     .values = statistics::taken_names,
     .default_value = "verses"});
inline constexpr auto key_query_parameter =
    http::text({.name = "q",
                .meaning = "the query whose verses, or words, are compared with others",
                .example = "<surah n=\"1\"/>",
                .min = 1,
                .max = 65'536,
                .required = true});
inline constexpr auto key_min_parameter = http::integer(
    {.name = "min",
     .meaning = "only values with so many hits in the words asked about; 0 for those that it lacks too",
     .example = "1",
     .max = 1'000'000'000,
     .default_value = "1"});
inline constexpr auto keyness_sort_parameter =
    http::choice({.name = "sort",
                  .meaning = "what the rows are in order of: numbers from the largest, p from the smallest, "
                             "values from the first",
                  .example = "log_ratio",
                  .values = statistics::keyness_orders,
                  .default_value = "log_likelihood"});

inline constexpr auto parts_parameter =
    http::choice({.name = "parts",
                  .meaning = "the parts of the text over which hits are spread",
                  .example = "surah",
                  .values = statistics::spread_part_names,
                  .default_value = "surah"});
inline constexpr auto part_order_parameter = http::choice(
    {.name = "order",
     .meaning = "of the parts: that of the text, of revelation (surahs only), or most hits for their words",
     .example = "mushaf",
     .values = statistics::part_order_names,
     .default_value = "mushaf"});

inline constexpr auto min_words_parameter = http::integer({.name = "min_n",
                                                           .meaning = "the fewest words of a run",
                                                           .example = "2",
                                                           .min = 1,
                                                           .max = statistics::max_ngram,
                                                           .default_value = "2"});
inline constexpr auto max_words_parameter = http::integer({.name = "max_n",
                                                           .meaning = "the most words of a run",
                                                           .example = "4",
                                                           .min = 1,
                                                           .max = statistics::max_ngram,
                                                           .default_value = "5"});
inline constexpr auto run_hits_parameter = http::integer({.name = "min",
                                                          .meaning = "only runs that occur so often",
                                                          .example = "2",
                                                          .min = 1,
                                                          .max = 1'000'000'000,
                                                          .default_value = "2"});
inline constexpr auto run_surahs_parameter =
    http::integer({.name = "min_surahs",
                   .meaning = "only runs that occur in so many surahs: 2 for formulas that two surahs share",
                   .example = "2",
                   .min = 1,
                   .max = 114,
                   .default_value = "1"});
inline constexpr auto maximal_parameter =
    http::yes_no({.name = "maximal",
                  .meaning = "whether to leave out runs of which a longer one occurs as often",
                  .example = "yes",
                  .default_value = "no"});
inline constexpr auto over_verses_parameter =
    http::yes_no({.name = "over_verses",
                  .meaning = "whether a run may go on in the next verse of its surah",
                  .example = "no",
                  .default_value = "no"});
inline constexpr auto run_sort_parameter =
    http::choice({.name = "sort",
                  .meaning = "what the rows are in order of, the largest first",
                  .example = "n",
                  .values = statistics::ngram_orders,
                  .default_value = "hits"});
inline constexpr auto similarity_parameter =
    http::integer({.name = "min",
                   .meaning = "how similar a verse is at least, in percent",
                   .example = "50",
                   .min = 1,
                   .max = 100,
                   .default_value = "50"});

inline constexpr auto skip_sort_parameter =
    http::choice({.name = "sort",
                  .meaning = "what the rows are in order of, the largest first",
                  .example = "fillers",
                  .values = statistics::skipgram_orders,
                  .default_value = "hits"});
inline constexpr auto pair_similarity_parameter =
    http::integer({.name = "min",
                   .meaning = "how similar two verses are at least, in percent",
                   .example = "90",
                   .min = 20,
                   .max = 100,
                   .default_value = "80"});
inline constexpr auto pair_words_parameter = http::integer({.name = "min_words",
                                                            .meaning = "only verses of so many words",
                                                            .example = "3",
                                                            .min = 1,
                                                            .max = 1'000,
                                                            .default_value = "1"});
inline constexpr auto pair_sort_parameter =
    http::choice({.name = "sort",
                  .meaning = "what the rows are in order of, the largest first",
                  .example = "common",
                  .values = statistics::pair_orders,
                  .default_value = "similarity"});

inline constexpr std::string_view rhyme_orders[] = {"verses", "place"};
inline constexpr auto rhyme_attribute_parameter =
    http::choice({.name = "attribute",
                  .meaning = "what verses have in common that end alike",
                  .example = "rhyme",
                  .values = statistics::rhyme_attributes,
                  .default_value = "rhyme_letter"});
inline constexpr auto run_verses_parameter = http::integer({.name = "min",
                                                            .meaning = "only runs of so many verses",
                                                            .example = "3",
                                                            .min = 1,
                                                            .max = 1'000,
                                                            .default_value = "2"});
inline constexpr auto rhyme_sort_parameter =
    http::choice({.name = "sort",
                  .meaning = "the longest runs first, or in the order of the text",
                  .example = "place",
                  .values = rhyme_orders,
                  .default_value = "verses"});
inline constexpr auto alike_kind_parameter = http::choice(
    {.name = "kind",
     .meaning =
         "what values have in common: the same letters in any order, letters that sound alike, each other's "
         "letters backwards, or their own",
     .example = "anagrams",
     .values = statistics::alike_names,
     .default_value = "anagrams"});
inline constexpr auto alike_attribute_parameter =
    http::text({.name = "attribute",
                .meaning = "the attribute whose values are compared, without marks",
                .example = "root",
                .min = 1,
                .max = 100,
                .default_value = "root"});
inline constexpr auto alike_value_parameter =
    http::text({.name = "value", .meaning = "only what is like this value", .min = 1, .max = 200});
inline constexpr auto min_letters_parameter = http::integer({.name = "min_letters",
                                                             .meaning = "only values of so many letters",
                                                             .example = "3",
                                                             .min = 2,
                                                             .max = 100,
                                                             .default_value = "3"});

inline constexpr std::string_view ring_sorts[] = {"verse", "dice"};
inline constexpr auto ring_surah_parameter = http::integer({.name = "surah",
                                                            .meaning = "the surah whose verses are compared",
                                                            .example = "112",
                                                            .min = 1,
                                                            .max = 114,
                                                            .required = true});
inline constexpr auto root_attribute_parameter =
    http::text({.name = "attribute",
                .meaning = "the attribute of words whose values verses have",
                .example = "root",
                .min = 1,
                .max = 100,
                .default_value = "root"});
inline constexpr auto ring_sort_parameter =
    http::choice({.name = "sort",
                  .meaning = "from the outer verses to the inner ones, or those that share most first",
                  .example = "dice",
                  .values = ring_sorts,
                  .default_value = "verse"});
inline constexpr auto min_verses_parameter = http::integer({.name = "min",
                                                            .meaning = "only pairs that so many verses have",
                                                            .example = "2",
                                                            .min = 1,
                                                            .max = 1'000'000,
                                                            .default_value = "5"});
inline constexpr auto network_sort_parameter =
    http::choice({.name = "sort",
                  .meaning = "what the rows are in order of, the largest first",
                  .example = "log_dice",
                  .values = statistics::network_orders,
                  .default_value = "log_likelihood"});

}  // namespace kalima::api::v1
