// What the old API's routes are, for the description of all routes (openapi.json). The routes themselves are where they are
// added to the router; a test compares both.
#include "api/legacy/operations.h"

#include "http/parameter.h"

namespace kalima::api::legacy {
namespace {

using http::Operation;
using http::Parameter;

// Python's integers have no bound.
constexpr std::uint64_t any_number = 0x7FFFFFFFFFFFFFFF;
constexpr std::uint64_t any_length = 60'000;

constexpr Parameter in_path(const char* name, const char* meaning, const char* example) {
  return http::text({.name = name,
                     .place = Parameter::Place::path,
                     .meaning = meaning,
                     .example = example,
                     .min = 1,
                     .max = any_length})
      .row;
}
constexpr Parameter number_in_path(const char* name, const char* meaning, const char* example) {
  return http::integer({.name = name,
                        .place = Parameter::Place::path,
                        .meaning = meaning,
                        .example = example,
                        .max = any_number})
      .row;
}
constexpr Parameter text(const char* name, const char* meaning, const char* example) {
  return http::text({.name = name, .meaning = meaning, .example = example, .max = any_length}).row;
}
constexpr Parameter count(const char* name, const char* meaning, const char* otherwise) {
  return http::integer({.name = name, .meaning = meaning, .max = any_number, .default_value = otherwise}).row;
}

constexpr std::string_view type_values[] = {"text", "root"};
constexpr Parameter type_parameter =
    http::choice({.name = "type", .meaning = "what `q` is", .values = type_values, .default_value = "text"})
        .row;
constexpr Parameter surah_parameter = number_in_path("surah", "number of the surah", "112");
constexpr Parameter ayah_parameter = number_in_path("ayah", "number of the verse", "1");
constexpr Parameter index_parameter = number_in_path("index", "number of the verse, from 0", "0");
constexpr Parameter reference_parameter = in_path("reference", "SURAH:AYAH", "112:1");
constexpr Parameter id_parameter = in_path("id", "which one", "h1");
constexpr Parameter name_parameter = in_path("name", "name of the tag", "iltifat");
constexpr Parameter start_parameter = count("start", "how many are left out at the beginning", "0");
constexpr Parameter q_parameter = text("q", "what is searched", "N");
constexpr Parameter library_q_parameter = text("q", "what is searched", "the");
constexpr Parameter root_parameter = text("root", "in Buckwalter transliteration", "rHm");
constexpr Parameter pattern_id_parameter = text("pattern_id", "instead of `q`: the id of a pattern", "p|n");
constexpr Parameter form_parameter = text("form", "verb form", "IV");
constexpr Parameter person_parameter = text("person", "person", "3rd");
constexpr Parameter number_parameter = text("number", "number", "plural");
constexpr Parameter gender_parameter = text("gender", "gender", "masculine");
constexpr Parameter voice_parameter = text("voice", "voice", "passive");
constexpr Parameter tense_parameter = text("tense", "tense", "imperfect");
constexpr Parameter relation_parameter = text("relation", "label of the relation", "Subj");
constexpr Parameter morph_tag_parameter = text("morph_tag", "tag", "PREP");
constexpr Parameter syntactic_role_parameter = text("syntactic_role", "role", "SUBJ");
constexpr Parameter case_mood_parameter = text("case_mood", "case or mood", "GENITIVE");
constexpr Parameter path_parameter = text("path", "relative path of the note", "plan.md");
constexpr Parameter limit30_parameter = count("limit", "how many are listed at most", "30");
constexpr Parameter limit50_parameter = count("limit", "how many are listed at most", "50");
constexpr Parameter limit100_parameter = count("limit", "how many are listed at most", "100");
constexpr Parameter limit200_parameter = count("limit", "how many are listed at most", "200");

using Parameters = const Parameter* const;
constexpr Parameters of_start_and_limit50[] = {&start_parameter, &limit50_parameter};
constexpr Parameters of_index[] = {&index_parameter};
constexpr Parameters of_surah_and_ayah[] = {&surah_parameter, &ayah_parameter};
constexpr Parameters of_surah[] = {&surah_parameter};
constexpr Parameters of_q_etc_4[] = {&q_parameter, &type_parameter, &limit100_parameter};
constexpr Parameters of_root_and_limit200[] = {&root_parameter, &limit200_parameter};
constexpr Parameters of_q_etc_6[] = {&q_parameter, &pattern_id_parameter, &limit100_parameter};
constexpr Parameters of_form_etc_7[] = {&form_parameter,   &person_parameter, &number_parameter,
                                        &gender_parameter, &voice_parameter,  &tense_parameter,
                                        &limit50_parameter};
constexpr Parameters of_relation_and_limit50[] = {&relation_parameter, &limit50_parameter};
constexpr Parameters of_morph_tag_etc_9[] = {&morph_tag_parameter, &syntactic_role_parameter,
                                             &case_mood_parameter, &limit50_parameter};
constexpr Parameters of_reference[] = {&reference_parameter};
constexpr Parameters of_reference_and_id[] = {&reference_parameter, &id_parameter};
constexpr Parameters of_name[] = {&name_parameter};
constexpr Parameters of_id[] = {&id_parameter};
constexpr Parameters of_path[] = {&path_parameter};
constexpr Parameters of_library_q_and_limit30[] = {&library_q_parameter, &limit30_parameter};

constexpr ErrorCode missing[] = {ErrorCode::not_found};
constexpr ErrorCode large[] = {ErrorCode::too_large};
constexpr ErrorCode of_writes[] = {ErrorCode::not_found, ErrorCode::conflict, ErrorCode::stale,
                                   ErrorCode::too_large};

constexpr Operation operation(const char* method, const char* path, const char* id, const char* group,
                              const char* summary, std::span<const Parameter* const> parameters,
                              std::span<const ErrorCode> errors = {}) {
  return {.method = method,
          .path = path,
          .id = id,
          .group = group,
          .summary = summary,
          .parameters = parameters,
          .errors = errors,
          .deprecated = true};
}
// One with a body of JSON.
constexpr Operation taking(Operation operation) {
  operation.body = &http::shapes::any;
  return operation;
}

constexpr Operation table[] = {
    operation("GET", "/api/verses", "oldVerses", "old verses", "A page of verses", of_start_and_limit50),
    operation("GET", "/api/verse/index/{index}", "oldVerseByIndex", "old verses",
              "A verse by its number in the corpus", of_index, missing),
    operation("GET", "/api/verse/{surah}/{ayah}", "oldVerse", "old verses", "A verse", of_surah_and_ayah,
              missing),
    operation("GET", "/api/surah/{surah}", "oldSurah", "old verses", "The verses of a surah", of_surah,
              missing),
    operation("GET", "/api/surahs", "oldSurahs", "old verses", "The surahs", {}),
    operation("GET", "/api/roots", "oldRoots", "old lists", "All roots", {}),
    operation("GET", "/api/morph_patterns", "oldMorphPatterns", "old lists", "The patterns of words", {}),
    operation("GET", "/api/syntax_patterns", "oldSyntaxPatterns", "old lists", "The patterns of verses", {}),
    operation("GET", "/api/morphology/features", "oldMasaqFeatures", "old lists", "The values of MASAQ", {}),
    operation("GET", "/api/dependency/relations", "oldRelations", "old lists",
              "The relations of the treebank", {}),
    operation("GET", "/api/stats", "oldStats", "old verses", "How much there is of what", {}),
    operation("GET", "/api/morphology/parsed/{surah}/{ayah}", "oldParsedVerse", "old tables",
              "The words of a verse with their features as the older server read them", of_surah_and_ayah,
              missing),
    operation("GET", "/api/morphology/{surah}/{ayah}", "oldMasaqRows", "old tables",
              "The rows of MASAQ for a verse", of_surah_and_ayah, missing),
    operation("GET", "/api/dependency/{surah}/{ayah}", "oldTreebankRows", "old tables",
              "The rows of the treebank for a verse", of_surah_and_ayah, missing),
    operation("GET", "/api/search", "oldTextSearch", "old searches",
              "Verses whose stored text contains `q`, or have it as a root", of_q_etc_4),
    operation("GET", "/api/search/roots", "oldRootSearch", "old searches", "Verses with a root",
              of_root_and_limit200),
    operation("GET", "/api/search/morphology", "oldMorphologySearch", "old searches",
              "Verses by what is in an analysis, or by a pattern of words", of_q_etc_6),
    operation("GET", "/api/search/syntax", "oldSyntaxSearch", "old searches",
              "Verses by parts of speech that follow each other, or by a pattern of verses", of_q_etc_6),
    taking(operation("POST", "/api/search/pattern_word", "oldWordPatternSearch", "old searches",
                     "Verses with words of given letters", {}, large)),
    operation("GET", "/api/search/verb_forms", "oldVerbSearch", "old searches",
              "Verses with verbs that have these properties", of_form_etc_7),
    operation("GET", "/api/search/dependency", "oldRelationSearch", "old searches",
              "Verses with a relation of the treebank", of_relation_and_limit50),
    operation("GET", "/api/search/morphology_advanced", "oldMasaqSearch", "old searches",
              "Verses by values of MASAQ", of_morph_tag_etc_9),
    operation("GET", "/api/annotations/{surah}/{ayah}", "oldAnnotations", "old research",
              "The annotations of a verse", of_surah_and_ayah, missing),
    taking(operation("POST", "/api/annotations/{surah}/{ayah}", "oldAddAnnotation", "old research",
                     "Adds an annotation", of_surah_and_ayah, of_writes)),
    operation("GET", "/api/hypotheses/{reference}", "oldHypothesisList", "old research",
              "The hypotheses of a verse", of_reference, missing),
    taking(operation("POST", "/api/hypotheses/{reference}", "oldAddHypothesis", "old research",
                     "Adds to the hypotheses of a verse", of_reference, of_writes)),
    taking(operation("PUT", "/api/hypotheses/{reference}/{id}", "oldChangeHypothesis", "old research",
                     "Changes one of the hypotheses", of_reference_and_id, of_writes)),
    operation("DELETE", "/api/hypotheses/{reference}/{id}", "oldDeleteHypothesis", "old research",
              "Deletes one of the hypotheses", of_reference_and_id, of_writes),
    operation("GET", "/api/pronouns/{reference}", "oldPronounList", "old research",
              "The pronoun references of a verse", of_reference, missing),
    taking(operation("POST", "/api/pronouns/{reference}", "oldAddPronoun", "old research",
                     "Adds to the pronoun references of a verse", of_reference, of_writes)),
    taking(operation("PUT", "/api/pronouns/{reference}/{id}", "oldChangePronoun", "old research",
                     "Changes one of the pronoun references", of_reference_and_id, of_writes)),
    operation("DELETE", "/api/pronouns/{reference}/{id}", "oldDeletePronoun", "old research",
              "Deletes one of the pronoun references", of_reference_and_id, of_writes),
    operation("GET", "/api/connections/{reference}", "oldConnections", "old research",
              "The connections of a verse", of_reference, missing),
    taking(operation("POST", "/api/connections/{reference}", "oldSetConnections", "old research",
                     "Sets the connections of a verse", of_reference, of_writes)),
    operation("GET", "/api/translations/{reference}", "oldTranslations", "old research",
              "The translations of a verse", of_reference, missing),
    taking(operation("POST", "/api/translations/{reference}", "oldAddTranslation", "old research",
                     "Adds a translation", of_reference, of_writes)),
    taking(operation("PUT", "/api/translations/{reference}", "oldSetTranslations", "old research",
                     "Sets the translations of a verse", of_reference, of_writes)),
    operation("DELETE", "/api/translations/{reference}/{id}", "oldDeleteTranslation", "old research",
              "Deletes a translation", of_reference_and_id, of_writes),
    operation("GET", "/api/tags", "oldTags", "old research", "Tags and saved patterns", {}),
    operation("GET", "/api/tags/{name}", "oldTag", "old research", "A tag", of_name, missing),
    taking(
        operation("PUT", "/api/tags/{name}", "oldSetTag", "old research", "Sets a tag", of_name, of_writes)),
    operation("GET", "/api/patterns", "oldPatterns", "old research", "The saved patterns", {}),
    taking(operation("POST", "/api/patterns", "oldAddPattern", "old research", "Saves a pattern", {},
                     of_writes)),
    operation("GET", "/api/patterns/{id}", "oldPattern", "old research", "A saved pattern", of_id, missing),
    operation("DELETE", "/api/patterns/{id}", "oldDeletePattern", "old research", "Deletes a saved pattern",
              of_id, of_writes),
    operation("GET", "/api/notes", "oldNotes", "old notes", "The notes", {}),
    operation("GET", "/api/notes/content", "oldNote", "old notes", "A note", of_path, missing),
    operation("GET", "/api/library_search", "oldLibrarySearch", "old notes", "Places in the resources",
              of_library_q_and_limit30),
};

}  // namespace

std::span<const http::Operation> operations() { return table; }

}  // namespace kalima::api::legacy
