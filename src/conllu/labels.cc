#include "conllu/labels.h"

#include <algorithm>

namespace kalima::conllu {
namespace {

constexpr TagName tags[] = {
    {"N", "NOUN", "اسم"},
    {"PN", "PROPN", "اسم علم"},
    {"ADJ", "ADJ", "صفة"},
    {"IMPN", "NOUN", "اسم فعل أمر"},
    {"PRON", "PRON", "ضمير"},
    {"DEM", "PRON", "اسم اشارة"},
    {"REL", "PRON", "اسم موصول"},
    {"T", "ADV", "ظرف زمان"},
    {"LOC", "ADV", "ظرف مكان"},
    {"V", "VERB", "فعل"},
    {"P", "ADP", "حرف جر"},
    {"DET", "DET", "ال التعريف"},
    {"EMPH", "PART", "لام التوكيد"},
    {"IMPV", "PART", "لام الامر"},
    {"PRP", "SCONJ", "لام التعليل"},
    {"CONJ", "CCONJ", "حرف عطف"},
    {"SUB", "SCONJ", "حرف مصدري"},
    {"ACC", "PART", "حرف نصب"},
    {"AMD", "CCONJ", "حرف استدراك"},
    {"ANS", "PART", "حرف جواب"},
    {"AVR", "PART", "حرف ردع"},
    {"CAUS", "SCONJ", "حرف سببية"},
    {"CERT", "PART", "حرف تحقيق"},
    {"CIRC", "SCONJ", "حرف حال"},
    {"COM", "ADP", "واو المعية"},
    {"COND", "SCONJ", "حرف شرط"},
    {"EQ", "PART", "حرف تسوية"},
    {"EXH", "PART", "حرف تحضيض"},
    {"EXL", "PART", "حرف تفصيل"},
    {"EXP", "PART", "أداة استثناء"},
    {"FUT", "PART", "حرف استقبال"},
    {"INC", "PART", "حرف ابتداء"},
    {"INT", "PART", "حرف تفسير"},
    {"INTG", "PART", "حرف استفهام"},
    {"NEG", "PART", "حرف نفي"},
    {"PREV", "PART", "حرف كاف"},
    {"PRO", "PART", "حرف نهي"},
    {"REM", "CCONJ", "حرف استئنافية"},
    {"RES", "PART", "أداة حصر"},
    {"RET", "CCONJ", "حرف اضراب"},
    {"RSLT", "CCONJ", "حرف واقع في جواب الشرط"},
    {"SUP", "PART", "حرف زائد"},
    {"SUR", "PART", "حرف فجاءة"},
    {"VOC", "PART", "حرف نداء"},
    {"INL", "X", "حروف مقطعة"},
};

constexpr RelationName relations[] = {
    {"root", "dep", "root"},
    {"NonRel", "dep", "NonRel"},
    {"Subj", "nsubj", "فاعل"},
    {"Pass", "nsubj:pass", "نائب فاعل"},
    {"Obj", "obj", "مفعول به"},
    {"subj", "nsubj", ""},
    {"Pred", "dep:pred", "خبر"},
    {"pred", "dep:pred", ""},
    {"link", "obl", "متعلق"},
    {"gen", "dep:gen", "مجرور"},
    {"Poss", "nmod:poss", "مضاف إليه"},
    {"Adj", "amod", "صفة"},
    {"App", "appos", "بدل"},
    {"Spec", "nmod", "تمييز"},
    {"Cpnd", "compound", "مركب"},
    {"conj", "conj", "معطوف"},
    {"sub", "acl", "صلة"},
    {"circ", "advcl", "حال"},
    {"cog", "obl", "مفعول مطلق"},
    {"prp", "obl", "المفعول لأجله"},
    {"voc", "vocative", "منادى"},
    {"neg", "dep:neg", "نفي"},
    {"emph", "dep:emph", "توكيد"},
    {"cond", "dep:cond", "شرط"},
    {"rslt", "dep:rslt", "جواب الشرط"},
    {"intg", "dep:intg", "استفهام"},
    {"cert", "dep:cert", "تحقيق"},
    {"res", "dep:res", "حصر"},
    {"Pro", "dep:pro", "نهي"},
    {"sup", "dep:sup", "زائد"},
    {"exp", "dep:exp", "مستثني"},
    {"prev", "dep:prev", "كاف"},
    {"fut", "dep:fut", "استقبال"},
    {"caus", "dep:caus", "سببية"},
    {"impv", "dep:impv", "أمر"},
    {"ret", "dep:ret", "اضراب"},
    {"imrs", "dep:imrs", "جواب أمر"},
    {"inc", "dep:inc", "ابتداء"},
    {"amd", "dep:amd", "استدراك"},
    {"exl", "dep:exl", "تفصيل"},
    {"int", "dep:int", "تفسير"},
    {"sur", "dep:sur", "فجاءة"},
    {"exh", "dep:exh", "تحضيض"},
    {"avr", "dep:avr", "ردع"},
    {"ans", "dep:ans", "جواب"},
    {"state", "dep:state", "بيان"},
    {"eq", "dep:eq", "تسوية"},
    {"subj<<in>>", "nsubj", "اسم إن"},
    {"pred<<in>>", "dep:pred", "خبر إن"},
    {"subj<<an>>", "nsubj", "اسم أن"},
    {"pred<<an>>", "dep:pred", "خبر أن"},
    {"subj <<kan>>", "nsubj", "اسم كان"},
    {"pred <<kan>>", "dep:pred", "خبر كان"},
};

template <typename Row>
const Row* find(std::span<const Row> rows, std::string_view Row::*key, std::string_view value) {
  const auto it = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.*key == value; });
  return it == rows.end() ? nullptr : &*it;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::span<const TagName> tag_names() { return tags; }
std::span<const RelationName> relation_names() { return relations; }

std::string_view upos_of(std::string_view tag) {
  const TagName* known = find(tag_names(), &TagName::tag, tag);
  return known == nullptr ? "X" : known->upos;
}

std::string_view arabic_of_tag(std::string_view tag) {
  const TagName* known = find(tag_names(), &TagName::tag, tag);
  return known == nullptr ? std::string_view{} : known->arabic;
}

std::string deprel_of(std::string_view label) {
  if (const RelationName* known = find(relation_names(), &RelationName::label, label)) {
    return std::string(known->deprel);
  }
  // A label that names a governing word: the part before that word.
  std::string base;
  for (const char c : label.substr(0, label.find('<'))) {
    if (c != ' ') base += lower(c);
  }
  if (const RelationName* known = find(relation_names(), &RelationName::label, base)) {
    return std::string(known->deprel);
  }
  constexpr std::size_t longest = 20;
  const bool plain = !base.empty() && base.size() <= longest &&
                     std::all_of(base.begin(), base.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return plain ? "dep:" + base : "dep";
}

std::string_view arabic_of_relation(std::string_view label) {
  const RelationName* known = find(relation_names(), &RelationName::label, label);
  return known == nullptr ? std::string_view{} : known->arabic;
}

std::string_view deprel_of_unrelated(std::string_view tag) {
  const std::string_view upos = upos_of(tag);
  if (upos == "DET") return "det";
  if (upos == "CCONJ") return "cc";
  if (upos == "SCONJ") return "mark";
  return "dep";
}

}  // namespace kalima::conllu
