#include "query/plan/literals.h"

#include <fmt/format.h>

#include <algorithm>

#include "query/plan/other_names.h"
#include "query/syntax/lexer.h"
#include "query/syntax/unseen.h"
#include "text/buckwalter.h"
#include "text/plain.h"
#include "text/unicode.h"

namespace kalima::query {
namespace {

using attributes::Attribute;
using attributes::Definition;

bool in_arabic(Attribute attribute) {
  switch (attribute) {
    case Attribute::root:
    case Attribute::lemma:
    case Attribute::stem_root:
    case Attribute::stem_lemma:
    case Attribute::word:
    case Attribute::segment:
      return true;
    default:
      return false;
  }
}

// Lower case without spaces, as labels of relations are compared.
std::string folded_label(std::string_view text) {
  std::string out = text::lower(text);
  std::erase(out, ' ');
  return out;
}

bool names_it(std::string_view aliases, std::string_view name) {
  while (!aliases.empty()) {
    const std::size_t space = aliases.find(' ');
    if (same_name(aliases.substr(0, space), name)) return true;
    if (space == std::string_view::npos) break;
    aliases.remove_prefix(space + 1);
  }
  return false;
}

// The row of the table for a value of the corpus: its own, or that of the part before a governing word.
const attributes::Value* row_of(const Definition& row, std::string_view text) {
  for (const std::string& name : {folded_label(text), folded_label(text.substr(0, text.find("<<")))}) {
    const auto found = std::ranges::find_if(
        row.values, [&](const attributes::Value& value) { return folded_label(value.name) == name; });
    if (found != row.values.end()) return &*found;
  }
  return nullptr;
}

// Values that have `text` as another name: label, name in Universal Dependencies, alias.
ValueIds by_label(const columns::Dictionary& dictionary, const Definition& row, std::string_view text) {
  ValueIds out;
  const std::string folded = folded_label(text);
  for (const bool own_name : {true, false}) {
    for (std::uint32_t id = 1; id <= dictionary.size(); ++id) {
      const std::string_view there = dictionary.text(id);
      bool found = folded_label(there) == folded;
      if (!own_name) {
        const attributes::Value* const value = row_of(row, there);
        found = value != nullptr && (same_name(value->english, text) || value->arabic == text ||
                                     same_name(value->ud, text) || names_it(value->aliases, text));
      }
      if (found) out.push_back(id);
    }
    if (!out.empty()) break;
  }
  return out;
}

ValueIds with_same_letters(const columns::Dictionary& dictionary, std::string_view text, bool any_marks) {
  ValueIds out;
  const auto [first, end] = dictionary.with_key(text::lower(text::plain(text)));
  const std::string lower = text::lower(text);
  for (std::uint32_t id = first; id < end; ++id) {
    if (any_marks || text::lower(dictionary.text(id)) == lower) out.push_back(id);
  }
  return out;
}

ValueIds with_bare_letters(const columns::Dictionary& dictionary, std::string_view text, bool any_case) {
  for (const std::string& spelling : plain_spellings(text)) {
    ValueIds found;
    if (any_case) {
      found = with_same_letters(dictionary, spelling, false);
    } else if (const auto id = dictionary.find(spelling)) {
      found = {*id};
    }
    if (!found.empty()) return found;
  }
  return {};
}

// Signs above a letter come in any order: keyboards and browsers give that of NFC, the text has its own.
ValueIds with_same_signs(const columns::Dictionary& dictionary, std::string_view text) {
  ValueIds out;
  const std::string wanted = text::nfc(text);
  const auto [first, end] = dictionary.with_key(text::lower(text::plain(text)));
  for (std::uint32_t id = first; id < end; ++id) {
    if (text::nfc(dictionary.text(id)) == wanted) out.push_back(id);
  }
  return out;
}

ValueIds one_literal(Resolving& resolving, const Definition& row, std::string_view text,
                     const Spelling& spelling) {
  const columns::Dictionary& dictionary = resolving.lexicon.core().dictionary(row.attribute);
  const bool as_stored = row.attribute == Attribute::word || row.attribute == Attribute::segment ||
                         row.level == attributes::Level::node;
  if (row.attribute == Attribute::plain)
    return with_bare_letters(dictionary, text, spelling.any_case || spelling.any_marks);
  const std::string wanted = as_stored ? std::string(text) : text::nfc(text);
  if (is_surface(row.attribute) && !spelling.exact && !spelling.any_marks) {
    Spelled spelled = resolving.lexicon.spelled(row.attribute, wanted);
    if (!spelled.values.empty()) resolving.steps.push_back({std::string(text), spelled.step});
    return std::move(spelled.values);
  }
  if (spelling.any_case || spelling.any_marks) {
    ValueIds found = with_same_letters(dictionary, wanted, spelling.any_marks);
    if (!found.empty()) return found;
  } else if (const auto id = dictionary.find(wanted)) {
    return {*id};
  }
  if (!row.values.empty()) return by_label(dictionary, row, text);
  if (as_stored) return with_same_signs(dictionary, wanted);
  return spelling.exact ? ValueIds() : by_other_name(resolving, row, text);
}

}  // namespace

std::vector<std::string> plain_spellings(std::string_view text) {
  std::vector<std::string> out;
  const auto add = [&out](std::string spelling) {
    if (std::ranges::find(out, spelling) == out.end()) out.push_back(std::move(spelling));
  };
  const std::string composed = text::nfc(text);
  add(text::plain(composed));
  add(text::plain(text));
  std::string apart;
  for (std::size_t at = 0; at < composed.size();) {
    constexpr std::string_view alif_with_madda = "\u0622", alif = "\u0627";
    const bool found = std::string_view(composed).substr(at).starts_with(alif_with_madda);
    if (found) {
      apart += alif;
    } else {
      apart += composed[at];
    }
    at += found ? alif_with_madda.size() : 1;
  }
  add(text::plain(apart));
  return out;
}

bool is_surface(Attribute attribute) {
  return attribute == Attribute::word || attribute == Attribute::segment;
}

ValueIds as_buckwalter(Resolving& resolving, const Definition& row, std::string_view text) {
  if (!in_arabic(row.attribute) || text.empty()) return {};
  if (std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) return {};
  const auto arabic = text::arabic_from_buckwalter(text);
  if (!arabic) return {};
  const columns::Dictionary& dictionary = resolving.lexicon.core().dictionary(row.attribute);
  if (is_surface(row.attribute)) {
    Spelled spelled = resolving.lexicon.spelled(row.attribute, *arabic);
    if (!spelled.values.empty()) resolving.steps.push_back({std::string(text), spelled.step});
    return std::move(spelled.values);
  }
  const auto id = dictionary.find(text::nfc(*arabic));
  return id ? ValueIds{*id} : ValueIds{};
}

ValueIds literals(Resolving& resolving, const Definition& row, const std::vector<std::string_view>& texts,
                  const Spelling& spelling) {
  ValueIds out;
  for (const std::string_view text : texts) {
    if (resolving.stopped()) break;
    ValueIds found;
    if (texts.size() > 1) found = as_buckwalter(resolving, row, text);
    if (found.empty()) found = one_literal(resolving, row, text, spelling);
    if (found.empty()) {
      const std::string near = did_you_mean(near_names(resolving.lexicon.core(), row, text));
      resolving.notes.push_back(fmt::format("{}: '{}' does not occur in this corpus{}{}", row.name,
                                            with_visible_signs(text), near.empty() ? "" : "; ", near));
    }
    out.insert(out.end(), found.begin(), found.end());
  }
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace kalima::query
