// The answer of a query as the description of the API has it.
#pragma once

#include "api/v1/query_parameters.h"
#include "http/shape.h"
#include "text/ladder.h"

namespace kalima::api::v1::query_shapes {

using http::Field;
namespace shapes = http::shapes;

inline constexpr auto reading_shape = shapes::one_of(reading_names);
inline constexpr auto step_shape = shapes::one_of(text::step_names);

inline constexpr Field capture_fields[] = {
    {"start", &shapes::text, "SURAH:AYAH:WORD:SEGMENT; for a hidden node SURAH:AYAH:hidden"},
    {"end", &shapes::text, "the last segment"},
};
inline constexpr auto capture_shape = shapes::object(capture_fields, "Capture");
inline constexpr auto captures_shape = http::Shape{.kind = http::Shape::Kind::map, .items = &capture_shape};
inline constexpr auto text_or_null_list = shapes::array(shapes::text_or_null);
inline constexpr Field column_fields[] = {
    {"before", &text_or_null_list}, {"match", &text_or_null_list}, {"after", &text_or_null_list}};
inline constexpr auto column_shape = shapes::object(column_fields);
inline constexpr auto columns_shape = http::Shape{.kind = http::Shape::Kind::map, .items = &column_shape};
inline constexpr Field word_part_fields[] = {
    {"from", &shapes::integer, "a code point of the word, from 0"},
    {"to", &shapes::integer, "the code point after the last"},
};
inline constexpr auto word_part_shape = shapes::or_null(shapes::object(word_part_fields, "WordPart"));
inline constexpr auto word_parts_shape = shapes::array(word_part_shape);
inline constexpr Field result_fields[] = {
    {"start", &shapes::text, "SURAH:AYAH:WORD:SEGMENT, from 1"},
    {"end", &shapes::text, "the last segment"},
    {"captures", &captures_shape, "what the labels of the query name"},
    {"before", &shapes::texts, "the words before, in the order of the text"},
    {"match", &shapes::texts, "the words of the hit"},
    {"after", &shapes::texts, "the words after"},
    {"parts", &word_parts_shape,
     "of each word of the hit, which part of it is the hit; null for all of it. Only where a hit begins or "
     "ends "
     "within a word",
     true},
    {"columns", &columns_shape, "of each word, by the attributes asked for; of the hit those of its segment",
     true},
};
inline constexpr auto result_shape = shapes::object(result_fields, "QueryHit");
inline constexpr auto results_shape = shapes::array(result_shape);
inline constexpr Field group_fields[] = {
    {"values", &text_or_null_list, "of each key; null where one is missing"},
    {"hits", &shapes::integer},
    {"verses", &shapes::integer, "verses with a word of these hits"},
    {"share", &shapes::decimal, "of all hits, from 0 to 1"},
    {"query", &shapes::text_or_null,
     "finds exactly these hits; null unless the reading is all, and for a tag alone"},
};
inline constexpr auto group_shape = shapes::object(group_fields, "HitGroup");
inline constexpr auto groups_shape = shapes::array(group_shape);
inline constexpr Field grouping_fields[] = {
    {"keys", &shapes::texts},
    {"total", &shapes::integer, "how many groups there are"},
    {"groups", &groups_shape, "the most frequent first"},
};
inline constexpr auto grouping_shape = shapes::object(grouping_fields, "HitGrouping");
inline constexpr Field stage_fields[] = {{"stage", &shapes::text}, {"ms", &shapes::decimal}};
inline constexpr auto stage_shape = shapes::object(stage_fields);
inline constexpr auto stages_shape = shapes::array(stage_shape);
inline constexpr Field clause_fields[] = {
    {"clause", &shapes::text},
    {"hits", &shapes::integer_or_null, "of the clause alone; null where it means nothing alone"},
};
inline constexpr auto clause_shape = shapes::object(clause_fields);
inline constexpr auto clauses_shape = shapes::array(clause_shape);
inline constexpr Field near_fields[] = {
    {"left_out", &shapes::texts, "clauses of the query"},
    {"query", &shapes::text, "the query without them"},
    {"hits", &shapes::integer, "that it has"},
};
inline constexpr auto near_shape = shapes::object(near_fields, "NearQuery");
inline constexpr auto near_queries_shape = shapes::array(near_shape);
inline constexpr Field relaxed_fields[] = {
    {"failing", &shapes::texts, "clauses that have no hits alone, or the fewest whose absence gives some"},
    {"nearest", &near_queries_shape,
     "queries with hits that leave out the fewest clauses, the fewest hits first"},
};
inline constexpr auto relaxed_shape = shapes::object(relaxed_fields, "RelaxedQuery");
inline constexpr Field explained_fields[] = {
    {"plan", &shapes::text, "how the query was read and what was done, for people"},
    {"clauses", &clauses_shape, "what could be left out of the query"},
    {"stages", &stages_shape, "how long each took"},
};
inline constexpr auto explained_shape = shapes::object(explained_fields, "QueryExplained");
inline constexpr Field found_step_fields[] = {{"value", &shapes::text}, {"step", &step_shape}};
inline constexpr auto found_step_shape = shapes::object(found_step_fields);
inline constexpr auto steps_shape = shapes::array(found_step_shape);
inline constexpr Field answer_fields[] = {
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
    {"permalink", &shapes::text_or_null,
     "this address with the hash of the corpus; null if it would be too long"},
    {"ms", &shapes::decimal, "how long it took"},
    {"explain", &explained_shape, "if it was asked for", true},
    {"relaxed", &relaxed_shape, "if there are no hits", true},
    {"grouping", &grouping_shape, "if groups were asked for", true},
    {"results", &results_shape, "none if groups were asked for"},
};
inline constexpr auto answer_shape = shapes::object(answer_fields, "QueryAnswer");

}  // namespace kalima::api::v1::query_shapes
