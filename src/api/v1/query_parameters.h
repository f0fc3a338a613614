// The parameters of queries, shared by all their routes.
#pragma once

#include "api/v1/parameters.h"
#include "http/parameter.h"
#include "query/results/formats.h"

namespace kalima::api::v1 {

inline constexpr std::string_view query_path = "/api/v1/query";

inline constexpr std::string_view reading_names[] = {"all", "shortest", "standard", "longest"};

inline constexpr auto query_parameter = http::text(
    {.name = "q", .meaning = "the query", .example = "[root=\"رحم\"]", .max = 65'536, .required = true});
inline constexpr auto reading_parameter = http::choice({.name = "reading",
                                                        .meaning = "which of the spans that match are hits",
                                                        .example = "longest",
                                                        .values = reading_names});
inline constexpr auto sensitive_parameter =
    http::yes_no({.name = "sensitive",
                  .meaning = "whether values without flags are compared as they are written",
                  .example = "no",
                  .default_value = "no"});
inline constexpr auto within_parameter = http::text(
    {.name = "within",
     .meaning = "only hits inside of this: a region such as verse, a tag such as <surah n=\"2\"/>, or "
                "any query",
     .example = "<surah n=\"2\"/>",
     .min = 1,
     .max = 10'000});
inline constexpr auto hits_parameter = http::integer(
    {.name = "limit",
     .meaning = "how many hits, or groups, are listed at most; more than 1,000 hits are sent while "
                "they are read",
     .example = "10",
     .max = 100'000,
     .default_value = "50"});
inline constexpr auto context_parameter =
    http::integer({.name = "context",
                   .meaning = "how many words are shown on each side of a hit",
                   .example = "3",
                   .max = 50,
                   .default_value = "5"});
inline constexpr auto sort_parameter = http::text(
    {.name = "sort",
     .meaning = "up to 8 keys PLACE.ATTRIBUTE with commas between them, each with - before it for "
                "descending; places are match, before, after (before2 for the second word, and so on) "
                "and the labels of the query. Without it: the order of the corpus",
     .example = "before.lemma,-match.word",
     .min = 1,
     .max = 1'000});
inline constexpr auto columns_parameter = http::text(
    {.name = "columns",
     .meaning = "attributes that are shown for each word of a line, with commas between them; of a hit "
                "within a word those of its segment",
     .example = "lemma,pos",
     .min = 1,
     .max = 1'000});
inline constexpr auto group_parameter = http::text(
    {.name = "group",
     .meaning = "up to 3 keys as for sort: the hits are counted by their values instead of listed; "
                "not together with sort, columns, context or sample",
     .min = 1,
     .max = 1'000});
inline constexpr auto sample_parameter =
    http::integer({.name = "sample",
                   .meaning = "so many of the hits, chosen by chance, are listed",
                   .min = 1,
                   .max = 100'000});
inline constexpr auto seed_parameter =
    http::integer({.name = "seed",
                   .meaning = "of sample: another one gives another sample",
                   .max = 0xFFFFFFFF,
                   .default_value = "0"});
inline constexpr auto format_names = query::format_names_after<query::line_formats>("json");
inline constexpr auto export_types = query::media_types<query::line_formats>();
inline constexpr auto format_parameter = http::choice(
    {.name = "format",
     .meaning = "the others than json are for other programs, and have all hits unless limit is given",
     .example = "json",
     .values = format_names,
     .default_value = "json"});
inline constexpr auto explain_parameter =
    http::yes_no({.name = "explain",
                  .meaning = "whether the answer, in JSON, says how it was found",
                  .example = "yes",
                  .default_value = "no"});
inline constexpr auto corpus_parameter = http::text(
    {.name = "corpus",
     .meaning = "the hash of the corpus that a permalink was made with; over another one the answer has "
                "a note",
     .example = "0123456789abcdef",
     .min = 1,
     .max = 64});
inline constexpr auto names_parameter = http::text(
    {.name = "names",
     .meaning =
         "the hash of the lists and saved queries that a permalink was made with; if they have changed "
         "the answer has a note",
     .example = "0123456789abcdef",
     .min = 1,
     .max = 64});

}  // namespace kalima::api::v1
