// The answer of a text search as the description of the API has it.
#pragma once

#include <array>

#include "api/v1/references.h"
#include "api/v1/search_instead.h"
#include "api/v1/search_parameters.h"
#include "api/v1/search_request.h"
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
inline constexpr Field place_fields[] = {
    {"from", &shapes::integer, "where the match begins in the translation, in code points, from 0"},
    {"to", &shapes::integer, "the code point after the last"},
};
inline constexpr auto place_shape = shapes::object(place_fields, "PlaceInTranslation");
inline constexpr auto places_shape = shapes::array(place_shape);
inline constexpr Field translation_fields[] = {
    {"language", &shapes::text},
    {"id", &shapes::text, "of the translation; may be empty"},
    {"by", &shapes::text, "who made it, or its source; may be empty"},
    {"text", &shapes::text},
    {"places", &places_shape, "of the words that match"},
};
inline constexpr auto translation_shape = shapes::object(translation_fields, "FoundTranslation");
inline constexpr auto translations_shape = shapes::array(translation_shape);
inline constexpr Field lexeme_fields[] = {
    {"value", &shapes::text, "in Arabic; root: or lemma: before it finds its words"},
    {"buckwalter", &shapes::text_or_null},
    {"words", &shapes::integer, "that have it"},
    {"verses", &shapes::integer, "likewise"},
};
inline constexpr auto lexeme_shape = shapes::object(lexeme_fields, "WordLexeme");
inline constexpr auto lexeme_list_shape = shapes::array(lexeme_shape);
inline constexpr Field word_lexemes_fields[] = {
    {"word", &shapes::text, "of `q`"},
    {"lemmas", &lexeme_list_shape, "most frequent first"},
    {"roots", &lexeme_list_shape, "likewise"},
};
inline constexpr auto word_lexemes_shape = shapes::object(word_lexemes_fields, "WordLexemes");
inline constexpr auto lexemes_shape = shapes::array(word_lexemes_shape);
inline constexpr std::string_view searched_names[] = {"glosses", "translations"};
inline constexpr auto searched_name_shape = shapes::one_of(searched_names);
inline constexpr Field searched_fields[] = {
    {"what", &searched_name_shape},
    {"language", &shapes::text},
    {"texts", &shapes::integer, "how many there are: verses with glosses, or translations of verses"},
};
inline constexpr auto searched_shape = shapes::object(searched_fields, "SearchedTexts");
inline constexpr auto searched_list_shape = shapes::array(searched_shape);
inline constexpr auto nearness_shape = shapes::one_of(search::nearness_names);
inline constexpr Field nearness_fields[] = {
    {"nearness", &nearness_shape}, {"verses", &shapes::integer}, {"hits", &shapes::integer}};
inline constexpr auto nearness_count_shape = shapes::object(nearness_fields, "NearnessCount");
inline constexpr auto nearness_counts_shape = shapes::array(nearness_count_shape);
inline constexpr Field result_fields[] = {
    {"surah", &shapes::integer},
    {"ayah", &shapes::integer},
    {"index", &shapes::integer, "of the verse in the corpus, from 0"},
    {"text", &shapes::text},
    {"hits", &hits_shape},
    {"translations", &translations_shape, "in which `q` was found; missing if none", true},
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
inline constexpr auto instead_kind_shape = shapes::one_of(instead_names);
inline constexpr Field instead_fields[] = {
    {"kind", &instead_kind_shape,
     "what is asked differently: elsewhere: in all verses; other_steps: without `step`; particles: without "
     "`proclitics`; nothing_left_out: without the words with a minus; unquoted: without quotation marks; "
     "any_letters: * for each ?; one_verse: the words are in one verse, but do not follow each other; part: "
     "some words, which follow each other; word: one word"},
    {"parameters", &shapes::text_map, "of this route, that ask for it"},
    {"verses", &shapes::integer, "that are found so"},
    {"hits", &shapes::integer, "likewise; 0 of a reference"},
};
inline constexpr auto instead_shape = shapes::object(instead_fields, "OtherSearch");
inline constexpr auto instead_list_shape = shapes::array(instead_shape);
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
inline constexpr auto reading_shape = shapes::one_of(read_as_names);
inline constexpr Field answer_fields[] = {
    {"query", &shapes::text},
    {"mode", &mode_shape},
    {"read_as", &reading_shape,
     "text: `q` was sought as it is written; reference: the results are the verses that it names; root: they "
     "have the root that "
     "its letters are; transliteration: it was sought in Latin letters; meaning: in glosses and "
     "translations"},
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
    {"lexemes", &lexemes_shape,
     "of the first words of `q` that are in the text, and what root: and lemma: name"},
    {"searched", &searched_list_shape, "of a search by meaning: where `q` was sought"},
    {"nearness", &nearness_counts_shape,
     "of a search by meaning: how near to each other the words of `q` are. The results are those of the "
     "first"},
    {"counts", &counts_shape, "those that were asked for, where there are matches"},
    {"instead", &instead_list_shape,
     "if nothing was found: what finds something, by kind. Empty if no part of `q` is anywhere, as `unknown` "
     "says",
     true},
    {"offset", &shapes::integer},
    {"limit", &shapes::integer},
    {"partial", &shapes::boolean, "the time was over before all was searched: the counts are too small"},
    {"ms", &shapes::decimal, "how long the search took"},
    {"results", &results_shape, "in the order that was asked for"},
};
inline constexpr auto answer_shape = shapes::object(answer_fields, "TextSearch");

}  // namespace kalima::api::v1::search_shapes
