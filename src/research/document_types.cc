#include "research/document_types.h"

#include <algorithm>

namespace kalima::research {
namespace {

using corpus::ResearchKind;
using Kind = DocumentField::Kind;

// A PUT that does not give it takes the mark away.
constexpr DocumentField former_words_field{
    former_words_member, Kind::text,
    "the words of its anchor before another corpus came, if they differ from \"words\"; to be left out "
    "when the document is right again"};

constexpr DocumentField annotation_fields[] = {
    {"type", Kind::text, "what kind of remark it is: semantic, rhetorical …"},
    {"note", Kind::text, "the remark", "\"\"", true},
    {"tags", Kind::texts, "names of tags", "[]"},
    {"status", Kind::text, "raw, todo, validated …", "\"raw\""},
    {"refs", Kind::texts, "verses that it refers to", "[]"},
    {"author", Kind::text, "who wrote it"},
    former_words_field,
};
constexpr DocumentField hypothesis_fields[] = {
    {"hypothesis", Kind::text, "what is supposed", "null", true},
    {"target_type", Kind::text, "what it is about: word, segment, pronoun, root …", "\"unknown\""},
    {"target_id", Kind::text, "which one", "null"},
    {"target_meta", Kind::any, "more about the target", "{}"},
    {"status", Kind::text, "hypothesis, verified, rejected …", "\"hypothesis\""},
    {"note", Kind::text, "a remark", "\"\"", true},
    {"evidence", Kind::any, "a list of {id, type, note, verse}; the type is supporting or counter", "[]",
     true},
    {"tags", Kind::texts, "names of tags"},
    {"author", Kind::text, "who wrote it"},
    former_words_field,
};
constexpr DocumentField pronoun_fields[] = {
    {"referent", Kind::text, "whom or what the pronoun means", "null", true},
    {"referent_type", Kind::text, "entity …", "\"entity\""},
    {"pronoun_id", Kind::text, "WORD:SEGMENT of the pronoun", "null"},
    {"segment_id", Kind::text, "WORD.SEGMENT of the pronoun", "null"},
    {"pronoun_form", Kind::text, "the pronoun as it was written", "null"},
    {"status", Kind::text, "hypothesis, verified, rejected …", "\"hypothesis\""},
    {"note", Kind::text, "a remark", "null", true},
    {"evidence", Kind::any, "a list of {id, type, note, verse}; the type is supporting or counter", "[]",
     true},
    {"tags", Kind::texts, "names of tags"},
    {"author", Kind::text, "who wrote it"},
    former_words_field,
};
constexpr DocumentField connections_fields[] = {
    {"internal", Kind::any, "a list of {from, to, type, note}: words of the verse", "[]", true},
    {"external", Kind::any, "a list of {target, type, note}: other verses", "[]", true},
    {"note", Kind::text, "a remark", {}, true},
    {"tags", Kind::texts, "names of tags"},
    {"author", Kind::text, "who wrote it"},
    former_words_field,
};
constexpr DocumentField translation_fields[] = {
    {"language", Kind::text, "ISO 639 code"},        {"text", Kind::text, "the translation", "\"\"", true},
    {"translator", Kind::text, "who translated it"}, {"source", Kind::text, "where it was published"},
    {"note", Kind::text, "a remark", {}, true},      {"tags", Kind::texts, "names of tags"},
    {"author", Kind::text, "who wrote it"},          former_words_field,
};
constexpr DocumentField tag_fields[] = {
    {"hypothesis", Kind::text, "what the tag supposes", "\"\"", true},
    {"category", Kind::text, "thematic, rhetorical …"},
    {"status", Kind::text, "hypothesis, verified, rejected …", "\"hypothesis\""},
    {"evidence", Kind::any, "{supporting, counter}: lists of verses", R"({"supporting":[],"counter":[]})"},
    {"note", Kind::text, "a remark", {}, true},
    {"author", Kind::text, "who wrote it"},
};
constexpr DocumentField pattern_fields[] = {
    {"name", Kind::text, "what it is called", "\"\"", true},
    {"type", Kind::text, "morphological, syntactic …"},
    {"description", Kind::text, "what it finds", "\"\"", true},
    {"note", Kind::text, "a remark", {}, true},
    {"tags", Kind::texts, "names of tags"},
    {"author", Kind::text, "who wrote it"},
};

// `counts`: what it found when it was saved (saved/counts.h).
constexpr DocumentField saved_query_fields[] = {
    {"query", Kind::text, "in the query language", {}, true},
    {"note", Kind::text, "a remark", {}, true},
    {"counts", Kind::any, "what it found when it was saved; made again when it is left out"},
    {"tags", Kind::texts, "names of tags"},
    {"author", Kind::text, "who wrote it"},
};
constexpr DocumentField word_list_fields[] = {
    {"items", Kind::texts, "words, lemmas, roots or other values", "[]", true},
    {"attribute", Kind::text, "what they are values of, for counting: word, lemma, root …", "\"word\""},
    {"note", Kind::text, "a remark", {}, true},
    {"counts", Kind::any, "what it found when it was saved; made again when it is left out"},
    {"tags", Kind::texts, "names of tags"},
    {"author", Kind::text, "who wrote it"},
};

constexpr DocumentType types[] = {
    {"annotation",
     "annotations",
     "Annotation",
     "a remark on words or verses",
     ResearchKind::annotation,
     {},
     "a",
     AnchorForm::tokens,
     annotation_fields,
     "created_at",
     "updated_at",
     "commenting"},
    {"hypothesis",
     "hypotheses",
     "Hypothesis",
     "what is supposed, with evidence for and against it",
     ResearchKind::hypothesis,
     {},
     "hyp",
     AnchorForm::target,
     hypothesis_fields,
     "created_at",
     "updated_at",
     "assessing"},
    {"pronoun",
     "pronouns",
     "Pronoun",
     "whom or what a pronoun means",
     ResearchKind::pronoun_reference,
     {},
     "pr",
     AnchorForm::token,
     pronoun_fields,
     "created_at",
     "updated_at",
     "identifying"},
    {"connections",
     "connections",
     "Connections",
     "what the words of a verse have to do with each other and with other verses",
     ResearchKind::connections,
     {},
     {},
     AnchorForm::verse,
     connections_fields,
     "created_at",
     "updated_at",
     "linking"},
    {"translation",
     "translations",
     "Translation",
     "a translation of a verse",
     ResearchKind::translation,
     {},
     "tr",
     AnchorForm::verse,
     translation_fields,
     "created_at",
     "updated_at",
     "describing"},
    {"tag",
     "tags",
     "Tag",
     "what annotations are tagged with",
     {},
     "tags",
     {},
     AnchorForm::none,
     tag_fields,
     "created",
     "updated_at",
     ""},
    {"pattern",
     "patterns",
     "Pattern",
     "a saved pattern",
     {},
     "patterns",
     "pattern",
     AnchorForm::none,
     pattern_fields,
     "created_at",
     "updated_at",
     ""},
    {"query",
     "queries",
     "Query",
     "a saved query, @NAME in queries",
     {},
     "saved_queries",
     {},
     AnchorForm::none,
     saved_query_fields,
     "created_at",
     "updated_at",
     "",
     '@'},
    {"subcorpus",
     "subcorpora",
     "Subcorpus",
     "a part of the corpus, the hits of a query; within @NAME in queries",
     {},
     "subcorpora",
     {},
     AnchorForm::none,
     saved_query_fields,
     "created_at",
     "updated_at",
     "",
     '@'},
    {"list",
     "lists",
     "List",
     "a list of words or other values, $NAME in queries",
     {},
     "word_lists",
     {},
     AnchorForm::none,
     word_list_fields,
     "created_at",
     "updated_at",
     "",
     '$'},
};

}  // namespace

std::span<const DocumentType> document_types() { return types; }

const DocumentType* find_document_type(std::string_view name) {
  const auto it = std::ranges::find_if(
      types, [&](const DocumentType& type) { return type.name == name || type.plural == name; });
  return it == std::end(types) ? nullptr : it;
}

}  // namespace kalima::research
