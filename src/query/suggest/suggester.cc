#include "query/suggest/suggester.h"

#include <fmt/format.h>

#include <algorithm>

#include "corpus/surah_names.h"
#include "corpus/surahs.h"
#include "query/syntax/printer.h"
#include "support/nearest.h"

namespace kalima::query {
namespace {

using attributes::Attribute;
using attributes::Definition;
using PlaceKind = CompletionPlace::Kind;

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

struct Named {
  std::string_view name, aliases, english, arabic;
};

// Those whose name, alias or label begins with what was typed; if there are none, the nearest.
void add_named(std::vector<Suggestion>& out, Suggestion::Kind kind, const std::vector<Named>& names,
               std::string_view typed, std::size_t limit) {
  const std::string wanted = lower_ascii(typed);
  const auto add = [&](const Named& named, bool corrected) {
    out.push_back(
        {kind, std::string(named.name), std::string(named.name), named.english, named.arabic, {}, corrected});
  };
  const auto by_name = [&](const Named& named) { return named.name.starts_with(wanted); };
  const auto by_other = [&](const Named& named) {
    return lower_ascii(named.english).starts_with(wanted) ||
           (!typed.empty() && named.arabic.starts_with(typed)) ||
           (' ' + std::string(named.aliases)).find(' ' + wanted) != std::string::npos;
  };
  const std::size_t before = out.size();
  for (const bool first : {true, false}) {
    for (const Named& named : names) {
      if (out.size() - before == limit) return;
      if (first ? by_name(named) : !by_name(named) && by_other(named)) add(named, false);
    }
  }
  if (out.size() > before) return;
  std::vector<std::string_view> all;
  for (const Named& named : names) all.push_back(named.name);
  for (const std::string& near : nearest(typed, all))
    add(*std::ranges::find(names, near, &Named::name), true);
}

std::string surah_tag(const std::string& name) { return fmt::format("<surah name={}/>", in_quotes(name)); }

std::string_view without_region(const Definition& row) {
  return row.name.substr(attributes::regions[static_cast<std::size_t>(row.region)].name.size() + 1);
}

}  // namespace

const Vocabulary& Suggester::vocabulary(Attribute attribute) const {
  Kept& kept = kept_[static_cast<std::size_t>(attribute)];
  std::call_once(kept.once, [&] { kept.vocabulary.emplace(core_, attribute); });
  return *kept.vocabulary;
}

std::vector<Suggestion> Suggester::values(Attribute attribute, std::string_view typed,
                                          std::size_t limit) const {
  const Vocabulary& known = vocabulary(attribute);
  const Definition& row = attributes::definition(attribute);
  std::vector<Suggestion> out;
  for (const ValueMatch& match : known.find(typed, limit)) {
    std::string text = core_.text(attribute, match.value);
    const auto labels = std::ranges::find(row.values, text, &attributes::Value::name);
    const bool named = labels != row.values.end();
    out.push_back({Suggestion::Kind::value, text, text, named ? labels->english : std::string_view(),
                   named ? labels->arabic : std::string_view(), known.words(match.value),
                   match.how == ValueMatch::How::corrected});
  }
  return out;
}

void Suggester::add_surahs_in_latin(Suggestions& out, std::size_t limit) const {
  const std::string key = corpus::surah_key(out.place.typed);
  if (key.empty() || static_cast<unsigned char>(key.front()) >= 0x80) return;
  for (const corpus::Surah& surah : corpus::surahs()) {
    if (limit == 0) return;
    if (!corpus::surah_key(surah.latin).starts_with(key)) continue;
    const auto value = core_.find(Attribute::surah_name, surah.name);
    if (!value) continue;
    --limit;
    out.found.push_back({Suggestion::Kind::surah, std::string(surah.name), surah_tag(std::string(surah.name)),
                         surah.latin, surah.name, core_.counts(Attribute::surah_name, *value).words, false});
  }
}

Suggestions Suggester::after(std::string_view text, std::size_t limit, const Names* names) const {
  Suggestions out{completion_place(text), {}};
  const CompletionPlace& place = out.place;
  const auto add_values = [&](Suggestion::Kind kind, Attribute attribute, auto written) {
    for (Suggestion& one : values(attribute, place.typed, limit)) {
      one.kind = kind;
      one.insert = written(one.text);
      out.found.push_back(std::move(one));
    }
  };
  switch (place.kind) {
    case PlaceKind::nothing:
      break;
    case PlaceKind::value:
      if (place.names_attribute) {
        std::vector<Named> names;
        for (const Definition& row : attributes::table) {
          if (row.level != attributes::Level::region)
            names.push_back({row.name, row.aliases, row.english, row.arabic});
        }
        add_named(out.found, Suggestion::Kind::value, names, place.typed, limit);
        break;
      }
      add_values(Suggestion::Kind::value, place.attribute, [&](const std::string& value) {
        const bool plain = value.find_first_of(" \"'<>-|") == std::string::npos;
        return place.without_quotes && !plain ? in_quotes(value) : escaped(value);
      });
      break;
    case PlaceKind::attribute: {
      std::vector<Named> names;
      if (place.grew) {
        const Definition &pos = attributes::definition(Attribute::pos),
                         &segment = attributes::definition(Attribute::segment);
        names.push_back({"upos", "", pos.english, pos.arabic});
        names.push_back({"form", "", segment.english, segment.arabic});
      }
      for (const Definition& row : attributes::table) {
        if (place.grew && row.name == "form") continue;  // that of verbs
        if (!place.region) {
          names.push_back({row.name, row.aliases, row.english, row.arabic});
        } else if (row.level == attributes::Level::region && row.region == *place.region) {
          names.push_back({without_region(row), row.aliases, row.english, row.arabic});
        }
      }
      add_named(out.found, Suggestion::Kind::attribute, names, place.typed, limit);
      for (const std::string& label : place.labels) {
        if (!place.region && label.starts_with(place.typed))
          out.found.push_back({Suggestion::Kind::label, label, label + '.', {}, {}, {}, false});
      }
      break;
    }
    case PlaceKind::region: {
      std::vector<Named> names;
      for (const attributes::Value& region : attributes::regions)
        names.push_back({region.name, region.aliases, region.english, region.arabic});
      add_named(out.found, Suggestion::Kind::region, names, place.typed, limit);
      break;
    }
    case PlaceKind::list:
    case PlaceKind::query: {
      const bool list = place.kind == PlaceKind::list;
      const std::vector<std::string> all =
          names == nullptr ? std::vector<std::string>() : names->all(list ? '$' : '@');
      std::vector<Named> named;
      for (const std::string& name : all) named.push_back({name, {}, {}, {}});
      add_named(out.found, list ? Suggestion::Kind::list : Suggestion::Kind::query, named, place.typed,
                limit);
      break;
    }
    case PlaceKind::start:
      if (place.typed.empty()) break;
      add_values(Suggestion::Kind::word, Attribute::word,
                 [](const std::string& word) { return in_quotes(word); });
      add_values(Suggestion::Kind::lemma, Attribute::lemma,
                 [](const std::string& lemma) { return fmt::format("[lemma={}]", in_quotes(lemma)); });
      add_values(Suggestion::Kind::root, Attribute::root,
                 [](const std::string& root) { return fmt::format("[root={}]", in_quotes(root)); });
      add_values(Suggestion::Kind::surah, Attribute::surah_name, surah_tag);
      add_surahs_in_latin(out, limit);
      break;
  }
  return out;
}

}  // namespace kalima::query
