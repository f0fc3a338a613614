#include "query/plan/other_names.h"

#include <fmt/format.h>

#include <algorithm>

#include "corpus/surah_names.h"
#include "corpus/surahs.h"
#include "support/nearest.h"
#include "support/utf8.h"
#include "text/buckwalter.h"
#include "text/letters.h"

namespace kalima::query {
namespace {

using attributes::Attribute;
using attributes::Definition;

bool is_latin(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

std::string without_separators(std::string_view text) {
  std::string out(text);
  std::erase_if(out, [](char c) { return c == ' ' || c == '-' || c == '.' || c == ','; });
  return out;
}

// The letters of a root: a hamza on any seat is an alif, as in the corpus; an alif maqsura is a yeh.
std::u32string root_letters(std::string_view arabic) {
  std::u32string out;
  for (const text::Letter& letter : text::letters(utf8::to_code_points(arabic))) {
    const bool hamza = letter.base == U'\u0621' || letter.has(text::hamza_signs);
    const bool alif = letter.base == U'\u0671';
    out += hamza || alif ? U'\u0627' : letter.base == U'\u0649' ? U'\u064A' : letter.base;
  }
  return out;
}

ValueIds roots_named(Resolving& resolving, const Definition& row, std::string_view text) {
  const columns::Dictionary& dictionary = resolving.lexicon.core().dictionary(row.attribute);
  const std::string joined = without_separators(text);
  if (joined.empty()) return {};
  const auto all_where = [&](auto fits) {
    ValueIds out;
    for (std::uint32_t id = 1; id <= dictionary.size(); ++id) {
      if (fits(dictionary.text(id))) out.push_back(id);
    }
    return out;
  };
  ValueIds found;
  const auto arabic = is_latin(joined) ? text::arabic_from_buckwalter(joined) : std::optional(joined);
  if (const std::u32string letters = arabic ? root_letters(*arabic) : std::u32string(); !letters.empty())
    found = all_where([&](std::string_view root) { return root_letters(root) == letters; });
  // r-h-m is not written as Buckwalter does: the case of its letters does not count.
  if (found.empty() && is_latin(joined) && joined.size() != text.size()) {
    const std::string wanted = lower_ascii(joined);
    found = all_where([&](std::string_view root) {
      const auto letters = text::buckwalter_from_arabic(root);
      return letters && lower_ascii(*letters) == wanted;
    });
  }
  std::string stored;
  for (const std::uint32_t id : found)
    stored += fmt::format("{}{}", stored.empty() ? "" : ", ", dictionary.text(id));
  if (!found.empty())
    resolving.notes.push_back(fmt::format("{}: '{}' is written {} in this corpus", row.name, text, stored));
  return found;
}

ValueIds lemmas_named(Resolving& resolving, const Definition& row, std::string_view text) {
  if (is_latin(text)) return {};
  Spelled spelled = resolving.lexicon.spelled(row.attribute, text);
  if (!spelled.values.empty()) resolving.steps.push_back({std::string(text), spelled.step});
  return std::move(spelled.values);
}

ValueIds surahs_named(const columns::CoreFile& core, const Definition& row, std::string_view text) {
  const std::string wanted = corpus::surah_key(text);
  ValueIds out;
  if (wanted.empty()) return out;
  for (const corpus::Surah& surah : corpus::surahs()) {
    const auto named = [&](std::string_view name) { return corpus::surah_key(name) == wanted; };
    if (!named(surah.name) && !named(surah.latin) && !named(surah.english)) continue;
    if (const auto id = core.dictionary(row.attribute).find(surah.name)) out.push_back(*id);
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace

ValueIds by_other_name(Resolving& resolving, const Definition& row, std::string_view text) {
  switch (row.attribute) {
    case Attribute::root:
    case Attribute::stem_root:
      return roots_named(resolving, row, text);
    case Attribute::lemma:
    case Attribute::stem_lemma:
      return lemmas_named(resolving, row, text);
    case Attribute::surah_name:
      return surahs_named(resolving.lexicon.core(), row, text);
    default:
      return {};
  }
}

std::vector<std::string> near_names(const columns::CoreFile& core, const Definition& row,
                                    std::string_view text) {
  std::vector<std::string_view> names;
  if (row.attribute == Attribute::surah_name) {
    for (const corpus::Surah& surah : corpus::surahs())
      names.push_back(is_latin(text) ? surah.latin : surah.name);
    return nearest(text, names);
  }
  if (!row.values.empty()) {
    for (const attributes::Value& one : row.values) {
      names.push_back(one.name);
      if (!one.english.empty()) names.push_back(one.english);
    }
    return nearest(text, names);
  }
  const bool is_root = row.attribute == Attribute::root || row.attribute == Attribute::stem_root;
  if (!is_root || !is_latin(text)) return {};
  // Roots whose transliteration differs in the case of letters.
  const columns::Dictionary& dictionary = core.dictionary(row.attribute);
  std::vector<std::string> out;
  for (std::uint32_t id = 1; id <= dictionary.size() && out.size() < 3; ++id) {
    const auto letters = text::buckwalter_from_arabic(dictionary.text(id));
    if (letters && lower_ascii(*letters) == lower_ascii(text)) out.push_back(*letters);
  }
  return out;
}

}  // namespace kalima::query
