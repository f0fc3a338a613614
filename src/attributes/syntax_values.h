// The named values of the treebank: relations and kinds of phrases. A treebank may have other values; these
// have labels.
//
// Sources: the labels and their Arabic names are those of the Quranic Treebank's columns `rel_label` and
// `rel_label_ar`; the relations of Universal Dependencies (UD) are those of
// https://universaldependencies.org/u/dep/. The mapping is Kalima's own: a relation that UD has under another
// name, with the same direction, gets that name. One that UD draws in the other direction or does not have
// becomes a subtype of `dep`. (In the treebank the preposition is the head of its noun, and the particle of
// negation is the head of its verb; in UD it is the reverse.)
#pragma once

#include "attributes/value.h"

namespace kalima::attributes {

// A relation that names its governing word (`subj <<kan>>`) and has no row uses the row of the part before
// that word (`subj`).
inline constexpr Value relations[] = {
    {"root", "top of a sentence", "root", "dep", ""},
    {"NonRel", "takes no part in the tree", "NonRel", "dep", ""},
    {"Subj", "subject", "فاعل", "nsubj", ""},
    {"Pass", "subject of a passive verb", "نائب فاعل", "nsubj:pass", ""},
    {"Obj", "object", "مفعول به", "obj", ""},
    {"subj", "subject of a governing particle or verb", "", "nsubj", ""},
    {"Pred", "predicate", "خبر", "dep:pred", ""},
    {"pred", "predicate of a governing particle or verb", "", "dep:pred", ""},
    {"link", "attachment of a preposition phrase", "متعلق", "obl", ""},
    {"gen", "noun governed by a preposition", "مجرور", "dep:gen", ""},
    {"Poss", "possessive construction", "مضاف إليه", "nmod:poss", ""},
    {"Adj", "adjective", "صفة", "amod", ""},
    {"App", "apposition", "بدل", "appos", ""},
    {"Spec", "specification", "تمييز", "nmod", ""},
    {"Cpnd", "compound", "مركب", "compound", ""},
    {"conj", "coordinated with", "معطوف", "conj", ""},
    {"sub", "subordinate clause", "صلة", "acl", ""},
    {"circ", "circumstantial accusative", "حال", "advcl", ""},
    {"cog", "cognate accusative", "مفعول مطلق", "obl", ""},
    {"prp", "accusative of purpose", "المفعول لأجله", "obl", ""},
    {"voc", "vocative", "منادى", "vocative", ""},
    {"neg", "negation", "نفي", "dep:neg", ""},
    {"emph", "emphasis", "توكيد", "dep:emph", ""},
    {"cond", "condition", "شرط", "dep:cond", ""},
    {"rslt", "result of a condition", "جواب الشرط", "dep:rslt", ""},
    {"intg", "question", "استفهام", "dep:intg", ""},
    {"cert", "certainty", "تحقيق", "dep:cert", ""},
    {"res", "restriction", "حصر", "dep:res", ""},
    {"Pro", "prohibition", "نهي", "dep:pro", ""},
    {"sup", "supplement", "زائد", "dep:sup", ""},
    {"exp", "exception", "مستثنى", "dep:exp", ""},
    {"prev", "preventive particle", "كاف", "dep:prev", ""},
    {"fut", "future", "استقبال", "dep:fut", ""},
    {"caus", "cause", "سببية", "dep:caus", ""},
    {"impv", "command", "أمر", "dep:impv", ""},
    {"ret", "retraction", "إضراب", "dep:ret", ""},
    {"imrs", "result of a command", "جواب أمر", "dep:imrs", ""},
    {"inc", "inception", "ابتداء", "dep:inc", ""},
    {"amd", "amendment", "استدراك", "dep:amd", ""},
    {"exl", "explanation", "تفصيل", "dep:exl", ""},
    {"int", "interpretation", "تفسير", "dep:int", ""},
    {"sur", "surprise", "فجاءة", "dep:sur", ""},
    {"exh", "exhortation", "تحضيض", "dep:exh", ""},
    {"avr", "aversion", "ردع", "dep:avr", ""},
    {"ans", "answer", "جواب", "dep:ans", ""},
    {"state", "statement", "بيان", "dep:state", ""},
    {"eq", "equalization", "تسوية", "dep:eq", ""},
    {"subj<<in>>", "subject of inna", "اسم إن", "nsubj", ""},
    {"pred<<in>>", "predicate of inna", "خبر إن", "dep:pred", ""},
    {"subj<<an>>", "subject of anna", "اسم أن", "nsubj", ""},
    {"pred<<an>>", "predicate of anna", "خبر أن", "dep:pred", ""},
    {"subj <<kan>>", "subject of kāna", "اسم كان", "nsubj", ""},
    {"pred <<kan>>", "predicate of kāna", "خبر كان", "dep:pred", ""},
};

inline constexpr Value phrase_kinds[] = {
    {"PP", "preposition phrase", "جار ومجرور", "", ""},   {"VS", "verbal sentence", "جملة فعلية", "", ""},
    {"NS", "nominal sentence", "جملة اسمية", "", ""},     {"SC", "subordinate clause", "مصدر مؤول", "", ""},
    {"CS", "conditional sentence", "جملة شرطية", "", ""}, {"S", "sentence", "جملة", "", ""},
};

}  // namespace kalima::attributes
