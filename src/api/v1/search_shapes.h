// The answer of a text search as the description of the API has it.
#pragma once

#include <array>

#include "api/v1/references.h"
#include "api/v1/search_parameters.h"
#include "http/shape.h"
#include "text/steps.h"

namespace kalima::api::v1::search_shapes {

using http::Field;
namespace shapes = http::shapes;

inline constexpr auto step_shape = shapes::one_of(text::all_step_names);
inline constexpr auto mode_shape = shapes::one_of(search_mode_names);

inline constexpr Field word_fields[] = {
    {"word", &shapes::integer_or_null, "from 1, as the morphology counts; null outside its words"},
    {"from", &shapes::integer, "where the match begins in `text`, in code points, from 0"},
    {"to", &shapes::integer, "the code point after the last"},
    {"step", &step_shape},
    {"proclitic", &shapes::text,
     "what is before it in the same word: particles, or at the step no_article the "
     "article too; may be empty"},
};
inline constexpr auto word_shape = shapes::object(word_fields, "FoundWord");
inline constexpr auto words_shape = shapes::array(word_shape);
inline constexpr Field next_fields[] = {
    {"surah", &shapes::integer},
    {"ayah", &shapes::integer},
    {"text", &shapes::text},
    {"words", &words_shape, "in this verse"},
};
inline constexpr auto next_shape = shapes::object(next_fields, "NextVerse");
inline constexpr auto nexts_shape = shapes::array(next_shape);
inline constexpr Field hit_fields[] = {
    {"first_word", &shapes::integer_or_null},
    {"last_word", &shapes::integer_or_null, "of this verse"},
    {"step", &step_shape, "the loosest one that it needs"},
    {"words", &words_shape, "of this verse"},
    {"continues", &nexts_shape, "the next verses that it reaches into; missing if none", true},
};
inline constexpr auto hit_shape = shapes::object(hit_fields, "TextHit");
inline constexpr auto hits_shape = shapes::array(hit_shape);
inline constexpr Field result_fields[] = {
    {"surah", &shapes::integer},
    {"ayah", &shapes::integer},
    {"index", &shapes::integer, "of the verse in the corpus, from 0"},
    {"text", &shapes::text},
    {"hits", &hits_shape},
};
inline constexpr auto result_shape = shapes::object(result_fields, "FoundVerse");
inline constexpr auto results_shape = shapes::array(result_shape);
inline constexpr Field step_count_fields[] = {
    {"step", &step_shape}, {"verses", &shapes::integer}, {"hits", &shapes::integer}};
inline constexpr auto step_count_shape = shapes::object(step_count_fields, "StepCount");
inline constexpr auto step_counts_shape = shapes::array(step_count_shape);
inline constexpr Field suggestion_fields[] = {
    {"word", &shapes::text},
    {"step", &step_shape, "at which it matches: typing or sound"},
    {"mistake", &shapes::text_or_null,
     "neighbour, doubled, missing, swapped, wrong or added; null for a sound"},
    {"uses", &shapes::integer, "how often it is in the text"},
};
inline constexpr auto suggestion_shape = shapes::object(suggestion_fields, "WordSuggestion");
inline constexpr auto suggestions_shape = shapes::array(suggestion_shape);
inline constexpr Field unknown_fields[] = {
    {"word", &shapes::text},
    {"suggestions", &suggestions_shape, "words of the text, the likeliest first"},
};
inline constexpr auto unknown_shape = shapes::object(unknown_fields, "UnknownWord");
inline constexpr auto unknowns_shape = shapes::array(unknown_shape);
constexpr auto count_fields_of(const char* what, const http::Shape* shape) {
  return std::array{Field{what, shape}, Field{"verses", &shapes::integer}, Field{"hits", &shapes::integer}};
}
inline constexpr auto surah_count_fields = count_fields_of("surah", &shapes::integer);
inline constexpr auto surah_count_shape = shapes::object(surah_count_fields, "SurahCount");
inline constexpr auto surah_counts_shape = shapes::array(surah_count_shape);
inline constexpr auto juz_count_fields = count_fields_of("juz", &shapes::integer);
inline constexpr auto juz_count_shape = shapes::object(juz_count_fields, "JuzCount");
inline constexpr auto juz_counts_shape = shapes::array(juz_count_shape);
inline constexpr auto place_name_shape = shapes::one_of(revelation_names);
inline constexpr auto place_count_fields = count_fields_of("place", &place_name_shape);
inline constexpr auto place_count_shape = shapes::object(place_count_fields, "PlaceCount");
inline constexpr auto place_counts_shape = shapes::array(place_count_shape);
inline constexpr Field counts_fields[] = {
    {"surah", &surah_counts_shape, {}, true},
    {"juz", &juz_counts_shape, {}, true},
    {"place", &place_counts_shape, {}, true},
};
inline constexpr auto counts_shape = shapes::object(counts_fields, "TextCounts");
inline constexpr std::string_view readings[] = {"text", "reference"};
inline constexpr auto reading_shape = shapes::one_of(readings);
inline constexpr Field answer_fields[] = {
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
inline constexpr auto answer_shape = shapes::object(answer_fields, "TextSearch");

}  // namespace kalima::api::v1::search_shapes
