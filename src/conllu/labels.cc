#include "conllu/labels.h"

#include <algorithm>
#include <span>

#include "attributes/morphology_values.h"
#include "attributes/syntax_values.h"

namespace kalima::conllu {
namespace {

const attributes::Value* named(std::span<const attributes::Value> values, std::string_view name) {
  const auto row = std::ranges::find(values, name, &attributes::Value::name);
  return row == values.end() ? nullptr : &*row;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::string_view upos_of(std::string_view tag) {
  const attributes::Value* known = named(attributes::parts_of_speech, tag);
  return known == nullptr ? "X" : known->ud;
}

std::string_view arabic_of_tag(std::string_view tag) {
  const attributes::Value* known = named(attributes::parts_of_speech, tag);
  return known == nullptr ? std::string_view{} : known->arabic;
}

std::string deprel_of(std::string_view label) {
  if (const attributes::Value* known = named(attributes::relations, label)) {
    return std::string(known->ud);
  }
  // A label that names a governing word: the part before that word.
  std::string base;
  for (const char c : label.substr(0, label.find('<'))) {
    if (c != ' ') base += lower(c);
  }
  if (const attributes::Value* known = named(attributes::relations, base)) {
    return std::string(known->ud);
  }
  constexpr std::size_t longest = 20;
  const bool plain = !base.empty() && base.size() <= longest &&
                     std::all_of(base.begin(), base.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return plain ? "dep:" + base : "dep";
}

std::string_view arabic_of_relation(std::string_view label) {
  const attributes::Value* known = named(attributes::relations, label);
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
