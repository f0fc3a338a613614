// The treebank's part-of-speech tags and relations, and their names in Universal Dependencies (UD).
//
// Sources: the tags and their Arabic names are those of the Quranic Arabic Corpus 0.4 and of the treebank's
// columns `pos`, `pos_ar`, `rel_label`, `rel_label_ar`; the classes and relations are those of
// https://universaldependencies.org/u/pos/ and https://universaldependencies.org/u/dep/. The mapping is
// Kalima's own: a relation that UD has under another name, with the same direction, gets that name. One that
// UD draws in the other direction or does not have becomes a subtype of `dep`. (In the treebank the
// preposition is the head of its noun, and the particle of negation is the head of its verb; in UD it is the
// reverse.) The original label is always kept as well. Threads: everything here is constant.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace kalima::conllu {

struct TagName {
  std::string_view tag, upos, arabic;
};
struct RelationName {
  // `label` as the treebank writes it, or, for those that name a governing word (`subj <<kan>>`), the part
  // before it in lower case.
  std::string_view label, deprel, arabic;
};

std::span<const TagName> tag_names();
std::span<const RelationName> relation_names();

// "X" for a tag that is unknown.
std::string_view upos_of(std::string_view tag);
// Empty for a tag that is unknown.
std::string_view arabic_of_tag(std::string_view tag);

// The basic relation for a label; it has the form [a-z]+(:[a-z]+)? and is never "root".
std::string deprel_of(std::string_view label);
// Empty for a label that is unknown.
std::string_view arabic_of_relation(std::string_view label);

// How a segment without a relation in the treebank (`NonRel`) is attached: "det", "cc", "mark" or "dep".
std::string_view deprel_of_unrelated(std::string_view tag);

}  // namespace kalima::conllu
