#include "attributes/table.h"

#include <algorithm>
#include <set>

#include "testing.h"

using namespace kalima::attributes;

TEST_CASE("attributes are found by name and alias, whatever the case") {
  CHECK(find("root") == Attribute::root);
  CHECK(find("ROOT") == Attribute::root);
  CHECK(find("xpos") == Attribute::pos);
  CHECK(find("verb_form") == Attribute::form);
  CHECK(find("deprel") == Attribute::relation);
  CHECK(find("juz_n") == Attribute::juz_n);
  CHECK(find("juz") == Attribute::juz_n);
  CHECK_FALSE(find("").has_value());
  CHECK_FALSE(find("roots").has_value());
  // A part of an alias list is not an alias.
  CHECK_FALSE(find("tag xpos").has_value());
}

TEST_CASE("attributes of regions go by their own name inside a tag") {
  CHECK(find(Region::juz, "n") == Attribute::juz_n);
  CHECK(find(Region::surah, "place") == Attribute::surah_place);
  CHECK(find(Region::sentence, "n") == Attribute::sentence_n);
  CHECK(find(Region::phrase, "kind") == Attribute::phrase_kind);
  CHECK_FALSE(find(Region::juz, "place").has_value());
  CHECK_FALSE(find(Region::verse, "root").has_value());
  CHECK(find_region("ayah") == Region::verse);
  CHECK(find_region("S") == Region::sentence);
  CHECK_FALSE(find_region("chapters").has_value());
}

TEST_CASE("values are found by every name that they have") {
  const auto at = [](auto value) { return std::optional(static_cast<std::size_t>(value)); };
  CHECK(find_value(aspects, "PERF") == at(Aspect::perfect));
  CHECK(find_value(aspects, "perfect") == at(Aspect::perfect));
  CHECK(find_value(aspects, "ماض") == at(Aspect::perfect));
  CHECK(find_value(genders, "Fem") == at(Gender::feminine));
  CHECK(find_value(derivations, "ACT|PCPL") == at(Derivation::active_participle));
  CHECK(find_value(verb_forms, "10") == at(VerbForm::x));
  CHECK(find_value(parts_of_speech, "verb") == at(PartOfSpeech::verb));
  // The name wins over what Universal Dependencies call another value: its Ind is indefinite.
  CHECK(find_value(states, "Ind") == at(State::indefinite));
  CHECK_FALSE(find_value(aspects, "").has_value());
  CHECK_FALSE(find_value(aspects, "PER").has_value());
}

TEST_CASE("the names of a set differ") {
  for (const Definition& row : table) {
    std::set<std::string_view> names;
    for (const Value& value : row.values) {
      CAPTURE(std::string(row.name));
      CAPTURE(std::string(value.name));
      CHECK(names.insert(value.name).second);
    }
  }
}
